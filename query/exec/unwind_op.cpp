#include "query/exec/unwind_op.h"

#include <algorithm>

#include "query/parse/query_error.h"

namespace maek::query {

// ---------------------------------------------------------------- UnwindOp

UnwindOp::UnwindOp(OperatorPtr input, const LogicalUnwind& step, VectorExprPtr list, SlotList carried,
                   std::size_t slots)
    : plan_(step), list_(std::move(list)), carried_(std::move(carried)) {
    add_child(std::move(input));
    input_.prepare(slots);
}

void UnwindOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    input_.rows = 0;
    row_ = 0;
    element_ = 0;
}

bool UnwindOp::do_next(ExecContext& context, Batch& out) {
    picked_.clear();
    Vector& to = out[plan_.slot];
    std::vector<Value> items;
    std::vector<std::int64_t> ordinals;
    while (true) {
        if (row_ >= input_.rows) {
            if (!picked_.empty()) break;  // the input's columns are still those of picked_
            if (!child().next(context, input_)) return false;
            row_ = 0;
            element_ = 0;
            lists_ = &list_->eval(context, input_);
        }
        const Value list = lists_->value(row_);
        const bool single = !list.is_null() && !list.is(ValueKind::kList);
        const std::size_t size = list.is_null() ? 0 : single ? 1 : list.as_list().size();
        while (element_ < size && items.size() < kBatchRows) {
            picked_.push_back(row_);
            items.push_back(single ? list : list.as_list()[element_]);
            ordinals.push_back(static_cast<std::int64_t>(element_) + (plan_.ordinal_from_zero ? 0 : 1));
            ++element_;
        }
        if (element_ >= size) {
            ++row_;
            element_ = 0;
        }
        if (items.size() >= kBatchRows) break;
    }
    const auto rows = static_cast<std::uint32_t>(items.size());
    out.gather(input_, picked_, carried_);
    const bool integers = std::all_of(items.begin(), items.end(), [](const Value& value) {
        return value.is(ValueKind::kInteger);
    });
    if (integers) {
        to.start(VectorKind::kInteger, rows);
        for (std::uint32_t i = 0; i < rows; ++i) to.integers()[i] = items[i].as_integer();
    } else {
        to.start(VectorKind::kValue, rows);
        for (std::uint32_t i = 0; i < rows; ++i) to.set(i, std::move(items[i]));
    }
    if (plan_.ordinal != kNoSlot) {
        out[plan_.ordinal].start(VectorKind::kInteger, rows);
        std::copy(ordinals.begin(), ordinals.end(), out[plan_.ordinal].integers());
    }
    return true;
}

// ---------------------------------------------------------------- UnwindRangeOp

UnwindRangeOp::UnwindRangeOp(OperatorPtr input, const LogicalUnwind& step, std::vector<VectorExprPtr> arguments,
                             SlotList carried, std::size_t slots)
    : plan_(step), arguments_(std::move(arguments)), carried_(std::move(carried)) {
    add_child(std::move(input));
    input_.prepare(slots);
}

void UnwindRangeOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    input_.rows = 0;
    row_ = 0;
    row_open_ = false;
}

IntegerRange UnwindRangeOp::range_of_row(ExecContext& context) {
    std::vector<Value> values;
    for (const VectorExprPtr& argument : arguments_) values.push_back(argument->eval_row(context, input_, row_));
    return located(plan_.list->range,
                   [&] { return integer_range(values[0], values[1], values.size() > 2 ? &values[2] : nullptr); });
}

bool UnwindRangeOp::do_next(ExecContext& context, Batch& out) {
    picked_.clear();
    std::vector<std::int64_t> numbers, ordinals;
    while (numbers.size() < kBatchRows) {
        if (row_ >= input_.rows) {
            if (!picked_.empty()) break;  // the input's columns are still those of picked_
            if (!child().next(context, input_)) return false;
            row_ = 0;
            row_open_ = false;
        }
        if (!row_open_) {
            numbers_ = range_of_row(context);
            index_ = 0;
            row_open_ = true;
        }
        bool done = numbers_.empty;
        while (!done && numbers.size() < kBatchRows) {
            picked_.push_back(row_);
            numbers.push_back(numbers_.at(index_));
            ordinals.push_back(static_cast<std::int64_t>(index_) + (plan_.ordinal_from_zero ? 0 : 1));
            done = index_++ == numbers_.last_index;
        }
        if (!done) break;
        ++row_;
        row_open_ = false;
    }
    const auto rows = static_cast<std::uint32_t>(numbers.size());
    out.gather(input_, picked_, carried_);
    out[plan_.slot].start(VectorKind::kInteger, rows);
    std::copy(numbers.begin(), numbers.end(), out[plan_.slot].integers());
    if (plan_.ordinal != kNoSlot) {
        out[plan_.ordinal].start(VectorKind::kInteger, rows);
        std::copy(ordinals.begin(), ordinals.end(), out[plan_.ordinal].integers());
    }
    return true;
}

}  // namespace maek::query
