// Room: query, inner. Counting without making rows: how many ways an expansion would go on, how many
// nodes close a cycle, how many nodes or relationships there are. See rewrite/count_by_degree.cpp.
// Tests: tests/query/cases/counting.test.
#pragma once

#include "query/exec/expression.h"
#include "query/exec/label_filter.h"
#include "query/exec/operator.h"
#include "query/plan/logical_read.h"

namespace maek::query {

class CountExpandOp final : public Operator {
public:
    CountExpandOp(OperatorPtr input, const LogicalCountExpand& step, SlotList live);

protected:
    bool do_next(ExecContext& context, Batch& out) override;

private:
    std::int64_t count(const graph::Graph& graph, const std::vector<AdjacencyStep>& steps, std::uint32_t from) const;
    // Whether the relationship is one of those counted.
    bool is_counted(const graph::Graph& graph, const std::vector<AdjacencyStep>& steps, std::uint32_t from,
                    std::uint32_t rel) const;

    const LogicalCountExpand& plan_;
    SlotList live_;
    AdjacencySteps steps_;
    LabelFilter labels_;
    std::vector<std::uint32_t> scratch_, kept_;
    std::vector<std::vector<std::uint32_t>> other_scratch_;
};

class CountIntersectOp final : public Operator {
public:
    CountIntersectOp(OperatorPtr input, const LogicalCountIntersect& step, SlotList live);

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    void mark(const graph::Graph& graph, std::uint32_t b);
    std::int64_t count(const graph::Graph& graph, std::uint32_t a) const;
    bool may_repeat(const graph::Graph& graph, std::uint32_t a, std::uint32_t b, std::uint32_t row) const;
    std::int64_t count_slowly(const graph::Graph& graph, std::uint32_t a, std::uint32_t b, std::uint32_t row) const;

    const LogicalCountIntersect& plan_;
    SlotList live_;
    AdjacencySteps a_steps_, b_steps_;
    const std::vector<AdjacencyStep>*a_now_ = nullptr, *b_now_ = nullptr;
    LabelFilter labels_;
    std::uint32_t marked_ = NodeId::kNone;  // the b whose neighbours are marked
    std::vector<std::uint32_t> marks_;      // by node: relationships to b
    std::vector<std::uint32_t> touched_;
    std::vector<std::uint32_t> a_scratch_, b_scratch_, kept_;
    std::vector<const std::uint32_t*> others_;
    std::vector<std::vector<std::uint32_t>> other_scratch_;
};

class CountOnlyOp final : public Operator {
public:
    explicit CountOnlyOp(const LogicalCountOnly& step) : plan_(step), label_(step.name), type_(step.name) {}

protected:
    void do_open(ExecContext&) override { given_ = false; }
    bool do_next(ExecContext& context, Batch& out) override;

private:
    const LogicalCountOnly& plan_;
    LabelRef label_;
    TypeRef type_;
    bool given_ = false;
};

// Breadth first from each row's node: every node within reach once. See rewrite/distinct_ends.cpp.
class DistinctEndsOp final : public Operator {
public:
    DistinctEndsOp(OperatorPtr input, const LogicalDistinctEnds& step, SlotList carried, std::size_t slots);

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    void search(ExecContext& context, std::uint32_t from);

    const LogicalDistinctEnds& plan_;
    SlotList carried_;
    AdjacencySteps steps_;
    Batch input_;
    std::uint32_t row_ = 0, epoch_ = 0;
    std::size_t given_ = 0;
    std::vector<std::uint32_t> ends_, frontier_, next_, scratch_, picked_;
    std::vector<std::uint32_t> stamp_, branch_, distance_;  // by node
    bool searched_ = false;
};

}  // namespace maek::query
