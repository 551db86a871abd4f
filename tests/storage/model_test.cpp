// Random transactions against a plain map of what must be there, reopened again and again.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "storage/store.h"
#include "tests/storage/store_tools.h"
#include "tests/temp_folder.h"

namespace maek::storage {
namespace {

using namespace test;

struct Model {
    std::map<std::uint32_t, std::map<std::string, std::int64_t>> nodes;  // properties
    std::map<std::uint32_t, std::pair<std::uint32_t, std::uint32_t>> relationships;
    std::map<std::string, std::string> records;
};

class ModelTest : public testing::TestWithParam<std::uint32_t> {
protected:
    std::mt19937 random{GetParam()};
    TempFolder temp;
    Model model;

    template <class Map>
    std::uint32_t any(const Map& map) {
        auto it = map.begin();
        std::advance(it, static_cast<long>(random() % map.size()));
        return it->first;
    }

    void step(WriteTransaction& writing, Model& next) {
        auto& graph = writing.graph();
        switch (random() % 8) {
            case 0:
            case 1: {
                const std::vector<LabelId> labels = {graph.label("L" + std::to_string(random() % 4))};
                next.nodes[graph.create_node(labels).value];
                return;
            }
            case 2:
            case 3: {
                if (next.nodes.empty()) return;
                const std::uint32_t node = any(next.nodes);
                const std::string key = "k" + std::to_string(random() % 6);
                if (random() % 4 == 0) {
                    next.nodes[node].erase(key);
                    graph.set_property(NodeId{node}, graph.key(key), Value());
                } else {
                    const auto value = static_cast<std::int64_t>(random());
                    next.nodes[node][key] = value;
                    graph.set_property(NodeId{node}, graph.key(key), Value::integer(value));
                }
                return;
            }
            case 4: {
                if (next.nodes.empty()) return;
                const std::uint32_t a = any(next.nodes), b = any(next.nodes);
                const RelId rel = graph.create_relationship(NodeId{a}, NodeId{b}, graph.type("T" + std::to_string(random() % 3)));
                next.relationships[rel.value] = {a, b};
                return;
            }
            case 5: {
                if (next.relationships.empty()) return;
                const std::uint32_t rel = any(next.relationships);
                graph.delete_relationship(RelId{rel});
                next.relationships.erase(rel);
                return;
            }
            case 6: {
                if (next.nodes.empty()) return;
                const std::uint32_t node = any(next.nodes);
                for (const auto& [rel, ends] : next.relationships)
                    if (ends.first == node || ends.second == node) return;
                graph.delete_node(NodeId{node});
                next.nodes.erase(node);
                return;
            }
            default: {
                const std::string key = "r" + std::to_string(random() % 20);
                if (random() % 3 == 0) {
                    next.records.erase(key);
                    writing.delete_record("f", key);
                } else {
                    next.records[key] = std::to_string(random());
                    writing.put_record("f", key, next.records[key]);
                }
            }
        }
    }

    void compare(const Store& store) {
        const graph::Graph graph = store.snapshot();
        ASSERT_EQ(graph.node_count(), model.nodes.size());
        ASSERT_EQ(graph.rel_count(), model.relationships.size());
        for (const auto& [node, properties] : model.nodes) {
            ASSERT_TRUE(graph.has_node(NodeId{node}));
            std::map<std::string, std::int64_t> found;
            for (const auto& [key, value] : graph.node_properties(NodeId{node}))
                found[std::string(graph.keys().name(key))] = value.as_integer();
            ASSERT_EQ(found, properties) << node;
        }
        for (const auto& [rel, ends] : model.relationships) {
            ASSERT_TRUE(graph.has_rel(RelId{rel}));
            ASSERT_EQ(graph.rel(RelId{rel}).source.value, ends.first);
            ASSERT_EQ(graph.rel(RelId{rel}).target.value, ends.second);
        }
        std::map<std::string, std::string> records;
        ASSERT_TRUE(store.each_record("f", "", [&](auto key, auto value) {
            records.emplace(key, value);
            return true;
        }).ok());
        ASSERT_EQ(records, model.records);
    }
};

TEST_P(ModelTest, AgreesAfterEveryReopening) {
    const OpenOptions options{.create = true, .read_only = false, .durability = Durability::kRelaxed};
    auto store = open_store(temp / "s", options);
    for (int commit = 0; commit < 150; ++commit) {
        auto writing = store->begin_write();
        ASSERT_TRUE(writing.ok());
        Model next = model;
        for (auto n = random() % 30; n > 0; --n) step(*writing, next);
        if (random() % 5 != 0) {
            ASSERT_TRUE(std::move(*writing).commit().ok());
            model = std::move(next);
        } else {
            WriteTransaction dropped = std::move(*writing);
        }
        if (random() % 12 == 0) {
            ASSERT_TRUE(store->close().ok());
            if (random() % 4 == 0) std::filesystem::remove(temp / "s/image");
            store = open_store(temp / "s", options);
            compare(*store);
            if (HasFatalFailure()) return;
        }
    }
    const auto findings = store->check();
    ASSERT_TRUE(findings.ok());
    for (const auto& finding : *findings)  // an image that we deleted is mentioned
        EXPECT_NE(finding.where.find("image"), std::string::npos) << finding.where << finding.message;
}

INSTANTIATE_TEST_SUITE_P(Seeds, ModelTest, testing::Range(1u, 9u));

}  // namespace
}  // namespace maek::storage
