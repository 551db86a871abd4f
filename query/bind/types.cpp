#include "query/bind/types.h"

#include "query/eval/function_registry.h"

namespace maek::query {

std::string type_text(TypeSet type) {
    const KindSet kinds = kinds_of(type);
    return kinds == kAnyKind ? "any value" : kinds.text();
}

namespace {

TypeSet types_of(std::span<const Value> values) {
    TypeSet out{0};
    for (const Value& value : values) out = out | TypeSet::of(value.kind());
    return out;
}

}  // namespace

TypeSet element_type(const BoundExpr& list, const std::vector<TypeSet>& slot_elements) {
    switch (list.kind) {
        case ExprKind::kLiteral:
            if (list.value.is(ValueKind::kList)) return types_of(list.value.as_list());
            break;
        case ExprKind::kVariable:
            if (list.slot < slot_elements.size()) return slot_elements[list.slot];
            break;
        case ExprKind::kList: {
            TypeSet out{0};
            for (const ExprPtr& child : list.children) out = out | child->type;
            return out;
        }
        case ExprKind::kSlice:
            return element_type(*list.children[0], slot_elements);
        case ExprKind::kListComprehension:
            if (list.children[2] != nullptr) return list.children[2]->type;
            return element_type(*list.children[0], slot_elements);
        case ExprKind::kFunction: {
            const std::string_view name = list.function->name;
            if (name == "nodes") return TypeSet::of(ValueKind::kNode);
            if (name == "relationships") return TypeSet::of(ValueKind::kRelationship);
            if (name == "labels" || name == "keys" || name == "split") return TypeSet::of(ValueKind::kString);
            if (name == "range") return TypeSet::of(ValueKind::kInteger);
            if ((name == "tail" || name == "reverse") && list.children.size() == 1) {
                return element_type(*list.children[0], slot_elements);
            }
            break;
        }
        default:
            break;
    }
    return TypeSet::any();
}

KindSet arithmetic_operands(ExprKind op) {
    const KindSet numbers = kNumberKinds;
    switch (op) {
        case ExprKind::kAdd:
        case ExprKind::kConcat:
            return kAnyKind;  // lists take anything
        case ExprKind::kSubtract:
            return numbers | kTemporalKinds | KindSet(ValueKind::kDuration);
        case ExprKind::kMultiply:
        case ExprKind::kDivide:
            return numbers | KindSet(ValueKind::kDuration);
        default:
            return numbers;
    }
}

TypeSet arithmetic_type(ExprKind op, TypeSet left, TypeSet right) {
    const std::uint32_t null = (left.bits | right.bits) & 1u;
    const KindSet l = kinds_of(left).without(ValueKind::kNull);
    const KindSet r = kinds_of(right).without(ValueKind::kNull);
    const bool integers = l.within(ValueKind::kInteger) && r.within(ValueKind::kInteger);
    const bool numbers = l.within(kNumberKinds) && r.within(kNumberKinds);
    if (l.empty() || r.empty()) return type_of(ValueKind::kNull);
    if (numbers && op == ExprKind::kPower) return TypeSet{TypeSet::of(ValueKind::kFloat).bits | null};
    if (integers) return TypeSet{TypeSet::of(ValueKind::kInteger).bits | null};
    if (numbers) {
        const bool floats = l.within(ValueKind::kFloat) || r.within(ValueKind::kFloat);
        return TypeSet{(floats ? KindSet(ValueKind::kFloat) : kNumberKinds).bits | null};
    }
    if (op == ExprKind::kAdd || op == ExprKind::kConcat) {
        if (l.within(ValueKind::kList) || r.within(ValueKind::kList)) {
            return TypeSet{TypeSet::of(ValueKind::kList).bits | null};
        }
        if (l.within(ValueKind::kString) && r.within(ValueKind::kString)) {
            return TypeSet{TypeSet::of(ValueKind::kString).bits | null};
        }
    }
    return TypeSet::any();
}

}  // namespace maek::query
