// Room: query, inner. The passes of rewrite.cpp, one a file.
#pragma once

#include "query/plan/logical_plan.h"
#include "query/plan/planner.h"

namespace maek::query {

void count_by_degree(Plan& plan, LogicalPtr& root, const PlanOptions& options);
void distinct_ends(Plan& plan, LogicalPtr& root, const PlanOptions& options);
void count_store(Plan& plan, LogicalPtr& root, const PlanOptions& options);

}  // namespace maek::query
