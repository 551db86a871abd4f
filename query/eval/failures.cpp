#include "query/eval/failures.h"

#include <utility>

#include "query/eval/render.h"
#include "query/parse/query_error.h"

namespace maek::query {

void fail(std::string_view type, std::string_view detail, std::string_view status,
          std::string message) {
    Error error;
    error.code = ErrorCode::kQuery;
    error.message = std::move(message);
    error.query = QueryFault{std::string(type), "runtime", std::string(detail), std::string(status)};
    throw QueryError(std::move(error));
}

void fail_kind(std::string_view what, std::string_view expected, const Value& got) {
    fail("TypeError", "InvalidArgumentValue", "22G03",
         std::string(what) + " expects " + std::string(expected) + ", got " + describe(got));
}

void fail_operands(std::string_view operation, const Value& a, const Value& b) {
    fail("TypeError", "InvalidArgumentType", "22G03",
         "cannot apply " + std::string(operation) + " to " + describe(a) + " and " + describe(b));
}

void fail_value(std::string message) {
    fail("ArgumentError", "InvalidArgumentValue", "22023", std::move(message));
}

void fail_range(std::string message) {
    fail("ArgumentError", "NumberOutOfRange", "22003", std::move(message));
}

void fail_overflow(std::string message) {
    fail("ArithmeticError", "IntegerOverflow", "22003", std::move(message));
}

void fail_division(std::string message) {
    fail("ArithmeticError", "DivisionByZero", "22012", std::move(message));
}

void fail_limit(std::string message) {
    Error error;
    error.code = ErrorCode::kLimit;
    error.message = std::move(message);
    error.query = QueryFault{"MemoryLimitExceeded", "runtime", "MemoryLimitExceeded", "54000"};
    throw QueryError(std::move(error));
}

}  // namespace maek::query
