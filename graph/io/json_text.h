// Room: graph, inner. Values as JSON text, and JSON text as values, through RapidJSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/value.h"

namespace maek::graph {

// Temporals become ISO strings, points objects {"srid","x","y"[,"z"]}, NaN and infinities strings.
void append_json(std::string& out, const Value& value);
void append_json_string(std::string& out, std::string_view text);

// Scalars, lists, objects (as maps; points as points). None when the text is not JSON.
std::optional<Value> parse_json(std::string_view text);

}  // namespace maek::graph
