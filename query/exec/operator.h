// Room: query, inner. The interface of every step of a running plan: rows are pulled in batches.
//
// Life: built once from the plan (exec/build.h), then for every run open() - next()... - close().
// An operator may be opened again at any time (a subquery starts over for every batch of its
// surroundings). It is used by one thread at a time and keeps its buffers between runs.
// Tests: through the query cases.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "query/exec/batch.h"
#include "query/exec/exec_context.h"

namespace maek::query {

struct LogicalOp;

// What PROFILE shows of an operator.
struct OperatorStats {
    std::uint64_t rows = 0, batches = 0;
    std::chrono::nanoseconds time{0};  // the operators below included
    std::size_t memory = 0;            // most held at once by the statement while it ran
};

class Operator {
public:
    virtual ~Operator() = default;

    // Starts over.
    void open(ExecContext& context);
    // Fills the live columns of `out` with at least one row, or returns false: no more rows.
    // `out` was prepared for the statement's slots by its owner and is the same in every call
    // between two open()s.
    bool next(ExecContext& context, Batch& out);
    // Frees what was kept of the last run, except small buffers.
    virtual void close() {
        for (const auto& child : children_) child->close();
    }

    OperatorStats stats;
    const LogicalOp* plan = nullptr;  // what it was built from
    const std::vector<std::unique_ptr<Operator>>& children() const { return children_; }

protected:
    virtual void do_open(ExecContext& context) {
        for (const auto& child : children_) child->open(context);
    }
    virtual bool do_next(ExecContext& context, Batch& out) = 0;

    Operator& child(std::size_t i = 0) { return *children_[i]; }
    void add_child(std::unique_ptr<Operator> op) { children_.push_back(std::move(op)); }

private:
    bool profiled_next(ExecContext& context, Batch& out);
    std::vector<std::unique_ptr<Operator>> children_;
};
using OperatorPtr = std::unique_ptr<Operator>;

// Slots the operators above read, ascending; what an operator has to carry along.
using SlotList = std::vector<Slot>;

}  // namespace maek::query
