#include "graph/index/adjacency_chunk.h"

#include <algorithm>

namespace maek::graph {

namespace {
constexpr std::uint32_t kLongRow = 2048;  // longer rows take entries unsorted
}

LooseRows::LooseRows(const std::uint32_t* offsets, const Adjacent* entries) {
    if (offsets == nullptr) return;
    count_ = offsets[kChunkSize];
    pool_.reserve(count_ + count_ / 4 + 64);
    pool_.assign(entries, entries + count_);
    for (std::uint32_t i = 0; i < kChunkSize; ++i) {
        begin_[i] = offsets[i];
        length_[i] = capacity_[i] = offsets[i + 1] - offsets[i];
    }
}

LooseRows::LooseRows(const LooseRows& other)
    : begin_(other.begin_), length_(other.length_), capacity_(other.capacity_), pool_(other.pool_),
      count_(other.count_), unsorted_(other.unsorted_) {}

void LooseRows::insert(std::uint32_t i, Adjacent entry) {
    packed_.reset();
    if (length_[i] == capacity_[i]) grow(i);
    Adjacent* first = pool_.data() + begin_[i];
    Adjacent* last = first + length_[i];
    ++length_[i];
    ++count_;
    const bool pending = !unsorted_.empty() && unsorted_.contains(i);
    if (pending || (length_[i] > kLongRow && entry < last[-1])) {
        unsorted_.try_emplace(i, length_[i] - 1);
        *last = entry;
        return;
    }
    Adjacent* place = length_[i] == 1 || last[-1] < entry ? last : std::upper_bound(first, last, entry);
    std::move_backward(place, last, last + 1);
    *place = entry;
}

bool LooseRows::erase(std::uint32_t i, Adjacent entry) {
    if (!unsorted_.empty()) sort_row(i);
    Adjacent* first = pool_.data() + begin_[i];
    Adjacent* last = first + length_[i];
    Adjacent* place = std::lower_bound(first, last, entry);
    if (place == last || *place != entry) return false;
    std::move(place + 1, last, place);
    packed_.reset();
    --length_[i];
    --count_;
    return true;
}

void LooseRows::sort_row(std::uint32_t i) const {
    const std::lock_guard lock(mutex_);
    const auto found = unsorted_.find(i);
    if (found == unsorted_.end()) return;
    Adjacent* first = pool_.data() + begin_[i];
    Adjacent* middle = first + found->second;
    Adjacent* last = first + length_[i];
    std::sort(middle, last);
    std::inplace_merge(first, middle, last);
    unsorted_.erase(found);
}

void LooseRows::grow(std::uint32_t i) {
    const std::uint32_t wanted = std::max<std::uint32_t>(4, capacity_[i] * 2);
    // Rows that moved leave holes: squeezed out when they are most of the pool.
    if (pool_.size() > 4096 && pool_.size() + wanted > pool_.capacity() && pool_.size() > 3 * count_) {
        compact(wanted);
    }
    const auto begin = static_cast<std::uint32_t>(pool_.size());
    pool_.resize(pool_.size() + wanted);
    std::copy_n(pool_.data() + begin_[i], length_[i], pool_.data() + begin);
    begin_[i] = begin;
    capacity_[i] = wanted;
}

void LooseRows::compact(std::size_t extra) {
    std::vector<Adjacent> pool;
    pool.reserve(2 * count_ + extra);
    for (std::uint32_t i = 0; i < kChunkSize; ++i) {
        const auto begin = static_cast<std::uint32_t>(pool.size());
        pool.insert(pool.end(), pool_.begin() + begin_[i], pool_.begin() + begin_[i] + length_[i]);
        begin_[i] = begin;
        capacity_[i] = length_[i];
    }
    pool_ = std::move(pool);
}

PackedRows LooseRows::pack() const {
    PackedRows packed;
    packed.offsets.resize(kChunkSize + 1);
    packed.entries.reserve(count_);
    for (std::uint32_t i = 0; i < kChunkSize; ++i) {
        const auto entries = row(i);
        packed.entries.insert(packed.entries.end(), entries.begin(), entries.end());
        packed.offsets[i + 1] = static_cast<std::uint32_t>(packed.entries.size());
    }
    return packed;
}

const PackedRows& LooseRows::packed_view() const {
    {
        const std::lock_guard lock(mutex_);
        if (packed_) return *packed_;
    }
    auto packed = std::make_unique<PackedRows>(pack());
    const std::lock_guard lock(mutex_);
    if (!packed_) packed_ = std::move(packed);
    return *packed_;
}

std::shared_ptr<AdjacencyChunk> AdjacencyChunk::packed(PackedRows rows) {
    auto holder = std::make_shared<const PackedRows>(std::move(rows));
    const std::uint32_t* offsets = holder->offsets.data();
    const Adjacent* entries = holder->entries.data();
    return std::make_shared<AdjacencyChunk>(offsets, entries, std::move(holder));
}

Graph::AdjacencyRows AdjacencyChunk::rows() const {
    if (!loose_) return {offsets_, entries_};
    const PackedRows& packed = loose_->packed_view();
    return {packed.offsets.data(), packed.entries.data()};
}

LooseRows& AdjacencyChunk::loosen() {
    if (!loose_) {
        loose_ = std::make_unique<LooseRows>(offsets_, entries_);
        offsets_ = nullptr;
        entries_ = nullptr;
        holder_.reset();
    }
    return *loose_;
}

std::shared_ptr<AdjacencyChunk> AdjacencyChunk::clone() const {
    auto copy = std::make_shared<AdjacencyChunk>(offsets_, entries_, holder_);
    if (loose_) copy->loose_ = std::make_unique<LooseRows>(*loose_);
    return copy;
}

std::size_t AdjacencyChunk::bytes() const {
    if (loose_) return sizeof(*this) + loose_->bytes();
    return sizeof(*this) + (kChunkSize + 1) * 4 + count() * sizeof(Adjacent);
}

}  // namespace maek::graph
