#include "query/exec/path_search_op.h"

#include <algorithm>

#include "query/exec/path_search.h"

namespace maek::query {

namespace {

// For each input row, and each start node of it, the walks one after the other.
class PathSearchOp final : public Operator {
public:
    PathSearchOp(OperatorPtr input, const LogicalPathSearch& step, std::unique_ptr<PathPattern> pattern,
                 SlotList carried, SlotList probed, SlotList fresh, std::size_t slots)
        : pattern_(std::move(pattern)), carried_(std::move(carried)),
          probed_(std::move(probed)), fresh_(std::move(fresh)), enumerator_(*pattern_, step.mode),
          shortest_(*pattern_, step.mode, wants_all(step.selector)),
          layered_(*pattern_, step.mode, Selection{step.selector, step.path->count}) {
        add_child(std::move(input));
        input_.prepare(slots);
        const std::size_t first = step.reversed ? step.last : step.first;
        const std::size_t last = step.reversed ? step.first : step.last;
        from_slot_ = step.path->nodes[first].slot;
        to_slot_ = step.path->nodes[last].slot;
        from_bound_ = step.bound.has(from_slot_);
        to_bound_ = step.bound.has(to_slot_);
        const bool one = step.path->count == 1;
        switch (step.selector) {
            case PathSelector::kAll: way_ = Way::kEnumerate; break;
            case PathSelector::kAny:
            case PathSelector::kShortestK:
            case PathSelector::kShortestGroups:
                way_ = one && pattern_->is_plain_loop() ? Way::kShortest : Way::kLayers;
                break;
            default: way_ = pattern_->is_plain_loop() ? Way::kShortest : Way::kLayers; break;
        }
    }

protected:
    void do_open(ExecContext& context) override {
        Operator::do_open(context);
        input_.rows = 0;
        row_ = 0;
        start_open_ = false;
        found_.clear();
    }

    bool do_next(ExecContext& context, Batch& out) override {
        picked_.clear();
        columns_.assign(fresh_.size(), {});
        std::size_t bytes = 0;
        while (picked_.size() < kBatchRows && bytes < (std::size_t{1} << 20)) {
            if (row_ >= input_.rows) {
                if (!picked_.empty()) break;
                if (!child().next(context, input_)) return false;
                row_ = 0;
                start_batch(context);
                if (!start_row(context)) continue;
            }
            const Walk* walk = next_walk(context);
            if (walk == nullptr) {
                if (!next_start(context)) {
                    ++row_;
                    if (row_ < input_.rows) start_row(context);
                }
                continue;
            }
            picked_.push_back(row_);
            pattern_->outputs(*walk, fresh_, values_);
            for (std::size_t i = 0; i < fresh_.size(); ++i) {
                bytes += values_[i].heap_bytes();
                columns_[i].push_back(std::move(values_[i]));
            }
        }
        if (picked_.empty()) return false;
        out.gather(input_, picked_, carried_);
        for (std::size_t i = 0; i < fresh_.size(); ++i) fill(out[fresh_[i]], columns_[i]);
        return true;
    }

private:
    enum class Way : std::uint8_t { kEnumerate, kShortest, kLayers };

    static bool wants_all(PathSelector selector) {
        return selector == PathSelector::kAllShortest || selector == PathSelector::kShortestGroups ||
               selector == PathSelector::kAllShortestPathsFunction;
    }

    static void fill(Vector& to, std::vector<Value>& values) {
        const auto rows = static_cast<std::uint32_t>(values.size());
        const bool nodes = std::all_of(values.begin(), values.end(),
                                       [](const Value& value) { return value.is(ValueKind::kNode); });
        to.start(nodes ? VectorKind::kNode : VectorKind::kValue, rows);
        for (std::uint32_t i = 0; i < rows; ++i) {
            if (nodes) {
                to.ids()[i] = values[i].as_node().value;
            } else {
                to.set(i, std::move(values[i]));
            }
        }
    }

    void start_batch(ExecContext& context) {
        pattern_->start_batch(context);
        if (from_bound_) from_ = node_ids(input_[from_slot_], input_.rows, from_scratch_);
        if (to_bound_) to_ = node_ids(input_[to_slot_], input_.rows, to_scratch_);
    }

    // False: the row has no start node (and is passed over).
    bool start_row(ExecContext& context) {
        pattern_->start_row(input_, row_, probed_);
        next_node_ = 0;
        start_open_ = false;
        if (next_start(context)) return true;
        ++row_;
        while (row_ < input_.rows) {
            pattern_->start_row(input_, row_, probed_);
            next_node_ = 0;
            if (next_start(context)) return true;
            ++row_;
        }
        return false;
    }

    bool next_start(ExecContext& context) {
        std::uint32_t start = 0;
        const graph::Graph& graph = context.graph();
        if (from_bound_) {
            if (next_node_ > 0) return false;
            next_node_ = 1;
            start = from_[row_];
            if (start == kAnyNode || !graph.has_node(NodeId{start})) return false;
        } else {
            while (next_node_ < graph.node_slots() && !graph.has_node(NodeId{next_node_})) ++next_node_;
            if (next_node_ >= graph.node_slots()) return false;
            start = next_node_++;
        }
        std::uint32_t end = kAnyNode;
        if (to_slot_ == from_slot_) {
            end = start;
        } else if (to_bound_) {
            end = to_[row_];
            if (end == kAnyNode) return false;
        }
        found_.clear();
        found_at_ = 0;
        if (!pattern_->allows_start(context, start)) {
            if (way_ == Way::kEnumerate) enumerator_.stop();
            return true;
        }
        switch (way_) {
            case Way::kEnumerate: enumerator_.start(context, start, end); break;
            case Way::kShortest: shortest_.run(context, start, end, found_); break;
            case Way::kLayers: layered_.run(context, start, end, found_); break;
        }
        return true;
    }

    const Walk* next_walk(ExecContext& context) {
        if (way_ == Way::kEnumerate) return enumerator_.next(context);
        return found_at_ < found_.size() ? &found_[found_at_++] : nullptr;
    }

    std::unique_ptr<PathPattern> pattern_;
    SlotList carried_, probed_, fresh_;
    WalkEnumerator enumerator_;
    ShortestSearch shortest_;
    LayeredSearch layered_;
    Way way_ = Way::kEnumerate;
    Slot from_slot_ = kNoSlot, to_slot_ = kNoSlot;
    bool from_bound_ = false, to_bound_ = false;
    Batch input_;
    std::uint32_t row_ = 0, next_node_ = 0;
    bool start_open_ = false;
    const std::uint32_t *from_ = nullptr, *to_ = nullptr;
    std::vector<std::uint32_t> from_scratch_, to_scratch_, picked_;
    std::vector<Walk> found_;
    std::size_t found_at_ = 0;
    std::vector<Value> values_;
    std::vector<std::vector<Value>> columns_;
};

}  // namespace

OperatorPtr make_path_search(OperatorBuilder& builder, OperatorPtr input, const LogicalPathSearch& plan,
                             SlotList carried, const SlotSet& needed) {
    auto pattern = std::make_unique<PathPattern>(builder, plan, needed);
    SlotSet defines, reads;
    plan.add_defines(defines);
    plan.add_reads(reads);
    const SlotList probed = (reads & outputs(plan.child())).list();
    return std::make_unique<PathSearchOp>(std::move(input), plan, std::move(pattern), std::move(carried),
                                          probed, (defines & needed).list(), builder.slots());
}

}  // namespace maek::query
