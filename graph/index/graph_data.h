// Room: graph, inner. What a Graph is made of: chunk tables, counts, names, indexes.
// A Graph shares one GraphData with its copies; only Transaction and the bulk builders write one,
// and only while they alone hold it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "graph/graph.h"
#include "graph/index/adjacency_chunk.h"
#include "graph/index/auto_index.h"
#include "graph/index/chunk_table.h"
#include "graph/index/chunks.h"
#include "graph/index/column.h"
#include "graph/index/property_index.h"

namespace maek::graph {

struct GraphData {
    NameTable<LabelId> labels;
    NameTable<TypeId> types;
    NameTable<KeyId> keys;

    std::uint32_t node_slots = 0, rel_slots = 0;
    std::uint64_t node_count = 0, rel_count = 0;
    std::uint64_t version = 0;
    std::vector<std::uint64_t> label_counts, type_counts;  // by id; may be shorter than the names

    ChunkTable<BitChunk> alive;
    std::vector<ChunkTable<BitChunk>> label_bits;  // by LabelId
    ChunkTable<RelChunk> rels;
    std::vector<std::array<ChunkTable<AdjacencyChunk>, 2>> adjacency;  // by TypeId, Direction
    std::vector<ChunkTable<Column>> node_columns, rel_columns;         // by KeyId

    std::vector<std::shared_ptr<PropertyIndex>> indexes;
    std::vector<ConstraintInfo> constraints;
    AutoIndexes auto_indexes;  // copying gives the copy a list of its own

    const ChunkTable<AdjacencyChunk>* adjacency_of(TypeId type, Direction direction) const {
        if (type.value >= adjacency.size()) return nullptr;
        return &adjacency[type.value][static_cast<std::size_t>(direction)];
    }
};

}  // namespace maek::graph
