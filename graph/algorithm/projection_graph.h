// Room: graph, inner. A Projection as a Boost.Graph model (VertexListGraph, IncidenceGraph): for the
// few algorithms that are boost::'s. Only .cpp files of graph/algorithm include this.
#pragma once

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>

#include "graph/algorithm/kernel.h"

namespace maek::graph {

struct ProjectionGraph {
    const Projection* projection;
};

// An edge is a vertex and the place in its row.
struct ProjectionEdge {
    std::uint32_t source = 0, place = 0;
    auto operator<=>(const ProjectionEdge&) const = default;
};
struct MakeProjectionEdge {
    std::uint32_t source = 0;
    ProjectionEdge operator()(std::uint32_t place) const { return {source, place}; }
};
using ProjectionEdges =
    boost::transform_iterator<MakeProjectionEdge, boost::counting_iterator<std::uint32_t>, ProjectionEdge, ProjectionEdge>;

inline std::size_t num_vertices(const ProjectionGraph& g) { return g.projection->size(); }
inline auto vertices(const ProjectionGraph& g) {
    using Iterator = boost::counting_iterator<std::uint32_t>;
    return std::pair(Iterator(0), Iterator(g.projection->size()));
}
inline std::size_t out_degree(std::uint32_t v, const ProjectionGraph& g) { return g.projection->degree(v); }
inline auto out_edges(std::uint32_t v, const ProjectionGraph& g) {
    using Count = boost::counting_iterator<std::uint32_t>;
    const auto size = static_cast<std::uint32_t>(g.projection->degree(v));
    return std::pair(ProjectionEdges(Count(0), {v}), ProjectionEdges(Count(size), {v}));
}
inline std::uint32_t source(const ProjectionEdge& e, const ProjectionGraph&) { return e.source; }
inline std::uint32_t target(const ProjectionEdge& e, const ProjectionGraph& g) {
    return g.projection->targets(e.source)[e.place];
}

struct ProjectionWeights {
    using key_type = ProjectionEdge;
    using value_type = double;
    using reference = double;
    using category = boost::readable_property_map_tag;
    const Projection* projection;
};
inline double get(const ProjectionWeights& map, const ProjectionEdge& e) {
    return map.projection->weight(e.source, e.place);
}
inline boost::identity_property_map get(boost::vertex_index_t, const ProjectionGraph&) { return {}; }

}  // namespace maek::graph

template <>
struct boost::graph_traits<maek::graph::ProjectionGraph> {
    using vertex_descriptor = std::uint32_t;
    using edge_descriptor = maek::graph::ProjectionEdge;
    using directed_category = boost::directed_tag;
    using edge_parallel_category = boost::allow_parallel_edge_tag;
    struct traversal_category : boost::incidence_graph_tag, boost::vertex_list_graph_tag {};
    using vertex_iterator = boost::counting_iterator<std::uint32_t>;
    using out_edge_iterator = maek::graph::ProjectionEdges;
    using degree_size_type = std::size_t;
    using vertices_size_type = std::size_t;
    using edges_size_type = std::size_t;
    static vertex_descriptor null_vertex() { return maek::graph::Projection::kNone; }
};

template <>
struct boost::property_map<maek::graph::ProjectionGraph, boost::vertex_index_t> {
    using type = boost::identity_property_map;
    using const_type = boost::identity_property_map;
};
