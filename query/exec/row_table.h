// Room: query, inner. A hash table of distinct rows of some columns: what grouping, DISTINCT and
// hash joins look rows up in. Rows are the same when equivalent (null is null, 1 is 1.0), and are
// numbered in the order of their first coming. Tests: tests/query/exec/vector_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "query/eval/eval_context.h"
#include "query/exec/vector.h"

namespace maek::query {

class RowTable {
public:
    ~RowTable() { clear(); }
    // own_texts: see RowBuffer.
    void start(std::size_t columns, Guard* guard, bool own_texts);

    static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
    // For each of `rows` rows of the columns, the number of its distinct row, new ones added.
    void add(std::span<const Vector* const> columns, std::uint32_t rows, std::vector<std::uint32_t>& numbers);
    // The same without adding; kNone where there is none.
    void find(std::span<const Vector* const> columns, std::uint32_t rows,
              std::vector<std::uint32_t>& numbers);

    std::uint32_t size() const { return size_; }
    const Vector& column(std::size_t i) const { return columns_[i]; }
    void clear();

private:
    void hash_rows(std::span<const Vector* const> columns, std::uint32_t rows);
    bool same(std::span<const Vector* const> columns, std::uint32_t row, std::uint32_t number) const;
    void grow();

    std::vector<Vector> columns_;
    std::vector<std::uint64_t> row_hashes_;  // of the distinct rows
    std::vector<std::uint32_t> buckets_;     // number or kNone; a power of two
    std::vector<std::uint64_t> hashes_;      // of the batch at hand
    std::uint32_t size_ = 0;
    Guard* guard_ = nullptr;
    std::size_t charged_ = 0;
    bool own_texts_ = false;
};

// Hash and sameness of single elements, alike over typed and generic columns.
std::uint64_t hash_element(const Vector& column, std::uint32_t row);
bool same_element(const Vector& a, std::uint32_t i, const Vector& b, std::uint32_t j);

}  // namespace maek::query
