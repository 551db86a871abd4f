// Room: tools, inner. A part of the graph as an SVG picture: things as dots coloured by type, facts
// as lines, a legend. Tests: tests/tools/picture_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace maek::tools {

// The best connected nodes, at most `limit`, articles left out. With `around`: that node and what
// is nearest to it.
std::vector<NodeId> nodes_to_draw(const graph::Graph& graph, std::size_t limit, NodeId around = NodeId());

// A whole SVG document.
std::string svg_map(const graph::Graph& graph, const std::vector<NodeId>& nodes);

// Safe inside XML and HTML text and attributes; characters that XML forbids are dropped.
std::string escaped_xml(std::string_view text);

}  // namespace maek::tools
