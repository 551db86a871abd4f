// Room: graph, doorway. The property graph in memory: one immutable-by-sharing value.
//
// Everything is cut into chunks of kChunkSize slots (nodes or relationships) held by shared
// pointers in shared pointer tables: copying a Graph copies a few pointers, changing a copy (only
// Transaction does) copies just the chunks it touches. So a snapshot is a copy, a savepoint is a
// copy, readers are never blocked, and a commit costs what changed.
//   * columns: per property key, typed chunks (integers, floats, booleans, strings in one arena,
//     else Values) with a presence bitmap;
//   * adjacency: per relationship type and direction, per chunk compressed sparse rows, the
//     entries of a node sorted by (neighbour, relationship);
//   * labels: per label a bitmap per chunk.
// const member functions are safe from many threads as long as no Transaction owns this copy.
// The Boost.Graph face of a Graph is graph/boost_graph.h, algorithms are graph/algorithms.h.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"
#include "schema/value.h"

namespace maek::graph {

inline constexpr std::uint32_t kChunkBits = 11;
inline constexpr std::uint32_t kChunkSize = 1u << kChunkBits;
inline constexpr std::uint32_t kChunkMask = kChunkSize - 1;
inline constexpr std::uint32_t kChunkWords = kChunkSize / 64;

enum class Direction : std::uint8_t { kOut, kIn };

struct Adjacent {
    NodeId node;
    RelId rel;
    auto operator<=>(const Adjacent&) const = default;
};

struct RelRecord {
    NodeId source;
    NodeId target;
    TypeId type;  // invalid: the relationship does not exist
};

// kChunkSize values of one property. Views into it live as long as any Graph sharing the chunk
// (for a Transaction's working graph: until its next write).
class ColumnChunk {
public:
    enum class Kind : std::uint8_t { kBoolean, kInteger, kFloat, kString, kMixed };
    virtual ~ColumnChunk() = default;

    Kind kind() const { return kind_; }
    // Bit i % 64 of word i / 64 says whether slot i has a value.
    const std::uint64_t* presence() const { return presence_.data(); }
    bool has(std::uint32_t i) const { return (presence_[i >> 6] >> (i & 63)) & 1; }

    // Each requires the matching kind. Slots without a value hold anything.
    const std::uint8_t* booleans() const { return static_cast<const std::uint8_t*>(data_); }
    const std::int64_t* integers() const { return static_cast<const std::int64_t*>(data_); }
    const double* floats() const { return static_cast<const double*>(data_); }
    std::string_view string(std::uint32_t i) const {
        const StringRef ref = static_cast<const StringRef*>(data_)[i];
        return {arena_ + ref.offset, ref.length};
    }
    const Value& mixed(std::uint32_t i) const { return static_cast<const Value*>(data_)[i]; }

    // Any kind; null when absent.
    Value value(std::uint32_t i) const;

protected:
    struct StringRef {
        std::uint32_t offset, length;
    };
    Kind kind_ = Kind::kMixed;
    std::array<std::uint64_t, kChunkWords> presence_{};
    const void* data_ = nullptr;   // kChunkSize elements of the kind's type
    const char* arena_ = nullptr;  // kString
};

// The names of labels, types or keys, numbered densely from 0 in the order of first use.
template <class IdType>
class NameTable {
public:
    std::size_t size() const { return names_ ? names_->size() : 0; }
    std::string_view name(IdType id) const { return (*names_)[id.value]; }
    std::optional<IdType> find(std::string_view name) const;

private:
    friend class Transaction;
    friend class GraphAccess;
    std::shared_ptr<const std::vector<std::string>> names_;  // small; searched by a side table
    std::shared_ptr<const void> lookup_;
};

// What an index or constraint covers. Indexes answer equality, range and prefix on the ordered
// (orderability of openCypher within one value kind) values of one property of one label's nodes.
enum class IndexKind : std::uint8_t { kRange, kText, kFullText };
struct IndexInfo {
    std::string name;
    IndexKind kind = IndexKind::kRange;
    bool on_relationships = false;
    std::vector<std::string> labels;      // or types; one unless full text
    std::vector<std::string> properties;  // one or more
    bool owned_by_constraint = false;
    bool operator==(const IndexInfo&) const = default;
};
enum class ConstraintKind : std::uint8_t { kUnique, kExists, kNodeKey };
struct ConstraintInfo {
    std::string name;
    ConstraintKind kind = ConstraintKind::kUnique;
    bool on_relationships = false;
    std::string label;  // or type
    std::vector<std::string> properties;
    bool operator==(const ConstraintInfo&) const = default;
};

// One bound of an index range; a missing bound is open.
struct RangeBound {
    Value value;
    bool inclusive = true;
};

struct GraphData;  // graph/index: the chunk tables

class Graph {
public:
    Graph();  // empty

    // --- names
    const NameTable<LabelId>& labels() const;
    const NameTable<TypeId>& types() const;
    const NameTable<KeyId>& keys() const;

    // --- nodes
    std::uint32_t node_slots() const;  // every NodeId is below; deleted ones leave holes
    std::uint64_t node_count() const;
    bool has_node(NodeId id) const;
    bool has_label(NodeId id, LabelId label) const;
    std::vector<LabelId> labels_of(NodeId id) const;  // ascending
    std::uint64_t label_count(LabelId label) const;   // nodes with it, O(1)
    std::uint32_t node_chunks() const { return (node_slots() + kChunkMask) >> kChunkBits; }
    // kChunkWords words, or nullptr when no node of the chunk is alive / has the label.
    const std::uint64_t* alive_bits(std::uint32_t chunk) const;
    const std::uint64_t* label_bits(LabelId label, std::uint32_t chunk) const;

    // --- relationships
    std::uint32_t rel_slots() const;
    std::uint64_t rel_count() const;
    bool has_rel(RelId id) const;
    RelRecord rel(RelId id) const;
    std::uint32_t rel_chunks() const { return (rel_slots() + kChunkMask) >> kChunkBits; }
    const RelRecord* rel_records(std::uint32_t chunk) const;  // kChunkSize of them, or nullptr
    std::uint64_t type_count(TypeId type) const;              // O(1)
    // Relationships of one type leaving (kOut: adjacent.node is the target) or entering a node,
    // sorted by (node, rel). A self-loop stands in both directions. O(1).
    std::span<const Adjacent> adjacent(NodeId node, TypeId type, Direction direction) const;
    std::uint64_t degree(NodeId node, Direction direction) const;  // all types; O(types)
    // Raw rows of one chunk for scans: offsets[i] .. offsets[i + 1] into entries; nullptr if empty.
    struct AdjacencyRows {
        const std::uint32_t* offsets = nullptr;  // kChunkSize + 1
        const Adjacent* entries = nullptr;
    };
    AdjacencyRows adjacency_rows(TypeId type, Direction direction, std::uint32_t chunk) const;

    // --- properties: null when absent
    Value node_property(NodeId id, KeyId key) const;
    Value rel_property(RelId id, KeyId key) const;
    const ColumnChunk* node_column(KeyId key, std::uint32_t chunk) const;  // nullptr: all null
    const ColumnChunk* rel_column(KeyId key, std::uint32_t chunk) const;
    std::vector<std::pair<KeyId, Value>> node_properties(NodeId id) const;  // ascending by key
    std::vector<std::pair<KeyId, Value>> rel_properties(RelId id) const;

    // --- indexes and constraints
    std::vector<IndexInfo> indexes() const;
    std::vector<ConstraintInfo> constraints() const;
    // Whether a range index of one property exists for the label.
    bool has_index(LabelId label, KeyId key) const;
    // Nodes of the label whose property equals the value (openCypher equality: 1 = 1.0), ascending
    // ids. Requires has_index. O(log n + answers).
    std::vector<NodeId> index_equal(LabelId label, KeyId key, const Value& value) const;
    // In index order. Bounds must be of one comparable kind; only values of that kind answer.
    std::vector<NodeId> index_range(LabelId label, KeyId key, const std::optional<RangeBound>& low,
                                    const std::optional<RangeBound>& high) const;
    // Strings that begin with the prefix, from a range or a text index.
    std::vector<NodeId> index_prefix(LabelId label, KeyId key, std::string_view prefix) const;
    bool has_prefix_index(LabelId label, KeyId key) const;
    // Equality on all properties of a composite range index, in the index's order of properties.
    std::vector<NodeId> index_equal(LabelId label, std::span<const KeyId> keys,
                                    std::span<const Value> values) const;
    // The same for relationships of a type.
    bool has_rel_index(TypeId type, KeyId key) const;
    std::vector<RelId> rel_index_equal(TypeId type, KeyId key, const Value& value) const;
    std::vector<RelId> rel_index_range(TypeId type, KeyId key, const std::optional<RangeBound>& low,
                                       const std::optional<RangeBound>& high) const;
    // index_equal for any label and key, declared index or not, ascending ids. Without one the first
    // question looks through the column, the second builds a hash index that later versions of
    // this graph carry on; from then on O(answers). Thread-safe.
    std::vector<NodeId> find_equal(LabelId label, KeyId key, const Value& value) const;

    // Number of committed changes behind this graph; equal numbers of one store, equal graphs.
    std::uint64_t version() const;

private:
    friend class Transaction;
    friend class GraphAccess;  // graph/index: bulk building, images
    std::shared_ptr<const GraphData> data_;
};

}  // namespace maek::graph
