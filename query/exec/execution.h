// Room: query, inner. A plan ready to run, again and again: operators are made at the first run and
// kept for the next. Thread-safe; each run has its own operators.
// Tests: tests/query/exec/engine_test.cpp.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "query/exec/operator.h"
#include "query/plan/logical_plan.h"

namespace maek::query {

// The operators of one run and what they work in.
struct Execution {
    std::vector<const Operator*> operators;  // of the root's tree and of subqueries
    ExecContext context;
    Batch rows;
    OperatorPtr root;  // goes first: its steps give their memory back to the context's guard
};

class Prepared {
public:
    explicit Prepared(std::unique_ptr<Plan> plan) : plan_(std::move(plan)) {}
    const Plan& plan() const { return *plan_; }

    std::unique_ptr<Execution> take();
    void give_back(std::unique_ptr<Execution> execution);

private:
    std::unique_ptr<Plan> plan_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Execution>> idle_;
};

// A number no run had before: caches of operators ask for it.
std::uint64_t next_run();

// Runs to the end, appending the result's rows. context is filled by the caller.
void run_to_end(Execution& execution, const Plan& plan, std::vector<std::vector<Value>>& rows);

// The tree of the plan as text, one step a line with its estimate, then those of subqueries in expressions; with a
// finished execution also what its operators counted.
std::string explain(const Plan& plan, const Execution* finished);

}  // namespace maek::query
