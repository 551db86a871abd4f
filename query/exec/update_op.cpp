#include "query/exec/update_op.h"

#include <algorithm>

namespace maek::query {

UpdateOp::UpdateOp(OperatorPtr input, SlotList slots, SlotList defines, std::size_t slot_count)
    : defines_(std::move(defines)) {
    add_child(std::move(input));
    for (const Slot slot : slots) {
        if (std::find(defines_.begin(), defines_.end(), slot) == defines_.end()) {
            carried_.push_back(slot);
        }
    }
    input_.prepare(slot_count);
    view_.prepare(slot_count);
}

void UpdateOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    rows_.clear();
    given_ = 0;
    done_ = false;
}

void UpdateOp::close() {
    rows_.clear();
    input_.clear();
    view_.clear();
    Operator::close();
}

const Batch& UpdateOp::row_view(const RowBuffer& rows, std::uint32_t row) {
    rows.emit(view_, row, 1);
    return view_;
}

bool UpdateOp::do_next(ExecContext& context, Batch& out) {
    if (!done_) {
        rows_.start(carried_, &context.guard, true);
        while (child().next(context, input_)) rows_.append(input_);
        for (const Slot slot : defines_) rows_.add_column(slot);
        if (rows_.rows() > 0) update(context, rows_);
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

}  // namespace maek::query
