// The TCK's notation for result values, and how an engine's values compare with it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "schema/value.h"

namespace maek::tck {

struct ExpectedValue {
    enum class Kind {
        kNull, kBoolean, kInteger, kFloat, kString, kList, kMap, kNode, kRelationship, kPath,
    } kind = Kind::kNull;
    bool boolean = false;
    std::int64_t integer = 0;
    double floating = 0;
    std::string text;                                             // string, relationship type
    std::vector<std::string> labels;                              // sorted
    std::vector<ExpectedValue> items;                             // list; path: node, rel, node ...
    std::vector<std::pair<std::string, ExpectedValue>> entries;   // map, node, relationship
    bool forward = true;  // of a relationship inside a path
};

// Throws std::runtime_error for text that is no value.
ExpectedValue parse_expected(std::string_view text);

// For parameters and procedure tables: only scalars, lists and maps.
Value to_value(const ExpectedValue& expected);

// Temporal values and points are compared by their text.
bool matches(const ExpectedValue& expected, const Value& actual, const graph::Graph& graph,
             bool lists_as_bags);

// The engine's value in the TCK's notation, for messages.
std::string describe(const Value& value, const graph::Graph& graph);

}  // namespace maek::tck
