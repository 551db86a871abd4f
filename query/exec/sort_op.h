// Room: query, inner. ORDER BY, whole or only the first rows (top-k). Stable; the order of values is
// order() of eval/semantics.h. Tests: tests/query/cases/order.test.
#pragma once

#include "query/exec/expression.h"
#include "query/exec/operator.h"
#include "query/exec/row_buffer.h"
#include "query/exec/row_ops.h"
#include "query/plan/logical_rows.h"

namespace maek::query {

class SortOp final : public Operator {
public:
    struct Key {
        VectorExprPtr expr;
        bool descending;
        std::optional<bool> nulls_first;
    };
    // skip, limit: null unless only the first rows are wanted.
    SortOp(OperatorPtr input, std::vector<Key> keys, RowCount skip, RowCount limit, bool top,
           SlotList carried, std::size_t slots);
    void close() override;

protected:
    void do_open(ExecContext& context) override;
    bool do_next(ExecContext& context, Batch& out) override;

private:
    void count(ExecContext& context);
    void read(ExecContext& context);
    void sort(std::uint32_t wanted);
    void shrink(ExecContext& context);
    int compare(std::uint32_t a, std::uint32_t b) const;

    std::vector<Key> keys_;
    RowCount skip_, limit_;
    bool top_;
    SlotList carried_;
    std::size_t slots_;
    Batch input_;
    RowBuffer rows_;
    std::vector<Vector> key_columns_;
    std::size_t key_bytes_ = 0;
    std::vector<std::uint32_t> order_;
    std::uint64_t wanted_ = 0;
    std::uint32_t given_ = 0;
    bool read_ = false;
    ExecContext* context_ = nullptr;
};

}  // namespace maek::query
