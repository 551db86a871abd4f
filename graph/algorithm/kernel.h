// Room: graph, inner. What the algorithms share: the check for cancellation, dense renumbering, and
// the simple undirected form of a projection.
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "graph/algorithms.h"

namespace maek::graph {

inline Error cancelled_error() { return {ErrorCode::kCancelled, "the algorithm was interrupted", {}, {}}; }

// Asks every 4,096th time.
class Watch {
public:
    explicit Watch(const Cancelled& cancelled) : cancelled_(cancelled) {}
    bool stop(std::uint64_t steps = 1) {
        if (!cancelled_) return false;
        steps_ += steps;
        if (steps_ < 4096) return stopped_;
        steps_ = 0;
        stopped_ = stopped_ || cancelled_();
        return stopped_;
    }

private:
    const Cancelled& cancelled_;
    std::uint64_t steps_ = 0;
    bool stopped_ = false;
};

// Numbers groups from 0 in the order of their smallest vertex; gives their number.
inline std::uint32_t renumber(std::vector<std::uint32_t>& of) {
    std::uint32_t largest = 0;
    for (const std::uint32_t group : of) largest = std::max(largest, group);
    std::vector<std::uint32_t> fresh(of.empty() ? 0 : largest + 1, Projection::kNone);
    std::uint32_t count = 0;
    for (std::uint32_t& group : of) {
        if (fresh[group] == Projection::kNone) fresh[group] = count++;
        group = fresh[group];
    }
    return count;
}

// Neighbours in either direction, ascending, without loops and duplicates.
struct SimpleRows {
    std::vector<std::uint64_t> starts;
    std::vector<std::uint32_t> targets;
    std::span<const std::uint32_t> row(std::uint32_t v) const {
        return {targets.data() + starts[v], targets.data() + starts[v + 1]};
    }
};
SimpleRows simple_rows(const Projection& p);

}  // namespace maek::graph
