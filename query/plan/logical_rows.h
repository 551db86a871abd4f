// Room: query, inner. The steps that work on rows without reading the graph's structure, and those
// that bring two inputs together.
#pragma once

#include <optional>

#include "query/plan/logical_plan.h"

namespace maek::query {

struct LogicalFilter : LogicalOp {
    LogicalFilter() : LogicalOp(LogicalKind::kFilter) {}
    std::vector<Condition> conditions;  // tested in this order, each on what passed before
    void add_reads(SlotSet& set) const override;
    std::string text(const PlanNames& names) const override;
};

// Slots computed from expressions. `narrow`: only `keeps` and the new ones live on.
struct LogicalProject : LogicalOp {
    LogicalProject() : LogicalOp(LogicalKind::kProject) {}
    struct Item {
        Slot slot;
        const BoundExpr* expr;
    };
    std::vector<Item> items;
    std::vector<Slot> keeps;  // pass through under their own slot
    bool narrow = true;
    void add_reads(SlotSet& set) const override;
    void add_defines(SlotSet& set) const override;
    bool narrows() const override { return narrow; }
    std::string text(const PlanNames& names) const override;
};

struct LogicalAggregate : LogicalOp {
    LogicalAggregate() : LogicalOp(LogicalKind::kAggregate) {}
    struct Key {
        Slot slot;
        const BoundExpr* expr;
    };
    std::vector<Key> keys;  // none: one group, also for no rows
    std::vector<const AggregateCall*> calls;
    // Every row stands for this many (count_by_degree); count(*) only. kNoSlot: one.
    Slot multiplicity = kNoSlot;
    // Rows are grouped by this node slot first, and the keys, which read nothing else, are computed
    // once a node. kNoSlot: not.
    Slot group_first_by = kNoSlot;
    void add_reads(SlotSet& set) const override;
    void add_defines(SlotSet& set) const override;
    bool narrows() const override { return true; }
    std::string text(const PlanNames& names) const override;
};

struct LogicalDistinct : LogicalOp {
    LogicalDistinct() : LogicalOp(LogicalKind::kDistinct) {}
    std::vector<Slot> slots;
    void add_reads(SlotSet& set) const override {
        for (const Slot slot : slots) set.add(slot);
    }
    std::string text(const PlanNames& names) const override;
};

// Stable. With `limit`, only the first skip + limit rows are kept (top-k) - and not cut: a Limit
// above does that.
struct LogicalSort : LogicalOp {
    LogicalSort() : LogicalOp(LogicalKind::kSort) {}
    std::vector<const SortItem*> items;
    const BoundExpr *skip = nullptr, *limit = nullptr;  // top-k
    bool top = false;
    void add_reads(SlotSet& set) const override;
    std::string text(const PlanNames& names) const override;
};

struct LogicalLimit : LogicalOp {
    LogicalLimit() : LogicalOp(LogicalKind::kLimit) {}
    const BoundExpr *skip = nullptr, *limit = nullptr;
    std::string text(const PlanNames& names) const override;
};

struct LogicalUnwind : LogicalOp {
    LogicalUnwind() : LogicalOp(LogicalKind::kUnwind) {}
    const BoundExpr* list = nullptr;
    Slot slot = kNoSlot, ordinal = kNoSlot;
    bool ordinal_from_zero = false;
    void add_reads(SlotSet& set) const override { query::add_reads(*list, set); }
    void add_defines(SlotSet& set) const override { set.add(slot), set.add(ordinal); }
    std::string text(const PlanNames& names) const override;
};

// Reads its input to the end and gives no rows: FINISH, and statements without RETURN.
struct LogicalEmpty : LogicalOp {
    LogicalEmpty() : LogicalOp(LogicalKind::kEmpty) {}
    bool narrows() const override { return true; }
    std::string text(const PlanNames&) const override { return "Empty"; }
};

// children: input, inner (over an Argument of the input's slots and row_slot). Input rows that find
// nothing pass once with nulls in `nulls`.
struct LogicalOptional : LogicalOp {
    LogicalOptional() : LogicalOp(LogicalKind::kOptional) {}
    Slot row_slot = kNoSlot;
    std::vector<Slot> nulls;
    void add_defines(SlotSet& set) const override {
        for (const Slot slot : nulls) set.add(slot);
    }
    std::string text(const PlanNames&) const override { return "Optional"; }
};

// CALL { }: children: input, inner (over an Argument). Each input row with each row it gives;
// `unit`: each input row once, whatever inner gives.
struct LogicalApply : LogicalOp {
    LogicalApply() : LogicalOp(LogicalKind::kApply) {}
    const BoundCallSubquery* clause = nullptr;
    std::vector<Slot> outer;      // the Argument's slots
    std::vector<Slot> columns;    // what inner adds
    Slot row_slot = kNoSlot;      // set: inner runs over whole batches and carries it
    bool unit = false, optional = false;
    void add_reads(SlotSet& set) const override {
        for (const Slot slot : outer) set.add(slot);
    }
    void add_defines(SlotSet& set) const override {
        for (const Slot slot : columns) set.add(slot);
        if (clause != nullptr) set.add(clause->status_slot);
    }
    std::string text(const PlanNames& names) const override;
};

// children: probe side (its order is kept), build side, read after the first probe rows. Equal keys join (`=`, null never).
struct LogicalHashJoin : LogicalOp {
    LogicalHashJoin() : LogicalOp(LogicalKind::kHashJoin) {}
    std::vector<const BoundExpr*> left_keys, right_keys;
    void add_reads(SlotSet& set) const override;
    std::string text(const PlanNames& names) const override;
};

// children: the arms in order. Column i of arm a is found in arm_slots[a][i] and goes to slots[i].
struct LogicalUnion : LogicalOp {
    LogicalUnion() : LogicalOp(LogicalKind::kUnion) {}
    std::vector<std::vector<Slot>> arm_slots;
    std::vector<Slot> slots;
    Slot row_slot = kNoSlot;  // carried through when set
    void add_defines(SlotSet& set) const override {
        for (const Slot slot : slots) set.add(slot);
        set.add(row_slot);
    }
    bool narrows() const override { return true; }
    std::string text(const PlanNames&) const override { return "Union"; }
};

}  // namespace maek::query
