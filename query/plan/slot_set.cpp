#include "query/plan/slot_set.h"

namespace maek::query {

namespace {

void collect(const BoundExpr& expr, SlotSet& slots) {
    if (expr.kind == ExprKind::kVariable) slots.add(expr.slot);
    for (const Slot slot : expr.path_slots) slots.add(slot);
    for (const Slot slot : expr.outer) slots.add(slot);
    for (const ExprPtr& child : expr.children) {
        if (child != nullptr) collect(*child, slots);
    }
    for (const MapProjectionItem& item : expr.projection) {
        if (item.value != nullptr) collect(*item.value, slots);
    }
    if (expr.kind == ExprKind::kLabelTest) add_reads(expr.labels, slots);
    switch (expr.kind) {  // variables that live inside the expression only
        case ExprKind::kListComprehension:
        case ExprKind::kAll:
        case ExprKind::kAny:
        case ExprKind::kNone:
        case ExprKind::kSingle:
        case ExprKind::kReduce:
            slots.remove(expr.slot);
            slots.remove(expr.slot2);
            break;
        default: break;
    }
}

}  // namespace

void add_reads(const BoundExpr& expr, SlotSet& slots) {
    SlotSet own;
    collect(expr, own);
    slots.add(own);
}

void add_reads(const LabelExpr& labels, SlotSet& slots) {
    if (labels.dynamic != nullptr) add_reads(*labels.dynamic, slots);
    for (const LabelExpr& operand : labels.operands) add_reads(operand, slots);
}

}  // namespace maek::query
