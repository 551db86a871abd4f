// Room: query, inner. The one exception of the room: it ends a query from deep inside parse, bind
// or eval and is caught once, in the engine, which hands its Error out.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/parse/messages.h"
#include "query/parse/source.h"
#include "schema/result.h"

namespace maek::query {

class QueryError : public std::exception {
public:
    // A finished error, as it is.
    explicit QueryError(Error error);
    // A message of the table, compile time, at a place.
    QueryError(Message message, const SourceRange& at, std::vector<std::string> details = {});

    const Error& error() const { return error_; }
    // The error with its message in a language ("en", "ko"); table messages only, others stay.
    Error in(std::string_view language) const;
    // Says where it happened, for a failure at run time: the innermost expression or step that knows
    // its place does so first, later calls change nothing. Leaves failures of other kinds alone.
    void locate(const SourceRange& at);
    // No step further out may say where.
    void settle() { settled_ = true; }
    const char* what() const noexcept override { return error_.message.c_str(); }

private:
    Error error_;  // English
    std::optional<Message> message_;
    std::vector<std::string> details_;
    bool settled_ = false;
};

// Does the work; a failure of it happened there, unless it knows better.
template <class Work>
decltype(auto) located(const SourceRange& at, const Work& work) {
    try {
        return work();
    } catch (QueryError& error) {
        error.locate(at);
        throw;
    }
}

// For runtime faults: type and detail in the TCK's words ("TypeError", "InvalidArgumentValue").
[[noreturn]] void throw_runtime_error(std::string type, std::string detail, std::string message);

// The GQLSTATUS-like code of a fault, from its type and detail.
std::string_view status_of(std::string_view type, std::string_view detail);

}  // namespace maek::query
