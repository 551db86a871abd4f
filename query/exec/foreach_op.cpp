#include "query/exec/foreach_op.h"

#include "query/eval/failures.h"

namespace maek::query {

ForeachOp::ForeachOp(OperatorPtr input, SlotList slots, VectorExprPtr list, Slot element, SubTree body,
                     std::size_t slot_count)
    : UpdateOp(std::move(input), std::move(slots), {}, slot_count),
      list_(std::move(list)),
      element_(element),
      body_(std::move(body)) {
    argument_.prepare(slot_count);
    ignored_.prepare(slot_count);
}

void ForeachOp::close() {
    body_.root->close();
    argument_.clear();
    ignored_.clear();
    UpdateOp::close();
}

void ForeachOp::update(ExecContext& context, RowBuffer& rows) {
    for (std::uint32_t row = 0; row < rows.rows(); ++row) {
        const Value list = list_->eval_row(context, row_view(rows, row), 0);
        if (list.is_null()) continue;
        if (!list.is(ValueKind::kList)) fail_kind("FOREACH", "a list", list);
        rows.emit(argument_, row, 1);
        for (const Value& element : list.as_list()) {
            context.guard.check();
            argument_[element_].set_constant(element);
            argument_[element_].flatten(1);
            body_.open(context, argument_);
            while (body_.root->next(context, ignored_)) {
            }
        }
    }
}

}  // namespace maek::query
