#include "query/exec/vector.h"

#include <algorithm>

namespace maek::query {

std::size_t Vector::width(VectorKind kind) {
    switch (kind) {
        case VectorKind::kNode:
        case VectorKind::kRel: return sizeof(std::uint32_t);
        case VectorKind::kInteger: return sizeof(std::int64_t);
        case VectorKind::kFloat: return sizeof(double);
        case VectorKind::kBoolean: return sizeof(Truth);
        case VectorKind::kString: return sizeof(std::string_view);
        case VectorKind::kValue: return 0;
    }
    return 0;
}

void Vector::reserve(std::size_t bytes, std::size_t keep) {
    if (bytes <= capacity_) return;
    const std::size_t grown = std::max(bytes, keep == 0 ? bytes : capacity_ * 2);
    std::unique_ptr<std::byte[]> data(new std::byte[grown]);
    if (keep > 0) std::memcpy(data.get(), data_.get(), keep);
    data_ = std::move(data);
    capacity_ = grown;
}

void Vector::start(VectorKind kind, std::uint32_t rows) {
    kind_ = kind;
    constant_ = false;
    has_nulls_ = false;
    if (kind == VectorKind::kValue) {
        if (values_.size() < rows) values_.resize(rows);
    } else {
        reserve(rows * width(kind), 0);
    }
}

std::uint8_t* Vector::make_nulls() {
    if (!has_nulls_) {
        const std::size_t rows = capacity_ / width(kind_);
        nulls_.assign(rows, 0);
        has_nulls_ = true;
    }
    return nulls_.data();
}

void Vector::set_constant(const Value& value) {
    switch (value.kind()) {
        case ValueKind::kInteger:
            start_constant(VectorKind::kInteger);
            integers()[0] = value.as_integer();
            return;
        case ValueKind::kFloat:
            start_constant(VectorKind::kFloat);
            floats()[0] = value.as_float();
            return;
        case ValueKind::kBoolean:
            start_constant(VectorKind::kBoolean);
            truths()[0] = truth(value.as_boolean());
            return;
        case ValueKind::kNode:
            start_constant(VectorKind::kNode);
            ids()[0] = value.as_node().value;
            return;
        case ValueKind::kRelationship:
            start_constant(VectorKind::kRel);
            ids()[0] = value.as_relationship().value;
            return;
        default:
            start_constant(VectorKind::kValue);
            values_[0] = value;
    }
}

void Vector::set_constant_text(std::string_view text) {
    start_constant(VectorKind::kString);
    texts()[0] = text.data() == nullptr ? std::string_view("") : text;
}

bool Vector::is_null(std::uint32_t row) const {
    const std::uint32_t i = at(row);
    switch (kind_) {
        case VectorKind::kNode:
        case VectorKind::kRel: return ids()[i] == NodeId::kNone;
        case VectorKind::kInteger:
        case VectorKind::kFloat: return has_nulls_ && nulls_[i] != 0;
        case VectorKind::kBoolean: return truths()[i] == Truth::kNull;
        case VectorKind::kString: return texts()[i].data() == nullptr;
        case VectorKind::kValue: return values_[i].is_null();
    }
    return true;
}

Value Vector::value(std::uint32_t row) const {
    const std::uint32_t i = at(row);
    switch (kind_) {
        case VectorKind::kNode:
            return ids()[i] == NodeId::kNone ? Value() : Value::node(NodeId{ids()[i]});
        case VectorKind::kRel:
            return ids()[i] == RelId::kNone ? Value() : Value::relationship(RelId{ids()[i]});
        case VectorKind::kInteger:
            return has_nulls_ && nulls_[i] != 0 ? Value() : Value::integer(integers()[i]);
        case VectorKind::kFloat:
            return has_nulls_ && nulls_[i] != 0 ? Value() : Value::floating(floats()[i]);
        case VectorKind::kBoolean: return to_value(truths()[i]);
        case VectorKind::kString:
            return texts()[i].data() == nullptr ? Value() : Value::string(texts()[i]);
        case VectorKind::kValue: return values_[i];
    }
    return {};
}

namespace {

template <class T>
void gather_items(T* to, const T* from, std::span<const std::uint32_t> rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) to[i] = from[rows[i]];
}

}  // namespace

void Vector::gather(const Vector& from, std::span<const std::uint32_t> rows) {
    if (from.constant_) {
        if (&from != this) copy(from, 0, 1);
        return;
    }
    const auto count = static_cast<std::uint32_t>(rows.size());
    if (&from != this) start(from.kind_, count);
    switch (kind_) {
        case VectorKind::kNode:
        case VectorKind::kRel: gather_items(ids(), from.ids(), rows); break;
        case VectorKind::kInteger: gather_items(integers(), from.integers(), rows); break;
        case VectorKind::kFloat: gather_items(floats(), from.floats(), rows); break;
        case VectorKind::kBoolean: gather_items(truths(), from.truths(), rows); break;
        case VectorKind::kString: gather_items(texts(), from.texts(), rows); break;
        case VectorKind::kValue:
            if (&from == this) {
                for (std::size_t i = 0; i < count; ++i) {
                    if (rows[i] != i) values_[i] = std::move(values_[rows[i]]);
                }
            } else {
                gather_items(values_.data(), from.values_.data(), rows);
            }
            break;
    }
    if (from.has_nulls_) {
        if (&from != this) make_nulls();
        gather_items(nulls_.data(), from.nulls_.data(), rows);
    }
}

void Vector::copy(const Vector& from, std::uint32_t begin, std::uint32_t count) {
    if (from.constant_) {
        begin = 0;
        count = 1;
    }
    start(from.kind_, count);
    constant_ = from.constant_;
    if (kind_ == VectorKind::kValue) {
        std::copy_n(from.values_.begin() + begin, count, values_.begin());
    } else if (count > 0) {
        const std::size_t w = width(kind_);
        std::memcpy(data_.get(), from.data_.get() + begin * w, count * w);
    }
    if (from.has_nulls_ && count > 0) {
        std::copy_n(from.nulls_.begin() + begin, count, make_nulls());
    }
}

void Vector::flatten(std::uint32_t rows) {
    if (!constant_) return;
    constant_ = false;
    if (kind_ == VectorKind::kValue) {
        const Value first = values_.at(0);
        values_.assign(std::max<std::size_t>(rows, 1), first);
        return;
    }
    const std::size_t w = width(kind_);
    reserve(rows * w, w);
    for (std::uint32_t i = 1; i < rows; ++i) std::memcpy(data_.get() + i * w, data_.get(), w);
    if (has_nulls_) nulls_.assign(std::max<std::size_t>(capacity_ / w, 1), nulls_[0]);
}

void Vector::make_generic(std::uint32_t rows) {
    if (kind_ == VectorKind::kValue) return;
    const std::uint32_t count = constant_ ? 1 : rows;
    std::vector<Value> values(count);
    for (std::uint32_t i = 0; i < count; ++i) values[i] = value(i);
    values_ = std::move(values);
    kind_ = VectorKind::kValue;
    has_nulls_ = false;
}

void Vector::append(std::uint32_t have, const Vector& from, std::uint32_t begin,
                    std::uint32_t count) {
    if (have == 0) {
        copy(from, begin, count);
        flatten(count);
        return;
    }
    if (kind_ != from.kind_) make_generic(have);
    const std::uint32_t total = have + count;
    if (kind_ == VectorKind::kValue) {
        if (values_.size() < total) {
            if (values_.capacity() < total) values_.reserve(std::max<std::size_t>(total, values_.capacity() * 2));
            values_.resize(total);
        }
        for (std::uint32_t i = 0; i < count; ++i) values_[have + i] = from.value(begin + i);
        return;
    }
    const std::size_t w = width(kind_);
    reserve(total * w, have * w);
    if (from.constant_) {
        for (std::uint32_t i = 0; i < count; ++i) {
            std::memcpy(data_.get() + (have + i) * w, from.data_.get(), w);
        }
    } else {
        std::memcpy(data_.get() + have * w, from.data_.get() + begin * w, count * w);
    }
    if (has_nulls_ || from.has_nulls_) {
        make_nulls();
        if (nulls_.size() < total) nulls_.resize(capacity_ / w, 0);
        for (std::uint32_t i = 0; i < count; ++i) {
            nulls_[have + i] = from.has_nulls_ ? from.nulls_[from.at(begin + i)] : std::uint8_t{0};
        }
    }
}

void Vector::clear() {
    data_.reset();
    capacity_ = 0;
    nulls_ = {};
    values_ = {};
    has_nulls_ = false;
    constant_ = false;
    kind_ = VectorKind::kValue;
}

std::size_t Vector::bytes(std::uint32_t rows) const {
    const std::uint32_t count = constant_ ? 1 : rows;
    if (kind_ != VectorKind::kValue) return count * (width(kind_) + (has_nulls_ ? 1 : 0));
    std::size_t sum = count * sizeof(Value);
    for (std::uint32_t i = 0; i < count; ++i) sum += values_[i].heap_bytes();
    return sum;
}

}  // namespace maek::query
