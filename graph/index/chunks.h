// Room: graph, inner. The two plain chunk kinds: a bitmap of nodes, and relationship records.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "graph/graph.h"

namespace maek::graph {

// Which of kChunkSize nodes: alive, or with a label.
struct BitChunk {
    std::array<std::uint64_t, kChunkWords> words{};
    std::uint32_t count = 0;  // bits set

    bool test(std::uint32_t i) const { return (words[i >> 6] >> (i & 63)) & 1; }
    void set(std::uint32_t i) {
        count += !test(i);
        words[i >> 6] |= std::uint64_t{1} << (i & 63);
    }
    void clear(std::uint32_t i) {
        count -= test(i);
        words[i >> 6] &= ~(std::uint64_t{1} << (i & 63));
    }

    bool writable() const { return true; }
    std::shared_ptr<BitChunk> clone() const { return std::make_shared<BitChunk>(*this); }
    std::size_t bytes() const { return sizeof(*this); }
};

// kChunkSize records, in memory of its own or in a mapped image.
class RelChunk {
public:
    RelChunk() : own_(kChunkSize), records_(own_.data()) {}
    // Requires: kChunkSize records that live as long as the holder.
    RelChunk(const RelRecord* records, std::shared_ptr<const void> holder)
        : holder_(std::move(holder)), records_(records) {}
    RelChunk(const RelChunk&) = delete;
    RelChunk& operator=(const RelChunk&) = delete;

    const RelRecord* records() const { return records_; }
    RelRecord& at(std::uint32_t i) { return own_[i]; }  // requires: writable()

    bool writable() const { return !own_.empty(); }
    std::shared_ptr<RelChunk> clone() const {
        auto copy = std::make_shared<RelChunk>();
        copy->own_.assign(records_, records_ + kChunkSize);
        copy->records_ = copy->own_.data();
        return copy;
    }
    std::size_t bytes() const { return sizeof(*this) + kChunkSize * sizeof(RelRecord); }

private:
    std::vector<RelRecord> own_;
    std::shared_ptr<const void> holder_;
    const RelRecord* records_;
};

}  // namespace maek::graph
