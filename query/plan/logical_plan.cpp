// What each step reads and defines, and how it is shown.
#include "query/plan/logical_plan.h"

#include "query/eval/function_registry.h"
#include "query/plan/logical_read.h"
#include "query/plan/logical_rows.h"
#include "query/bind/catalogue.h"
#include "query/plan/logical_update.h"

namespace maek::query {

LogicalOp::~LogicalOp() {
    // Long chains of steps are taken apart in a loop, not by recursion.
    std::vector<LogicalPtr> rest = std::move(children);
    while (!rest.empty()) {
        LogicalPtr op = std::move(rest.back());
        rest.pop_back();
        if (op == nullptr) continue;
        for (LogicalPtr& below : op->children) rest.push_back(std::move(below));
        op->children.clear();
    }
}

SlotSet outputs(const LogicalOp& op) {
    SlotSet all;
    for (const LogicalOp* at = &op;;) {
        at->add_defines(all);
        if (at->narrows() || at->children.empty()) break;
        if (at->kind == LogicalKind::kHashJoin) {
            all.add(outputs(at->child(1)));
        }
        at = at->children[0].get();
    }
    return all;
}

namespace {

void add_all(const std::vector<Condition>& conditions, SlotSet& set) {
    for (const Condition& condition : conditions) set.add(condition.reads);
}

void add_optional(const BoundExpr* expr, SlotSet& set) {
    if (expr != nullptr) add_reads(*expr, set);
}

std::string list(const std::vector<std::string>& names, const char* between) {
    std::string all;
    for (const std::string& name : names) {
        if (!all.empty()) all += between;
        all += name;
    }
    return all;
}

std::string typed(const std::vector<std::string>& types) {
    return types.empty() ? "*" : list(types, "|");
}

std::string arrow(RelDirection direction) {
    return direction == RelDirection::kOut ? "" : direction == RelDirection::kIn ? ", in" : ", both";
}

std::string labelled(const PlanNames& names, Slot slot, const std::vector<std::string>& labels) {
    return names.slot(slot) + (labels.empty() ? "" : ":" + list(labels, "&"));
}

void add_pattern_reads(const BoundPath& path, SlotSet& set) {
    for (const BoundNode& node : path.nodes) {
        if (node.bound_before) set.add(node.slot);
        for (const PropertyItem& item : node.properties) add_reads(*item.value, set);
        add_optional(node.properties_from.get(), set);
        add_reads(node.labels, set);
    }
    for (const BoundSegment& segment : path.segments) {
        for (const PropertyItem& item : segment.properties) add_reads(*item.value, set);
        add_optional(segment.properties_from.get(), set);
        add_reads(segment.types, set);
    }
}

void add_pattern_defines(const BoundPath& path, SlotSet& set) {
    for (const BoundNode& node : path.nodes) {
        if (!node.bound_before) set.add(node.slot);
    }
    for (const BoundSegment& segment : path.segments) set.add(segment.slot);
    set.add(path.path_slot);
}

void add_set_reads(const std::vector<SetItem>& items, SlotSet& set) {
    for (const SetItem& item : items) {
        add_reads(*item.target, set);
        add_optional(item.key_expr.get(), set);
        add_optional(item.value.get(), set);
        for (const ExprPtr& label : item.dynamic_labels) add_reads(*label, set);
    }
}

// What the steps of a tree read, also of each other.
void add_tree_reads(const LogicalOp& root, SlotSet& set) {
    std::vector<const LogicalOp*> open = {&root};
    while (!open.empty()) {
        const LogicalOp& op = *open.back();
        open.pop_back();
        op.add_reads(set);
        for (const LogicalPtr& child : op.children) {
            open.push_back(child.get());
            if (op.kind == LogicalKind::kForeach) break;  // it has told of its body
        }
    }
}

}  // namespace

// ---------------------------------------------------------------- reads

void Lookup::add_lookup_reads(SlotSet& set) const {
    add_optional(value, set);
    add_optional(low, set);
    add_optional(high, set);
}

void LogicalScan::add_reads(SlotSet& set) const {
    add_lookup_reads(set);
    SlotSet own;
    add_all(filters, own);
    own.remove(slot);
    set.add(own);
}

void LogicalRelEnds::add_reads(SlotSet& set) const {
    set.add(rel);
    if (from_bound) set.add(from);
    if (to_bound) set.add(to);
}
void LogicalRelEnds::add_defines(SlotSet& set) const {
    if (!from_bound) set.add(from);
    if (!to_bound) set.add(to);
}

namespace {

void add_segment_reads(const BoundSegment& segment, SlotSet& set) {
    for (const PropertyItem& item : segment.properties) add_reads(*item.value, set);
    add_optional(segment.properties_from.get(), set);
    add_optional(segment.where.get(), set);
    add_reads(segment.types, set);
    if (segment.bound_before) set.add(segment.slot);
}

void add_node_reads(const BoundNode& node, SlotSet& set) {
    for (const PropertyItem& item : node.properties) add_reads(*item.value, set);
    add_optional(node.properties_from.get(), set);
    add_optional(node.where.get(), set);
    add_reads(node.labels, set);
}

}  // namespace

void LogicalPathSearch::add_reads(SlotSet& set) const {
    SlotSet own;
    for (std::size_t i = first; i < last; ++i) {
        const BoundSegment& segment = path->segments[i];
        add_segment_reads(segment, own);
        if (segment.group != nullptr) {
            for (const BoundSegment& inner : segment.group->segments) add_segment_reads(inner, own);
            for (const BoundNode& inner : segment.group->nodes) add_node_reads(inner, own);
            add_optional(segment.group->where.get(), own);
        }
        if (i > first) {
            add_node_reads(path->nodes[i], own);
            own.add(path->nodes[i].slot);
        }
    }
    add_optional(path->where.get(), own);
    add_all(conditions, own);
    own.add(path->nodes[first].slot);
    own.add(path->nodes[last].slot);
    // Of those, what was there before; the others the search fills itself.
    set.add(own & bound);
}

void LogicalPathSearch::add_defines(SlotSet& set) const {
    SlotSet own;
    for (std::size_t i = first; i <= last; ++i) {
        own.add(path->nodes[i].slot);
        if (i == last) break;
        const BoundSegment& segment = path->segments[i];
        own.add(segment.slot);
        if (segment.group == nullptr) continue;
        for (const GroupVariable& variable : segment.group->variables) own.add(variable.list);
        const auto walk = group_walks->find(&segment);
        if (walk != group_walks->end()) own.add(walk->second);
    }
    if (first == 0 && last == path->segments.size()) own.add(path->path_slot);
    own.remove(bound);
    set.add(own);
}

void LogicalFilter::add_reads(SlotSet& set) const { add_all(conditions, set); }

void LogicalProject::add_reads(SlotSet& set) const {
    for (const Item& item : items) query::add_reads(*item.expr, set);
    for (const Slot slot : keeps) set.add(slot);
}
void LogicalProject::add_defines(SlotSet& set) const {
    for (const Item& item : items) set.add(item.slot);
    for (const Slot slot : keeps) set.add(slot);
}

void LogicalAggregate::add_reads(SlotSet& set) const {
    for (const Key& key : keys) query::add_reads(*key.expr, set);
    for (const AggregateCall* call : calls) {
        for (const ExprPtr& argument : call->arguments) query::add_reads(*argument, set);
    }
    set.add(multiplicity);
    set.add(group_first_by);
}
void LogicalAggregate::add_defines(SlotSet& set) const {
    for (const Key& key : keys) set.add(key.slot);
    for (const AggregateCall* call : calls) set.add(call->slot);
}

void LogicalSort::add_reads(SlotSet& set) const {
    for (const SortItem* item : items) query::add_reads(*item->expr, set);
}

void LogicalHashJoin::add_reads(SlotSet& set) const {
    for (const BoundExpr* key : left_keys) query::add_reads(*key, set);
    for (const BoundExpr* key : right_keys) query::add_reads(*key, set);
}

void LogicalCreate::add_reads(SlotSet& set) const {
    for (const BoundPath* path : paths) add_pattern_reads(*path, set);
    SlotSet own;
    add_defines(own);
    set.remove(own);
}
void LogicalCreate::add_defines(SlotSet& set) const {
    for (const BoundPath* path : paths) add_pattern_defines(*path, set);
}
void LogicalMerge::add_reads(SlotSet& set) const {
    for (const Slot slot : outer) set.add(slot);
    add_pattern_reads(clause->path, set);
    add_set_reads(clause->on_create, set);
    add_set_reads(clause->on_match, set);
    SlotSet own;
    add_defines(own);
    set.remove(own);
}
void LogicalMerge::add_defines(SlotSet& set) const { add_pattern_defines(clause->path, set); }
void LogicalSet::add_reads(SlotSet& set) const { add_set_reads(*items, set); }
void LogicalDelete::add_reads(SlotSet& set) const {
    for (const ExprPtr& target : clause->targets) query::add_reads(*target, set);
}
void LogicalForeach::add_reads(SlotSet& set) const {
    query::add_reads(*clause->list, set);
    SlotSet inside;
    add_tree_reads(child(1), inside);
    for (const Slot slot : outer) {
        if (slot != clause->slot && inside.has(slot)) set.add(slot);
    }
}
void LogicalCallProcedure::add_reads(SlotSet& set) const {
    for (const ExprPtr& argument : clause->arguments) query::add_reads(*argument, set);
}
void LogicalCallProcedure::add_defines(SlotSet& set) const {
    for (const YieldItem& item : clause->yields) set.add(item.slot);
}

// ---------------------------------------------------------------- text

std::string Lookup::lookup_text(const PlanNames& names) const {
    std::string all;
    switch (access) {
        case Access::kAll:
        case Access::kLabels: break;
        case Access::kId: return "id = " + query::text(*value, names);
        case Access::kEqual: return key + " = " + query::text(*value, names);
        case Access::kIn: return key + " IN " + query::text(*value, names);
        case Access::kPrefix: return key + " STARTS WITH " + query::text(*value, names);
        case Access::kRange:
            if (low != nullptr) all += query::text(*low, names) + (low_inclusive ? " <= " : " < ");
            all += key;
            if (high != nullptr) all += (high_inclusive ? " <= " : " < ") + query::text(*high, names);
            break;
    }
    return all;
}

std::string LogicalScan::text(const PlanNames& names) const {
    std::string all;
    switch (access) {
        case Access::kAll: all = "ScanAll(" + names.slot(slot); break;
        case Access::kLabels: all = "ScanLabel(" + names.slot(slot) + ", " + list(labels, "&"); break;
        case Access::kId: all = "SeekId(" + names.slot(slot) + ", " + query::text(*value, names); break;
        default: all = "Seek(" + labelled(names, slot, labels) + ", " + lookup_text(names); break;
    }
    for (const Condition& filter : filters) all += ", " + query::text(filter, names);
    return all + ")";
}

std::string LogicalRelScan::text(const PlanNames& names) const {
    if (!seeks()) return "ScanRels(" + names.slot(rel) + ", " + typed(types) + arrow(direction) + ")";
    return "SeekRels(" + names.slot(rel) + ", " + typed(types) + arrow(direction) + ", " + lookup_text(names) + ")";
}
std::string LogicalExpand::text(const PlanNames& names) const {
    return "Expand(" + names.slot(from) + ", " + typed(types) + arrow(direction) + ", " +
           labelled(names, to, to_labels) + ")";
}
std::string LogicalExpandInto::text(const PlanNames& names) const {
    return "ExpandInto(" + names.slot(from) + ", " + typed(types) + arrow(direction) + ", " +
           names.slot(to) + ")";
}
std::string LogicalRelEnds::text(const PlanNames& names) const {
    return "RelEnds(" + names.slot(rel) + arrow(direction) + ")";
}
std::string LogicalPathSearch::text(const PlanNames& names) const {
    std::string all = "PathSearch(" + names.slot(path->nodes[first].slot) + ", " + names.slot(path->nodes[last].slot);
    for (const Condition& condition : conditions) all += ", " + query::text(condition, names);
    return all + ")";
}
std::string LogicalNamedPath::text(const PlanNames& names) const {
    return "NamedPath(" + names.slot(slot) + ")";
}
std::string LogicalCountExpand::text(const PlanNames& names) const {
    return "CountExpand(" + names.slot(from) + ", " + typed(types) + arrow(direction) +
           (to_labels.empty() ? "" : ", :" + list(to_labels, "&")) + ")";
}
std::string LogicalCountIntersect::text(const PlanNames& names) const {
    return "CountIntersect(" + names.slot(a) + ", " + names.slot(b) + ")";
}
std::string LogicalDistinctEnds::text(const PlanNames& names) const {
    return "DistinctEnds(" + names.slot(from) + ", " + typed(types) + arrow(direction) + ", " +
           labelled(names, to, to_labels) + ")";
}
std::string LogicalCountOnly::text(const PlanNames&) const {
    return std::string(relationships ? "CountRels(" : "CountNodes(") + (name.empty() ? "*" : name) + ")";
}

std::string LogicalFilter::text(const PlanNames& names) const {
    std::string all;
    for (const Condition& condition : conditions) {
        if (!all.empty()) all += " AND ";
        all += query::text(condition, names);
    }
    return "Filter(" + all + ")";
}
std::string LogicalProject::text(const PlanNames& names) const {
    std::string all;
    for (const Item& item : items) {
        if (!all.empty()) all += ", ";
        all += query::text(*item.expr, names);
    }
    for (const Slot slot : keeps) {
        if (!all.empty()) all += ", ";
        all += names.slot(slot);
    }
    return "Project(" + all + ")";
}
std::string LogicalAggregate::text(const PlanNames& names) const {
    std::string all;
    for (const Key& key : keys) {
        if (!all.empty()) all += ", ";
        all += query::text(*key.expr, names);
    }
    for (const AggregateCall* call : calls) {
        if (!all.empty()) all += ", ";
        all += std::string(call->function->name) + "(" + (call->star ? "*" : call->distinct ? "DISTINCT " : "");
        for (const ExprPtr& argument : call->arguments) all += query::text(*argument, names);
        all += ")";
    }
    return (group_first_by != kNoSlot ? "AggregateByNode(" : "Aggregate(") + all + ")";
}
std::string LogicalDistinct::text(const PlanNames& names) const {
    std::string all;
    for (const Slot slot : slots) {
        if (!all.empty()) all += ", ";
        all += names.slot(slot);
    }
    return "Distinct(" + all + ")";
}
std::string LogicalSort::text(const PlanNames& names) const {
    std::string all;
    for (const SortItem* item : items) {
        if (!all.empty()) all += ", ";
        all += query::text(*item->expr, names) + (item->descending ? " DESC" : "");
    }
    return (top ? "Top(" : "Sort(") + all + ")";
}
std::string LogicalLimit::text(const PlanNames& names) const {
    std::string all = "Limit(";
    if (skip != nullptr) all += "skip " + query::text(*skip, names);
    if (limit != nullptr) all += std::string(skip != nullptr ? ", " : "") + query::text(*limit, names);
    return all + ")";
}
std::string LogicalUnwind::text(const PlanNames& names) const {
    return "Unwind(" + query::text(*list, names) + ", " + names.slot(slot) + ")";
}
std::string LogicalApply::text(const PlanNames&) const { return "Apply"; }
std::string LogicalHashJoin::text(const PlanNames& names) const {
    std::string all;
    for (std::size_t i = 0; i < left_keys.size(); ++i) {
        if (i > 0) all += ", ";
        all += query::text(*left_keys[i], names) + " = " + query::text(*right_keys[i], names);
    }
    return "HashJoin(" + all + ")";
}
std::string LogicalCreate::text(const PlanNames& names) const {
    std::string all;
    for (const BoundPath* path : paths) {
        if (!all.empty()) all += ", ";
        all += names.slot(path->nodes[0].slot);
    }
    return "Create(" + all + ")";
}
std::string LogicalMerge::text(const PlanNames& names) const {
    return "Merge(" + names.slot(clause->path.nodes[0].slot) + ")";
}
std::string LogicalSet::text(const PlanNames& names) const {
    std::string all;
    for (const SetItem& item : *items) {
        if (!all.empty()) all += ", ";
        all += query::text(*item.target, names) + (item.key.empty() ? "" : "." + item.key);
    }
    return (remove ? "Remove(" : "Set(") + all + ")";
}
std::string LogicalDelete::text(const PlanNames& names) const {
    std::string all;
    for (const ExprPtr& target : clause->targets) {
        if (!all.empty()) all += ", ";
        all += query::text(*target, names);
    }
    return (clause->detach ? "DetachDelete(" : "Delete(") + all + ")";
}
std::string LogicalForeach::text(const PlanNames& names) const {
    return "Foreach(" + names.slot(clause->slot) + ")";
}
std::string LogicalCallProcedure::text(const PlanNames&) const {
    return "Call(" + clause->procedure->name + ")";
}

namespace {

void add_line(const LogicalOp& op, const PlanNames& names, std::string& line) {
    for (const LogicalOp* at = &op;;) {
        line += at->text(names);
        if (at->children.empty() || at->child().kind == LogicalKind::kUnit) return;
        for (std::size_t i = 1; i < at->children.size(); ++i) {
            line += " [";
            add_line(at->child(i), names, line);
            line += "]";
        }
        line += " <- ";
        at = &at->child();
    }
}

}  // namespace

std::string plan_line(const Plan& plan) {
    std::string line;
    add_line(*plan.root, plan.names(), line);
    return line;
}

}  // namespace maek::query
