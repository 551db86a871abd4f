// Room: query, inner. One step along relationships: from a bound node to its neighbours, between
// two bound nodes, over all relationships of a type, or from a bound relationship to its ends.
// Tests: tests/query/cases/match.test.
#pragma once

#include "query/exec/build.h"
#include "query/exec/expression.h"
#include "query/exec/label_filter.h"
#include "query/exec/operator.h"
#include "query/plan/logical_read.h"

namespace maek::query {

class ExpandOp final : public Operator {
public:
    ExpandOp(OperatorPtr input, const LogicalExpand& plan, SlotList carried, bool wants_rel,
             bool wants_to, std::size_t slots);
    // Leaves rows that have their answer, and looks before it takes many steps of one row.
    void stop_at(const Answered* answered) { answered_ = answered; }

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    void fill(const graph::Graph& graph);
    void emit(Batch& out);

    const LogicalExpand& plan_;
    SlotList carried_;
    bool wants_rel_, wants_to_;
    AdjacencySteps steps_;
    LabelFilter labels_;
    Batch input_;
    const std::vector<AdjacencyStep>* looked_up_ = nullptr;
    const std::uint32_t* from_ = nullptr;
    std::vector<std::uint32_t> scratch_;
    std::uint32_t row_ = 0;
    std::size_t step_ = 0, entry_ = 0;
    const Answered* answered_ = nullptr;
    std::uint32_t quota_ = 0, taken_ = 0;  // of the present row, before it looks again
    std::vector<std::uint32_t> picked_, rels_, nodes_;
};

class ExpandIntoOp final : public Operator {
public:
    ExpandIntoOp(OperatorPtr input, const LogicalExpandInto& plan, SlotList carried, std::size_t slots);

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    void find(const graph::Graph& graph, std::uint32_t from, std::uint32_t to);

    const LogicalExpandInto& plan_;
    SlotList carried_;
    AdjacencySteps steps_;
    Batch input_;
    std::vector<std::uint32_t> scratch_from_, scratch_to_;
    std::uint32_t row_ = 0;
    std::vector<std::uint32_t> picked_, rels_;
    const std::vector<AdjacencyStep>* looked_up_ = nullptr;
    const std::uint32_t *from_ = nullptr, *to_ = nullptr;
};

class RelScanOp final : public Operator {
public:
    RelScanOp(OperatorPtr input, const LogicalRelScan& plan, SlotList carried, SlotList wanted,
              std::size_t slots);

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    void want_types(const graph::Graph& graph);
    void scan(ExecContext& context);
    void add(std::uint32_t rel, std::uint32_t from, std::uint32_t to);

    const LogicalRelScan& plan_;
    SlotList carried_;
    bool wants_rel_, wants_from_, wants_to_;
    std::vector<TypeRef> types_;
    std::vector<std::uint8_t> type_wanted_;  // by type
    Batch input_;
    std::uint32_t row_ = 0, next_rel_ = 0, found_ = 0;
    std::vector<std::uint32_t> rels_, froms_, tos_;
};

class RelEndsOp final : public Operator {
public:
    RelEndsOp(OperatorPtr input, const LogicalRelEnds& plan, SlotList carried, std::size_t slots);

protected:
    bool do_next(ExecContext& context, Batch& out) override;

private:
    const LogicalRelEnds& plan_;
    SlotList carried_;
    Batch input_;
    std::vector<std::uint32_t> scratch_rel_, scratch_from_, scratch_to_, picked_, froms_, tos_;
};

}  // namespace maek::query
