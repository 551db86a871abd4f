// Room: query, inner. CALL { } whose body writes. Like every writing step (see update_op.h) it reads its
// whole input first; then the body runs for one row after the other, and only when all have run are the
// rows handed on: what stands above sees all that was written.
// Tests: tests/query/cases/{call,writes_seen,transactions}.test.
#pragma once

#include "query/exec/build.h"
#include "query/exec/operator.h"
#include "query/exec/row_buffer.h"
#include "query/plan/logical_rows.h"

namespace maek::query {

// The rows of such a call: those that came in and those that its body gave so far.
class CallRows {
public:
    // carried: of the input, read above. fresh: what the body adds.
    CallRows(SubTree body, const LogicalApply& plan, SlotList carried, SlotList fresh, std::size_t slots);

    void clear();
    void close();
    // Reads the input to its end.
    void read(ExecContext& context, Operator& input);
    std::uint32_t size() const { return input_rows_.rows(); }
    // What the rows given have.
    SlotList slots() const;
    // Forgets what was given so far.
    void start(ExecContext& context);
    // Runs the body for input rows [begin, end) and keeps what it gives.
    void run(ExecContext& context, std::uint32_t begin, std::uint32_t end);
    // Gives the input rows with nulls for what the body adds.
    void pass_with_nulls(std::uint32_t begin, std::uint32_t end);
    // The next rows given; false when there are no more.
    bool next(Batch& out);

private:
    void run_row(ExecContext& context, std::uint32_t row);

    const LogicalApply& plan_;
    SubTree body_;
    SlotList carried_, fresh_;
    Batch input_, one_, found_, made_;
    RowBuffer input_rows_, given_;
    std::uint32_t next_given_ = 0;
};

class WritingCallOp final : public Operator {
public:
    WritingCallOp(OperatorPtr input, SubTree body, const LogicalApply& plan, SlotList carried,
                  SlotList fresh, std::size_t slots);
    void close() override;

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    CallRows rows_;
    bool done_ = false;
};

}  // namespace maek::query
