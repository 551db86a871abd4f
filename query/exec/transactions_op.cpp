#include "query/exec/transactions_op.h"

#include <algorithm>

#include "query/eval/failures.h"
#include "query/exec/row_ops.h"
#include "query/exec/writer.h"
#include "query/parse/query_error.h"

namespace maek::query {

TransactionsOp::TransactionsOp(OperatorPtr input, SubTree inner, const LogicalApply& step,
                               RowCount batch_size, SlotList carried, SlotList fresh, std::size_t slots)
    : plan_(step), rows_(std::move(inner), step, std::move(carried), std::move(fresh), slots),
      batch_size_(std::move(batch_size)) {
    add_child(std::move(input));
    given_.prepare(slots);
}

void TransactionsOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    rows_.clear();
    done_.clear();
    next_row_ = next_done_ = 0;
    read_ = broken_ = false;
}

void TransactionsOp::close() {
    rows_.close();
    done_.clear();
    given_.clear();
    Operator::close();
}

void TransactionsOp::read(ExecContext& context) {
    if (context.in_transaction) {
        fail("TransactionError", "TransactionOpen", "25G01",
             "IN TRANSACTIONS commits by itself, but a transaction is open; expected COMMIT or ROLLBACK before");
    }
    rows_a_batch_ = batch_size_.get(context, kDefaultRows);
    rows_.read(context, child());
    SlotList slots = rows_.slots();
    if (plan_.clause->status_slot != kNoSlot) slots.push_back(plan_.clause->status_slot);
    done_.start(slots, &context.guard, true);
    read_ = true;
}

Value TransactionsOp::status(bool started, bool committed, const std::string& error) const {
    return Value::map({{"committed", Value::boolean(committed)},
                       {"errorMessage", error.empty() ? Value() : Value::string(error)},
                       {"started", Value::boolean(started)},
                       {"transactionId", started ? Value::string("batch-" + std::to_string(next_row_)) : Value()}});
}

void TransactionsOp::run_batch(ExecContext& context) {
    const auto end = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(rows_.size(), next_row_ + rows_a_batch_));
    const std::uint32_t begin = next_row_;
    rows_.start(context);
    if (broken_) {
        rows_.pass_with_nulls(begin, end);
        status_ = status(false, false, {});
        next_row_ = end;
        return;
    }
    using OnError = BoundCallSubquery::OnError;
    const OnError on_error = plan_.clause->on_error;
    if (on_error == OnError::kFail || context.writer == nullptr) {
        rows_.run(context, begin, end);
        if (context.commit_part) context.commit_part();
        status_ = status(true, true, {});
    } else {
        const graph::Transaction::Savepoint savepoint = context.writer->transaction().savepoint();
        const Writer before = *context.writer;
        const UpdateCounts counts = context.updates;
        try {
            rows_.run(context, begin, end);
            if (context.commit_part) context.commit_part();
            status_ = status(true, true, {});
        } catch (const QueryError& error) {
            if (error.error().code == ErrorCode::kCancelled || error.error().code == ErrorCode::kLimit) throw;
            context.writer->transaction().roll_back_to(savepoint);
            context.writer->restore(before);
            context.updates = counts;
            rows_.start(context);
            rows_.pass_with_nulls(begin, end);
            status_ = status(true, false, error.what());
            broken_ = on_error == OnError::kBreak;
        }
    }
    next_row_ = end;
}

void TransactionsOp::keep_rows() {
    const Slot slot = plan_.clause->status_slot;
    while (rows_.next(given_)) {
        if (slot != kNoSlot) given_[slot].set_constant(status_);
        done_.append(given_);
    }
}

bool TransactionsOp::do_next(ExecContext& context, Batch& out) {
    if (!read_) {
        read(context);
        while (next_row_ < rows_.size()) {
            run_batch(context);
            keep_rows();
        }
    }
    if (next_done_ >= done_.rows()) return false;
    const std::uint32_t count = std::min(kBatchRows, done_.rows() - next_done_);
    done_.emit(out, next_done_, count);
    next_done_ += count;
    return true;
}

}  // namespace maek::query
