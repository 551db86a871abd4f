// + - * / % ^ || and the signs: loops over integers and floats, else value by value.
#include "query/eval/operators.h"
#include "query/exec/expression_nodes.h"

namespace maek::query {

namespace {

Value calculate(ExecContext& context, ExprKind kind, const Value& a, const Value& b) {
    switch (kind) {
        case ExprKind::kAdd: return add(context.eval, a, b);
        case ExprKind::kSubtract: return subtract(context.eval, a, b);
        case ExprKind::kMultiply: return multiply(context.eval, a, b);
        case ExprKind::kDivide: return divide(context.eval, a, b);
        case ExprKind::kModulo: return modulo(context.eval, a, b);
        case ExprKind::kPower: return power(context.eval, a, b);
        default: return concatenate(context.eval, a, b);
    }
}

std::int64_t calculate(ExprKind kind, std::int64_t a, std::int64_t b) {
    switch (kind) {
        case ExprKind::kAdd: return add_integers(a, b);
        case ExprKind::kSubtract: return subtract_integers(a, b);
        case ExprKind::kMultiply: return multiply_integers(a, b);
        case ExprKind::kDivide: return divide_integers(a, b);
        default: return modulo_integers(a, b);
    }
}

bool has_integer_form(ExprKind kind) { return kind != ExprKind::kPower && kind != ExprKind::kConcat; }
bool has_float_form(ExprKind kind) {
    return kind == ExprKind::kAdd || kind == ExprKind::kSubtract || kind == ExprKind::kMultiply;
}

double calculate(ExprKind kind, double a, double b) {
    return kind == ExprKind::kAdd ? a + b : kind == ExprKind::kSubtract ? a - b : a * b;
}

class Arithmetic final : public VectorExpr {
public:
    Arithmetic(ExprKind kind, VectorExprPtr a, VectorExprPtr b)
        : kind_(kind), a_(std::move(a)), b_(std::move(b)) {}

    const Vector& eval(ExecContext& context, const Batch& batch) override {
        const Vector& a = a_->eval(context, batch);
        const Vector& b = b_->eval(context, batch);
        if (batch.rows > 0 && a.is_constant() && b.is_constant()) {
            result_.set_constant(calculate(context, kind_, a.value(0), b.value(0)));
        } else if (a.kind() == VectorKind::kInteger && b.kind() == VectorKind::kInteger &&
                   has_integer_form(kind_)) {
            integers(a, b, batch.rows);
        } else if (a.kind() == VectorKind::kFloat && b.kind() == VectorKind::kFloat &&
                   has_float_form(kind_)) {
            floats(a, b, batch.rows);
        } else {
            result_.start(VectorKind::kValue, batch.rows);
            for (std::uint32_t i = 0; i < batch.rows; ++i) {
                result_.set(i, calculate(context, kind_, a.value(i), b.value(i)));
            }
        }
        return result_;
    }

    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        const Value a = a_->eval_row(context, batch, row);
        return calculate(context, kind_, a, b_->eval_row(context, batch, row));
    }

private:
    void integers(const Vector& a, const Vector& b, std::uint32_t rows) {
        result_.start(VectorKind::kInteger, rows);
        std::int64_t* to = result_.integers();
        const bool nulls = a.nulls() != nullptr || b.nulls() != nullptr;
        std::uint8_t* mask = nulls ? result_.make_nulls() : nullptr;
        for (std::uint32_t i = 0; i < rows; ++i) {
            if (nulls && (a.is_null(i) || b.is_null(i))) {
                to[i] = 0;
                mask[i] = 1;
                continue;
            }
            to[i] = calculate(kind_, a.integers()[a.at(i)], b.integers()[b.at(i)]);
        }
    }

    void floats(const Vector& a, const Vector& b, std::uint32_t rows) {
        result_.start(VectorKind::kFloat, rows);
        double* to = result_.floats();
        const bool nulls = a.nulls() != nullptr || b.nulls() != nullptr;
        std::uint8_t* mask = nulls ? result_.make_nulls() : nullptr;
        for (std::uint32_t i = 0; i < rows; ++i) {
            if (nulls && (a.is_null(i) || b.is_null(i))) mask[i] = 1;
            to[i] = calculate(kind_, a.floats()[a.at(i)], b.floats()[b.at(i)]);
        }
    }

    ExprKind kind_;
    VectorExprPtr a_, b_;
};

class Chain final : public VectorExpr {
public:
    Chain(std::vector<ExprKind> operators, std::vector<VectorExprPtr> operands)
        : operators_(std::move(operators)), operands_(std::move(operands)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        Value sum = operands_[0]->eval_row(context, batch, row);
        for (std::size_t i = 0; i < operators_.size(); ++i) {
            sum = calculate(context, operators_[i], sum, operands_[i + 1]->eval_row(context, batch, row));
        }
        return sum;
    }

private:
    std::vector<ExprKind> operators_;
    std::vector<VectorExprPtr> operands_;
};

class Sign final : public VectorExpr {
public:
    Sign(ExprKind kind, VectorExprPtr a) : minus_(kind == ExprKind::kNegate), a_(std::move(a)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        const Value value = a_->eval_row(context, batch, row);
        return minus_ ? negate(context.eval, value) : plus(context.eval, value);
    }

private:
    bool minus_;
    VectorExprPtr a_;
};

}  // namespace

VectorExprPtr make_arithmetic(ExprKind kind, VectorExprPtr a, VectorExprPtr b) {
    return std::make_unique<Arithmetic>(kind, std::move(a), std::move(b));
}
VectorExprPtr make_chain(std::vector<ExprKind> operators, std::vector<VectorExprPtr> operands) {
    return std::make_unique<Chain>(std::move(operators), std::move(operands));
}
VectorExprPtr make_sign(ExprKind kind, VectorExprPtr a) {
    return std::make_unique<Sign>(kind, std::move(a));
}

}  // namespace maek::query
