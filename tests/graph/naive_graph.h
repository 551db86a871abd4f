// Room: tests. The property graph in the plainest way there is, to compare the real one with.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "graph/graph.h"

namespace maek::graph::testing {

struct NaiveNode {
    std::set<std::uint32_t> labels;
    std::map<std::uint32_t, Value> properties;
};
struct NaiveRel {
    std::uint32_t source, target, type;
    std::map<std::uint32_t, Value> properties;
};

struct NaiveGraph {
    std::map<std::uint32_t, NaiveNode> nodes;
    std::map<std::uint32_t, NaiveRel> rels;
    std::uint32_t node_slots = 0, rel_slots = 0;

    std::vector<Adjacent> adjacent(std::uint32_t node, std::uint32_t type, Direction direction) const {
        std::vector<Adjacent> found;
        for (const auto& [id, rel] : rels) {
            if (rel.type != type) continue;
            if (direction == Direction::kOut && rel.source == node) found.push_back({NodeId{rel.target}, RelId{id}});
            if (direction == Direction::kIn && rel.target == node) found.push_back({NodeId{rel.source}, RelId{id}});
        }
        std::ranges::sort(found);
        return found;
    }
};

inline std::map<std::uint32_t, Value> as_map(const std::vector<std::pair<KeyId, Value>>& values) {
    std::map<std::uint32_t, Value> map;
    for (const auto& [key, value] : values) map.emplace(key.value, value);
    return map;
}

// Everything a Graph says must be what the naive one says.
inline void expect_same(const Graph& graph, const NaiveGraph& naive, std::uint32_t labels,
                        std::uint32_t types, std::uint32_t keys) {
    ASSERT_EQ(graph.node_slots(), naive.node_slots);
    ASSERT_EQ(graph.rel_slots(), naive.rel_slots);
    ASSERT_EQ(graph.node_count(), naive.nodes.size());
    ASSERT_EQ(graph.rel_count(), naive.rels.size());
    std::vector<std::uint64_t> label_counts(labels), type_counts(types);
    for (std::uint32_t id = 0; id < naive.node_slots; ++id) {
        const auto at = naive.nodes.find(id);
        ASSERT_EQ(graph.has_node(NodeId{id}), at != naive.nodes.end()) << id;
        const NaiveNode node = at == naive.nodes.end() ? NaiveNode{} : at->second;
        std::set<std::uint32_t> have;
        for (const LabelId label : graph.labels_of(NodeId{id})) have.insert(label.value);
        ASSERT_EQ(have, node.labels) << id;
        for (const std::uint32_t label : node.labels) ++label_counts[label];
        ASSERT_EQ(as_map(graph.node_properties(NodeId{id})), node.properties) << id;
        for (std::uint32_t key = 0; key < keys; ++key) {
            const auto value = node.properties.find(key);
            ASSERT_EQ(graph.node_property(NodeId{id}, KeyId{key}),
                      value == node.properties.end() ? Value() : value->second);
        }
    }
    for (std::uint32_t id = 0; id < naive.rel_slots; ++id) {
        const auto at = naive.rels.find(id);
        ASSERT_EQ(graph.has_rel(RelId{id}), at != naive.rels.end()) << id;
        if (at == naive.rels.end()) {
            ASSERT_TRUE(graph.rel_properties(RelId{id}).empty());
            continue;
        }
        const RelRecord rel = graph.rel(RelId{id});
        ASSERT_EQ(rel.source.value, at->second.source);
        ASSERT_EQ(rel.target.value, at->second.target);
        ASSERT_EQ(rel.type.value, at->second.type);
        ++type_counts[rel.type.value];
        ASSERT_EQ(as_map(graph.rel_properties(RelId{id})), at->second.properties) << id;
    }
    for (std::uint32_t l = 0; l < labels; ++l) ASSERT_EQ(graph.label_count(LabelId{l}), label_counts[l]);
    for (std::uint32_t t = 0; t < types; ++t) {
        ASSERT_EQ(graph.type_count(TypeId{t}), type_counts[t]);
        for (const Direction direction : {Direction::kOut, Direction::kIn}) {
            for (std::uint32_t id = 0; id < naive.node_slots; ++id) {
                const auto wanted = naive.adjacent(id, t, direction);
                const auto have = graph.adjacent(NodeId{id}, TypeId{t}, direction);
                ASSERT_TRUE(std::ranges::equal(have, wanted)) << "node " << id << " type " << t;
                const auto rows = graph.adjacency_rows(TypeId{t}, direction, id >> kChunkBits);
                const std::uint32_t i = id & kChunkMask;
                const auto raw = rows.offsets == nullptr
                                     ? std::span<const Adjacent>{}
                                     : std::span(rows.entries + rows.offsets[i], rows.entries + rows.offsets[i + 1]);
                ASSERT_TRUE(std::ranges::equal(raw, wanted)) << "rows of node " << id;
            }
        }
    }
}

}  // namespace maek::graph::testing
