#include "query/exec/scan_op.h"

#include <algorithm>
#include <cmath>

#include "query/eval/operators.h"
#include "query/eval/semantics.h"
#include "query/parse/query_error.h"

namespace maek::query {

ScanOp::ScanOp(OperatorPtr input, const LogicalScan& step, LookupParts parts, SlotList carried,
               std::size_t slots)
    : plan_(step), parts_(std::move(parts)), carried_(std::move(carried)), labels_(step.labels),
      first_label_(step.labels.empty() ? std::string() : step.labels.front()), key_(step.key) {
    add_child(std::move(input));
    input_.prepare(slots);
}

void ScanOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    input_.rows = 0;
    row_ = 0;
    row_open_ = false;
}

bool ScanOp::do_next(ExecContext& context, Batch& out) {
    picked_.clear();
    nodes_.clear();
    while (true) {
        if (row_ >= input_.rows) {
            if (!nodes_.empty()) break;  // of the batch before: its columns are still there
            if (!child().next(context, input_)) return false;
            row_ = 0;
            row_open_ = false;
        }
        if (answered_ != nullptr && answered_->has(input_, row_)) {
            ++row_;
            row_open_ = false;
            continue;
        }
        if (!row_open_) {
            labels_.prepare(context);
            row_open_ = true;
            chunk_ = 0;
            word_ = graph::kChunkWords;
            found_.clear();
            found_at_ = 0;
            if (plan_.access > LogicalScan::Access::kLabels) seek(context);
        }
        bool more = false;
        if (plan_.access > LogicalScan::Access::kLabels) {
            while (found_at_ < found_.size() && nodes_.size() < kBatchRows) {
                picked_.push_back(row_);
                nodes_.push_back(found_[found_at_++].value);
            }
            more = found_at_ < found_.size();
        } else {
            more = scan(context);
        }
        if (!more) {
            ++row_;
            row_open_ = false;
        }
        if (nodes_.size() >= kBatchRows) break;
    }
    emit(out);
    return true;
}

void ScanOp::emit(Batch& out) {
    const auto rows = static_cast<std::uint32_t>(nodes_.size());
    if (picked_.front() == picked_.back()) {
        for (const Slot slot : carried_) out[slot].repeat(input_[slot], picked_.front());
    } else {
        for (const Slot slot : carried_) out[slot].gather(input_[slot], picked_);
    }
    out[plan_.slot].start(VectorKind::kNode, rows);
    std::copy(nodes_.begin(), nodes_.end(), out[plan_.slot].ids());
    out.rows = rows;
}

bool ScanOp::scan(ExecContext& context) {
    const graph::Graph& graph = context.graph();
    const std::uint32_t chunks = graph.node_chunks();
    while (true) {
        for (; word_ < graph::kChunkWords; ++word_) {
            std::uint64_t rest = words_[word_];
            if (rest == 0) continue;
            if (nodes_.size() + 64 > kBatchRows + 64) return true;
            const std::uint32_t base = ((chunk_ - 1) << graph::kChunkBits) + word_ * 64;
            for (; rest != 0; rest &= rest - 1) {
                nodes_.push_back(base + static_cast<std::uint32_t>(__builtin_ctzll(rest)));
            }
            picked_.resize(nodes_.size(), row_);
        }
        if (nodes_.size() >= kBatchRows) return true;
        if (chunk_ >= chunks) return false;
        context.guard.check();
        word_ = labels_.chunk_words(graph, chunk_, words_) ? 0 : graph::kChunkWords;
        ++chunk_;
    }
}

template <class Right>
void ScanOp::keep(Right right) {
    found_.erase(std::remove_if(found_.begin(), found_.end(), [&](NodeId node) { return !right(node); }),
                 found_.end());
}

bool ScanOp::satisfies(ExecContext& context, NodeId node, KeyId key, const Value& value) const {
    const graph::Graph& graph = context.graph();
    return graph.has_node(node) && labels_.test(node.value) &&
           equal(graph.node_property(node, key), value) == Truth::kTrue;
}

void ScanOp::scan_equal(ExecContext& context, KeyId key, const Value& value) {
    const graph::Graph& graph = context.graph();
    std::uint64_t words[graph::kChunkWords];
    for (std::uint32_t chunk = 0; chunk < graph.node_chunks(); ++chunk) {
        const graph::ColumnChunk* column = graph.node_column(key, chunk);
        if (column == nullptr || !labels_.chunk_words(graph, chunk, words)) continue;
        context.guard.check();
        for (std::uint32_t w = 0; w < graph::kChunkWords; ++w) {
            for (std::uint64_t rest = words[w] & column->presence()[w]; rest != 0; rest &= rest - 1) {
                const std::uint32_t at = w * 64 + static_cast<std::uint32_t>(__builtin_ctzll(rest));
                if (equal(column->value(at), value) == Truth::kTrue) {
                    found_.push_back(NodeId{(chunk << graph::kChunkBits) + at});
                }
            }
        }
    }
}

void ScanOp::find(ExecContext& context, const Value& value) {
    if (value.is_null()) return;
    const graph::Graph& graph = context.graph();
    const KeyId key = key_.get(graph);
    if (!key.valid()) return;
    const std::size_t before = found_.size();
    const LabelId label = plan_.labels.empty() ? LabelId{} : first_label_.get(graph);
    if (!plan_.labels.empty() && !label.valid()) return;
    if (!label.valid()) return scan_equal(context, key, value);
    const std::vector<NodeId> nodes = graph.find_equal(label, key, value);
    found_.insert(found_.end(), nodes.begin(), nodes.end());
    const auto wrong = [&](NodeId node) { return !satisfies(context, node, key, value); };
    found_.erase(std::remove_if(found_.begin() + static_cast<std::ptrdiff_t>(before), found_.end(), wrong),
                 found_.end());
}

void ScanOp::seek(ExecContext& context) {
    const graph::Graph& graph = context.graph();
    switch (plan_.access) {
        case LogicalScan::Access::kEqual:
            find(context, parts_.value->eval_row(context, input_, row_));
            return;
        case LogicalScan::Access::kIn: {
            const Value list = parts_.value->eval_row(context, input_, row_);
            located(plan_.value->range, [&] { require_list(list); });
            if (list.is_null()) return;
            for (const Value& value : list.as_list()) find(context, value);
            std::sort(found_.begin(), found_.end());
            found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
            return;
        }
        case LogicalScan::Access::kId: {
            Value id = parts_.value->eval_row(context, input_, row_);
            if (id.is(ValueKind::kFloat) && id.as_float() >= 0 && id.as_float() < graph.node_slots() &&
                std::trunc(id.as_float()) == id.as_float()) {
                id = Value::integer(static_cast<std::int64_t>(id.as_float()));
            }
            if (!id.is(ValueKind::kInteger) || id.as_integer() < 0 ||
                id.as_integer() >= graph.node_slots()) {
                return;
            }
            const NodeId node{static_cast<std::uint32_t>(id.as_integer())};
            if (graph.has_node(node) && labels_.test(node.value)) found_.push_back(node);
            return;
        }
        case LogicalScan::Access::kPrefix: find_prefix(context, parts_.value->eval_row(context, input_, row_)); return;
        case LogicalScan::Access::kRange: find_range(context, IndexRange(plan_, parts_, context, input_, row_)); return;
        default: return;
    }
}

// Strings that begin with the prefix. The planner saw an index; a kept plan may outlive it.
void ScanOp::find_prefix(ExecContext& context, const Value& prefix) {
    const graph::Graph& graph = context.graph();
    const KeyId key = key_.get(graph);
    const LabelId label = first_label_.get(graph);
    if (!prefix.is(ValueKind::kString) || !key.valid() || !label.valid()) return;
    if (graph.has_index(label, key)) {
        found_ = graph.index_prefix(label, key, prefix.as_string());
        keep([&](NodeId node) { return labels_.test(node.value); });
        return;
    }
    scan_all(context);
    keep([&](NodeId node) {
        const Value value = graph.node_property(node, key);
        return value.is(ValueKind::kString) && value.as_string().starts_with(prefix.as_string());
    });
}

// Values that compare with the bounds as asked.
void ScanOp::find_range(ExecContext& context, const IndexRange& range) {
    const graph::Graph& graph = context.graph();
    const KeyId key = key_.get(graph);
    const LabelId label = first_label_.get(graph);
    if (!key.valid() || !label.valid() || range.is_empty()) return;
    const bool has_index = graph.has_index(label, key);
    if (has_index) {
        found_ = graph.index_range(label, key, range.low(), range.high());
    } else {
        scan_all(context);
    }
    keep([&](NodeId node) {
        return labels_.test(node.value) && ((has_index && range.is_exact()) || range.holds(graph.node_property(node, key)));
    });
}

void ScanOp::scan_all(ExecContext& context) {
    const graph::Graph& graph = context.graph();
    std::uint64_t words[graph::kChunkWords];
    for (std::uint32_t chunk = 0; chunk < graph.node_chunks(); ++chunk) {
        if (!labels_.chunk_words(graph, chunk, words)) continue;
        context.guard.check();
        for (std::uint32_t w = 0; w < graph::kChunkWords; ++w) {
            for (std::uint64_t rest = words[w]; rest != 0; rest &= rest - 1) {
                found_.push_back(NodeId{(chunk << graph::kChunkBits) + w * 64 +
                                        static_cast<std::uint32_t>(__builtin_ctzll(rest))});
            }
        }
    }
}

}  // namespace maek::query
