#include "query/plan/path_conditions.h"

#include "query/parse/query_error.h"

namespace maek::query {

namespace {

void add_properties(Slot slot, const std::vector<PropertyItem>& items, const BoundExpr* map,
                    std::vector<Condition>& into) {
    for (const PropertyItem& item : items) into.push_back(Condition::property_equals(slot, item));
    if (map != nullptr) into.push_back(Condition::property_map(slot, *map));
}

void add_reads_of(const std::vector<Condition>& conditions, SlotSet& set) {
    for (const Condition& condition : conditions) set.add(condition.reads);
}

SlotSet reads_of(const BoundNode& node) {
    SlotSet reads;
    std::vector<Condition> conditions;
    add_own_conditions(node, conditions);
    add_reads_of(conditions, reads);
    add_reads(node.labels, reads);
    return reads;
}

SlotSet reads_of(const BoundSegment& segment) {
    SlotSet reads;
    std::vector<Condition> conditions;
    add_own_conditions(segment, segment.slot, conditions);
    add_reads_of(conditions, reads);
    add_reads(segment.types, reads);
    if (segment.group == nullptr) return reads;
    for (const BoundSegment& inner : segment.group->segments) reads.add(reads_of(inner));
    for (const BoundNode& inner : segment.group->nodes) reads.add(reads_of(inner));
    if (segment.group->where != nullptr) add_reads(*segment.group->where, reads);
    return reads;
}

// What one round or hop of the segment binds for its own conditions.
SlotSet own_slots(const BoundSegment& segment) {
    SlotSet own;
    own.add(segment.slot);
    own.add(segment.step_slot);
    if (segment.group == nullptr) return own;
    for (const BoundSegment& inner : segment.group->segments) own.add(inner.slot);
    for (const BoundNode& inner : segment.group->nodes) own.add(inner.slot);
    return own;
}

// All that the search itself finds, but for the nodes at its ends.
SlotSet found_inside(const BoundPath& path, std::size_t first, std::size_t last) {
    SlotSet inside;
    inside.add(path.path_slot);
    for (std::size_t i = first; i < last; ++i) {
        const BoundSegment& segment = path.segments[i];
        if (!segment.bound_before) inside.add(own_slots(segment));
        if (i > first && !path.nodes[i].bound_before) inside.add(path.nodes[i].slot);
        if (segment.group == nullptr) continue;
        for (const GroupVariable& variable : segment.group->variables) inside.add(variable.list);
    }
    return inside;
}

}  // namespace

void add_own_conditions(const BoundNode& node, std::vector<Condition>& into) {
    add_properties(node.slot, node.properties, node.properties_from.get(), into);
    if (node.where != nullptr) split_conjuncts(*node.where, into);
}

void add_own_conditions(const BoundSegment& segment, Slot slot, std::vector<Condition>& into) {
    add_properties(slot, segment.properties, segment.properties_from.get(), into);
    if (segment.where != nullptr) split_conjuncts(*segment.where, into);
}

SlotSet search_needs(const BoundPath& path, std::size_t first, std::size_t last) {
    const SlotSet inside = found_inside(path, first, last);
    SlotSet whole;  // reads of what can wait for the complete path
    SlotSet needs;
    for (std::size_t i = first; i < last; ++i) {
        const BoundSegment& segment = path.segments[i];
        if (i > first) whole.add(reads_of(path.nodes[i]));
        if (segment.bound_before) needs.add(segment.slot);
        if (segment.kind == BoundSegment::Kind::kSingle) {
            whole.add(reads_of(segment));
            continue;
        }
        SlotSet reads = reads_of(segment);
        reads.remove(own_slots(segment));
        if (reads.overlaps(inside)) {
            throw QueryError(Message::kPathShape, segment.range,
                             {"a repeated part of a path cannot read what another part of the path finds; ask it in WHERE"});
        }
        needs.add(reads);
    }
    if (path.where != nullptr) add_reads(*path.where, whole);
    whole.remove(inside);
    whole.remove(path.nodes[first].slot);
    whole.remove(path.nodes[last].slot);
    needs.add(whole);
    return needs;
}

}  // namespace maek::query
