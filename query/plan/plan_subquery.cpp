// Subqueries inside expressions, each planned once and run from its expression.
#include <utility>

#include "query/plan/query_planner.h"

namespace maek::query {

void QueryPlanner::plan_subqueries(const BoundExpr* expr) {
    if (expr == nullptr) return;
    for (const ExprPtr& child : expr->children) plan_subqueries(child.get());
    for (const MapProjectionItem& item : expr->projection) plan_subqueries(item.value.get());
    plan_subqueries(expr->labels);
    if (expr->subquery == nullptr || plan_.subplans.contains(expr)) return;
    auto sub = std::make_unique<SubPlan>();
    sub->outer = expr->outer;
    sub->per_row = !runs_in_batches(*expr->subquery);
    if (!sub->per_row) {
        sub->row_slot = plan_.new_slot();
        hidden_.push_back(sub->row_slot);
    }
    const bool outside = std::exchange(in_subquery_, true);
    sub->root = plan_query(*expr->subquery, expr->outer, sub->row_slot);
    in_subquery_ = outside;
    if (!expr->subquery->column_slots.empty()) sub->column = expr->subquery->column_slots[0];
    plan_.subplans.emplace(expr, std::move(sub));
}

void QueryPlanner::plan_subqueries(const LabelExpr& labels) {
    plan_subqueries(labels.dynamic.get());
    for (const LabelExpr& operand : labels.operands) plan_subqueries(operand);
}

void QueryPlanner::plan_subqueries(const BoundPath& path) {
    const auto items = [&](const std::vector<PropertyItem>& properties) {
        for (const PropertyItem& item : properties) plan_subqueries(item.value.get());
    };
    const auto node = [&](const BoundNode& each) {
        items(each.properties);
        plan_subqueries(each.properties_from.get());
        plan_subqueries(each.where.get());
        plan_subqueries(each.labels);
    };
    const auto segment = [&](const BoundSegment& each) {
        items(each.properties);
        plan_subqueries(each.properties_from.get());
        plan_subqueries(each.where.get());
        plan_subqueries(each.types);
    };
    for (const BoundNode& each : path.nodes) node(each);
    for (const BoundSegment& each : path.segments) {
        segment(each);
        if (each.group == nullptr) continue;
        for (const BoundNode& inner : each.group->nodes) node(inner);
        for (const BoundSegment& inner : each.group->segments) segment(inner);
        plan_subqueries(each.group->where.get());
    }
    plan_subqueries(path.where.get());
}

}  // namespace maek::query
