// Room: graph, inner. The relationships of one type and direction at kChunkSize nodes.
//
// Packed: compressed sparse rows in one piece, immutable, possibly in a mapped image. Loose: every
// row has its place and room to grow in a pool, for the transaction that changes it; finish()
// packs. A long row of a loose chunk takes new entries unsorted and sorts them when it is read.
// Tests: tests/graph/adjacency_chunk_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "graph/graph.h"

namespace maek::graph {

// kChunkSize + 1 offsets and the entries they point into.
struct PackedRows {
    std::vector<std::uint32_t> offsets;
    std::vector<Adjacent> entries;
};

class LooseRows {
public:
    LooseRows(const std::uint32_t* offsets, const Adjacent* entries);  // both may be null: empty
    LooseRows(const LooseRows& other);

    std::span<const Adjacent> row(std::uint32_t i) const {
        if (!unsorted_.empty()) [[unlikely]] sort_row(i);
        return {pool_.data() + begin_[i], length_[i]};
    }
    void insert(std::uint32_t i, Adjacent entry);
    bool erase(std::uint32_t i, Adjacent entry);  // false: was not there
    std::size_t count() const { return count_; }
    std::size_t bytes() const { return sizeof(*this) + pool_.capacity() * sizeof(Adjacent); }
    PackedRows pack() const;
    // The packed form as of now, kept until the next change.
    const PackedRows& packed_view() const;

private:
    void sort_row(std::uint32_t i) const;
    void grow(std::uint32_t i);
    void compact(std::size_t extra);

    std::array<std::uint32_t, kChunkSize> begin_{}, length_{}, capacity_{};
    mutable std::vector<Adjacent> pool_;
    std::size_t count_ = 0;
    mutable std::mutex mutex_;  // guards the two that reading may change
    mutable std::unordered_map<std::uint32_t, std::uint32_t> unsorted_;  // row -> sorted entries
    mutable std::unique_ptr<PackedRows> packed_;
};

class AdjacencyChunk {
public:
    AdjacencyChunk() = default;  // loose and empty after loosen()
    AdjacencyChunk(const std::uint32_t* offsets, const Adjacent* entries,
                   std::shared_ptr<const void> holder)
        : offsets_(offsets), entries_(entries), holder_(std::move(holder)) {}
    AdjacencyChunk(const AdjacencyChunk&) = delete;
    AdjacencyChunk& operator=(const AdjacencyChunk&) = delete;
    static std::shared_ptr<AdjacencyChunk> packed(PackedRows rows);

    std::span<const Adjacent> row(std::uint32_t i) const {
        if (loose_) [[unlikely]] return loose_->row(i);
        return {entries_ + offsets_[i], offsets_[i + 1] - offsets_[i]};
    }
    Graph::AdjacencyRows rows() const;  // packs a loose chunk's view when needed
    std::size_t count() const { return loose_ ? loose_->count() : offsets_ ? offsets_[kChunkSize] : 0; }

    bool is_loose() const { return loose_ != nullptr; }
    LooseRows& loosen();  // requires: nobody else holds the chunk

    bool writable() const { return true; }
    std::shared_ptr<AdjacencyChunk> clone() const;
    std::size_t bytes() const;

private:
    const std::uint32_t* offsets_ = nullptr;
    const Adjacent* entries_ = nullptr;
    std::shared_ptr<const void> holder_;
    std::unique_ptr<LooseRows> loose_;
};

}  // namespace maek::graph
