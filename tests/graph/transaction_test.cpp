// Random changes, compared step by step with a naive graph: through savepoints, roll-backs,
// finished versions, and old snapshots that must stay as they were.
#include "graph/transaction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "tests/graph/naive_graph.h"

namespace maek::graph {
namespace {

using testing::NaiveGraph;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::uint32_t kLabels = 4, kTypes = 3, kKeys = 5;

class RandomChanges {
public:
    explicit RandomChanges(std::uint32_t seed) : random_(seed) {}

    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }

    Value value() {
        switch (below(9)) {
            case 0: return Value::null();
            case 1: return Value::boolean(below(2) == 1);
            case 2: return Value::floating(below(10) / 2.0);
            case 3: return Value::integer(below(10));
            case 4: return Value::date(Date{below(10)});
            case 5: return Value::list({Value::integer(below(3)), Value::string("x")});
            default: return Value::string(std::string(below(20), static_cast<char>('a' + below(26))));
        }
    }

    template <class Map>
    std::optional<std::uint32_t> pick(const Map& map) {
        if (map.empty()) return std::nullopt;
        return std::next(map.begin(), below(static_cast<std::uint32_t>(map.size())))->first;
    }

    void change(Transaction& t, NaiveGraph& naive) {
        switch (below(10)) {
            case 0:
            case 1: create_node(t, naive); break;
            case 2:
            case 3:
            case 4: create_rel(t, naive); break;
            case 5: set_property(t, naive); break;
            case 6: set_rel_property(t, naive); break;
            case 7: change_label(t, naive); break;
            case 8: delete_rel(t, naive); break;
            default: delete_node(t, naive); break;
        }
    }

private:
    void create_node(Transaction& t, NaiveGraph& naive) {
        std::vector<LabelId> labels;
        testing::NaiveNode node;
        for (std::uint32_t l = 0; l < kLabels; ++l) {
            if (below(3) == 0) labels.emplace_back(l), node.labels.insert(l);
        }
        const NodeId id = t.create_node(labels);
        ASSERT_EQ(id.value, naive.node_slots++);
        naive.nodes[id.value] = node;
    }
    void create_rel(Transaction& t, NaiveGraph& naive) {
        const auto source = pick(naive.nodes), target = pick(naive.nodes);
        if (!source) return;
        const std::uint32_t type = below(kTypes);
        const RelId id = t.create_relationship(NodeId{*source}, NodeId{*target}, TypeId{type});
        ASSERT_EQ(id.value, naive.rel_slots++);
        naive.rels[id.value] = {*source, *target, type, {}};
    }
    void set_property(Transaction& t, NaiveGraph& naive) {
        const auto node = pick(naive.nodes);
        if (!node) return;
        const std::uint32_t key = below(kKeys);
        const Value v = value();
        t.set_property(NodeId{*node}, KeyId{key}, v);
        naive.nodes[*node].properties.erase(key);
        if (!v.is_null()) naive.nodes[*node].properties.emplace(key, v);
    }
    void set_rel_property(Transaction& t, NaiveGraph& naive) {
        const auto rel = pick(naive.rels);
        if (!rel) return;
        const std::uint32_t key = below(kKeys);
        const Value v = value();
        t.set_property(RelId{*rel}, KeyId{key}, v);
        naive.rels[*rel].properties.erase(key);
        if (!v.is_null()) naive.rels[*rel].properties.emplace(key, v);
    }
    void change_label(Transaction& t, NaiveGraph& naive) {
        const auto node = pick(naive.nodes);
        if (!node) return;
        const std::uint32_t label = below(kLabels);
        auto& labels = naive.nodes[*node].labels;
        if (below(2) == 0) {
            ASSERT_EQ(t.add_label(NodeId{*node}, LabelId{label}), labels.insert(label).second);
        } else {
            ASSERT_EQ(t.remove_label(NodeId{*node}, LabelId{label}), labels.erase(label) == 1);
        }
    }
    void delete_rel(Transaction& t, NaiveGraph& naive) {
        const auto rel = pick(naive.rels);
        if (!rel) return;
        t.delete_relationship(RelId{*rel});
        naive.rels.erase(*rel);
    }
    void delete_node(Transaction& t, NaiveGraph& naive) {
        const auto node = pick(naive.nodes);
        if (!node) return;
        for (auto at = naive.rels.begin(); at != naive.rels.end();) {
            if (at->second.source == *node || at->second.target == *node) {
                t.delete_relationship(RelId{at->first});
                at = naive.rels.erase(at);
            } else {
                ++at;
            }
        }
        t.delete_node(NodeId{*node});
        naive.nodes.erase(*node);
    }

    std::mt19937 random_;
};

void intern_all(Transaction& t) {
    for (std::uint32_t i = 0; i < kLabels; ++i) t.label("L" + std::to_string(i));
    for (std::uint32_t i = 0; i < kTypes; ++i) t.type("T" + std::to_string(i));
    for (std::uint32_t i = 0; i < kKeys; ++i) t.key("k" + std::to_string(i));
}

TEST(Transaction, AgreesWithANaiveGraphAcrossVersionsSavepointsAndOldSnapshots) {
    for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        SCOPED_TRACE(seed);
        RandomChanges random(seed);
        Graph graph;
        NaiveGraph naive;
        std::vector<std::pair<Graph, NaiveGraph>> snapshots;
        for (int version = 0; version < 8; ++version) {
            Transaction t(graph);
            intern_all(t);
            for (int step = 0; step < 60; ++step) {
                if (random.below(12) == 0) {
                    const auto savepoint = t.savepoint();
                    const NaiveGraph before = naive;
                    for (int i = 0; i < 15; ++i) random.change(t, naive);
                    expect_same(t.graph(), naive, kLabels, kTypes, kKeys);
                    expect_same(savepoint.graph, before, kLabels, kTypes, kKeys);
                    if (random.below(2) == 0) {
                        t.roll_back_to(savepoint);
                        naive = before;
                        expect_same(t.graph(), naive, kLabels, kTypes, kKeys);
                    }
                } else {
                    random.change(t, naive);
                }
            }
            expect_same(t.graph(), naive, kLabels, kTypes, kKeys);
            const std::uint64_t before = graph.version();
            graph = std::move(t).finish();
            EXPECT_EQ(graph.version(), before + 1);
            expect_same(graph, naive, kLabels, kTypes, kKeys);
            snapshots.emplace_back(graph, naive);
            for (const auto& [old_graph, old_naive] : snapshots) {
                expect_same(old_graph, old_naive, kLabels, kTypes, kKeys);
            }
            if (::testing::Test::HasFatalFailure()) return;
        }
    }
}

TEST(Transaction, LeavesItsBaseAloneWhenItIsThrownAway) {
    Graph graph;
    {
        Transaction t(graph);
        t.create_node(std::vector{t.label("A")});
        EXPECT_EQ(t.graph().node_count(), 1u);
        EXPECT_EQ(t.base().node_count(), 0u);
    }
    EXPECT_EQ(graph.node_count(), 0u);
    EXPECT_EQ(graph.labels().size(), 0u);
}

TEST(Transaction, ListsWhatItTouchedAscendingAndOnce) {
    Transaction setup{Graph()};
    const KeyId key = setup.key("k");
    for (int i = 0; i < 5; ++i) setup.create_node({});
    const RelId rel = setup.create_relationship(NodeId{0}, NodeId{1}, setup.type("T"));
    Transaction t(std::move(setup).finish());
    t.set_property(NodeId{3}, key, Value::integer(1));
    t.set_property(NodeId{1}, key, Value::integer(1));
    t.set_property(NodeId{3}, key, Value::integer(2));
    t.set_property(rel, key, Value::integer(1));
    const ChangeSet changes = t.changes();
    EXPECT_THAT(changes.nodes, ElementsAre(NodeId{1}, NodeId{3}));
    EXPECT_THAT(changes.relationships, ElementsAre(rel));
    EXPECT_FALSE(changes.names);
    t.label("New");
    EXPECT_TRUE(t.changes().names);
}

TEST(Transaction, KeepsHubRowsSortedWhateverTheOrderOfInsertion) {
    Transaction t{Graph()};
    const TypeId type = t.type("T");
    constexpr std::uint32_t kSpokes = 20'000;
    for (std::uint32_t i = 0; i <= kSpokes; ++i) t.create_node({});
    std::mt19937 random(5);
    for (std::uint32_t i = 0; i < kSpokes; ++i) {
        t.create_relationship(NodeId{0}, NodeId{1 + static_cast<std::uint32_t>(random() % kSpokes)}, type);
    }
    const auto row = t.graph().adjacent(NodeId{0}, type, Direction::kOut);
    EXPECT_EQ(row.size(), kSpokes);
    EXPECT_TRUE(std::ranges::is_sorted(row));
    t.delete_relationship(RelId{77});
    const Graph graph = std::move(t).finish();
    EXPECT_EQ(graph.adjacent(NodeId{0}, type, Direction::kOut).size(), kSpokes - 1);
    EXPECT_TRUE(std::ranges::is_sorted(graph.adjacent(NodeId{0}, type, Direction::kOut)));
}

TEST(Transaction, CreatesAMillionNodesWithARelationshipEachInSeconds) {
    const auto start = std::chrono::steady_clock::now();
    Transaction t{Graph()};
    const LabelId label = t.label("Company");
    const TypeId type = t.type("KNOWS");
    const KeyId id_key = t.key("id"), name_key = t.key("name");
    constexpr std::uint32_t kNodes = 1'000'000;
    for (std::uint32_t i = 0; i < kNodes; ++i) {
        const NodeId node = t.create_node(std::span(&label, 1));
        t.set_property(node, id_key, Value::integer(i));
        t.set_property(node, name_key, Value::string("company " + std::to_string(i)));
        t.create_relationship(node, NodeId{(i * 7919u) % (i + 1)}, type);
    }
    const Graph graph = std::move(t).finish();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    RecordProperty("seconds", std::to_string(took.count()));
    std::printf("1,000,000 nodes and relationships in one transaction: %.2f s\n", took.count());
    EXPECT_EQ(graph.rel_count(), kNodes);
    EXPECT_LT(took.count(), 60.0);
}

TEST(Transaction, ASingleChangeOfALargeGraphCostsWhatChanged) {
    Transaction setup{Graph()};
    const LabelId label = setup.label("Company");
    const TypeId type = setup.type("KNOWS");
    const KeyId key = setup.key("id");
    for (std::uint32_t i = 0; i < 200'000; ++i) {
        const NodeId node = setup.create_node(std::span(&label, 1));
        setup.set_property(node, key, Value::integer(i));
        setup.create_relationship(node, NodeId{i / 2}, type);
    }
    Graph graph = std::move(setup).finish();
    const auto start = std::chrono::steady_clock::now();
    constexpr int kCommits = 1000;
    for (int i = 0; i < kCommits; ++i) {
        Transaction t(graph);
        const NodeId node = t.create_node(std::span(&label, 1));
        t.set_property(node, key, Value::integer(i));
        t.create_relationship(node, NodeId{static_cast<std::uint32_t>(i)}, type);
        graph = std::move(t).finish();
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::printf("one small commit on 200,000 nodes: %.1f us\n", took.count() * 1e6 / kCommits);
    EXPECT_LT(took.count() / kCommits, 0.01);
}

}  // namespace
}  // namespace maek::graph
