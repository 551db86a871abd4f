#include "query/exec/path_search.h"

#include <algorithm>

namespace maek::query {

bool mode_allows(PathMode mode, const Walk& walk, std::uint32_t rel, std::uint32_t node) {
    switch (mode) {
        case PathMode::kWalk: return true;
        case PathMode::kDefault:
        case PathMode::kTrail:
            return std::none_of(walk.hops.begin(), walk.hops.end(),
                                [&](const Hop& hop) { return hop.rel == rel; });
        case PathMode::kAcyclic:
            return walk.start != node && std::none_of(walk.hops.begin(), walk.hops.end(), [&](const Hop& hop) {
                       return hop.node == node;
                   });
        case PathMode::kSimple:  // only the ends may be one node
            if (mode_ends(mode, walk)) return false;
            return std::none_of(walk.hops.begin(), walk.hops.end(),
                                [&](const Hop& hop) { return hop.node == node; });
    }
    return true;
}

bool mode_ends(PathMode mode, const Walk& walk) {
    return mode == PathMode::kSimple && !walk.hops.empty() && walk.end() == walk.start;
}

// ---------------------------------------------------------------- WalkEnumerator

void WalkEnumerator::start(ExecContext& context, std::uint32_t from, std::uint32_t end) {
    walk_.start = from;
    walk_.hops.clear();
    frames_.clear();
    positions_.clear();
    used_.clear();
    end_ = end;
    push_frame(context, Position{});
}

void WalkEnumerator::push_frame(ExecContext& context, const Position& position) {
    Frame frame;
    frame.positions = frame.position = static_cast<std::uint32_t>(positions_.size());
    pattern_.closure(context, walk_, position, positions_);
    frames_.push_back(frame);
    if ((frames_.size() & 4095) == 0) {
        context.guard.require(frames_.size() * (sizeof(Frame) + 2 * sizeof(Position) + sizeof(Hop)));
    }
}

bool WalkEnumerator::rel_used(std::uint32_t rel) const {
    if (walk_.hops.size() > 24) return used_.contains(rel);
    return std::any_of(walk_.hops.begin(), walk_.hops.end(), [&](const Hop& hop) { return hop.rel == rel; });
}

bool WalkEnumerator::allowed_by_mode(std::uint32_t rel, std::uint32_t node) const {
    if (mode_ == PathMode::kTrail || mode_ == PathMode::kDefault) return !rel_used(rel);
    return mode_allows(mode_, walk_, rel, node);
}

// Takes one more hop, or leaves the innermost frame. False: everything has been walked.
bool WalkEnumerator::advance(ExecContext& context) {
    const graph::Graph& graph = context.graph();
    while (!frames_.empty()) {
        Frame& frame = frames_.back();
        const std::uint32_t here = walk_.end();
        for (; frame.position < positions_.size(); ++frame.position, frame.step = 0) {
            const Position position = positions_[frame.position];
            if (pattern_.is_end(position) || !pattern_.may_hop(position)) continue;
            const auto& steps = pattern_.steps(position);
            for (; frame.step < steps.size(); ++frame.step, frame.entry = 0) {
                const AdjacencyStep& step = steps[frame.step];
                const auto adjacent = graph.adjacent(NodeId{here}, step.type, step.direction);
                while (frame.entry < adjacent.size()) {
                    const graph::Adjacent& next = adjacent[frame.entry++];
                    if ((++ticks_ & 1023) == 0) context.guard.check();
                    if (step.skip_loops && next.node.value == here) continue;
                    if (rest_ && walk_.hops.size() + 1 + rest_(next.node.value) > length_limit_) continue;
                    if (!allowed_by_mode(next.rel.value, next.node.value)) continue;
                    if (!pattern_.allows(context, walk_, position, next.rel.value, next.node.value)) continue;
                    walk_.hops.push_back(pattern_.hop(position, next.rel.value, next.node.value));
                    if (walk_.hops.size() > 24) {
                        if (walk_.hops.size() == 25) {
                            used_.clear();
                            for (const Hop& hop : walk_.hops) used_.insert(hop.rel);
                        } else {
                            used_.insert(next.rel.value);
                        }
                    }
                    push_frame(context, pattern_.after(position));
                    return true;
                }
            }
            frame.entry = 0;
        }
        positions_.resize(frame.positions);
        frames_.pop_back();
        if (!walk_.hops.empty() && !frames_.empty()) {
            if (walk_.hops.size() > 24) used_.erase(walk_.hops.back().rel);
            walk_.hops.pop_back();
        }
    }
    return false;
}

const Walk* WalkEnumerator::next(ExecContext& context) {
    while (!frames_.empty()) {
        Frame& frame = frames_.back();
        if (!frame.given) {
            frame.given = true;
            const bool complete = positions_.size() > frame.positions && pattern_.is_end(positions_.back());
            if (complete && (end_ == kAnyNode || walk_.end() == end_) &&
                pattern_.satisfies_where(context, walk_)) {
                return &walk_;
            }
        }
        if (!advance(context)) return nullptr;
    }
    return nullptr;
}

// ---------------------------------------------------------------- LayeredSearch

// Whether a further walk of this length is among the selected.
bool LayeredSearch::choose(Chosen& chosen, std::uint32_t length) const {
    const bool longer = chosen.walks == 0 || length > chosen.last;
    switch (selection_.selector) {
        case PathSelector::kAllShortest:
        case PathSelector::kAllShortestPathsFunction:
            if (chosen.walks > 0 && longer) return false;
            break;
        case PathSelector::kShortestGroups:
            if (longer && chosen.lengths >= selection_.count) return false;
            break;
        case PathSelector::kAll: break;
        default:
            if (chosen.walks >= selection_.count) return false;
            break;
    }
    chosen.walks += 1;
    chosen.lengths += longer ? 1 : 0;
    chosen.last = length;
    return true;
}

// Whether no walk of this length or more can be selected any more.
bool LayeredSearch::satisfied(const Chosen& chosen, std::uint32_t length) const {
    switch (selection_.selector) {
        case PathSelector::kAllShortest:
        case PathSelector::kAllShortestPathsFunction: return chosen.walks > 0 && length > chosen.last;
        case PathSelector::kShortestGroups:
            return chosen.lengths >= selection_.count && length > chosen.last;
        case PathSelector::kAll: return false;
        default: return chosen.walks >= selection_.count;
    }
}

void LayeredSearch::walk_to(std::uint32_t partial, std::uint32_t from, Walk& walk) const {
    walk.start = from;
    walk.hops.resize(partials_[partial].length);
    for (std::size_t i = walk.hops.size(); i > 0; --i) {
        walk.hops[i - 1] = partials_[partial].hop;
        partial = partials_[partial].parent;
    }
}

std::uint64_t LayeredSearch::key(std::uint32_t node, const Position& position) {
    return (static_cast<std::uint64_t>(node) << 32) ^ (position.rounds * 1000003ULL) ^
           (static_cast<std::uint64_t>(position.segment) << 12) ^ position.inner;
}

void LayeredSearch::run(ExecContext& context, std::uint32_t from, std::uint32_t end, std::vector<Walk>& found) {
    struct State {
        std::uint32_t node;
        Position position;
        bool operator==(const State&) const = default;
    };
    struct HashState {
        std::size_t operator()(const State& state) const { return key(state.node, state.position); }
    };
    const graph::Graph& graph = context.graph();
    // Without the demand that nothing repeats, a state needs no more arrivals than walks are wanted.
    const bool prune = mode_ == PathMode::kWalk && !pattern_.has_where();
    std::unordered_map<State, Chosen, HashState> states;
    std::unordered_map<std::uint32_t, Chosen> ends;
    partials_.clear();
    partials_.push_back({0, 0, {}, Position{}});
    Walk walk;
    std::vector<Position> positions;
    std::size_t charged = 0, counted = 0;
    for (std::size_t at = 0; at < partials_.size(); ++at) {
        if ((at & 255) == 0) context.guard.check();
        if (partials_.size() > counted + 1024) {
            const std::size_t bytes = (partials_.size() - counted) * (sizeof(Partial) + (prune ? 64 : 8));
            context.guard.charge(bytes);
            charged += bytes;
            counted = partials_.size();
        }
        walk_to(static_cast<std::uint32_t>(at), from, walk);
        const std::uint32_t here = walk.end(), length = partials_[at].length;
        if (end != kAnyNode && satisfied(ends[end], length)) break;
        positions.clear();
        pattern_.closure(context, walk, partials_[at].position, positions);
        if (pattern_.is_end(positions.back())) {
            if ((end == kAnyNode || here == end) && pattern_.satisfies_where(context, walk) &&
                choose(ends[here], length)) {
                context.guard.charge(sizeof(Walk) + walk.hops.size() * sizeof(Hop));
                charged += sizeof(Walk) + walk.hops.size() * sizeof(Hop);
                found.push_back(walk);
            }
        }
        for (const Position& position : positions) {
            if (pattern_.is_end(position) || !pattern_.may_hop(position)) continue;
            for (const AdjacencyStep& step : pattern_.steps(position)) {
                for (const graph::Adjacent& next : graph.adjacent(NodeId{here}, step.type, step.direction)) {
                    if (step.skip_loops && next.node.value == here) continue;
                    if (!mode_allows(mode_, walk, next.rel.value, next.node.value)) continue;
                    if (!pattern_.allows(context, walk, position, next.rel.value, next.node.value)) continue;
                    const Position after = pattern_.after(position);
                    if (prune && !choose(states[{next.node.value, pattern_.folded(after)}], length + 1)) continue;
                    partials_.push_back({static_cast<std::uint32_t>(at), length + 1,
                                         pattern_.hop(position, next.rel.value, next.node.value), after});
                }
            }
        }
    }
    partials_.clear();
    partials_.shrink_to_fit();
    context.guard.release(charged);
}

}  // namespace maek::query
