#include "query/exec/label_filter.h"

#include <algorithm>

namespace maek::query {

void LabelFilter::prepare(ExecContext& context) {
    if (labels_.empty() || (run_ == context.run && !context.writing())) return;
    const graph::Graph& graph = context.graph();
    chunks_ = graph.node_chunks();
    table_.assign(labels_.size() * chunks_, nullptr);
    for (std::size_t i = 0; i < labels_.size(); ++i) {
        const LabelId label = labels_[i].get(graph);
        if (!label.valid()) continue;
        for (std::uint32_t chunk = 0; chunk < chunks_; ++chunk) {
            table_[i * chunks_ + chunk] = graph.label_bits(label, chunk);
        }
    }
    run_ = context.run;
}

bool LabelFilter::chunk_words(const graph::Graph& graph, std::uint32_t chunk, std::uint64_t* words) const {
    const std::uint64_t* alive = graph.alive_bits(chunk);
    if (alive == nullptr) return false;
    std::copy_n(alive, graph::kChunkWords, words);
    for (std::size_t i = 0; i < labels_.size(); ++i) {
        const std::uint64_t* bits = chunk < chunks_ ? table_[i * chunks_ + chunk] : nullptr;
        if (bits == nullptr) return false;
        for (std::uint32_t w = 0; w < graph::kChunkWords; ++w) words[w] &= bits[w];
    }
    return true;
}

void AdjacencySteps::add(TypeId type) {
    if (direction_ != RelDirection::kIn) steps_.push_back({type, graph::Direction::kOut, false});
    if (direction_ != RelDirection::kOut) {
        steps_.push_back({type, graph::Direction::kIn, direction_ == RelDirection::kBoth});
    }
}

const std::vector<AdjacencyStep>& AdjacencySteps::prepare(ExecContext& context) {
    steps_.clear();
    const graph::Graph& graph = context.graph();
    if (any_) {
        for (std::uint32_t i = 0; i < graph.types().size(); ++i) add(TypeId{i});
        return steps_;
    }
    for (TypeRef& type : types_) {
        const TypeId id = type.get(graph);
        if (id.valid()) add(id);
    }
    return steps_;
}

}  // namespace maek::query
