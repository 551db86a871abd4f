#include "storage/codec/records.h"

#include "storage/codec/bytes.h"
#include "storage/codec/value_codec.h"

namespace maek::storage {
namespace {

template <class IdType>
void encode_ids(ByteWriter& out, const std::vector<IdType>& ids) {
    out.varint(ids.size());
    std::uint32_t previous = 0;
    for (const IdType id : ids) {  // ascending: differences are short
        out.varint(id.value - previous);
        previous = id.value;
    }
}

template <class IdType>
std::vector<IdType> decode_ids(ByteReader& in) {
    const std::uint64_t n = in.count();
    std::vector<IdType> ids;
    ids.reserve(n);
    std::uint64_t previous = 0;
    for (std::uint64_t i = 0; i < n && !in.failed(); ++i) {
        const std::uint64_t step = in.varint();
        if ((i > 0 && step == 0) || step > 0xFFFFFFFEu || previous + step > 0xFFFFFFFEu) in.fail();
        previous += step;
        ids.push_back(IdType{static_cast<std::uint32_t>(previous)});
    }
    return ids;
}

void encode_properties(ByteWriter& out, const Properties& properties) {
    out.varint(properties.size());
    for (const auto& [key, value] : properties) {
        out.varint(key.value);
        encode_value(out, value);
    }
}

Properties decode_properties(ByteReader& in) {
    const std::uint64_t n = in.count(2);
    Properties properties;
    properties.reserve(n);
    for (std::uint64_t i = 0; i < n && !in.failed(); ++i) {
        const KeyId key{in.varint32()};
        if (!properties.empty() && !(properties.back().first < key)) in.fail();
        properties.emplace_back(key, decode_value(in));
        if (properties.back().second.is_null()) in.fail();
    }
    return properties;
}

void encode_texts(ByteWriter& out, const std::vector<std::string>& texts) {
    out.varint(texts.size());
    for (const std::string& text : texts) out.text(text);
}

std::vector<std::string> decode_texts(ByteReader& in) {
    const std::uint64_t n = in.count();
    std::vector<std::string> texts;
    texts.reserve(n);
    for (std::uint64_t i = 0; i < n && !in.failed(); ++i) texts.emplace_back(in.text());
    return texts;
}

bool boolean(ByteReader& in) {
    const std::uint8_t v = in.byte();
    if (v > 1) in.fail();
    return v == 1;
}

template <class T>
std::optional<T> whole(const ByteReader& in, T value) {
    if (!in.finished()) return std::nullopt;
    return value;
}

void encode_relationship_head(ByteWriter& out, NodeId source, NodeId target, TypeId type) {
    out.varint(source.value);
    out.varint(target.value);
    out.varint(type.value);
}

}  // namespace

std::string encode_node(const NodeRecord& record) {
    std::string bytes;
    ByteWriter out(bytes);
    encode_ids(out, record.labels);
    encode_properties(out, record.properties);
    return bytes;
}

std::optional<NodeRecord> decode_node(std::string_view bytes) {
    ByteReader in(bytes);
    NodeRecord record;
    record.labels = decode_ids<LabelId>(in);
    record.properties = decode_properties(in);
    return whole(in, std::move(record));
}

std::string encode_relationship(const RelationshipRecord& record) {
    std::string bytes;
    ByteWriter out(bytes);
    encode_relationship_head(out, record.source, record.target, record.type);
    encode_properties(out, record.properties);
    return bytes;
}

std::optional<RelationshipRecord> decode_relationship(std::string_view bytes) {
    ByteReader in(bytes);
    RelationshipRecord record;
    record.source = NodeId{in.varint32()};
    record.target = NodeId{in.varint32()};
    record.type = TypeId{in.varint32()};
    record.properties = decode_properties(in);
    return whole(in, std::move(record));
}

std::string encode_node_of(const graph::Graph& graph, NodeId id) {
    std::string bytes;
    ByteWriter out(bytes);
    encode_ids(out, graph.labels_of(id));
    encode_properties(out, graph.node_properties(id));
    return bytes;
}

std::string encode_relationship_of(const graph::Graph& graph, RelId id) {
    std::string bytes;
    ByteWriter out(bytes);
    const graph::RelRecord head = graph.rel(id);
    encode_relationship_head(out, head.source, head.target, head.type);
    encode_properties(out, graph.rel_properties(id));
    return bytes;
}

std::string encode_index(const graph::IndexInfo& info) {
    std::string bytes;
    ByteWriter out(bytes);
    out.text(info.name);
    out.byte(static_cast<std::uint8_t>(info.kind));
    out.byte(info.on_relationships);
    out.byte(info.owned_by_constraint);
    encode_texts(out, info.labels);
    encode_texts(out, info.properties);
    return bytes;
}

std::optional<graph::IndexInfo> decode_index(std::string_view bytes) {
    ByteReader in(bytes);
    graph::IndexInfo info;
    info.name = std::string(in.text());
    const std::uint8_t kind = in.byte();
    if (kind > static_cast<std::uint8_t>(graph::IndexKind::kFullText)) in.fail();
    info.kind = static_cast<graph::IndexKind>(kind);
    info.on_relationships = boolean(in);
    info.owned_by_constraint = boolean(in);
    info.labels = decode_texts(in);
    info.properties = decode_texts(in);
    return whole(in, std::move(info));
}

std::string encode_constraint(const graph::ConstraintInfo& info) {
    std::string bytes;
    ByteWriter out(bytes);
    out.text(info.name);
    out.byte(static_cast<std::uint8_t>(info.kind));
    out.byte(info.on_relationships);
    out.text(info.label);
    encode_texts(out, info.properties);
    return bytes;
}

std::optional<graph::ConstraintInfo> decode_constraint(std::string_view bytes) {
    ByteReader in(bytes);
    graph::ConstraintInfo info;
    info.name = std::string(in.text());
    const std::uint8_t kind = in.byte();
    if (kind > static_cast<std::uint8_t>(graph::ConstraintKind::kNodeKey)) in.fail();
    info.kind = static_cast<graph::ConstraintKind>(kind);
    info.on_relationships = boolean(in);
    info.label = std::string(in.text());
    info.properties = decode_texts(in);
    return whole(in, std::move(info));
}

std::string encode_redo(const RedoEntry& entry) {
    std::string bytes;
    ByteWriter out(bytes);
    out.fixed64(entry.chain_before);
    out.fixed64(entry.chain_after);
    out.byte(entry.names);
    out.byte(entry.schema);
    encode_ids(out, entry.nodes);
    encode_ids(out, entry.relationships);
    return bytes;
}

std::optional<RedoEntry> decode_redo(std::string_view bytes) {
    ByteReader in(bytes);
    RedoEntry entry;
    entry.chain_before = in.fixed64();
    entry.chain_after = in.fixed64();
    entry.names = boolean(in);
    entry.schema = boolean(in);
    entry.nodes = decode_ids<NodeId>(in);
    entry.relationships = decode_ids<RelId>(in);
    return whole(in, std::move(entry));
}

std::string encode_state(const StateRecord& state) {
    std::string bytes;
    ByteWriter out(bytes);
    out.fixed64(state.commit);
    out.fixed64(state.chain);
    out.fixed64(state.content_sum);
    out.fixed64(state.content_count);
    out.fixed32(state.node_slots);
    out.fixed32(state.relationship_slots);
    out.fixed64(state.node_count);
    out.fixed64(state.relationship_count);
    out.fixed64(state.redo_base);
    out.fixed64(state.redo_base_chain);
    return bytes;
}

std::optional<StateRecord> decode_state(std::string_view bytes) {
    ByteReader in(bytes);
    StateRecord state;
    state.commit = in.fixed64();
    state.chain = in.fixed64();
    state.content_sum = in.fixed64();
    state.content_count = in.fixed64();
    state.node_slots = in.fixed32();
    state.relationship_slots = in.fixed32();
    state.node_count = in.fixed64();
    state.relationship_count = in.fixed64();
    state.redo_base = in.fixed64();
    state.redo_base_chain = in.fixed64();
    return whole(in, state);
}

std::string encode_identity(const IdentityRecord& identity) {
    std::string bytes;
    ByteWriter out(bytes);
    out.fixed32(identity.format_version);
    out.text(identity.store_id);
    return bytes;
}

std::optional<IdentityRecord> decode_identity(std::string_view bytes) {
    ByteReader in(bytes);
    IdentityRecord identity;
    identity.format_version = in.fixed32();
    identity.store_id = std::string(in.text());
    return whole(in, std::move(identity));
}

std::uint64_t content_hash(std::string_view key, std::string_view value) {
    return hash64(value, hash64(key));
}

}  // namespace maek::storage
