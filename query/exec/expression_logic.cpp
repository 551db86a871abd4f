// AND, OR, XOR, NOT in three values. An operand that could fail is evaluated only for the rows
// that the operands before it leave open.
#include <algorithm>

#include "query/eval/operators.h"
#include "query/exec/expression_nodes.h"

namespace maek::query {

namespace {

const char* word(ExprKind kind) {
    return kind == ExprKind::kAnd ? "AND" : kind == ExprKind::kOr ? "OR" : "XOR";
}

Truth combine(ExprKind kind, Truth a, Truth b) {
    switch (kind) {
        case ExprKind::kAnd: return logical_and(a, b);
        case ExprKind::kOr: return logical_or(a, b);
        default: return logical_xor(a, b);
    }
}

class Logic final : public VectorExpr {
public:
    Logic(ExprKind kind, std::vector<VectorExprPtr> operands)
        : kind_(kind), operands_(std::move(operands)) {}

    const Vector& eval(ExecContext& context, const Batch& batch) override {
        result_.start(VectorKind::kBoolean, batch.rows);
        Truth* to = result_.truths();
        for (std::size_t i = 0; i < operands_.size(); ++i) {
            if (i > 0 && kind_ != ExprKind::kXor && operands_[i]->may_fail()) {
                where_open(context, batch, *operands_[i], to);
            } else {
                everywhere(context, batch, *operands_[i], to, i == 0);
            }
        }
        return result_;
    }

    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        Truth all = to_truth(operands_[0]->eval_row(context, batch, row), word(kind_));
        for (std::size_t i = 1; i < operands_.size(); ++i) {
            if (decided(all)) break;
            all = combine(kind_, all, to_truth(operands_[i]->eval_row(context, batch, row), word(kind_)));
        }
        return to_value(all);
    }

    bool may_fail() const override {
        return std::any_of(operands_.begin(), operands_.end(),
                           [](const VectorExprPtr& operand) { return operand->may_fail(); });
    }

private:
    bool decided(Truth so_far) const {
        return (kind_ == ExprKind::kAnd && so_far == Truth::kFalse) ||
               (kind_ == ExprKind::kOr && so_far == Truth::kTrue);
    }

    void everywhere(ExecContext& context, const Batch& batch, VectorExpr& operand, Truth* to, bool first) {
        const Vector& values = operand.eval(context, batch);
        const bool typed = values.kind() == VectorKind::kBoolean;
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            const Truth value = typed ? values.truths()[values.at(row)]
                                      : to_truth(values.value(row), word(kind_));
            to[row] = first ? value : combine(kind_, to[row], value);
        }
    }

    void where_open(ExecContext& context, const Batch& batch, VectorExpr& operand, Truth* to) {
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            if (decided(to[row])) continue;
            to[row] = combine(kind_, to[row], to_truth(operand.eval_row(context, batch, row), word(kind_)));
        }
    }

    ExprKind kind_;
    std::vector<VectorExprPtr> operands_;
};

class Not final : public VectorExpr {
public:
    explicit Not(VectorExprPtr operand) : operand_(std::move(operand)) {}
    const Vector& eval(ExecContext& context, const Batch& batch) override {
        const Vector& values = operand_->eval(context, batch);
        result_.start(VectorKind::kBoolean, batch.rows);
        const bool typed = values.kind() == VectorKind::kBoolean;
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            result_.truths()[row] = !(typed ? values.truths()[values.at(row)]
                                            : to_truth(values.value(row), "NOT"));
        }
        return result_;
    }
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        return to_value(!to_truth(operand_->eval_row(context, batch, row), "NOT"));
    }
    bool may_fail() const override { return operand_->may_fail(); }

private:
    VectorExprPtr operand_;
};

}  // namespace

VectorExprPtr make_logic(ExprKind kind, std::vector<VectorExprPtr> operands) {
    return std::make_unique<Logic>(kind, std::move(operands));
}
VectorExprPtr make_not(VectorExprPtr operand) { return std::make_unique<Not>(std::move(operand)); }

}  // namespace maek::query
