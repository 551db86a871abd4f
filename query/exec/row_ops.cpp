#include "query/exec/row_ops.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "query/eval/failures.h"
#include "query/eval/render.h"
#include "query/parse/query_error.h"

namespace maek::query {

// ---------------------------------------------------------------- FilterOp

FilterOp::FilterOp(OperatorPtr input, std::vector<VectorExprPtr> conditions, SlotList live)
    : conditions_(std::move(conditions)), live_(std::move(live)) {
    add_child(std::move(input));
}

bool FilterOp::do_next(ExecContext& context, Batch& out) {
    while (child().next(context, out)) {
        for (const VectorExprPtr& condition : conditions_) {
            kept_.clear();
            select_true(condition->eval(context, out), out.rows, kept_);
            if (kept_.size() < out.rows) out.keep(kept_, live_);
            if (out.rows == 0) break;
        }
        if (out.rows > 0) return true;
    }
    return false;
}

// ---------------------------------------------------------------- ProjectOp

ProjectOp::ProjectOp(OperatorPtr input, std::vector<Item> items) : items_(std::move(items)) {
    add_child(std::move(input));
}

bool ProjectOp::do_next(ExecContext& context, Batch& out) {
    if (!child().next(context, out)) return false;
    for (const Item& item : items_) {
        Vector& to = out[item.slot];
        to.copy(item.expr->eval(context, out), 0, out.rows);
        if (context.writing() && to.kind() == VectorKind::kString) to.make_generic(out.rows);
    }
    return true;
}

// ---------------------------------------------------------------- LimitOp

std::uint64_t RowCount::get(ExecContext& context, std::uint64_t otherwise) {
    if (expr == nullptr) return otherwise;
    return located(range, [&] {
        Batch none;
        none.rows = 1;
        const Value value = expr->eval_row(context, none, 0);
        const std::string wanted = least == 0 ? "a non-negative integer" : "an integer of at least " + std::to_string(least);
        if (!value.is(ValueKind::kInteger)) {
            fail("SyntaxError", "InvalidArgumentType", "22N01",
                 std::string(clause) + " needs " + wanted + ", not " + describe(value));
        }
        if (value.as_integer() < least) {
            fail("SyntaxError", "NegativeIntegerArgument", "22N02",
                 std::string(clause) + " needs " + wanted + ", not " + std::to_string(value.as_integer()));
        }
        return static_cast<std::uint64_t>(value.as_integer());
    });
}

LimitOp::LimitOp(OperatorPtr input, RowCount skip, RowCount limit, SlotList live)
    : skip_(std::move(skip)), limit_(std::move(limit)), live_(std::move(live)) {
    add_child(std::move(input));
}

void LimitOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    waits_ = context.writing();
    first_ = false;
    if (!waits_) count(context);
}

void LimitOp::count(ExecContext& context) {
    to_skip_ = skip_.get(context, 0);
    to_give_ = limit_.get(context, std::numeric_limits<std::uint64_t>::max());
}

bool LimitOp::next_input(ExecContext& context, Batch& out) {
    return std::exchange(first_, false) || child().next(context, out);
}

bool LimitOp::do_next(ExecContext& context, Batch& out) {
    if (waits_) {  // the numbers may read what the steps below write
        waits_ = false;
        first_ = child().next(context, out);
        count(context);
    }
    // A statement that writes runs to its end, whatever is cut off.
    if (to_give_ == 0) {
        if (context.writing()) {
            while (next_input(context, out)) {
            }
        }
        return false;
    }
    while (next_input(context, out)) {
        if (to_skip_ >= out.rows) {
            to_skip_ -= out.rows;
            continue;
        }
        const auto begin = static_cast<std::uint32_t>(to_skip_);
        to_skip_ = 0;
        const auto count = static_cast<std::uint32_t>(std::min<std::uint64_t>(to_give_, out.rows - begin));
        to_give_ -= count;
        if (begin > 0 || count < out.rows) {
            std::vector<std::uint32_t> kept(count);
            for (std::uint32_t i = 0; i < count; ++i) kept[i] = begin + i;
            out.keep(kept, live_);
        }
        return true;
    }
    return false;
}

// ---------------------------------------------------------------- DistinctOp

DistinctOp::DistinctOp(OperatorPtr input, SlotList slots, SlotList live)
    : slots_(std::move(slots)), live_(std::move(live)) {
    add_child(std::move(input));
}

void DistinctOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    table_.start(slots_.size(), &context.guard, context.writing());
}

void DistinctOp::close() {
    table_.clear();
    Operator::close();
}

bool DistinctOp::do_next(ExecContext& context, Batch& out) {
    std::vector<const Vector*> columns;
    while (child().next(context, out)) {
        columns.clear();
        for (const Slot slot : slots_) columns.push_back(&out[slot]);
        std::uint32_t known = table_.size();
        table_.add(columns, out.rows, numbers_);
        kept_.clear();
        for (std::uint32_t row = 0; row < out.rows; ++row) {
            if (numbers_[row] != known) continue;  // the next new number
            kept_.push_back(row);
            ++known;
        }
        if (kept_.empty()) continue;
        if (kept_.size() < out.rows) out.keep(kept_, live_);
        return true;
    }
    return false;
}

}  // namespace maek::query
