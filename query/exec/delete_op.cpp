#include "query/exec/delete_op.h"

#include <algorithm>

#include "query/eval/failures.h"
#include "query/exec/writer.h"
#include "query/plan/logical_plan.h"

namespace maek::query {

DeleteOp::DeleteOp(OperatorPtr input, SlotList slots, std::vector<VectorExprPtr> targets, bool detach,
                   std::size_t slot_count)
    : UpdateOp(std::move(input), std::move(slots), {}, slot_count),
      targets_(std::move(targets)),
      detach_(detach) {
    batch_.prepare(slot_count);
}

// What to delete is settled for all rows before the first deletion: `DELETE x.owner, x` must not read a
// deleted x, in no row.
void DeleteOp::update(ExecContext& context, RowBuffer& rows) {
    if (plan != nullptr) context.writer->deletes_at(plan->range);
    const std::vector<Value> doomed = settle(context, rows);
    for (const Value& value : doomed) {
        context.guard.check();
        delete_value(context, value);
    }
    context.writer->settle_deletes();
}

std::vector<Value> DeleteOp::settle(ExecContext& context, const RowBuffer& rows) {
    std::vector<Value> doomed;
    std::size_t bytes = 0;
    for (std::uint32_t begin = 0; begin < rows.rows(); begin += kBatchRows) {
        const std::uint32_t count = std::min(kBatchRows, rows.rows() - begin);
        rows.emit(batch_, begin, count);
        for (const VectorExprPtr& target : targets_) {
            const Vector& values = target->eval(context, batch_);
            for (std::uint32_t i = 0; i < count; ++i) {
                doomed.push_back(values.value(i));
                bytes += sizeof(Value) + doomed.back().heap_bytes();
            }
        }
        context.guard.require(bytes);
    }
    return doomed;
}

void DeleteOp::delete_value(ExecContext& context, const Value& value) {
    switch (value.kind()) {
        case ValueKind::kNull: break;
        case ValueKind::kNode: context.writer->delete_node(value.as_node(), detach_); break;
        case ValueKind::kRelationship: context.writer->delete_relationship(value.as_relationship()); break;
        case ValueKind::kPath:
            for (const RelId rel : value.as_path().relationships) context.writer->delete_relationship(rel);
            for (const NodeId node : value.as_path().nodes) context.writer->delete_node(node, detach_);
            break;
        default: fail_kind("what DELETE removes", "a node, relationship or path", value);
    }
}

}  // namespace maek::query
