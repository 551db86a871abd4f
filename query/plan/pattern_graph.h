// Room: query, inner. The patterns of one MATCH as a graph of nodes and links, with everything that
// its rows must satisfy as a list of conditions. Where an order of steps is chosen from.
// Tests: tests/query/exec/plan_test.cpp.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "query/plan/condition.h"
#include "query/plan/logical_plan.h"
#include "query/plan/pushed_conditions.h"

namespace maek::query {

struct PatternNode {
    Slot slot = kNoSlot;
    std::vector<std::string> labels;  // that it certainly has to have
    SourceRange range;
    bool only_inside = false;         // stands only inside a path that is searched as a whole
};

struct PatternLink {
    enum class Kind : std::uint8_t { kSingle, kSearch };
    Kind kind = Kind::kSingle;
    const BoundPath* path = nullptr;
    std::size_t first = 0, last = 0;  // segments [first, last)
    std::size_t left = 0, right = 0;  // index of nodes
    std::vector<std::string> types;   // kSingle: any of these, none: any
    PathSelector selector = PathSelector::kAll;
    PathMode mode = PathMode::kTrail;
    std::vector<Slot> rel_slots;      // where its relationships are found, for DIFFERENT EDGES
    std::vector<std::size_t> conditions;  // on a shortestPath() as a whole: part of its search
    SlotSet needs;                        // what the search reads and does not find itself
    const BoundSegment& segment() const { return path->segments[first]; }
};

struct PatternGraph {
    std::vector<PatternNode> nodes;
    std::vector<PatternLink> links;
    std::vector<Condition> conditions;
    struct Named {
        Slot slot;
        std::vector<Slot> parts;
    };
    std::vector<Named> named;  // paths to be put together from their parts in the end
    std::unordered_map<Slot, std::size_t> node_at;
    // Of many links: what must differ is not among the conditions, but asked of each link when it is
    // taken, see must_differ().
    bool apart = false;

    std::size_t node_of(Slot slot) const;
};

// The plan makes slots for what has none (the walk of a quantified group).
PatternGraph make_pattern_graph(const BoundMatch& match, const PushedConditions& pushed, Plan& plan);
void add_path(const BoundPath& path, bool repeatable, PatternGraph& graph, Plan& plan);
// The slot that holds the relationships walked by a quantified group, as one list.
Slot group_walk_slot(Plan& plan, const BoundSegment& segment);
// Once all paths are in: labels known from conditions, relationships that must differ.
void finish_pattern_graph(PatternGraph& graph, bool repeatable);

// Whether the relationships of two links may not be the same, when the graph is `apart`.
bool must_differ(const PatternLink& a, const PatternLink& b);

// The names of `A` or `A|B`; false when the expression is of another form.
bool plain_names(const LabelExpr& expr, std::vector<std::string>& names);

}  // namespace maek::query
