#include "query/exec/auto_index.h"

#include <algorithm>

#include "query/eval/semantics.h"

namespace maek::query {

namespace {

constexpr std::uint32_t kEnd = 0xFFFFFFFFu;

std::uint32_t bucket_of(std::uint64_t hash, std::size_t buckets) {
    hash ^= hash >> 29;
    hash *= 0x9E3779B97F4A7C15ULL;
    return static_cast<std::uint32_t>(hash >> 32) & static_cast<std::uint32_t>(buckets - 1);
}

}  // namespace

void AutoIndexes::Index::grow() {
    heads.assign(heads.empty() ? 1024 : heads.size() * 2, kEnd);
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
        const std::uint32_t bucket = bucket_of(entries[i].hash, heads.size());
        entries[i].next = heads[bucket];
        heads[bucket] = i;
    }
}

void AutoIndexes::Index::add(std::uint64_t hash, std::uint32_t node) {
    if (entries.size() >= heads.size()) grow();
    const auto short_hash = static_cast<std::uint32_t>(hash);
    const std::uint32_t bucket = bucket_of(short_hash, heads.size());
    entries.push_back({short_hash, node, heads[bucket]});
    heads[bucket] = static_cast<std::uint32_t>(entries.size() - 1);
}

void AutoIndexes::find(const Index& index, std::uint64_t hash, std::vector<NodeId>& nodes) {
    const std::size_t before = nodes.size();
    const auto short_hash = static_cast<std::uint32_t>(hash);
    if (!index.heads.empty()) {
        std::uint32_t at = index.heads[bucket_of(short_hash, index.heads.size())];
        for (; at != kEnd; at = index.entries[at].next) {
            if (index.entries[at].hash == short_hash) nodes.push_back(NodeId{index.entries[at].node});
        }
    }
    const auto begin = nodes.begin() + static_cast<std::ptrdiff_t>(before);
    std::sort(begin, nodes.end());
    nodes.erase(std::unique(begin, nodes.end()), nodes.end());
}

void AutoIndexes::build(const graph::Graph& graph, KeyId key) {
    auto index = std::make_unique<Index>();
    index->built_at = graph.version();
    for (std::uint32_t chunk = 0; chunk < graph.node_chunks(); ++chunk) {
        const graph::ColumnChunk* column = graph.node_column(key, chunk);
        if (column == nullptr) continue;
        for (std::uint32_t w = 0; w < graph::kChunkWords; ++w) {
            for (std::uint64_t rest = column->presence()[w]; rest != 0; rest &= rest - 1) {
                const std::uint32_t at = w * 64 + static_cast<std::uint32_t>(__builtin_ctzll(rest));
                index->add(hash_value(column->value(at)), (chunk << graph::kChunkBits) + at);
            }
        }
    }
    for (const Pending& write : pending_) {
        if (write.key == key) index->add(write.hash, write.node);
    }
    indexes_[key.value] = std::move(index);
}

bool AutoIndexes::candidates(const graph::Graph& graph, KeyId key, const Value& value,
                             std::vector<NodeId>& nodes) {
    if (graph.node_count() < kMinNodes) return false;
    const std::uint64_t hash = hash_value(value);
    {
        const std::shared_lock lock(mutex_);
        if (graph.version() <= version_) {
            const auto found = indexes_.find(key.value);
            if (found != indexes_.end()) {
                if (graph.version() < found->second->built_at) return false;
                find(*found->second, hash, nodes);
                return true;
            }
        }
    }
    const std::unique_lock lock(mutex_);
    if (graph.version() > version_) {  // commits went by unseen: what is kept may lack values
        indexes_.clear();
        version_ = graph.version();
    }
    const auto found = indexes_.find(key.value);
    if (found == indexes_.end()) {
        if (graph.version() < version_) return false;
        build(graph, key);
    } else if (graph.version() < found->second->built_at) {
        return false;
    }
    find(*indexes_[key.value], hash, nodes);
    return true;
}

void AutoIndexes::note(NodeId node, KeyId key, const Value& value) {
    const std::unique_lock lock(mutex_);
    const std::uint64_t hash = hash_value(value);
    const auto found = indexes_.find(key.value);
    if (found != indexes_.end()) {
        found->second->add(hash, node.value);
    } else {
        pending_.push_back({key, node.value, hash});
    }
}

void AutoIndexes::committed(std::uint64_t from_version, const graph::Graph& after,
                            const graph::ChangeSet& changes) {
    const std::unique_lock lock(mutex_);
    pending_.clear();
    if (from_version != version_) {
        indexes_.clear();
        version_ = after.version();
        return;
    }
    version_ = after.version();
    for (const auto& [key, index] : indexes_) {
        for (const NodeId node : changes.nodes) {
            if (!after.has_node(node)) continue;
            const Value value = after.node_property(node, KeyId{key});
            if (!value.is_null()) index->add(hash_value(value), node.value);
        }
    }
}

void AutoIndexes::rolled_back() {
    const std::unique_lock lock(mutex_);
    pending_.clear();
}

void AutoIndexes::forget() {
    const std::unique_lock lock(mutex_);
    indexes_.clear();
    pending_.clear();
    version_ = 0;
}

}  // namespace maek::query
