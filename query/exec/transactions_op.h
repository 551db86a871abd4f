// Room: query, inner. CALL { } IN TRANSACTIONS: the subquery runs for batches of input rows, and what
// each batch wrote is committed before the next begins. A batch that fails is undone alone; ON ERROR
// says whether the others go on. The rows are handed on when all batches have run. Tests: tests/query/cases/transactions.test.
#pragma once

#include "query/exec/row_ops.h"
#include "query/exec/writing_call.h"

namespace maek::query {

class TransactionsOp final : public Operator {
public:
    TransactionsOp(OperatorPtr input, SubTree inner, const LogicalApply& step, RowCount batch_size,
                   SlotList carried, SlotList fresh, std::size_t slots);
    void close() override;

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    static constexpr std::uint64_t kDefaultRows = 1000;

    void read(ExecContext& context);
    void run_batch(ExecContext& context);  // the next input rows
    void keep_rows();                      // of that batch
    Value status(bool started, bool committed, const std::string& error) const;

    const LogicalApply& plan_;
    CallRows rows_;
    RowCount batch_size_;
    Batch given_;
    RowBuffer done_;  // what all batches gave, with their status
    std::uint32_t next_row_ = 0, next_done_ = 0;
    std::uint64_t rows_a_batch_ = kDefaultRows;
    Value status_;
    bool read_ = false, broken_ = false;
};

}  // namespace maek::query
