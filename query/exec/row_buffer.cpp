#include "query/exec/row_buffer.h"

#include <algorithm>

#include "query/eval/failures.h"
#include "schema/result.h"

namespace maek::query {

void RowBuffer::start(std::span<const Slot> slots, Guard* guard, bool own_texts) {
    clear();
    slots_.assign(slots.begin(), slots.end());
    columns_.resize(slots_.size());
    guard_ = guard;
    own_texts_ = own_texts;
}

void RowBuffer::append(const Batch& batch, std::uint32_t begin, std::uint32_t count) {
    if (count == 0) return;
    if (rows_ > 0xFFFFFFF0u - count) fail_limit("more than 4,294,967,280 rows between two steps");
    std::size_t bytes = std::size_t{8} * count;  // even rows without columns are not for nothing
    for (const Slot slot : slots_) {
        const Vector& column = batch[slot];
        bytes += column.kind() == VectorKind::kValue ? column.bytes(batch.rows) : std::size_t{16} * count;
    }
    if (guard_ != nullptr) {
        guard_->charge(bytes);
        charged_ += bytes;
    }
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        const Vector& from = batch[slots_[i]];
        if (own_texts_ && from.kind() == VectorKind::kString) {
            Vector owned;
            owned.copy(from, begin, count);
            owned.make_generic(count);
            columns_[i].append(rows_, owned, 0, count);
        } else {
            columns_[i].append(rows_, from, begin, count);
        }
    }
    rows_ += count;
}

Vector& RowBuffer::column(Slot slot) {
    const auto found = std::find(slots_.begin(), slots_.end(), slot);
    MAEK_CHECK(found != slots_.end(), "a row buffer without the slot asked for");
    return columns_[static_cast<std::size_t>(found - slots_.begin())];
}

bool RowBuffer::has(Slot slot) const {
    return std::find(slots_.begin(), slots_.end(), slot) != slots_.end();
}

void RowBuffer::set(Slot slot, std::uint32_t row, Value value) {
    Vector& to = column(slot);
    to.make_generic(rows_);
    if (guard_ != nullptr) {
        const std::size_t bytes = value.heap_bytes();
        guard_->charge(bytes);
        charged_ += bytes;
    }
    to.set(row, std::move(value));
}

void RowBuffer::add_column(Slot slot) {
    if (has(slot)) return;
    if (guard_ != nullptr) {
        guard_->charge(rows_ * sizeof(Value));
        charged_ += rows_ * sizeof(Value);
    }
    slots_.push_back(slot);
    columns_.emplace_back();
    columns_.back().start_constant(VectorKind::kValue);
    columns_.back().set(0, Value());
    columns_.back().flatten(rows_);
}

void RowBuffer::emit(Batch& batch, std::uint32_t begin, std::uint32_t count) const {
    for (std::size_t i = 0; i < slots_.size(); ++i) batch[slots_[i]].copy(columns_[i], begin, count);
    batch.rows = count;
}

void RowBuffer::emit(Batch& batch, std::span<const std::uint32_t> rows) const {
    for (std::size_t i = 0; i < slots_.size(); ++i) batch[slots_[i]].gather(columns_[i], rows);
    batch.rows = static_cast<std::uint32_t>(rows.size());
}

void RowBuffer::clear() {
    if (guard_ != nullptr && charged_ > 0) guard_->release(charged_);
    charged_ = 0;
    rows_ = 0;
    for (Vector& column : columns_) column.clear();
}

}  // namespace maek::query
