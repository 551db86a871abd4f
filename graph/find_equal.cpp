// Graph::find_equal: nodes by label, property and value, with the quickest means at hand.
#include <algorithm>
#include <bit>

#include "graph/graph.h"
#include "graph/index/graph_data.h"
#include "graph/index/index_key.h"

namespace maek::graph {

namespace {

// Calls visit(node, column or null) for every node with the label.
template <class Visit>
void each_labelled(const Graph& graph, LabelId label, KeyId key, Visit&& visit) {
    for (std::uint32_t chunk = 0; chunk < graph.node_chunks(); ++chunk) {
        const std::uint64_t* words = graph.label_bits(label, chunk);
        const ColumnChunk* column = words ? graph.node_column(key, chunk) : nullptr;
        if (!column) continue;
        for (std::uint32_t w = 0; w < kChunkWords; ++w) {
            for (std::uint64_t word = words[w] & column->presence()[w]; word != 0; word &= word - 1) {
                const std::uint32_t i = w * 64 + static_cast<std::uint32_t>(std::countr_zero(word));
                visit(NodeId{chunk * kChunkSize + i}, *column, i);
            }
        }
    }
}

bool slot_equals(const ColumnChunk& column, std::uint32_t i, const Value& value) {
    if (!column.has(i)) return false;
    switch (column.kind()) {
        case ColumnChunk::Kind::kString:
            return value.is(ValueKind::kString) && column.string(i) == value.as_string();
        case ColumnChunk::Kind::kInteger:
            if (value.is(ValueKind::kInteger)) return column.integers()[i] == value.as_integer();
            return value.is(ValueKind::kFloat) && index_equal_values(column.value(i), value);
        case ColumnChunk::Kind::kFloat:
            if (value.is(ValueKind::kFloat)) return column.floats()[i] == value.as_float();
            return value.is(ValueKind::kInteger) && index_equal_values(column.value(i), value);
        case ColumnChunk::Kind::kBoolean:
            return value.is(ValueKind::kBoolean) && (column.booleans()[i] != 0) == value.as_boolean();
        case ColumnChunk::Kind::kMixed: return index_equal_values(column.mixed(i), value);
    }
    return false;
}

std::uint64_t slot_hash(const ColumnChunk& column, std::uint32_t i) {
    switch (column.kind()) {
        case ColumnChunk::Kind::kString: return equality_hash(column.string(i));
        case ColumnChunk::Kind::kInteger: return equality_hash(column.integers()[i]);
        case ColumnChunk::Kind::kFloat: return equality_hash(column.floats()[i]);
        default: return equality_hash(column.value(i));
    }
}

std::vector<NodeId> scan_equal(const Graph& graph, LabelId label, KeyId key, const Value& value) {
    std::vector<NodeId> nodes;
    each_labelled(graph, label, key, [&](NodeId node, const ColumnChunk& column, std::uint32_t i) {
        if (slot_equals(column, i, value)) nodes.push_back(node);
    });
    return nodes;
}

std::shared_ptr<AutoIndex> build(const Graph& graph, LabelId label, KeyId key) {
    auto index = std::make_shared<AutoIndex>(label, key);
    index->reserve(graph.label_count(label));
    each_labelled(graph, label, key, [&](NodeId node, const ColumnChunk& column, std::uint32_t i) {
        index->add(slot_hash(column, i), node);
    });
    return index;
}

}  // namespace

std::vector<NodeId> Graph::find_equal(LabelId label, KeyId key, const Value& value) const {
    if (!can_be_equal(value)) return {};
    if (has_index(label, key)) return index_equal(label, key, value);
    constexpr std::uint64_t kFew = 256;  // nodes scanned as fast as looked up
    if (label_count(label) <= kFew) return scan_equal(*this, label, key, value);
    std::uint32_t asked_before = 0;
    std::shared_ptr<AutoIndex> index = data_->auto_indexes.find(label, key, asked_before);
    if (!index) {
        // A single question is answered faster by looking through the column.
        if (asked_before == 0) return scan_equal(*this, label, key, value);
        index = data_->auto_indexes.put(build(*this, label, key));
    }
    std::vector<NodeId> nodes;
    index->find(equality_hash(value), [&](NodeId node) {
        if (!has_label(node, label)) return;
        const ColumnChunk* column = node_column(key, node.value >> kChunkBits);
        if (column && slot_equals(*column, node.value & kChunkMask, value)) nodes.push_back(node);
    });
    if (nodes.size() > 1) {
        std::ranges::sort(nodes);
        nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    }
    return nodes;
}

}  // namespace maek::graph
