// Room: query, inner. "Does this node carry all these labels?" for many nodes: the snapshot's label
// bitmaps behind a table. Tests: tests/query/cases/match.test.
#pragma once

#include <string>
#include <vector>

#include "query/bind/bound.h"
#include "query/exec/exec_context.h"

namespace maek::query {

class LabelFilter {
public:
    explicit LabelFilter(const std::vector<std::string>& labels) {
        for (const std::string& label : labels) labels_.emplace_back(label);
    }
    bool any() const { return !labels_.empty(); }

    // To be called once a batch; tests are valid until the graph changes.
    void prepare(ExecContext& context);

    bool test(std::uint32_t node) const {
        if (labels_.empty()) return true;
        const std::uint32_t chunk = node >> graph::kChunkBits;
        for (std::size_t i = 0; i < labels_.size(); ++i) {
            const std::uint64_t* bits = chunk < chunks_ ? table_[i * chunks_ + chunk] : nullptr;
            if (bits == nullptr) return false;
            const std::uint32_t at = node & graph::kChunkMask;
            if (((bits[at >> 6] >> (at & 63)) & 1) == 0) return false;
        }
        return true;
    }
    // The words of the nodes of one chunk that carry all labels, into `words`; false: none.
    bool chunk_words(const graph::Graph& graph, std::uint32_t chunk, std::uint64_t* words) const;

private:
    std::vector<LabelRef> labels_;
    std::uint64_t run_ = 0;
    std::uint32_t chunks_ = 0;
    std::vector<const std::uint64_t*> table_;  // per label, per chunk
};

// Where an expansion goes: the types and directions to look at, looked up once a batch.
struct AdjacencyStep {
    TypeId type;
    graph::Direction direction;
    bool skip_loops;  // the second direction of an undirected step
};
class AdjacencySteps {
public:
    AdjacencySteps(const std::vector<std::string>& types, RelDirection direction)
        : any_(types.empty()), direction_(direction) {
        for (const std::string& type : types) types_.emplace_back(type);
    }
    const std::vector<AdjacencyStep>& prepare(ExecContext& context);
    RelDirection direction() const { return direction_; }

private:
    void add(TypeId type);
    std::vector<TypeRef> types_;
    bool any_;
    RelDirection direction_;
    std::vector<AdjacencyStep> steps_;
};

}  // namespace maek::query
