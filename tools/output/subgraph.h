// Room: tools, inner. The nodes and relationships that an answer speaks of, as a graph to write.
// Tests: tests/tools/export_test.cpp.
#pragma once

#include "query/engine.h"
#include "tools/output/result_writer.h"

namespace maek::tools {

// GraphML of the nodes, relationships and paths in the rows, lists and maps looked into; ends of
// relationships come along. kQuery when the answer holds none.
Result<void> write_graphml(const query::QueryResult& result, const Sink& sink);

}  // namespace maek::tools
