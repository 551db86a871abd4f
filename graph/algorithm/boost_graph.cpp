#include "graph/boost_graph.h"

#include <algorithm>

namespace maek::graph {

BoostGraph::BoostGraph(Graph graph, Part part) : graph_(std::move(graph)), vertices_(graph_.node_slots(), kNone) {
    type_chosen_.resize(graph_.types().size(), part.types.empty());
    for (const TypeId type : part.types) {
        if (type.value < type_chosen_.size()) type_chosen_[type.value] = true;
    }
    for (std::uint32_t type = 0; type < type_chosen_.size(); ++type) {
        if (type_chosen_[type]) types_.emplace_back(type);
    }
    for (std::uint32_t id = 0; id < graph_.node_slots(); ++id) {
        const bool chosen = part.labels.empty() ? graph_.has_node(NodeId{id})
                                                : std::ranges::any_of(part.labels, [&](LabelId label) {
                                                      return graph_.has_label(NodeId{id}, label);
                                                  });
        if (!chosen) continue;
        vertices_[id] = static_cast<Vertex>(nodes_.size());
        nodes_.emplace_back(id);
    }
    const AllEdgesIterator end(*this, graph_.rel_slots());
    for (AllEdgesIterator at(*this, 0); at != end; ++at) ++edge_count_;
}

}  // namespace maek::graph
