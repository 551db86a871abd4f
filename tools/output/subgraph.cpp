#include "tools/output/subgraph.h"

#include <algorithm>
#include <ostream>

#include "graph/io.h"
#include "tools/input/interrupt.h"
#include "tools/output/sink_stream.h"

namespace maek::tools {
namespace {

void collect(const Value& value, Selection& out) {
    switch (value.kind()) {
        case ValueKind::kNode: out.nodes.push_back(value.as_node()); return;
        case ValueKind::kRelationship: out.relationships.push_back(value.as_relationship()); return;
        case ValueKind::kPath: {
            const Path& path = value.as_path();
            out.nodes.insert(out.nodes.end(), path.nodes.begin(), path.nodes.end());
            out.relationships.insert(out.relationships.end(), path.relationships.begin(), path.relationships.end());
            return;
        }
        case ValueKind::kList:
            for (const Value& item : value.as_list()) collect(item, out);
            return;
        case ValueKind::kMap:
            for (const auto& entry : value.as_map()) collect(entry.second, out);
            return;
        default: return;
    }
}

template <class T>
void sort_unique(std::vector<T>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

Result<Selection> selection_of(const query::QueryResult& result) {
    Selection out;
    for (const auto& row : result.rows) {
        for (const Value& value : row) collect(value, out);
    }
    std::erase_if(out.nodes, [&](NodeId id) { return !result.graph.has_node(id); });
    std::erase_if(out.relationships, [&](RelId id) { return !result.graph.has_rel(id); });
    sort_unique(out.relationships);
    for (const RelId id : out.relationships) {
        const graph::RelRecord record = result.graph.rel(id);
        out.nodes.push_back(record.source);
        out.nodes.push_back(record.target);
    }
    sort_unique(out.nodes);
    if (out.nodes.empty()) {
        return Error{ErrorCode::kFormat,
                     "the answer holds no nodes or relationships; expected RETURN of them, as in "
                     "MATCH (a)-[r]->(b) RETURN a, r, b"};
    }
    return out;
}

Result<void> write_graphml(const query::QueryResult& result, const Sink& sink) {
    auto selection = selection_of(result);
    if (!selection.ok()) return std::move(selection).error();
    graph::ExportOptions options;
    options.nodes = std::move(selection->nodes);
    options.relationships = std::move(selection->relationships);
    options.cancelled = [] { return interrupted().load(); };
    SinkStream stream(sink);
    return graph::export_graph(result.graph, graph::FileFormat::kGraphMl, options, stream);
}

}  // namespace maek::tools
