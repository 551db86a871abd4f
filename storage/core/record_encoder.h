// Room: storage, inner. Records of many nodes and relationships of one graph, straight from its
// columns: the same bytes as encode_node_of() without a Value in between. Best in ascending order.
// Tests: tests/storage/bulk_load_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "graph/graph.h"

namespace maek::storage {

class RecordEncoder {
public:
    explicit RecordEncoder(const graph::Graph& graph) : graph_(graph) {}
    // Appends. Requires: it exists.
    void node(NodeId id, std::string& out);
    void relationship(RelId id, std::string& out);

private:
    struct Column {
        std::uint32_t key;
        const graph::ColumnChunk* chunk;
    };
    struct Labels {
        std::uint32_t label;
        const std::uint64_t* bits;
    };
    void properties(const std::vector<Column>& columns, std::uint32_t slot, std::string& out);
    void enter_node_chunk(std::uint32_t chunk);
    void enter_relationship_chunk(std::uint32_t chunk);

    const graph::Graph& graph_;
    std::uint32_t node_chunk_ = 0xFFFFFFFFu, relationship_chunk_ = 0xFFFFFFFFu;
    std::vector<Column> node_columns_, relationship_columns_;  // of the chunk, ascending by key
    std::vector<Labels> labels_;
    std::vector<std::uint32_t> found_;  // scratch
};

}  // namespace maek::storage
