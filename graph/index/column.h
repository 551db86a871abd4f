// Room: graph, inner. One chunk of one property: how a ColumnChunk is stored and changed.
//
// The first value decides the kind; a value of another kind makes the chunk kMixed. Strings lie in
// an arena that only grows: a copy of the chunk shares the arena and appends behind what everybody
// else sees, so copying a chunk never copies text. When the arena is full, or another copy appended
// first, the live strings move to a new one. Tests: tests/graph/column_test.cpp.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "graph/graph.h"

namespace maek::graph {

struct StringArena {
    explicit StringArena(std::uint32_t size) : bytes(new char[size]), capacity(size) {}
    std::unique_ptr<char[]> bytes;
    std::uint32_t capacity;
    std::atomic<std::uint32_t> used{0};
};

class Column final : public ColumnChunk {
public:
    using StringRef = ColumnChunk::StringRef;

    explicit Column(Kind kind);
    // Over memory of an image: kChunkSize elements (StringRefs into the arena for kString; not
    // kMixed) that live as long as the holder.
    Column(Kind kind, const std::uint64_t* presence, const void* data, const char* arena,
           std::shared_ptr<const void> holder);
    Column(const Column&) = delete;
    Column& operator=(const Column&) = delete;

    static Kind kind_for(const Value& value);

    // Both require: writable() and nobody else holds the chunk.
    void set(std::uint32_t i, const Value& value);  // not null
    void clear(std::uint32_t i);

    std::uint32_t count() const { return count_; }  // slots with a value
    const void* data() const { return data_; }
    const char* arena() const { return arena_; }
    const StringRef* refs() const { return static_cast<const StringRef*>(data_); }

    bool writable() const { return holder_ == nullptr; }
    std::shared_ptr<Column> clone() const;
    std::size_t bytes() const;

    // For bulk building: typed access without Value. Require: that kind, writable(), i absent.
    void put_boolean(std::uint32_t i, bool v) { booleans_[i] = v, mark(i); }
    void put_integer(std::uint32_t i, std::int64_t v) { integers_[i] = v, mark(i); }
    void put_float(std::uint32_t i, double v) { floats_[i] = v, mark(i); }
    bool put_string(std::uint32_t i, std::string_view v);  // false: arena full, use set()

private:
    void mark(std::uint32_t i) {
        count_ += !has(i);
        presence_[i >> 6] |= std::uint64_t{1} << (i & 63);
    }
    void become(Kind kind);
    void become_mixed();
    bool append(std::string_view text, StringRef& ref);
    bool move_to_new_arena(std::size_t extra);

    std::uint32_t count_ = 0;
    // One of these is in use, by kind.
    std::vector<std::uint8_t> booleans_;
    std::vector<std::int64_t> integers_;
    std::vector<double> floats_;
    std::vector<StringRef> refs_;
    std::vector<Value> values_;
    std::shared_ptr<StringArena> strings_;
    std::uint32_t end_ = 0;  // of what this copy sees of strings_
    std::shared_ptr<const void> holder_;
};

}  // namespace maek::graph
