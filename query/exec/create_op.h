// Room: query, inner. CREATE: see plan/logical_update.h. Tests: tests/query/cases/create.test.
#pragma once

#include <vector>

#include "query/exec/pattern_writer.h"
#include "query/exec/update_op.h"

namespace maek::query {

class CreateOp final : public UpdateOp {
public:
    CreateOp(OperatorPtr input, SlotList slots, SlotList defines, std::vector<PatternWriter> patterns,
             std::size_t slot_count);

private:
    void update(ExecContext& context, RowBuffer& rows) override;

    std::vector<PatternWriter> patterns_;
    Batch batch_;
};

}  // namespace maek::query
