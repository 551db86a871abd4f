// Room: graph, inner. A declared index: what it covers, and its entries in index order.
// A full-text index is only recorded here; its search structure belongs to whoever offers the
// search. Tests: tests/graph/property_index_test.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "graph/index/ordered_index.h"

namespace maek::graph {

struct PropertyIndex {
    IndexInfo info;
    std::uint32_t owner = 0;  // the LabelId, or the TypeId
    std::vector<KeyId> keys;
    OrderedIndex entries;

    bool searchable() const { return info.kind != IndexKind::kFullText; }
    bool on_nodes_of(LabelId label) const {
        return searchable() && !info.on_relationships && owner == label.value;
    }
    bool on_relationships_of(TypeId type) const {
        return searchable() && info.on_relationships && owner == type.value;
    }
    bool covers(KeyId key) const;
    // A range index of exactly this one property.
    bool answers(std::uint32_t wanted_owner, bool relationships, KeyId key) const;
};

// The key under which the index holds a node or relationship; none when a property is missing (or
// not a string, for a text index).
std::optional<std::string> entry_key(const Graph& graph, const PropertyIndex& index, NodeId node);
std::optional<std::string> entry_key(const Graph& graph, const PropertyIndex& index, RelId rel);

// Fills the entries from everything the graph holds.
void fill_index(const Graph& graph, PropertyIndex& index);

std::vector<std::uint32_t> ids_equal(const PropertyIndex& index, const Value& value);
std::vector<std::uint32_t> ids_in_range(const PropertyIndex& index, const std::optional<RangeBound>& low,
                                        const std::optional<RangeBound>& high);
std::vector<std::uint32_t> ids_with_prefix(const PropertyIndex& index, std::string_view prefix);

}  // namespace maek::graph
