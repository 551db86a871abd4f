#include "query/exec/rel_seek_op.h"

#include <algorithm>

#include "query/eval/operators.h"
#include "query/eval/semantics.h"

namespace maek::query {

RelSeekOp::RelSeekOp(OperatorPtr input, const LogicalRelScan& step, LookupParts parts, SlotList carried, SlotList wanted,
                     std::size_t slots)
    : plan_(step), parts_(std::move(parts)), carried_(std::move(carried)), wanted_(std::move(wanted)), key_(step.key) {
    add_child(std::move(input));
    input_.prepare(slots);
    for (const std::string& type : step.types) types_.emplace_back(type);
}

void RelSeekOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    input_.rows = 0;
    row_ = 0;
    row_open_ = false;
}

bool RelSeekOp::do_next(ExecContext& context, Batch& out) {
    rels_.clear();
    froms_.clear();
    tos_.clear();
    while (rels_.empty()) {
        if (row_ >= input_.rows) {
            if (!child().next(context, input_)) return false;
            row_ = 0;
            continue;
        }
        if (!row_open_) seek(context);
        fill(context.graph());
        row_open_ = found_at_ < found_.size();
        if (rels_.empty()) ++row_;
    }
    for (const Slot slot : carried_) out[slot].repeat(input_[slot], row_);
    for (const Slot slot : wanted_) {
        const auto& ids = slot == plan_.rel ? rels_ : slot == plan_.from ? froms_ : tos_;
        out[slot].start(slot == plan_.rel ? VectorKind::kRel : VectorKind::kNode, static_cast<std::uint32_t>(ids.size()));
        std::copy(ids.begin(), ids.end(), out[slot].ids());
    }
    out.rows = static_cast<std::uint32_t>(rels_.size());
    if (!row_open_) ++row_;
    return true;
}

void RelSeekOp::add(std::uint32_t rel, std::uint32_t from, std::uint32_t to) {
    rels_.push_back(rel);
    froms_.push_back(from);
    tos_.push_back(to);
}

void RelSeekOp::fill(const graph::Graph& graph) {
    for (; found_at_ < found_.size() && rels_.size() + 1 < kBatchRows; ++found_at_) {
        const RelId rel = found_[found_at_];
        const graph::RelRecord record = graph.rel(rel);
        const std::uint32_t source = record.source.value, target = record.target.value;
        const bool turned = plan_.direction == RelDirection::kIn;
        add(rel.value, turned ? target : source, turned ? source : target);
        if (plan_.direction == RelDirection::kBoth && source != target) add(rel.value, target, source);
    }
}

void RelSeekOp::seek(ExecContext& context) {
    const graph::Graph& graph = context.graph();
    found_.clear();
    found_at_ = 0;
    const KeyId key = key_.get(graph);
    if (!key.valid()) return;
    for (TypeRef& ref : types_) {
        const TypeId type = ref.get(graph);
        if (type.valid()) seek_type(context, type, key);
    }
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
}

void RelSeekOp::seek_type(ExecContext& context, TypeId type, KeyId key) {
    switch (plan_.access) {
        case Lookup::Access::kEqual:
            return find_equal(context, type, key, parts_.value->eval_row(context, input_, row_));
        case Lookup::Access::kIn: {
            const Value list = parts_.value->eval_row(context, input_, row_);
            require_list(list);
            if (list.is_null()) return;
            for (const Value& value : list.as_list()) find_equal(context, type, key, value);
            return;
        }
        case Lookup::Access::kRange: return find_range(context, type, key);
        default: return;
    }
}

// The planner saw an index; a kept plan may outlive it.
template <class Right>
void RelSeekOp::look_through(ExecContext& context, TypeId type, Right right) {
    const graph::Graph& graph = context.graph();
    for (std::uint32_t chunk = 0; chunk < graph.rel_chunks(); ++chunk) {
        const graph::RelRecord* records = graph.rel_records(chunk);
        if (records == nullptr) continue;
        context.guard.check();
        const std::uint32_t base = chunk << graph::kChunkBits;
        const std::uint32_t end = std::min(graph::kChunkSize, graph.rel_slots() - base);
        for (std::uint32_t at = 0; at < end; ++at) {
            if (records[at].type == type && right(RelId{base + at})) found_.push_back(RelId{base + at});
        }
    }
}

void RelSeekOp::find_equal(ExecContext& context, TypeId type, KeyId key, const Value& value) {
    const graph::Graph& graph = context.graph();
    if (value.is_null()) return;
    const auto right = [&](RelId rel) { return equal(graph.rel_property(rel, key), value) == Truth::kTrue; };
    if (!graph.has_rel_index(type, key)) return look_through(context, type, right);
    for (const RelId rel : graph.rel_index_equal(type, key, value)) {
        if (right(rel)) found_.push_back(rel);
    }
}

void RelSeekOp::find_range(ExecContext& context, TypeId type, KeyId key) {
    const graph::Graph& graph = context.graph();
    const IndexRange range(plan_, parts_, context, input_, row_);
    if (range.is_empty()) return;
    const auto right = [&](RelId rel) { return range.holds(graph.rel_property(rel, key)); };
    if (!graph.has_rel_index(type, key)) return look_through(context, type, right);
    for (const RelId rel : graph.rel_index_range(type, key, range.low(), range.high())) {
        if (range.is_exact() || right(rel)) found_.push_back(rel);
    }
}

}  // namespace maek::query
