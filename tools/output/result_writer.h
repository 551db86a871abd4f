// Room: tools, inner. The answer of a query in the format that was asked for.
// Tests: tests/tools/result_writer_test.cpp.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "query/engine.h"
#include "tools/options.h"
#include "tools/output/json_text.h"
#include "tools/output/table.h"

namespace maek::tools {

// Takes pieces of the text in order.
using Sink = std::function<void(std::string_view)>;

// A result without columns writes nothing but its plan, if it has one (json: always an object).
// Requires: format is not kGraphml (see output/subgraph.h).
void write_result(const query::QueryResult& result, Format format, const TableStyle& style, const Sink& sink);

// {"nodes_created": 2, ...}: only what is not zero.
void write_updates(JsonText& json, const query::UpdateCounts& updates);
// "2 nodes created, 1 property set", or empty. For people.
std::string updates_text(const query::UpdateCounts& updates, bool korean);

}  // namespace maek::tools
