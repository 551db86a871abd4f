// Room: tools, inner. The nodes and relationships that an answer speaks of.
// Tests: tests/tools/export_test.cpp.
#pragma once

#include <vector>

#include "query/engine.h"
#include "schema/result.h"
#include "tools/output/result_writer.h"

namespace maek::tools {

// Ascending, no duplicates. Lists, maps and paths are looked into; the ends of a relationship come
// along with it.
struct Selection {
    std::vector<NodeId> nodes;
    std::vector<RelId> relationships;
};

// kFormat when the answer holds no node, relationship or path.
Result<Selection> selection_of(const query::QueryResult& result);
// The selection as GraphML.
Result<void> write_graphml(const query::QueryResult& result, const Sink& sink);

}  // namespace maek::tools
