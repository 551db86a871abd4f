// Room: query, inner. What ends a query from deep inside: thrown by parse/, bind/, eval/ and exec/,
// caught at one place, Session::run, and answered as an Error. Never leaves the room.
#pragma once

#include <exception>
#include <utility>

#include "schema/result.h"

namespace maek::query {

class QueryError : public std::exception {
public:
    explicit QueryError(Error error) : error_(std::move(error)) {}
    const Error& error() const { return error_; }
    Error& error() { return error_; }
    const char* what() const noexcept override { return error_.message.c_str(); }

private:
    Error error_;
};

}  // namespace maek::query
