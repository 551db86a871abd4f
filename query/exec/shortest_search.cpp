// Shortest walks of a plain loop. No node comes twice on a shortest walk between two nodes, so every
// mode but the closed case agrees, and a search by nodes is enough.
#include <algorithm>

#include "query/exec/path_search.h"

namespace maek::query {

void ShortestSearch::Side::start(std::uint32_t nodes, std::uint32_t node) {
    if (stamp.size() < nodes) {
        stamp.assign(nodes, 0);
        parent.resize(nodes);
        rel.resize(nodes);
        epoch = 0;
    }
    if (++epoch == 0) {
        std::fill(stamp.begin(), stamp.end(), 0);
        epoch = 1;
    }
    frontier.assign(1, node);
    stamp[node] = epoch;
    parent[node] = kAnyNode;
    depth = 0;
}

// One layer further; returns a node both sides have seen, or kAnyNode.
std::uint32_t ShortestSearch::widen(ExecContext& context, Side& side, const Side& other, bool backwards) {
    const graph::Graph& graph = context.graph();
    side.next.clear();
    std::uint32_t ticks = 0;
    for (const std::uint32_t node : side.frontier) {
        for (const AdjacencyStep& step : pattern_.steps(Position{})) {
            const bool turn = backwards;
            const graph::Direction direction =
                turn ? (step.direction == graph::Direction::kOut ? graph::Direction::kIn : graph::Direction::kOut)
                     : step.direction;
            for (const graph::Adjacent& next : graph.adjacent(NodeId{node}, step.type, direction)) {
                if ((++ticks & 4095) == 0) context.guard.check();
                if (side.seen(next.node.value)) continue;
                side.stamp[next.node.value] = side.epoch;
                side.parent[next.node.value] = node;
                side.rel[next.node.value] = next.rel.value;
                if (other.seen(next.node.value)) return next.node.value;
                side.next.push_back(next.node.value);
            }
        }
    }
    side.frontier.swap(side.next);
    ++side.depth;
    return kAnyNode;
}

// One shortest walk between two different nodes, without tests: the smaller side grows.
bool ShortestSearch::both_sides(ExecContext& context, std::uint32_t from, std::uint32_t end,
                                std::vector<Walk>& found) {
    const std::uint32_t nodes = context.graph().node_slots();
    const std::size_t bytes = std::size_t{24} * nodes;
    context.guard.require(bytes);
    ahead_.start(nodes, from);
    back_.start(nodes, end);
    std::uint32_t meeting = kAnyNode;
    while (meeting == kAnyNode) {
        if (ahead_.frontier.empty() || back_.frontier.empty()) return false;
        if (ahead_.depth + back_.depth >= pattern_.loop_max()) return false;
        context.guard.check();
        meeting = ahead_.frontier.size() <= back_.frontier.size() ? widen(context, ahead_, back_, false)
                                                                  : widen(context, back_, ahead_, true);
    }
    Walk walk;
    walk.start = from;
    std::vector<Hop> before;
    for (std::uint32_t node = meeting; node != from; node = ahead_.parent[node]) {
        before.push_back({ahead_.rel[node], node, 0, 0});
    }
    walk.hops.assign(before.rbegin(), before.rend());
    for (std::uint32_t node = meeting; node != end; node = back_.parent[node]) {
        walk.hops.push_back({back_.rel[node], back_.parent[node], 0, 0});
    }
    found.push_back(std::move(walk));
    return true;
}

// Distances and all parents on shortest walks, until the end's layer is complete.
void ShortestSearch::search(ExecContext& context, std::uint32_t from, std::uint32_t end) {
    const graph::Graph& graph = context.graph();
    reached_.clear();
    parents_.clear();
    order_.assign(1, from);
    reached_[from] = {};
    std::uint32_t stop_after = kAnyNode;  // the end's distance
    std::size_t charged = 0;
    for (std::size_t at = 0; at < order_.size(); ++at) {
        const std::uint32_t node = order_[at];
        const std::uint32_t distance = reached_[node].distance;
        if (distance >= pattern_.loop_max() || distance + 1 > stop_after) break;
        if ((at & 255) == 0) context.guard.check();
        if ((at & 4095) == 4095) {
            context.guard.charge(4096 * 80);
            charged += 4096 * 80;
        }
        scratch_.start = node;
        scratch_.hops.clear();
        for (const AdjacencyStep& step : pattern_.steps(Position{})) {
            for (const graph::Adjacent& next : graph.adjacent(NodeId{node}, step.type, step.direction)) {
                const std::uint32_t to = next.node.value;
                const auto known = reached_.find(to);
                const bool fresh = known == reached_.end();
                if (!fresh && (!all_ || known->second.distance != distance + 1)) continue;
                if (pattern_.has_tests() &&
                    !pattern_.allows(context, scratch_, Position{}, next.rel.value, to)) {
                    continue;
                }
                Reached& entry = reached_[to];
                if (fresh) {
                    entry.distance = distance + 1;
                    order_.push_back(to);
                    if (to == end) stop_after = distance + 1;
                }
                parents_.push_back({node, next.rel.value, entry.first_parent});
                entry.first_parent = static_cast<std::uint32_t>(parents_.size() - 1);
                if (!all_ && to == end) {
                    context.guard.release(charged);
                    return;
                }
            }
        }
    }
    context.guard.release(charged);
}

// The walks from the parents found, each by going back from its end.
void ShortestSearch::collect(ExecContext& context, std::uint32_t from, std::uint32_t to,
                             std::vector<Walk>& found) {
    struct Frame {
        std::uint32_t node, parent;
    };
    std::vector<Frame> frames{{to, reached_[to].first_parent}};
    std::vector<Hop> back;
    while (!frames.empty()) {
        Frame& frame = frames.back();
        if (frame.node == from) {
            Walk walk;
            walk.start = from;
            walk.hops.assign(back.rbegin(), back.rend());
            context.guard.require(found.size() * (sizeof(Walk) + back.size() * sizeof(Hop)));
            found.push_back(std::move(walk));
            frames.pop_back();
            if (!back.empty()) back.pop_back();
            continue;
        }
        if (frame.parent == kAnyNode) {
            frames.pop_back();
            if (!back.empty()) back.pop_back();
            continue;
        }
        const Parent& parent = parents_[frame.parent];
        back.push_back({parent.rel, frame.node, 0, 0});
        frame.parent = parent.next;
        frames.push_back({parent.node, reached_[parent.node].first_parent});
        if (parent.node == from) frames.back().parent = kAnyNode;
    }
}

// Shortest walks from a node back to itself. Directed ones cannot repeat anything. Undirected trails
// must not come back by the way they went: the length is found from branches of the search tree,
// the walks by enumeration up to that length.
void ShortestSearch::closed_walks(ExecContext& context, std::uint32_t from, std::vector<Walk>& found) {
    if (mode_ == PathMode::kAcyclic) return;
    Selection selection{all_ ? PathSelector::kAllShortest : PathSelector::kAnyShortest, 1};
    // SIMPLE looks at nodes alone: to a neighbour and back by the same relationship is one.
    const bool free = mode_ == PathMode::kWalk || mode_ == PathMode::kSimple || !pattern_.is_undirected_loop();
    // A layered search as WALK stops at the shortest; for directed loops that is a trail, too.
    if (free) {
        LayeredSearch(pattern_, PathMode::kWalk, selection).run(context, from, from, found);
        return;
    }
    // The least d(u) + d(v) + 1 over relationships u-v between different branches below `from`.
    const graph::Graph& graph = context.graph();
    struct Mark {
        std::uint32_t distance, branch;
    };
    std::unordered_map<std::uint32_t, Mark> marks;
    std::vector<std::uint32_t> order;
    std::uint64_t shortest = PathPattern::kUnbounded;
    Walk at;
    const auto allowed = [&](std::uint32_t node, const graph::Adjacent& next) {
        at.start = node;
        at.hops.clear();
        return !pattern_.has_tests() ||
               pattern_.allows(context, at, Position{}, next.rel.value, next.node.value);
    };
    for (const AdjacencyStep& step : pattern_.steps(Position{})) {
        for (const graph::Adjacent& next : graph.adjacent(NodeId{from}, step.type, step.direction)) {
            if (!allowed(from, next)) continue;
            if (next.node.value == from) {
                shortest = 1;
            } else if (!marks.emplace(next.node.value, Mark{1, next.rel.value}).second) {
                shortest = std::min<std::uint64_t>(shortest, 2);
            } else {
                order.push_back(next.node.value);
            }
        }
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        if ((i & 255) == 0) context.guard.check();
        const std::uint32_t node = order[i];
        const Mark mark = marks[node];
        if (2 * mark.distance + 1 > shortest) break;
        for (const AdjacencyStep& step : pattern_.steps(Position{})) {
            for (const graph::Adjacent& next : graph.adjacent(NodeId{node}, step.type, step.direction)) {
                if (next.node.value == from || !allowed(node, next)) continue;
                const auto [known, fresh] =
                    marks.emplace(next.node.value, Mark{mark.distance + 1, mark.branch});
                if (fresh) {
                    order.push_back(next.node.value);
                } else if (known->second.branch != mark.branch) {
                    shortest = std::min<std::uint64_t>(shortest, mark.distance + known->second.distance + 1);
                }
            }
        }
    }
    if (shortest == PathPattern::kUnbounded || shortest > pattern_.loop_max()) return;
    WalkEnumerator enumerator(pattern_, mode_);
    enumerator.limit(shortest, [&](std::uint32_t node) -> std::uint32_t {
        if (node == from) return 0;
        const auto mark = marks.find(node);
        return mark == marks.end() ? kAnyNode : mark->second.distance;
    });
    enumerator.start(context, from, from);
    while (const Walk* walk = enumerator.next(context)) {
        if (walk->hops.size() != shortest) continue;
        found.push_back(*walk);
        if (!all_) return;
    }
}

void ShortestSearch::run(ExecContext& context, std::uint32_t from, std::uint32_t end, std::vector<Walk>& found) {
    const bool empty_walk = pattern_.loop_min() == 0;
    if (end == from || end == kAnyNode) {
        if (empty_walk) {
            Walk walk;
            walk.start = from;
            found.push_back(walk);
        } else {
            closed_walks(context, from, found);
        }
        if (end == from) return;
    }
    if (end != kAnyNode && !all_ && !pattern_.has_tests()) {
        both_sides(context, from, end, found);
        return;
    }
    search(context, from, end);
    if (end != kAnyNode) {
        if (reached_.contains(end)) collect(context, from, end, found);
        return;
    }
    const std::vector<std::uint32_t> ends = order_;
    for (const std::uint32_t node : ends) {
        if (node != from) collect(context, from, node, found);
    }
}

}  // namespace maek::query
