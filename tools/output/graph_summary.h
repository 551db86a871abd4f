// Room: tools, inner. How many nodes and relationships of which kind a graph has, for people.
// Tests: tests/tools/stats_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "tools/output/json_text.h"

namespace maek::tools {

// Names with their counts, largest first, then by name; those without any left out.
using Census = std::vector<std::pair<std::string, std::uint64_t>>;
Census labels_of(const graph::Graph& graph);
Census types_of(const graph::Graph& graph);

// "  12 Company, 7 Alliance, ..." broken into lines of about `width` columns.
std::string census_text(const Census& census, std::size_t width);
void write_census(JsonText& json, const Census& census);

}  // namespace maek::tools
