// Room: graph, inner. Hash indexes nobody declared, made when an equality lookup asks a second time.
//
// An index is a hash table from value to node ids that holds *at least* every (value, node) pair of
// every graph that lists it, and maybe pairs that are no longer or not yet true: whoever looks
// something up checks the answer against the graph at hand. So one table, only ever added to,
// serves all versions of a lineage, readers of old snapshots and the transaction in work alike.
//   * Each GraphData lists the indexes that are complete for it; a copy starts with the same list.
//   * A Transaction adds a pair for every property or label it sets, to all listed indexes.
//   * finish() also takes over what readers made for its base meanwhile, after adding what the
//     transaction touched.
// An index with too many stale pairs is dropped from the list at finish() and made again on demand.
// Tests: tests/graph/auto_index_test.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include "graph/graph.h"

namespace maek::graph {

class AutoIndex {
public:
    AutoIndex(LabelId of_label, KeyId of_key) : label(of_label), key(of_key) {}
    const LabelId label;
    const KeyId key;

    void add(std::uint64_t hash, NodeId node);
    void reserve(std::size_t pairs);
    // Visits the nodes under the hash, in no order, some perhaps twice.
    void find(std::uint64_t hash, const std::function<void(NodeId)>& visit) const;
    std::size_t pairs() const;

private:
    struct Pair {
        std::uint32_t hash;
        NodeId node;
        std::uint32_t next;
    };
    void add_locked(std::uint32_t hash, NodeId node);
    void grow(std::size_t buckets);

    mutable std::shared_mutex mutex_;
    std::vector<std::uint32_t> heads_;  // a power of two of buckets; first pair or kNone
    std::vector<Pair> pairs_;
};

class AutoIndexes {
public:
    AutoIndexes() = default;
    AutoIndexes(const AutoIndexes& other);
    AutoIndexes& operator=(const AutoIndexes& other);

    // The index when there is one. Otherwise null, and the request is counted.
    std::shared_ptr<AutoIndex> find(LabelId label, KeyId key, std::uint32_t& asked_before) const;
    // Lists an index; when another thread was faster, gives that one instead.
    std::shared_ptr<AutoIndex> put(std::shared_ptr<AutoIndex> index) const;
    std::vector<std::shared_ptr<AutoIndex>> list() const;
    void drop(const AutoIndex& index);
    bool none() const;

private:
    struct Request {
        LabelId label;
        KeyId key;
        std::uint32_t asked = 0;
    };
    // A reader of an immutable graph may list what it made: it changes no answer.
    mutable std::mutex mutex_;
    mutable std::vector<std::shared_ptr<AutoIndex>> indexes_;
    mutable std::vector<Request> requests_;
};

}  // namespace maek::graph
