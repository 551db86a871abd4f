#include "query/exec/writing_call.h"

#include <algorithm>

namespace maek::query {

// ---------------------------------------------------------------- CallRows

CallRows::CallRows(SubTree body, const LogicalApply& step, SlotList carried, SlotList fresh, std::size_t slots)
    : plan_(step), body_(std::move(body)), carried_(std::move(carried)), fresh_(std::move(fresh)) {
    for (Batch* batch : {&input_, &one_, &found_, &made_}) batch->prepare(slots);
}

void CallRows::clear() {
    input_rows_.clear();
    given_.clear();
    next_given_ = 0;
}

void CallRows::close() {
    clear();
    body_.root->close();
}

void CallRows::read(ExecContext& context, Operator& input) {
    SlotList all = carried_;
    for (const Slot slot : plan_.outer) {
        if (std::find(all.begin(), all.end(), slot) == all.end()) all.push_back(slot);
    }
    input_rows_.start(all, &context.guard, true);
    while (input.next(context, input_)) input_rows_.append(input_);
}

SlotList CallRows::slots() const {
    SlotList slots = carried_;
    if (!plan_.unit) slots.insert(slots.end(), fresh_.begin(), fresh_.end());
    return slots;
}

void CallRows::start(ExecContext& context) {
    given_.start(slots(), &context.guard, true);
    next_given_ = 0;
}

void CallRows::run(ExecContext& context, std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t row = begin; row < end; ++row) {
        context.guard.check();
        run_row(context, row);
    }
}

void CallRows::run_row(ExecContext& context, std::uint32_t row) {
    input_rows_.emit(one_, row, 1);
    for (const Slot slot : carried_) made_[slot].repeat(one_[slot], 0);
    bool found_any = false;
    body_.open(context, one_);
    while (body_.root->next(context, found_)) {
        found_any = true;
        if (plan_.unit) continue;
        for (const Slot slot : fresh_) made_[slot].copy(found_[slot], 0, found_.rows);
        made_.rows = found_.rows;
        given_.append(made_);
    }
    if (plan_.unit || (plan_.optional && !found_any)) pass_with_nulls(row, row + 1);
}

void CallRows::pass_with_nulls(std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t row = begin; row < end; ++row) {
        input_rows_.emit(one_, row, 1);
        for (const Slot slot : carried_) made_[slot].repeat(one_[slot], 0);
        for (const Slot slot : fresh_) made_[slot].set_constant(Value());
        made_.rows = 1;
        given_.append(made_);
    }
}

bool CallRows::next(Batch& out) {
    if (next_given_ >= given_.rows()) return false;
    const std::uint32_t count = std::min(kBatchRows, given_.rows() - next_given_);
    given_.emit(out, next_given_, count);
    next_given_ += count;
    return true;
}

// ---------------------------------------------------------------- WritingCallOp

WritingCallOp::WritingCallOp(OperatorPtr input, SubTree body, const LogicalApply& step, SlotList carried,
                             SlotList fresh, std::size_t slots)
    : rows_(std::move(body), step, std::move(carried), std::move(fresh), slots) {
    add_child(std::move(input));
}

void WritingCallOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    rows_.clear();
    done_ = false;
}

void WritingCallOp::close() {
    rows_.close();
    Operator::close();
}

bool WritingCallOp::do_next(ExecContext& context, Batch& out) {
    if (!done_) {
        rows_.read(context, child());
        rows_.start(context);
        rows_.run(context, 0, rows_.size());
        done_ = true;
    }
    return rows_.next(out);
}

}  // namespace maek::query
