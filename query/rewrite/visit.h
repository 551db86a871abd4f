// Room: query, inner. Walking a plan's tree with the right to replace each step.
#pragma once

#include "query/plan/logical_plan.h"

namespace maek::query {

// Calls visit(LogicalPtr&) for every step, the ones above first.
template <class Visit>
void visit_steps(LogicalPtr& root, const Visit& visit) {
    std::vector<LogicalPtr*> rest{&root};
    while (!rest.empty()) {
        LogicalPtr& at = *rest.back();
        rest.pop_back();
        visit(at);
        for (LogicalPtr& child : at->children) rest.push_back(&child);
    }
}

}  // namespace maek::query
