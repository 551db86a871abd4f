#include "graph/index/auto_index.h"

#include <algorithm>

namespace maek::graph {

namespace {
constexpr std::uint32_t kNone = 0xFFFFFFFFu;
constexpr int kDuplicateProbe = 8;  // how far add() looks for the same pair

std::uint32_t short_hash(std::uint64_t hash) { return static_cast<std::uint32_t>(hash ^ (hash >> 32)); }
}  // namespace

void AutoIndex::grow(std::size_t buckets) {
    heads_.assign(buckets, kNone);
    for (std::uint32_t i = 0; i < pairs_.size(); ++i) {
        std::uint32_t& head = heads_[pairs_[i].hash & (buckets - 1)];
        pairs_[i].next = head;
        head = i;
    }
}

void AutoIndex::reserve(std::size_t pairs) {
    const std::unique_lock lock(mutex_);
    pairs_.reserve(pairs + pairs / 8);
    std::size_t buckets = 16;
    while (buckets < pairs) buckets *= 2;
    if (buckets > heads_.size()) grow(buckets);
}

void AutoIndex::add_locked(std::uint32_t hash, NodeId node) {
    if (pairs_.size() >= heads_.size()) grow(std::max<std::size_t>(16, heads_.size() * 2));
    std::uint32_t& head = heads_[hash & (heads_.size() - 1)];
    int left = kDuplicateProbe;
    for (std::uint32_t at = head; at != kNone && left-- > 0; at = pairs_[at].next) {
        if (pairs_[at].hash == hash && pairs_[at].node == node) return;
    }
    pairs_.push_back({hash, node, head});
    head = static_cast<std::uint32_t>(pairs_.size() - 1);
}

void AutoIndex::add(std::uint64_t hash, NodeId node) {
    const std::unique_lock lock(mutex_);
    add_locked(short_hash(hash), node);
}

void AutoIndex::find(std::uint64_t hash, const std::function<void(NodeId)>& visit) const {
    const std::shared_lock lock(mutex_);
    if (heads_.empty()) return;
    const std::uint32_t wanted = short_hash(hash);
    for (std::uint32_t at = heads_[wanted & (heads_.size() - 1)]; at != kNone; at = pairs_[at].next) {
        if (pairs_[at].hash == wanted) visit(pairs_[at].node);
    }
}

std::size_t AutoIndex::pairs() const {
    const std::shared_lock lock(mutex_);
    return pairs_.size();
}

AutoIndexes::AutoIndexes(const AutoIndexes& other) {
    const std::lock_guard lock(other.mutex_);
    indexes_ = other.indexes_;
    requests_ = other.requests_;
}

AutoIndexes& AutoIndexes::operator=(const AutoIndexes& other) {
    if (this == &other) return *this;
    AutoIndexes copy(other);
    const std::lock_guard lock(mutex_);
    indexes_.swap(copy.indexes_);
    requests_.swap(copy.requests_);
    return *this;
}

std::shared_ptr<AutoIndex> AutoIndexes::find(LabelId label, KeyId key,
                                             std::uint32_t& asked_before) const {
    const std::lock_guard lock(mutex_);
    for (const auto& index : indexes_) {
        if (index->label == label && index->key == key) return index;
    }
    for (Request& request : requests_) {
        if (request.label == label && request.key == key) {
            asked_before = request.asked++;
            return nullptr;
        }
    }
    asked_before = 0;
    requests_.push_back({label, key, 1});
    return nullptr;
}

std::shared_ptr<AutoIndex> AutoIndexes::put(std::shared_ptr<AutoIndex> index) const {
    const std::lock_guard lock(mutex_);
    for (const auto& present : indexes_) {
        if (present->label == index->label && present->key == index->key) return present;
    }
    indexes_.push_back(index);
    return index;
}

std::vector<std::shared_ptr<AutoIndex>> AutoIndexes::list() const {
    const std::lock_guard lock(mutex_);
    return indexes_;
}

void AutoIndexes::drop(const AutoIndex& index) {
    const std::lock_guard lock(mutex_);
    std::erase_if(indexes_, [&](const auto& present) { return present.get() == &index; });
}

bool AutoIndexes::none() const {
    const std::lock_guard lock(mutex_);
    return indexes_.empty();
}

}  // namespace maek::graph
