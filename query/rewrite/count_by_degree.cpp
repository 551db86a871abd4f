// count(*) over an expansion whose ends nobody reads: the number of relationships is enough, no row
// is made for each. Does not apply when a later step reads the far node or the relationship, or when
// the relationship must differ from those of a variable-length part.
//
//   Aggregate(count(*)) <- Filter(r <> q) <- Expand(a, r, b)      becomes
//   Aggregate(count(*), times n) <- CountExpand(a, n, other than q)
// and where the far node is tied back by a second relationship (a cycle), CountIntersect.
// Tests: tests/query/cases/counting.test, tests/query/rewrite/rewrites_test.cpp.
#include <algorithm>

#include "query/eval/function_registry.h"
#include "query/plan/logical_read.h"
#include "query/plan/logical_rows.h"
#include "query/rewrite/passes.h"
#include "query/rewrite/visit.h"

namespace maek::query {

namespace {

// Whether a slot is filled by matching, so that it is never null, and is a single entity.
bool is_matched(const LogicalOp& below, Slot slot) {
    for (const LogicalOp* at = &below; at != nullptr; at = at->children.empty() ? nullptr : &at->child()) {
        SlotSet own;
        at->add_defines(own);
        if (own.has(slot)) {
            return at->kind == LogicalKind::kScan || at->kind == LogicalKind::kExpand ||
                   at->kind == LogicalKind::kRelScan || at->kind == LogicalKind::kExpandInto;
        }
    }
    return false;
}

bool counts_rows(const AggregateCall& call, const LogicalOp& below) {
    if (call.distinct) return false;
    if (call.star) return true;
    return call.function->aggregate == AggregateKind::kCount && call.arguments[0]->kind == ExprKind::kVariable &&
           is_matched(below, call.arguments[0]->slot);
}

// Two relationships that must differ; the first is one of those that go.
struct Apart {
    Slot gone, other;
};

// Takes from the filter's conditions those that only keep what goes apart from single relationships,
// noting the pairs. False when another condition reads a slot of `gone`.
bool take_apart(const LogicalFilter& filter, const SlotSet& gone, const LogicalOp& below,
                std::vector<Condition>& kept, std::vector<Apart>& pairs) {
    for (const Condition& condition : filter.conditions) {
        if (!condition.reads.overlaps(gone)) {
            kept.push_back(condition);
            continue;
        }
        if (condition.kind != Condition::Kind::kDifferentRels) return false;
        const bool first = gone.has(condition.slot);
        const Apart pair{first ? condition.slot : condition.slot2, first ? condition.slot2 : condition.slot};
        if (!gone.has(pair.other) && !is_matched(below, pair.other)) return false;
        pairs.push_back(pair);
    }
    return true;
}

// The slots of a relationship's source and target, when they are the two ends of the intersection.
std::pair<Slot, Slot> ends_of(const LogicalOp& below, Slot rel, const LogicalCountIntersect& count) {
    for (const LogicalOp* at = &below; at != nullptr; at = at->children.empty() ? nullptr : &at->child()) {
        if (at->kind != LogicalKind::kExpand) continue;
        const auto& step = static_cast<const LogicalExpand&>(*at);
        if (step.rel != rel || step.direction == RelDirection::kBoth) continue;
        const bool out = step.direction == RelDirection::kOut;
        const Slot source = out ? step.from : step.to, target = out ? step.to : step.from;
        const auto known = [&](Slot slot) { return slot == count.a || slot == count.b; };
        if (known(source) && known(target)) return {source, target};
    }
    return {kNoSlot, kNoSlot};
}

// The step under an optional filter.
LogicalOp* under_filter(LogicalOp& at, const LogicalFilter*& filter) {
    filter = nullptr;
    if (at.kind != LogicalKind::kFilter) return &at;
    filter = static_cast<const LogicalFilter*>(&at);
    return &at.child();
}

LogicalPtr filtered(std::vector<Condition> conditions, LogicalPtr input) {
    if (conditions.empty()) return input;
    auto filter = std::make_unique<LogicalFilter>();
    filter->conditions = std::move(conditions);
    filter->rows = input->rows;
    filter->children.push_back(std::move(input));
    return filter;
}

class Counting {
public:
    Counting(Plan& plan, LogicalAggregate& aggregate) : plan_(plan), aggregate_(aggregate) {}

    void run() {
        if (aggregate_.multiplicity != kNoSlot || aggregate_.calls.empty()) return;
        for (const AggregateCall* call : aggregate_.calls) {
            if (!counts_rows(*call, aggregate_.child())) return;
        }
        for (const LogicalAggregate::Key& key : aggregate_.keys) add_reads(*key.expr, keys_);
        const LogicalFilter* filter = nullptr;
        LogicalOp* step = under_filter(aggregate_.child(), filter);
        if (step->kind == LogicalKind::kExpand) expand(filter, static_cast<LogicalExpand&>(*step));
        else if (step->kind == LogicalKind::kExpandInto) close_cycle(filter, static_cast<LogicalExpandInto&>(*step));
    }

private:
    void expand(const LogicalFilter* filter, LogicalExpand& step) {
        SlotSet gone;
        gone.add(step.rel);
        gone.add(step.to);
        std::vector<Condition> kept;
        std::vector<Apart> pairs;
        if (keys_.overlaps(gone)) return;
        if (filter != nullptr && !take_apart(*filter, gone, step.child(), kept, pairs)) return;
        auto count = std::make_unique<LogicalCountExpand>();
        count->count = plan_.new_slot();
        count->from = step.from;
        count->types = step.types;
        count->direction = step.direction;
        count->to_labels = step.to_labels;
        for (const Apart& pair : pairs) count->other_than.push_back(pair.other);
        count->rows = step.child().rows;
        finish(std::move(count), filtered(std::move(kept), std::move(step.children[0])));
    }

    void close_cycle(const LogicalFilter* filter, LogicalExpandInto& closing) {
        const LogicalFilter* between = nullptr;
        LogicalOp* below = under_filter(closing.child(), between);
        if (below->kind != LogicalKind::kExpand) return;
        auto& opening = static_cast<LogicalExpand&>(*below);
        const Slot middle = opening.to;
        if ((closing.from == middle) == (closing.to == middle)) return;
        SlotSet gone;
        for (const Slot slot : {opening.rel, closing.rel, middle}) gone.add(slot);
        if (keys_.overlaps(gone)) return;
        std::vector<Condition> kept;
        std::vector<Apart> pairs;
        if (filter != nullptr && !take_apart(*filter, gone, opening.child(), kept, pairs)) return;
        if (between != nullptr && !take_apart(*between, gone, opening.child(), kept, pairs)) return;
        auto count = std::make_unique<LogicalCountIntersect>();
        count->count = plan_.new_slot();
        count->a = opening.from;
        count->b = closing.from == middle ? closing.to : closing.from;
        count->a_types = opening.types;
        count->b_types = closing.types;
        count->a_direction = opening.direction;
        count->b_direction = closing.from == middle ? turned(closing.direction) : closing.direction;
        count->labels = opening.to_labels;
        for (const Apart& pair : pairs) keep_apart(pair, opening, closing.rel, *count);
        count->rows = opening.child().rows;
        finish(std::move(count), filtered(std::move(kept), std::move(opening.children[0])));
    }

    static void keep_apart(const Apart& pair, const LogicalExpand& opening, Slot closing_rel,
                           LogicalCountIntersect& count) {
        if (pair.other == opening.rel || pair.other == closing_rel) {
            count.differ = true;
            return;
        }
        const auto found = std::find(count.other_than.begin(), count.other_than.end(), pair.other);
        const auto at = static_cast<std::size_t>(found - count.other_than.begin());
        if (found == count.other_than.end()) {
            count.other_than.push_back(pair.other);
            count.other_ends.push_back(ends_of(opening.child(), pair.other, count));
            count.other_of.push_back({false, false});
        }
        (pair.gone == opening.rel ? count.other_of[at].first : count.other_of[at].second) = true;
    }

    void finish(LogicalPtr count, LogicalPtr input) {
        SlotSet own;
        count->add_defines(own);
        aggregate_.multiplicity = own.list()[0];
        count->children.push_back(std::move(input));
        aggregate_.children[0] = std::move(count);
        // count(x) of what is no longer there is count(*).
        for (const AggregateCall*& call : aggregate_.calls) {
            if (call->star) continue;
            auto star = std::make_unique<AggregateCall>();
            star->slot = call->slot;
            star->function = call->function;
            star->star = true;
            call = star.get();
            plan_.own_calls.push_back(std::move(star));
        }
    }

    Plan& plan_;
    LogicalAggregate& aggregate_;
    SlotSet keys_;
};

}  // namespace

void count_by_degree(Plan& plan, LogicalPtr& root, const PlanOptions&) {
    visit_steps(root, [&](LogicalPtr& step) {
        if (step->kind == LogicalKind::kAggregate) Counting(plan, static_cast<LogicalAggregate&>(*step)).run();
    });
}

}  // namespace maek::query
