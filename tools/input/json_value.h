// Room: tools, inner. JSON text to a value. Never recurses, so that depth is a limit and not a crash.
// Tests: tests/tools/json_test.cpp.
#pragma once

#include <string_view>

#include "schema/result.h"
#include "schema/value.h"

namespace maek::tools {

// Whole numbers become integers, others floats. kFormat with line and column in Error::where:
// not JSON, not UTF-8, an integer beyond 64 bits, nested deeper than Value::kMaxDepth.
Result<Value> parse_json(std::string_view text);

}  // namespace maek::tools
