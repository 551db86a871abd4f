#include "query/exec/operator.h"

#include <algorithm>

namespace maek::query {

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
