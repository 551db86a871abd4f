// Room: query, inner. The steps that write, and procedure calls. Each reads all its input rows
// before the first write (see exec/update_op.h), so that what was read never changes under the
// reader, and what comes above sees every write.
#pragma once

#include "query/plan/logical_plan.h"

namespace maek::query {

// Neighbouring CREATE clauses are one step, unless a later one reads the graph in a subquery.
struct LogicalCreate : LogicalOp {
    LogicalCreate() : LogicalOp(LogicalKind::kCreate) {}
    std::vector<const BoundPath*> paths;
    bool reads_graph = false;  // in a subquery: for all rows before the first is written
    void add_reads(SlotSet& set) const override;
    void add_defines(SlotSet& set) const override;
    std::string text(const PlanNames& names) const override;
};

// children: input, match: the pattern as a reading plan over an Argument of one row.
struct LogicalMerge : LogicalOp {
    LogicalMerge() : LogicalOp(LogicalKind::kMerge) {}
    const BoundMerge* clause = nullptr;
    std::vector<Slot> outer;  // the Argument's slots
    void add_reads(SlotSet& set) const override;
    void add_defines(SlotSet& set) const override;
    std::string text(const PlanNames& names) const override;
};

// SET, and REMOVE.
struct LogicalSet : LogicalOp {
    LogicalSet() : LogicalOp(LogicalKind::kSet) {}
    const std::vector<SetItem>* items = nullptr;
    bool remove = false;
    void add_reads(SlotSet& set) const override;
    std::string text(const PlanNames& names) const override;
};

struct LogicalDelete : LogicalOp {
    LogicalDelete() : LogicalOp(LogicalKind::kDelete) {}
    const BoundDelete* clause = nullptr;
    void add_reads(SlotSet& set) const override;
    std::string text(const PlanNames& names) const override;
};

// children: input, body (over an Argument of the input's slots and the element).
struct LogicalForeach : LogicalOp {
    LogicalForeach() : LogicalOp(LogicalKind::kForeach) {}
    const BoundForeach* clause = nullptr;
    std::vector<Slot> outer;  // the Argument's slots, the element's among them
    void add_reads(SlotSet& set) const override;
    std::string text(const PlanNames& names) const override;
};

struct LogicalCallProcedure : LogicalOp {
    LogicalCallProcedure() : LogicalOp(LogicalKind::kCallProcedure) {}
    const BoundCallProcedure* clause = nullptr;
    void add_reads(SlotSet& set) const override;
    void add_defines(SlotSet& set) const override;
    std::string text(const PlanNames& names) const override;
};

}  // namespace maek::query
