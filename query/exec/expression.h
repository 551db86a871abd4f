// Room: query, inner. Expressions ready to run: a tree of evaluators that work on whole batches
// where types allow, and row by row otherwise. Both ways mean the same: the row way is written with
// query/eval, the batch ways are shortcuts of it.
// An evaluator keeps its result vector, so a tree belongs to one running operator.
// Tests: tests/query/cases/expressions.test, tests/query/exec/expression_test.cpp.
#pragma once

#include <memory>
#include <vector>

#include "query/exec/batch.h"
#include "query/exec/exec_context.h"
#include "query/plan/logical_plan.h"

namespace maek::query {

class VectorExpr {
public:
    virtual ~VectorExpr() = default;

    // One value per row of the batch. Valid until the next eval() of this expression, and no longer
    // than the batch's columns stay.
    virtual const Vector& eval(ExecContext& context, const Batch& batch);

    // The value of one row. Comprehension variables are read from context.locals.
    virtual Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) = 0;

    // Whether evaluating it for a row that does not need it could throw or cost much: then AND, OR
    // and CASE evaluate it only where needed.
    virtual bool may_fail() const { return true; }

protected:
    // For a default eval() of an expression that reads no columns at all.
    virtual bool is_constant() const { return false; }
    Vector result_;
};
using VectorExprPtr = std::unique_ptr<VectorExpr>;

class OperatorBuilder;

// Makes evaluators. Variables of comprehensions around the present place are locals.
class ExprCompiler {
public:
    // builder makes the operators of subqueries.
    ExprCompiler(const Plan& plan, OperatorBuilder& builder) : plan_(plan), builder_(builder) {}

    VectorExprPtr compile(const BoundExpr& expr);
    VectorExprPtr compile(const Condition& condition);  // gives truths
    std::vector<VectorExprPtr> compile_all(const std::vector<ExprPtr>& exprs);  // null stays null

    const Plan& plan() const { return plan_; }
    OperatorBuilder& builder() { return builder_; }
    SlotSet& locals() { return locals_; }

private:
    VectorExprPtr compile_bare(const BoundExpr& expr);
    VectorExprPtr compile_comprehension(const BoundExpr& expr);
    VectorExprPtr compile_reduce(const BoundExpr& expr);

    const Plan& plan_;
    OperatorBuilder& builder_;
    SlotSet locals_;
};

// The rows on which a truth vector is true, ascending, appended to `rows`.
void select_true(const Vector& truths, std::uint32_t count, std::vector<std::uint32_t>& rows);

// The nodes of a column as ids (kNone for null), whatever its kind. Throws TypeError for values
// that are no nodes. `scratch` holds converted ids.
const std::uint32_t* node_ids(const Vector& column, std::uint32_t rows, std::vector<std::uint32_t>& scratch);
const std::uint32_t* rel_ids(const Vector& column, std::uint32_t rows, std::vector<std::uint32_t>& scratch);

}  // namespace maek::query
