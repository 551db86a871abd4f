// Operators over rows.
#include "query/eval/function_registry.h"
#include "query/exec/aggregate_op.h"
#include "query/exec/build.h"
#include "query/exec/row_ops.h"
#include "query/exec/sort_op.h"
#include "query/exec/unwind_op.h"

namespace maek::query {

OperatorPtr OperatorBuilder::build_rows(const LogicalOp& op, const SlotSet& needed) {
    const auto count = [&](const BoundExpr* expr, const char* clause) {
        return expr == nullptr ? RowCount{} : RowCount{compile(*expr), clause, expr->range};
    };
    switch (op.kind) {
        case LogicalKind::kFilter: {
            const auto& filter = static_cast<const LogicalFilter&>(op);
            const SlotSet needs = input_needs(op, needed);
            const SlotList live = (needs & outputs(op.child())).list();
            return std::make_unique<FilterOp>(build(op.child(), needs), compile_all(filter.conditions), live);
        }
        case LogicalKind::kProject: {
            const auto& project = static_cast<const LogicalProject&>(op);
            std::vector<ProjectOp::Item> items;
            for (const LogicalProject::Item& item : project.items) {
                VectorExprPtr expr = compile(*item.expr);
                if (!needed.has(item.slot) && !expr->may_fail()) continue;
                items.push_back({item.slot, std::move(expr)});
            }
            OperatorPtr input = build_input(op, needed);
            if (items.empty()) return input;
            return std::make_unique<ProjectOp>(std::move(input), std::move(items));
        }
        case LogicalKind::kAggregate: {
            const auto& aggregate = static_cast<const LogicalAggregate&>(op);
            std::vector<VectorExprPtr> keys;
            for (const LogicalAggregate::Key& key : aggregate.keys) keys.push_back(compile(*key.expr));
            std::vector<AggregateColumn> calls;
            calls.reserve(aggregate.calls.size());
            for (const AggregateCall* call : aggregate.calls) {
                std::vector<VectorExprPtr> arguments;
                for (const ExprPtr& argument : call->arguments) arguments.push_back(compile(*argument));
                calls.emplace_back(*call, std::move(arguments));
            }
            return std::make_unique<AggregateOp>(build_input(op, needed), aggregate, std::move(keys),
                                                 std::move(calls), slots());
        }
        case LogicalKind::kDistinct: {
            const auto& distinct = static_cast<const LogicalDistinct&>(op);
            const SlotSet needs = input_needs(op, needed);
            const SlotList live = (needs & outputs(op.child())).list();
            return std::make_unique<DistinctOp>(build(op.child(), needs), distinct.slots, live);
        }
        case LogicalKind::kSort: {
            const auto& sort = static_cast<const LogicalSort&>(op);
            std::vector<SortOp::Key> keys;
            for (const SortItem* item : sort.items) {
                keys.push_back({compile(*item->expr), item->descending, item->nulls_first});
            }
            return std::make_unique<SortOp>(build_input(op, needed), std::move(keys), count(sort.skip, "SKIP"),
                                            count(sort.limit, "LIMIT"), sort.top, carried(op, needed), slots());
        }
        case LogicalKind::kLimit: {
            const auto& limit = static_cast<const LogicalLimit&>(op);
            return std::make_unique<LimitOp>(build_input(op, needed), count(limit.skip, "SKIP"),
                                             count(limit.limit, "LIMIT"), carried(op, needed));
        }
        case LogicalKind::kUnwind: {
            const auto& unwind = static_cast<const LogicalUnwind&>(op);
            if (unwind.list->kind == ExprKind::kFunction && unwind.list->function->name == "range") {
                std::vector<VectorExprPtr> arguments;
                for (const ExprPtr& argument : unwind.list->children) arguments.push_back(compile(*argument));
                return std::make_unique<UnwindRangeOp>(build_input(op, needed), unwind, std::move(arguments),
                                                       carried(op, needed), slots());
            }
            return std::make_unique<UnwindOp>(build_input(op, needed), unwind, compile(*unwind.list),
                                              carried(op, needed), slots());
        }
        case LogicalKind::kEmpty: return std::make_unique<EmptyOp>(build(op.child(), {}), slots());
        default: break;
    }
    MAEK_CHECK(false, "not a step over rows");
}

}  // namespace maek::query
