// Room: query, inner. UNWIND and FOR: a row for each element of a list. That of range() is not made
// into a list first.
// Tests: tests/query/cases/unwind.test.
#pragma once

#include "query/eval/operators.h"
#include "query/exec/expression.h"
#include "query/exec/operator.h"
#include "query/plan/logical_rows.h"

namespace maek::query {

class UnwindOp final : public Operator {
public:
    UnwindOp(OperatorPtr input, const LogicalUnwind& plan, VectorExprPtr list, SlotList carried,
             std::size_t slots);

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    const LogicalUnwind& plan_;
    VectorExprPtr list_;
    SlotList carried_;
    Batch input_;
    const Vector* lists_ = nullptr;
    std::uint32_t row_ = 0;
    std::size_t element_ = 0;
    std::vector<std::uint32_t> picked_;
};

class UnwindRangeOp final : public Operator {
public:
    // arguments: those of range().
    UnwindRangeOp(OperatorPtr input, const LogicalUnwind& plan, std::vector<VectorExprPtr> arguments,
                  SlotList carried, std::size_t slots);

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    IntegerRange range_of_row(ExecContext& context);

    const LogicalUnwind& plan_;
    std::vector<VectorExprPtr> arguments_;
    SlotList carried_;
    Batch input_;
    std::uint32_t row_ = 0;
    bool row_open_ = false;
    IntegerRange numbers_;
    std::uint64_t index_ = 0;
    std::vector<std::uint32_t> picked_;
};

}  // namespace maek::query
