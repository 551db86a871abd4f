#include <algorithm>
#include <bit>
#include <utility>

#include "graph/algorithm/kernel.h"

namespace maek::graph {

namespace {

// Whether the projection has the node, as a bitmap word of the nodes chunk by chunk.
void choose_nodes(const Graph& graph, const ProjectionOptions& options, std::vector<NodeId>& nodes) {
    if (options.nodes) {
        nodes = *options.nodes;
        std::ranges::sort(nodes);
        nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
        std::erase_if(nodes, [&](NodeId id) { return !graph.has_node(id); });
        return;
    }
    for (std::uint32_t chunk = 0; chunk < graph.node_chunks(); ++chunk) {
        std::uint64_t words[kChunkWords] = {};
        const auto add = [&](const std::uint64_t* bits) {
            for (std::uint32_t w = 0; bits != nullptr && w < kChunkWords; ++w) words[w] |= bits[w];
        };
        if (options.labels.empty()) add(graph.alive_bits(chunk));
        for (const LabelId label : options.labels) add(graph.label_bits(label, chunk));
        for (std::uint32_t w = 0; w < kChunkWords; ++w) {
            for (std::uint64_t word = words[w]; word != 0; word &= word - 1) {
                nodes.emplace_back(chunk * kChunkSize + w * 64 + static_cast<std::uint32_t>(std::countr_zero(word)));
            }
        }
    }
}

struct End {
    std::uint32_t from, to;
    RelId rel;
};

}  // namespace

Result<Projection> Projection::make(const Graph& graph, const ProjectionOptions& options, const Cancelled& cancelled) {
    Projection p;
    p.orientation_ = options.orientation;
    choose_nodes(graph, options, p.nodes_);
    p.vertices_.assign(graph.node_slots(), kNone);
    for (std::uint32_t v = 0; v < p.size(); ++v) p.vertices_[p.nodes_[v].value] = v;
    std::vector<bool> types(graph.types().size(), options.types.empty());
    for (const TypeId type : options.types) {
        if (type.value < types.size()) types[type.value] = true;
    }

    // All chosen relationships once: count the rows, then fill them.
    Watch watch(cancelled);
    const auto each = [&](auto&& visit) {
        const auto one = [&](RelId id, const RelRecord& rel) {
            if (!rel.type.valid() || !types[rel.type.value]) return;
            std::uint32_t from = p.vertices_[rel.source.value], to = p.vertices_[rel.target.value];
            if (from == kNone || to == kNone) return;
            if (options.orientation == Orientation::kReverse) std::swap(from, to);
            visit(End{from, to, id});
        };
        if (options.relationships) {
            for (const RelId id : *options.relationships) one(id, graph.rel(id));
            return true;
        }
        for (std::uint32_t chunk = 0; chunk < graph.rel_chunks(); ++chunk) {
            const RelRecord* records = graph.rel_records(chunk);
            for (std::uint32_t i = 0; records != nullptr && i < kChunkSize; ++i) {
                one(RelId{chunk * kChunkSize + i}, records[i]);
            }
            if (watch.stop(kChunkSize)) return false;
        }
        return true;
    };
    const bool both = options.orientation == Orientation::kUndirected;
    p.starts_.assign(std::size_t{p.size()} + 1, 0);
    if (!each([&](const End& end) {
            ++p.starts_[end.from + 1];
            if (both && end.from != end.to) ++p.starts_[end.to + 1];
            ++p.relationships_;
        })) {
        return cancelled_error();
    }
    std::partial_sum(p.starts_.begin(), p.starts_.end(), p.starts_.begin());
    p.targets_.resize(p.starts_.back());
    p.rels_.resize(p.starts_.back());
    std::vector<std::uint64_t> next(p.starts_.begin(), p.starts_.end() - 1);
    const bool filled = each([&](const End& end) {
        p.targets_[next[end.from]] = end.to;
        p.rels_[next[end.from]++] = end.rel;
        if (!both || end.from == end.to) return;
        p.targets_[next[end.to]] = end.from;
        p.rels_[next[end.to]++] = end.rel;
    });
    if (!filled) return cancelled_error();

    std::vector<std::uint64_t> keyed;
    for (std::uint32_t v = 0; v < p.size(); ++v) {
        const auto first = p.starts_[v], last = p.starts_[v + 1];
        keyed.clear();
        for (auto i = first; i < last; ++i) keyed.push_back(std::uint64_t{p.targets_[i]} << 32 | p.rels_[i].value);
        if (!std::ranges::is_sorted(keyed)) std::ranges::sort(keyed);
        for (auto i = first; i < last; ++i) {
            p.targets_[i] = static_cast<std::uint32_t>(keyed[i - first] >> 32);
            p.rels_[i] = RelId{static_cast<std::uint32_t>(keyed[i - first])};
        }
        if (watch.stop(keyed.size())) return cancelled_error();
    }
    if (options.relationships && options.weights.size() == options.relationships->size() && !options.weights.empty()) {
        std::vector<std::pair<RelId, double>> given;
        for (std::size_t i = 0; i < options.weights.size(); ++i) given.emplace_back((*options.relationships)[i], options.weights[i]);
        std::ranges::stable_sort(given, {}, &std::pair<RelId, double>::first);
        p.weights_.resize(p.targets_.size(), options.default_weight);
        for (std::size_t i = 0; i < p.rels_.size(); ++i) {
            p.weights_[i] = std::ranges::lower_bound(given, p.rels_[i], {}, &std::pair<RelId, double>::first)->second;
        }
        return p;
    }
    if (!options.weight) return p;
    p.weights_.resize(p.targets_.size(), options.default_weight);
    for (std::size_t i = 0; i < p.rels_.size(); ++i) {
        const ColumnChunk* column = graph.rel_column(*options.weight, p.rels_[i].value >> kChunkBits);
        const std::uint32_t place = p.rels_[i].value & kChunkMask;
        if (!column || !column->has(place)) continue;
        const Value value = column->value(place);
        if (value.is_number()) p.weights_[i] = value.as_number();
    }
    return p;
}

SimpleRows simple_rows(const Projection& p) {
    SimpleRows rows;
    rows.starts.assign(std::size_t{p.size()} + 1, 0);
    for (std::uint32_t v = 0; v < p.size(); ++v) {
        for (const std::uint32_t u : p.targets(v)) {
            if (u == v) continue;
            ++rows.starts[v + 1];
            if (p.orientation() != Orientation::kUndirected) ++rows.starts[u + 1];
        }
    }
    std::partial_sum(rows.starts.begin(), rows.starts.end(), rows.starts.begin());
    rows.targets.resize(rows.starts.back());
    std::vector<std::uint64_t> next(rows.starts.begin(), rows.starts.end() - 1);
    for (std::uint32_t v = 0; v < p.size(); ++v) {
        for (const std::uint32_t u : p.targets(v)) {
            if (u == v) continue;
            rows.targets[next[v]++] = u;
            if (p.orientation() != Orientation::kUndirected) rows.targets[next[u]++] = v;
        }
    }
    // Sorted and without duplicates, squeezed to the front.
    std::uint64_t kept = 0;
    for (std::uint32_t v = 0; v < p.size(); ++v) {
        const auto first = rows.targets.begin() + static_cast<std::ptrdiff_t>(rows.starts[v]);
        const auto last = rows.targets.begin() + static_cast<std::ptrdiff_t>(rows.starts[v + 1]);
        if (!std::is_sorted(first, last)) std::sort(first, last);
        const auto end = std::unique(first, last);
        const auto place = rows.targets.begin() + static_cast<std::ptrdiff_t>(kept);
        if (place != first) std::move(first, end, place);
        rows.starts[v] = kept;
        kept += static_cast<std::uint64_t>(end - first);
    }
    rows.starts[p.size()] = kept;
    rows.targets.resize(kept);
    return rows;
}

}  // namespace maek::graph
