// Room: query, inner. Operators that bring an input together with something run for it: OPTIONAL
// MATCH, CALL { }, joins and unions. Tests: tests/query/cases/{optional,call,union}.test.
#pragma once

#include "query/exec/build.h"
#include "query/exec/operator.h"
#include "query/exec/row_buffer.h"
#include "query/exec/row_table.h"
#include "query/plan/logical_rows.h"

namespace maek::query {

// Runs the inner plan over each input batch at once; rows carry the number of their input row.
class OptionalOp final : public Operator {
public:
    OptionalOp(OperatorPtr input, SubTree inner, const LogicalOptional& plan, SlotList carried,
               SlotList fresh, std::size_t slots);
    void close() override;

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    void emit(Batch& out, const Batch* found);

    const LogicalOptional& plan_;
    SubTree inner_;
    SlotList carried_, fresh_;
    Batch input_, found_;
    bool running_ = false;
    std::uint32_t passed_ = 0;  // input rows before this one have been given
    std::vector<bool> matched_;
    std::vector<std::uint32_t> picked_;       // input rows, in the order of output
    std::vector<std::uint32_t> found_rows_;   // row of found_, or kNone for nulls
};

// CALL { } that only reads: over whole batches (row_slot set), or for each row by itself.
class ApplyOp final : public Operator {
public:
    ApplyOp(OperatorPtr input, SubTree inner, const LogicalApply& plan, SlotList carried, SlotList fresh,
            std::size_t slots);
    void close() override;

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    void start_inner(ExecContext& context);

    const LogicalApply& plan_;
    SubTree inner_;
    SlotList carried_, fresh_;
    Batch input_, one_, found_;
    std::uint32_t row_ = 0;
    bool running_ = false, found_any_ = false;
    std::vector<std::uint32_t> picked_;
};

class HashJoinOp final : public Operator {
public:
    HashJoinOp(OperatorPtr left, OperatorPtr right, std::vector<VectorExprPtr> left_keys,
               std::vector<VectorExprPtr> right_keys, SlotList left_slots, SlotList right_slots,
               std::size_t slots);
    void close() override;

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    bool next_left(ExecContext& context);
    void read(ExecContext& context);

    std::vector<VectorExprPtr> left_keys_, right_keys_;
    SlotList left_slots_, right_slots_;
    Batch input_, build_;
    RowBuffer right_;
    RowTable table_;
    std::vector<std::uint32_t> numbers_, first_, next_;  // chains of right rows by distinct key
    std::uint32_t row_ = 0, chain_ = RowTable::kNone;
    bool row_open_ = false, read_ = false;
    std::vector<std::uint32_t> picked_, joined_;
};

class UnionOp final : public Operator {
public:
    UnionOp(std::vector<OperatorPtr> arms, const LogicalUnion& plan, SlotList wanted, std::size_t slots);

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    const LogicalUnion& plan_;
    SlotList wanted_;
    Batch arm_rows_;
    std::size_t arm_ = 0;
};

}  // namespace maek::query
