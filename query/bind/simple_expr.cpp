#include "query/bind/simple_expr.h"

#include <algorithm>

#include "query/eval/eval_context.h"
#include "query/eval/function_registry.h"
#include "query/parse/query_error.h"

namespace maek::query {

namespace {

bool is_only_of(TypeSet type, std::initializer_list<ValueKind> kinds) {
    TypeSet allowed{0};
    for (const ValueKind kind : kinds) allowed = allowed | TypeSet::of(kind);
    return (type.bits & ~allowed.bits) == 0;
}

bool is_entity(const BoundExpr& expr) {
    return expr.kind == ExprKind::kVariable &&
           is_only_of(expr.type, {ValueKind::kNode, ValueKind::kRelationship, ValueKind::kNull});
}

bool has_dynamic(const LabelExpr& labels) {
    return labels.kind == LabelExpr::Kind::kDynamic ||
           std::any_of(labels.operands.begin(), labels.operands.end(), has_dynamic);
}

// Such as date('2026-11-22'): called to see.
bool is_sure_call(const BoundExpr& expr) {
    const FunctionInfo& function = *expr.function;
    if (function.name == "id" || function.name == "elementId") return is_entity(*expr.children[0]);
    if (function.category != "temporal" || !function.deterministic) return false;
    std::vector<Value> arguments;
    for (const ExprPtr& child : expr.children) {
        if (child->kind != ExprKind::kLiteral) return false;
        arguments.push_back(child->value);
    }
    try {
        EvalContext context;
        call_function(function, context, arguments);
        return true;
    } catch (const QueryError&) {
        return false;
    }
}

bool all_sure(const BoundExpr& expr) {
    return std::all_of(expr.children.begin(), expr.children.end(),
                       [](const ExprPtr& child) { return never_fails(*child); });
}

}  // namespace

bool is_simple(const BoundExpr& expr) {
    const BoundExpr* at = &expr;
    while (at->kind == ExprKind::kProperty) at = at->children[0].get();
    return at->kind == ExprKind::kLiteral || at->kind == ExprKind::kParameter || at->kind == ExprKind::kVariable;
}

ExprPtr copy_simple(const BoundExpr& expr) {
    auto copy = std::make_unique<BoundExpr>();
    copy->kind = expr.kind;
    copy->type = expr.type;
    copy->range = expr.range;
    copy->value = expr.value;
    copy->name = expr.name;
    copy->slot = expr.slot;
    for (const ExprPtr& child : expr.children) copy->children.push_back(copy_simple(*child));
    return copy;
}

bool is_sure_condition(const BoundExpr& expr) {
    switch (expr.kind) {
        case ExprKind::kEqual: case ExprKind::kNotEqual: case ExprKind::kLess: case ExprKind::kLessEqual:
        case ExprKind::kGreater: case ExprKind::kGreaterEqual: case ExprKind::kStartsWith:
        case ExprKind::kEndsWith: case ExprKind::kContains: case ExprKind::kIsNull: case ExprKind::kIsNotNull:
        case ExprKind::kIsTyped: return all_sure(expr);
        case ExprKind::kIn: return all_sure(expr) && expr.children[1]->type.is_only(ValueKind::kList);
        case ExprKind::kLabelTest: return is_entity(*expr.children[0]) && !has_dynamic(expr.labels);
        case ExprKind::kAnd: case ExprKind::kOr: case ExprKind::kXor: case ExprKind::kNot:
            return std::all_of(expr.children.begin(), expr.children.end(),
                               [](const ExprPtr& child) { return is_sure_condition(*child); });
        default: return false;
    }
}

bool never_fails(const BoundExpr& expr) {
    switch (expr.kind) {
        case ExprKind::kLiteral: case ExprKind::kParameter: case ExprKind::kVariable: return true;
        case ExprKind::kProperty: return is_entity(*expr.children[0]);
        case ExprKind::kList: return all_sure(expr);
        case ExprKind::kFunction: return is_sure_call(expr);
        default: return is_sure_condition(expr);
    }
}

}  // namespace maek::query
