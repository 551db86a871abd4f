// How temporal values are written where the TCK expects strings.
#pragma once

#include <string>

#include "query/eval/render.h"
#include "schema/value.h"

namespace maek::tck {

inline bool is_printed_as_string(const Value& value) { return value.kind() >= ValueKind::kDate; }
inline std::string printed(const Value& value) { return query::to_text(value); }

}  // namespace maek::tck
