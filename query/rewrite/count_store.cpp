// The number of all nodes, of those with a label, or of relationships with a type is known without
// looking: count(*) over a bare scan. Does not apply in statements that write.
// Tests: tests/query/cases/counting.test.
#include "query/eval/function_registry.h"
#include "query/plan/logical_read.h"
#include "query/plan/logical_rows.h"
#include "query/rewrite/passes.h"
#include "query/rewrite/visit.h"

namespace maek::query {

namespace {

bool is_bare(const LogicalOp& op) { return !op.children.empty() && op.child().kind == LogicalKind::kUnit; }

LogicalPtr make_count(const LogicalOp& below) {
    auto count = std::make_unique<LogicalCountOnly>();
    if (below.kind == LogicalKind::kScan) {
        const auto& scan = static_cast<const LogicalScan&>(below);
        if (scan.seeks() || scan.labels.size() > 1) return nullptr;
        if (!scan.labels.empty()) count->name = scan.labels[0];
        return count;
    }
    if (below.kind != LogicalKind::kRelScan) return nullptr;
    const auto& scan = static_cast<const LogicalRelScan&>(below);
    if (scan.seeks() || scan.types.size() > 1 || scan.direction == RelDirection::kBoth) return nullptr;
    count->relationships = true;
    if (!scan.types.empty()) count->name = scan.types[0];
    return count;
}

}  // namespace

void count_store(Plan& plan, LogicalPtr& root, const PlanOptions&) {
    if (plan.writes) return;
    visit_steps(root, [&](LogicalPtr& step) {
        if (step->kind != LogicalKind::kAggregate) return;
        const auto& aggregate = static_cast<const LogicalAggregate&>(*step);
        if (!aggregate.keys.empty() || aggregate.calls.size() != 1 || aggregate.multiplicity != kNoSlot) return;
        const AggregateCall& call = *aggregate.calls[0];
        const LogicalOp& below = aggregate.child();
        if (!is_bare(below) || call.distinct) return;
        if (!call.star) {  // count(n) of the node or relationship scanned
            SlotSet own;
            below.add_defines(own);
            if (call.function->aggregate != AggregateKind::kCount ||
                call.arguments[0]->kind != ExprKind::kVariable || !own.has(call.arguments[0]->slot)) {
                return;
            }
        }
        LogicalPtr count = make_count(below);
        if (count == nullptr) return;
        static_cast<LogicalCountOnly&>(*count).slot = call.slot;
        step = std::move(count);
    });
}

}  // namespace maek::query
