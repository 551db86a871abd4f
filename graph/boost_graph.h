// Room: graph, doorway. The Boost.Graph face of a Graph: VertexListGraph, BidirectionalGraph,
// EdgeListGraph and AdjacencyGraph, so that boost:: algorithms run on it as it is.
//
//     const BoostGraph g(graph, {.labels = {city}, .types = {}});
//     std::vector<int> component(num_vertices(g));
//     boost::strong_components(g, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, g)));
//     NodeId node = g.node(0);
//
// A vertex is the dense number of a node, 0 to num_vertices - 1 in ascending order of the NodeIds,
// so that vertex_index is the vertex itself. Adjacency is read in place, nothing is copied. The
// algorithms of graph/algorithms.h are faster; this is for everything that they do not have.
#pragma once

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/graph.h"

namespace maek::graph {

class BoostGraph {
public:
    // Empty: all of them. Relationships whose ends are not both chosen are left out.
    struct Part {
        std::vector<LabelId> labels = {};
        std::vector<TypeId> types = {};
    };
    explicit BoostGraph(Graph graph) : BoostGraph(std::move(graph), Part{}) {}
    BoostGraph(Graph graph, Part part);

    using Vertex = std::uint32_t;
    static constexpr Vertex kNone = 0xFFFFFFFFu;
    struct Edge {
        Vertex source = kNone, target = kNone;
        RelId rel;
        auto operator<=>(const Edge&) const = default;
    };

    const Graph& graph() const { return graph_; }
    NodeId node(Vertex v) const { return nodes_[v]; }
    Vertex vertex(NodeId node) const { return node.value < vertices_.size() ? vertices_[node.value] : kNone; }
    std::size_t vertex_count() const { return nodes_.size(); }
    std::size_t edge_count() const { return edge_count_; }
    const std::vector<TypeId>& types() const { return types_; }
    bool has_type(TypeId type) const { return type.value < type_chosen_.size() && type_chosen_[type.value]; }

private:
    Graph graph_;
    std::vector<NodeId> nodes_;      // by vertex
    std::vector<Vertex> vertices_;   // by node slot
    std::vector<TypeId> types_;      // chosen ones, ascending
    std::vector<bool> type_chosen_;  // by TypeId
    std::size_t edge_count_ = 0;
};

// The edges at one vertex: type by type, each sorted by the other end.
template <Direction kDirection>
class IncidenceIterator
    : public boost::iterator_facade<IncidenceIterator<kDirection>, BoostGraph::Edge, boost::forward_traversal_tag,
                                    BoostGraph::Edge> {
public:
    IncidenceIterator() = default;
    IncidenceIterator(const BoostGraph& graph, BoostGraph::Vertex at, bool end)
        : graph_(&graph), at_(at), type_(end ? graph.types().size() : 0) {
        if (!end) settle();
    }

private:
    friend class boost::iterator_core_access;
    BoostGraph::Edge dereference() const {
        const Adjacent& entry = row_[place_];
        const BoostGraph::Vertex other = graph_->vertex(entry.node);
        return kDirection == Direction::kOut ? BoostGraph::Edge{at_, other, entry.rel}
                                             : BoostGraph::Edge{other, at_, entry.rel};
    }
    bool equal(const IncidenceIterator& other) const { return type_ == other.type_ && place_ == other.place_; }
    void increment() {
        ++place_;
        skip();
    }
    // To the first entry of a row that has one.
    void settle() {
        place_ = 0;
        row_ = type_ < graph_->types().size()
                   ? graph_->graph().adjacent(graph_->node(at_), graph_->types()[type_], kDirection)
                   : std::span<const Adjacent>{};
        skip();
    }
    void skip() {
        while (type_ < graph_->types().size()) {
            while (place_ < row_.size() && graph_->vertex(row_[place_].node) == BoostGraph::kNone) ++place_;
            if (place_ < row_.size()) return;
            ++type_;
            place_ = 0;
            if (type_ < graph_->types().size()) {
                row_ = graph_->graph().adjacent(graph_->node(at_), graph_->types()[type_], kDirection);
            }
        }
        place_ = 0;
    }

    const BoostGraph* graph_ = nullptr;
    BoostGraph::Vertex at_ = BoostGraph::kNone;
    std::size_t type_ = 0, place_ = 0;
    std::span<const Adjacent> row_;
};

class NeighbourIterator : public boost::iterator_facade<NeighbourIterator, BoostGraph::Vertex,
                                                        boost::forward_traversal_tag, BoostGraph::Vertex> {
public:
    NeighbourIterator() = default;
    explicit NeighbourIterator(IncidenceIterator<Direction::kOut> edge) : edge_(edge) {}

private:
    friend class boost::iterator_core_access;
    BoostGraph::Vertex dereference() const { return (*edge_).target; }
    bool equal(const NeighbourIterator& other) const { return edge_ == other.edge_; }
    void increment() { ++edge_; }
    IncidenceIterator<Direction::kOut> edge_;
};

// Every edge, ascending by RelId.
class AllEdgesIterator : public boost::iterator_facade<AllEdgesIterator, BoostGraph::Edge,
                                                       boost::forward_traversal_tag, BoostGraph::Edge> {
public:
    AllEdgesIterator() = default;
    AllEdgesIterator(const BoostGraph& graph, std::uint32_t at) : graph_(&graph), at_(at) { skip(); }

private:
    friend class boost::iterator_core_access;
    BoostGraph::Edge dereference() const {
        const RelRecord rel = graph_->graph().rel(RelId{at_});
        return {graph_->vertex(rel.source), graph_->vertex(rel.target), RelId{at_}};
    }
    bool equal(const AllEdgesIterator& other) const { return at_ == other.at_; }
    void increment() {
        ++at_;
        skip();
    }
    void skip() {
        for (; at_ < graph_->graph().rel_slots(); ++at_) {
            const RelRecord rel = graph_->graph().rel(RelId{at_});
            if (rel.type.valid() && graph_->has_type(rel.type) && graph_->vertex(rel.source) != BoostGraph::kNone &&
                graph_->vertex(rel.target) != BoostGraph::kNone) {
                return;
            }
        }
    }
    const BoostGraph* graph_ = nullptr;
    std::uint32_t at_ = 0;
};

inline std::size_t num_vertices(const BoostGraph& g) { return g.vertex_count(); }
inline std::size_t num_edges(const BoostGraph& g) { return g.edge_count(); }
inline auto vertices(const BoostGraph& g) {
    using Iterator = boost::counting_iterator<BoostGraph::Vertex>;
    return std::pair(Iterator(0), Iterator(static_cast<BoostGraph::Vertex>(g.vertex_count())));
}
inline BoostGraph::Vertex source(const BoostGraph::Edge& e, const BoostGraph&) { return e.source; }
inline BoostGraph::Vertex target(const BoostGraph::Edge& e, const BoostGraph&) { return e.target; }
inline auto out_edges(BoostGraph::Vertex v, const BoostGraph& g) {
    using Iterator = IncidenceIterator<Direction::kOut>;
    return std::pair(Iterator(g, v, false), Iterator(g, v, true));
}
inline auto in_edges(BoostGraph::Vertex v, const BoostGraph& g) {
    using Iterator = IncidenceIterator<Direction::kIn>;
    return std::pair(Iterator(g, v, false), Iterator(g, v, true));
}
inline auto adjacent_vertices(BoostGraph::Vertex v, const BoostGraph& g) {
    const auto [first, last] = out_edges(v, g);
    return std::pair(NeighbourIterator(first), NeighbourIterator(last));
}
inline std::size_t out_degree(BoostGraph::Vertex v, const BoostGraph& g) {
    const auto [first, last] = out_edges(v, g);
    return static_cast<std::size_t>(std::distance(first, last));
}
inline std::size_t in_degree(BoostGraph::Vertex v, const BoostGraph& g) {
    const auto [first, last] = in_edges(v, g);
    return static_cast<std::size_t>(std::distance(first, last));
}
inline std::size_t degree(BoostGraph::Vertex v, const BoostGraph& g) { return out_degree(v, g) + in_degree(v, g); }
inline auto edges(const BoostGraph& g) {
    return std::pair(AllEdgesIterator(g, 0), AllEdgesIterator(g, g.graph().rel_slots()));
}

inline boost::identity_property_map get(boost::vertex_index_t, const BoostGraph&) { return {}; }
inline BoostGraph::Vertex get(boost::vertex_index_t, const BoostGraph&, BoostGraph::Vertex v) { return v; }

// A property of nodes as a readable property map: vertex -> Value.
struct NodePropertyMap {
    using key_type = BoostGraph::Vertex;
    using value_type = Value;
    using reference = Value;
    using category = boost::readable_property_map_tag;
    const BoostGraph* graph;
    KeyId key;
};
inline Value get(const NodePropertyMap& map, BoostGraph::Vertex v) {
    return map.graph->graph().node_property(map.graph->node(v), map.key);
}
// A number of relationships as a readable property map: edge -> double.
struct WeightMap {
    using key_type = BoostGraph::Edge;
    using value_type = double;
    using reference = double;
    using category = boost::readable_property_map_tag;
    const BoostGraph* graph;
    KeyId key;
    double otherwise = 1.0;  // where there is no number
};
inline double get(const WeightMap& map, const BoostGraph::Edge& e) {
    const Value value = map.graph->graph().rel_property(e.rel, map.key);
    return value.is_number() ? value.as_number() : map.otherwise;
}

}  // namespace maek::graph

template <>
struct boost::graph_traits<maek::graph::BoostGraph> {
    using vertex_descriptor = maek::graph::BoostGraph::Vertex;
    using edge_descriptor = maek::graph::BoostGraph::Edge;
    using directed_category = boost::bidirectional_tag;
    using edge_parallel_category = boost::allow_parallel_edge_tag;
    struct traversal_category : boost::bidirectional_graph_tag,
                                boost::adjacency_graph_tag,
                                boost::vertex_list_graph_tag,
                                boost::edge_list_graph_tag {};
    using vertex_iterator = boost::counting_iterator<vertex_descriptor>;
    using out_edge_iterator = maek::graph::IncidenceIterator<maek::graph::Direction::kOut>;
    using in_edge_iterator = maek::graph::IncidenceIterator<maek::graph::Direction::kIn>;
    using adjacency_iterator = maek::graph::NeighbourIterator;
    using edge_iterator = maek::graph::AllEdgesIterator;
    using degree_size_type = std::size_t;
    using vertices_size_type = std::size_t;
    using edges_size_type = std::size_t;
    static vertex_descriptor null_vertex() { return maek::graph::BoostGraph::kNone; }
};

template <>
struct boost::property_map<maek::graph::BoostGraph, boost::vertex_index_t> {
    using type = boost::identity_property_map;
    using const_type = boost::identity_property_map;
};
