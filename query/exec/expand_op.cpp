#include "query/exec/expand_op.h"

#include <algorithm>

namespace maek::query {

namespace {

constexpr std::uint32_t kFirstQuota = 4;

void set_ids(Vector& to, VectorKind kind, const std::vector<std::uint32_t>& ids) {
    to.start(kind, static_cast<std::uint32_t>(ids.size()));
    std::copy(ids.begin(), ids.end(), to.ids());
}

}  // namespace

// ---------------------------------------------------------------- ExpandOp

ExpandOp::ExpandOp(OperatorPtr input, const LogicalExpand& step, SlotList carried, bool wants_rel,
                   bool wants_to, std::size_t slots)
    : plan_(step), carried_(std::move(carried)), wants_rel_(wants_rel), wants_to_(wants_to),
      steps_(step.types, step.direction), labels_(step.to_labels) {
    add_child(std::move(input));
    input_.prepare(slots);
}

void ExpandOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    input_.rows = 0;
    row_ = 0;
}

bool ExpandOp::do_next(ExecContext& context, Batch& out) {
    while (true) {
        if (row_ >= input_.rows) {
            if (!child().next(context, input_)) return false;
            row_ = 0;
            step_ = entry_ = 0;
            quota_ = kFirstQuota;
            labels_.prepare(context);
            looked_up_ = &steps_.prepare(context);
            from_ = node_ids(input_[plan_.from], input_.rows, scratch_);
        }
        fill(context.graph());
        if (!picked_.empty()) break;
    }
    emit(out);
    return true;
}

// Goes on from (row_, step_, entry_) until the batch is full or the input used up.
void ExpandOp::fill(const graph::Graph& graph) {
    picked_.clear();
    rels_.clear();
    nodes_.clear();
    const bool filtered = labels_.any();
    taken_ = 0;
    for (; row_ < input_.rows; ++row_, step_ = 0, entry_ = 0, taken_ = 0, quota_ = kFirstQuota) {
        const std::uint32_t from = from_[row_];
        if (from == NodeId::kNone) continue;
        if (answered_ != nullptr && answered_->has(input_, row_)) continue;
        for (; step_ < looked_up_->size(); ++step_, entry_ = 0) {
            const AdjacencyStep& step = (*looked_up_)[step_];
            const auto adjacent = graph.adjacent(NodeId{from}, step.type, step.direction);
            for (; entry_ < adjacent.size(); ++entry_) {
                if (picked_.size() >= kBatchRows) return;
                const graph::Adjacent& next = adjacent[entry_];
                if (step.skip_loops && next.node.value == from) continue;
                if (filtered && !labels_.test(next.node.value)) continue;
                picked_.push_back(row_);
                if (wants_rel_) rels_.push_back(next.rel.value);
                if (wants_to_) nodes_.push_back(next.node.value);
                if (answered_ != nullptr && ++taken_ >= quota_) {
                    ++entry_;
                    quota_ = std::min(4 * quota_, kBatchRows);
                    return;
                }
            }
        }
    }
}

void ExpandOp::emit(Batch& out) {
    out.rows = static_cast<std::uint32_t>(picked_.size());
    if (picked_.front() == picked_.back()) {
        for (const Slot slot : carried_) out[slot].repeat(input_[slot], picked_.front());
    } else {
        for (const Slot slot : carried_) out[slot].gather(input_[slot], picked_);
    }
    if (wants_rel_) set_ids(out[plan_.rel], VectorKind::kRel, rels_);
    if (wants_to_) set_ids(out[plan_.to], VectorKind::kNode, nodes_);
}

// ---------------------------------------------------------------- ExpandIntoOp

ExpandIntoOp::ExpandIntoOp(OperatorPtr input, const LogicalExpandInto& step, SlotList carried,
                           std::size_t slots)
    : plan_(step), carried_(std::move(carried)), steps_(step.types, step.direction) {
    add_child(std::move(input));
    input_.prepare(slots);
}

void ExpandIntoOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    input_.rows = 0;
    row_ = 0;
}

// Searches the shorter of the two ends' adjacency.
void ExpandIntoOp::find(const graph::Graph& graph, std::uint32_t from, std::uint32_t to) {
    for (const AdjacencyStep& step : *looked_up_) {
        if (step.skip_loops && from == to) continue;
        auto entries = graph.adjacent(NodeId{from}, step.type, step.direction);
        std::uint32_t wanted = to;
        if (entries.size() > 16) {
            const auto back = step.direction == graph::Direction::kOut ? graph::Direction::kIn
                                                                       : graph::Direction::kOut;
            const auto other = graph.adjacent(NodeId{to}, step.type, back);
            if (other.size() < entries.size()) {
                entries = other;
                wanted = from;
            }
        }
        auto at = std::lower_bound(entries.begin(), entries.end(), wanted,
                                   [](const graph::Adjacent& entry, std::uint32_t node) {
                                       return entry.node.value < node;
                                   });
        for (; at != entries.end() && at->node.value == wanted; ++at) {
            picked_.push_back(row_);
            rels_.push_back(at->rel.value);
        }
    }
}

bool ExpandIntoOp::do_next(ExecContext& context, Batch& out) {
    picked_.clear();
    rels_.clear();
    while (picked_.empty()) {
        if (row_ >= input_.rows) {
            if (!child().next(context, input_)) return false;
            row_ = 0;
            looked_up_ = &steps_.prepare(context);
            from_ = node_ids(input_[plan_.from], input_.rows, scratch_from_);
            to_ = node_ids(input_[plan_.to], input_.rows, scratch_to_);
        }
        for (; row_ < input_.rows && picked_.size() < kBatchRows; ++row_) {
            if (from_[row_] == NodeId::kNone || to_[row_] == NodeId::kNone) continue;
            find(context.graph(), from_[row_], to_[row_]);
        }
    }
    out.gather(input_, picked_, carried_);
    set_ids(out[plan_.rel], VectorKind::kRel, rels_);
    return true;
}

// ---------------------------------------------------------------- RelScanOp

RelScanOp::RelScanOp(OperatorPtr input, const LogicalRelScan& step, SlotList carried, SlotList wanted,
                     std::size_t slots)
    : plan_(step), carried_(std::move(carried)) {
    add_child(std::move(input));
    input_.prepare(slots);
    const auto wants = [&](Slot slot) {
        return std::find(wanted.begin(), wanted.end(), slot) != wanted.end();
    };
    wants_rel_ = wants(step.rel);
    wants_from_ = wants(step.from);
    wants_to_ = wants(step.to);
    for (const std::string& type : step.types) types_.emplace_back(type);
}

void RelScanOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    input_.rows = 0;
    row_ = 0;
    next_rel_ = 0;
    type_wanted_.clear();
}

void RelScanOp::add(std::uint32_t rel, std::uint32_t from, std::uint32_t to) {
    ++found_;
    if (wants_rel_) rels_.push_back(rel);
    if (wants_from_) froms_.push_back(from);
    if (wants_to_) tos_.push_back(to);
}

// The statement itself may have made a type since the scan began.
void RelScanOp::want_types(const graph::Graph& graph) {
    if (type_wanted_.size() == graph.types().size()) return;
    type_wanted_.assign(graph.types().size(), types_.empty() ? 1 : 0);
    for (TypeRef& type : types_) {
        const TypeId id = type.get(graph);
        if (id.valid()) type_wanted_[id.value] = 1;
    }
}

void RelScanOp::scan(ExecContext& context) {
    const graph::Graph& graph = context.graph();
    want_types(graph);
    const std::uint32_t slots = graph.rel_slots();
    while (next_rel_ < slots && found_ < kBatchRows) {
        const std::uint32_t chunk = next_rel_ >> graph::kChunkBits;
        const graph::RelRecord* records = graph.rel_records(chunk);
        const std::uint32_t end = std::min(slots, (chunk + 1) << graph::kChunkBits);
        if (records == nullptr) {
            next_rel_ = end;
            continue;
        }
        context.guard.check();
        for (; next_rel_ < end && found_ < kBatchRows; ++next_rel_) {
            const graph::RelRecord& record = records[next_rel_ & graph::kChunkMask];
            if (!record.type.valid() || type_wanted_[record.type.value] == 0) continue;
            const bool turned = plan_.direction == RelDirection::kIn;
            const std::uint32_t source = record.source.value, target = record.target.value;
            add(next_rel_, turned ? target : source, turned ? source : target);
            if (plan_.direction == RelDirection::kBoth && source != target) add(next_rel_, target, source);
        }
    }
}

bool RelScanOp::do_next(ExecContext& context, Batch& out) {
    found_ = 0;
    rels_.clear();
    froms_.clear();
    tos_.clear();
    while (found_ == 0) {
        if (row_ >= input_.rows) {
            if (!child().next(context, input_)) return false;
            row_ = 0;
            next_rel_ = 0;
        }
        scan(context);
        if (found_ == 0) {  // this input row is done
            ++row_;
            next_rel_ = 0;
        }
    }
    for (const Slot slot : carried_) out[slot].repeat(input_[slot], row_);
    if (wants_rel_) set_ids(out[plan_.rel], VectorKind::kRel, rels_);
    if (wants_from_) set_ids(out[plan_.from], VectorKind::kNode, froms_);
    if (wants_to_) set_ids(out[plan_.to], VectorKind::kNode, tos_);
    out.rows = found_;
    return true;
}

// ---------------------------------------------------------------- RelEndsOp

RelEndsOp::RelEndsOp(OperatorPtr input, const LogicalRelEnds& step, SlotList carried, std::size_t slots)
    : plan_(step), carried_(std::move(carried)) {
    add_child(std::move(input));
    input_.prepare(slots);
}

bool RelEndsOp::do_next(ExecContext& context, Batch& out) {
    picked_.clear();
    froms_.clear();
    tos_.clear();
    while (picked_.empty()) {
        if (!child().next(context, input_)) return false;
        const std::uint32_t* rels = rel_ids(input_[plan_.rel], input_.rows, scratch_rel_);
        const std::uint32_t* from =
            plan_.from_bound ? node_ids(input_[plan_.from], input_.rows, scratch_from_) : nullptr;
        const bool loop = plan_.from == plan_.to;
        const std::uint32_t* to = plan_.to_bound && !loop
                                      ? node_ids(input_[plan_.to], input_.rows, scratch_to_)
                                      : nullptr;
        const auto consider = [&](std::uint32_t row, std::uint32_t a, std::uint32_t b) {
            if (from != nullptr && from[row] != a) return;
            if (to != nullptr && to[row] != b) return;
            if (loop && a != b) return;
            picked_.push_back(row);
            froms_.push_back(a);
            tos_.push_back(b);
        };
        for (std::uint32_t row = 0; row < input_.rows; ++row) {
            if (rels[row] == RelId::kNone || !context.graph().has_rel(RelId{rels[row]})) continue;
            const graph::RelRecord record = context.graph().rel(RelId{rels[row]});
            if (plan_.direction != RelDirection::kIn) {
                consider(row, record.source.value, record.target.value);
            }
            if (plan_.direction != RelDirection::kOut &&
                (plan_.direction == RelDirection::kIn || record.source != record.target)) {
                consider(row, record.target.value, record.source.value);
            }
        }
    }
    out.gather(input_, picked_, carried_);
    if (!plan_.from_bound) set_ids(out[plan_.from], VectorKind::kNode, froms_);
    if (!plan_.to_bound) set_ids(out[plan_.to], VectorKind::kNode, tos_);
    return true;
}

}  // namespace maek::query
