#include "graph/index/column.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace maek::graph {

Value ColumnChunk::value(std::uint32_t i) const {
    if (!has(i)) return Value::null();
    switch (kind_) {
        case Kind::kBoolean: return Value::boolean(booleans()[i] != 0);
        case Kind::kInteger: return Value::integer(integers()[i]);
        case Kind::kFloat: return Value::floating(floats()[i]);
        case Kind::kString: return Value::string(string(i));
        case Kind::kMixed: return mixed(i);
    }
    return Value::null();
}

Column::Column(Kind kind) { become(kind); }

Column::Column(Kind kind, const std::uint64_t* presence, const void* data, const char* arena,
               std::shared_ptr<const void> holder)
    : holder_(std::move(holder)) {
    kind_ = kind;
    std::copy_n(presence, kChunkWords, presence_.begin());
    for (const std::uint64_t word : presence_) count_ += static_cast<std::uint32_t>(std::popcount(word));
    data_ = data;
    arena_ = arena;
}

ColumnChunk::Kind Column::kind_for(const Value& value) {
    switch (value.kind()) {
        case ValueKind::kBoolean: return Kind::kBoolean;
        case ValueKind::kInteger: return Kind::kInteger;
        case ValueKind::kFloat: return Kind::kFloat;
        case ValueKind::kString: return Kind::kString;
        default: return Kind::kMixed;
    }
}

// Requires: no slot has a value.
void Column::become(Kind kind) {
    booleans_ = {}, integers_ = {}, floats_ = {}, refs_ = {}, values_ = {};
    strings_.reset();
    end_ = 0;
    arena_ = nullptr;
    kind_ = kind;
    switch (kind) {
        case Kind::kBoolean: booleans_.resize(kChunkSize), data_ = booleans_.data(); break;
        case Kind::kInteger: integers_.resize(kChunkSize), data_ = integers_.data(); break;
        case Kind::kFloat: floats_.resize(kChunkSize), data_ = floats_.data(); break;
        case Kind::kString: refs_.resize(kChunkSize), data_ = refs_.data(); break;
        case Kind::kMixed: values_.resize(kChunkSize), data_ = values_.data(); break;
    }
}

void Column::become_mixed() {
    std::vector<Value> values(kChunkSize);
    for (std::uint32_t i = 0; i < kChunkSize; ++i) values[i] = value(i);
    become(Kind::kMixed);
    values_ = std::move(values);
    data_ = values_.data();
}

void Column::set(std::uint32_t i, const Value& value) {
    const Kind wanted = kind_for(value);
    if (wanted != kind_ && kind_ != Kind::kMixed) {
        if (count_ == 0 || (count_ == 1 && has(i))) {
            clear(i);
            become(wanted);
        } else {
            become_mixed();
        }
    }
    switch (kind_) {
        case Kind::kBoolean: booleans_[i] = value.as_boolean(); break;
        case Kind::kInteger: integers_[i] = value.as_integer(); break;
        case Kind::kFloat: floats_[i] = value.as_float(); break;
        case Kind::kString:
            if (!append(value.as_string(), refs_[i])) {
                become_mixed();
                values_[i] = value;
            }
            break;
        case Kind::kMixed: values_[i] = value; break;
    }
    mark(i);
}

void Column::clear(std::uint32_t i) {
    if (!has(i)) return;
    presence_[i >> 6] &= ~(std::uint64_t{1} << (i & 63));
    --count_;
    if (kind_ == Kind::kMixed) values_[i] = Value::null();
}

bool Column::put_string(std::uint32_t i, std::string_view v) {
    if (!append(v, refs_[i])) return false;
    mark(i);
    return true;
}

// False when the chunk's text would not fit 32-bit offsets.
bool Column::append(std::string_view text, StringRef& ref) {
    // Compared without overflow: both sides stay below 2^33.
    const auto fits = [&] {
        return strings_ && std::uint64_t{end_} + text.size() <= strings_->capacity;
    };
    std::uint32_t expected = end_;
    if (!fits() || !strings_->used.compare_exchange_strong(
                       expected, end_ + static_cast<std::uint32_t>(text.size()))) {
        if (!move_to_new_arena(text.size())) return false;
        strings_->used.store(end_ + static_cast<std::uint32_t>(text.size()));
    }
    if (!text.empty()) std::memcpy(strings_->bytes.get() + end_, text.data(), text.size());
    ref = {end_, static_cast<std::uint32_t>(text.size())};
    end_ += static_cast<std::uint32_t>(text.size());
    return true;
}

// Copies the live strings to an arena with room for `extra` more bytes and as much again.
bool Column::move_to_new_arena(std::size_t extra) {
    std::uint64_t live = 0;
    for (std::uint32_t i = 0; i < kChunkSize; ++i) live += has(i) ? refs_[i].length : 0;
    const std::uint64_t needed = live + extra;
    if (needed > 0xFFFFFFFFu) return false;
    const std::uint64_t wanted = std::clamp<std::uint64_t>(2 * needed, 512, 0xFFFFFFFFu);
    auto fresh = std::make_shared<StringArena>(static_cast<std::uint32_t>(wanted));
    std::uint32_t end = 0;
    for (std::uint32_t i = 0; i < kChunkSize; ++i) {
        if (!has(i)) continue;
        std::memcpy(fresh->bytes.get() + end, arena_ + refs_[i].offset, refs_[i].length);
        refs_[i].offset = end;
        end += refs_[i].length;
    }
    strings_ = std::move(fresh);
    arena_ = strings_->bytes.get();
    end_ = end;
    return true;
}

std::shared_ptr<Column> Column::clone() const {
    auto copy = std::make_shared<Column>(kind_);
    copy->presence_ = presence_;
    copy->count_ = count_;
    switch (kind_) {
        case Kind::kBoolean: std::copy_n(booleans(), kChunkSize, copy->booleans_.begin()); break;
        case Kind::kInteger: std::copy_n(integers(), kChunkSize, copy->integers_.begin()); break;
        case Kind::kFloat: std::copy_n(floats(), kChunkSize, copy->floats_.begin()); break;
        case Kind::kString:
            std::copy_n(refs(), kChunkSize, copy->refs_.begin());
            copy->strings_ = strings_;
            copy->end_ = end_;
            copy->arena_ = arena_;
            // Text of an image cannot be appended to: copied, so that the image may go.
            if (!writable()) copy->move_to_new_arena(0);
            break;
        case Kind::kMixed: copy->values_ = values_; break;
    }
    return copy;
}

std::size_t Column::bytes() const {
    std::size_t total = sizeof(*this) + booleans_.capacity() + integers_.capacity() * 8 +
                        floats_.capacity() * 8 + refs_.capacity() * sizeof(StringRef) +
                        values_.capacity() * sizeof(Value);
    if (strings_) total += strings_->capacity;
    for (const Value& value : values_) total += value.heap_bytes();
    return total;
}

}  // namespace maek::graph
