#include "graph/graph.h"

#include <algorithm>
#include <bit>

#include "graph/index/graph_data.h"
#include "graph/index/index_key.h"

namespace maek::graph {

namespace {

const std::shared_ptr<const GraphData>& empty_data() {
    static const std::shared_ptr<const GraphData> data = std::make_shared<GraphData>();
    return data;
}

std::uint32_t chunk_of(std::uint32_t slot) { return slot >> kChunkBits; }
std::uint32_t place_of(std::uint32_t slot) { return slot & kChunkMask; }

template <class IdType>
std::vector<IdType> as_ids(std::vector<std::uint32_t> numbers) {
    std::vector<IdType> ids;
    ids.reserve(numbers.size());
    for (const std::uint32_t number : numbers) ids.emplace_back(number);
    return ids;
}

Value column_value(const std::vector<ChunkTable<Column>>& columns, KeyId key, std::uint32_t slot) {
    if (key.value >= columns.size()) return Value::null();
    const Column* column = columns[key.value].get(chunk_of(slot));
    return column ? column->value(place_of(slot)) : Value::null();
}

std::vector<std::pair<KeyId, Value>> all_values(const std::vector<ChunkTable<Column>>& columns,
                                                std::uint32_t slot) {
    std::vector<std::pair<KeyId, Value>> values;
    for (std::uint32_t key = 0; key < columns.size(); ++key) {
        const Column* column = columns[key].get(chunk_of(slot));
        if (column && column->has(place_of(slot))) {
            values.emplace_back(KeyId{key}, column->value(place_of(slot)));
        }
    }
    return values;
}

const PropertyIndex* range_index(const GraphData& data, std::uint32_t owner, bool relationships,
                                 KeyId key) {
    for (const auto& index : data.indexes) {
        if (index->answers(owner, relationships, key)) return index.get();
    }
    return nullptr;
}

const PropertyIndex* prefix_index(const GraphData& data, LabelId label, KeyId key) {
    if (const PropertyIndex* index = range_index(data, label.value, false, key)) return index;
    for (const auto& index : data.indexes) {
        if (index->on_nodes_of(label) && index->keys.size() == 1 && index->keys[0] == key) return index.get();
    }
    return nullptr;
}

}  // namespace

Graph::Graph() : data_(empty_data()) {}

const NameTable<LabelId>& Graph::labels() const { return data_->labels; }
const NameTable<TypeId>& Graph::types() const { return data_->types; }
const NameTable<KeyId>& Graph::keys() const { return data_->keys; }

std::uint32_t Graph::node_slots() const { return data_->node_slots; }
std::uint64_t Graph::node_count() const { return data_->node_count; }

bool Graph::has_node(NodeId id) const {
    const BitChunk* chunk = data_->alive.get(chunk_of(id.value));
    return chunk && chunk->test(place_of(id.value));
}

bool Graph::has_label(NodeId id, LabelId label) const {
    if (label.value >= data_->label_bits.size()) return false;
    const BitChunk* chunk = data_->label_bits[label.value].get(chunk_of(id.value));
    return chunk && chunk->test(place_of(id.value));
}

std::vector<LabelId> Graph::labels_of(NodeId id) const {
    std::vector<LabelId> labels;
    for (std::uint32_t label = 0; label < data_->label_bits.size(); ++label) {
        if (has_label(id, LabelId{label})) labels.emplace_back(label);
    }
    return labels;
}

std::uint64_t Graph::label_count(LabelId label) const {
    return label.value < data_->label_counts.size() ? data_->label_counts[label.value] : 0;
}

const std::uint64_t* Graph::alive_bits(std::uint32_t chunk) const {
    const BitChunk* bits = data_->alive.get(chunk);
    return bits ? bits->words.data() : nullptr;
}

const std::uint64_t* Graph::label_bits(LabelId label, std::uint32_t chunk) const {
    if (label.value >= data_->label_bits.size()) return nullptr;
    const BitChunk* bits = data_->label_bits[label.value].get(chunk);
    return bits ? bits->words.data() : nullptr;
}

std::uint32_t Graph::rel_slots() const { return data_->rel_slots; }
std::uint64_t Graph::rel_count() const { return data_->rel_count; }
bool Graph::has_rel(RelId id) const { return rel(id).type.valid(); }

RelRecord Graph::rel(RelId id) const {
    const RelChunk* chunk = data_->rels.get(chunk_of(id.value));
    return chunk ? chunk->records()[place_of(id.value)] : RelRecord{};
}

const RelRecord* Graph::rel_records(std::uint32_t chunk) const {
    const RelChunk* rels = data_->rels.get(chunk);
    return rels ? rels->records() : nullptr;
}

std::uint64_t Graph::type_count(TypeId type) const {
    return type.value < data_->type_counts.size() ? data_->type_counts[type.value] : 0;
}

std::span<const Adjacent> Graph::adjacent(NodeId node, TypeId type, Direction direction) const {
    const auto* table = data_->adjacency_of(type, direction);
    const AdjacencyChunk* chunk = table ? table->get(chunk_of(node.value)) : nullptr;
    return chunk ? chunk->row(place_of(node.value)) : std::span<const Adjacent>{};
}

std::uint64_t Graph::degree(NodeId node, Direction direction) const {
    std::uint64_t total = 0;
    for (std::uint32_t type = 0; type < data_->adjacency.size(); ++type) {
        total += adjacent(node, TypeId{type}, direction).size();
    }
    return total;
}

Graph::AdjacencyRows Graph::adjacency_rows(TypeId type, Direction direction, std::uint32_t chunk) const {
    const auto* table = data_->adjacency_of(type, direction);
    const AdjacencyChunk* rows = table ? table->get(chunk) : nullptr;
    return rows ? rows->rows() : AdjacencyRows{};
}

Value Graph::node_property(NodeId id, KeyId key) const {
    return column_value(data_->node_columns, key, id.value);
}
Value Graph::rel_property(RelId id, KeyId key) const {
    return column_value(data_->rel_columns, key, id.value);
}

const ColumnChunk* Graph::node_column(KeyId key, std::uint32_t chunk) const {
    return key.value < data_->node_columns.size() ? data_->node_columns[key.value].get(chunk) : nullptr;
}
const ColumnChunk* Graph::rel_column(KeyId key, std::uint32_t chunk) const {
    return key.value < data_->rel_columns.size() ? data_->rel_columns[key.value].get(chunk) : nullptr;
}

std::vector<std::pair<KeyId, Value>> Graph::node_properties(NodeId id) const {
    return all_values(data_->node_columns, id.value);
}
std::vector<std::pair<KeyId, Value>> Graph::rel_properties(RelId id) const {
    return all_values(data_->rel_columns, id.value);
}

std::vector<IndexInfo> Graph::indexes() const {
    std::vector<IndexInfo> infos;
    for (const auto& index : data_->indexes) infos.push_back(index->info);
    return infos;
}
std::vector<ConstraintInfo> Graph::constraints() const { return data_->constraints; }

bool Graph::has_index(LabelId label, KeyId key) const {
    return range_index(*data_, label.value, false, key) != nullptr;
}
bool Graph::has_prefix_index(LabelId label, KeyId key) const {
    return prefix_index(*data_, label, key) != nullptr;
}
bool Graph::has_rel_index(TypeId type, KeyId key) const {
    return range_index(*data_, type.value, true, key) != nullptr;
}

std::vector<NodeId> Graph::index_equal(LabelId label, KeyId key, const Value& value) const {
    const PropertyIndex* index = range_index(*data_, label.value, false, key);
    return index ? as_ids<NodeId>(ids_equal(*index, value)) : std::vector<NodeId>{};
}

std::vector<RelId> Graph::rel_index_equal(TypeId type, KeyId key, const Value& value) const {
    const PropertyIndex* index = range_index(*data_, type.value, true, key);
    return index ? as_ids<RelId>(ids_equal(*index, value)) : std::vector<RelId>{};
}

std::vector<NodeId> Graph::index_range(LabelId label, KeyId key, const std::optional<RangeBound>& low,
                                       const std::optional<RangeBound>& high) const {
    const PropertyIndex* index = range_index(*data_, label.value, false, key);
    return index ? as_ids<NodeId>(ids_in_range(*index, low, high)) : std::vector<NodeId>{};
}

std::vector<RelId> Graph::rel_index_range(TypeId type, KeyId key, const std::optional<RangeBound>& low,
                                          const std::optional<RangeBound>& high) const {
    const PropertyIndex* index = range_index(*data_, type.value, true, key);
    return index ? as_ids<RelId>(ids_in_range(*index, low, high)) : std::vector<RelId>{};
}

std::vector<NodeId> Graph::index_prefix(LabelId label, KeyId key, std::string_view prefix) const {
    const PropertyIndex* index = prefix_index(*data_, label, key);
    return index ? as_ids<NodeId>(ids_with_prefix(*index, prefix)) : std::vector<NodeId>{};
}

std::vector<NodeId> Graph::index_equal(LabelId label, std::span<const KeyId> keys,
                                       std::span<const Value> values) const {
    std::string wanted;
    for (const Value& value : values) {
        if (!can_be_equal(value) || !append_index_key(value, wanted)) return {};
    }
    std::vector<NodeId> nodes;
    for (const auto& index : data_->indexes) {
        if (!index->on_nodes_of(label) || index->info.kind != IndexKind::kRange ||
            !std::ranges::equal(index->keys, keys)) {
            continue;
        }
        index->entries.scan(wanted, after_prefix(wanted), [&](const OrderedIndex::Entry& entry) {
            nodes.emplace_back(entry.id);
            return true;
        });
        break;
    }
    return nodes;
}

std::uint64_t Graph::version() const { return data_->version; }

}  // namespace maek::graph
