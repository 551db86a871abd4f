#include "query/exec/merge_op.h"

#include <algorithm>

#include "query/eval/failures.h"
#include "query/plan/logical_plan.h"

namespace maek::query {

MergeOp::MergeOp(OperatorPtr input, Parts parts, std::size_t slot_count) : parts_(std::move(parts)) {
    add_child(std::move(input));
    for (Batch* batch : {&input_, &one_, &found_, &view_}) batch->prepare(slot_count);
}

void MergeOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    input_rows_.clear();
    rows_.clear();
    given_ = 0;
    done_ = false;
}

void MergeOp::close() {
    input_rows_.clear();
    rows_.clear();
    for (Batch* batch : {&input_, &one_, &found_, &view_}) batch->clear();
    parts_.match.root->close();
    Operator::close();
}

bool MergeOp::do_next(ExecContext& context, Batch& out) {
    if (!done_) {
        SlotList kept = parts_.carried;
        kept.insert(kept.end(), parts_.defines.begin(), parts_.defines.end());
        input_rows_.start(parts_.carried, &context.guard, true);
        rows_.start(kept, &context.guard, true);
        while (child().next(context, input_)) input_rows_.append(input_);
        if (plan != nullptr) context.writer->writes_at(plan->range);
        for (std::uint32_t row = 0; row < input_rows_.rows(); ++row) {
            context.guard.check();
            input_rows_.emit(one_, row, 1);
            parts_.pattern.prepare(context, one_);
            parts_.pattern.require_no_nulls(context, one_, 0);
            if (!find(context)) make(context);
        }
        input_rows_.clear();
        done_ = true;
    }
    if (given_ >= rows_.rows()) {
        rows_.clear();
        return false;
    }
    const std::uint32_t count = std::min(kBatchRows, rows_.rows() - given_);
    rows_.emit(out, given_, count);
    given_ += count;
    return true;
}

// Appends a row for every match of the pattern; false when there is none. The matches are
// collected before anything is set.
bool MergeOp::find(ExecContext& context) {
    const std::uint32_t before = rows_.rows();
    parts_.match.open(context, one_);
    while (parts_.match.root->next(context, found_)) {
        for (const Slot slot : parts_.carried) {
            Value value = one_.value(slot, 0);
            found_[slot].set_constant(value);
            found_[slot].flatten(found_.rows);
        }
        rows_.append(found_);
    }
    for (std::uint32_t row = before; row < rows_.rows(); ++row) set_on_last(context, parts_.on_match, row);
    return rows_.rows() > before;
}

void MergeOp::make(ExecContext& context) {
    const std::uint32_t row = rows_.rows();
    for (const Slot slot : parts_.defines) one_[slot].set_constant(Value());
    for (const Slot slot : parts_.defines) one_[slot].flatten(1);
    one_.rows = 1;
    rows_.append(one_);
    parts_.pattern.create(context, rows_, row, one_, 0);
    set_on_last(context, parts_.on_create, row);
}

void MergeOp::set_on_last(ExecContext& context, SetItems& items, std::uint32_t row) {
    if (items.empty()) return;
    rows_.emit(view_, row, 1);
    items.apply_all(context, view_, 0);
}

}  // namespace maek::query
