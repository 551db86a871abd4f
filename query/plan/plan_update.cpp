// Writing clauses and procedure calls.
#include <utility>

#include "query/bind/catalogue.h"
#include "query/plan/query_planner.h"

namespace maek::query {

namespace {

void add_path_slots(const BoundPath& path, SlotSet& bound) {
    for (const BoundNode& node : path.nodes) bound.add(node.slot);
    for (const BoundSegment& segment : path.segments) bound.add(segment.slot);
    bound.add(path.path_slot);
}

}  // namespace

LogicalPtr QueryPlanner::plan_create(const BoundCreate& clause, LogicalPtr input, SlotSet& bound) {
    const std::size_t subqueries = plan_.subplans.size();
    for (const BoundPath& path : clause.paths) {
        plan_subqueries(path);
        add_path_slots(path, bound);
    }
    const bool reads_graph = plan_.subplans.size() > subqueries;
    if (input->kind == LogicalKind::kCreate && !reads_graph) {
        auto& before = static_cast<LogicalCreate&>(*input);
        for (const BoundPath& path : clause.paths) before.paths.push_back(&path);
        --steps_;
        return input;
    }
    auto op = std::make_unique<LogicalCreate>();
    for (const BoundPath& path : clause.paths) op->paths.push_back(&path);
    op->reads_graph = reads_graph;
    op->rows = input->rows;
    return with_child(std::move(op), std::move(input));
}

void QueryPlanner::plan_set_items(const std::vector<SetItem>& items) {
    for (const SetItem& item : items) {
        plan_subqueries(item.target.get());
        plan_subqueries(item.key_expr.get());
        plan_subqueries(item.value.get());
        for (const ExprPtr& label : item.dynamic_labels) plan_subqueries(label.get());
    }
}

LogicalPtr QueryPlanner::plan_merge(const BoundMerge& clause, LogicalPtr input, SlotSet& bound) {
    plan_set_items(clause.on_create);
    plan_set_items(clause.on_match);
    auto op = std::make_unique<LogicalMerge>();
    op->clause = &clause;
    op->outer = bound.list();
    auto argument = std::make_unique<LogicalArgument>();
    argument->slots = op->outer;
    LogicalPtr match = plan_pattern(clause.path, std::move(argument), bound);
    add_path_slots(clause.path, bound);
    op->rows = input->rows;
    op->children.push_back(std::move(input));
    op->children.push_back(std::move(match));
    return op;
}

LogicalPtr QueryPlanner::plan_set(const std::vector<SetItem>& items, bool remove, LogicalPtr input) {
    plan_set_items(items);
    auto op = std::make_unique<LogicalSet>();
    op->items = &items;
    op->remove = remove;
    op->rows = input->rows;
    return with_child(std::move(op), std::move(input));
}

LogicalPtr QueryPlanner::plan_delete(const BoundDelete& clause, LogicalPtr input) {
    for (const ExprPtr& target : clause.targets) plan_subqueries(target.get());
    auto op = std::make_unique<LogicalDelete>();
    op->clause = &clause;
    op->rows = input->rows;
    return with_child(std::move(op), std::move(input));
}

LogicalPtr QueryPlanner::plan_foreach(const BoundForeach& clause, LogicalPtr input, SlotSet& bound) {
    plan_subqueries(clause.list.get());
    auto op = std::make_unique<LogicalForeach>();
    op->clause = &clause;
    SlotSet inner = bound;
    inner.add(clause.slot);
    op->outer = inner.list();
    auto argument = std::make_unique<LogicalArgument>();
    argument->slots = op->outer;
    LogicalPtr body = std::move(argument);
    for (const ClausePtr& each : clause.body) body = plan_clause(*each, std::move(body), inner);
    op->rows = input->rows;
    op->children.push_back(std::move(input));
    op->children.push_back(std::move(body));
    return op;
}

LogicalPtr QueryPlanner::plan_procedure(const BoundCallProcedure& clause, LogicalPtr input, SlotSet& bound) {
    for (const ExprPtr& argument : clause.arguments) plan_subqueries(argument.get());
    plan_subqueries(clause.where.get());
    auto op = std::make_unique<LogicalCallProcedure>();  // tests clause.where itself
    op->clause = &clause;
    op->rows = input->rows * 10;
    for (const YieldItem& item : clause.yields) bound.add(item.slot);
    return with_child(std::move(op), std::move(input));
}

}  // namespace maek::query
