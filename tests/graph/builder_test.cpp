// The builder makes the graph that a Transaction makes of the same calls.
#include "graph/builder.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/graph/random_graph.h"

namespace maek::graph {
namespace {

TEST(BulkBuilder, MakesWhatATransactionMakes) {
    for (const std::uint32_t types : {2u, 60u}) {
        std::mt19937 random(types);
        Transaction t{Graph()};
        BulkBuilder b;
        std::vector<TypeId> type_ids;
        for (std::uint32_t i = 0; i < types; ++i) {
            type_ids.push_back(t.type("T" + std::to_string(i)));
            ASSERT_EQ(b.type("T" + std::to_string(i)), type_ids.back());
        }
        const LabelId labels[] = {t.label("A"), t.label("B")};
        b.label("A"), b.label("B");
        std::vector<KeyId> keys;
        for (const char* name : {"integer", "float", "string", "boolean", "any"}) {
            keys.push_back(t.key(name));
            ASSERT_EQ(b.key(name), keys.back());
        }
        constexpr std::uint32_t kNodes = 5000;
        for (std::uint32_t i = 0; i < kNodes; ++i) {
            const std::span<const LabelId> some(labels, random() % 3);
            const NodeId node = t.create_node(some);
            ASSERT_EQ(b.add_node(some), node);
            t.set_property(node, keys[0], Value::integer(i)), b.set_integer(node, keys[0], i);
            t.set_property(node, keys[1], Value::floating(i / 4.0)), b.set_float(node, keys[1], i / 4.0);
            const std::string text(random() % 30, 'x');
            t.set_property(node, keys[2], Value::string(text)), b.set_string(node, keys[2], text);
            t.set_property(node, keys[3], Value::boolean(i % 2)), b.set_boolean(node, keys[3], i % 2 != 0);
            const Value any = testing::random_value(random);
            t.set_property(node, keys[4], any), b.set(node, keys[4], any);
        }
        for (std::uint32_t i = 0; i < 20'000; ++i) {
            const NodeId source{static_cast<std::uint32_t>(random() % kNodes)};
            const NodeId target{static_cast<std::uint32_t>(random() % 50)};
            const TypeId type = type_ids[random() % types];
            const RelId rel = t.create_relationship(source, target, type);
            const std::pair<KeyId, Value> property{keys[4], testing::random_value(random)};
            ASSERT_EQ(b.add_relationship(source, target, type, std::span(&property, 1)), rel);
            t.set_property(rel, property.first, property.second);
        }
        EXPECT_TRUE(testing::same_content(std::move(b).finish(), std::move(t).finish()));
    }
}

TEST(BulkBuilder, AnEmptyBuilderGivesAnEmptyGraph) {
    const Graph graph = BulkBuilder().finish();
    EXPECT_EQ(graph.node_slots(), 0u);
}

TEST(BulkBuilder, ANullValueTakesAPropertyAway) {
    BulkBuilder b;
    const KeyId key = b.key("k");
    const NodeId node = b.add_node({});
    b.set_integer(node, key, 4);
    b.set(node, key, Value::null());
    const Graph graph = std::move(b).finish();
    EXPECT_TRUE(graph.node_property(node, key).is_null());
    EXPECT_EQ(graph.node_column(key, 0), nullptr);
}

}  // namespace
}  // namespace maek::graph
