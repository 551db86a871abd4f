// Room: graph, inner. Values as text in files: ISO 8601 for temporals, JSON for lists and points.
// The query language has its own printing and parsing (query/eval); files need only these.
// Tests: tests/graph/value_text_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/value.h"

namespace maek::graph {

void append_integer(std::string& out, std::int64_t v);
// Shortest form that reads back the same, always with a point or exponent; NaN, Infinity.
void append_float(std::string& out, double v);

bool is_temporal(ValueKind kind);
// "2020-11-20", "12:30:00+09:00", "2020-11-20T12:30:00+09:00[Asia/Seoul]", "P1M2DT3S".
void append_temporal(std::string& out, const Value& value);
// Any storable value: strings bare, the rest as JSON or ISO text. Null is nothing.
void append_plain(std::string& out, const Value& value);

std::optional<std::int64_t> parse_integer(std::string_view text);
std::optional<double> parse_float(std::string_view text);
// The inverse of append_temporal. A date-time needs an offset; a zone's name alone is not enough.
std::optional<Value> parse_temporal(ValueKind kind, std::string_view text);

}  // namespace maek::graph
