#include "query/exec/build.h"

#include <utility>

#include "query/exec/row_ops.h"

namespace maek::query {

SlotSet OperatorBuilder::input_needs(const LogicalOp& op, const SlotSet& needed) {
    SlotSet needs;
    if (!op.narrows()) {
        needs = needed;
        SlotSet own;
        op.add_defines(own);
        needs.remove(own);
    }
    op.add_reads(needs);
    return needs;
}

SlotList OperatorBuilder::carried(const LogicalOp& op, const SlotSet& needed) {
    SlotSet all = needed & outputs(op.child());
    SlotSet own;
    op.add_defines(own);
    all.remove(own);
    return all.list();
}

VectorExprPtr OperatorBuilder::compile(const BoundExpr& expr) {
    return ExprCompiler(plan_, *this).compile(expr);
}
VectorExprPtr OperatorBuilder::compile(const Condition& condition) {
    return ExprCompiler(plan_, *this).compile(condition);
}
std::vector<VectorExprPtr> OperatorBuilder::compile_all(const std::vector<Condition>& conditions) {
    std::vector<VectorExprPtr> compiled;
    compiled.reserve(conditions.size());
    for (const Condition& condition : conditions) compiled.push_back(compile(condition));
    return compiled;
}

OperatorPtr OperatorBuilder::build(const LogicalOp& op, const SlotSet& needed) {
    OperatorPtr made = build_any(op, needed);
    if (made->plan == nullptr) made->plan = &op;
    built_.push_back(made.get());
    return made;
}

OperatorPtr OperatorBuilder::build_input(const LogicalOp& op, const SlotSet& needed) {
    return build(op.child(), input_needs(op, needed));
}

SubTree OperatorBuilder::build_sub(const LogicalOp& root, const SlotSet& needed, const Answered* answered) {
    SubTree tree;
    const Answered* answered_outside = std::exchange(answered_, answered);
    std::vector<ArgumentOp*>* outside = arguments_;
    arguments_ = &tree.arguments;
    tree.root = build(root, needed);
    arguments_ = outside;
    answered_ = answered_outside;
    return tree;
}

OperatorPtr OperatorBuilder::build_any(const LogicalOp& op, const SlotSet& needed) {
    switch (op.kind) {
        case LogicalKind::kUnit: return std::make_unique<UnitOp>();
        case LogicalKind::kArgument: {
            SlotSet own;
            op.add_defines(own);
            auto argument = std::make_unique<ArgumentOp>((own & needed).list());
            MAEK_CHECK(arguments_ != nullptr, "an Argument outside a subquery");
            arguments_->push_back(argument.get());
            return argument;
        }
        case LogicalKind::kScan:
        case LogicalKind::kRelScan:
        case LogicalKind::kExpand:
        case LogicalKind::kExpandInto:
        case LogicalKind::kRelEnds:
        case LogicalKind::kPathSearch:
        case LogicalKind::kNamedPath:
        case LogicalKind::kCountExpand:
        case LogicalKind::kCountIntersect:
        case LogicalKind::kDistinctEnds:
        case LogicalKind::kCountOnly: return build_read(op, needed);
        case LogicalKind::kFilter:
        case LogicalKind::kProject:
        case LogicalKind::kAggregate:
        case LogicalKind::kDistinct:
        case LogicalKind::kSort:
        case LogicalKind::kLimit:
        case LogicalKind::kUnwind:
        case LogicalKind::kEmpty: return build_rows(op, needed);
        case LogicalKind::kOptional:
        case LogicalKind::kApply:
        case LogicalKind::kHashJoin:
        case LogicalKind::kUnion: return build_join(op, needed);
        case LogicalKind::kCreate:
        case LogicalKind::kMerge:
        case LogicalKind::kSet:
        case LogicalKind::kDelete:
        case LogicalKind::kForeach:
        case LogicalKind::kCallProcedure: return build_update(op, needed);
    }
    MAEK_CHECK(false, "a step of unknown kind");
}

}  // namespace maek::query
