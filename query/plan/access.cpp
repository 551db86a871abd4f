#include "query/plan/access.h"

#include <algorithm>

#include "query/bind/simple_expr.h"
#include "query/eval/function_registry.h"

namespace maek::query {

namespace {

// Shares taken for what no sample tells.
constexpr double kShareOfRange = 0.2;    // one bound
constexpr double kShareBetween = 0.05;   // two bounds
constexpr double kShareOfPrefix = 0.05;
constexpr double kUnknownListLength = 10;

bool is_comparison(ExprKind kind) {
    return kind == ExprKind::kLess || kind == ExprKind::kLessEqual || kind == ExprKind::kGreater ||
           kind == ExprKind::kGreaterEqual;
}

// Whether its operands may be exchanged.
bool is_two_sided(const BoundExpr& expr) { return expr.kind == ExprKind::kEqual || is_comparison(expr.kind); }

bool is_id_of(const BoundExpr& expr, Slot slot) {
    return expr.kind == ExprKind::kFunction && expr.function->name == "id" &&
           expr.children[0]->kind == ExprKind::kVariable && expr.children[0]->slot == slot;
}

bool computable(const BoundExpr& expr, const SlotSet& bound) {
    SlotSet reads;
    add_reads(expr, reads);
    return bound.covers(reads);
}

double list_length(const BoundExpr& list) {
    if (list.kind == ExprKind::kList) return static_cast<double>(list.children.size());
    if (list.kind == ExprKind::kLiteral && list.value.is(ValueKind::kList)) {
        return static_cast<double>(list.value.as_list().size());
    }
    return kUnknownListLength;
}

void consider(Access candidate, Access& best) {
    if (candidate.rows < best.rows) best = std::move(candidate);
}

// Two conditions that bound the same property from both sides are one seek. The second bound is computed
// for rows that would not have come to its condition, so it may not fail.
void add_range(Access found, std::vector<Access>& ranges, double all) {
    const BoundExpr* bound = found.low != nullptr ? found.low : found.high;
    for (Access& range : ranges) {
        const bool fits = found.low != nullptr ? range.low == nullptr : range.high == nullptr;
        if (range.key != found.key || !fits || !never_fails(*bound)) continue;
        (found.low != nullptr ? range.low : range.high) = bound;
        if (found.low != nullptr) range.low_inclusive = found.low_inclusive;
        else range.high_inclusive = found.high_inclusive;
        range.used.push_back(found.used.front());
        range.rows = all * kShareBetween;
        return;
    }
    ranges.push_back(std::move(found));
}

}  // namespace

const BoundExpr* property_of(const BoundExpr& expr, Slot slot) {
    if (expr.kind != ExprKind::kProperty) return nullptr;
    const BoundExpr& base = *expr.children[0];
    return base.kind == ExprKind::kVariable && base.slot == slot ? &expr : nullptr;
}

AccessFinder::Index AccessFinder::index(const Sought& sought, const std::string& key) const {
    const std::vector<std::string>& names = *sought.names;
    if (names.empty()) return Index::kNone;
    if (sought.relationship) return planner_.has_rel_index(names, key) ? Index::kRange : Index::kNone;
    if (planner_.has_index(names, key)) return Index::kRange;
    return planner_.has_prefix_index(names, key) ? Index::kText : Index::kNone;
}

double AccessFinder::equal_share(const Sought& sought, const std::string& key) const {
    return sought.relationship ? planner_.statistics().rel_equal_share(*sought.names, key)
                               : planner_.statistics().equal_share(*sought.names, key);
}

void AccessFinder::improve(const Sought& sought, const std::vector<std::size_t>& conditions, const SlotSet& bound,
                           Access& best) {
    std::vector<Access> ranges;
    for (const std::size_t number : conditions) {
        std::optional<Access> found = by_condition(number, sought, bound);
        if (!found) continue;
        found->used = {number};
        if (found->access == Lookup::Access::kRange) {
            add_range(std::move(*found), ranges, sought.all);
        } else {
            consider(std::move(*found), best);
        }
    }
    for (Access& range : ranges) consider(std::move(range), best);
}

// Nodes are found by a value without a declared index too (Graph::find_equal), relationships are not.
std::optional<Access> AccessFinder::equal(const Sought& sought, const std::string& key, const BoundExpr* value) const {
    if (sought.relationship && index(sought, key) != Index::kRange) return std::nullopt;
    Access found;
    found.access = Lookup::Access::kEqual;
    found.key = key;
    found.value = value;
    found.rows = std::min(sought.all, sought.all * equal_share(sought, key)) + 0.5;
    return found;
}

std::optional<Access> AccessFinder::one_of(const Sought& sought, const std::string& key, const BoundExpr* values,
                                           double count) const {
    std::optional<Access> found = equal(sought, key, values);
    if (!found) return found;
    found->access = Lookup::Access::kIn;
    found->rows = std::min(sought.all, count * sought.all * equal_share(sought, key)) + 0.5;
    return found;
}

// Whether an index answers it once the rest is known.
bool AccessFinder::has_right_form(const BoundExpr& expr, const Sought& sought) {
    return expr.children.size() == 2 && (by_pair(expr, 0, sought) || (is_two_sided(expr) && by_pair(expr, 1, sought)));
}

std::optional<Access> AccessFinder::by_condition(std::size_t number, const Sought& sought, const SlotSet& bound) {
    const Condition& condition = graph_.conditions[number];
    if (condition.kind == Condition::Kind::kPropertyEquals && condition.slot == sought.slot) {
        if (!computable(*condition.expr, bound)) return std::nullopt;
        return equal(sought, *condition.key, condition.expr);
    }
    if (condition.kind != Condition::Kind::kExpr) return std::nullopt;
    const BoundExpr& expr = *condition.expr;
    if (expr.kind == ExprKind::kOr) return by_alternatives(number, sought, bound);
    if (expr.children.size() != 2) return std::nullopt;
    for (std::size_t side = 0; side < 2; ++side) {
        if (side == 1 && !is_two_sided(expr)) break;
        if (!computable(*expr.children[1 - side], bound)) continue;
        if (std::optional<Access> found = by_pair(expr, side, sought)) return found;
    }
    return std::nullopt;
}

// The operand on the given side is of what is sought, the other is known.
std::optional<Access> AccessFinder::by_pair(const BoundExpr& expr, std::size_t side, const Sought& sought) {
    const BoundExpr &own = *expr.children[side], &other = *expr.children[1 - side];
    Access found;
    if (expr.kind == ExprKind::kEqual && is_id_of(own, sought.slot) && !sought.relationship) {
        found.access = Lookup::Access::kId;
        found.value = &other;
        found.rows = 1;
        return found;
    }
    if (property_of(own, sought.slot) == nullptr) return std::nullopt;
    if (expr.kind == ExprKind::kEqual) return equal(sought, own.name, &other);
    if (expr.kind == ExprKind::kIn) return one_of(sought, own.name, &other, list_length(other));
    const Index declared = index(sought, own.name);
    found.key = own.name;
    if (expr.kind == ExprKind::kStartsWith && declared != Index::kNone && !sought.relationship) {
        found.access = Lookup::Access::kPrefix;
        found.value = &other;
        found.rows = sought.all * kShareOfPrefix;
        return found;
    }
    if (!is_comparison(expr.kind) || declared != Index::kRange) return std::nullopt;
    const bool less = (expr.kind == ExprKind::kLess || expr.kind == ExprKind::kLessEqual) == (side == 0);
    const bool inclusive = expr.kind == ExprKind::kLessEqual || expr.kind == ExprKind::kGreaterEqual;
    found.access = Lookup::Access::kRange;
    (less ? found.high : found.low) = &other;
    (less ? found.high_inclusive : found.low_inclusive) = inclusive;
    found.rows = sought.all * kShareOfRange;
    return found;
}

// n.a = 1 OR n.a = 2 is n.a IN [1, 2].
std::optional<Access> AccessFinder::by_alternatives(std::size_t number, const Sought& sought, const SlotSet& bound) {
    std::string key;
    std::vector<const BoundExpr*> values;
    if (!planner_.enabled("or_as_in") || !add_alternatives(*graph_.conditions[number].expr, sought, key, values)) {
        return std::nullopt;
    }
    for (const BoundExpr* value : values) {
        if (!computable(*value, bound)) return std::nullopt;
    }
    return one_of(sought, key, list_of(number, values), static_cast<double>(values.size()));
}

bool AccessFinder::add_alternatives(const BoundExpr& expr, const Sought& sought, std::string& key,
                                    std::vector<const BoundExpr*>& values) const {
    if (expr.kind == ExprKind::kOr) {
        return std::all_of(expr.children.begin(), expr.children.end(), [&](const ExprPtr& child) {
            return add_alternatives(*child, sought, key, values);
        });
    }
    if (expr.kind != ExprKind::kEqual) return false;
    for (std::size_t side = 0; side < 2; ++side) {
        const BoundExpr &own = *expr.children[side], &other = *expr.children[1 - side];
        if (property_of(own, sought.slot) == nullptr || !is_simple(other) || !never_fails(other)) continue;
        if (!key.empty() && key != own.name) return false;
        key = own.name;
        values.push_back(&other);
        return true;
    }
    return false;
}

const BoundExpr* AccessFinder::list_of(std::size_t number, const std::vector<const BoundExpr*>& values) {
    const BoundExpr*& known = lists_[number];
    if (known != nullptr) return known;
    auto list = std::make_unique<BoundExpr>();
    list->kind = ExprKind::kList;
    list->type = TypeSet::of(ValueKind::kList);
    list->range = graph_.conditions[number].expr->range;
    for (const BoundExpr* value : values) list->children.push_back(copy_simple(*value));
    known = list.get();
    planner_.plan().own_exprs.push_back(std::move(list));
    return known;
}

void AccessFinder::note_unused(const Sought& sought, const std::vector<std::size_t>& conditions) {
    for (const std::size_t number : conditions) {
        const Condition& condition = graph_.conditions[number];
        if (condition.kind != Condition::Kind::kExpr) continue;
        const BoundExpr* property = indexed_property(*condition.expr, sought);
        if (property == nullptr || has_right_form(*condition.expr, sought)) continue;
        const std::string name = "'" + property->name + "'";
        std::string message = "the index on " + name +
                              " is not used here; it answers =, IN, <, <=, >, >= and STARTS WITH of the property itself";
        if (sought.relationship) {
            message = "the index on " + name +
                      " is not used here; on relationships it answers =, IN, <, <=, > and >= of the property itself";
        } else if (index(sought, property->name) == Index::kText) {
            message = "the text index on " + name + " is not used here; it answers STARTS WITH of the property itself";
        }
        planner_.plan().notes.push_back({"03N92", std::move(message), condition.expr->range});
        return;
    }
}

const BoundExpr* AccessFinder::indexed_property(const BoundExpr& expr, const Sought& sought) const {
    if (expr.kind == ExprKind::kIsNull || expr.kind == ExprKind::kIsNotNull) return nullptr;
    if (property_of(expr, sought.slot) != nullptr && index(sought, expr.name) != Index::kNone) return &expr;
    for (const ExprPtr& child : expr.children) {
        if (child == nullptr) continue;
        if (const BoundExpr* found = indexed_property(*child, sought)) return found;
    }
    return nullptr;
}

}  // namespace maek::query
