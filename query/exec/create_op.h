// Room: query, inner. CREATE: see plan/logical_update.h. Tests: tests/query/cases/create.test.
#pragma once

#include <vector>

#include "query/exec/pattern_writer.h"
#include "query/exec/update_op.h"

namespace maek::query {

class CreateOp final : public UpdateOp {
public:
    // reads_graph: the patterns' expressions are evaluated for all rows before the first is written.
    CreateOp(OperatorPtr input, SlotList slots, SlotList defines, std::vector<PatternWriter> patterns,
             bool reads_graph, std::size_t slot_count);

private:
    void update(ExecContext& context, RowBuffer& rows) override;

    std::vector<PatternWriter> patterns_;
    bool reads_graph_;
    Batch batch_;
};

}  // namespace maek::query
