// Room: query, inner. Makes the operators of a plan. A step learns which slots the steps above it
// read, so that it carries no others. Tests: through the query cases.
#pragma once

#include <vector>

#include "query/exec/argument_op.h"
#include "query/exec/expression.h"
#include "query/exec/operator.h"
#include "query/plan/logical_plan.h"

namespace maek::query {

struct Lookup;       // plan/logical_read.h
struct LookupParts;  // exec/lookup_parts.h

// Which rows of the surroundings have their answer already, where one answer is enough: EXISTS. Steps
// that make many rows of one go on to the next row then.
struct Answered {
    Slot row_slot = kNoSlot;  // the number of the surroundings' row
    std::vector<std::uint8_t> rows;
    bool has(const Batch& batch, std::uint32_t row) const {
        const Vector& numbers = batch[row_slot];
        return rows[static_cast<std::size_t>(numbers.integers()[numbers.at(row)])] != 0;
    }
};

// A plan over an Argument: the body of a subquery, the inner side of OPTIONAL MATCH, ...
struct SubTree {
    OperatorPtr root;
    std::vector<ArgumentOp*> arguments;

    // What the plan reads of its surroundings, row numbers included.
    SlotSet reads() const {
        SlotSet set;
        for (const ArgumentOp* argument : arguments) {
            for (const Slot slot : argument->slots()) set.add(slot);
        }
        return set;
    }
    // Starts over with the rows of the batch, which must stay until the last next().
    void open(ExecContext& context, const Batch& outer) {
        for (ArgumentOp* argument : arguments) argument->set(outer);
        root->open(context);
    }
};

class OperatorBuilder {
public:
    explicit OperatorBuilder(const Plan& plan) : plan_(plan) {}

    // needed: the slots read above the step.
    OperatorPtr build(const LogicalOp& op, const SlotSet& needed);
    // answered: kept by the caller, who wants but one answer to each of its rows.
    SubTree build_sub(const LogicalOp& root, const SlotSet& needed, const Answered* answered = nullptr);

    // All that were built, those of subqueries too; for PROFILE. Valid as long as their trees are.
    const std::vector<const Operator*>& built() const { return built_; }

    const Plan& plan() const { return plan_; }
    std::size_t slots() const { return plan_.slot_count; }

    // For builders of single steps.
    // Slots of the step's first input that are read above or by the step.
    static SlotSet input_needs(const LogicalOp& op, const SlotSet& needed);
    // Slots of its input that are read above: what it copies from input to output.
    static SlotList carried(const LogicalOp& op, const SlotSet& needed);
    VectorExprPtr compile(const BoundExpr& expr);
    VectorExprPtr compile(const Condition& condition);
    std::vector<VectorExprPtr> compile_all(const std::vector<Condition>& conditions);

private:
    OperatorPtr build_any(const LogicalOp& op, const SlotSet& needed);
    OperatorPtr build_read(const LogicalOp& op, const SlotSet& needed);    // build_read.cpp
    OperatorPtr build_rows(const LogicalOp& op, const SlotSet& needed);    // build_rows.cpp
    OperatorPtr build_join(const LogicalOp& op, const SlotSet& needed);    // build_join.cpp
    OperatorPtr build_update(const LogicalOp& op, const SlotSet& needed);  // build_update.cpp
    OperatorPtr build_input(const LogicalOp& op, const SlotSet& needed);
    LookupParts compile_lookup(const Lookup& lookup);

    std::vector<const Operator*> built_;
    const Plan& plan_;
    std::vector<ArgumentOp*>* arguments_ = nullptr;  // where new Arguments are noted
    const Answered* answered_ = nullptr;             // of the subquery being built
};

}  // namespace maek::query
