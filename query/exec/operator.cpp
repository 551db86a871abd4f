#include "query/exec/operator.h"

#include <algorithm>

#include "query/parse/query_error.h"
#include "query/plan/logical_plan.h"

namespace maek::query {

namespace {

// What an expression could not say: the failure is the step's, so its clause is the place.
void locate(QueryError& error, const LogicalOp* plan) {
    if (plan != nullptr) error.locate(plan->range);
    error.settle();
}

}  // namespace

void Operator::open(ExecContext& context) {
    try {
        do_open(context);
    } catch (QueryError& error) {
        locate(error, plan);
        throw;
    }
}

bool Operator::next(ExecContext& context, Batch& out) {
    try {
        context.guard.check();
        return context.profile ? profiled_next(context, out) : do_next(context, out);
    } catch (QueryError& error) {
        locate(error, plan);
        throw;
    }
}

bool Operator::profiled_next(ExecContext& context, Batch& out) {
    const auto begin = std::chrono::steady_clock::now();
    const bool more = do_next(context, out);
    stats.time += std::chrono::steady_clock::now() - begin;
    stats.memory = std::max(stats.memory, context.guard.held());
    if (more) {
        stats.rows += out.rows;
        ++stats.batches;
    }
    return more;
}

}  // namespace maek::query
