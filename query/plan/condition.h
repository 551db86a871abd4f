// Room: query, inner. What a row must satisfy, in the forms a plan knows: the conjuncts of WHERE
// and what a pattern demands of its nodes and relationships.
// Points into the bound statement, which outlives the plan. Tests: tests/query/exec/plan_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "query/bind/bound.h"
#include "query/plan/slot_set.h"

namespace maek::query {

struct Condition {
    enum class Kind : std::uint8_t {
        kExpr,            // expr is true
        kPropertyEquals,  // slot.key = expr
        kPropertyMap,     // every entry of the map expr: slot.key = value
        kLabels,          // the node in slot satisfies labels
        kTypes,           // the relationship in slot satisfies labels (as a type expression)
        kSameEntity,      // slot and slot2 hold the same node or relationship
        kDifferentRels,   // no relationship stands in both slots (a relationship or a list each)
        kApart,           // no relationship of slot stands in any of `others`
        kIsNode,          // slot is not null; anything but a node fails
    };
    Kind kind = Kind::kExpr;
    const BoundExpr* expr = nullptr;
    const LabelExpr* labels = nullptr;
    const std::string* key = nullptr;
    Slot slot = kNoSlot, slot2 = kNoSlot;
    std::vector<Slot> others;  // kApart
    SlotSet reads;

    static Condition of(const BoundExpr& expr);
    static Condition property_equals(Slot slot, const PropertyItem& item);
    static Condition property_map(Slot slot, const BoundExpr& map);
    static Condition has_labels(Slot slot, const LabelExpr& labels);
    static Condition has_types(Slot slot, const LabelExpr& types);
    static Condition same_entity(Slot a, Slot b);
    static Condition different_rels(Slot a, Slot b);
    static Condition apart(Slot slot, std::vector<Slot> others);
    static Condition is_node(Slot slot);
};

// The conjuncts of an expression, AND taken apart.
void split_conjuncts(const BoundExpr& expr, std::vector<Condition>& into);

// For plans and messages.
struct PlanNames {
    const std::vector<std::string>* slots = nullptr;
    std::string slot(Slot slot) const;  // "p", or "_3" for an anonymous one
};
std::string text(const BoundExpr& expr, const PlanNames& names);
std::string text(const LabelExpr& labels);
std::string text(const Condition& condition, const PlanNames& names);

}  // namespace maek::query
