// Room: tools. A graph, or a part of it, to a file whose ending tells the format; what `export` and
// the shell's :export share. Tests: tests/tools/export_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "graph/graph.h"
#include "schema/result.h"
#include "tools/output/console.h"
#include "tools/output/subgraph.h"

namespace maek::tools {

struct ExportRequest {
    std::string output;   // "-": stdout; a folder: CSV as two files
    std::string kind;     // empty: by the file's ending
    std::string dialect;  // of GraphML; empty: the universal one
    std::optional<Selection> part;  // missing: the whole graph
};

// kUsage: a format or dialect that nobody knows. The file appears whole or not at all.
Result<void> export_graph(const graph::Graph& graph, const ExportRequest& request);

// "12 nodes, 30 relationships written to FILE".
std::string export_summary(const graph::Graph& graph, const ExportRequest& request, const Console& console);

}  // namespace maek::tools
