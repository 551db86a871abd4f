#include "query/exec/call_procedure_op.h"

#include <algorithm>

#include "query/eval/failures.h"
#include "query/exec/procedure.h"

namespace maek::query {

CallProcedureOp::CallProcedureOp(OperatorPtr input, const BoundCallProcedure& clause, SlotList carried,
                                 std::vector<VectorExprPtr> arguments, VectorExprPtr where,
                                 std::size_t slot_count)
    : clause_(clause),
      carried_(std::move(carried)),
      slots_(carried_),
      arguments_(std::move(arguments)),
      where_(std::move(where)) {
    add_child(std::move(input));
    for (const YieldItem& item : clause.yields) slots_.push_back(item.slot);
    input_.prepare(slot_count);
    made_.prepare(slot_count);
}

void CallProcedureOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    all_input_.clear();
    rows_.clear();
    given_ = 0;
    drained_ = false;
}

void CallProcedureOp::close() {
    all_input_.clear();
    rows_.clear();
    input_.clear();
    made_.clear();
    Operator::close();
}

bool CallProcedureOp::do_next(ExecContext& context, Batch& out) {
    while (given_ >= rows_.rows()) {
        rows_.start(slots_, &context.guard, context.writing());
        given_ = 0;
        if (drained_ || !child().next(context, input_)) return false;
        call_all(context, input_);
    }
    const std::uint32_t count = std::min(kBatchRows, rows_.rows() - given_);
    rows_.emit(out, given_, count);
    given_ += count;
    return true;
}

void CallProcedureOp::call_all(ExecContext& context, const Batch& input) {
    for (std::uint32_t row = 0; row < input.rows; ++row) {
        context.guard.check();
        add_rows(context, input, row);
    }
}

void CallProcedureOp::add_rows(ExecContext& context, const Batch& input, std::uint32_t row) {
    const ProcedureInfo& procedure = *clause_.procedure;
    std::vector<Value> arguments;
    for (std::size_t i = 0; i < procedure.inputs.size(); ++i) {
        const bool given = i < arguments_.size() && arguments_[i] != nullptr;
        arguments.push_back(given ? coerce(arguments_[i]->eval_row(context, input, row), procedure.inputs[i],
                                           procedure.name)
                                  : Value());
    }
    std::vector<std::vector<Value>> results;
    procedure.body->call(context, arguments, results);
    const bool is_void = procedure.outputs.empty();
    if (is_void) results.assign(1, {});  // passes the row on
    if (results.empty() && clause_.optional) results.emplace_back(procedure.outputs.size());
    const auto count = static_cast<std::uint32_t>(results.size());
    if (count == 0) return;
    for (const Slot slot : carried_) {
        made_[slot].copy(input[slot], row, 1);
        const Value value = made_[slot].value(0);
        made_[slot].set_constant(value);
        made_[slot].flatten(count);
    }
    for (const YieldItem& item : clause_.yields) {
        made_[item.slot].start(VectorKind::kValue, count);
        for (std::uint32_t i = 0; i < count; ++i) made_[item.slot].set(i, std::move(results[i][item.field]));
    }
    made_.rows = count;
    keep_where(context);
    rows_.append(made_);
}

void CallProcedureOp::keep_where(ExecContext& context) {
    if (where_ == nullptr) return;
    std::vector<std::uint32_t> kept;
    select_true(where_->eval(context, made_), made_.rows, kept);
    made_.keep(kept, slots_);
}

}  // namespace maek::query
