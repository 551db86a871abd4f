// Room: query, inner. The words and signs of a query's text.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "query/parse/messages.h"
#include "query/parse/source.h"

namespace maek::query {

enum class TokenKind : std::uint8_t {
    kEnd,
    kWord,        // an identifier or a keyword: no word of the language is reserved
    kQuotedWord,  // between backticks
    kParameter,   // $name
    kInteger, kFloat, kString,
    kError,       // no token; `error` says why
    kLeftParen, kRightParen, kLeftBracket, kRightBracket, kLeftBrace, kRightBrace,
    kComma, kDot, kDotDot, kColon, kDoubleColon, kSemicolon, kBar, kDoubleBar, kAmpersand,
    kExclamation, kPercent, kDollar, kQuestion, kTilde,
    kPlus, kPlusEqual, kMinus, kStar, kSlash, kCaret,
    kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual, kRegexMatch,
};

enum class Keyword : std::uint8_t;

struct Token {
    TokenKind kind = TokenKind::kEnd;
    Keyword keyword{};          // kWord: kNone when it is no keyword
    Message error{};            // kError
    SourceRange range;
    // kWord, kQuotedWord, kParameter: the name in NFC. kString: the content, escapes resolved.
    // kInteger, kFloat, kError: as written. Lives as long as the TokenList and the text.
    std::string_view text;
};

struct TokenList {
    std::vector<Token> tokens;        // the last one is kEnd
    std::vector<std::uint32_t> match; // per token: the partner of a bracket, else kNoMatch
    std::deque<std::string> storage;  // texts that differ from the source
    static constexpr std::uint32_t kNoMatch = 0xFFFFFFFFu;
};

// How a token is named in a message: "'foo'", "the end of the query".
std::string describe(const Token& token, std::string_view source);

}  // namespace maek::query
