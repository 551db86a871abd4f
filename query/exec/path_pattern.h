// Room: query, inner. A path pattern as a machine that walks: which hops may follow where one
// stands, what has to hold at each node, and what a finished walk means for the variables.
//
// A walk is a start node and hops; a hop remembers the segment, round and place in the round that
// it was taken for, so that the walk alone says what every variable holds. A quantified part is
// left by a choice of its own: one walk with two splits is found twice, as the language wants.
// Positions count rounds instead of unrolling them, so {1,1000000} costs nothing.
// Tests: tests/query/cases/paths*.test, tests/query/reference/.
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "query/exec/build.h"
#include "query/exec/label_filter.h"
#include "query/plan/logical_read.h"

namespace maek::query {

struct Hop {
    std::uint32_t rel, node;      // the relationship, and the node it leads to
    std::uint32_t segment, inner;  // inner: the place in a round of a group
};

struct Position {
    std::uint32_t segment = 0;
    std::uint32_t inner = 0;   // hops taken in the present round
    std::uint64_t rounds = 0;  // rounds finished
    bool operator==(const Position&) const = default;
};

struct Walk {
    std::uint32_t start = 0;
    std::vector<Hop> hops;
    std::uint32_t node(std::size_t i) const { return i == 0 ? start : hops[i - 1].node; }
    std::uint32_t end() const { return node(hops.size()); }
};

class PathPattern {
public:
    static constexpr std::uint64_t kUnbounded = std::numeric_limits<std::uint64_t>::max();

    PathPattern(OperatorBuilder& builder, const LogicalPathSearch& plan, const SlotSet& needed);

    // Before a batch, then before the walks of one of its rows.
    void start_batch(ExecContext& context);
    void start_row(const Batch& input, std::uint32_t row, std::span<const Slot> columns);

    // Every position one can stand at without a hop, `position` first; appended. The last may be
    // the end (segment == segments()): then the walk is complete.
    void closure(ExecContext& context, const Walk& walk, Position position, std::vector<Position>& into);

    std::size_t segments() const { return segments_.size(); }
    bool is_end(const Position& position) const { return position.segment == segments_.size(); }
    bool may_hop(const Position& position) const {
        return position.rounds < segments_[position.segment].max;
    }
    // The types and directions of the next hop.
    const std::vector<AdjacencyStep>& steps(const Position& position) const {
        return *edge(position).looked_up;
    }
    // Whether a walk may begin there at all.
    bool allows_start(ExecContext& context, std::uint32_t node) {
        return elements_.empty() || test_elements(context, true, node);
    }
    // Whether this hop is allowed there by the pattern (not by the mode). The walk does not hold it yet.
    bool allows(ExecContext& context, Walk& walk, const Position& position, std::uint32_t rel,
                std::uint32_t node);
    Hop hop(const Position& position, std::uint32_t rel, std::uint32_t node) const {
        return {rel, node, position.segment, position.inner};
    }
    Position after(const Position& position) const;
    // Rounds beyond the last that matters count as that one: a finite key for searching walks.
    Position folded(Position position) const;

    // Conditions on the walk as a whole: the WHERE of a parenthesised path, or of shortestPath().
    bool has_where() const { return !wheres_.empty(); }
    bool satisfies_where(ExecContext& context, const Walk& walk);

    // Exactly one part, quantified, of single hops whose tests look at nothing but the hop, and at
    // least 0 or 1 times: then shortest walks can be searched node by node.
    bool is_plain_loop() const;
    std::uint64_t loop_min() const { return segments_[0].min; }
    std::uint64_t loop_max() const { return segments_[0].max; }
    bool is_undirected_loop() const {
        return segments_[0].edges[0].steps.direction() == RelDirection::kBoth;
    }
    bool has_tests() const { return segments_[0].tested; }

    // What the walk gives for the slots, in forward order; only slots needed above.
    void outputs(const Walk& walk, const std::vector<Slot>& slots, std::vector<Value>& values) const;
    bool reversed() const { return reversed_; }

private:
    struct NodeTest {
        Slot slot = kNoSlot;
        std::vector<VectorExprPtr> conditions;
        bool bound = false;  // has a value from before the search
    };
    struct Edge {
        AdjacencySteps steps;
        const std::vector<AdjacencyStep>* looked_up = nullptr;
        Slot slot = kNoSlot;  // where `where` finds the relationship
        std::vector<VectorExprPtr> conditions;
        bool bound = false;   // must be the value of `slot` from before
    };
    struct Segment {
        const BoundSegment* source = nullptr;
        std::size_t index = 0;  // among the path's segments
        std::uint64_t min = 1, max = 1;
        std::vector<Edge> edges;
        std::vector<NodeTest> nodes;  // of a round; groups only
        VectorExprPtr where;          // of a round
        Slot list = kNoSlot, walk = kNoSlot;
        bool list_bound = false;      // the list of relationships was given before
        bool tested = false;          // any condition
    };

    const Edge& edge(const Position& position) const {
        return segments_[position.segment].edges[position.inner];
    }
    Segment make_segment(OperatorBuilder& builder, std::size_t index);
    Edge make_edge(OperatorBuilder& builder, const BoundSegment& segment, bool list, bool in_group);
    NodeTest make_node(OperatorBuilder& builder, const BoundNode& node, bool in_group);
    void wait_for_path(OperatorBuilder& builder, Slot own, std::vector<Condition>& conditions);
    void add_conditions(OperatorBuilder& builder, std::vector<Condition> conditions,
                        std::vector<VectorExprPtr>& into);
    bool all_true(ExecContext& context, const std::vector<VectorExprPtr>& conditions);
    bool test_node(ExecContext& context, NodeTest& test, std::uint32_t node);
    bool same_at_boundaries(const Walk& walk, std::size_t segments, Slot slot) const;
    bool test_boundary(ExecContext& context, const Walk& walk, std::size_t segment);
    bool test_end(const Walk& walk) const;
    void bind_round(const Walk& walk, const Segment& segment, std::size_t hops);
    void bind_path(const Walk& walk);
    void bind(Slot slot, VectorKind kind, std::uint32_t id);
    // all() and none() over the nodes or relationships of the path are asked hop by hop.
    struct ElementTest {
        Slot slot = kNoSlot;  // the quantifier's variable; or, without a condition, what must differ
        bool of_nodes = false;
        Truth wanted = Truth::kTrue;
        VectorExprPtr condition;
    };
    bool add_element_test(OperatorBuilder& builder, const Condition& condition);
    bool add_difference_test(const Condition& condition);
    bool holds(Slot slot, std::uint32_t rel) const;
    bool test_elements(ExecContext& context, bool of_nodes, std::uint32_t id);
    Value value_of(const Walk& forward, Slot slot) const;
    Walk forward(const Walk& walk) const;

    const LogicalPathSearch& plan_;
    std::vector<Segment> segments_;
    std::vector<NodeTest> boundaries_;  // between segment i and i + 1, in walking order
    std::vector<VectorExprPtr> wheres_;
    std::vector<ElementTest> elements_;
    bool reversed_ = false;
    bool wide_ = false;  // some test reads other variables of the pattern
    SlotSet found_here_;   // what the search binds
    SlotSet where_reads_;  // of wheres_
    std::vector<Slot> where_slots_;
    Batch probe_;
};

}  // namespace maek::query
