// Room: tools, inner. Places for the nodes of a small graph: linked ones near, all others apart.
// The same input gives the same places. Tests: tests/tools/picture_test.cpp.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace maek::tools {

struct Place {
    double x = 0, y = 0;  // about -1 .. 1, the middle of everything at 0
};

// Edges as pairs of places in the answer. O(steps * nodes^2): for up to some thousand nodes.
std::vector<Place> force_layout(std::size_t nodes, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges);

}  // namespace maek::tools
