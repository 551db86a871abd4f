// Room: query, inner. [DETACH] DELETE: see plan/logical_update.h. Tests: tests/query/cases/delete.test.
#pragma once

#include <vector>

#include "query/exec/expression.h"
#include "query/exec/update_op.h"

namespace maek::query {

class DeleteOp final : public UpdateOp {
public:
    DeleteOp(OperatorPtr input, SlotList slots, std::vector<VectorExprPtr> targets, bool detach,
             std::size_t slot_count);

private:
    void update(ExecContext& context, RowBuffer& rows) override;
    // What the targets are, row by row.
    std::vector<Value> settle(ExecContext& context, const RowBuffer& rows);
    void delete_value(ExecContext& context, const Value& value);

    std::vector<VectorExprPtr> targets_;
    bool detach_;
    Batch batch_;
};

}  // namespace maek::query
