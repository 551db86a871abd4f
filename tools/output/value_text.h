// Room: tools, inner. One value as a person reads it. Tests: tests/tools/result_writer_test.cpp.
#pragma once

#include <string>

#include "graph/graph.h"
#include "schema/value.h"

namespace maek::tools {

// Strings bare, temporals in ISO form, lists, maps, nodes and paths as the language writes them.
std::string plain_text(const Value& value, const graph::Graph& graph);

}  // namespace maek::tools
