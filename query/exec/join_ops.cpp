#include "query/exec/join_ops.h"

#include <algorithm>

namespace maek::query {

namespace {

constexpr std::uint32_t kNone = RowTable::kNone;

void set_null(Vector& column) {
    column.start_constant(VectorKind::kValue);
    column.set(0, Value());
}

void number_rows(Vector& column, std::uint32_t rows) {
    column.start(VectorKind::kInteger, rows);
    for (std::uint32_t i = 0; i < rows; ++i) column.integers()[i] = i;
}

std::uint32_t row_number(const Vector& numbers, std::uint32_t row) {
    return static_cast<std::uint32_t>(numbers.integers()[numbers.at(row)]);
}

// Rows of `from`, null where kNone. Typed as `from` is.
void gather_or_null(Vector& to, const Vector& from, const std::vector<std::uint32_t>& rows) {
    const auto count = static_cast<std::uint32_t>(rows.size());
    const bool ids = from.kind() == VectorKind::kNode || from.kind() == VectorKind::kRel;
    to.start(ids ? from.kind() : VectorKind::kValue, count);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (ids) {
            to.ids()[i] = rows[i] == kNone ? NodeId::kNone : from.ids()[from.at(rows[i])];
        } else {
            to.set(i, rows[i] == kNone ? Value() : from.value(rows[i]));
        }
    }
}

}  // namespace

// ---------------------------------------------------------------- OptionalOp

OptionalOp::OptionalOp(OperatorPtr input, SubTree inner, const LogicalOptional& step, SlotList carried,
                       SlotList fresh, std::size_t slots)
    : plan_(step), inner_(std::move(inner)), carried_(std::move(carried)), fresh_(std::move(fresh)) {
    add_child(std::move(input));
    input_.prepare(slots);
    found_.prepare(slots);
}

void OptionalOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    running_ = false;
}

void OptionalOp::close() {
    inner_.root->close();
    Operator::close();
}

// Found rows in their order, with the input rows that found nothing where they belong as long as
// the numbers ascend; the last call (found is null) gives the rest.
void OptionalOp::emit(Batch& out, const Batch* found) {
    picked_.clear();
    found_rows_.clear();
    const auto pass_unmatched = [&](std::uint32_t until) {
        for (; passed_ < until; ++passed_) {
            if (matched_[passed_]) continue;
            matched_[passed_] = true;
            picked_.push_back(passed_);
            found_rows_.push_back(kNone);
        }
    };
    if (found != nullptr) {
        const Vector& numbers = (*found)[plan_.row_slot];
        bool ascending = true;
        std::uint32_t last = passed_ == 0 ? 0 : passed_ - 1;
        for (std::uint32_t i = 0; i < found->rows; ++i) {
            const std::uint32_t number = row_number(numbers, i);
            matched_[number] = true;
            ascending = ascending && number >= last;
            last = number;
        }
        for (std::uint32_t i = 0; i < found->rows; ++i) {
            const std::uint32_t number = row_number(numbers, i);
            if (ascending) {
                pass_unmatched(number);
                passed_ = std::max(passed_, number + 1);
            }
            picked_.push_back(number);
            found_rows_.push_back(i);
        }
    } else {
        passed_ = 0;
        pass_unmatched(input_.rows);
    }
    if (picked_.empty()) {
        out.rows = 0;
        return;
    }
    out.gather(input_, picked_, carried_);
    for (const Slot slot : fresh_) {
        if (found == nullptr) {
            set_null(out[slot]);
        } else {
            gather_or_null(out[slot], (*found)[slot], found_rows_);
        }
    }
}

bool OptionalOp::do_next(ExecContext& context, Batch& out) {
    while (true) {
        if (!running_) {
            if (!child().next(context, input_)) return false;
            number_rows(input_[plan_.row_slot], input_.rows);
            matched_.assign(input_.rows, false);
            passed_ = 0;
            inner_.open(context, input_);
            running_ = true;
        }
        if (inner_.root->next(context, found_)) {
            emit(out, &found_);
            return true;
        }
        running_ = false;
        emit(out, nullptr);
        if (out.rows > 0) return true;
    }
}

// ---------------------------------------------------------------- ApplyOp

ApplyOp::ApplyOp(OperatorPtr input, SubTree inner, const LogicalApply& step, SlotList carried,
                 SlotList fresh, std::size_t slots)
    : plan_(step), inner_(std::move(inner)), carried_(std::move(carried)), fresh_(std::move(fresh)) {
    add_child(std::move(input));
    input_.prepare(slots);
    one_.prepare(slots);
    found_.prepare(slots);
}

void ApplyOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    input_.rows = 0;
    row_ = 0;
    running_ = false;
}

void ApplyOp::close() {
    inner_.root->close();
    Operator::close();
}

void ApplyOp::start_inner(ExecContext& context) {
    found_any_ = false;
    running_ = true;
    if (plan_.row_slot != kNoSlot) {
        number_rows(input_[plan_.row_slot], input_.rows);
        inner_.open(context, input_);
        return;
    }
    for (const Slot slot : plan_.outer) one_[slot].copy(input_[slot], row_, 1);
    one_.rows = 1;
    inner_.open(context, one_);
}

bool ApplyOp::do_next(ExecContext& context, Batch& out) {
    while (true) {
        if (!running_) {
            if (row_ >= input_.rows) {
                if (!child().next(context, input_)) return false;
                row_ = 0;
            }
            start_inner(context);
        }
        while (inner_.root->next(context, found_)) {
            found_any_ = true;
            if (plan_.unit) continue;
            picked_.clear();
            for (std::uint32_t i = 0; i < found_.rows; ++i) {
                picked_.push_back(plan_.row_slot == kNoSlot ? row_ : row_number(found_[plan_.row_slot], i));
            }
            out.gather(input_, picked_, carried_);
            for (const Slot slot : fresh_) out[slot].copy(found_[slot], 0, found_.rows);
            return true;
        }
        running_ = false;
        const std::uint32_t row = row_;
        row_ = plan_.row_slot != kNoSlot ? input_.rows : row_ + 1;
        if (plan_.unit || (plan_.optional && plan_.row_slot == kNoSlot && !found_any_)) {
            picked_.assign(1, row);
            out.gather(input_, picked_, carried_);
            for (const Slot slot : fresh_) set_null(out[slot]);
            return true;
        }
    }
}

// ---------------------------------------------------------------- HashJoinOp

HashJoinOp::HashJoinOp(OperatorPtr left, OperatorPtr right, std::vector<VectorExprPtr> left_keys,
                       std::vector<VectorExprPtr> right_keys, SlotList left_slots, SlotList right_slots,
                       std::size_t slots)
    : left_keys_(std::move(left_keys)), right_keys_(std::move(right_keys)),
      left_slots_(std::move(left_slots)), right_slots_(std::move(right_slots)) {
    add_child(std::move(left));
    add_child(std::move(right));
    input_.prepare(slots);
    build_.prepare(slots);
}

void HashJoinOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    right_.clear();
    table_.start(right_keys_.size(), &context.guard, context.writing());
    first_.clear();
    next_.clear();
    read_ = false;
    input_.rows = 0;
    row_ = 0;
    row_open_ = false;
}

void HashJoinOp::close() {
    right_.clear();
    table_.clear();
    first_ = {};
    next_ = {};
    Operator::close();
}

// The table of the right side. The first rows of the left side are there by then: what the clauses before
// write is written, so that the right side sees it.
void HashJoinOp::read(ExecContext& context) {
    right_.start(right_slots_, &context.guard, context.writing());
    std::vector<const Vector*> columns;
    while (child(1).next(context, build_)) {
        columns.clear();
        for (const VectorExprPtr& key : right_keys_) columns.push_back(&key->eval(context, build_));
        table_.add(columns, build_.rows, numbers_);
        first_.resize(table_.size(), kNone);
        for (std::uint32_t i = 0; i < build_.rows; ++i) {
            const bool null = std::any_of(columns.begin(), columns.end(),
                                          [&](const Vector* column) { return column->is_null(i); });
            const std::uint32_t row = right_.rows() + i;
            next_.push_back(null ? kNone : first_[numbers_[i]]);
            if (!null) first_[numbers_[i]] = row;
        }
        right_.append(build_);
    }
}

// Takes the next rows of the left side and looks their keys up.
bool HashJoinOp::next_left(ExecContext& context) {
    if (!child().next(context, input_)) return false;
    if (!read_) {
        read(context);
        read_ = true;
    }
    row_ = 0;
    row_open_ = false;
    std::vector<const Vector*> columns;
    for (const VectorExprPtr& key : left_keys_) columns.push_back(&key->eval(context, input_));
    table_.find(columns, input_.rows, numbers_);
    return true;
}

bool HashJoinOp::do_next(ExecContext& context, Batch& out) {
    picked_.clear();
    joined_.clear();
    while (true) {
        if (row_ >= input_.rows) {
            if (!picked_.empty()) break;
            if (!next_left(context)) return false;
        }
        if (!row_open_) {
            chain_ = numbers_[row_] == kNone ? kNone : first_[numbers_[row_]];
            row_open_ = true;
        }
        while (chain_ != kNone && picked_.size() < kBatchRows) {
            picked_.push_back(row_);
            joined_.push_back(chain_);
            chain_ = next_[chain_];
        }
        if (chain_ == kNone) {
            ++row_;
            row_open_ = false;
        }
        if (picked_.size() >= kBatchRows) break;
    }
    right_.emit(out, joined_);
    out.gather(input_, picked_, left_slots_);
    return true;
}

// ---------------------------------------------------------------- UnionOp

UnionOp::UnionOp(std::vector<OperatorPtr> arms, const LogicalUnion& step, SlotList wanted, std::size_t slots)
    : plan_(step), wanted_(std::move(wanted)) {
    for (OperatorPtr& arm : arms) add_child(std::move(arm));
    arm_rows_.prepare(slots);
}

void UnionOp::do_open(ExecContext& context) {
    arm_ = 0;
    child(0).open(context);
}

bool UnionOp::do_next(ExecContext& context, Batch& out) {
    while (arm_ < children().size()) {
        if (child(arm_).next(context, arm_rows_)) {
            for (std::size_t i = 0; i < plan_.slots.size(); ++i) {
                if (std::find(wanted_.begin(), wanted_.end(), plan_.slots[i]) == wanted_.end()) continue;
                out[plan_.slots[i]].copy(arm_rows_[plan_.arm_slots[arm_][i]], 0, arm_rows_.rows);
            }
            if (plan_.row_slot != kNoSlot) {
                out[plan_.row_slot].copy(arm_rows_[plan_.row_slot], 0, arm_rows_.rows);
            }
            out.rows = arm_rows_.rows;
            return true;
        }
        if (++arm_ < children().size()) child(arm_).open(context);
    }
    return false;
}

}  // namespace maek::query
