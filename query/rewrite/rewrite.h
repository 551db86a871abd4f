// Room: query, inner. The passes that make a plan better without changing what it answers. Each is
// small, has a name (RunOptions::disabled_rewrites) and a file of its own.
// Tests: tests/query/rewrite/rewrites_test.cpp compares answers with each pass on and off.
#pragma once

#include "query/plan/logical_plan.h"
#include "query/plan/planner.h"

namespace maek::query {

void rewrite(Plan& plan, const PlanOptions& options);

}  // namespace maek::query
