// Room: query, inner. Rows on their way: one column per slot of the statement, of which only the
// live ones are filled. Tests: tests/query/exec/vector_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "query/bind/bound.h"
#include "query/exec/vector.h"

namespace maek::query {

// What an operator aims at; batches may be somewhat larger.
inline constexpr std::uint32_t kBatchRows = 2048;

struct Batch {
    std::uint32_t rows = 0;
    std::vector<Vector> columns;  // by slot

    void prepare(std::size_t slots) {
        rows = 0;
        if (columns.size() < slots) columns.resize(slots);
    }
    Vector& operator[](Slot slot) { return columns[slot]; }
    const Vector& operator[](Slot slot) const { return columns[slot]; }
    Value value(Slot slot, std::uint32_t row) const { return columns[slot].value(row); }

    // Leaves only the rows named (ascending) in the columns named.
    void keep(std::span<const std::uint32_t> kept, std::span<const Slot> live) {
        for (const Slot slot : live) columns[slot].gather(columns[slot], kept);
        rows = static_cast<std::uint32_t>(kept.size());
    }
    // The rows named of another batch, in the columns named.
    void gather(const Batch& from, std::span<const std::uint32_t> picked, std::span<const Slot> live) {
        for (const Slot slot : live) columns[slot].gather(from.columns[slot], picked);
        rows = static_cast<std::uint32_t>(picked.size());
    }
    void clear() {
        for (Vector& column : columns) column.clear();
        rows = 0;
    }
};

}  // namespace maek::query
