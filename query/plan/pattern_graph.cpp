#include "query/plan/pattern_graph.h"

#include <algorithm>
#include <unordered_map>

#include "query/plan/path_conditions.h"

namespace maek::query {

namespace {

// The names that must hold in any case: of `A`, `A&B`.
void certain_names(const LabelExpr& expr, std::vector<std::string>& names) {
    if (expr.kind == LabelExpr::Kind::kName) {
        if (std::find(names.begin(), names.end(), expr.name) == names.end()) names.push_back(expr.name);
    } else if (expr.kind == LabelExpr::Kind::kAnd) {
        for (const LabelExpr& operand : expr.operands) certain_names(operand, names);
    }
}

std::size_t add_node(const BoundNode& node, bool inside, PatternGraph& graph) {
    const auto [at, fresh] = graph.node_at.try_emplace(node.slot, graph.nodes.size());
    if (!fresh) {
        graph.nodes[at->second].only_inside = graph.nodes[at->second].only_inside && inside;
        return at->second;
    }
    PatternNode made;
    made.slot = node.slot;
    made.range = node.range;
    made.only_inside = inside;
    graph.nodes.push_back(std::move(made));
    return graph.nodes.size() - 1;
}

// Each kind of label is a condition of its own, so that known ones can be left out when used.
void add_label_conditions(Slot slot, const LabelExpr& labels, PatternGraph& graph) {
    if (labels.kind == LabelExpr::Kind::kAnything) return;
    if (labels.kind == LabelExpr::Kind::kAnd) {
        for (const LabelExpr& operand : labels.operands) {
            graph.conditions.push_back(Condition::has_labels(slot, operand));
        }
        return;
    }
    graph.conditions.push_back(Condition::has_labels(slot, labels));
}

void add_node_conditions(const BoundNode& node, PatternGraph& graph) {
    add_label_conditions(node.slot, node.labels, graph);
    add_own_conditions(node, graph.conditions);
}

PathMode search_mode(const BoundPath& path, bool repeatable) {
    if (path.mode != PathMode::kDefault) return path.mode;
    return repeatable ? PathMode::kWalk : PathMode::kTrail;
}

// A path of one node is found as a node: its ends are the same, so each is the only and the shortest of its kind.
bool searched_whole(const BoundPath& path) {
    if (path.segments.empty()) return false;
    return path.selector != PathSelector::kAll || path.where != nullptr || path.mode != PathMode::kDefault;
}

bool is_shortest_function(PathSelector selector) {
    return selector == PathSelector::kShortestPathFunction || selector == PathSelector::kAllShortestPathsFunction;
}

// What only the finished path holds: itself and the list of its relationships.
SlotSet whole_path_slots(const PatternLink& link) {
    SlotSet slots;
    if (link.kind != PatternLink::Kind::kSearch || !is_shortest_function(link.selector)) return slots;
    slots.add(link.path->path_slot);
    slots.add(link.segment().slot);
    return slots;
}

// Of shortestPath() the shortest is wanted among the paths that satisfy what WHERE asks of the path
// as a whole, and that share no relationship with the rest of the MATCH. A condition on two such paths at once is tested when both have been found.
void give_conditions_to_searches(PatternGraph& graph) {
    std::unordered_map<Slot, PatternLink*> of_slot;
    for (PatternLink& link : graph.links) {
        for (const Slot slot : whole_path_slots(link).list()) of_slot.emplace(slot, &link);
    }
    for (std::size_t i = 0; i < graph.conditions.size() && !of_slot.empty(); ++i) {
        const Condition& condition = graph.conditions[i];
        if (condition.kind != Condition::Kind::kExpr && condition.kind != Condition::Kind::kDifferentRels) continue;
        PatternLink* about = nullptr;
        bool several = false;
        for (const Slot slot : condition.reads.list()) {
            const auto found = of_slot.find(slot);
            if (found == of_slot.end()) continue;
            several = several || (about != nullptr && about != found->second);
            about = found->second;
        }
        if (about == nullptr || several) continue;
        about->conditions.push_back(i);
        SlotSet others = condition.reads;
        others.remove(whole_path_slots(*about));
        others.remove(graph.nodes[about->left].slot);
        others.remove(graph.nodes[about->right].slot);
        about->needs.add(others);
    }
}

// Up to so many links, each pair of relationships that must differ is a condition of its own, which
// rewrites understand; of more, the pairs would be too many.
constexpr std::size_t kPairwiseLinks = 16;

bool overlap(const PatternLink& a, const PatternLink& b) {
    if (a.kind != PatternLink::Kind::kSingle || b.kind != PatternLink::Kind::kSingle) return true;
    if (a.types.empty() || b.types.empty() || a.types.size() * b.types.size() > 64) return true;
    return std::any_of(a.types.begin(), a.types.end(), [&](const std::string& type) {
        return std::find(b.types.begin(), b.types.end(), type) != b.types.end();
    });
}

// shortestPath() and allShortestPaths() choose before the rest is there: what they find may be found beside them too.
bool shares_freely(const PatternLink& link) {
    return link.kind == PatternLink::Kind::kSearch && is_shortest_function(link.selector);
}

// What stands for the relationships of a link: its slot, or the walk of a group.
void add_pairs(const PatternLink& a, const PatternLink& b, PatternGraph& graph) {
    for (const Slot x : a.rel_slots) {
        for (const Slot y : b.rel_slots) {
            if (x != y) graph.conditions.push_back(Condition::different_rels(x, y));
        }
    }
}

Slot rels_of(const BoundSegment& segment, Plan& plan) {
    return segment.kind == BoundSegment::Kind::kGroup ? group_walk_slot(plan, segment) : segment.slot;
}

}  // namespace

bool plain_names(const LabelExpr& expr, std::vector<std::string>& names) {
    if (expr.kind == LabelExpr::Kind::kAnything) return true;
    if (expr.kind == LabelExpr::Kind::kName) {
        if (std::find(names.begin(), names.end(), expr.name) == names.end()) names.push_back(expr.name);
        return true;
    }
    if (expr.kind != LabelExpr::Kind::kOr) return false;
    return std::all_of(expr.operands.begin(), expr.operands.end(), [&](const LabelExpr& operand) {
        return operand.kind != LabelExpr::Kind::kAnything && plain_names(operand, names);
    });
}

std::size_t PatternGraph::node_of(Slot slot) const {
    const auto found = node_at.find(slot);
    return found == node_at.end() ? nodes.size() : found->second;
}

void add_path(const BoundPath& path, bool repeatable, PatternGraph& graph, Plan& plan) {
    const bool whole = searched_whole(path);
    const PathMode mode = search_mode(path, repeatable);
    std::vector<Slot> parts;
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
        const bool inside = whole && i > 0 && i + 1 < path.nodes.size();
        at.push_back(add_node(path.nodes[i], inside, graph));
        if (!inside) add_node_conditions(path.nodes[i], graph);
    }
    if (whole) {
        PatternLink link;
        link.kind = PatternLink::Kind::kSearch;
        link.path = &path;
        link.last = path.segments.size();
        link.left = at.front();
        link.right = at.back();
        link.selector = path.selector;
        link.mode = mode;
        link.needs = search_needs(path, link.first, link.last);
        for (const BoundSegment& segment : path.segments) link.rel_slots.push_back(rels_of(segment, plan));
        graph.links.push_back(link);
        return;  // the search makes the path value itself
    }
    for (std::size_t i = 0; i < path.segments.size(); ++i) {
        const BoundSegment& segment = path.segments[i];
        PatternLink link;
        link.path = &path;
        link.first = i;
        link.last = i + 1;
        link.left = at[i];
        link.right = at[i + 1];
        // `*m..n` is a trail, whatever may repeat around it.
        const bool star = segment.kind == BoundSegment::Kind::kVariable && !segment.quantified;
        link.mode = star && path.mode == PathMode::kDefault ? PathMode::kTrail : mode;
        link.rel_slots.push_back(rels_of(segment, plan));
        if (segment.kind == BoundSegment::Kind::kSingle) {
            if (!plain_names(segment.types, link.types)) {
                link.types.clear();
                graph.conditions.push_back(Condition::has_types(segment.slot, segment.types));
            } else if (segment.bound_before && !link.types.empty()) {
                graph.conditions.push_back(Condition::has_types(segment.slot, segment.types));
            }
            add_own_conditions(segment, segment.slot, graph.conditions);
        } else {
            link.kind = PatternLink::Kind::kSearch;
            link.needs = search_needs(path, link.first, link.last);
            if (!segment.max.has_value()) {
                plan.notes.push_back({"03N91",
                                      "a path without an upper bound may have very many matches; give one, such as "
                                      "*1..5, or ask for the shortest",
                                      segment.range});
            }
        }
        graph.links.push_back(std::move(link));
    }
    if (path.where != nullptr) split_conjuncts(*path.where, graph.conditions);
    if (path.path_slot == kNoSlot) return;
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
        parts.push_back(path.nodes[i].slot);
        if (i == path.segments.size()) break;
        parts.push_back(rels_of(path.segments[i], plan));
    }
    graph.named.push_back({path.path_slot, std::move(parts)});
}

Slot group_walk_slot(Plan& plan, const BoundSegment& segment) {
    const auto found = plan.group_walks.find(&segment);
    if (found != plan.group_walks.end()) return found->second;
    const Slot slot = plan.new_slot();
    plan.group_walks.emplace(&segment, slot);
    return slot;
}

void finish_pattern_graph(PatternGraph& graph, bool repeatable) {
    for (const Condition& condition : graph.conditions) {
        if (condition.kind != Condition::Kind::kLabels) continue;
        const std::size_t node = graph.node_of(condition.slot);
        if (node < graph.nodes.size()) certain_names(*condition.labels, graph.nodes[node].labels);
    }
    if (repeatable) return;
    graph.apart = graph.links.size() > kPairwiseLinks;
    if (graph.apart) return;
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        for (std::size_t j = i + 1; j < graph.links.size(); ++j) {
            if (must_differ(graph.links[i], graph.links[j])) add_pairs(graph.links[i], graph.links[j], graph);
        }
    }
}

bool must_differ(const PatternLink& a, const PatternLink& b) {
    return !shares_freely(a) && !shares_freely(b) && overlap(a, b);
}

PatternGraph make_pattern_graph(const BoundMatch& match, const PushedConditions& pushed, Plan& plan) {
    PatternGraph graph;
    for (const BoundPath& path : match.paths) add_path(path, match.repeatable_elements, graph, plan);
    pushed.add_staying(match.where.get(), graph.conditions);
    pushed.add_pushed(match, graph.conditions);
    finish_pattern_graph(graph, match.repeatable_elements);
    give_conditions_to_searches(graph);
    return graph;
}

}  // namespace maek::query
