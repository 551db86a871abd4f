#include "query/exec/path_pattern.h"

#include <algorithm>

#include "query/eval/failures.h"
#include "query/eval/function_registry.h"
#include "query/eval/operators.h"
#include "query/exec/expression_nodes.h"
#include "query/plan/path_conditions.h"
#include "query/plan/pattern_graph.h"

namespace maek::query {

PathPattern::PathPattern(OperatorBuilder& builder, const LogicalPathSearch& plan, const SlotSet& needed)
    : plan_(plan), reversed_(plan.reversed) {
    plan.add_defines(found_here_);
    for (std::size_t i = plan.first; i < plan.last; ++i) {
        const std::size_t index = reversed_ ? plan.last - 1 - (i - plan.first) : i;
        segments_.push_back(make_segment(builder, index));
        if (i + 1 < plan.last) {
            const std::size_t between = reversed_ ? index : index + 1;
            boundaries_.push_back(make_node(builder, plan.path->nodes[between], false));
        }
    }
    if (plan.path->where != nullptr && plan.first == 0 && plan.last == plan.path->segments.size()) {
        wheres_.push_back(builder.compile(*plan.path->where));
        add_reads(*plan.path->where, where_reads_);
    }
    for (const Condition& condition : plan.conditions) {
        if (add_element_test(builder, condition)) continue;
        wheres_.push_back(builder.compile(condition));
        where_reads_.add(condition.reads);
    }
    where_slots_ = (where_reads_ & found_here_).list();
    static_cast<void>(needed);
    probe_.prepare(builder.slots());
    probe_.rows = 1;
}

// Of all(x IN nodes(p) WHERE ...) and its like, when the inner condition looks at the element and at
// what was there before the search.
bool PathPattern::add_element_test(OperatorBuilder& builder, const Condition& condition) {
    if (segments_.size() != 1 || segments_[0].edges.size() != 1) return false;
    if (condition.kind == Condition::Kind::kDifferentRels) return add_difference_test(condition);
    const BoundExpr& expr = *condition.expr;
    if (expr.kind != ExprKind::kAll && expr.kind != ExprKind::kNone) return false;
    const BoundExpr& list = *expr.children[0];
    ElementTest test;
    if (list.kind == ExprKind::kFunction && list.children.size() == 1) {
        const BoundExpr& of = *list.children[0];
        if (of.kind != ExprKind::kVariable || of.slot != plan_.path->path_slot) return false;
        test.of_nodes = list.function->name == "nodes";
        if (!test.of_nodes && list.function->name != "relationships") return false;
    } else if (list.kind != ExprKind::kVariable || list.slot != plan_.path->segments[0].slot) {
        return false;
    }
    SlotSet reads;
    add_reads(*expr.children[1], reads);
    reads.remove(expr.slot);
    if (!plan_.bound.covers(reads)) return false;
    test.slot = expr.slot;
    test.wanted = expr.kind == ExprKind::kAll ? Truth::kTrue : Truth::kFalse;
    test.condition = builder.compile(*expr.children[1]);
    elements_.push_back(std::move(test));
    segments_[0].tested = true;
    return true;
}

// No hop may be a relationship that another part of the MATCH holds.
bool PathPattern::add_difference_test(const Condition& condition) {
    const Slot own = plan_.path->segments[0].slot;
    const Slot other = condition.slot == own ? condition.slot2 : condition.slot;
    if (!plan_.bound.has(other)) return false;
    ElementTest test;
    test.slot = other;
    elements_.push_back(std::move(test));
    segments_[0].tested = true;
    return true;
}

// Whether a variable is this relationship, or a list of relationships with it.
bool PathPattern::holds(Slot slot, std::uint32_t rel) const {
    const auto is_it = [&](const Value& value) {
        return value.is(ValueKind::kRelationship) && value.as_relationship().value == rel;
    };
    const Value value = probe_.value(slot, 0);
    if (!value.is(ValueKind::kList)) return is_it(value);
    return std::any_of(value.as_list().begin(), value.as_list().end(), is_it);
}

bool PathPattern::test_elements(ExecContext& context, bool of_nodes, std::uint32_t id) {
    for (ElementTest& test : elements_) {
        if (test.of_nodes != of_nodes) continue;
        if (test.condition == nullptr) {
            if (holds(test.slot, id)) return false;
            continue;
        }
        bind(test.slot, of_nodes ? VectorKind::kNode : VectorKind::kRel, id);
        if (to_truth(test.condition->eval_row(context, probe_, 0), "WHERE") != test.wanted) return false;
    }
    return true;
}

void PathPattern::add_conditions(OperatorBuilder& builder, std::vector<Condition> conditions,
                                 std::vector<VectorExprPtr>& into) {
    for (const Condition& condition : conditions) into.push_back(builder.compile(condition));
}

// Conditions that read more of the path than their own element are tested when it is complete.
void PathPattern::wait_for_path(OperatorBuilder& builder, Slot own, std::vector<Condition>& conditions) {
    std::erase_if(conditions, [&](const Condition& condition) {
        SlotSet others = condition.reads & found_here_;
        others.remove(own);
        if (others.empty()) return false;
        wheres_.push_back(builder.compile(condition));
        where_reads_.add(condition.reads);
        return true;
    });
}

PathPattern::Edge PathPattern::make_edge(OperatorBuilder& builder, const BoundSegment& segment, bool list, bool in_group) {
    std::vector<std::string> types;
    std::vector<Condition> conditions;
    const Slot slot = list ? (segment.step_slot != kNoSlot ? segment.step_slot : segment.slot) : segment.slot;
    if (!plain_names(segment.types, types)) {
        types.clear();
        conditions.push_back(Condition::has_types(slot, segment.types));
    }
    add_own_conditions(segment, slot, conditions);
    if (!list && !in_group) wait_for_path(builder, slot, conditions);
    Edge edge{AdjacencySteps(types, reversed_ ? turned(segment.direction) : segment.direction),
              nullptr, slot, {}, !list && segment.bound_before};
    for (const Condition& condition : conditions) wide_ = wide_ || condition.kind == Condition::Kind::kExpr;
    add_conditions(builder, std::move(conditions), edge.conditions);
    return edge;
}

PathPattern::NodeTest PathPattern::make_node(OperatorBuilder& builder, const BoundNode& node, bool in_group) {
    NodeTest test;
    test.slot = node.slot;
    test.bound = plan_.bound.has(node.slot);
    std::vector<Condition> conditions;
    if (node.labels.kind != LabelExpr::Kind::kAnything) {
        conditions.push_back(Condition::has_labels(node.slot, node.labels));
    }
    add_own_conditions(node, conditions);
    if (!in_group) wait_for_path(builder, node.slot, conditions);
    if (node.where != nullptr) wide_ = true;
    add_conditions(builder, std::move(conditions), test.conditions);
    return test;
}

PathPattern::Segment PathPattern::make_segment(OperatorBuilder& builder, std::size_t index) {
    const BoundSegment& source = plan_.path->segments[index];
    Segment segment;
    segment.source = &source;
    segment.index = index;
    if (source.kind == BoundSegment::Kind::kSingle) {
        segment.edges.push_back(make_edge(builder, source, false, false));
    } else {
        segment.min = source.min;
        segment.max = source.max.value_or(kUnbounded);
        if (source.kind == BoundSegment::Kind::kVariable) {
            segment.edges.push_back(make_edge(builder, source, true, false));
            segment.list = source.slot;
            segment.list_bound = source.bound_before;
        } else {
            const BoundGroup& group = *source.group;
            const std::size_t count = group.segments.size();
            for (std::size_t i = 0; i < count; ++i) {
                segment.edges.push_back(make_edge(builder, group.segments[reversed_ ? count - 1 - i : i], false, true));
            }
            for (std::size_t i = 0; i <= count; ++i) {
                segment.nodes.push_back(make_node(builder, group.nodes[reversed_ ? count - i : i], true));
            }
            if (group.where != nullptr) segment.where = builder.compile(*group.where);
            const auto walk = builder.plan().group_walks.find(&source);
            if (walk != builder.plan().group_walks.end()) segment.walk = walk->second;
        }
    }
    segment.tested = segment.where != nullptr || segment.list_bound;
    for (const Edge& edge : segment.edges) {
        segment.tested = segment.tested || !edge.conditions.empty() || edge.bound;
    }
    for (const NodeTest& node : segment.nodes) {
        segment.tested = segment.tested || !node.conditions.empty() || node.bound;
    }
    return segment;
}

namespace {

void require_kind(const Value& value, ValueKind kind, const char* name) {
    if (!value.is_null() && !value.is(kind)) fail_kind("a pattern", name, value);
}

// What was given for the relationships of `*` or of a quantified edge; null matches nothing.
void require_relationships(const Value& list) {
    if (list.is_null()) return;
    const auto fits = [](const Value& item) { return item.is_null() || item.is(ValueKind::kRelationship); };
    if (list.is(ValueKind::kList) && std::all_of(list.as_list().begin(), list.as_list().end(), fits)) return;
    fail_kind("a pattern", "a list of relationships", list);
}

}  // namespace

void PathPattern::start_batch(ExecContext& context) {
    for (Segment& segment : segments_) {
        for (Edge& edge : segment.edges) edge.looked_up = &edge.steps.prepare(context);
    }
}

void PathPattern::start_row(const Batch& input, std::uint32_t row, std::span<const Slot> columns) {
    for (const Slot slot : columns) probe_[slot].repeat(input[slot], row);
    for (const Segment& segment : segments_) {
        if (segment.list_bound) require_relationships(probe_.value(segment.list, 0));
        for (const Edge& edge : segment.edges) {
            if (edge.bound) require_kind(probe_.value(edge.slot, 0), ValueKind::kRelationship, "a relationship");
        }
    }
    for (const NodeTest& node : boundaries_) {
        if (node.bound) require_kind(probe_.value(node.slot, 0), ValueKind::kNode, "a node");
    }
}

void PathPattern::bind(Slot slot, VectorKind kind, std::uint32_t id) {
    if (slot == kNoSlot) return;
    probe_[slot].start_constant(kind);
    probe_[slot].ids()[0] = id;
}

bool PathPattern::all_true(ExecContext& context, const std::vector<VectorExprPtr>& conditions) {
    for (const VectorExprPtr& condition : conditions) {
        if (to_truth(condition->eval_row(context, probe_, 0), "WHERE") != Truth::kTrue) return false;
    }
    return true;
}

bool PathPattern::test_node(ExecContext& context, NodeTest& test, std::uint32_t node) {
    if (test.bound) {
        const Value before = probe_.value(test.slot, 0);
        if (!before.is(ValueKind::kNode) || before.as_node().value != node) return false;
    }
    if (test.conditions.empty()) return true;
    if (!test.bound) bind(test.slot, VectorKind::kNode, node);
    return all_true(context, test.conditions);
}

// The variables of the present round: its hops are the last `hops` of the walk.
void PathPattern::bind_round(const Walk& walk, const Segment& segment, std::size_t hops) {
    const std::size_t begin = walk.hops.size() - hops;
    for (std::size_t i = 0; i <= hops; ++i) {
        if (i < segment.nodes.size() && !segment.nodes[i].bound) {
            bind(segment.nodes[i].slot, VectorKind::kNode, walk.node(begin + i));
        }
        if (i < hops) bind(segment.edges[i].slot, VectorKind::kRel, walk.hops[begin + i].rel);
    }
}

// The path's own variables as far as the walk has come; only when a test may look at them.
void PathPattern::bind_path(const Walk& walk) {
    if (!wide_) return;
    const BoundPath& path = *plan_.path;
    const std::size_t first = reversed_ ? plan_.last : plan_.first;
    if (!plan_.bound.has(path.nodes[first].slot)) {
        bind(path.nodes[first].slot, VectorKind::kNode, walk.start);
    }
    std::size_t at = 0;
    for (std::size_t i = 0; i + 1 < segments_.size() && at <= walk.hops.size(); ++i) {
        while (at < walk.hops.size() && walk.hops[at].segment == i) {
            if (segments_[i].source->kind == BoundSegment::Kind::kSingle) {
                bind(segments_[i].edges[0].slot, VectorKind::kRel, walk.hops[at].rel);
            }
            ++at;
        }
        if (!boundaries_[i].bound) bind(boundaries_[i].slot, VectorKind::kNode, walk.node(at));
        if (at == walk.hops.size()) break;
    }
}

// Whether the boundaries behind the first segments that have this variable are the node where the
// walk now ends.
bool PathPattern::same_at_boundaries(const Walk& walk, std::size_t segments, Slot slot) const {
    std::size_t at = 0;
    for (std::size_t i = 0; i < segments; ++i) {
        while (at < walk.hops.size() && walk.hops[at].segment <= i) ++at;
        if (boundaries_[i].slot == slot && walk.node(at) != walk.end()) return false;
    }
    return true;
}

// The node between segment and the next one, where the walk now ends.
bool PathPattern::test_boundary(ExecContext& context, const Walk& walk, std::size_t segment) {
    NodeTest& test = boundaries_[segment];
    const std::uint32_t node = walk.end();
    // The same variable earlier in the path must be the same node.
    const std::size_t first = reversed_ ? plan_.last : plan_.first;
    if (!test.bound && plan_.path->nodes[first].slot == test.slot && walk.start != node) return false;
    if (!same_at_boundaries(walk, segment, test.slot)) return false;
    if (!test.conditions.empty()) bind_path(walk);
    return test_node(context, test, node);
}

// The last node: what else it must satisfy is the operator's to ask, but a variable of the way
// there must come back as the same node.
bool PathPattern::test_end(const Walk& walk) const {
    const std::size_t end = reversed_ ? plan_.first : plan_.last;
    return same_at_boundaries(walk, segments_.size() - 1, plan_.path->nodes[end].slot);
}

void PathPattern::closure(ExecContext& context, const Walk& walk, Position position,
                          std::vector<Position>& into) {
    into.push_back(position);
    while (!is_end(position) && position.inner == 0) {
        const Segment& segment = segments_[position.segment];
        if (position.rounds < segment.min) return;
        if (segment.list_bound) {
            const Value list = probe_.value(segment.list, 0);
            if (!list.is(ValueKind::kList) || list.as_list().size() != position.rounds) return;
        }
        const bool last = position.segment + 1 == segments_.size();
        if (last ? !test_end(walk) : !test_boundary(context, walk, position.segment)) return;
        position = Position{position.segment + 1, 0, 0};
        into.push_back(position);
    }
}

bool PathPattern::allows(ExecContext& context, Walk& walk, const Position& position, std::uint32_t rel,
                         std::uint32_t node) {
    Segment& segment = segments_[position.segment];
    if (!segment.tested) return true;
    Edge& edge = segment.edges[position.inner];
    if (edge.bound) {
        const Value before = probe_.value(edge.slot, 0);
        if (!before.is(ValueKind::kRelationship) || before.as_relationship().value != rel) return false;
    }
    Value given_list;  // the test of one relationship may use the list's own slot
    if (segment.list_bound) {
        given_list = probe_.value(segment.list, 0);
        const Value& list = given_list;
        if (!list.is(ValueKind::kList) || position.rounds >= list.as_list().size()) return false;
        const std::size_t size = list.as_list().size();
        const std::size_t at = reversed_ ? size - 1 - position.rounds : position.rounds;
        const Value& wanted = list.as_list()[at];
        if (!wanted.is(ValueKind::kRelationship) || wanted.as_relationship().value != rel) return false;
    }
    if (wide_) bind_path(walk);
    walk.hops.push_back(hop(position, rel, node));
    const bool allowed = [&] {
        const bool group = !segment.nodes.empty();
        if (group) bind_round(walk, segment, position.inner + 1);
        if (group && position.inner == 0 && !test_node(context, segment.nodes[0], walk.node(walk.hops.size() - 1))) {
            return false;
        }
        if (!edge.bound) bind(edge.slot, VectorKind::kRel, rel);
        if (!all_true(context, edge.conditions)) return false;
        if (!elements_.empty() && !(test_elements(context, false, rel) && test_elements(context, true, node))) {
            return false;
        }
        if (!group) return true;
        if (!test_node(context, segment.nodes[position.inner + 1], node)) return false;
        const bool round_ends = position.inner + 1 == segment.edges.size();
        return !round_ends || segment.where == nullptr ||
               to_truth(segment.where->eval_row(context, probe_, 0), "WHERE") == Truth::kTrue;
    }();
    walk.hops.pop_back();
    if (segment.list_bound) probe_[segment.list].set_constant(given_list);
    return allowed;
}

Position PathPattern::after(const Position& position) const {
    const Segment& segment = segments_[position.segment];
    if (position.inner + 1 < segment.edges.size()) {
        return {position.segment, position.inner + 1, position.rounds};
    }
    return {position.segment, 0, position.rounds + 1};
}

Position PathPattern::folded(Position position) const {
    if (is_end(position)) return position;
    const Segment& segment = segments_[position.segment];
    if (segment.max == kUnbounded) position.rounds = std::min(position.rounds, segment.min);
    return position;
}

bool PathPattern::is_plain_loop() const {
    if (segments_.size() != 1 || has_where()) return false;
    const Segment& segment = segments_[0];
    return segment.edges.size() == 1 && segment.min <= 1 && segment.max >= 1 && !segment.list_bound &&
           !segment.edges[0].bound;
}

bool PathPattern::satisfies_where(ExecContext& context, const Walk& walk) {
    if (wheres_.empty()) return true;
    const Walk ahead = forward(walk);
    for (const Slot slot : where_slots_) probe_[slot].set_constant(value_of(ahead, slot));
    return all_true(context, wheres_);
}

// The walk as the pattern is written, whichever way it was searched.
Walk PathPattern::forward(const Walk& walk) const {
    if (!reversed_) return walk;
    Walk ahead;
    ahead.start = walk.end();
    ahead.hops.reserve(walk.hops.size());
    for (std::size_t i = walk.hops.size(); i > 0; --i) {
        const Hop& back = walk.hops[i - 1];
        const auto segment = static_cast<std::uint32_t>(segments_.size() - 1 - back.segment);
        const auto count = static_cast<std::uint32_t>(segments_[back.segment].edges.size());
        ahead.hops.push_back({back.rel, walk.node(i - 1), segment, count - 1 - back.inner});
    }
    return ahead;
}

Value PathPattern::value_of(const Walk& walk, Slot slot) const {
    const BoundPath& path = *plan_.path;
    if (slot == path.path_slot) {
        Path made;
        made.nodes.push_back(NodeId{walk.start});
        for (const Hop& hop : walk.hops) {
            made.nodes.push_back(NodeId{hop.node});
            made.relationships.push_back(RelId{hop.rel});
        }
        return Value::path(std::move(made));
    }
    std::size_t at = 0;
    for (std::size_t i = plan_.first; i <= plan_.last; ++i) {
        if (path.nodes[i].slot == slot) return Value::node(NodeId{walk.node(at)});
        if (i == plan_.last) break;
        const std::size_t begin = at;
        const std::size_t own = i - plan_.first;
        while (at < walk.hops.size() && walk.hops[at].segment == own) ++at;
        const BoundSegment& segment = path.segments[i];
        const bool rels = segment.slot == slot && segment.kind != BoundSegment::Kind::kGroup;
        const auto walked = plan_.group_walks->find(&segment);
        const bool whole = walked != plan_.group_walks->end() && walked->second == slot;
        if (rels && segment.kind == BoundSegment::Kind::kSingle) {
            return Value::relationship(RelId{walk.hops[begin].rel});
        }
        if (rels || whole) {
            std::vector<Value> list;
            for (std::size_t h = begin; h < at; ++h) list.push_back(Value::relationship(RelId{walk.hops[h].rel}));
            return Value::list(std::move(list));
        }
        if (segment.group == nullptr) continue;
        const BoundGroup& group = *segment.group;
        for (const GroupVariable& variable : group.variables) {
            if (variable.list != slot) continue;
            std::vector<Value> list;
            const std::size_t size = group.segments.size();
            for (std::size_t round = begin; round + size <= at; round += size) {
                for (std::size_t n = 0; n < group.nodes.size(); ++n) {
                    if (group.nodes[n].slot == variable.inner) {
                        list.push_back(Value::node(NodeId{walk.node(round + n)}));
                        break;
                    }
                }
                for (std::size_t s = 0; s < size; ++s) {
                    if (group.segments[s].slot == variable.inner) {
                        list.push_back(Value::relationship(RelId{walk.hops[round + s].rel}));
                    }
                }
            }
            return Value::list(std::move(list));
        }
    }
    return {};
}

void PathPattern::outputs(const Walk& walk, const std::vector<Slot>& slots, std::vector<Value>& values) const {
    values.clear();
    if (!reversed_) {
        for (const Slot slot : slots) values.push_back(value_of(walk, slot));
        return;
    }
    const Walk ahead = forward(walk);
    for (const Slot slot : slots) values.push_back(value_of(ahead, slot));
}

}  // namespace maek::query
