// One clause after the other: each takes the rows of the one before.
#include <algorithm>
#include <utility>

#include "query/bind/catalogue.h"
#include "query/parse/parse.h"
#include "query/plan/query_planner.h"

namespace maek::query {

namespace {

void add_clause_defines(const BoundPath& path, SlotSet& bound) {
    for (const BoundNode& node : path.nodes) bound.add(node.slot);
    for (const BoundSegment& segment : path.segments) {
        bound.add(segment.slot);
        if (segment.group == nullptr) continue;
        for (const GroupVariable& variable : segment.group->variables) bound.add(variable.list);
    }
    bound.add(path.path_slot);
}

// The steps down to `below` are those of one clause; steps of clauses inside have their places.
void set_range(LogicalOp& top, const LogicalOp* below, const SourceRange& range) {
    for (LogicalOp* at = &top; at != below; at = &at->child()) {
        if (at->range.line == 0) at->range = range;
        for (std::size_t i = 1; i < at->children.size(); ++i) set_range(at->child(i), nullptr, range);
        if (at->children.empty()) break;
    }
}

LogicalPtr make_argument(const std::vector<Slot>& slots) {
    auto argument = std::make_unique<LogicalArgument>();
    argument->slots = slots;
    return argument;
}

}  // namespace

bool PlanOptions::enabled(std::string_view rewrite) const {
    return std::find(disabled.begin(), disabled.end(), rewrite) == disabled.end();
}

LogicalPtr with_child(LogicalPtr op, LogicalPtr child) {
    op->children.insert(op->children.begin(), std::move(child));
    return op;
}

void QueryPlanner::count_step() {
    check();
    require_steps(1);
    ++steps_;
}

void QueryPlanner::require_steps(std::size_t more) const {
    if (steps_ + more > kMaxSteps) throw too_many_steps();
}

void QueryPlanner::check() const {
    if (options_.guard != nullptr) options_.guard->check();
}

bool runs_in_batches(const BoundQuery& query) {
    if (query.writes) return false;
    for (const bool all : query.union_all) {
        if (!all) return false;
    }
    for (const BoundSingleQuery& arm : query.arms) {
        for (const ClausePtr& clause : arm.clauses) {
            switch (clause->kind) {
                case ClauseKind::kMatch:
                case ClauseKind::kUnwind: break;
                case ClauseKind::kProjection: {
                    const auto& projection = static_cast<const BoundProjection&>(*clause);
                    if (projection.aggregating || projection.distinct || projection.skip != nullptr ||
                        projection.limit != nullptr) {
                        return false;
                    }
                    break;
                }
                default: return false;
            }
        }
    }
    return true;
}

LogicalPtr QueryPlanner::plan_query(const BoundQuery& query, const std::vector<Slot>& outer,
                                    Slot row_slot) {
    LogicalPtr first = plan_arm(query.arms[0], outer, row_slot);
    const bool renamed = !query.arm_slots.empty() && query.arm_slots[0] != query.column_slots;
    if (query.arms.size() == 1 && !renamed) return first;
    auto all = std::make_unique<LogicalUnion>();
    all->slots = query.column_slots;
    all->row_slot = row_slot;
    all->children.push_back(std::move(first));
    for (std::size_t i = 1; i < query.arms.size(); ++i) {
        all->children.push_back(plan_arm(query.arms[i], outer, row_slot));
    }
    all->arm_slots = query.arm_slots;
    const bool distinct = std::any_of(query.union_all.begin(), query.union_all.end(),
                                      [](bool keep) { return !keep; });
    if (!distinct) return all;
    auto unique = std::make_unique<LogicalDistinct>();
    unique->slots = query.column_slots;
    return with_child(std::move(unique), std::move(all));
}

LogicalPtr QueryPlanner::plan_arm(const BoundSingleQuery& arm, const std::vector<Slot>& outer,
                                  Slot row_slot) {
    std::vector<Slot> argument = outer;
    if (row_slot != kNoSlot) argument.push_back(row_slot);
    LogicalPtr rows;
    if (argument.empty() && !in_subquery_) {
        rows = std::make_unique<LogicalUnit>();
    } else {
        rows = make_argument(argument);
    }
    if (enabled("push_conditions")) pushed_.find(arm);
    SlotSet bound;
    for (const Slot slot : argument) bound.add(slot);
    for (const ClausePtr& clause : arm.clauses) rows = plan_clause(*clause, std::move(rows), bound);
    return rows;
}

LogicalPtr QueryPlanner::plan_clause(const BoundClause& clause, LogicalPtr input, SlotSet& bound) {
    const LogicalOp* below = input.get();
    LogicalPtr top = located(clause.range, [&] { return plan_any_clause(clause, std::move(input), bound); });
    set_range(*top, below, clause.range);
    return top;
}

LogicalPtr QueryPlanner::plan_any_clause(const BoundClause& clause, LogicalPtr input, SlotSet& bound) {
    count_step();
    switch (clause.kind) {
        case ClauseKind::kMatch:
            return plan_match_clause(static_cast<const BoundMatch&>(clause), std::move(input), bound);
        case ClauseKind::kUnwind: {
            const auto& unwind = static_cast<const BoundUnwind&>(clause);
            plan_subqueries(unwind.list.get());
            auto op = std::make_unique<LogicalUnwind>();
            op->list = unwind.list.get();
            op->slot = unwind.slot;
            op->ordinal = unwind.ordinal_slot;
            op->ordinal_from_zero = unwind.ordinal_from_zero;
            op->rows = input->rows * 10;
            bound.add(unwind.slot);
            bound.add(unwind.ordinal_slot);
            return with_child(std::move(op), std::move(input));
        }
        case ClauseKind::kProjection:
            return plan_projection(static_cast<const BoundProjection&>(clause), std::move(input), bound);
        case ClauseKind::kCreate:
            return plan_create(static_cast<const BoundCreate&>(clause), std::move(input), bound);
        case ClauseKind::kMerge:
            return plan_merge(static_cast<const BoundMerge&>(clause), std::move(input), bound);
        case ClauseKind::kSet:
            return plan_set(static_cast<const BoundSet&>(clause).items, false, std::move(input));
        case ClauseKind::kRemove:
            return plan_set(static_cast<const BoundRemove&>(clause).items, true, std::move(input));
        case ClauseKind::kDelete:
            return plan_delete(static_cast<const BoundDelete&>(clause), std::move(input));
        case ClauseKind::kForeach:
            return plan_foreach(static_cast<const BoundForeach&>(clause), std::move(input), bound);
        case ClauseKind::kCallProcedure:
            return plan_procedure(static_cast<const BoundCallProcedure&>(clause), std::move(input), bound);
        case ClauseKind::kCallSubquery:
            return plan_call(static_cast<const BoundCallSubquery&>(clause), std::move(input), bound);
        case ClauseKind::kFinish:
            return with_child(std::make_unique<LogicalEmpty>(), std::move(input));
    }
    MAEK_CHECK(false, "a clause of unknown kind");
}

LogicalPtr QueryPlanner::plan_match_clause(const BoundMatch& clause, LogicalPtr input, SlotSet& bound) {
    SlotSet after = bound;
    for (const BoundPath& path : clause.paths) add_clause_defines(path, after);
    LogicalPtr result;
    if (!clause.optional) {
        result = plan_match(clause, std::move(input), bound);
    } else {
        auto optional = std::make_unique<LogicalOptional>();
        optional->row_slot = plan_.new_slot();
        std::vector<Slot> argument = bound.list();
        argument.push_back(optional->row_slot);
        SlotSet inner = bound;
        inner.add(optional->row_slot);
        LogicalPtr body = plan_match(clause, make_argument(argument), inner);
        SlotSet fresh = after;
        fresh.remove(bound);
        optional->nulls = fresh.list();
        optional->rows = std::max(input->rows, input->rows * body->rows);
        optional->children.push_back(std::move(input));
        optional->children.push_back(std::move(body));
        result = std::move(optional);
    }
    bound = after;
    return result;
}

LogicalPtr QueryPlanner::plan_projection(const BoundProjection& clause, LogicalPtr input,
                                         SlotSet& bound) {
    for (const GroupKey& key : clause.keys) plan_subqueries(key.expr.get());
    for (const AggregateCall& call : clause.aggregates) {
        for (const ExprPtr& argument : call.arguments) plan_subqueries(argument.get());
    }
    for (const ProjectionItem& item : clause.items) plan_subqueries(item.expr.get());
    for (const SortItem& item : clause.order) plan_subqueries(item.expr.get());
    plan_subqueries(clause.where.get());

    double rows = input->rows;
    LogicalPtr at = std::move(input);
    if (clause.aggregating) {
        auto aggregate = std::make_unique<LogicalAggregate>();
        for (const GroupKey& key : clause.keys) aggregate->keys.push_back({key.slot, key.expr.get()});
        for (const AggregateCall& call : clause.aggregates) aggregate->calls.push_back(&call);
        rows = clause.keys.empty() ? 1 : std::max(1.0, rows / 10);
        aggregate->rows = rows;
        at = with_child(std::move(aggregate), std::move(at));
        count_step();
    }
    auto project = std::make_unique<LogicalProject>();
    project->narrow = false;  // what is not read above is not carried anyway
    for (const ProjectionItem& item : clause.items) {
        const bool passes = item.expr->kind == ExprKind::kVariable && item.expr->slot == item.slot;
        if (passes) {
            project->keeps.push_back(item.slot);
        } else {
            project->items.push_back({item.slot, item.expr.get()});
        }
    }
    project->rows = rows;
    at = with_child(std::move(project), std::move(at));
    if (clause.distinct) {
        auto distinct = std::make_unique<LogicalDistinct>();
        for (const ProjectionItem& item : clause.items) distinct->slots.push_back(item.slot);
        distinct->rows = rows;
        at = with_child(std::move(distinct), std::move(at));
    }
    plan_subqueries(clause.skip.get());
    plan_subqueries(clause.limit.get());
    if (!clause.order.empty()) {
        auto sort = std::make_unique<LogicalSort>();
        for (const SortItem& item : clause.order) sort->items.push_back(&item);
        if (clause.limit != nullptr && enabled("top_k")) {
            sort->top = true;
            sort->skip = clause.skip.get();
            sort->limit = clause.limit.get();
        }
        sort->rows = rows;
        at = with_child(std::move(sort), std::move(at));
    }
    if (clause.skip != nullptr || clause.limit != nullptr) {
        auto limit = std::make_unique<LogicalLimit>();
        limit->skip = clause.skip.get();
        limit->limit = clause.limit.get();
        if (clause.limit != nullptr && clause.limit->kind == ExprKind::kLiteral &&
            clause.limit->value.is(ValueKind::kInteger)) {
            rows = std::min(rows, static_cast<double>(clause.limit->value.as_integer()));
        }
        limit->rows = rows;
        at = with_child(std::move(limit), std::move(at));
    }
    auto filter = std::make_unique<LogicalFilter>();
    pushed_.add_staying(clause.where.get(), filter->conditions);
    if (!filter->conditions.empty()) {
        filter->rows = rows / 2;
        at = with_child(std::move(filter), std::move(at));
    }
    SlotSet after;
    for (const ProjectionItem& item : clause.items) after.add(item.slot);
    if (!clause.aggregating) {  // numbers of outer rows stay
        for (const Slot slot : hidden_) {
            if (bound.has(slot)) after.add(slot);
        }
    }
    bound = after;
    return at;
}

LogicalPtr QueryPlanner::plan_call(const BoundCallSubquery& clause, LogicalPtr input, SlotSet& bound) {
    plan_subqueries(clause.batch_size.get());
    auto apply = std::make_unique<LogicalApply>();
    apply->clause = &clause;
    apply->outer = clause.outer;
    apply->columns = clause.query->column_slots;
    apply->unit = clause.unit;
    apply->optional = clause.optional;
    // An optional one has to know which rows got no answer: one row at a time.
    const bool batches = !clause.unit && !clause.optional && !clause.in_transactions &&
                         runs_in_batches(*clause.query);
    if (batches) {
        apply->row_slot = plan_.new_slot();
        hidden_.push_back(apply->row_slot);
    }
    const bool outside = std::exchange(in_subquery_, true);
    LogicalPtr body = plan_query(*clause.query, clause.outer, apply->row_slot);
    in_subquery_ = outside;
    apply->rows = input->rows * std::max(1.0, body->rows);
    apply->children.push_back(std::move(input));
    apply->children.push_back(std::move(body));
    if (!clause.unit) {
        for (const Slot slot : apply->columns) bound.add(slot);
    }
    bound.add(clause.status_slot);
    return apply;
}

std::unique_ptr<Plan> make_plan(std::unique_ptr<BoundStatement> statement, const PlanOptions& options) {
    auto plan = std::make_unique<Plan>();
    plan->statement = std::move(statement);
    plan->slot_count = plan->statement->slot_count;
    plan->slot_names = plan->statement->slot_names;
    plan->slot_names.resize(plan->slot_count);
    const BoundQuery& query = *plan->statement->query;
    QueryPlanner planner(*plan, options);
    plan->root = planner.plan_query(query, {}, kNoSlot);
    plan->columns = query.columns;
    plan->column_slots = query.column_slots;
    plan->writes = query.writes;
    if (query.columns.empty() && plan->root->kind != LogicalKind::kEmpty) {
        plan->root = with_child(std::make_unique<LogicalEmpty>(), std::move(plan->root));
    }
    return plan;
}

}  // namespace maek::query
