// Expressions: the table of kinds, names, properties, lists, maps, CASE, comprehensions.
#include "query/bind/bind_context.h"

namespace maek::query {

ExprPtr Binder::make(ExprKind kind, const ast::Expr& from, TypeSet type) const {
    auto out = std::make_unique<BoundExpr>();
    out->kind = kind;
    out->range = from.range;
    out->type = type;
    return out;
}

ExprPtr Binder::variable(Slot slot, const SourceRange& range) const {
    if (questioned_.contains(slot)) return first_of(slot, range);
    auto out = std::make_unique<BoundExpr>();
    out->kind = ExprKind::kVariable;
    out->range = range;
    out->slot = slot;
    out->type = slot_type(slot);
    return out;
}

// Behind `?` a list has one element or none: what ISO GQL calls a conditional singleton.
ExprPtr Binder::first_of(Slot list, const SourceRange& range) const {
    auto whole = std::make_unique<BoundExpr>();
    whole->kind = ExprKind::kVariable;
    whole->range = range;
    whole->slot = list;
    whole->type = slot_type(list);
    auto zero = std::make_unique<BoundExpr>();
    zero->kind = ExprKind::kLiteral;
    zero->range = range;
    zero->value = Value::integer(0);
    zero->type = TypeSet::of(ValueKind::kInteger);
    auto out = std::make_unique<BoundExpr>();
    out->kind = ExprKind::kIndex;
    out->range = range;
    out->type = element_type(*whole, slot_elements_) | TypeSet::of(ValueKind::kNull);
    out->children.push_back(std::move(whole));
    out->children.push_back(std::move(zero));
    return out;
}

void Binder::require(const BoundExpr& expr, KindSet kinds, const char* what) const {
    if (never(expr.type, kinds)) {
        throw QueryError(Message::kWrongType, expr.range, {what, kinds.text(), type_text(expr.type)});
    }
}

ExprPtr Binder::bind_in(const char* place, const ast::Expr& expr) {
    AggregateContext refuse;
    refuse.place = place;
    ContextGuard guard(*this, refuse);
    return bind(expr);
}

ExprPtr Binder::bind_condition(const ast::Expr& expr, const char* place) {
    AggregateContext refuse;
    refuse.place = place;
    ContextGuard guard(*this, refuse);
    ExprPtr out = bind(expr, Use::kCondition);
    require(*out, ValueKind::kBoolean, place);
    return out;
}

ExprPtr Binder::bind(const ast::Expr& expr, Use use) {
    if (ExprPtr known = known_expression(expr)) return known;
    return bind_any(expr, use);
}

ExprPtr Binder::bind_any(const ast::Expr& expr, Use use) {
    using K = ast::ExprKind;
    switch (expr.kind) {
        case K::kLiteral: return bind_literal(expr);
        case K::kParameter: return bind_parameter(expr);
        case K::kVariable: return bind_variable(expr);
        case K::kProperty: return bind_property(expr);
        case K::kIndex: return bind_index(expr);
        case K::kSlice: return bind_slice(expr);
        case K::kNot: return bind_boolean(expr, ExprKind::kNot, use);
        case K::kAnd: return bind_boolean(expr, ExprKind::kAnd, use);
        case K::kOr: return bind_boolean(expr, ExprKind::kOr, use);
        case K::kXor: return bind_boolean(expr, ExprKind::kXor, use);
        case K::kNegate: return bind_sign(expr, ExprKind::kNegate);
        case K::kPlus: return bind_sign(expr, ExprKind::kPlus);
        case K::kArithmetic: return bind_arithmetic(expr);
        case K::kComparison: return bind_comparison(expr);
        case K::kIn: return bind_binary(expr, ExprKind::kIn);
        case K::kStartsWith: return bind_binary(expr, ExprKind::kStartsWith);
        case K::kEndsWith: return bind_binary(expr, ExprKind::kEndsWith);
        case K::kContains: return bind_binary(expr, ExprKind::kContains);
        case K::kRegexMatch: return bind_binary(expr, ExprKind::kRegexMatch);
        case K::kIsNull: return bind_null_test(expr);
        case K::kIsTyped: return bind_typed(expr);
        case K::kLabelTest: return bind_label_test(expr);
        case K::kList: return bind_list(expr);
        case K::kMap: return bind_map(expr);
        case K::kMapProjection: return bind_map_projection(expr);
        case K::kCall: return bind_call(expr);
        case K::kCountStar: return bind_aggregate(expr, nullptr);
        case K::kCase: return bind_case(expr);
        case K::kListComprehension: return bind_comprehension(expr);
        case K::kAll: return bind_quantifier(expr, ExprKind::kAll);
        case K::kAny: return bind_quantifier(expr, ExprKind::kAny);
        case K::kNone: return bind_quantifier(expr, ExprKind::kNone);
        case K::kSingle: return bind_quantifier(expr, ExprKind::kSingle);
        case K::kReduce: return bind_reduce(expr);
        case K::kPattern:
            if (use != Use::kCondition) {
                throw QueryError(Message::kPatternHere, expr.range, {written(expr.range)});
            }
            return bind_pattern_predicate(expr);
        case K::kPatternComprehension: return bind_pattern_comprehension(expr);
        case K::kExists: case K::kCount: case K::kCollect: return bind_subquery(expr);
        case K::kShortestPath: return bind_shortest(expr);
    }
    return nullptr;
}

ExprPtr Binder::bind_literal(const ast::Expr& expr) {
    ExprPtr out = make(ExprKind::kLiteral, expr, TypeSet::of(expr.value.kind()));
    out->value = expr.value;
    return out;
}

ExprPtr Binder::bind_parameter(const ast::Expr& expr) {
    note_parameter(expr.name, expr.range);
    ExprPtr out = make(ExprKind::kParameter, expr);
    out->name = expr.name;
    return out;
}

// ---------------------------------------------------------------- names

// A grouping key inside an aggregating item, or an item inside ORDER BY after it.
ExprPtr Binder::known_expression(const ast::Expr& expr) {
    if (context_ == nullptr || context_->known.empty()) return nullptr;
    const bool item = context_->mode == AggregateContext::Mode::kItem;
    if (!item && context_->mode != AggregateContext::Mode::kOrder) return nullptr;
    const bool composed = expr.kind == ast::ExprKind::kArithmetic || expr.kind == ast::ExprKind::kComparison ||
                          expr.kind == ast::ExprKind::kLiteral;
    if (item && composed) return nullptr;
    for (const AggregateContext::Known& known : context_->known) {
        if (!same_expression(*known.expr, expr)) continue;
        note_reading(*frame_, context_->frame, known.slot);
        return variable(known.slot, expr.range);
    }
    return nullptr;
}

Slot Binder::grouped_slot(const Found& found, std::string_view name, const SourceRange& range) {
    for (const AggregateContext* at = context_; at != nullptr; at = at->around) {
        if (at->mode == AggregateContext::Mode::kArguments) {
            at = at->around;  // reads the rows before aggregation
            continue;
        }
        if (at->mode != AggregateContext::Mode::kItem || at->frame != found.frame) continue;
        if (locals_.contains(found.slot)) continue;
        for (const auto& [slot, key] : at->key_slots) {
            if (slot == found.slot) return key;
        }
        throw QueryError(Message::kAmbiguousAggregate, range, {std::string(name)});
    }
    return found.slot;
}

ExprPtr Binder::bind_variable(const ast::Expr& expr) {
    const auto slot = read_variable(expr.name, expr.range);
    if (slot) {
        if (constant_place_ != nullptr && !locals_.contains(*slot)) {
            throw QueryError(Message::kNotConstant, expr.range, {constant_place_});
        }
        return variable(*slot, expr.range);
    }
    if (ExprPtr number = special_number(expr)) return number;
    const AggregateContext* context = context_;
    if (context != nullptr && context->mode == AggregateContext::Mode::kOrder && context->aggregating &&
        context->has_aggregate) {
        for (const AggregateContext::Known& known : context->known) {
            if (!contains_aggregate(*known.expr) && mentions(*known.expr, expr.name)) {
                throw QueryError(Message::kAmbiguousAggregate, expr.range, {expr.name});
            }
        }
    }
    undefined(expr.name, expr.range);
}

// INF, INFINITY and NAN are numbers unless they name a variable.
ExprPtr Binder::special_number(const ast::Expr& expr) {
    std::string name = expr.name;
    for (char& c : name) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    const bool infinite = name == "INF" || name == "INFINITY";
    if (!infinite && name != "NAN") return nullptr;
    ExprPtr out = make(ExprKind::kLiteral, expr, TypeSet::of(ValueKind::kFloat));
    out->value = Value::floating(infinite ? std::numeric_limits<double>::infinity()
                                          : std::numeric_limits<double>::quiet_NaN());
    return out;
}

ExprPtr Binder::bind_property(const ast::Expr& expr) {
    static constexpr KindSet kWithProperties =
        kEntityKinds | kTemporalKinds |
        KindSet{ValueKind::kMap, ValueKind::kDuration, ValueKind::kPoint};
    ExprPtr out = make(ExprKind::kProperty, expr);
    out->name = expr.name;
    out->children.push_back(bind(*expr.children[0]));
    const TypeSet base = out->children[0]->type;
    if (never(base, kWithProperties)) {
        if (base.may_be(ValueKind::kPath)) throw QueryError(Message::kPathProperty, expr.range);
        throw QueryError(Message::kNoProperties, expr.range, {type_text(base), expr.name});
    }
    note_unknown_key(expr.name, base, expr.range);
    return out;
}

ExprPtr Binder::bind_index(const ast::Expr& expr) {
    ExprPtr out = make(ExprKind::kIndex, expr);
    out->children.push_back(bind(*expr.children[0]));
    out->children.push_back(bind(*expr.children[1]));
    const TypeSet base = out->children[0]->type;
    const TypeSet index = out->children[1]->type;
    if (never(base, kEntityKinds | KindSet{ValueKind::kList, ValueKind::kMap})) {
        throw QueryError(Message::kNotIndexable, expr.range, {type_text(base)});
    }
    if (kinds_of(base).within({ValueKind::kList, ValueKind::kNull}) && !base.is_only(ValueKind::kNull)) {
        if (never(index, ValueKind::kInteger)) {
            throw QueryError(Message::kBadIndex, expr.children[1]->range, {"a list", "an integer", type_text(index)});
        }
        out->type = element_type(*out->children[0], slot_elements_) | TypeSet::of(ValueKind::kNull);
    }
    return out;
}

ExprPtr Binder::bind_slice(const ast::Expr& expr) {
    ExprPtr out = make(ExprKind::kSlice, expr, type_of({ValueKind::kList, ValueKind::kNull}));
    for (const ast::ExprPtr& child : expr.children) {
        out->children.push_back(child == nullptr ? nullptr : bind(*child));
    }
    if (never(out->children[0]->type, ValueKind::kList)) {
        throw QueryError(Message::kNotIndexable, expr.range, {type_text(out->children[0]->type)});
    }
    for (std::size_t i = 1; i < 3; ++i) {
        if (out->children[i] != nullptr) require(*out->children[i], ValueKind::kInteger, "an end of a slice");
    }
    return out;
}

// ---------------------------------------------------------------- lists and maps

// A list or map of literals is a literal: long lists of data stay small.
ExprPtr Binder::folded(ExprPtr expr) {
    for (const ExprPtr& child : expr->children) {
        if (child->kind != ExprKind::kLiteral) return expr;
    }
    std::vector<Value> values;
    for (ExprPtr& child : expr->children) values.push_back(std::move(child->value));
    if (expr->kind == ExprKind::kList) {
        expr->value = Value::list(std::move(values));
    } else {
        std::vector<MapEntry> entries;
        for (std::size_t i = 0; i < values.size(); ++i) {
            entries.emplace_back(std::move(expr->keys[i]), std::move(values[i]));
        }
        expr->value = Value::map(std::move(entries));
        expr->keys.clear();
    }
    expr->kind = ExprKind::kLiteral;
    expr->children.clear();
    return expr;
}

ExprPtr Binder::bind_list(const ast::Expr& expr) {
    ExprPtr out = make(ExprKind::kList, expr, TypeSet::of(ValueKind::kList));
    out->children.reserve(expr.children.size());
    for (const ast::ExprPtr& child : expr.children) out->children.push_back(bind(*child));
    return folded(std::move(out));
}

ExprPtr Binder::bind_map(const ast::Expr& expr) {
    ExprPtr out = make(ExprKind::kMap, expr, TypeSet::of(ValueKind::kMap));
    for (std::size_t i = 0; i < expr.children.size(); ++i) {
        out->keys.push_back(expr.names[i].text);
        out->children.push_back(bind(*expr.children[i]));
    }
    return folded(std::move(out));
}

ExprPtr Binder::bind_map_projection(const ast::Expr& expr) {
    using Kind = ast::ProjectionElement::Kind;
    ExprPtr out = make(ExprKind::kMapProjection, expr, type_of({ValueKind::kMap, ValueKind::kNull}));
    out->children.push_back(bind(*expr.children[0]));
    require(*out->children[0], kEntityKinds | KindSet(ValueKind::kMap), "a map projection");
    for (const ast::ProjectionElement& element : expr.items) {
        MapProjectionItem item;
        item.key = element.name.text;
        switch (element.kind) {
            case Kind::kAllProperties: item.kind = MapProjectionItem::Kind::kAllProperties; break;
            case Kind::kProperty: {
                item.value = make(ExprKind::kProperty, expr);
                item.value->range = element.name.range;
                item.value->name = item.key;
                item.value->children.push_back(bind(*expr.children[0]));
                note_unknown_key(item.key, out->children[0]->type, element.name.range);
                break;
            }
            case Kind::kVariable: {
                const auto slot = read_variable(item.key, element.name.range);
                if (!slot) undefined(item.key, element.name.range);
                item.value = variable(*slot, element.name.range);
                break;
            }
            case Kind::kEntry: item.value = bind(*element.value); break;
        }
        out->projection.push_back(std::move(item));
    }
    return out;
}

// ---------------------------------------------------------------- CASE and bound variables

ExprPtr Binder::bind_case(const ast::Expr& expr) {
    ExprPtr out = make(ExprKind::kCase, expr, TypeSet{0});
    const bool has_subject = expr.children[0] != nullptr;
    out->children.push_back(has_subject ? bind(*expr.children[0]) : nullptr);
    const std::size_t last = expr.children.size() - 1;
    for (std::size_t i = 1; i < last; i += 2) {
        out->children.push_back(bind(*expr.children[i], has_subject ? Use::kValue : Use::kCondition));
        if (!has_subject) require(*out->children.back(), ValueKind::kBoolean, "WHEN");
        out->children.push_back(bind(*expr.children[i + 1]));
        out->type = out->type | out->children.back()->type;
    }
    const bool has_else = expr.children[last] != nullptr;
    out->children.push_back(has_else ? bind(*expr.children[last]) : nullptr);
    out->type = out->type | (has_else ? out->children.back()->type : TypeSet::of(ValueKind::kNull));
    return out;
}

// The slot of an element of the list while an expression over it is bound.
Slot Binder::element_slot(const std::string& name, const BoundExpr& list) {
    TypeSet element = element_type(list, slot_elements_);
    if (element.bits == 0) element = TypeSet::any();
    return new_slot(name, element);
}

ExprPtr Binder::bind_comprehension(const ast::Expr& expr) {
    ExprPtr out = make(ExprKind::kListComprehension, expr, TypeSet::of(ValueKind::kList));
    out->children.push_back(bind(*expr.children[0]));
    require(*out->children[0], ValueKind::kList, "IN");
    if (out->children[0]->type.may_be(ValueKind::kNull)) out->type = out->type | TypeSet::of(ValueKind::kNull);
    out->slot = element_slot(expr.names[0].text, *out->children[0]);
    const Local local(*this, expr.names[0].text, out->slot);
    AggregateContext refuse;
    refuse.place = "a list comprehension";
    ContextGuard guard(*this, refuse);
    out->children.push_back(expr.children[1] == nullptr ? nullptr : bind(*expr.children[1], Use::kCondition));
    if (out->children[1] != nullptr) require(*out->children[1], ValueKind::kBoolean, "WHERE");
    out->children.push_back(expr.children[2] == nullptr ? nullptr : bind(*expr.children[2]));
    return out;
}

ExprPtr Binder::bind_quantifier(const ast::Expr& expr, ExprKind kind) {
    ExprPtr out = make(kind, expr, type_of({ValueKind::kBoolean, ValueKind::kNull}));
    out->children.push_back(bind(*expr.children[0]));
    require(*out->children[0], ValueKind::kList, "IN");
    out->slot = element_slot(expr.names[0].text, *out->children[0]);
    const Local local(*this, expr.names[0].text, out->slot);
    AggregateContext refuse;
    refuse.place = "a quantifier";
    ContextGuard guard(*this, refuse);
    out->children.push_back(expr.children[1] == nullptr ? variable(out->slot, expr.range)
                                                        : bind(*expr.children[1], Use::kCondition));
    require(*out->children[1], ValueKind::kBoolean, "WHERE");
    return out;
}

ExprPtr Binder::bind_reduce(const ast::Expr& expr) {
    ExprPtr out = make(ExprKind::kReduce, expr);
    out->children.push_back(bind(*expr.children[0]));
    out->children.push_back(bind(*expr.children[1]));
    require(*out->children[1], ValueKind::kList, "IN");
    out->slot2 = new_slot(expr.names[0].text, TypeSet::any());
    out->slot = element_slot(expr.names[1].text, *out->children[1]);
    const Local accumulator(*this, expr.names[0].text, out->slot2);
    const Local local(*this, expr.names[1].text, out->slot);
    AggregateContext refuse;
    refuse.place = "reduce()";
    ContextGuard guard(*this, refuse);
    out->children.push_back(bind(*expr.children[2]));
    return out;
}

}  // namespace maek::query
