// From bound expressions and conditions to evaluators.
#include <algorithm>

#include "query/exec/expression_nodes.h"
#include "query/parse/query_error.h"

namespace maek::query {

std::vector<VectorExprPtr> ExprCompiler::compile_all(const std::vector<ExprPtr>& exprs) {
    std::vector<VectorExprPtr> compiled;
    compiled.reserve(exprs.size());
    for (const ExprPtr& expr : exprs) {
        compiled.push_back(expr == nullptr ? nullptr : compile(*expr));
    }
    return compiled;
}

VectorExprPtr ExprCompiler::compile_comprehension(const BoundExpr& expr) {
    VectorExprPtr list = compile(*expr.children[0]);
    const bool had = locals_.has(expr.slot);
    locals_.add(expr.slot);
    const auto optional = [&](std::size_t i) {
        return i < expr.children.size() && expr.children[i] != nullptr ? compile(*expr.children[i])
                                                                       : nullptr;
    };
    VectorExprPtr where = optional(1);
    VectorExprPtr result = expr.kind == ExprKind::kListComprehension ? optional(2) : nullptr;
    if (!had) locals_.remove(expr.slot);
    if (expr.kind == ExprKind::kListComprehension) {
        return make_list_comprehension(expr.slot, std::move(list), std::move(where), std::move(result));
    }
    return make_quantifier(expr.kind, expr.slot, std::move(list), std::move(where));
}

VectorExprPtr ExprCompiler::compile_reduce(const BoundExpr& expr) {
    VectorExprPtr start = compile(*expr.children[0]);
    VectorExprPtr list = compile(*expr.children[1]);
    locals_.add(expr.slot);
    locals_.add(expr.slot2);
    VectorExprPtr step = compile(*expr.children[2]);
    locals_.remove(expr.slot);
    locals_.remove(expr.slot2);
    return make_reduce(expr.slot2, expr.slot, std::move(start), std::move(list), std::move(step));
}

namespace {

// Tells a failure where in the statement's text it happened.
class Located final : public VectorExpr {
public:
    Located(VectorExprPtr inner, const SourceRange& range) : inner_(std::move(inner)), range_(range) {}
    const Vector& eval(ExecContext& context, const Batch& batch) override {
        return located(range_, [&]() -> const Vector& { return inner_->eval(context, batch); });
    }
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        return located(range_, [&] { return inner_->eval_row(context, batch, row); });
    }
    bool may_fail() const override { return inner_->may_fail(); }

private:
    VectorExprPtr inner_;
    SourceRange range_;
};

// Whether an expression of the kind can fail beside what its operands do.
bool fails_itself(const BoundExpr& expr) {
    switch (expr.kind) {
        case ExprKind::kLiteral:
        case ExprKind::kVariable:
        case ExprKind::kPathValue:
        case ExprKind::kLabelTest:
        case ExprKind::kIsNull:
        case ExprKind::kIsNotNull:
        case ExprKind::kEqual:
        case ExprKind::kNotEqual:
        case ExprKind::kLess:
        case ExprKind::kLessEqual:
        case ExprKind::kGreater:
        case ExprKind::kGreaterEqual: return false;
        case ExprKind::kAnd:
        case ExprKind::kOr:
        case ExprKind::kXor:
        case ExprKind::kNot: {
            constexpr std::uint32_t kTruths = TypeSet::of(ValueKind::kBoolean).bits | TypeSet::of(ValueKind::kNull).bits;
            return std::any_of(expr.children.begin(), expr.children.end(),
                               [](const ExprPtr& child) { return (child->type.bits & ~kTruths) != 0; });
        }
        default: return true;
    }
}

}  // namespace

VectorExprPtr ExprCompiler::compile(const BoundExpr& expr) {
    VectorExprPtr made = compile_bare(expr);
    if (expr.range.line == 0 || !fails_itself(expr) || !made->may_fail()) return made;
    return std::make_unique<Located>(std::move(made), expr.range);
}

VectorExprPtr ExprCompiler::compile_bare(const BoundExpr& expr) {
    const auto one = [&](std::size_t i) { return compile(*expr.children[i]); };
    switch (expr.kind) {
        case ExprKind::kLiteral: return make_literal(expr.value);
        case ExprKind::kParameter: return make_parameter(expr.name);
        case ExprKind::kVariable:
            return locals_.has(expr.slot) ? make_local(expr.slot) : make_column(expr.slot);
        case ExprKind::kProperty: return make_property(one(0), expr.name, expr.children[0]->type);
        case ExprKind::kLabelTest: return make_label_test(one(0), expr.labels, *this);
        case ExprKind::kNot: return make_not(one(0));
        case ExprKind::kNegate:
        case ExprKind::kPlus: return make_sign(expr.kind, one(0));
        case ExprKind::kAnd:
        case ExprKind::kOr:
        case ExprKind::kXor: return make_logic(expr.kind, compile_all(expr.children));
        case ExprKind::kEqual:
        case ExprKind::kNotEqual:
        case ExprKind::kLess:
        case ExprKind::kLessEqual:
        case ExprKind::kGreater:
        case ExprKind::kGreaterEqual: return make_comparison(expr.kind, one(0), one(1));
        case ExprKind::kAdd:
        case ExprKind::kSubtract:
        case ExprKind::kMultiply:
        case ExprKind::kDivide:
        case ExprKind::kModulo:
        case ExprKind::kPower:
        case ExprKind::kConcat: return make_arithmetic(expr.kind, one(0), one(1));
        case ExprKind::kChain: return make_chain(expr.operators, compile_all(expr.children));
        case ExprKind::kIn: return make_in(one(0), one(1));
        case ExprKind::kStartsWith:
        case ExprKind::kEndsWith:
        case ExprKind::kContains:
        case ExprKind::kRegexMatch: return make_text_test(expr.kind, one(0), one(1));
        case ExprKind::kIsNull: return make_is_null(one(0), false);
        case ExprKind::kIsNotNull: return make_is_null(one(0), true);
        case ExprKind::kIsTyped: return make_typed(one(0), expr.name, expr.negated);
        case ExprKind::kIndex: return make_index(one(0), one(1));
        case ExprKind::kSlice: {
            auto parts = compile_all(expr.children);
            return make_slice(std::move(parts[0]), std::move(parts[1]), std::move(parts[2]));
        }
        case ExprKind::kList: return make_list(compile_all(expr.children));
        case ExprKind::kMap: return make_map(expr.keys, compile_all(expr.children));
        case ExprKind::kFunction: return make_function(*expr.function, compile_all(expr.children));
        case ExprKind::kCase: return make_case(compile_all(expr.children));
        case ExprKind::kListComprehension:
        case ExprKind::kAll:
        case ExprKind::kAny:
        case ExprKind::kNone:
        case ExprKind::kSingle: return compile_comprehension(expr);
        case ExprKind::kReduce: return compile_reduce(expr);
        case ExprKind::kMapProjection: {
            std::vector<VectorExprPtr> values;
            for (const MapProjectionItem& item : expr.projection) {
                values.push_back(item.value == nullptr ? nullptr : compile(*item.value));
            }
            return make_map_projection(one(0), expr, std::move(values));
        }
        case ExprKind::kPathValue: return make_path_value(expr.path_slots);
        case ExprKind::kExists:
        case ExprKind::kCountSubquery:
        case ExprKind::kCollectSubquery:
        case ExprKind::kPatternComprehension:
        case ExprKind::kShortestPath: return make_subquery(expr, *this);
    }
    MAEK_CHECK(false, "an expression of unknown kind");
}

}  // namespace maek::query
