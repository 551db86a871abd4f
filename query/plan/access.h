// Room: query, inner. How a node or relationship of a pattern can be found without coming from
// another: which of its conditions an index answers, and how many it leaves.
// Tests: tests/query/cases/explain_profile.test, tests/reference/index_agreement_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "query/plan/logical_read.h"
#include "query/plan/pattern_graph.h"
#include "query/plan/query_planner.h"

namespace maek::query {

struct Access : Lookup {
    double rows = 0;
    std::vector<std::size_t> used;  // conditions that it answers, by number
};

// What is looked for, and how many of it there are.
struct Sought {
    Slot slot = kNoSlot;
    const std::vector<std::string>* names = nullptr;  // labels, all of which it has; or types, any of which
    bool relationship = false;
    double all = 0;
};

class AccessFinder {
public:
    AccessFinder(QueryPlanner& planner, const PatternGraph& graph) : planner_(planner), graph_(graph) {}

    // The best of those that the conditions open when the slots are bound; none, or worse than the best
    // so far, leaves it.
    void improve(const Sought& sought, const std::vector<std::size_t>& conditions, const SlotSet& bound, Access& best);
    // The first condition on a property that has an index, in a form that cannot use it: tells the user.
    void note_unused(const Sought& sought, const std::vector<std::size_t>& conditions);

private:
    enum class Index : std::uint8_t { kNone, kText, kRange };  // each can do what those before can
    Index index(const Sought& sought, const std::string& key) const;
    double equal_share(const Sought& sought, const std::string& key) const;
    const BoundExpr* indexed_property(const BoundExpr& expr, const Sought& sought) const;

    std::optional<Access> by_condition(std::size_t number, const Sought& sought, const SlotSet& bound);
    bool has_right_form(const BoundExpr& expr, const Sought& sought);
    std::optional<Access> by_pair(const BoundExpr& expr, std::size_t side, const Sought& sought);
    std::optional<Access> by_alternatives(std::size_t number, const Sought& sought, const SlotSet& bound);
    bool add_alternatives(const BoundExpr& expr, const Sought& sought, std::string& key,
                          std::vector<const BoundExpr*>& values) const;
    const BoundExpr* list_of(std::size_t number, const std::vector<const BoundExpr*>& values);
    std::optional<Access> equal(const Sought& sought, const std::string& key, const BoundExpr* value) const;
    std::optional<Access> one_of(const Sought& sought, const std::string& key, const BoundExpr* values, double count) const;

    QueryPlanner& planner_;
    const PatternGraph& graph_;
    std::unordered_map<std::size_t, const BoundExpr*> lists_;  // made of alternatives, by condition
};

// slot.key of the expression, or null.
const BoundExpr* property_of(const BoundExpr& expr, Slot slot);

}  // namespace maek::query
