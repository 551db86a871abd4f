// Subqueries inside expressions: EXISTS, COUNT, COLLECT, patterns as predicates and comprehensions,
// shortestPath(). Each becomes a query of its own that reads variables of its surroundings.
#include "query/bind/bind_context.h"

namespace maek::query {

namespace {

const TypeSet kPathOrNull = type_of({ValueKind::kPath, ValueKind::kNull});

// A query of one arm that ends with the clauses given.
std::unique_ptr<BoundQuery> one_arm(std::vector<ClausePtr> clauses) {
    auto out = std::make_unique<BoundQuery>();
    out->arms.emplace_back();
    out->arms[0].clauses = std::move(clauses);
    out->arm_slots.emplace_back();
    return out;
}

}  // namespace

// MATCH the pattern and, with an item, RETURN it under a column of its own.
std::unique_ptr<BoundQuery> Binder::pattern_query(const ast::Pattern& pattern, const ast::Expr* where,
                                                  PatternUse& use) {
    auto match = std::make_unique<BoundMatch>();
    match->range = pattern.range.line == 0 ? pattern.paths[0].range : pattern.range;
    match->repeatable_elements = pattern.match_mode == ast::MatchMode::kRepeatableElements;
    use.repeatable = match->repeatable_elements;
    bind_paths(pattern.paths, match->paths, use);
    if (pattern.match_mode == ast::MatchMode::kDifferentEdges) make_different(match->paths);
    if (where != nullptr) match->where = bind_condition(*where, "WHERE");
    std::vector<ClausePtr> clauses;
    clauses.push_back(std::move(match));
    return one_arm(std::move(clauses));
}

void Binder::return_column(BoundQuery& query, ExprPtr expr, Slot slot, const SourceRange& range) {
    auto projection = std::make_unique<BoundProjection>();
    projection->is_return = true;
    projection->range = range;
    ProjectionItem item;
    item.name = "value";
    item.slot = slot;
    item.expr = std::move(expr);
    projection->items.push_back(std::move(item));
    query.arms[0].clauses.push_back(std::move(projection));
    query.columns = {"value"};
    query.arm_slots[0] = {slot};
    query.column_slots = {slot};
}

ExprPtr Binder::bind_pattern_predicate(const ast::Expr& expr) {
    ExprPtr out = make(ExprKind::kExists, expr, TypeSet::of(ValueKind::kBoolean));
    Nested nested(*this);
    PatternUse use;
    use.predicate = true;
    out->subquery = pattern_query(*expr.pattern, expr.pattern->where.get(), use);
    out->outer = nested.outer();
    return out;
}

ExprPtr Binder::bind_pattern_comprehension(const ast::Expr& expr) {
    ExprPtr out = make(ExprKind::kPatternComprehension, expr, TypeSet::of(ValueKind::kList));
    Nested nested(*this);
    PatternUse use;
    out->subquery = pattern_query(*expr.pattern, expr.children[0].get(), use);
    ExprPtr value = bind_in("a pattern comprehension", *expr.children[1]);
    const Slot slot = new_slot("", value->type);
    return_column(*out->subquery, std::move(value), slot, expr.range);
    out->outer = nested.outer();
    return out;
}

ExprPtr Binder::bind_subquery(const ast::Expr& expr) {
    const bool exists = expr.kind == ast::ExprKind::kExists;
    const bool collect = expr.kind == ast::ExprKind::kCollect;
    ExprPtr out = make(exists    ? ExprKind::kExists
                       : collect ? ExprKind::kCollectSubquery
                                 : ExprKind::kCountSubquery,
                       expr,
                       TypeSet::of(exists    ? ValueKind::kBoolean
                                   : collect ? ValueKind::kList
                                             : ValueKind::kInteger));
    Nested nested(*this);
    ++calls_;
    if (expr.pattern != nullptr) {
        PatternUse use;
        use.predicate = expr.negated;  // exists((a)-->(b)) introduces nothing
        out->subquery = pattern_query(*expr.pattern, expr.pattern->where.get(), use);
    } else {
        out->subquery = bind_query(*expr.query, Level::kExpression);
    }
    --calls_;
    if (out->subquery->writes) {
        throw QueryError(Message::kUpdateInExpression, expr.range, {"a subquery expression", "an update"});
    }
    if (collect && out->subquery->columns.size() != 1) {
        throw QueryError(Message::kSubqueryReturn, expr.range, {"COLLECT { }"});
    }
    out->outer = nested.outer();
    return out;
}

ExprPtr Binder::bind_shortest(const ast::Expr& expr) {
    const ast::PathPattern& path = expr.pattern->paths[0];
    const bool all = path.selector == PathSelector::kAllShortestPathsFunction;
    ExprPtr out = make(ExprKind::kShortestPath, expr, all ? TypeSet::of(ValueKind::kList) : kPathOrNull);
    Nested nested(*this);
    PatternUse use;
    out->subquery = pattern_query(*expr.pattern, nullptr, use);
    auto& match = static_cast<BoundMatch&>(*out->subquery->arms[0].clauses[0]);
    const Slot slot = new_slot("", TypeSet::of(ValueKind::kPath));
    match.paths[0].path_slot = slot;
    return_column(*out->subquery, variable(slot, expr.range), slot, expr.range);
    out->outer = nested.outer();
    return out;
}

}  // namespace maek::query
