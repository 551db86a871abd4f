// The Boost.Graph face: the concepts hold, and boost:: algorithms run on a Graph as it is.
#include "graph/boost_graph.h"

#include <gtest/gtest.h>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/page_rank.hpp>
#include <boost/graph/strong_components.hpp>
#include <random>

#include "graph/algorithms.h"
#include "graph/transaction.h"

namespace maek::graph {
namespace {

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<BoostGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<BoostGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<BoostGraph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<BoostGraph>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<WeightMap, BoostGraph::Edge>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<NodePropertyMap, BoostGraph::Vertex>));

Graph some_graph() {
    std::mt19937 random(7);
    Transaction t{Graph()};
    const LabelId labels[] = {t.label("A"), t.label("B")};
    const TypeId types[] = {t.type("X"), t.type("Y"), t.type("Z")};
    const KeyId weight = t.key("w");
    for (std::uint32_t i = 0; i < 3000; ++i) t.create_node(std::span(&labels[i % 3 == 0], 1));
    for (std::uint32_t i = 0; i < 6000; ++i) {
        const RelId rel = t.create_relationship(NodeId{static_cast<std::uint32_t>(random() % 3000)},
                                                NodeId{static_cast<std::uint32_t>(random() % 3000)}, types[random() % 3]);
        t.set_property(rel, weight, Value::integer(1 + random() % 5));
        if (i % 11 == 0) t.delete_relationship(rel);
    }
    return std::move(t).finish();
}

class BoostFace : public ::testing::TestWithParam<bool> {
protected:
    Graph graph_ = some_graph();
    BoostGraph g_ = GetParam() ? BoostGraph(graph_, {.labels = {*graph_.labels().find("A")},
                                                     .types = {*graph_.types().find("X"), *graph_.types().find("Z")}})
                               : BoostGraph(graph_);
    ProjectionOptions options_ = GetParam() ? ProjectionOptions{.labels = {*graph_.labels().find("A")},
                                                                .types = {*graph_.types().find("X"), *graph_.types().find("Z")}}
                                            : ProjectionOptions{};
};

TEST_P(BoostFace, CountsAndWalksTheSameEdgesFromEverySide) {
    std::size_t out = 0, in = 0, all = 0, near = 0;
    for (auto [v, end] = vertices(g_); v != end; ++v) {
        out += out_degree(*v, g_);
        in += in_degree(*v, g_);
        for (auto [e, last] = out_edges(*v, g_); e != last; ++e) EXPECT_EQ(source(*e, g_), *v);
        for (auto [e, last] = in_edges(*v, g_); e != last; ++e) EXPECT_EQ(target(*e, g_), *v);
        for (auto [u, last] = adjacent_vertices(*v, g_); u != last; ++u) ++near;
    }
    for (auto [e, end] = edges(g_); e != end; ++e) ++all;
    EXPECT_EQ(all, num_edges(g_));
    EXPECT_EQ(out, all);
    EXPECT_EQ(in, all);
    EXPECT_EQ(near, all);
    EXPECT_GT(all, 100u);
}

TEST_P(BoostFace, BoostsAlgorithmsAgreeWithOurs) {
    const Projection p = *Projection::make(graph_, options_);
    ASSERT_EQ(p.size(), num_vertices(g_));

    std::vector<std::uint32_t> hops(num_vertices(g_), Projection::kNone);
    hops[0] = 0;
    boost::breadth_first_search(g_, 0, boost::visitor(boost::make_bfs_visitor(
        boost::record_distances(hops.data(), boost::on_tree_edge()))));
    EXPECT_EQ(hops, *hops_from(p, 0));

    std::vector<std::uint32_t> component(num_vertices(g_));
    const auto count = boost::strong_components(g_, component.data());
    EXPECT_EQ(static_cast<std::uint32_t>(count), strong_components(p)->count);

    options_.weight = graph_.keys().find("w");
    const Projection weighted = *Projection::make(graph_, options_);
    std::vector<double> distance(num_vertices(g_));
    std::vector<BoostGraph::Vertex> before(num_vertices(g_));
    boost::dijkstra_shortest_paths_no_color_map(
        g_, 0, boost::weight_map(WeightMap{&g_, *options_.weight}).distance_map(distance.data()).predecessor_map(before.data()));
    const auto ours = *distances_from(weighted, 0);
    for (std::size_t v = 0; v < distance.size(); ++v) {
        EXPECT_EQ(std::min(distance[v], 1e300), std::min(ours[v], 1e300));  // both far when unreachable
    }

    std::vector<double> rank(num_vertices(g_));
    boost::graph::page_rank(g_, boost::make_iterator_property_map(rank.begin(), get(boost::vertex_index, g_)),
                            boost::graph::n_iterations(3));
    EXPECT_GT(*std::max_element(rank.begin(), rank.end()), 0.0);
}

TEST_P(BoostFace, PropertiesAreReadThroughAMap) {
    const KeyId weight = *graph_.keys().find("w");
    const WeightMap map{&g_, weight, 7.5};
    const auto first = *edges(g_).first;
    EXPECT_EQ(get(map, first), graph_.rel_property(first.rel, weight).as_number());
    EXPECT_TRUE(get(NodePropertyMap{&g_, weight}, 0u).is_null());
    EXPECT_EQ(g_.vertex(g_.node(5)), 5u);
}

INSTANTIATE_TEST_SUITE_P(WholeAndPart, BoostFace, ::testing::Bool());

}  // namespace
}  // namespace maek::graph
