// Room: query, inner. CALL ... YIELD: the procedure is called once a row; its rows are joined to
// it. One that writes is called after the whole input was read. Tests: tests/query/cases/call.test.
#pragma once

#include <vector>

#include "query/exec/expression.h"
#include "query/exec/operator.h"
#include "query/exec/row_buffer.h"

namespace maek::query {

class CallProcedureOp final : public Operator {
public:
    CallProcedureOp(OperatorPtr input, const BoundCallProcedure& clause, SlotList carried,
                    std::vector<VectorExprPtr> arguments, VectorExprPtr where, std::size_t slot_count);
    void close() override;

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    void call_all(ExecContext& context, const Batch& input);
    void add_rows(ExecContext& context, const Batch& input, std::uint32_t row);
    void keep_where(ExecContext& context);

    const BoundCallProcedure& clause_;
    SlotList carried_, slots_;  // slots_: carried and yielded
    std::vector<VectorExprPtr> arguments_;
    VectorExprPtr where_;
    Batch input_, made_;
    RowBuffer all_input_, rows_;
    std::uint32_t given_ = 0;
    bool drained_ = false;
};

}  // namespace maek::query
