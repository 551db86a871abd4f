// Room: query, inner. Rows kept: what sorting, joining, aggregating and writing hold between
// reading their input and giving their output. Charged to the statement's memory.
// Tests: tests/query/exec/vector_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "query/eval/eval_context.h"
#include "query/exec/batch.h"

namespace maek::query {

class RowBuffer {
public:
    RowBuffer() = default;
    ~RowBuffer() { clear(); }
    RowBuffer(const RowBuffer&) = delete;
    RowBuffer& operator=(const RowBuffer&) = delete;

    // own_texts: text views are turned into Values (writing statements, see vector.h).
    void start(std::span<const Slot> slots, Guard* guard, bool own_texts);
    void append(const Batch& batch) { append(batch, 0, batch.rows); }
    void append(const Batch& batch, std::uint32_t begin, std::uint32_t count);

    std::uint32_t rows() const { return rows_; }
    std::span<const Slot> slots() const { return slots_; }
    // The column of a slot among slots().
    Vector& column(Slot slot);
    const Vector& column(Slot slot) const { return const_cast<RowBuffer*>(this)->column(slot); }
    bool has(Slot slot) const;
    Value value(Slot slot, std::uint32_t row) const { return column(slot).value(row); }
    // Turns the column generic when it is not, then sets one row.
    void set(Slot slot, std::uint32_t row, Value value);
    // A further column of nulls (generic), when there is none for the slot yet.
    void add_column(Slot slot);

    // Rows [begin, begin + count) into the batch's columns.
    void emit(Batch& batch, std::uint32_t begin, std::uint32_t count) const;
    void emit(Batch& batch, std::span<const std::uint32_t> rows) const;
    void clear();  // forgets the rows, releases the memory

private:
    std::vector<Slot> slots_;
    std::vector<Vector> columns_;  // of slots_
    std::uint32_t rows_ = 0;
    Guard* guard_ = nullptr;
    std::size_t charged_ = 0;
    bool own_texts_ = false;
};

}  // namespace maek::query
