// Room: query, inner. The run-time failures of evaluation, in the words of the openCypher TCK.
// One place, so that type, phase, detail and GQLSTATUS of a failure always agree.
// Tests: every test under tests/query/eval that expects an error.
#pragma once

#include <string>
#include <string_view>

#include "schema/value.h"

namespace maek::query {

[[noreturn]] void fail(std::string_view type, std::string_view detail, std::string_view status,
                       std::string message);

// TypeError / InvalidArgumentValue: a value of the wrong kind. 22G03
[[noreturn]] void fail_kind(std::string_view what, std::string_view expected, const Value& got);
// TypeError / InvalidArgumentType: an operator that has no meaning for these kinds. 22G03
[[noreturn]] void fail_operands(std::string_view operation, const Value& a, const Value& b);
// ArgumentError / InvalidArgumentValue: right kind, impossible value. 22023
[[noreturn]] void fail_value(std::string message);
// ArgumentError / NumberOutOfRange. 22003
[[noreturn]] void fail_range(std::string message);
// ArithmeticError / IntegerOverflow 22003, DivisionByZero 22012.
[[noreturn]] void fail_overflow(std::string message);
[[noreturn]] void fail_division(std::string message);
// A memory or size cap: ErrorCode::kLimit.
[[noreturn]] void fail_limit(std::string message);

}  // namespace maek::query
