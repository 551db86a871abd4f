#include "graph/builder.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "graph/index/graph_access.h"
#include "schema/result.h"

namespace maek::graph {

namespace {

template <class T>
T& at_grown(std::vector<T>& items, std::uint32_t i) {
    if (i >= items.size()) items.resize(i + 1);
    return items[i];
}

// The chunks of one property, the last one used at hand.
struct Columns {
    struct Last {
        std::uint32_t chunk = 0xFFFFFFFFu;
        Column* column = nullptr;
    };
    std::vector<ChunkTable<Column>> tables;
    std::vector<Last> last;
    std::size_t bytes = 0;

    Column& at(std::uint32_t slot, KeyId key, ColumnChunk::Kind kind) {
        Last& held = at_grown(last, key.value);
        const std::uint32_t chunk = slot >> kChunkBits;
        if (held.chunk != chunk) {
            held.chunk = chunk;
            held.column = &at_grown(tables, key.value)
                               .own(chunk, [&] { return std::make_shared<Column>(kind); },
                                    [&](const Column& made) { bytes += made.bytes(); });
        }
        return *held.column;
    }
    void set(std::uint32_t slot, KeyId key, const Value& value) {
        if (value.is_null()) {
            const Column* present = key.value < tables.size() ? tables[key.value].get(slot >> kChunkBits) : nullptr;
            if (present) at(slot, key, present->kind()).clear(slot & kChunkMask);
            return;
        }
        bytes += value.heap_bytes();
        at(slot, key, Column::kind_for(value)).set(slot & kChunkMask, value);
    }
    void set_integer(std::uint32_t slot, KeyId key, std::int64_t value) {
        Column& column = at(slot, key, ColumnChunk::Kind::kInteger);
        if (column.kind() == ColumnChunk::Kind::kInteger) {
            column.put_integer(slot & kChunkMask, value);
        } else {
            column.set(slot & kChunkMask, Value::integer(value));
        }
    }
    void set_float(std::uint32_t slot, KeyId key, double value) {
        Column& column = at(slot, key, ColumnChunk::Kind::kFloat);
        if (column.kind() == ColumnChunk::Kind::kFloat) {
            column.put_float(slot & kChunkMask, value);
        } else {
            column.set(slot & kChunkMask, Value::floating(value));
        }
    }
    void set_boolean(std::uint32_t slot, KeyId key, bool value) {
        at(slot, key, ColumnChunk::Kind::kBoolean).set(slot & kChunkMask, Value::boolean(value));
    }
    void set_string(std::uint32_t slot, KeyId key, std::string_view value) {
        Column& column = at(slot, key, ColumnChunk::Kind::kString);
        bytes += value.size();
        if (column.kind() != ColumnChunk::Kind::kString || !column.put_string(slot & kChunkMask, value)) {
            column.set(slot & kChunkMask, Value::string(value));
        }
    }
    // Chunks whose values were all removed again must not stay.
    void drop_empty() {
        for (auto& table : tables) {
            std::vector<std::uint32_t> empty;
            table.each([&](std::uint32_t chunk, const Column& column) {
                if (column.count() == 0) empty.push_back(chunk);
            });
            for (const std::uint32_t chunk : empty) table.set(chunk, nullptr);
        }
    }
};

// One end of a relationship as the adjacency of one direction sees it.
struct Edge {
    NodeId from, to;
    RelId rel;
};

// Sorts by (from, to, rel); `edges` come ascending by rel.
void sort_edges(std::vector<Edge>& edges, std::uint32_t node_slots) {
    if (edges.size() < node_slots / 4) {
        std::ranges::sort(edges, [](const Edge& a, const Edge& b) {
            return std::tie(a.from, a.to, a.rel) < std::tie(b.from, b.to, b.rel);
        });
        return;
    }
    // Two stable counting sorts: by the far end, then by the near end.
    std::vector<Edge> other(edges.size());
    std::vector<std::uint32_t> starts;
    const auto pass = [&](NodeId Edge::*end) {
        starts.assign(std::size_t{node_slots} + 1, 0);
        for (const Edge& edge : edges) ++starts[(edge.*end).value + 1];
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        for (const Edge& edge : edges) other[starts[(edge.*end).value]++] = edge;
        edges.swap(other);
    };
    pass(&Edge::to);
    pass(&Edge::from);
}

// Cuts sorted edges into packed chunks.
void fill_adjacency(const std::vector<Edge>& edges, ChunkTable<AdjacencyChunk>& table) {
    for (std::size_t at = 0; at < edges.size();) {
        const std::uint32_t chunk = edges[at].from.value >> kChunkBits;
        PackedRows rows;
        rows.offsets.resize(kChunkSize + 1);
        std::size_t end = at;
        while (end < edges.size() && edges[end].from.value >> kChunkBits == chunk) {
            ++rows.offsets[(edges[end].from.value & kChunkMask) + 1];
            ++end;
        }
        std::partial_sum(rows.offsets.begin(), rows.offsets.end(), rows.offsets.begin());
        rows.entries.reserve(end - at);
        for (; at < end; ++at) rows.entries.push_back({edges[at].to, edges[at].rel});
        table.set(chunk, AdjacencyChunk::packed(std::move(rows)));
    }
}

}  // namespace

struct BulkBuilder::State {
    std::shared_ptr<GraphData> data = std::make_shared<GraphData>();
    Columns node_columns, rel_columns;
    RelChunk* last_rels = nullptr;

    void add_label(std::uint32_t slot, LabelId label) {
        BitChunk& bits = at_grown(data->label_bits, label.value)
                             .own(slot >> kChunkBits, [] { return std::make_shared<BitChunk>(); }, [](auto&) {});
        const std::uint32_t before = bits.count;
        bits.set(slot & kChunkMask);
        at_grown(data->label_counts, label.value) += bits.count - before;
    }
    void build_adjacency();
};

BulkBuilder::BulkBuilder() : state_(std::make_unique<State>()) {}
BulkBuilder::~BulkBuilder() = default;
BulkBuilder::BulkBuilder(BulkBuilder&&) noexcept = default;
BulkBuilder& BulkBuilder::operator=(BulkBuilder&&) noexcept = default;

LabelId BulkBuilder::label(std::string_view name) { return GraphAccess::intern(state_->data->labels, name); }
TypeId BulkBuilder::type(std::string_view name) { return GraphAccess::intern(state_->data->types, name); }
KeyId BulkBuilder::key(std::string_view name) { return GraphAccess::intern(state_->data->keys, name); }

NodeId BulkBuilder::add_node(std::span<const LabelId> labels, Properties properties) {
    GraphData& data = *state_->data;
    MAEK_CHECK(data.node_slots != NodeId::kNone, "more than 2^32 - 1 nodes");
    const NodeId id{data.node_slots++};
    data.alive.own(id.value >> kChunkBits, [] { return std::make_shared<BitChunk>(); }, [](auto&) {})
        .set(id.value & kChunkMask);
    ++data.node_count;
    for (const LabelId label : labels) state_->add_label(id.value, label);
    for (const auto& [key, value] : properties) set(id, key, value);
    return id;
}

void BulkBuilder::add_label(NodeId node, LabelId label) { state_->add_label(node.value, label); }

RelId BulkBuilder::add_relationship(NodeId source, NodeId target, TypeId type, Properties properties) {
    GraphData& data = *state_->data;
    MAEK_CHECK(source.value < data.node_slots && target.value < data.node_slots,
               "a relationship needs two nodes that exist");
    MAEK_CHECK(data.rel_slots != RelId::kNone, "more than 2^32 - 1 relationships");
    const RelId id{data.rel_slots++};
    if ((id.value & kChunkMask) == 0) {
        state_->last_rels = &data.rels.own(id.value >> kChunkBits, [] { return std::make_shared<RelChunk>(); },
                                           [](auto&) {});
    }
    state_->last_rels->at(id.value & kChunkMask) = {source, target, type};
    ++data.rel_count;
    ++at_grown(data.type_counts, type.value);
    for (const auto& [key, value] : properties) set(id, key, value);
    return id;
}

void BulkBuilder::set(NodeId node, KeyId key, const Value& value) {
    state_->node_columns.set(node.value, key, value);
}
void BulkBuilder::set(RelId rel, KeyId key, const Value& value) {
    state_->rel_columns.set(rel.value, key, value);
}
void BulkBuilder::set_integer(NodeId node, KeyId key, std::int64_t value) {
    state_->node_columns.set_integer(node.value, key, value);
}
void BulkBuilder::set_integer(RelId rel, KeyId key, std::int64_t value) {
    state_->rel_columns.set_integer(rel.value, key, value);
}
void BulkBuilder::set_float(NodeId node, KeyId key, double value) {
    state_->node_columns.set_float(node.value, key, value);
}
void BulkBuilder::set_float(RelId rel, KeyId key, double value) {
    state_->rel_columns.set_float(rel.value, key, value);
}
void BulkBuilder::set_boolean(NodeId node, KeyId key, bool value) {
    state_->node_columns.set_boolean(node.value, key, value);
}
void BulkBuilder::set_boolean(RelId rel, KeyId key, bool value) {
    state_->rel_columns.set_boolean(rel.value, key, value);
}
void BulkBuilder::set_string(NodeId node, KeyId key, std::string_view value) {
    state_->node_columns.set_string(node.value, key, value);
}
void BulkBuilder::set_string(RelId rel, KeyId key, std::string_view value) {
    state_->rel_columns.set_string(rel.value, key, value);
}

std::uint32_t BulkBuilder::nodes() const { return state_->data->node_slots; }
std::uint32_t BulkBuilder::relationships() const { return state_->data->rel_slots; }
std::size_t BulkBuilder::memory_bytes() const {
    return state_->node_columns.bytes + state_->rel_columns.bytes +
           std::size_t{state_->data->rel_slots} * (sizeof(RelRecord) + 2 * sizeof(Adjacent)) +
           std::size_t{state_->data->node_slots} * 4;
}

void BulkBuilder::State::build_adjacency() {
    data->adjacency.resize(data->type_counts.size());
    // Relationship ids by type, ascending within each.
    std::vector<std::uint64_t> starts(data->type_counts.size() + 1);
    std::partial_sum(data->type_counts.begin(), data->type_counts.end(), starts.begin() + 1);
    std::vector<std::uint32_t> by_type(data->rel_slots);
    std::vector<std::uint64_t> next = starts;
    data->rels.each([&](std::uint32_t chunk, const RelChunk& rels) {
        const std::uint32_t first = chunk << kChunkBits;
        const std::uint32_t count = std::min(kChunkSize, data->rel_slots - first);
        for (std::uint32_t i = 0; i < count; ++i) by_type[next[rels.records()[i].type.value]++] = first + i;
    });
    std::vector<Edge> edges;
    for (std::uint32_t type = 0; type < data->type_counts.size(); ++type) {
        for (const Direction direction : {Direction::kOut, Direction::kIn}) {
            edges.clear();
            edges.reserve(data->type_counts[type]);
            for (std::uint64_t at = starts[type]; at < starts[type + 1]; ++at) {
                const std::uint32_t id = by_type[at];
                const RelRecord& rel = data->rels.get(id >> kChunkBits)->records()[id & kChunkMask];
                const bool out = direction == Direction::kOut;
                edges.push_back({out ? rel.source : rel.target, out ? rel.target : rel.source, RelId{id}});
            }
            sort_edges(edges, data->node_slots);
            fill_adjacency(edges, data->adjacency[type][static_cast<std::size_t>(direction)]);
        }
    }
}

Graph BulkBuilder::finish() && {
    state_->build_adjacency();
    state_->node_columns.drop_empty();
    state_->rel_columns.drop_empty();
    state_->data->node_columns = std::move(state_->node_columns.tables);
    state_->data->rel_columns = std::move(state_->rel_columns.tables);
    state_->data->version = 1;
    Graph graph = GraphAccess::make(std::move(state_->data));
    state_.reset();
    return graph;
}

}  // namespace maek::graph
