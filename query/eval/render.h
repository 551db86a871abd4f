// Room: query, inner. Values as text, in the way the language writes them, and back for numbers.
// Tests: tests/query/eval/render_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/graph.h"
#include "schema/value.h"

namespace maek::query {

// Shortest text that reads back as the same double: "1.0", "0.1", "1.5e300", "NaN", "Infinity".
std::string format_float(double value);

// As toString() shows it: strings bare, temporals in ISO form, lists and maps as literals.
// Entities need the graph; without one they appear by number: (#3), [#4].
std::string to_text(const Value& value, const graph::Graph* graph = nullptr);

// As a literal: strings in single quotes with escapes. Temporals are quoted ISO strings.
// Nodes (:A:B {p: 1}), relationships [:T {p: 1}], paths <(:A)-[:T]->(:B)>.
std::string to_literal(const Value& value, const graph::Graph* graph = nullptr);

// A short form for error messages: "INTEGER 5", "STRING 'abc…'".
std::string describe(const Value& value);

// The whole text, blanks around allowed, as toInteger()/toFloat() read it; decimal only.
std::optional<std::int64_t> parse_integer(std::string_view text);
std::optional<double> parse_float(std::string_view text);

}  // namespace maek::query
