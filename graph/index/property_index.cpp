#include "graph/index/property_index.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "graph/index/index_key.h"

namespace maek::graph {

namespace {

bool append_part(const PropertyIndex& index, const Value& value, std::string& key) {
    if (index.info.kind == IndexKind::kText && !value.is(ValueKind::kString)) return false;
    return append_index_key(value, key);
}

std::vector<std::uint32_t> collect(const PropertyIndex& index, std::string_view first,
                                   std::string_view last) {
    std::vector<std::uint32_t> ids;
    index.entries.scan(first, last, [&](const OrderedIndex::Entry& entry) {
        ids.push_back(entry.id);
        return true;
    });
    return ids;
}

// The key of a bound that can bound: not null, not NaN.
std::optional<std::string> bound_key(const RangeBound& bound) {
    std::string key;
    if (!can_be_equal(bound.value) || !append_index_key(bound.value, key)) return std::nullopt;
    return key;
}

}  // namespace

bool PropertyIndex::covers(KeyId key) const { return std::ranges::find(keys, key) != keys.end(); }

bool PropertyIndex::answers(std::uint32_t wanted_owner, bool relationships, KeyId key) const {
    return info.kind == IndexKind::kRange && info.on_relationships == relationships &&
           owner == wanted_owner && keys.size() == 1 && keys[0] == key;
}

std::optional<std::string> entry_key(const Graph& graph, const PropertyIndex& index, NodeId node) {
    std::string bytes;
    for (const KeyId key : index.keys) {
        if (!append_part(index, graph.node_property(node, key), bytes)) return std::nullopt;
    }
    return bytes;
}

std::optional<std::string> entry_key(const Graph& graph, const PropertyIndex& index, RelId rel) {
    std::string bytes;
    for (const KeyId key : index.keys) {
        if (!append_part(index, graph.rel_property(rel, key), bytes)) return std::nullopt;
    }
    return bytes;
}

void fill_index(const Graph& graph, PropertyIndex& index) {
    if (!index.searchable()) return;
    std::vector<OrderedIndex::Entry> entries;
    const auto add = [&](auto id) {
        if (auto key = entry_key(graph, index, id)) entries.push_back({std::move(*key), id.value});
    };
    if (index.info.on_relationships) {
        for (std::uint32_t id = 0; id < graph.rel_slots(); ++id) {
            if (graph.rel(RelId{id}).type.value == index.owner) add(RelId{id});
        }
    } else {
        for (std::uint32_t chunk = 0; chunk < graph.node_chunks(); ++chunk) {
            const std::uint64_t* words = graph.label_bits(LabelId{index.owner}, chunk);
            for (std::uint32_t w = 0; words != nullptr && w < kChunkWords; ++w) {
                for (std::uint64_t word = words[w]; word != 0; word &= word - 1) {
                    add(NodeId{chunk * kChunkSize + w * 64 +
                               static_cast<std::uint32_t>(std::countr_zero(word))});
                }
            }
        }
    }
    std::ranges::sort(entries, [](const OrderedIndex::Entry& a, const OrderedIndex::Entry& b) {
        const int order = a.key.compare(b.key);
        return order < 0 || (order == 0 && a.id < b.id);
    });
    index.entries.assign_sorted(std::move(entries));
}

std::vector<std::uint32_t> ids_equal(const PropertyIndex& index, const Value& value) {
    std::string key;
    if (!can_be_equal(value) || !append_index_key(value, key)) return {};
    return collect(index, key, after_prefix(key));
}

std::vector<std::uint32_t> ids_in_range(const PropertyIndex& index, const std::optional<RangeBound>& low,
                                        const std::optional<RangeBound>& high) {
    if (!low && !high) return collect(index, {}, {});
    auto [first, last] = comparable_range(low ? low->value : high->value);
    if (low) {
        const auto key = bound_key(*low);
        if (!key) return {};
        first = low->inclusive ? *key : after_prefix(*key);
    }
    if (high) {
        const auto key = bound_key(*high);
        if (!key || *key < comparable_range(high->value).first) return {};
        if (low && comparable_range(low->value) != comparable_range(high->value)) return {};
        last = high->inclusive ? after_prefix(*key) : *key;
    }
    if (first >= last) return {};
    return collect(index, first, last);
}

std::vector<std::uint32_t> ids_with_prefix(const PropertyIndex& index, std::string_view prefix) {
    const std::string key = string_prefix_key(prefix);
    return collect(index, key, after_prefix(key));
}

}  // namespace maek::graph
