// Connected components by union and find over the rows; strong components by boost.
#include <boost/graph/strong_components.hpp>

#include "graph/algorithm/projection_graph.h"

namespace maek::graph {

Result<Components> connected_components(const Projection& p, const Cancelled& cancelled) {
    Components components;
    auto& parent = components.of;
    parent.resize(p.size());
    std::iota(parent.begin(), parent.end(), 0u);
    const auto root = [&](std::uint32_t v) {
        while (parent[v] != v) v = parent[v] = parent[parent[v]];
        return v;
    };
    Watch watch(cancelled);
    for (std::uint32_t v = 0; v < p.size(); ++v) {
        std::uint32_t mine = root(v);
        for (const std::uint32_t u : p.targets(v)) {
            const std::uint32_t other = root(u);
            if (other == mine) continue;
            // The smaller is the root, so that numbers follow the smallest vertex.
            parent[std::max(mine, other)] = std::min(mine, other);
            mine = std::min(mine, other);
        }
        if (watch.stop(p.degree(v) + 1)) return cancelled_error();
    }
    for (std::uint32_t v = 0; v < p.size(); ++v) parent[v] = root(v);
    components.count = renumber(parent);
    return components;
}

Result<Components> strong_components(const Projection& p, const Cancelled& cancelled) {
    if (cancelled && cancelled()) return cancelled_error();
    Components components;
    components.of.resize(p.size());
    if (p.size() == 0) return components;
    boost::strong_components(ProjectionGraph{&p}, components.of.data());
    components.count = renumber(components.of);
    return components;
}

}  // namespace maek::graph
