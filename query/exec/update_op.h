// Room: query, inner. What every writing step has in common: it reads its whole input before the
// first write, then writes row by row, then hands the rows on.
//
// To add a writing step: derive, implement update(), build it in exec/build_update.cpp. update() may
// read slots of any row (`rows.value(slot, i)`), fill slots it defines (`rows.set`, after
// start_rows() added their columns) and write through `context.writer` only (exec/writer.h).
// Tests: tests/query/cases/{create,merge,set,delete}.test.
#pragma once

#include "query/exec/operator.h"
#include "query/exec/row_buffer.h"

namespace maek::query {

class UpdateOp : public Operator {
public:
    // slots: what the step and the steps above read. defines: those of them that update() fills.
    UpdateOp(OperatorPtr input, SlotList slots, SlotList defines, std::size_t slot_count);
    void close() override;

protected:
    virtual void update(ExecContext& context, RowBuffer& rows) = 0;
    // A batch over all rows of the buffer, for expressions: columns as they are after the writes of
    // the rows before. Valid until the buffer changes.
    const Batch& row_view(const RowBuffer& rows, std::uint32_t row);

    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) final;

private:
    SlotList carried_, defines_;
    RowBuffer rows_;
    Batch input_, view_;
    std::uint32_t given_ = 0;
    bool done_ = false;
};

}  // namespace maek::query
