// Room: query, inner. GROUP BY in the language's way: rows with equivalent keys become one, with the
// answers of the aggregating functions. Tests: tests/query/cases/aggregation.test.
#pragma once

#include "query/eval/aggregates.h"
#include "query/exec/expression.h"
#include "query/exec/operator.h"
#include "query/exec/row_table.h"
#include "query/plan/logical_rows.h"

namespace maek::query {

// One call's states, one a group. Counts and sums of plain numbers are kept in arrays; everything
// else in states of eval/aggregates.h.
class AggregateColumn {
public:
    AggregateColumn(const AggregateCall& call, std::vector<VectorExprPtr> arguments);
    void start();
    void resize(std::size_t groups);
    // Adds the rows of the batch to their groups. times: what each row counts for (count only).
    void add(ExecContext& context, const Batch& batch, const std::vector<std::uint32_t>& groups,
             const Vector* times);
    Value finish(ExecContext& context, std::uint32_t group);
    // All of another column's group added to one of this.
    void merge(ExecContext& context, std::uint32_t group, AggregateColumn& other, std::uint32_t other_group);
    void clear();
    Slot slot() const { return call_.slot; }
    const SourceRange& range() const { return call_.range; }

private:
    void count(const Batch& batch, const Vector& values, const std::vector<std::uint32_t>& groups,
               const Vector* times);
    void sum_integers(ExecContext& context, const Vector& values, const std::vector<std::uint32_t>& groups);
    void carry(ExecContext& context, std::uint32_t group, std::int64_t integers);
    void sum_floats(const Vector& values, const std::vector<std::uint32_t>& groups);
    void add_generic(ExecContext& context, const Batch& batch, const std::vector<std::uint32_t>& groups,
                     const Vector& first);
    AggregateState& state(std::uint32_t group);

    const AggregateCall& call_;
    AggregateKind kind_;
    std::vector<VectorExprPtr> arguments_;
    struct Sum {
        std::int64_t integers = 0;
        double floats = 0;
        bool has_integers = false, has_floats = false;
    };
    std::vector<std::int64_t> counts_;
    std::vector<Sum> sums_;
    std::vector<std::unique_ptr<AggregateState>> states_;
    std::size_t groups_ = 0;
};

class AggregateOp final : public Operator {
public:
    AggregateOp(OperatorPtr input, const LogicalAggregate& plan, std::vector<VectorExprPtr> keys,
                std::vector<AggregateColumn> calls, std::size_t slots);
    void close() override;

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    void read(ExecContext& context);
    std::uint32_t groups() const;
    // The groups of a batch with one key, from what was seen before; false: look them up.
    bool remembered(const Vector& key, std::uint32_t rows);
    void remember(const Vector& key, std::uint32_t rows);

    const LogicalAggregate& plan_;
    std::vector<VectorExprPtr> keys_;
    std::vector<AggregateColumn> calls_;
    Batch input_;
    RowTable table_;
    // Groups of recent keys by their bits (texts: by where the snapshot keeps them).
    static constexpr std::size_t kMemo = 4096;
    struct Memo {
        std::uint64_t key;
        std::uint32_t number;
    };
    std::vector<Memo> memo_;
    VectorKind memo_kind_ = VectorKind::kValue;
    std::vector<std::uint32_t> numbers_;
    std::uint32_t given_ = 0;
    bool read_ = false;
};

}  // namespace maek::query
