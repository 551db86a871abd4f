// Room: query, inner. The tree of steps that answers a statement. Each step is a struct of its own
// (logical_read.h, logical_rows.h, logical_update.h); its operator in exec/ has the same stem.
//
// Slots: a step reads slots from the rows of its first child and adds slots. Steps with
// `narrows()` pass on only what they define.
// The plan points into the BoundStatement; plan/plan.h keeps both together. Immutable when made.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "query/bind/bound.h"
#include "query/plan/condition.h"
#include "query/plan/slot_set.h"

namespace maek::query {

enum class LogicalKind : std::uint8_t {
    // where rows begin
    kUnit, kArgument,
    // reading the graph
    kScan, kRelScan, kExpand, kExpandInto, kRelEnds, kPathSearch, kNamedPath, kCountExpand,
    kCountIntersect, kDistinctEnds, kCountOnly,
    // rows
    kFilter, kProject, kAggregate, kDistinct, kSort, kLimit, kUnwind, kEmpty,
    // joining
    kOptional, kApply, kHashJoin, kUnion,
    // writing and calling
    kCreate, kMerge, kSet, kDelete, kForeach, kCallProcedure,
};

struct LogicalOp;
using LogicalPtr = std::unique_ptr<LogicalOp>;

struct LogicalOp {
    LogicalKind kind;
    std::vector<LogicalPtr> children;
    double rows = 1;    // estimated
    SourceRange range;  // of the clause it is for; unknown for what the planner added

    explicit LogicalOp(LogicalKind k) : kind(k) {}
    virtual ~LogicalOp();
    LogicalOp(const LogicalOp&) = delete;
    LogicalOp& operator=(const LogicalOp&) = delete;

    // Slots its own expressions read from its input.
    virtual void add_reads(SlotSet&) const {}
    // Slots it fills itself.
    virtual void add_defines(SlotSet&) const {}
    virtual bool narrows() const { return false; }
    // "Expand(p, MEMBER_OF, o)".
    virtual std::string text(const PlanNames& names) const = 0;

    LogicalOp& child(std::size_t i = 0) const { return *children[i]; }
};

// Every slot that rows coming out of the step may carry.
SlotSet outputs(const LogicalOp& op);

// A subquery inside an expression: planned beside the main tree, run from the expression.
struct SubPlan {
    LogicalPtr root;
    std::vector<Slot> outer;   // what it reads of its surroundings: the columns of its Argument
    Slot row_slot = kNoSlot;   // the number of the outer row, carried through, unless per_row
    bool per_row = false;      // the subquery counts or cuts rows itself: one outer row at a time
    Slot column = kNoSlot;     // what COLLECT and pattern comprehensions collect
};

struct Plan {
    std::unique_ptr<BoundStatement> statement;
    LogicalPtr root;
    std::uint32_t slot_count = 0;          // the statement's and those the planner added
    std::vector<std::string> slot_names;
    std::vector<std::string> columns;      // of the result
    std::vector<Slot> column_slots;
    bool writes = false;
    std::unordered_map<const BoundExpr*, std::unique_ptr<SubPlan>> subplans;
    // Where the relationships of a quantified group's walk are kept, as one list.
    std::unordered_map<const BoundSegment*, Slot> group_walks;

    std::vector<std::unique_ptr<AggregateCall>> own_calls;  // made by rewrites
    std::vector<ExprPtr> own_exprs;                         // made while planning
    std::vector<BoundStatement::Note> notes;                // what the user should know of the plan

    PlanNames names() const { return {&slot_names}; }
    Slot new_slot(std::string name = {}) {
        slot_names.push_back(std::move(name));
        return slot_count++;
    }
};

// "Project(o) <- Expand(p, MEMBER_OF, o) <- ScanLabel(p, Person)"; further children in brackets.
std::string plan_line(const Plan& plan);

}  // namespace maek::query
