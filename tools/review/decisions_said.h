// Room: tools, inner. An analyst's words as decisions on the graph they speak of: names looked up, types
// and relations in either language. Tests: tests/tools/review_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "graph/graph.h"
#include "schema/ontology.h"
#include "schema/result.h"
#include "storage/fact_store.h"
#include "tools/options.h"

namespace maek::tools {

// All that the options ask for, or why one of it cannot be; empty: they ask for no decision.
Result<std::vector<storage::Decision>> decisions_said(const graph::Graph& graph, const Ontology& ontology,
                                                      const ReviewOptions& options);

}  // namespace maek::tools
