// Room: query, inner. Text to tokens. Never throws: what is no token becomes a kError token that
// carries its message, so that the parser reports whichever fault comes first.
// Tests: tests/query/parse/lexer_test.cpp.
#pragma once

#include <string_view>

#include "query/parse/token.h"

namespace maek::query {

inline constexpr std::size_t kMaxTokens = 200'000;

// The text must outlive the tokens. Linear; after kMaxTokens an error token ends the list.
TokenList lex(std::string_view text);

}  // namespace maek::query
