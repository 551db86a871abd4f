#include "query/exec/sort_op.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "query/eval/semantics.h"
#include "query/exec/row_ops.h"

namespace maek::query {

namespace {

template <class T>
int three_way(const T& a, const T& b) {
    return a < b ? -1 : b < a ? 1 : 0;
}

int compare_elements(const Vector& column, std::uint32_t a, std::uint32_t b) {
    switch (column.kind()) {
        case VectorKind::kInteger:
            if (column.nulls() == nullptr) return three_way(column.integers()[a], column.integers()[b]);
            break;
        case VectorKind::kString:
            if (column.texts()[a].data() != nullptr && column.texts()[b].data() != nullptr) {
                return three_way(column.texts()[a].compare(column.texts()[b]), 0);
            }
            break;
        default: break;
    }
    const auto result = order(column.value(a), column.value(b));
    return result < 0 ? -1 : result > 0 ? 1 : 0;
}

}  // namespace

SortOp::SortOp(OperatorPtr input, std::vector<Key> keys, RowCount skip, RowCount limit,
               bool top, SlotList carried, std::size_t slots)
    : keys_(std::move(keys)), skip_(std::move(skip)), limit_(std::move(limit)), top_(top),
      carried_(std::move(carried)), slots_(slots) {
    add_child(std::move(input));
    input_.prepare(slots);
    key_columns_.resize(keys_.size());
}

void SortOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    context_ = &context;
    rows_.clear();
    given_ = 0;
    read_ = false;
    wanted_ = std::numeric_limits<std::uint64_t>::max();
    if (!context.writing()) count(context);
}

// How many rows are wanted.
void SortOp::count(ExecContext& context) {
    if (!top_) return;
    wanted_ = limit_.get(context, wanted_);
    const std::uint64_t skip = skip_.get(context, 0);
    wanted_ = skip > std::numeric_limits<std::uint64_t>::max() - wanted_ ? skip : wanted_ + skip;
}

void SortOp::close() {
    rows_.clear();
    input_.clear();
    order_ = {};
    for (Vector& column : key_columns_) column.clear();
    if (context_ != nullptr) context_->guard.release(key_bytes_);
    key_bytes_ = 0;
    context_ = nullptr;
    Operator::close();
}

int SortOp::compare(std::uint32_t a, std::uint32_t b) const {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        const Vector& column = key_columns_[i];
        if (keys_[i].nulls_first.has_value()) {
            const bool null_a = column.is_null(a), null_b = column.is_null(b);
            if (null_a != null_b) return null_a == *keys_[i].nulls_first ? -1 : 1;
        }
        const int result = compare_elements(column, a, b);
        if (result != 0) return keys_[i].descending ? -result : result;
    }
    return 0;
}

void SortOp::sort(std::uint32_t wanted) {
    std::uint32_t ticks = 0;
    const auto before = [this, &ticks](std::uint32_t a, std::uint32_t b) {
        if ((++ticks & 8191) == 0 && context_ != nullptr) context_->guard.check();
        const int result = compare(a, b);
        return result != 0 ? result < 0 : a < b;
    };
    order_.resize(rows_.rows());
    std::iota(order_.begin(), order_.end(), 0u);
    if (wanted < order_.size()) {
        std::partial_sort(order_.begin(), order_.begin() + wanted, order_.end(), before);
        order_.resize(wanted);
    } else {
        std::sort(order_.begin(), order_.end(), before);
    }
}

// Top-k: forgets the rows that cannot be among the first any more.
void SortOp::shrink(ExecContext& context) {
    sort(static_cast<std::uint32_t>(wanted_));
    std::sort(order_.begin(), order_.end());  // keep the order of arrival, for stability
    Batch kept;
    kept.prepare(slots_);
    rows_.emit(kept, order_);
    rows_.start(carried_, &context.guard, context.writing());
    rows_.append(kept);
    for (Vector& column : key_columns_) {
        Vector picked;
        picked.gather(column, order_);
        column = std::move(picked);
    }
}

void SortOp::read(ExecContext& context) {
    rows_.start(carried_, &context.guard, context.writing());
    for (Vector& column : key_columns_) column.clear();
    bool more = child().next(context, input_);
    if (context.writing()) count(context);  // LIMIT may read what the steps below have written
    const std::uint64_t bound = wanted_ < (1u << 20) ? std::max<std::uint64_t>(4 * wanted_, 8192) : 0;
    for (; more; more = child().next(context, input_)) {
        for (std::size_t i = 0; i < keys_.size(); ++i) {
            const Vector& values = keys_[i].expr->eval(context, input_);
            const std::size_t bytes = values.bytes(input_.rows);
            context.guard.charge(bytes);
            key_bytes_ += bytes;
            key_columns_[i].append(rows_.rows(), values, 0, input_.rows);
            if (context.writing()) key_columns_[i].make_generic(rows_.rows() + input_.rows);
        }
        rows_.append(input_);
        if (bound != 0 && rows_.rows() > bound) {
            shrink(context);
            context.guard.release(key_bytes_);
            key_bytes_ = 0;
        }
    }
}

bool SortOp::do_next(ExecContext& context, Batch& out) {
    if (!read_) {
        if (wanted_ == 0 && !context.writing()) return false;
        read(context);
        sort(static_cast<std::uint32_t>(std::min<std::uint64_t>(wanted_, rows_.rows())));
        read_ = true;
    }
    if (given_ >= order_.size()) return false;
    const auto count = std::min<std::uint32_t>(kBatchRows, static_cast<std::uint32_t>(order_.size()) - given_);
    rows_.emit(out, std::span(order_).subspan(given_, count));
    given_ += count;
    return true;
}

}  // namespace maek::query
