#include "query/parse/query_error.h"

#include <utility>

#include "query/eval/runtime_messages.h"

namespace maek::query {

QueryError::QueryError(Error error) : error_(std::move(error)) {}

QueryError::QueryError(Message message, const SourceRange& at, std::vector<std::string> details)
    : message_(message), details_(std::move(details)) {
    const MessageText& text = message_text(message);
    error_.code = ErrorCode::kQuery;
    error_.message = format_message(message, details_, "en");
    error_.where.line = at.line;
    error_.where.column = at.column;
    error_.query = QueryFault{text.type, "compile time", text.detail, text.status};
}

void QueryError::locate(const SourceRange& at) {
    if (settled_ || at.line == 0 || !error_.query.has_value() || error_.where.line != 0) return;
    error_.where.line = at.line;
    error_.where.column = at.column;
    settled_ = true;
}

Error QueryError::in(std::string_view language) const {
    Error error = error_;
    if (message_) error.message = format_message(*message_, details_, language);
    else if (language == "ko") error.message = runtime_message_in_korean(error.message);
    return error;
}

void throw_runtime_error(std::string type, std::string detail, std::string message) {
    Error error;
    error.code = ErrorCode::kQuery;
    error.message = std::move(message);
    const std::string status(status_of(type, detail));
    error.query = QueryFault{std::move(type), "runtime", std::move(detail), status};
    throw QueryError(std::move(error));
}

std::string_view status_of(std::string_view type, std::string_view detail) {
    struct Row {
        std::string_view word, status;
    };
    static constexpr Row kDetails[] = {
        {"NumberOutOfRange", "22003"},      {"IntegerOverflow", "22003"},
        {"FloatingPointOverflow", "22003"}, {"DivisionByZero", "22012"},
        {"NegativeIntegerArgument", "22003"}, {"MissingParameter", "42N51"},
        {"DeleteConnectedNode", "G1001"},   {"MergeReadOwnWrites", "22N31"},
    };
    static constexpr Row kTypes[] = {
        {"SyntaxError", "42001"},      {"TypeError", "22G03"},
        {"ArgumentError", "22023"},    {"ArithmeticError", "22012"},
        {"EntityNotFound", "22N04"},   {"SemanticError", "22N31"},
        {"ParameterMissing", "42N51"}, {"ProcedureError", "42N08"},
        {"ConstraintVerificationFailed", "G1001"}, {"ConstraintValidationFailed", "22N41"},
    };
    for (const Row& row : kDetails) {
        if (row.word == detail) return row.status;
    }
    for (const Row& row : kTypes) {
        if (row.word == type) return row.status;
    }
    return "50N00";
}

}  // namespace maek::query
