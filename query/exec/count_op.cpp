#include "query/exec/count_op.h"

#include <algorithm>

#include "query/eval/operators.h"

namespace maek::query {

namespace {

// Multiplies the counts of rows into what an earlier step may have put there, drops rows of none.
void emit_counts(Batch& out, Slot slot, std::vector<std::int64_t>& counts, std::vector<std::uint32_t>& kept,
                 const SlotList& live) {
    kept.clear();
    for (std::uint32_t row = 0; row < out.rows; ++row) {
        if (counts[row] > 0) kept.push_back(row);
    }
    Vector& to = out[slot];
    to.start(VectorKind::kInteger, out.rows);
    std::copy(counts.begin(), counts.end(), to.integers());
    if (kept.size() == out.rows) return;
    to.gather(to, kept);
    out.keep(kept, live);
}

bool has_type(const std::vector<AdjacencyStep>& steps, TypeId type, graph::Direction direction) {
    return std::any_of(steps.begin(), steps.end(), [&](const AdjacencyStep& step) {
        return step.type == type && step.direction == direction;
    });
}

}  // namespace

// ---------------------------------------------------------------- CountExpandOp

CountExpandOp::CountExpandOp(OperatorPtr input, const LogicalCountExpand& step, SlotList live)
    : plan_(step), live_(std::move(live)), steps_(step.types, step.direction), labels_(step.to_labels),
      other_scratch_(step.other_than.size()) {
    add_child(std::move(input));
}

std::int64_t CountExpandOp::count(const graph::Graph& graph, const std::vector<AdjacencyStep>& steps,
                                  std::uint32_t from) const {
    std::int64_t sum = 0;
    for (const AdjacencyStep& step : steps) {
        const auto adjacent = graph.adjacent(NodeId{from}, step.type, step.direction);
        if (!labels_.any() && !step.skip_loops) {
            sum += static_cast<std::int64_t>(adjacent.size());
            continue;
        }
        for (const graph::Adjacent& next : adjacent) {
            if (step.skip_loops && next.node.value == from) continue;
            sum += labels_.test(next.node.value) ? 1 : 0;
        }
    }
    return sum;
}

bool CountExpandOp::is_counted(const graph::Graph& graph, const std::vector<AdjacencyStep>& steps,
                               std::uint32_t from, std::uint32_t rel) const {
    if (rel == RelId::kNone || !graph.has_rel(RelId{rel})) return false;
    const graph::RelRecord record = graph.rel(RelId{rel});
    if (record.source.value == from && has_type(steps, record.type, graph::Direction::kOut)) {
        return labels_.test(record.target.value);
    }
    return record.target.value == from && has_type(steps, record.type, graph::Direction::kIn) &&
           labels_.test(record.source.value);
}

bool CountExpandOp::do_next(ExecContext& context, Batch& out) {
    std::vector<std::int64_t> counts;
    std::vector<const std::uint32_t*> others;
    while (child().next(context, out)) {
        const graph::Graph& graph = context.graph();
        const auto& steps = steps_.prepare(context);
        labels_.prepare(context);
        const std::uint32_t* from = node_ids(out[plan_.from], out.rows, scratch_);
        others.clear();
        for (std::size_t i = 0; i < plan_.other_than.size(); ++i) {
            others.push_back(rel_ids(out[plan_.other_than[i]], out.rows, other_scratch_[i]));
        }
        counts.assign(out.rows, 0);
        for (std::uint32_t row = 0; row < out.rows; ++row) {
            if ((row & 127) == 127) context.guard.check();
            if (from[row] == NodeId::kNone) continue;
            counts[row] = count(graph, steps, from[row]);
            for (std::size_t i = 0; i < others.size(); ++i) {
                const bool seen = std::any_of(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(i),
                                              [&](const std::uint32_t* o) { return o[row] == others[i][row]; });
                if (!seen && is_counted(graph, steps, from[row], others[i][row])) --counts[row];
            }
        }
        emit_counts(out, plan_.count, counts, kept_, live_);
        if (out.rows > 0) return true;
    }
    return false;
}

// ---------------------------------------------------------------- CountIntersectOp

CountIntersectOp::CountIntersectOp(OperatorPtr input, const LogicalCountIntersect& step, SlotList live)
    : plan_(step), live_(std::move(live)), a_steps_(step.a_types, step.a_direction),
      b_steps_(step.b_types, step.b_direction), labels_(step.labels), other_scratch_(step.other_than.size()) {
    add_child(std::move(input));
}

void CountIntersectOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    for (const std::uint32_t node : touched_) marks_[node] = 0;
    touched_.clear();
    marked_ = NodeId::kNone;
}

void CountIntersectOp::mark(const graph::Graph& graph, std::uint32_t b) {
    for (const std::uint32_t node : touched_) marks_[node] = 0;
    touched_.clear();
    for (const AdjacencyStep& step : *b_now_) {
        for (const graph::Adjacent& next : graph.adjacent(NodeId{b}, step.type, step.direction)) {
            if (step.skip_loops && next.node.value == b) continue;
            if (!labels_.test(next.node.value)) continue;
            if (marks_[next.node.value]++ == 0) touched_.push_back(next.node.value);
        }
    }
    marked_ = b;
}

// Goes through the shorter side: a's relationships against the marks, or the marked nodes against
// a's sorted adjacency.
std::int64_t CountIntersectOp::count(const graph::Graph& graph, std::uint32_t a) const {
    std::int64_t sum = 0;
    for (const AdjacencyStep& step : *a_now_) {
        const auto adjacent = graph.adjacent(NodeId{a}, step.type, step.direction);
        if (adjacent.size() > 16 * touched_.size()) {
            for (const std::uint32_t node : touched_) {
                if (step.skip_loops && node == a) continue;
                const auto range = std::equal_range(
                    adjacent.begin(), adjacent.end(), graph::Adjacent{NodeId{node}, RelId{}},
                    [](const graph::Adjacent& x, const graph::Adjacent& y) { return x.node < y.node; });
                sum += static_cast<std::int64_t>(marks_[node]) * (range.second - range.first);
            }
            continue;
        }
        for (const graph::Adjacent& next : adjacent) {
            if (step.skip_loops && next.node.value == a) continue;
            sum += marks_[next.node.value];
        }
    }
    return sum;
}

// Whether one relationship could stand for two of the pattern in this row.
bool CountIntersectOp::may_repeat(const graph::Graph& graph, std::uint32_t a, std::uint32_t b,
                                  std::uint32_t row) const {
    if (a == b) return true;
    const auto touches = [&](const std::vector<AdjacencyStep>& steps, std::uint32_t node,
                             const graph::RelRecord& record) {
        return (record.source.value == node && has_type(steps, record.type, graph::Direction::kOut)) ||
               (record.target.value == node && has_type(steps, record.type, graph::Direction::kIn));
    };
    for (std::size_t i = 0; i < others_.size(); ++i) {
        const std::uint32_t* other = others_[i];
        if (i < plan_.other_ends.size() && plan_.other_ends[i].first != kNoSlot) {
            // Without the type this says "perhaps" more often than the record would; never less.
            const std::uint32_t source = plan_.other_ends[i].first == plan_.a ? a : b;
            const std::uint32_t target = plan_.other_ends[i].second == plan_.a ? a : b;
            const auto perhaps = [&](const std::vector<AdjacencyStep>& steps, std::uint32_t node) {
                return std::any_of(steps.begin(), steps.end(), [&](const AdjacencyStep& step) {
                    return node == (step.direction == graph::Direction::kOut ? source : target);
                });
            };
            if (plan_.other_of[i].first && perhaps(*a_now_, a)) return true;
            if (plan_.other_of[i].second && perhaps(*b_now_, b)) return true;
            continue;
        }
        if (other[row] == RelId::kNone || !graph.has_rel(RelId{other[row]})) continue;
        const graph::RelRecord record = graph.rel(RelId{other[row]});
        if (plan_.other_of[i].first && touches(*a_now_, a, record)) return true;
        if (plan_.other_of[i].second && touches(*b_now_, b, record)) return true;
    }
    // A loop at the middle node: it would have to be a or b.
    return false;
}

std::int64_t CountIntersectOp::count_slowly(const graph::Graph& graph, std::uint32_t a, std::uint32_t b,
                                            std::uint32_t row) const {
    const auto is_other = [&](std::uint32_t rel, bool of_a) {
        for (std::size_t i = 0; i < others_.size(); ++i) {
            if ((of_a ? plan_.other_of[i].first : plan_.other_of[i].second) && others_[i][row] == rel) return true;
        }
        return false;
    };
    std::int64_t sum = 0;
    for (const AdjacencyStep& first : *a_now_) {
        for (const graph::Adjacent& next : graph.adjacent(NodeId{a}, first.type, first.direction)) {
            if (first.skip_loops && next.node.value == a) continue;
            if (!labels_.test(next.node.value) || is_other(next.rel.value, true)) continue;
            for (const AdjacencyStep& second : *b_now_) {
                const auto adjacent = graph.adjacent(NodeId{b}, second.type, second.direction);
                auto at = std::lower_bound(adjacent.begin(), adjacent.end(), next.node.value,
                                           [](const graph::Adjacent& entry, std::uint32_t node) {
                                               return entry.node.value < node;
                                           });
                for (; at != adjacent.end() && at->node == next.node; ++at) {
                    if (second.skip_loops && at->node.value == b) continue;
                    if (plan_.differ && at->rel == next.rel) continue;
                    sum += is_other(at->rel.value, false) ? 0 : 1;
                }
            }
        }
    }
    return sum;
}

bool CountIntersectOp::do_next(ExecContext& context, Batch& out) {
    std::vector<std::int64_t> counts;
    while (child().next(context, out)) {
        const graph::Graph& graph = context.graph();
        a_now_ = &a_steps_.prepare(context);
        b_now_ = &b_steps_.prepare(context);
        labels_.prepare(context);
        if (marks_.size() < graph.node_slots()) marks_.resize(graph.node_slots(), 0);
        if (context.writing()) marked_ = NodeId::kNone;
        const std::uint32_t* a = node_ids(out[plan_.a], out.rows, a_scratch_);
        const std::uint32_t* b = node_ids(out[plan_.b], out.rows, b_scratch_);
        others_.clear();
        for (std::size_t i = 0; i < plan_.other_than.size(); ++i) {
            others_.push_back(rel_ids(out[plan_.other_than[i]], out.rows, other_scratch_[i]));
        }
        counts.assign(out.rows, 0);
        for (std::uint32_t row = 0; row < out.rows; ++row) {
            if ((row & 127) == 127) context.guard.check();
            if (a[row] == NodeId::kNone || b[row] == NodeId::kNone) continue;
            if (may_repeat(graph, a[row], b[row], row)) {
                counts[row] = count_slowly(graph, a[row], b[row], row);
                continue;
            }
            if (marked_ != b[row]) mark(graph, b[row]);
            counts[row] = count(graph, a[row]);
        }
        emit_counts(out, plan_.count, counts, kept_, live_);
        if (out.rows > 0) return true;
    }
    return false;
}

// ---------------------------------------------------------------- CountOnlyOp

bool CountOnlyOp::do_next(ExecContext& context, Batch& out) {
    if (given_) return false;
    given_ = true;
    const graph::Graph& graph = context.graph();
    std::uint64_t count = 0;
    if (plan_.relationships) {
        const TypeId type = plan_.name.empty() ? TypeId{} : type_.get(graph);
        count = plan_.name.empty() ? graph.rel_count() : type.valid() ? graph.type_count(type) : 0;
    } else {
        const LabelId label = plan_.name.empty() ? LabelId{} : label_.get(graph);
        count = plan_.name.empty() ? graph.node_count() : label.valid() ? graph.label_count(label) : 0;
    }
    out[plan_.slot].set_constant(Value::integer(static_cast<std::int64_t>(count)));
    out.rows = 1;
    return true;
}

// ---------------------------------------------------------------- DistinctEndsOp

DistinctEndsOp::DistinctEndsOp(OperatorPtr input, const LogicalDistinctEnds& step, SlotList carried,
                               std::size_t slots)
    : plan_(step), carried_(std::move(carried)), steps_(step.types, step.direction) {
    add_child(std::move(input));
    input_.prepare(slots);
}

void DistinctEndsOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    input_.rows = 0;
    row_ = 0;
    searched_ = false;
}

// Every node at a distance of 1 .. max. The start itself is an end when a trail comes back to it:
// directed, when any walk does; undirected, not by the relationship it left by, which shows by two
// different branches of the search meeting.
void DistinctEndsOp::search(ExecContext& context, std::uint32_t from) {
    const graph::Graph& graph = context.graph();
    const auto& steps = steps_.prepare(context);
    const std::uint64_t max = plan_.max.value_or(~std::uint64_t{0});
    const bool undirected = plan_.direction == RelDirection::kBoth;
    if (stamp_.size() < graph.node_slots()) {
        stamp_.assign(graph.node_slots(), 0);
        branch_.resize(graph.node_slots());
        distance_.resize(graph.node_slots());
        epoch_ = 0;
    }
    if (++epoch_ == 0) {
        std::fill(stamp_.begin(), stamp_.end(), 0);
        epoch_ = 1;
    }
    ends_.clear();
    bool comes_back = false;
    stamp_[from] = epoch_;
    distance_[from] = 0;
    frontier_.assign(1, from);
    for (std::uint64_t depth = 1; depth <= max && !frontier_.empty(); ++depth) {
        next_.clear();
        std::uint32_t ticks = 0;
        for (const std::uint32_t node : frontier_) {
            for (const AdjacencyStep& step : steps) {
                for (const graph::Adjacent& next : graph.adjacent(NodeId{node}, step.type, step.direction)) {
                    if ((++ticks & 8191) == 0) context.guard.check();
                    const std::uint32_t to = next.node.value;
                    if (to == from) {
                        comes_back = comes_back || !undirected || node == from;
                        continue;
                    }
                    const std::uint32_t branch = depth == 1 ? next.rel.value : branch_[node];
                    if (stamp_[to] == epoch_) {
                        if (undirected && branch_[to] != branch && distance_[to] + depth <= max) comes_back = true;
                        continue;
                    }
                    stamp_[to] = epoch_;
                    branch_[to] = branch;
                    distance_[to] = static_cast<std::uint32_t>(depth);
                    ends_.push_back(to);
                    next_.push_back(to);
                }
            }
        }
        frontier_.swap(next_);
    }
    if (comes_back || plan_.min == 0) ends_.push_back(from);
}

bool DistinctEndsOp::do_next(ExecContext& context, Batch& out) {
    while (true) {
        if (row_ >= input_.rows) {
            if (!child().next(context, input_)) return false;
            row_ = 0;
            searched_ = false;
        }
        if (!searched_) {
            const std::uint32_t* from = node_ids(input_[plan_.from], input_.rows, scratch_);
            given_ = 0;
            ends_.clear();
            if (from[row_] != NodeId::kNone) search(context, from[row_]);
            searched_ = true;
        }
        if (given_ < ends_.size()) break;
        ++row_;
        searched_ = false;
    }
    const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(kBatchRows, ends_.size() - given_));
    for (const Slot slot : carried_) out[slot].repeat(input_[slot], row_);
    Vector& to = out[plan_.to];
    to.start(VectorKind::kNode, count);
    std::copy_n(ends_.begin() + static_cast<std::ptrdiff_t>(given_), count, to.ids());
    out.rows = count;
    given_ += count;
    return true;
}

}  // namespace maek::query
