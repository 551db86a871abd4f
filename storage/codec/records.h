// Room: storage, inner. The values under the keys: nodes, relationships, definitions, redo entries
// and the state of the last commit. Every decode checks bounds and returns nullopt for bytes that
// no encoder of ours wrote. Layout: docs/storage-format.md. Tests: tests/storage/codec_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "schema/ids.h"
#include "schema/value.h"

namespace maek::storage {

using Properties = std::vector<std::pair<KeyId, Value>>;  // ascending by key

struct NodeRecord {
    std::vector<LabelId> labels;  // ascending
    Properties properties;
    bool operator==(const NodeRecord&) const = default;
};

struct RelationshipRecord {
    NodeId source, target;
    TypeId type;
    Properties properties;
    bool operator==(const RelationshipRecord&) const = default;
};

std::string encode_node(const NodeRecord& record);
std::string encode_relationship(const RelationshipRecord& record);
std::optional<NodeRecord> decode_node(std::string_view bytes);
std::optional<RelationshipRecord> decode_relationship(std::string_view bytes);

// The record a graph's node or relationship has. Requires: it exists.
std::string encode_node_of(const graph::Graph& graph, NodeId id);
std::string encode_relationship_of(const graph::Graph& graph, RelId id);

std::string encode_index(const graph::IndexInfo& info);
std::optional<graph::IndexInfo> decode_index(std::string_view bytes);
std::string encode_constraint(const graph::ConstraintInfo& info);
std::optional<graph::ConstraintInfo> decode_constraint(std::string_view bytes);

// What one commit touched, and its place in the chain of commits.
struct RedoEntry {
    std::uint64_t chain_before = 0, chain_after = 0;
    std::vector<NodeId> nodes;  // ascending
    std::vector<RelId> relationships;
    bool names = false, schema = false;
    bool operator==(const RedoEntry&) const = default;
};
std::string encode_redo(const RedoEntry& entry);
std::optional<RedoEntry> decode_redo(std::string_view bytes);

// The last commit. content_sum adds up hash64(key + value) of every content record (modulo 2^64),
// so that a full read proves that no record is missing, stale or foreign.
struct StateRecord {
    std::uint64_t commit = 0;
    std::uint64_t chain = 0;
    std::uint64_t content_sum = 0;
    std::uint64_t content_count = 0;
    std::uint32_t node_slots = 0, relationship_slots = 0;
    std::uint64_t node_count = 0, relationship_count = 0;
    // Redo entries exist for exactly the commits after this one.
    std::uint64_t redo_base = 0, redo_base_chain = 0;
    bool operator==(const StateRecord&) const = default;
};
std::string encode_state(const StateRecord& state);
std::optional<StateRecord> decode_state(std::string_view bytes);

struct IdentityRecord {
    std::uint32_t format_version = 0;
    std::string store_id;  // 32 hexadecimal digits
};
std::string encode_identity(const IdentityRecord& identity);
std::optional<IdentityRecord> decode_identity(std::string_view bytes);

// One record's share of the content sum.
std::uint64_t content_hash(std::string_view key, std::string_view value);

}  // namespace maek::storage
