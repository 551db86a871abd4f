// Room: tests. A random graph with every kind of value, deletions included.
#pragma once

#include <random>

#include "graph/transaction.h"

namespace maek::graph::testing {

inline Value random_value(std::mt19937& random) {
    switch (random() % 16) {
        case 0: return Value::boolean(random() % 2 == 0);
        case 1: return Value::floating(static_cast<double>(random() % 1000) / 8);
        case 2: return Value::date({static_cast<std::int64_t>(random() % 20000)});
        case 3: return Value::list({Value::string("가나다"), Value::string("b")});
        case 4: return Value::point({4326, 127.5, 36.5, 0});
        case 5: return Value::date_time({1'600'000'000, 5, 32'400, "Asia/Seoul"});
        case 6: return Value::duration({1, 2, -3, 4});
        case 7: return Value::time({1'000, 3600});
        case 8: return Value::local_date_time({-5, 7});
        case 9: return Value::local_time({77});
        case 10: return Value::integer(static_cast<std::int64_t>(random()) - 1'000'000);
        default: return Value::string("기관 " + std::to_string(random() % 500));
    }
}

inline Graph random_graph(std::uint32_t seed, std::uint32_t nodes, std::uint32_t rels) {
    std::mt19937 random(seed);
    Transaction t{Graph()};
    std::vector<LabelId> labels;
    std::vector<TypeId> types;
    std::vector<KeyId> keys;
    for (const char* name : {"City", "Company", "기관"}) labels.push_back(t.label(name));
    for (const char* name : {"KNOWS", "FUNDS", "참여"}) types.push_back(t.type(name));
    for (const char* name : {"name", "since", "mixed", "이름 둘"}) keys.push_back(t.key(name));
    for (std::uint32_t i = 0; i < nodes; ++i) {
        const LabelId label = labels[random() % labels.size()];
        const NodeId id = t.create_node(std::span(&label, random() % 4 == 0 ? 0 : 1));
        t.set_property(id, keys[0], Value::string("node " + std::to_string(i)));
        if (random() % 2 == 0) t.set_property(id, keys[1], Value::integer(random() % 100));
        if (random() % 3 == 0) t.set_property(id, keys[2], random_value(random));
    }
    for (std::uint32_t i = 0; i < rels && nodes > 0; ++i) {
        const RelId id = t.create_relationship(NodeId{static_cast<std::uint32_t>(random() % nodes)},
                                               NodeId{static_cast<std::uint32_t>(random() % nodes)},
                                               types[random() % types.size()]);
        if (random() % 2 == 0) t.set_property(id, keys[1], Value::integer(random() % 100));
        if (random() % 5 == 0) t.set_property(id, keys[3], random_value(random));
        if (random() % 10 == 0) t.delete_relationship(id);
    }
    const NodeId lonely = t.create_node({});
    t.create_node({});
    t.delete_node(lonely);
    return std::move(t).finish();
}

// Both hold the same: names, slots, nodes, relationships, properties, rows, counts.
inline ::testing::AssertionResult same_content(const Graph& a, const Graph& b) {
    const auto differ = [](const std::string& what) { return ::testing::AssertionFailure() << what; };
    if (a.node_slots() != b.node_slots() || a.node_count() != b.node_count()) return differ("node counts");
    if (a.rel_slots() != b.rel_slots() || a.rel_count() != b.rel_count()) return differ("relationship counts");
    if (a.labels().size() != b.labels().size() || a.types().size() != b.types().size() ||
        a.keys().size() != b.keys().size()) {
        return differ("numbers of names");
    }
    for (std::uint32_t i = 0; i < a.keys().size(); ++i) {
        if (a.keys().name(KeyId{i}) != b.keys().name(KeyId{i})) return differ("key names");
    }
    for (std::uint32_t i = 0; i < a.labels().size(); ++i) {
        if (a.labels().name(LabelId{i}) != b.labels().name(LabelId{i})) return differ("label names");
        if (a.label_count(LabelId{i}) != b.label_count(LabelId{i})) return differ("label counts");
    }
    for (std::uint32_t i = 0; i < a.node_slots(); ++i) {
        const NodeId id{i};
        if (a.has_node(id) != b.has_node(id) || a.labels_of(id) != b.labels_of(id) ||
            a.node_properties(id) != b.node_properties(id)) {
            return differ("node " + std::to_string(i));
        }
        for (std::uint32_t t = 0; t < a.types().size(); ++t) {
            for (const Direction d : {Direction::kOut, Direction::kIn}) {
                if (!std::ranges::equal(a.adjacent(id, TypeId{t}, d), b.adjacent(id, TypeId{t}, d))) {
                    return differ("adjacency of node " + std::to_string(i));
                }
            }
        }
    }
    for (std::uint32_t i = 0; i < a.rel_slots(); ++i) {
        const RelRecord x = a.rel(RelId{i}), y = b.rel(RelId{i});
        if (x.source != y.source || x.target != y.target || x.type != y.type ||
            a.rel_properties(RelId{i}) != b.rel_properties(RelId{i})) {
            return differ("relationship " + std::to_string(i));
        }
    }
    for (std::uint32_t t = 0; t < a.types().size(); ++t) {
        if (a.type_count(TypeId{t}) != b.type_count(TypeId{t})) return differ("type counts");
    }
    return ::testing::AssertionSuccess();
}

}  // namespace maek::graph::testing
