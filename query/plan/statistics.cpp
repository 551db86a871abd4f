#include "query/plan/statistics.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "query/eval/semantics.h"

namespace maek::query {

double Statistics::nodes() const {
    return graph_ == nullptr ? 1000 : static_cast<double>(graph_->node_count());
}

double Statistics::nodes(const std::vector<std::string>& labels) const {
    double least = nodes();
    if (graph_ == nullptr) return labels.empty() ? least : least / 10;
    for (const std::string& label : labels) {
        const auto id = graph_->labels().find(label);
        least = std::min(least, id ? static_cast<double>(graph_->label_count(*id)) : 0.0);
    }
    return least;
}

double Statistics::relationships(const std::vector<std::string>& types) const {
    if (graph_ == nullptr) return 10000;
    if (types.empty()) return static_cast<double>(graph_->rel_count());
    double sum = 0;
    for (const std::string& type : types) {
        const auto id = graph_->types().find(type);
        sum += id ? static_cast<double>(graph_->type_count(*id)) : 0.0;
    }
    return sum;
}

template <class Visit>
void Statistics::each_sample(const std::vector<std::string>& labels, Visit visit) const {
    constexpr std::uint32_t kSamples = 48;
    const graph::Graph& graph = *graph_;
    std::optional<LabelId> label;
    if (!labels.empty()) {
        label = graph.labels().find(labels.front());
        if (!label) return;
    }
    // Nodes with the label, spread over the chunks.
    const std::uint32_t chunks = graph.node_chunks();
    const std::uint32_t step = std::max<std::uint32_t>(1, chunks / kSamples);
    const std::uint32_t per_chunk = std::max<std::uint32_t>(1, kSamples / std::max(1u, chunks));
    for (std::uint32_t chunk = 0; chunk < chunks; chunk += step) {
        const std::uint64_t* bits =
            label ? graph.label_bits(*label, chunk) : graph.alive_bits(chunk);
        if (bits == nullptr) continue;
        std::uint32_t taken = 0;
        for (std::uint32_t word = 0; word < graph::kChunkWords && taken < per_chunk; ++word) {
            for (std::uint64_t rest = bits[word]; rest != 0 && taken < per_chunk; rest &= rest - 1) {
                visit(NodeId{(chunk << graph::kChunkBits) + word * 64 +
                             static_cast<std::uint32_t>(__builtin_ctzll(rest))});
                ++taken;
            }
        }
    }
}

double Statistics::sample(const std::vector<std::string>& labels,
                          const std::vector<std::string>& types, graph::Direction direction) const {
    const graph::Graph& graph = *graph_;
    std::vector<TypeId> ids;
    for (const std::string& type : types) {
        if (const auto id = graph.types().find(type)) ids.push_back(*id);
    }
    if (!types.empty() && ids.empty()) return 0;
    std::uint64_t seen = 0, sum = 0;
    each_sample(labels, [&](NodeId node) {
        if (ids.empty()) sum += graph.degree(node, direction);
        for (const TypeId type : ids) sum += graph.adjacent(node, type, direction).size();
        ++seen;
    });
    return seen == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(seen);
}

template <class Visit>
void Statistics::each_rel_sample(const std::vector<std::string>& types, Visit visit) const {
    constexpr std::uint32_t kLooked = 4096, kSamples = 48;
    const graph::Graph& graph = *graph_;
    std::vector<TypeId> ids;
    for (const std::string& type : types) {
        if (const auto id = graph.types().find(type)) ids.push_back(*id);
    }
    if (!types.empty() && ids.empty()) return;
    const std::uint32_t step = std::max<std::uint32_t>(1, graph.rel_slots() / kLooked);
    std::uint32_t taken = 0;
    for (std::uint64_t id = 0; id < graph.rel_slots() && taken < kSamples; id += step) {
        const RelId rel{static_cast<std::uint32_t>(id)};
        if (!graph.has_rel(rel)) continue;
        if (!ids.empty() && std::find(ids.begin(), ids.end(), graph.rel(rel).type) == ids.end()) continue;
        visit(rel);
        ++taken;
    }
}

namespace {

// The share of one of the values that a sample of so many has. All different: taken as a key.
template <class Distinct>
double share_of_one(const Distinct& distinct, std::size_t seen, double all) {
    if (seen == 0) return 0;
    return distinct.size() == seen ? 1.0 / std::max(1.0, all) : 1.0 / static_cast<double>(distinct.size());
}

using DistinctValues = std::unordered_set<Value, HashValue, EquivalentValue>;

}  // namespace

double Statistics::equal_share(const std::vector<std::string>& labels, const std::string& key) {
    if (graph_ == nullptr) return 0.1;
    std::string name = "=" + key + (labels.empty() ? "" : ":" + labels.front());
    const auto found = known_.find(name);
    if (found != known_.end()) return found->second;
    const auto id = graph_->keys().find(key);
    double share = 0;
    if (id) {
        DistinctValues distinct;
        std::size_t seen = 0;
        each_sample(labels, [&](NodeId node) {
            Value value = graph_->node_property(node, *id);
            if (value.is_null()) return;
            ++seen;
            distinct.insert(std::move(value));
        });
        share = share_of_one(distinct, seen, nodes(labels));
    }
    known_.emplace(std::move(name), share);
    return share;
}

double Statistics::rel_equal_share(const std::vector<std::string>& types, const std::string& key) {
    if (graph_ == nullptr) return 0.1;
    std::string name = "=" + key;
    for (const std::string& type : types) name += "|" + type;
    const auto found = known_.find(name);
    if (found != known_.end()) return found->second;
    double share = 0;
    if (const auto id = graph_->keys().find(key)) {
        DistinctValues distinct;
        std::size_t seen = 0;
        each_rel_sample(types, [&](RelId rel) {
            Value value = graph_->rel_property(rel, *id);
            if (value.is_null()) return;
            ++seen;
            distinct.insert(std::move(value));
        });
        share = share_of_one(distinct, seen, relationships(types));
    }
    known_.emplace(std::move(name), share);
    return share;
}

double Statistics::degree(const std::vector<std::string>& labels,
                          const std::vector<std::string>& types, RelDirection direction) {
    if (direction == RelDirection::kBoth) {
        return degree(labels, types, RelDirection::kOut) + degree(labels, types, RelDirection::kIn);
    }
    if (labels.empty() || graph_ == nullptr) return relationships(types) / std::max(1.0, nodes());
    std::string key = direction == RelDirection::kOut ? "o:" : "i:";
    key += labels.front();
    for (const std::string& type : types) key += "|" + type;
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    const double mean = sample(labels, types,
                               direction == RelDirection::kOut ? graph::Direction::kOut
                                                               : graph::Direction::kIn);
    known_.emplace(std::move(key), mean);
    return mean;
}

}  // namespace maek::query
