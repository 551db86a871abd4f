// Room: tools, inner. Which node does a person mean by a name? Tests: tests/tools/names_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "schema/result.h"

namespace maek::tools {

struct NamedNode {
    NodeId node;
    std::vector<NodeId> others;  // just as well called so; for a note
};

// By name, then alias, then either without regard to case, blanks and punctuation, then as a part
// of exactly one name. Of several the best connected is taken. Articles have no names.
// kNotFound proposes names that are near.
Result<NamedNode> node_by_name(const graph::Graph& graph, std::string_view name);

// What a node is shown as: its name, else its title, else its number.
std::string display_name(const graph::Graph& graph, NodeId node);
// Its first label that is not general; empty when it has none.
std::string display_type(const graph::Graph& graph, NodeId node);

// The node's "name" and "aliases".
std::vector<std::string> names_of(const graph::Graph& graph, NodeId node);

// Without case, blanks and punctuation; compatibility forms alike.
std::string folded(std::string_view text);

// Relationship types that state facts: all but MENTIONS.
std::vector<std::string> fact_types(const graph::Graph& graph);

}  // namespace maek::tools
