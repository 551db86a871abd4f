#include "storage/core/record_encoder.h"

#include "storage/codec/bytes.h"
#include "storage/codec/value_codec.h"

namespace maek::storage {

using graph::ColumnChunk;

void RecordEncoder::enter_node_chunk(std::uint32_t chunk) {
    node_chunk_ = chunk;
    node_columns_.clear();
    labels_.clear();
    for (std::uint32_t key = 0; key < graph_.keys().size(); ++key)
        if (const ColumnChunk* column = graph_.node_column(KeyId{key}, chunk)) node_columns_.push_back({key, column});
    for (std::uint32_t label = 0; label < graph_.labels().size(); ++label)
        if (const std::uint64_t* bits = graph_.label_bits(LabelId{label}, chunk)) labels_.push_back({label, bits});
}

void RecordEncoder::enter_relationship_chunk(std::uint32_t chunk) {
    relationship_chunk_ = chunk;
    relationship_columns_.clear();
    for (std::uint32_t key = 0; key < graph_.keys().size(); ++key)
        if (const ColumnChunk* column = graph_.rel_column(KeyId{key}, chunk)) relationship_columns_.push_back({key, column});
}

void RecordEncoder::properties(const std::vector<Column>& columns, std::uint32_t slot, std::string& out) {
    ByteWriter writer(out);
    found_.clear();
    for (std::uint32_t i = 0; i < columns.size(); ++i)
        if (columns[i].chunk->has(slot)) found_.push_back(i);
    writer.varint(found_.size());
    for (const std::uint32_t i : found_) {
        const ColumnChunk& column = *columns[i].chunk;
        writer.varint(columns[i].key);
        switch (column.kind()) {
            case ColumnChunk::Kind::kBoolean: encode_boolean(writer, column.booleans()[slot] != 0); break;
            case ColumnChunk::Kind::kInteger: encode_integer(writer, column.integers()[slot]); break;
            case ColumnChunk::Kind::kFloat: encode_floating(writer, column.floats()[slot]); break;
            case ColumnChunk::Kind::kString: encode_string(writer, column.string(slot)); break;
            case ColumnChunk::Kind::kMixed: encode_value(writer, column.mixed(slot)); break;
        }
    }
}

void RecordEncoder::node(NodeId id, std::string& out) {
    const std::uint32_t chunk = id.value >> graph::kChunkBits;
    const std::uint32_t slot = id.value & graph::kChunkMask;
    if (chunk != node_chunk_) enter_node_chunk(chunk);
    found_.clear();
    for (const Labels& labels : labels_)
        if ((labels.bits[slot >> 6] >> (slot & 63)) & 1) found_.push_back(labels.label);
    ByteWriter writer(out);
    writer.varint(found_.size());
    std::uint32_t previous = 0;
    for (const std::uint32_t label : found_) {
        writer.varint(label - previous);
        previous = label;
    }
    properties(node_columns_, slot, out);
}

void RecordEncoder::relationship(RelId id, std::string& out) {
    const std::uint32_t chunk = id.value >> graph::kChunkBits;
    if (chunk != relationship_chunk_) enter_relationship_chunk(chunk);
    const graph::RelRecord head = graph_.rel(id);
    ByteWriter writer(out);
    writer.varint(head.source.value);
    writer.varint(head.target.value);
    writer.varint(head.type.value);
    properties(relationship_columns_, id.value & graph::kChunkMask, out);
}

}  // namespace maek::storage
