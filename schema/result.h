// Room: schema. Errors are values: every doorway that ordinary input can make fail returns Result<T>.
// A message says what, where and what was expected. Libraries never print and never exit.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace maek {

// What a program may compare. The comment gives the exit code of `maek`.
enum class ErrorCode : std::uint8_t {
    kUsage,         // 2: wrong flag or argument
    kNotFound,      // 1: a file, folder, store or article that is not there
    kIo,            // 1: the operating system refused
    kEncoding,      // 1: bytes that are not text
    kFormat,        // 1: a file that is not what its name says
    kLimit,         // 1: a size, depth, memory or time cap was passed
    kCancelled,     // 130: interrupted by the user
    kQuery,         // 1: the query is wrong or failed; Error::query says how
    kReadOnly,      // 1: a write where only reading is allowed
    kStoreInUse,    // 3: another process writes
    kStoreDamaged,  // 3: the store's files do not agree with themselves
    kStoreFormat,   // 3: written by another format version
    kInternal,      // 1: our mistake
};

// A place in a file or a query: 1-based, 0 = not known. Columns count code points.
struct Where {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    bool operator==(const Where&) const = default;
};

// The openCypher TCK's words for a failed query, plus a GQLSTATUS-like code ("42001").
struct QueryFault {
    std::string type;    // SyntaxError, TypeError, ArgumentError, ...
    std::string phase;   // "compile time" or "runtime"
    std::string detail;  // UndefinedVariable, ...
    std::string status;  // GQLSTATUS
    bool operator==(const QueryFault&) const = default;
};

struct Error {
    ErrorCode code = ErrorCode::kInternal;
    std::string message;
    Where where = {};
    std::optional<QueryFault> query = {};

    // "file:line:column: message", leaving out what is not known.
    std::string text() const;
};

// A value or the reason why there is none.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}        // NOLINT
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}    // NOLINT

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() & { return std::get<0>(state_); }
    const T& value() const& { return std::get<0>(state_); }
    T&& value() && { return std::get<0>(std::move(state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const& { return std::get<1>(state_); }
    Error&& error() && { return std::get<1>(std::move(state_)); }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}  // NOLINT
    bool ok() const { return !error_.has_value(); }
    explicit operator bool() const { return ok(); }
    const Error& error() const& { return *error_; }
    Error&& error() && { return *std::move(error_); }

private:
    std::optional<Error> error_;
};

// For what only our own mistake can cause; never reachable from user input.
#define MAEK_CHECK(condition, what)                                                               \
    do {                                                                                          \
        if (!(condition)) [[unlikely]] {                                                          \
            std::fprintf(stderr, "maek: internal error: %s (%s:%d)\n", what, __FILE__, __LINE__); \
            std::abort();                                                                         \
        }                                                                                         \
    } while (false)

}  // namespace maek
