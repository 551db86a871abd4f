// Makes the operators of the writing steps and of procedure calls.
#include "query/exec/build.h"
#include "query/exec/call_procedure_op.h"
#include "query/exec/create_op.h"
#include "query/exec/delete_op.h"
#include "query/exec/foreach_op.h"
#include "query/exec/merge_op.h"
#include "query/exec/set_op.h"
#include "query/plan/logical_update.h"

namespace maek::query {

namespace {

// Slots of a step's input that it has to keep for itself or the steps above.
SlotList kept_slots(const LogicalOp& op, const SlotSet& needed) {
    return (OperatorBuilder::input_needs(op, needed) & outputs(op.child())).list();
}

OperatorPtr build_create(OperatorBuilder& builder, const LogicalCreate& op, const SlotSet& needed,
                         OperatorPtr input) {
    SlotSet own;
    op.add_defines(own);
    std::vector<PatternWriter> patterns;
    for (const BoundPath* path : op.paths) patterns.emplace_back(*path, own, builder);
    return std::make_unique<CreateOp>(std::move(input), kept_slots(op, needed), own.list(),
                                      std::move(patterns), op.reads_graph, builder.slots());
}

OperatorPtr build_merge(OperatorBuilder& builder, const LogicalMerge& op, const SlotSet& needed,
                        OperatorPtr input) {
    SlotSet own;
    op.add_defines(own);
    MergeOp::Parts parts{builder.build_sub(op.child(1), own),
                         PatternWriter(op.clause->path, own, builder),
                         SetItems(op.clause->on_create, false, builder),
                         SetItems(op.clause->on_match, false, builder),
                         kept_slots(op, needed),
                         own.list(),
                         op.outer};
    return std::make_unique<MergeOp>(std::move(input), std::move(parts), builder.slots());
}

OperatorPtr build_foreach(OperatorBuilder& builder, const LogicalForeach& op, const SlotSet& needed,
                          OperatorPtr input) {
    VectorExprPtr list = builder.compile(*op.clause->list);
    return std::make_unique<ForeachOp>(std::move(input), kept_slots(op, needed), std::move(list),
                                       op.clause->slot, builder.build_sub(op.child(1), SlotSet()),
                                       builder.slots());
}

OperatorPtr build_delete(OperatorBuilder& builder, const LogicalDelete& op, const SlotSet& needed,
                         OperatorPtr input) {
    std::vector<VectorExprPtr> targets;
    for (const ExprPtr& target : op.clause->targets) targets.push_back(builder.compile(*target));
    return std::make_unique<DeleteOp>(std::move(input), kept_slots(op, needed), std::move(targets),
                                      op.clause->detach, builder.slots());
}

OperatorPtr build_call(OperatorBuilder& builder, const LogicalCallProcedure& op, const SlotSet& needed,
                       OperatorPtr input) {
    std::vector<VectorExprPtr> arguments;
    for (const ExprPtr& argument : op.clause->arguments) {
        arguments.push_back(argument == nullptr ? nullptr : builder.compile(*argument));
    }
    VectorExprPtr where = op.clause->where == nullptr ? nullptr : builder.compile(*op.clause->where);
    return std::make_unique<CallProcedureOp>(std::move(input), *op.clause, kept_slots(op, needed),
                                             std::move(arguments), std::move(where), builder.slots());
}

}  // namespace

OperatorPtr OperatorBuilder::build_update(const LogicalOp& op, const SlotSet& needed) {
    OperatorPtr input = build(op.child(), input_needs(op, needed));
    switch (op.kind) {
        case LogicalKind::kCreate:
            return build_create(*this, static_cast<const LogicalCreate&>(op), needed, std::move(input));
        case LogicalKind::kMerge:
            return build_merge(*this, static_cast<const LogicalMerge&>(op), needed, std::move(input));
        case LogicalKind::kSet: {
            const auto& set = static_cast<const LogicalSet&>(op);
            return std::make_unique<SetOp>(std::move(input), kept_slots(op, needed),
                                           SetItems(*set.items, set.remove, *this), slots());
        }
        case LogicalKind::kDelete:
            return build_delete(*this, static_cast<const LogicalDelete&>(op), needed, std::move(input));
        case LogicalKind::kForeach:
            return build_foreach(*this, static_cast<const LogicalForeach&>(op), needed, std::move(input));
        case LogicalKind::kCallProcedure:
            return build_call(*this, static_cast<const LogicalCallProcedure&>(op), needed, std::move(input));
        default: return nullptr;
    }
}

}  // namespace maek::query
