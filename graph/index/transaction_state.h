// Room: graph, inner. What a Transaction holds besides its two graphs, shared by its two files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/index/graph_access.h"
#include "graph/transaction.h"

namespace maek::graph {

struct Transaction::State {
    explicit State(Graph start) : base(start), work(std::move(start)) {}

    Graph base, work;
    // Every touch in order, the relationship bit on top; a touch right after the same is left out
    // unless constraints were checked in between.
    std::vector<std::uint64_t> log;
    struct Loosened {
        TypeId type;
        Direction direction;
        std::uint32_t chunk;
    };
    std::vector<Loosened> loosened;  // chunks to pack at the end; some perhaps twice or gone
    std::size_t bytes = 0;           // of chunks made or copied here
    mutable std::size_t checked = 0;  // log entries whose constraints held at the last check

    static constexpr std::uint64_t kRelBit = std::uint64_t{1} << 32;

    GraphData& own() { return GraphAccess::own(work); }
    void touch(std::uint64_t entry) {
        if (log.size() <= checked || log.back() != entry) log.push_back(entry);
    }
    auto counter() {
        return [this](const auto& chunk) { bytes += chunk.bytes(); };
    }
    LooseRows& loose_rows(GraphData& data, TypeId type, Direction direction, NodeId node);
    // Runs change() with every index that holds or may come to hold the entity.
    template <class IdType, class Concerns, class Change>
    void reindex(GraphData& data, IdType id, Concerns&& concerns, Change&& change);
    void set_value(GraphData& data, std::vector<ChunkTable<Column>>& columns, std::uint32_t slot,
                   KeyId key, const Value& value);
    void clear_values(std::vector<ChunkTable<Column>>& columns, std::uint32_t slot);
    void note_pair(GraphData& data, NodeId node, KeyId key, const Value& value);
    void note_label(GraphData& data, NodeId node, LabelId label);
    void carry_auto_indexes(GraphData& data);
};

}  // namespace maek::graph
