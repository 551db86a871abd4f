// Room: query, inner. FOREACH: the body runs for one element after the other; the rows pass
// unchanged. Tests: tests/query/cases/foreach.test.
#pragma once

#include "query/exec/build.h"
#include "query/exec/update_op.h"

namespace maek::query {

class ForeachOp final : public UpdateOp {
public:
    ForeachOp(OperatorPtr input, SlotList slots, VectorExprPtr list, Slot element, SubTree body,
              std::size_t slot_count);
    void close() override;

private:
    void update(ExecContext& context, RowBuffer& rows) override;

    VectorExprPtr list_;
    Slot element_;
    SubTree body_;
    Batch argument_, ignored_;
};

}  // namespace maek::query
