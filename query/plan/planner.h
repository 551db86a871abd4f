// Room: query, inner. From a bound statement to a tree of steps: clause by clause, each MATCH in
// the order that promises the fewest rows.
// Tests: tests/query/exec/plan_test.cpp, tests/query/cases/plans.test.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "query/eval/eval_context.h"
#include "query/plan/logical_plan.h"

namespace maek::query {

struct PlanOptions {
    const graph::Graph* graph = nullptr;     // for counts; any recent state will do
    std::vector<std::string> disabled;       // rewrites by name
    Guard* guard = nullptr;                  // asked between steps whether to go on
    bool enabled(std::string_view rewrite) const;
};

// Requires: statement.kind is kQuery. Throws QueryError for what cannot be planned.
std::unique_ptr<Plan> make_plan(std::unique_ptr<BoundStatement> statement, const PlanOptions& options);

}  // namespace maek::query
