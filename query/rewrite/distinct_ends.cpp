// Only the distinct end nodes of a variable-length part matter: a breadth-first search finds them
// without walking every trail. Applies below DISTINCT, below aggregations that are indifferent to
// repetition and in EXISTS, when the list of relationships is read by nobody and the lower bound is 0 or 1 (then
// an end is reached by a trail exactly when it is reached by a shortest one). With both ends known, one shortest
// trail between them is enough.
// Tests: tests/query/cases/counting.test, tests/query/rewrite/rewrites_test.cpp.
#include <algorithm>

#include "query/eval/function_registry.h"
#include "query/plan/logical_read.h"
#include "query/plan/logical_rows.h"
#include "query/plan/pattern_graph.h"
#include "query/rewrite/passes.h"
#include "query/rewrite/visit.h"

namespace maek::query {

namespace {

bool ignores_repetition(const LogicalOp& op) {
    if (op.kind == LogicalKind::kDistinct) return true;
    if (op.kind != LogicalKind::kAggregate) return false;
    const auto& aggregate = static_cast<const LogicalAggregate&>(op);
    return std::all_of(aggregate.calls.begin(), aggregate.calls.end(), [](const AggregateCall* call) {
        return call->distinct || (!call->star && (call->function->aggregate == AggregateKind::kMin ||
                                                  call->function->aggregate == AggregateKind::kMax));
    });
}

bool is_plain(const LogicalPathSearch& search) {
    if (search.selector != PathSelector::kAll || search.mode != PathMode::kTrail) return false;
    if (search.first + 1 != search.last || !(search.from_bound || search.to_bound)) return false;
    const BoundSegment& segment = search.path->segments[search.first];
    std::vector<std::string> types;
    return segment.kind == BoundSegment::Kind::kVariable && !segment.bound_before && segment.min <= 1 &&
           segment.max.value_or(1) >= 1 && segment.properties.empty() && segment.properties_from == nullptr &&
           segment.where == nullptr && plain_names(segment.types, types) && search.path->where == nullptr;
}

// Is it the plan of an EXISTS, of which only the first row is asked for?
bool only_existence(const Plan& plan, const LogicalPtr& root) {
    return std::any_of(plan.subplans.begin(), plan.subplans.end(), [&](const auto& entry) {
        return entry.first->kind == ExprKind::kExists && &entry.second->root == &root;
    });
}

LogicalPtr make_search(const LogicalPathSearch& search) {
    const BoundSegment& segment = search.path->segments[search.first];
    auto ends = std::make_unique<LogicalDistinctEnds>();
    const bool forward = search.from_bound;
    ends->from = search.path->nodes[forward ? search.first : search.last].slot;
    ends->to = search.path->nodes[forward ? search.last : search.first].slot;
    plain_names(segment.types, ends->types);
    ends->direction = forward || segment.direction == RelDirection::kBoth ? segment.direction
                      : segment.direction == RelDirection::kOut           ? RelDirection::kIn
                                                                          : RelDirection::kOut;
    ends->min = segment.min;
    ends->max = segment.max;
    ends->rows = search.rows;
    return ends;
}

// The path search at or below `at` with nothing but filters and projections above it, if its trails need not be told
// apart; `read`: what is read above.
void search_ends(LogicalPtr* at, SlotSet read) {
    while ((*at)->kind == LogicalKind::kFilter || (*at)->kind == LogicalKind::kProject) {
        (*at)->add_reads(read);
        at = &(*at)->children[0];
    }
    if ((*at)->kind != LogicalKind::kPathSearch) return;
    auto& search = static_cast<LogicalPathSearch&>(**at);
    if (!is_plain(search) || read.has(search.path->segments[search.first].slot)) return;
    if (search.path->path_slot != kNoSlot && read.has(search.path->path_slot)) return;
    if (search.from_bound && search.to_bound) {
        search.selector = PathSelector::kAnyShortest;
        return;
    }
    LogicalPtr ends = make_search(search);
    ends->children.push_back(std::move(search.children[0]));
    *at = std::move(ends);
}

}  // namespace

void distinct_ends(Plan& plan, LogicalPtr& root, const PlanOptions&) {
    if (only_existence(plan, root)) search_ends(&root, {});
    visit_steps(root, [&](LogicalPtr& top) {
        if (!ignores_repetition(*top)) return;
        SlotSet read;
        top->add_reads(read);
        search_ends(&top->children[0], std::move(read));
    });
}

}  // namespace maek::query
