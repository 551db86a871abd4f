#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/engine.h"
#include "query/parse/parse.h"
#include "query/parse/query_error.h"

namespace maek::query {
namespace {

using testing::HasSubstr;

Error error_of(std::string_view text, std::string_view language = "en") {
    try {
        parse(text);
    } catch (const QueryError& error) {
        return error.in(language);
    }
    ADD_FAILURE() << "no error in " << text;
    return {};
}

TEST(SyntaxErrors, GuessTheMisspeltKeyword) {
    EXPECT_THAT(error_of("MTCH (n) RETURN n").message, HasSubstr("did you mean MATCH?"));
    EXPECT_THAT(error_of("MATCH (n) RETRUN n").message, HasSubstr("did you mean RETURN?"));
    EXPECT_THAT(error_of("MATCH (n) RETURN n ORDR BY n").message, HasSubstr("did you mean ORDER?"));
    EXPECT_THAT(error_of("SHOW INDEXS").message, HasSubstr("did you mean INDEXES?"));
    EXPECT_THAT(error_of("RETURN 1 != 2").message, HasSubstr("did you mean '<>'?"));
    EXPECT_THAT(error_of("RETURN 5 \u2014 2").message, HasSubstr("did you mean '-'?"));
}

TEST(SyntaxErrors, SayWhereAndWhatWasExpected) {
    const Error error = error_of("MATCH (가나다 {이름: '인천'} RETURN x");
    EXPECT_EQ(error.where.line, 1u);
    EXPECT_EQ(error.where.column, 23u);
    EXPECT_EQ(error.message, "unexpected 'RETURN'; expected ')'");
    EXPECT_EQ(error.query->type, "SyntaxError");
    EXPECT_EQ(error.query->phase, "compile time");
    EXPECT_EQ(error.query->status, "42001");
}

TEST(SyntaxErrors, CarryTheDetailOfTheTck) {
    EXPECT_EQ(error_of("RETURN 9223372036854775808").query->detail, "IntegerOverflow");
    EXPECT_EQ(error_of("RETURN 1.34E999").query->detail, "FloatingPointOverflow");
    EXPECT_EQ(error_of("RETURN 0x").query->detail, "InvalidNumberLiteral");
    EXPECT_EQ(error_of("RETURN '\\uH'").query->detail, "InvalidUnicodeLiteral");
    EXPECT_EQ(error_of("RETURN 1 \u2014 2").query->detail, "InvalidUnicodeCharacter");
    EXPECT_EQ(error_of("MATCH (a)-[:R*-2]->(b) RETURN a").query->detail, "InvalidRelationshipPattern");
    EXPECT_EQ(error_of("MATCH (n)").query->detail, "InvalidClauseComposition");
    EXPECT_EQ(error_of("RETURN {1B2: 1}").query->detail, "UnexpectedSyntax");
}

TEST(SyntaxErrors, SpeakKorean) {
    EXPECT_EQ(error_of("RETURN ", "ko").message, "질의의 끝: 여기에 올 수 없습니다. 기대한 것: 식");
    EXPECT_THAT(error_of("MTCH (n) RETURN n", "ko").message, HasSubstr("혹시 MATCH?"));
}

TEST(SyntaxErrors, RefuseWhatIsNotThereWithAReason) {
    EXPECT_THAT(error_of("LOAD CSV FROM 'x' AS row RETURN row").message, HasSubstr("maek import"));
    EXPECT_THAT(error_of("RETURN 1; RETURN 2").message, HasSubstr("one statement"));
    EXPECT_THAT(error_of(" // nothing\n").message, HasSubstr("empty"));
}

TEST(PointAt, PutsTheCaretUnderTheColumnOnTheScreen) {
    EXPECT_EQ(point_at("RETURN x", {"", 1, 8}), "RETURN x\n       ^");
    EXPECT_EQ(point_at("한글 x", {"", 1, 4}), "한글 x\n     ^") << "Hangul is two columns wide";
    EXPECT_EQ(point_at("a\n\tbc", {"", 2, 3}), " bc\n  ^");
    EXPECT_EQ(point_at("a", {"", 7, 3}), "");
}

TEST(PointAt, CutsLongLinesAroundThePlace) {
    const std::string line = std::string(500, 'a') + "!" + std::string(500, 'b');
    const std::string shown = point_at(line, {"", 1, 501});
    const std::size_t newline = shown.find('\n');
    ASSERT_NE(newline, std::string::npos);
    EXPECT_LT(newline, 120u);
    EXPECT_EQ(shown.find('!'), shown.find('^') - newline - 1);
}

}  // namespace
}  // namespace maek::query
