#include "query/exec/transactions_op.h"

#include <algorithm>

#include "query/eval/failures.h"
#include "query/exec/row_ops.h"
#include "query/exec/writer.h"
#include "query/parse/query_error.h"

namespace maek::query {

TransactionsOp::TransactionsOp(OperatorPtr input, SubTree inner, const LogicalApply& step,
                               RowCount batch_size, SlotList carried, SlotList fresh, std::size_t slots)
    : plan_(step), inner_(std::move(inner)), batch_size_(std::move(batch_size)),
      carried_(std::move(carried)), fresh_(std::move(fresh)) {
    add_child(std::move(input));
    for (Batch* batch : {&input_, &one_, &found_, &made_}) batch->prepare(slots);
}

void TransactionsOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    input_rows_.clear();
    given_.clear();
    next_row_ = next_given_ = 0;
    read_ = broken_ = false;
}

void TransactionsOp::close() {
    input_rows_.clear();
    given_.clear();
    inner_.root->close();
    Operator::close();
}

void TransactionsOp::read(ExecContext& context) {
    if (context.in_transaction) {
        fail("TransactionError", "TransactionOpen", "25G01",
             "IN TRANSACTIONS commits by itself, but a transaction is open; expected COMMIT or ROLLBACK before");
    }
    rows_a_batch_ = batch_size_.get(context, kDefaultRows);
    if (rows_a_batch_ == 0) {
        located(batch_size_.range, [] {
            fail("SyntaxError", "NegativeIntegerArgument", "22N02", "IN TRANSACTIONS OF needs an integer of at least 1, not 0");
        });
    }
    SlotList all = carried_;
    for (const Slot slot : plan_.outer) {
        if (std::find(all.begin(), all.end(), slot) == all.end()) all.push_back(slot);
    }
    input_rows_.start(all, &context.guard, true);
    while (child().next(context, input_)) input_rows_.append(input_);
    read_ = true;
}

void TransactionsOp::run_rows(ExecContext& context, std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t row = begin; row < end; ++row) {
        input_rows_.emit(one_, row, 1);
        inner_.open(context, one_);
        while (inner_.root->next(context, found_)) {
            if (plan_.unit) continue;
            for (const Slot slot : carried_) made_[slot].repeat(one_[slot], 0);
            for (const Slot slot : fresh_) made_[slot].copy(found_[slot], 0, found_.rows);
            made_.rows = found_.rows;
            given_.append(made_);
        }
        if (!plan_.unit) continue;
        for (const Slot slot : carried_) made_[slot].repeat(one_[slot], 0);
        made_.rows = 1;
        given_.append(made_);
    }
}

void TransactionsOp::pass_with_nulls(std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t row = begin; row < end; ++row) {
        input_rows_.emit(one_, row, 1);
        for (const Slot slot : carried_) made_[slot].repeat(one_[slot], 0);
        for (const Slot slot : fresh_) made_[slot].set_constant(Value());
        made_.rows = 1;
        given_.append(made_);
    }
}

Value TransactionsOp::status(bool started, bool committed, const std::string& error) const {
    return Value::map({{"committed", Value::boolean(committed)},
                       {"errorMessage", error.empty() ? Value() : Value::string(error)},
                       {"started", Value::boolean(started)},
                       {"transactionId", started ? Value::string("batch-" + std::to_string(next_row_)) : Value()}});
}

void TransactionsOp::run_batch(ExecContext& context) {
    const auto end = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(input_rows_.rows(), next_row_ + rows_a_batch_));
    const std::uint32_t begin = next_row_;
    SlotList slots = carried_;
    if (!plan_.unit) slots.insert(slots.end(), fresh_.begin(), fresh_.end());
    given_.start(slots, &context.guard, true);
    next_given_ = 0;
    if (broken_) {
        pass_with_nulls(begin, end);
        status_ = status(false, false, {});
        next_row_ = end;
        return;
    }
    using OnError = BoundCallSubquery::OnError;
    const OnError on_error = plan_.clause->on_error;
    if (on_error == OnError::kFail || context.writer == nullptr) {
        run_rows(context, begin, end);
        if (context.commit_part) context.commit_part();
        status_ = status(true, true, {});
    } else {
        const graph::Transaction::Savepoint savepoint = context.writer->transaction().savepoint();
        const Writer before = *context.writer;
        const UpdateCounts counts = context.updates;
        try {
            run_rows(context, begin, end);
            if (context.commit_part) context.commit_part();
            status_ = status(true, true, {});
        } catch (const QueryError& error) {
            if (error.error().code == ErrorCode::kCancelled || error.error().code == ErrorCode::kLimit) throw;
            context.writer->transaction().roll_back_to(savepoint);
            context.writer->restore(before);
            context.updates = counts;
            given_.start(slots, &context.guard, true);
            pass_with_nulls(begin, end);
            status_ = status(true, false, error.what());
            broken_ = on_error == OnError::kBreak;
        }
    }
    next_row_ = end;
}

bool TransactionsOp::do_next(ExecContext& context, Batch& out) {
    if (!read_) read(context);
    while (next_given_ >= given_.rows()) {
        if (next_row_ >= input_rows_.rows()) return false;
        run_batch(context);
    }
    const std::uint32_t count = std::min(kBatchRows, given_.rows() - next_given_);
    given_.emit(out, next_given_, count);
    next_given_ += count;
    const Slot slot = plan_.clause->status_slot;
    if (slot != kNoSlot) out[slot].set_constant(status_);
    return true;
}

}  // namespace maek::query
