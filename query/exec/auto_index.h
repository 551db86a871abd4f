// Room: query, inner. Indexes nobody asked for: for a property that statements look nodes up by, a
// hash from value to candidates, made at the first use and kept up with the commits that pass
// through this engine. Entries are only ever added, and every candidate is checked against the
// graph of the asking statement; so one index serves all snapshots since it was made.
// Thread-safe. Tests: tests/query/exec/auto_index_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

#include "graph/transaction.h"
#include "schema/value.h"

namespace maek::query {

class AutoIndexes {
public:
    // Appends nodes whose property may equal the value, ascending, without duplicates: at least all
    // that have it in `graph`. False: no index helps (small graph, older snapshot); scan instead.
    bool candidates(const graph::Graph& graph, KeyId key, const Value& value, std::vector<NodeId>& nodes);

    // A property written by the one open transaction: found by it at once, and by later readers.
    void note(NodeId node, KeyId key, const Value& value);
    // A commit of this engine took the store from one version to the next.
    void committed(std::uint64_t from_version, const graph::Graph& after, const graph::ChangeSet& changes);
    void rolled_back();
    void forget();

    // Below this many nodes a scan is as good.
    static constexpr std::uint64_t kMinNodes = 512;

private:
    struct Entry {
        std::uint32_t hash, node, next;
    };
    struct Index {
        std::uint64_t built_at = 0;  // version; older graphs may have held other values
        std::vector<std::uint32_t> heads;
        std::vector<Entry> entries;
        void add(std::uint64_t hash, std::uint32_t node);
        void grow();
    };
    struct Pending {
        KeyId key;
        std::uint32_t node;
        std::uint64_t hash;
    };
    void build(const graph::Graph& graph, KeyId key);
    static void find(const Index& index, std::uint64_t hash, std::vector<NodeId>& nodes);

    std::shared_mutex mutex_;
    std::uint64_t version_ = 0;      // covered up to this commit
    std::vector<Pending> pending_;   // writes of the open transaction to properties without index
    std::unordered_map<std::uint32_t, std::unique_ptr<Index>> indexes_;  // by key
};

}  // namespace maek::query
