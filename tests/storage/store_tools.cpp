#include "tests/storage/store_tools.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "graph/builder.h"
#include "storage/codec/records.h"

namespace maek::test {
namespace fs = std::filesystem;

std::unique_ptr<storage::Store> open_store(const fs::path& path, storage::OpenOptions options) {
    auto store = storage::Store::open(path, options);
    EXPECT_TRUE(store.ok()) << store.error().text();
    return store ? std::move(store).value() : nullptr;
}

namespace {

template <class Table>
void dump_names(std::ostream& out, const char* kind, const Table& table) {
    for (std::uint32_t i = 0; i < table.size(); ++i)
        out << kind << ' ' << i << ' ' << table.name(typename std::decay_t<decltype(*table.find(""))>{i}) << '\n';
}

}  // namespace

std::string dump(const graph::Graph& graph) {
    std::ostringstream out;
    dump_names(out, "label", graph.labels());
    dump_names(out, "type", graph.types());
    dump_names(out, "key", graph.keys());
    out << "slots " << graph.node_slots() << ' ' << graph.rel_slots() << '\n';
    out << "count " << graph.node_count() << ' ' << graph.rel_count() << '\n';
    for (std::uint32_t i = 0; i < graph.node_slots(); ++i)
        if (graph.has_node(NodeId{i})) out << "node " << i << ' ' << storage::encode_node_of(graph, NodeId{i}) << '\n';
    for (std::uint32_t i = 0; i < graph.rel_slots(); ++i)
        if (graph.has_rel(RelId{i}))
            out << "rel " << i << ' ' << storage::encode_relationship_of(graph, RelId{i}) << '\n';
    for (std::uint32_t i = 0; i < graph.node_slots(); ++i)
        for (std::uint32_t t = 0; t < graph.types().size(); ++t)
            for (const auto direction : {graph::Direction::kOut, graph::Direction::kIn}) {
                if (!graph.has_node(NodeId{i})) continue;
                for (const auto& adjacent : graph.adjacent(NodeId{i}, TypeId{t}, direction))
                    out << "adjacent " << i << ' ' << t << ' ' << static_cast<int>(direction) << ' '
                        << adjacent.node.value << ' ' << adjacent.rel.value << '\n';
            }
    for (const auto& info : graph.indexes()) out << "index " << storage::encode_index(info) << '\n';
    for (const auto& info : graph.constraints()) out << "constraint " << storage::encode_constraint(info) << '\n';
    return out.str();
}

std::string dump(const storage::Store& store) { return dump(store.snapshot()); }

namespace {

Value random_value(std::mt19937& random) {
    switch (random() % 8) {
        case 0: return Value::boolean(random() % 2 == 0);
        case 1: return Value::integer(static_cast<std::int64_t>(random()) - (1LL << 31));
        case 2: return Value::floating(static_cast<double>(random()) / 7);
        case 3: return Value::string("글자 " + std::to_string(random() % 1000));
        case 4: return Value::list({Value::integer(random() % 9), Value::string("x")});
        case 5: return Value::date(Date{static_cast<std::int64_t>(random() % 40'000)});
        case 6: return Value::date_time(DateTime{static_cast<std::int64_t>(random()), 7, 32'400, "Asia/Seoul"});
        default: return Value::duration(Duration{1, 2, static_cast<std::int64_t>(random()), 4});
    }
}

}  // namespace

graph::Graph random_graph(std::uint32_t nodes, std::uint32_t relationships, std::uint32_t seed) {
    std::mt19937 random(seed);
    graph::BulkBuilder builder;
    std::vector<LabelId> labels;
    for (const char* name : {"City", "Company", "Agency"}) labels.push_back(builder.label(name));
    std::vector<TypeId> types;
    for (const char* name : {"FUNDS", "LEADS"}) types.push_back(builder.type(name));
    std::vector<KeyId> keys;
    for (const char* name : {"name", "size", "mixed", "rare"}) keys.push_back(builder.key(name));
    for (std::uint32_t i = 0; i < nodes; ++i) {
        std::vector<LabelId> some;
        for (const LabelId label : labels)
            if (random() % 2 == 0) some.push_back(label);
        const NodeId node = builder.add_node(some);
        builder.set(node, keys[0], Value::string("node " + std::to_string(i)));
        if (random() % 2 == 0) builder.set(node, keys[1], Value::integer(random()));
        if (random() % 3 == 0) builder.set(node, keys[2], random_value(random));
    }
    for (std::uint32_t i = 0; i < relationships && nodes > 0; ++i) {
        const RelId rel = builder.add_relationship(NodeId{static_cast<std::uint32_t>(random() % nodes)},
                                                   NodeId{static_cast<std::uint32_t>(random() % nodes)},
                                                   types[random() % types.size()]);
        if (random() % 2 == 0) builder.set(rel, keys[2], random_value(random));
    }
    return std::move(builder).finish();
}

std::string read_bytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

void write_bytes(const fs::path& file, std::string_view bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

void flip_bit(const fs::path& file, std::uint64_t byte, unsigned bit) {
    std::string bytes = read_bytes(file);
    if (byte >= bytes.size()) return;
    bytes[byte] = static_cast<char>(bytes[byte] ^ (1 << bit));
    write_bytes(file, bytes);
}

}  // namespace maek::test
