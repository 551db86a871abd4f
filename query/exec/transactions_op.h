// Room: query, inner. CALL { } IN TRANSACTIONS: the subquery runs for batches of input rows, and what
// each batch wrote is committed before the next begins. A batch that fails is undone alone; ON ERROR
// says whether the others go on. Tests: tests/query/cases/transactions.test.
#pragma once

#include "query/exec/build.h"
#include "query/exec/operator.h"
#include "query/exec/row_buffer.h"
#include "query/exec/row_ops.h"
#include "query/plan/logical_rows.h"

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
    void run_batch(ExecContext& context);            // the next rows of input_rows_ into given_
    void run_rows(ExecContext& context, std::uint32_t begin, std::uint32_t end);
    void pass_with_nulls(std::uint32_t begin, std::uint32_t end);
    Value status(bool started, bool committed, const std::string& error) const;

    const LogicalApply& plan_;
    SubTree inner_;
    RowCount batch_size_;
    SlotList carried_, fresh_;
    Batch input_, one_, found_, made_;
    RowBuffer input_rows_, given_;
    std::uint32_t next_row_ = 0, next_given_ = 0;
    std::uint64_t rows_a_batch_ = kDefaultRows;
    Value status_;
    bool read_ = false, broken_ = false;
};

}  // namespace maek::query
