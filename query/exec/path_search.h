// Room: query, inner. Finding walks of a PathPattern from one start node: all of them one by one
// (WalkEnumerator, depth first, resumable), or the shortest ones by layers (LayeredSearch).
// Tests: tests/query/cases/paths*.test, tests/query/reference/.
#pragma once

#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "query/exec/path_pattern.h"

namespace maek::query {

inline constexpr std::uint32_t kAnyNode = 0xFFFFFFFFu;

// Whether the mode lets the walk go on by this hop.
bool mode_allows(PathMode mode, const Walk& walk, std::uint32_t rel, std::uint32_t node);
// A SIMPLE walk that has closed goes no further.
bool mode_ends(PathMode mode, const Walk& walk);

// Every walk, each once for each split of its parts.
class WalkEnumerator {
public:
    WalkEnumerator(PathPattern& pattern, PathMode mode) : pattern_(pattern), mode_(mode) {}
    // end: the node to end at, or kAnyNode.
    void start(ExecContext& context, std::uint32_t from, std::uint32_t end);
    void stop() { frames_.clear(); }
    // No walk longer than this; `rest` says how many hops a node is from the end at least.
    void limit(std::uint64_t length, std::function<std::uint32_t(std::uint32_t)> rest) {
        length_limit_ = length;
        rest_ = std::move(rest);
    }
    // The next walk, or null when there are no more. Valid until the next call.
    const Walk* next(ExecContext& context);

private:
    struct Frame {
        std::uint32_t positions = 0;  // where its positions begin
        std::uint32_t position = 0, step = 0, entry = 0;
        bool given = false;           // its complete walk was handed out
    };
    void push_frame(ExecContext& context, const Position& position);
    bool advance(ExecContext& context);
    bool rel_used(std::uint32_t rel) const;
    bool allowed_by_mode(std::uint32_t rel, std::uint32_t node) const;

    PathPattern& pattern_;
    PathMode mode_;
    std::uint32_t end_ = kAnyNode;
    Walk walk_;
    std::vector<Frame> frames_;
    std::vector<Position> positions_;
    std::unordered_set<std::uint32_t> used_;  // relationships of long walks
    std::uint32_t ticks_ = 0;
    std::uint64_t length_limit_ = PathPattern::kUnbounded;
    std::function<std::uint32_t(std::uint32_t)> rest_;
};

struct Selection {
    PathSelector selector = PathSelector::kAnyShortest;
    std::uint64_t count = 1;
};

// The selected walks, per end node, in the order of their lengths.
class LayeredSearch {
public:
    LayeredSearch(PathPattern& pattern, PathMode mode, Selection selection)
        : pattern_(pattern), mode_(mode), selection_(selection) {}
    void run(ExecContext& context, std::uint32_t from, std::uint32_t end, std::vector<Walk>& found);

private:
    struct Partial {
        std::uint32_t parent;
        std::uint32_t length;
        Hop hop;
        Position position;
    };
    struct Chosen {  // of one end node, or one state
        std::uint64_t walks = 0, lengths = 0;
        std::uint32_t last = 0;
    };
    bool choose(Chosen& chosen, std::uint32_t length) const;
    bool satisfied(const Chosen& chosen, std::uint32_t length) const;
    void walk_to(std::uint32_t partial, std::uint32_t from, Walk& walk) const;
    static std::uint64_t key(std::uint32_t node, const Position& position);

    PathPattern& pattern_;
    PathMode mode_;
    Selection selection_;
    std::vector<Partial> partials_;
};

// Shortest walks of a plain loop, node by node: breadth first, from both sides when the end is known.
class ShortestSearch {
public:
    explicit ShortestSearch(PathPattern& pattern, PathMode mode, bool all)
        : pattern_(pattern), mode_(mode), all_(all) {}
    void run(ExecContext& context, std::uint32_t from, std::uint32_t end, std::vector<Walk>& found);

private:
    struct Reached {
        std::uint32_t distance = 0;
        std::uint32_t first_parent = kAnyNode;  // index of parents_
    };
    struct Parent {
        std::uint32_t node, rel, next;  // next: another parent of the same node, or kAnyNode
    };
    void search(ExecContext& context, std::uint32_t from, std::uint32_t end);
    void closed_walks(ExecContext& context, std::uint32_t from, std::vector<Walk>& found);
    void collect(ExecContext& context, std::uint32_t from, std::uint32_t to, std::vector<Walk>& found);
    bool both_sides(ExecContext& context, std::uint32_t from, std::uint32_t end, std::vector<Walk>& found);

    // Marks of one side of the two-sided search; stamps make a new search free.
    struct Side {
        std::vector<std::uint32_t> stamp, parent, rel;
        std::vector<std::uint32_t> frontier, next;
        std::uint32_t epoch = 0, depth = 0;
        void start(std::uint32_t nodes, std::uint32_t node);
        bool seen(std::uint32_t node) const { return stamp[node] == epoch; }
    };
    std::uint32_t widen(ExecContext& context, Side& side, const Side& other, bool backwards);

    PathPattern& pattern_;
    PathMode mode_;
    bool all_;
    Walk scratch_;
    std::unordered_map<std::uint32_t, Reached> reached_;
    std::vector<Parent> parents_;
    std::vector<std::uint32_t> order_;  // nodes as they were reached
    Side ahead_, back_;
};

}  // namespace maek::query
