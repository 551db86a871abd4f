#include "query/parse/lexer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/parse/keywords.h"

namespace maek::query {
namespace {

using testing::ElementsAre;

std::vector<TokenKind> kinds(std::string_view text) {
    std::vector<TokenKind> out;
    for (const Token& token : lex(text).tokens) out.push_back(token.kind);
    return out;
}

std::string only_text(std::string_view text) { return std::string(lex(text).tokens.at(0).text); }

Message only_error(std::string_view text) {
    for (const Token& token : lex(text).tokens) {
        if (token.kind == TokenKind::kError) return token.error;
    }
    ADD_FAILURE() << "no error in " << text;
    return Message::kUnexpected;
}

TEST(Lexer, TakesHangulAsAPlainName) {
    EXPECT_THAT(kinds("연구기관_2 :참여"), ElementsAre(TokenKind::kWord, TokenKind::kColon, TokenKind::kWord,
                                                        TokenKind::kEnd));
    EXPECT_EQ(only_text("연구기관_2"), "연구기관_2");
}

TEST(Lexer, ComposesDecomposedHangulInNames) {
    EXPECT_EQ(only_text("\u1112\u1161\u11AB"), "한");
    EXPECT_EQ(only_text("`\u1112\u1161\u11AB`"), "한");
    EXPECT_EQ(only_text("'\u1112\u1161\u11AB'"), "\u1112\u1161\u11AB") << "strings stay as they are";
}

TEST(Lexer, FindsKeywordsInAnyCaseButNotInBackticks) {
    const TokenList list = lex("mAtCh `MATCH` matcher");
    EXPECT_EQ(list.tokens[0].keyword, Keyword::kMatch);
    EXPECT_EQ(list.tokens[1].keyword, Keyword::kNothing);
    EXPECT_EQ(list.tokens[2].keyword, Keyword::kNothing);
}

TEST(Lexer, ResolvesEscapes) {
    EXPECT_EQ(only_text(R"('a\'b\\c\n\t')"), "a'b\\c\n\t");
    EXPECT_EQ(only_text(R"("say ""hi""")"), "say \"hi\"");
    EXPECT_EQ(only_text(R"('\uD55C\uAE00')"), "한글");
    EXPECT_EQ(only_text(R"('\uD83D\uDE00 \U01F600')"), "😀 😀");
    EXPECT_EQ(only_text(R"('\d+\.')"), R"(\d+\.)") << "a regular expression";
    EXPECT_EQ(only_text("`a``b`"), "a`b");
}

TEST(Lexer, NamesWhatIsWrongWithAString) {
    EXPECT_EQ(only_error("'abc"), Message::kUnterminated);
    EXPECT_EQ(only_error("/* abc"), Message::kUnterminated);
    EXPECT_EQ(only_error(R"('\uH')"), Message::kBadUnicodeEscape);
    EXPECT_EQ(only_error(R"('\uD800')"), Message::kBadUnicodeEscape);
    EXPECT_EQ(only_error("'a\xFF'"), Message::kBadUtf8);
    EXPECT_EQ(only_error(std::string_view("a \0 b", 5)), Message::kNulByte);
    EXPECT_EQ(only_error("// \xC0\xAF\n1"), Message::kBadUtf8);
}

TEST(Lexer, ReadsEveryFormOfNumber) {
    for (const char* text : {"0", "1_000", "0xFf_00", "0o17"}) {
        EXPECT_THAT(kinds(text), ElementsAre(TokenKind::kInteger, TokenKind::kEnd)) << text;
    }
    for (const char* text : {"1.5", ".5", "1e3", "1.5E-10", "2.0f", "1e3d"}) {
        EXPECT_THAT(kinds(text), ElementsAre(TokenKind::kFloat, TokenKind::kEnd)) << text;
    }
    EXPECT_THAT(kinds("1..3"), ElementsAre(TokenKind::kInteger, TokenKind::kDotDot, TokenKind::kInteger,
                                            TokenKind::kEnd));
    for (const char* text : {"0x", "12ab", "0xZ", "9h1"}) EXPECT_EQ(only_error(text), Message::kBadNumber);
}

TEST(Lexer, GuessesWhatAForeignSignStandsFor) {
    EXPECT_EQ(only_error("1 \u2014 2"), Message::kBadCharacterGuess);
    EXPECT_EQ(only_error("1 \u2603 2"), Message::kBadCharacter);
}

TEST(Lexer, CountsLinesAndColumnsInCodePoints) {
    const TokenList list = lex("한글 x\n  y");
    EXPECT_EQ(list.tokens[1].range.line, 1u);
    EXPECT_EQ(list.tokens[1].range.column, 4u);
    EXPECT_EQ(list.tokens[1].range.begin, 7u);
    EXPECT_EQ(list.tokens[2].range.line, 2u);
    EXPECT_EQ(list.tokens[2].range.column, 3u);
}

TEST(Lexer, MatchesBrackets) {
    const TokenList list = lex("([)]");
    EXPECT_EQ(list.match[0], TokenList::kNoMatch);
    EXPECT_EQ(lex("(a [b])").match[0], 5u);
}

TEST(Lexer, StopsAtTheCapOfTokens) {
    const TokenList list = lex(std::string(1'000'000, '['));
    EXPECT_EQ(list.tokens.size(), kMaxTokens + 2);
    EXPECT_EQ(list.tokens[kMaxTokens].error, Message::kTooLong);
}

}  // namespace
}  // namespace maek::query
