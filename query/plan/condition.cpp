#include "query/plan/condition.h"

#include "query/eval/function_registry.h"
#include "query/eval/render.h"

namespace maek::query {

Condition Condition::of(const BoundExpr& expr) {
    Condition made;
    made.expr = &expr;
    add_reads(expr, made.reads);
    // `n:Label` and `r:TYPE` are known forms, which scans and expansions can use.
    if (expr.kind == ExprKind::kLabelTest && expr.children[0]->kind == ExprKind::kVariable &&
        expr.children[0]->type.is_only(ValueKind::kNode)) {
        made.kind = Kind::kLabels;
        made.slot = expr.children[0]->slot;
        made.labels = &expr.labels;
    }
    return made;
}

Condition Condition::property_equals(Slot slot, const PropertyItem& item) {
    Condition made;
    made.kind = Kind::kPropertyEquals;
    made.slot = slot;
    made.key = &item.key;
    made.expr = item.value.get();
    add_reads(*item.value, made.reads);
    made.reads.add(slot);
    return made;
}

Condition Condition::property_map(Slot slot, const BoundExpr& map) {
    Condition made;
    made.kind = Kind::kPropertyMap;
    made.slot = slot;
    made.expr = &map;
    add_reads(map, made.reads);
    made.reads.add(slot);
    return made;
}

Condition Condition::has_labels(Slot slot, const LabelExpr& labels) {
    Condition made;
    made.kind = Kind::kLabels;
    made.slot = slot;
    made.labels = &labels;
    add_reads(labels, made.reads);
    made.reads.add(slot);
    return made;
}

Condition Condition::has_types(Slot slot, const LabelExpr& types) {
    Condition made = has_labels(slot, types);
    made.kind = Kind::kTypes;
    return made;
}

Condition Condition::same_entity(Slot a, Slot b) {
    Condition made;
    made.kind = Kind::kSameEntity;
    made.slot = a;
    made.slot2 = b;
    made.reads.add(a);
    made.reads.add(b);
    return made;
}

Condition Condition::different_rels(Slot a, Slot b) {
    Condition made = same_entity(a, b);
    made.kind = Kind::kDifferentRels;
    return made;
}

Condition Condition::apart(Slot slot, std::vector<Slot> others) {
    Condition made;
    made.kind = Kind::kApart;
    made.slot = slot;
    made.reads.add(slot);
    for (const Slot other : others) made.reads.add(other);
    made.others = std::move(others);
    return made;
}

Condition Condition::is_node(Slot slot) {
    Condition made;
    made.kind = Kind::kIsNode;
    made.slot = slot;
    made.reads.add(slot);
    return made;
}

void split_conjuncts(const BoundExpr& expr, std::vector<Condition>& into) {
    if (expr.kind == ExprKind::kAnd) {
        for (const ExprPtr& child : expr.children) split_conjuncts(*child, into);
    } else {
        into.push_back(Condition::of(expr));
    }
}

std::string PlanNames::slot(Slot slot) const {
    if (slot == kNoSlot) return "-";
    if (slots != nullptr && slot < slots->size() && !(*slots)[slot].empty()) return (*slots)[slot];
    return "_" + std::to_string(slot);
}

std::string text(const LabelExpr& labels) {
    switch (labels.kind) {
        case LabelExpr::Kind::kName: return labels.name;
        case LabelExpr::Kind::kDynamic: return "$(...)";
        case LabelExpr::Kind::kAnything: return "%";
        case LabelExpr::Kind::kNot: return "!" + text(labels.operands[0]);
        case LabelExpr::Kind::kAnd:
        case LabelExpr::Kind::kOr: {
            std::string all = "(";
            for (std::size_t i = 0; i < labels.operands.size(); ++i) {
                if (i > 0) all += labels.kind == LabelExpr::Kind::kAnd ? "&" : "|";
                all += text(labels.operands[i]);
            }
            return all + ")";
        }
    }
    return {};
}

namespace {

const char* sign(ExprKind kind) {
    switch (kind) {
        case ExprKind::kAnd: return " AND ";
        case ExprKind::kOr: return " OR ";
        case ExprKind::kXor: return " XOR ";
        case ExprKind::kEqual: return " = ";
        case ExprKind::kNotEqual: return " <> ";
        case ExprKind::kLess: return " < ";
        case ExprKind::kLessEqual: return " <= ";
        case ExprKind::kGreater: return " > ";
        case ExprKind::kGreaterEqual: return " >= ";
        case ExprKind::kAdd: return " + ";
        case ExprKind::kSubtract: return " - ";
        case ExprKind::kMultiply: return " * ";
        case ExprKind::kDivide: return " / ";
        case ExprKind::kModulo: return " % ";
        case ExprKind::kPower: return " ^ ";
        case ExprKind::kConcat: return " || ";
        case ExprKind::kIn: return " IN ";
        case ExprKind::kStartsWith: return " STARTS WITH ";
        case ExprKind::kEndsWith: return " ENDS WITH ";
        case ExprKind::kContains: return " CONTAINS ";
        case ExprKind::kRegexMatch: return " =~ ";
        default: return nullptr;
    }
}

std::string join(const std::vector<ExprPtr>& exprs, const char* between, const PlanNames& names) {
    std::string all;
    for (std::size_t i = 0; i < exprs.size(); ++i) {
        if (i > 0) all += between;
        all += exprs[i] == nullptr ? "" : text(*exprs[i], names);
    }
    return all;
}

// Short enough for a line of a plan.
std::string clipped(std::string literal) {
    if (literal.size() <= 60) return literal;
    std::size_t end = 57;
    while (end > 0 && (static_cast<unsigned char>(literal[end]) & 0xC0) == 0x80) --end;
    return literal.substr(0, end) + "...";
}

}  // namespace

std::string text(const BoundExpr& expr, const PlanNames& names) {
    if (const char* between = sign(expr.kind)) return join(expr.children, between, names);
    const auto child = [&](std::size_t i) { return text(*expr.children[i], names); };
    switch (expr.kind) {
        case ExprKind::kLiteral: return clipped(to_literal(expr.value));
        case ExprKind::kParameter: return "$" + expr.name;
        case ExprKind::kVariable: return names.slot(expr.slot);
        case ExprKind::kProperty: return child(0) + "." + expr.name;
        case ExprKind::kLabelTest: return child(0) + ":" + text(expr.labels);
        case ExprKind::kNot: return "NOT " + child(0);
        case ExprKind::kNegate: return "-" + child(0);
        case ExprKind::kPlus: return "+" + child(0);
        case ExprKind::kIsNull: return child(0) + " IS NULL";
        case ExprKind::kIsNotNull: return child(0) + " IS NOT NULL";
        case ExprKind::kIsTyped: return child(0) + (expr.negated ? " IS NOT :: " : " IS :: ") + expr.name;
        case ExprKind::kIndex: return child(0) + "[" + child(1) + "]";
        case ExprKind::kList: return clipped("[" + join(expr.children, ", ", names) + "]");
        case ExprKind::kMap: return "{...}";
        case ExprKind::kFunction:
            return std::string(expr.function->name) + "(" + join(expr.children, ", ", names) + ")";
        case ExprKind::kCase: return "CASE";
        case ExprKind::kSlice: return child(0) + "[..]";
        case ExprKind::kExists: return "EXISTS {...}";
        case ExprKind::kCountSubquery: return "COUNT {...}";
        case ExprKind::kCollectSubquery: return "COLLECT {...}";
        case ExprKind::kPatternComprehension: return "[(...) | ...]";
        case ExprKind::kShortestPath: return "shortestPath(...)";
        case ExprKind::kMapProjection: return child(0) + " {...}";
        case ExprKind::kPathValue: return "path";
        case ExprKind::kReduce: return "reduce(...)";
        case ExprKind::kListComprehension: return "[... IN " + child(0) + "]";
        case ExprKind::kAll: return "all(... IN " + child(0) + ")";
        case ExprKind::kAny: return "any(... IN " + child(0) + ")";
        case ExprKind::kNone: return "none(... IN " + child(0) + ")";
        case ExprKind::kSingle: return "single(... IN " + child(0) + ")";
        default: return "?";
    }
}

std::string text(const Condition& condition, const PlanNames& names) {
    switch (condition.kind) {
        case Condition::Kind::kExpr: return text(*condition.expr, names);
        case Condition::Kind::kPropertyEquals:
            return names.slot(condition.slot) + "." + *condition.key + " = " +
                   text(*condition.expr, names);
        case Condition::Kind::kPropertyMap:
            return names.slot(condition.slot) + " has " + text(*condition.expr, names);
        case Condition::Kind::kLabels:
        case Condition::Kind::kTypes:
            return names.slot(condition.slot) + ":" + text(*condition.labels);
        case Condition::Kind::kSameEntity:
            return names.slot(condition.slot) + " = " + names.slot(condition.slot2);
        case Condition::Kind::kApart: {
            std::string all;
            for (std::size_t i = 0; i < condition.others.size() && i < 3; ++i) {
                all += (i == 0 ? "" : ", ") + names.slot(condition.others[i]);
            }
            return names.slot(condition.slot) + " <> each of " + all + (condition.others.size() > 3 ? ", ..." : "");
        }
        case Condition::Kind::kDifferentRels:
            return names.slot(condition.slot) + " <> " + names.slot(condition.slot2);
        case Condition::Kind::kIsNode: return names.slot(condition.slot) + " IS NOT NULL";
    }
    return {};
}

}  // namespace maek::query
