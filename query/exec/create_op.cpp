#include "query/exec/create_op.h"

#include <algorithm>

#include "query/plan/logical_plan.h"

namespace maek::query {

CreateOp::CreateOp(OperatorPtr input, SlotList slots, SlotList defines, std::vector<PatternWriter> patterns,
                   bool reads_graph, std::size_t slot_count)
    : UpdateOp(std::move(input), std::move(slots), std::move(defines), slot_count),
      patterns_(std::move(patterns)), reads_graph_(reads_graph) {
    batch_.prepare(slot_count);
}

void CreateOp::update(ExecContext& context, RowBuffer& rows) {
    if (plan != nullptr) context.writer->writes_at(plan->range);
    const std::uint32_t step = reads_graph_ ? rows.rows() : kBatchRows;
    for (std::uint32_t begin = 0; begin < rows.rows(); begin += step) {
        const std::uint32_t count = std::min(step, rows.rows() - begin);
        rows.emit(batch_, begin, count);
        for (PatternWriter& pattern : patterns_) pattern.prepare(context, batch_);
        for (std::uint32_t i = 0; i < count; ++i) {
            for (PatternWriter& pattern : patterns_) pattern.create(context, rows, begin + i, batch_, i);
        }
    }
}

}  // namespace maek::query
