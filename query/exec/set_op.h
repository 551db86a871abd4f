// Room: query, inner. SET and REMOVE: see plan/logical_update.h.
// Tests: tests/query/cases/{set,remove}.test.
#pragma once

#include "query/exec/set_items.h"
#include "query/exec/update_op.h"
#include "query/exec/writer.h"
#include "query/plan/logical_plan.h"

namespace maek::query {

class SetOp final : public UpdateOp {
public:
    SetOp(OperatorPtr input, SlotList slots, SetItems items, std::size_t slot_count)
        : UpdateOp(std::move(input), std::move(slots), {}, slot_count), items_(std::move(items)) {}

private:
    void update(ExecContext& context, RowBuffer& rows) override {
        if (plan != nullptr) context.writer->writes_at(plan->range);
        for (std::uint32_t row = 0; row < rows.rows(); ++row) {
            context.guard.check();
            items_.apply_all(context, row_view(rows, row), 0);
        }
    }
    SetItems items_;
};

}  // namespace maek::query
