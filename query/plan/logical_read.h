// Room: query, inner. The steps that read the graph: scans, expansions, paths.
#pragma once

#include <optional>

#include "query/plan/logical_plan.h"

namespace maek::query {

// One row without columns.
struct LogicalUnit : LogicalOp {
    LogicalUnit() : LogicalOp(LogicalKind::kUnit) {}
    std::string text(const PlanNames&) const override { return "Unit"; }
};

// The rows of the surroundings of a subquery.
struct LogicalArgument : LogicalOp {
    LogicalArgument() : LogicalOp(LogicalKind::kArgument) {}
    std::vector<Slot> slots;
    void add_defines(SlotSet& set) const override {
        for (const Slot slot : slots) set.add(slot);
    }
    std::string text(const PlanNames&) const override { return "Argument"; }
};

// How a scan finds what it gives: by looking at everything, by label, or by a property's value or id.
struct Lookup {
    enum class Access : std::uint8_t { kAll, kLabels, kEqual, kIn, kRange, kPrefix, kId };
    Access access = Access::kAll;
    std::string key;                          // kEqual ... kPrefix
    const BoundExpr* value = nullptr;         // kEqual, kIn (a list), kPrefix, kId
    const BoundExpr *low = nullptr, *high = nullptr;  // kRange; null: open
    bool low_inclusive = true, high_inclusive = true;
    bool seeks() const { return access > Access::kLabels; }
    void add_lookup_reads(SlotSet& set) const;
    std::string lookup_text(const PlanNames& names) const;  // "name = 'x'"
};

// For each input row: all nodes, those with labels, or those found by a property's value.
struct LogicalScan : LogicalOp, Lookup {
    LogicalScan() : LogicalOp(LogicalKind::kScan) {}
    Slot slot = kNoSlot;
    std::vector<std::string> labels;          // all must be there
    std::vector<Condition> filters;           // of the node alone, tested while scanning
    void add_reads(SlotSet& set) const override;
    void add_defines(SlotSet& set) const override { set.add(slot); }
    std::string text(const PlanNames& names) const override;
};

// For each input row: every relationship of the types, or those found by a property's value in an
// index of each of the types, with its ends.
struct LogicalRelScan : LogicalOp, Lookup {
    LogicalRelScan() : LogicalOp(LogicalKind::kRelScan) {}
    Slot rel = kNoSlot, from = kNoSlot, to = kNoSlot;
    std::vector<std::string> types;  // none: any
    RelDirection direction = RelDirection::kOut;  // kBoth: each one twice, loops once
    void add_reads(SlotSet& set) const override { add_lookup_reads(set); }
    void add_defines(SlotSet& set) const override { set.add(rel), set.add(from), set.add(to); }
    std::string text(const PlanNames& names) const override;
};

// For each row: one step from a bound node along relationships of the types.
struct LogicalExpand : LogicalOp {
    LogicalExpand() : LogicalOp(LogicalKind::kExpand) {}
    Slot from = kNoSlot, rel = kNoSlot, to = kNoSlot;
    std::vector<std::string> types;  // none: any
    RelDirection direction = RelDirection::kOut;  // seen from `from`
    std::vector<std::string> to_labels;           // all must be there
    void add_reads(SlotSet& set) const override { set.add(from); }
    void add_defines(SlotSet& set) const override { set.add(rel), set.add(to); }
    std::string text(const PlanNames& names) const override;
};

// For each row: the relationships of the types between two bound nodes.
struct LogicalExpandInto : LogicalOp {
    LogicalExpandInto() : LogicalOp(LogicalKind::kExpandInto) {}
    Slot from = kNoSlot, rel = kNoSlot, to = kNoSlot;
    std::vector<std::string> types;
    RelDirection direction = RelDirection::kOut;
    void add_reads(SlotSet& set) const override { set.add(from), set.add(to); }
    void add_defines(SlotSet& set) const override { set.add(rel); }
    std::string text(const PlanNames& names) const override;
};

// For each row: the ends of a bound relationship, as the pattern sees them. Ends bound before are
// compared instead (from_bound, to_bound). kBoth gives the two readings.
struct LogicalRelEnds : LogicalOp {
    LogicalRelEnds() : LogicalOp(LogicalKind::kRelEnds) {}
    Slot rel = kNoSlot, from = kNoSlot, to = kNoSlot;
    bool from_bound = false, to_bound = false;
    RelDirection direction = RelDirection::kOut;
    void add_reads(SlotSet& set) const override;
    void add_defines(SlotSet& set) const override;
    std::string text(const PlanNames& names) const override;
};

// For each row: the walks of a path pattern between two nodes, each end bound before or not.
// Covers variable length, quantified groups, modes, selectors and shortestPath(). The automaton is
// made from segments [first, last) of the bound path.
struct LogicalPathSearch : LogicalOp {
    LogicalPathSearch() : LogicalOp(LogicalKind::kPathSearch) {}
    const BoundPath* path = nullptr;
    std::size_t first = 0, last = 0;
    bool from_bound = false, to_bound = false;
    bool reversed = false;          // searched from the last node to the first
    PathSelector selector = PathSelector::kAll;
    PathMode mode = PathMode::kTrail;
    std::vector<Condition> conditions;     // on the walk as a whole, before selecting
    SlotSet bound;                  // slots bound before the search
    const std::unordered_map<const BoundSegment*, Slot>* group_walks = nullptr;  // of the plan
    void add_reads(SlotSet& set) const override;
    void add_defines(SlotSet& set) const override;
    std::string text(const PlanNames& names) const override;
};

// For each row: a path value from its parts.
struct LogicalNamedPath : LogicalOp {
    LogicalNamedPath() : LogicalOp(LogicalKind::kNamedPath) {}
    Slot slot = kNoSlot;
    std::vector<Slot> parts;  // node, relationship or list, node, ...
    void add_reads(SlotSet& set) const override {
        for (const Slot part : parts) set.add(part);
    }
    void add_defines(SlotSet& set) const override { set.add(slot); }
    std::string text(const PlanNames& names) const override;
};

// For each row: how many ways an Expand (or Scan) would go on, as a number: nothing above reads its
// slots. The numbers multiply into `count`, which the aggregation above sums instead of rows.
struct LogicalCountExpand : LogicalOp {
    LogicalCountExpand() : LogicalOp(LogicalKind::kCountExpand) {}
    Slot count = kNoSlot;
    Slot from = kNoSlot;
    std::vector<std::string> types;
    RelDirection direction = RelDirection::kOut;
    std::vector<std::string> to_labels;
    std::vector<Slot> other_than;  // relationships that do not count when they would
    void add_reads(SlotSet& set) const override {
        set.add(from);
        for (const Slot rel : other_than) set.add(rel);
    }
    void add_defines(SlotSet& set) const override { set.add(count); }
    std::string text(const PlanNames& names) const override;
};

// For each row with bound a and b: how many nodes x with labels have a-[types]-x and x-[types]-b,
// parallel relationships multiplied: a cyclic pattern closed without making its rows.
struct LogicalCountIntersect : LogicalOp {
    LogicalCountIntersect() : LogicalOp(LogicalKind::kCountIntersect) {}
    Slot count = kNoSlot;
    Slot a = kNoSlot, b = kNoSlot;
    std::vector<std::string> a_types, b_types;
    RelDirection a_direction = RelDirection::kOut;  // seen from a, towards x
    RelDirection b_direction = RelDirection::kOut;  // seen from b, towards x
    std::vector<std::string> labels;
    bool differ = false;           // the two relationships may not be the same one
    std::vector<Slot> other_than;  // bound relationships of the same match
    std::vector<std::pair<bool, bool>> other_of;  // which of the two each must differ from
    // Source and target slot of each of those, kNoSlot where not known: saves looking at the record.
    std::vector<std::pair<Slot, Slot>> other_ends;
    void add_reads(SlotSet& set) const override {
        set.add(a), set.add(b);
        for (const Slot rel : other_than) set.add(rel);
    }
    void add_defines(SlotSet& set) const override { set.add(count); }
    std::string text(const PlanNames& names) const override;
};

// For each row: the distinct nodes that trails of a variable-length segment reach; when only they
// matter. Breadth first.
struct LogicalDistinctEnds : LogicalOp {
    LogicalDistinctEnds() : LogicalOp(LogicalKind::kDistinctEnds) {}
    Slot from = kNoSlot, to = kNoSlot;
    std::vector<std::string> types;
    RelDirection direction = RelDirection::kOut;
    std::uint64_t min = 1;
    std::optional<std::uint64_t> max;
    std::vector<std::string> to_labels;
    void add_reads(SlotSet& set) const override { set.add(from); }
    void add_defines(SlotSet& set) const override { set.add(to); }
    std::string text(const PlanNames& names) const override;
};

// One row: the number of nodes with a label, of relationships with a type, or of all.
struct LogicalCountOnly : LogicalOp {
    LogicalCountOnly() : LogicalOp(LogicalKind::kCountOnly) {}
    Slot slot = kNoSlot;
    bool relationships = false;
    std::string name;  // empty: all
    void add_defines(SlotSet& set) const override { set.add(slot); }
    bool narrows() const override { return true; }
    std::string text(const PlanNames& names) const override;
};

}  // namespace maek::query
