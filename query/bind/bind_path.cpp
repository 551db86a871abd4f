// The names of path patterns: nodes, relationships, groups and paths get their slots; shapes that
// cannot be meant are refused.
#include "query/bind/bind_context.h"
#include "query/eval/render.h"

namespace maek::query {

namespace {

bool is_bare(const BoundNode& node) { return node.name.empty() && !node.bound_before; }

bool unbounded(const BoundSegment& segment) {
    return segment.kind != BoundSegment::Kind::kSingle && !segment.max;
}

TypeSet maybe_null(ValueKind kind, bool optional) {
    return optional ? TypeSet::of(kind) | TypeSet::of(ValueKind::kNull) : TypeSet::of(kind);
}

}  // namespace

void Binder::type_conflict(const ast::Name& name, Slot slot, const char* wanted) {
    throw QueryError(Message::kTypeConflict, name.range, {name.text, type_text(slot_type(slot)), wanted});
}

BoundPath Binder::declare_path(const ast::PathPattern& path, PatternUse& use, std::size_t index) {
    BoundPath out;
    out.range = path.range;
    path_settings(path, out);
    const ast::PathElement& first = path.elements.front();
    if (path.elements.size() == 1 && first.kind == ast::PathElement::Kind::kGroup && !first.quantifier) {
        add_whole(first, out, use, index);
    } else {
        add_elements(path, out, use, index);
    }
    check_shape(path, out, use);
    if (path.variable) declare_path_variable(*path.variable, out, use);
    return out;
}

void Binder::path_settings(const ast::PathPattern& path, BoundPath& out) {
    if (path.has_selector) out.selector = path.selector;
    if (path.mode != PathMode::kDefault) out.mode = path.mode;
    if (path.has_selector) out.count = path.count;
    if (path.count_from == nullptr) return;
    const ast::Expr& parameter = *path.count_from;
    note_parameter(parameter.name, parameter.range);
    out_->uses_parameter_values = true;
    const Value* value = nullptr;
    for (const MapEntry& entry : parameters_) {
        if (entry.first == parameter.name) value = &entry.second;
    }
    if (value == nullptr) throw QueryError(Message::kMissingParameter, parameter.range, {parameter.name, "-"});
    if (!value->is(ValueKind::kInteger)) {
        throw QueryError(Message::kNotInteger, parameter.range, {"the number of paths", describe(*value)});
    }
    if (value->as_integer() < 1) {
        throw QueryError(Message::kWrongType, parameter.range,
                         {"the number of paths", "an integer of at least 1", std::to_string(value->as_integer())});
    }
    out.count = static_cast<std::uint64_t>(value->as_integer());
}

// ( [mode] path WHERE ... ) as the whole of a path: its settings and condition are the path's.
void Binder::add_whole(const ast::PathElement& element, BoundPath& out, PatternUse& use, std::size_t index) {
    const ast::PathPattern* inner = element.group.get();
    while (true) {
        path_settings(*inner, out);
        if (inner->where != nullptr) {
            use.pending.push_back({Pending::Kind::kPath, nullptr, nullptr, inner->where.get(), index, 0});
        }
        const ast::PathElement& first = inner->elements.front();
        const bool again = inner->elements.size() == 1 &&
                           first.kind == ast::PathElement::Kind::kGroup && !first.quantifier;
        if (!again) break;
        if (inner->variable || inner->where != nullptr) {
            throw QueryError(Message::kPathShape, inner->range, {"parentheses around a path cannot be nested here"});
        }
        inner = first.group.get();
    }
    add_elements(*inner, out, use, index);
    if (inner->variable) declare_path_variable(*inner->variable, out, use);
}

void Binder::add_elements(const ast::PathPattern& path, BoundPath& out, PatternUse& use, std::size_t index) {
    const auto wants_node = [&] { return out.nodes.size() == out.segments.size(); };
    for (const ast::PathElement& element : path.elements) {
        switch (element.kind) {
            case ast::PathElement::Kind::kNode:
                place_node(out, declare_node(element.node, use), &element.node, use, index);
                break;
            case ast::PathElement::Kind::kRelationship:
                use.pending.push_back({Pending::Kind::kSegment, &element.relationship, nullptr, nullptr,
                                       index, out.segments.size()});
                out.segments.push_back(declare_segment(element.relationship, use));
                break;
            case ast::PathElement::Kind::kGroup:
                if (!element.quantifier) {
                    const bool extras = element.group->where != nullptr || element.group->variable ||
                                        element.group->has_selector || element.group->mode != PathMode::kDefault;
                    if (extras) {
                        throw QueryError(Message::kPathShape, element.range,
                                         {"a parenthesised part of a longer path needs a quantifier such as {1,3}"});
                    }
                    add_elements(*element.group, out, use, index);
                    break;
                }
                if (wants_node()) out.nodes.push_back(anonymous_node(element.range));
                use.pending.push_back(
                    {Pending::Kind::kGroup, nullptr, &element, nullptr, index, out.segments.size()});
                out.segments.push_back(declare_group(element, use));
                break;
        }
    }
    if (wants_node()) out.nodes.push_back(anonymous_node(path.range));
}

// After a parenthesised part two nodes meet; they are one, and at most one of them may say more.
void Binder::place_node(BoundPath& out, BoundNode node, const ast::ElementPattern* from,
                        PatternUse& use, std::size_t index) {
    if (out.nodes.size() == out.segments.size()) {
        use.pending.push_back({Pending::Kind::kNode, from, nullptr, nullptr, index, out.nodes.size()});
        out.nodes.push_back(std::move(node));
        return;
    }
    const auto says_nothing = [](const ast::ElementPattern& e) {
        return !e.labels && !e.properties && e.where == nullptr;
    };
    const std::size_t last = out.nodes.size() - 1;
    const ast::ElementPattern* before = nullptr;
    for (const Pending& pending : use.pending) {
        if (pending.kind == Pending::Kind::kNode && pending.path == index && pending.index == last) before = pending.element;
    }
    if (node.slot == out.nodes[last].slot || (is_bare(node) && says_nothing(*from))) {
        if (!says_nothing(*from)) use.pending.push_back({Pending::Kind::kNode, from, nullptr, nullptr, index, last});
        return;
    }
    if (is_bare(out.nodes[last]) && (before == nullptr || says_nothing(*before))) {
        out.nodes[last] = std::move(node);
        use.pending.push_back({Pending::Kind::kNode, from, nullptr, nullptr, index, last});
        return;
    }
    throw QueryError(Message::kPathShape, from->range,
                     {"two nodes meet here; leave one of them empty: ()"});
}

void Binder::check_shape(const ast::PathPattern& path, const BoundPath& out, const PatternUse& use) const {
    const bool function = out.selector == PathSelector::kShortestPathFunction ||
                          out.selector == PathSelector::kAllShortestPathsFunction;
    if (function && (out.segments.size() != 1 || out.segments[0].kind == BoundSegment::Kind::kGroup)) {
        throw QueryError(Message::kPathShape, path.range,
                         {"shortestPath() takes one relationship between two nodes: (a)-[*]->(b)"});
    }
    const bool walks = out.mode == PathMode::kWalk || (out.mode == PathMode::kDefault && use.repeatable);
    if (!walks || out.selector != PathSelector::kAll) return;
    for (const BoundSegment& segment : out.segments) {
        const bool legacy = segment.kind == BoundSegment::Kind::kVariable && !segment.quantified;
        if (unbounded(segment) && !(legacy && out.mode == PathMode::kDefault)) {
            throw QueryError(Message::kUnboundedWalk, segment.range);
        }
    }
}

void Binder::declare_path_variable(const ast::Name& name, BoundPath& out, const PatternUse& use) {
    require_new(name);
    out.name = name.text;
    out.path_slot = declare(name.text, maybe_null(ValueKind::kPath, use.optional));
}

// ---------------------------------------------------------------- elements

// The slot of a variable that exists already; in a predicate it must.
std::optional<Slot> Binder::pattern_variable(const ast::Name& name, const PatternUse& use) {
    const auto slot = read_variable(name.text, name.range);
    if (!slot && use.predicate) throw QueryError(Message::kPatternVariable, name.range, {name.text});
    if (slot && use.group != nullptr && !use.group->contains(*slot)) {
        throw QueryError(Message::kAlreadyBound, name.range, {name.text});
    }
    return slot;
}

BoundNode Binder::anonymous_node(const SourceRange& range) {
    BoundNode out;
    out.range = range;
    out.slot = new_slot("", TypeSet::of(ValueKind::kNode));
    return out;
}

BoundNode Binder::declare_node(const ast::ElementPattern& node, PatternUse& use) {
    if (!node.variable) return anonymous_node(node.range);
    BoundNode out;
    out.range = node.range;
    out.name = node.variable->text;
    if (const auto slot = pattern_variable(*node.variable, use)) {
        if (never(slot_type(*slot), ValueKind::kNode)) type_conflict(*node.variable, *slot, "NODE");
        out.slot = *slot;
        out.bound_before = true;
        return out;
    }
    out.slot = declare(out.name, maybe_null(ValueKind::kNode, use.optional));
    if (use.group != nullptr) use.group->insert(out.slot);
    return out;
}

BoundSegment Binder::declare_segment(const ast::RelationshipPattern& rel, PatternUse& use) {
    BoundSegment out;
    out.range = rel.range;
    out.direction = rel.direction;
    const auto& repeat = rel.length ? rel.length : rel.quantifier;
    if (repeat) {
        out.kind = BoundSegment::Kind::kVariable;
        out.quantified = rel.quantifier.has_value();
        out.min = repeat->min;
        out.max = repeat->max;
    }
    const bool single = out.kind == BoundSegment::Kind::kSingle;
    const ValueKind kind = single ? ValueKind::kRelationship : ValueKind::kList;
    if (!rel.variable) {
        out.slot = new_slot("", TypeSet::of(kind));
    } else {
        out.name = rel.variable->text;
        if (const auto slot = pattern_variable(*rel.variable, use)) {
            if (never(slot_type(*slot), kind)) {
                type_conflict(*rel.variable, *slot, single ? "RELATIONSHIP" : "LIST<RELATIONSHIP>");
            }
            if (use.relationships.contains(*slot) && !use.repeatable) {
                throw QueryError(Message::kRepeatedRelationship, rel.variable->range, {out.name});
            }
            out.slot = *slot;
            out.bound_before = true;
        } else {
            out.slot = declare(out.name, maybe_null(kind, use.optional));
            if (use.group != nullptr) use.group->insert(out.slot);
        }
        use.relationships.insert(out.slot);
    }
    if (!single && !out.bound_before) slot_elements_[out.slot] = TypeSet::of(ValueKind::kRelationship);
    if (!single && !out.bound_before && repeat->question) questioned_.insert(out.slot);
    return out;
}

// ((x)-[r]->(y) WHERE ...){m,n}: outside, x, r and y are lists with one element a round.
BoundSegment Binder::declare_group(const ast::PathElement& element, PatternUse& use) {
    BoundSegment out;
    out.kind = BoundSegment::Kind::kGroup;
    out.range = element.range;
    out.quantified = true;
    out.min = element.quantifier->min;
    out.max = element.quantifier->max;
    out.group = std::make_unique<BoundGroup>();
    const ast::PathPattern& inner = *element.group;
    if (use.group != nullptr) {
        throw QueryError(Message::kPathShape, element.range, {"quantified parts of a path cannot be nested"});
    }
    if (inner.variable || inner.has_selector || inner.mode != PathMode::kDefault) {
        throw QueryError(Message::kPathShape, inner.range,
                         {"a quantified part of a path cannot have a path variable, mode or selector of its own"});
    }
    std::set<Slot> mine;
    use.group = &mine;
    for (const ast::PathElement& part : inner.elements) {
        if (part.kind == ast::PathElement::Kind::kNode) {
            out.group->nodes.push_back(declare_node(part.node, use));
        } else if (part.kind == ast::PathElement::Kind::kRelationship) {
            out.group->segments.push_back(declare_segment(part.relationship, use));
        }
        const bool repeats = part.kind == ast::PathElement::Kind::kGroup ||
                             (part.kind == ast::PathElement::Kind::kRelationship &&
                              out.group->segments.back().kind != BoundSegment::Kind::kSingle);
        if (repeats) {
            throw QueryError(Message::kPathShape, part.range, {"quantified parts of a path cannot be nested"});
        }
    }
    use.group = nullptr;
    if (out.group->segments.empty()) {
        throw QueryError(Message::kPathShape, element.range, {"a quantified part of a path needs a relationship"});
    }
    for (const Slot slot : mine) {
        const std::string name = out_->slot_names[slot];
        const Slot list = declare(name, maybe_null(ValueKind::kList, use.optional));
        slot_elements_[list] = slot_type(slot);
        if (element.quantifier->question) questioned_.insert(list);
        out.group->variables.push_back({slot, list});
    }
    return out;
}

}  // namespace maek::query
