#include "query/rewrite/rewrite.h"

#include <string_view>

#include "query/rewrite/passes.h"

namespace maek::query {

namespace {

struct Pass {
    std::string_view name;
    void (*run)(Plan& plan, LogicalPtr& root, const PlanOptions& options);
};

// In this order: a pass may count on what the ones before it made.
constexpr Pass kPasses[] = {
    {"count_store", count_store},
    {"distinct_ends", distinct_ends},
    {"count_by_degree", count_by_degree},
};

}  // namespace

void rewrite(Plan& plan, const PlanOptions& options) {
    for (const Pass& pass : kPasses) {
        if (!options.enabled(pass.name)) continue;
        pass.run(plan, plan.root, options);
        for (const auto& [expr, sub] : plan.subplans) pass.run(plan, sub->root, options);
    }
}

}  // namespace maek::query
