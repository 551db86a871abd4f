// Room: query, inner. A column of a batch: up to a few thousand values of one kind, typed where the
// kind is known (node ids, integers, ...), else generic Values. What flows between operators.
//
// Nulls: ids are NodeId::kNone, truths are Truth::kNull, texts have data() == nullptr, Values are
// null; integers and floats have a byte mask beside them.
// Texts are views: into a snapshot's column or into a constant of the plan, never into a Value of
// the batch. In a writing statement no text column outlives the operator that made it.
// Tests: tests/query/exec/vector_test.cpp.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "query/eval/semantics.h"
#include "schema/value.h"

namespace maek::query {

enum class VectorKind : std::uint8_t { kNode, kRel, kInteger, kFloat, kBoolean, kString, kValue };

class Vector {
public:
    VectorKind kind() const { return kind_; }
    // One element stands for every row.
    bool is_constant() const { return constant_; }
    std::uint32_t at(std::uint32_t row) const { return constant_ ? 0 : row; }

    // Room for so many rows, contents not set (Values keep old contents), no nulls.
    void start(VectorKind kind, std::uint32_t rows);
    void start_constant(VectorKind kind) {
        start(kind, 1);
        constant_ = true;
    }
    // The value for every row, in the typed form that fits.
    void set_constant(const Value& value);
    // A constant text view; the text must outlive the vector's contents.
    void set_constant_text(std::string_view text);

    // Each requires the matching kind.
    std::uint32_t* ids() { return reinterpret_cast<std::uint32_t*>(data_.get()); }
    const std::uint32_t* ids() const { return reinterpret_cast<const std::uint32_t*>(data_.get()); }
    std::int64_t* integers() { return reinterpret_cast<std::int64_t*>(data_.get()); }
    const std::int64_t* integers() const { return reinterpret_cast<const std::int64_t*>(data_.get()); }
    double* floats() { return reinterpret_cast<double*>(data_.get()); }
    const double* floats() const { return reinterpret_cast<const double*>(data_.get()); }
    Truth* truths() { return reinterpret_cast<Truth*>(data_.get()); }
    const Truth* truths() const { return reinterpret_cast<const Truth*>(data_.get()); }
    std::string_view* texts() { return reinterpret_cast<std::string_view*>(data_.get()); }
    const std::string_view* texts() const {
        return reinterpret_cast<const std::string_view*>(data_.get());
    }
    Value* values() { return values_.data(); }
    const Value* values() const { return values_.data(); }

    // kInteger and kFloat: 1 where null; nullptr when there are none.
    const std::uint8_t* nulls() const { return has_nulls_ ? nulls_.data() : nullptr; }
    // The mask for writing, made of zeros at the first call after start().
    std::uint8_t* make_nulls();

    bool is_null(std::uint32_t row) const;
    Value value(std::uint32_t row) const;
    // Requires: kValue, not constant.
    void set(std::uint32_t row, Value value) { values_[row] = std::move(value); }

    // The rows named, in that order. `from` may be *this when the rows ascend.
    void gather(const Vector& from, std::span<const std::uint32_t> rows);
    // A copy of rows [begin, begin + count).
    void copy(const Vector& from, std::uint32_t begin, std::uint32_t count);
    // One row of the other, standing for every row.
    void repeat(const Vector& from, std::uint32_t row) {
        copy(from, row, 1);
        constant_ = true;
    }
    // Behind `have` rows of this one, `count` rows of the other from `begin` on; turns to kValue
    // when the kinds differ. Never leaves a constant.
    void append(std::uint32_t have, const Vector& from, std::uint32_t begin, std::uint32_t count);
    // Every row as a Value: text views become owned.
    void make_generic(std::uint32_t rows);
    // A constant becomes `rows` equal elements.
    void flatten(std::uint32_t rows);

    void clear();  // frees everything
    // Bytes of `rows` rows, contents of Values included.
    std::size_t bytes(std::uint32_t rows) const;

private:
    static std::size_t width(VectorKind kind);
    void reserve(std::size_t bytes, std::size_t keep);

    VectorKind kind_ = VectorKind::kValue;
    bool constant_ = false;
    bool has_nulls_ = false;
    std::unique_ptr<std::byte[]> data_;
    std::size_t capacity_ = 0;
    std::vector<std::uint8_t> nulls_;
    std::vector<Value> values_;
};

}  // namespace maek::query
