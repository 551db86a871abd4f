// Room: query, inner. Operators over rows as they come: filter, project, limit, unwind, empty,
// distinct, and the leaf of one empty row. Tests: tests/query/cases/{with,return,unwind}.test.
#pragma once

#include "query/exec/expression.h"
#include "query/exec/operator.h"
#include "query/exec/row_buffer.h"
#include "query/exec/row_table.h"
#include "query/plan/logical_rows.h"

namespace maek::query {

class UnitOp final : public Operator {
protected:
    void do_open(ExecContext&) override { given_ = false; }
    bool do_next(ExecContext&, Batch& out) override {
        if (given_) return false;
        given_ = true;
        out.rows = 1;
        return true;
    }

private:
    bool given_ = false;
};

class FilterOp final : public Operator {
public:
    // reads[i]: the slots that conditions[i] and all later ones read.
    FilterOp(OperatorPtr input, std::vector<VectorExprPtr> conditions, SlotList live);

protected:
    bool do_next(ExecContext& context, Batch& out) override;

private:
    std::vector<VectorExprPtr> conditions_;
    SlotList live_;  // read above or by a condition
    std::vector<std::uint32_t> kept_;
};

class ProjectOp final : public Operator {
public:
    struct Item {
        Slot slot;
        VectorExprPtr expr;
    };
    ProjectOp(OperatorPtr input, std::vector<Item> items);

protected:
    bool do_next(ExecContext& context, Batch& out) override;

private:
    std::vector<Item> items_;
};

// The number of SKIP, LIMIT or IN TRANSACTIONS OF.
struct RowCount {
    VectorExprPtr expr;  // null: not given
    const char* clause = "";
    SourceRange range;
    std::int64_t least = 0;
    // Throws when it is no integer or smaller than that.
    std::uint64_t get(ExecContext& context, std::uint64_t otherwise);
};

class LimitOp final : public Operator {
public:
    LimitOp(OperatorPtr input, RowCount skip, RowCount limit, SlotList live);

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    void count(ExecContext& context);  // evaluates SKIP and LIMIT
    bool next_input(ExecContext& context, Batch& out);

    RowCount skip_, limit_;
    SlotList live_;
    std::uint64_t to_skip_ = 0, to_give_ = 0;
    bool waits_ = false, first_ = false;  // for the first rows before counting; they are in the batch
};

class EmptyOp final : public Operator {
public:
    EmptyOp(OperatorPtr input, std::size_t slots) {
        add_child(std::move(input));
        input_.prepare(slots);
    }

protected:
    bool do_next(ExecContext& context, Batch&) override {
        while (child().next(context, input_)) {
        }
        return false;
    }

private:
    Batch input_;
};

class DistinctOp final : public Operator {
public:
    DistinctOp(OperatorPtr input, SlotList slots, SlotList live);
    void close() override;

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    SlotList slots_, live_;
    RowTable table_;
    std::vector<std::uint32_t> numbers_, kept_;
};

}  // namespace maek::query
