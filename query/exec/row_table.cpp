#include "query/exec/row_table.h"

#include "query/eval/semantics.h"

namespace maek::query {

namespace {

std::uint64_t mix(std::uint64_t x) {
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93ULL;
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93ULL;
    return x ^ (x >> 32);
}

std::uint64_t hash_text(std::string_view text) {
    std::uint64_t hash = 0x9e3779b97f4a7c15ULL ^ text.size();
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + i, 8);
        hash = (hash ^ word) * 0xff51afd7ed558ccdULL;
        hash ^= hash >> 32;
    }
    std::uint64_t last = 0;
    std::memcpy(&last, text.data() + i, text.size() - i);
    return mix(hash ^ last);
}

// A whole number has one hash, as integer and as float.
std::uint64_t hash_integer(std::int64_t number) { return mix(static_cast<std::uint64_t>(number) ^ 0x3C6EF372FE94F82BULL); }
std::uint64_t hash_float(double number) {
    if (number >= -9.2e18 && number <= 9.2e18 && number == static_cast<double>(static_cast<std::int64_t>(number))) {
        return hash_integer(static_cast<std::int64_t>(number));
    }
    std::uint64_t bits;
    std::memcpy(&bits, &number, sizeof bits);
    return number != number ? 0x7ff8a5a5a5a5a5a5ULL : mix(bits);
}

constexpr std::uint64_t kNullHash = 0x51ed270b1f4a8b27ULL;

}  // namespace

std::uint64_t hash_element(const Vector& column, std::uint32_t row) {
    const std::uint32_t i = column.at(row);
    switch (column.kind()) {
        case VectorKind::kNode:
            return column.ids()[i] == NodeId::kNone ? kNullHash : mix(column.ids()[i] + 0x100000000ULL);
        case VectorKind::kRel:
            return column.ids()[i] == RelId::kNone ? kNullHash : mix(column.ids()[i] + 0x200000000ULL);
        case VectorKind::kInteger:
            if (column.nulls() != nullptr && column.nulls()[i] != 0) return kNullHash;
            return hash_integer(column.integers()[i]);
        case VectorKind::kFloat:
            if (column.nulls() != nullptr && column.nulls()[i] != 0) return kNullHash;
            return hash_float(column.floats()[i]);
        case VectorKind::kString:
            return column.texts()[i].data() == nullptr ? kNullHash : hash_text(column.texts()[i]);
        case VectorKind::kValue: {
            const Value& value = column.values()[i];
            switch (value.kind()) {
                case ValueKind::kNull: return kNullHash;
                case ValueKind::kNode: return mix(value.as_node().value + 0x100000000ULL);
                case ValueKind::kRelationship:
                    return mix(value.as_relationship().value + 0x200000000ULL);
                case ValueKind::kString: return hash_text(value.as_string());
                case ValueKind::kInteger: return hash_integer(value.as_integer());
                case ValueKind::kFloat: return hash_float(value.as_float());
                default: return hash_value(value);
            }
        }
        default: {
            const Value value = column.value(row);
            return value.is_null() ? kNullHash : hash_value(value);
        }
    }
}

bool same_element(const Vector& a, std::uint32_t i, const Vector& b, std::uint32_t j) {
    if (a.kind() == b.kind()) {
        const std::uint32_t x = a.at(i), y = b.at(j);
        switch (a.kind()) {
            case VectorKind::kNode:
            case VectorKind::kRel: return a.ids()[x] == b.ids()[y];
            case VectorKind::kBoolean: return a.truths()[x] == b.truths()[y];
            case VectorKind::kString:
                return (a.texts()[x].data() == nullptr) == (b.texts()[y].data() == nullptr) &&
                       a.texts()[x] == b.texts()[y];
            case VectorKind::kInteger: {
                const bool null_a = a.nulls() != nullptr && a.nulls()[x] != 0;
                const bool null_b = b.nulls() != nullptr && b.nulls()[y] != 0;
                return null_a || null_b ? null_a == null_b : a.integers()[x] == b.integers()[y];
            }
            default: break;
        }
    }
    return equivalent(a.value(i), b.value(j));
}

void RowTable::start(std::size_t columns, Guard* guard, bool own_texts) {
    clear();
    columns_.resize(columns);
    guard_ = guard;
    own_texts_ = own_texts;
    if (buckets_.empty()) buckets_.assign(64, kNone);
}

void RowTable::clear() {
    if (guard_ != nullptr && charged_ > 0) guard_->release(charged_);
    charged_ = 0;
    size_ = 0;
    row_hashes_.clear();
    if (buckets_.size() > 4096) buckets_ = {};
    buckets_.assign(buckets_.empty() ? 0 : buckets_.size(), kNone);
    for (Vector& column : columns_) column.clear();
}

void RowTable::hash_rows(std::span<const Vector* const> columns, std::uint32_t rows) {
    hashes_.assign(rows, 0x2545F4914F6CDD1DULL);
    for (const Vector* column : columns) {
        if (column->is_constant()) {
            const std::uint64_t hash = hash_element(*column, 0);
            for (std::uint32_t row = 0; row < rows; ++row) hashes_[row] = hashes_[row] * 31 + hash;
        } else {
            for (std::uint32_t row = 0; row < rows; ++row) {
                hashes_[row] = hashes_[row] * 31 + hash_element(*column, row);
            }
        }
    }
}

bool RowTable::same(std::span<const Vector* const> columns, std::uint32_t row,
                    std::uint32_t number) const {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!same_element(columns_[i], number, *columns[i], row)) return false;
    }
    return true;
}

void RowTable::grow() {
    std::vector<std::uint32_t> buckets(buckets_.size() * 4, kNone);
    const std::size_t mask = buckets.size() - 1;
    for (std::uint32_t number = 0; number < size_; ++number) {
        std::size_t at = mix(row_hashes_[number]) & mask;
        while (buckets[at] != kNone) at = (at + 1) & mask;
        buckets[at] = number;
    }
    if (guard_ != nullptr) {
        guard_->charge(buckets.size() * 4);
        charged_ += buckets.size() * 4;
    }
    buckets_ = std::move(buckets);
}

void RowTable::add(std::span<const Vector* const> columns, std::uint32_t rows,
                   std::vector<std::uint32_t>& numbers) {
    hash_rows(columns, rows);
    numbers.resize(rows);
    std::size_t bytes = 0;
    for (std::uint32_t row = 0; row < rows; ++row) {
        if ((size_ + 1) * 2 > buckets_.size()) grow();
        const std::size_t mask = buckets_.size() - 1;
        std::size_t at = mix(hashes_[row]) & mask;
        while (buckets_[at] != kNone && !(row_hashes_[buckets_[at]] == hashes_[row] &&
                                          same(columns, row, buckets_[at]))) {
            at = (at + 1) & mask;
        }
        if (buckets_[at] == kNone) {
            buckets_[at] = size_;
            row_hashes_.push_back(hashes_[row]);
            for (std::size_t i = 0; i < columns.size(); ++i) {
                const Vector& from = *columns[i];
                if (own_texts_ && from.kind() == VectorKind::kString) {
                    Vector owned;
                    owned.copy(from, from.at(row), 1);
                    owned.make_generic(1);
                    columns_[i].append(size_, owned, 0, 1);
                } else {
                    columns_[i].append(size_, from, row, 1);
                }
                if (columns_[i].kind() == VectorKind::kValue) {
                    bytes += columns_[i].values()[size_].heap_bytes();
                }
                bytes += 16;
            }
            ++size_;
        }
        numbers[row] = buckets_[at];
    }
    if (guard_ != nullptr && bytes > 0) {
        guard_->charge(bytes);
        charged_ += bytes;
    }
}

void RowTable::find(std::span<const Vector* const> columns, std::uint32_t rows,
                    std::vector<std::uint32_t>& numbers) {
    hash_rows(columns, rows);
    numbers.resize(rows);
    const std::size_t mask = buckets_.size() - 1;
    for (std::uint32_t row = 0; row < rows; ++row) {
        std::size_t at = mix(hashes_[row]) & mask;
        while (buckets_[at] != kNone && !(row_hashes_[buckets_[at]] == hashes_[row] &&
                                          same(columns, row, buckets_[at]))) {
            at = (at + 1) & mask;
        }
        numbers[row] = buckets_[at];
    }
}

}  // namespace maek::query
