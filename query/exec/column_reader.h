// Room: query, inner. One property of many nodes or relationships at once, straight from the
// snapshot's column chunks into a typed vector. Tests: tests/query/cases/expressions.test.
#pragma once

#include <string>
#include <vector>

#include "query/exec/exec_context.h"
#include "query/exec/vector.h"

namespace maek::query {

class ColumnReader {
public:
    explicit ColumnReader(std::string key) : key_(std::move(key)) {}
    // Ids that are kNone give null. Texts are views into the snapshot.
    void read(ExecContext& context, const std::uint32_t* ids, std::uint32_t rows, bool nodes,
              Vector& out);

private:
    const graph::ColumnChunk* chunk(const graph::Graph& graph, KeyId key, bool nodes,
                                    std::uint32_t index) const {
        return nodes ? graph.node_column(key, index) : graph.rel_column(key, index);
    }
    void read_generic(const graph::Graph& graph, KeyId key, const std::uint32_t* ids,
                      std::uint32_t rows, bool nodes, Vector& out);

    KeyRef key_;
    std::uint64_t run_ = 0;     // the run that table_ belongs to
    bool table_nodes_ = true;
    std::vector<const graph::ColumnChunk*> table_;  // chunk pointers, for many rows of a reading run
};

}  // namespace maek::query
