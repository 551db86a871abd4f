// Operators that bring an input together with something else.
#include <utility>

#include "query/exec/build.h"
#include "query/exec/join_ops.h"
#include "query/exec/transactions_op.h"
#include "query/exec/writing_call.h"

namespace maek::query {

OperatorPtr OperatorBuilder::build_join(const LogicalOp& op, const SlotSet& needed) {
    switch (op.kind) {
        case LogicalKind::kOptional: {
            const auto& optional = static_cast<const LogicalOptional&>(op);
            SlotSet fresh;
            for (const Slot slot : optional.nulls) fresh.add(slot);
            SlotSet wanted = fresh & needed;
            const SlotList fresh_list = wanted.list();
            wanted.add(optional.row_slot);
            SubTree inner = build_sub(op.child(1), wanted);
            SlotSet needs = needed;
            needs.remove(fresh);
            needs.add(inner.reads());
            needs.remove(optional.row_slot);
            OperatorPtr input = build(op.child(), needs);
            return std::make_unique<OptionalOp>(std::move(input), std::move(inner), optional,
                                                carried(op, needed), fresh_list, slots());
        }
        case LogicalKind::kApply: {
            const auto& apply = static_cast<const LogicalApply&>(op);
            SlotSet columns;
            for (const Slot slot : apply.columns) columns.add(slot);
            SlotSet wanted = columns & needed;
            const SlotList fresh = wanted.list();
            wanted.add(apply.row_slot);
            SubTree inner = build_sub(op.child(1), wanted);
            if (apply.clause->in_transactions) {
                const BoundExpr* size = apply.clause->batch_size.get();
                return std::make_unique<TransactionsOp>(build_input(op, needed), std::move(inner), apply,
                                                        size == nullptr ? RowCount{}
                                                                        : RowCount{compile(*size), "IN TRANSACTIONS OF", size->range, 1},
                                                        carried(op, needed), fresh, slots());
            }
            if (apply.clause->query->writes) {
                return std::make_unique<WritingCallOp>(build_input(op, needed), std::move(inner), apply,
                                                       carried(op, needed), fresh, slots());
            }
            return std::make_unique<ApplyOp>(build_input(op, needed), std::move(inner), apply,
                                             carried(op, needed), fresh, slots());
        }
        case LogicalKind::kHashJoin: {
            SlotSet needs = needed;
            op.add_reads(needs);
            const SlotList left_slots = (needed & outputs(op.child(0))).list();
            const SlotList right_slots = (needed & outputs(op.child(1))).list();
            OperatorPtr left = build(op.child(0), needs & outputs(op.child(0)));
            const Answered* answered = std::exchange(answered_, nullptr);  // the right side has no row numbers
            OperatorPtr right = build(op.child(1), needs & outputs(op.child(1)));
            answered_ = answered;
            const auto& join = static_cast<const LogicalHashJoin&>(op);
            std::vector<VectorExprPtr> left_keys, right_keys;
            for (const BoundExpr* key : join.left_keys) left_keys.push_back(compile(*key));
            for (const BoundExpr* key : join.right_keys) right_keys.push_back(compile(*key));
            return std::make_unique<HashJoinOp>(std::move(left), std::move(right), std::move(left_keys),
                                                std::move(right_keys), left_slots, right_slots, slots());
        }
        case LogicalKind::kUnion: {
            const auto& all = static_cast<const LogicalUnion&>(op);
            SlotList wanted;
            for (const Slot slot : all.slots) {
                if (needed.has(slot)) wanted.push_back(slot);
            }
            std::vector<OperatorPtr> arms;
            for (std::size_t arm = 0; arm < op.children.size(); ++arm) {
                SlotSet needs;
                needs.add(all.row_slot);
                for (std::size_t i = 0; i < all.slots.size(); ++i) {
                    if (needed.has(all.slots[i])) needs.add(all.arm_slots[arm][i]);
                }
                arms.push_back(build(op.child(arm), needs));
            }
            return std::make_unique<UnionOp>(std::move(arms), all, std::move(wanted), slots());
        }
        default: break;
    }
    MAEK_CHECK(false, "not a joining step");
}

}  // namespace maek::query
