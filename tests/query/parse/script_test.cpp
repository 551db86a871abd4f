#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/engine.h"
#include "query/parse/messages.h"
#include "query/parse/suggest.h"

namespace maek::query {
namespace {

using testing::ElementsAre;

std::vector<std::string> statements(std::string_view script) {
    std::vector<std::string> out;
    for (const StatementText& statement : split_statements(script)) out.emplace_back(statement.text);
    return out;
}

TEST(Script, SplitsAtSemicolonsOutsideStringsNamesAndComments) {
    EXPECT_THAT(statements("RETURN ';'; RETURN \"a;\\\";\" ;\nRETURN `;` // ;\n; /* ; */ RETURN 4"),
                ElementsAre("RETURN ';'", "RETURN \"a;\\\";\"", "RETURN `;` // ;", "/* ; */ RETURN 4"));
    EXPECT_THAT(statements(" ;; // nothing\n"), ElementsAre());
    EXPECT_THAT(statements("\xEF\xBB\xBFRETURN 1"), ElementsAre("RETURN 1"));
}

TEST(Script, KnowsTheLineOfEachStatement) {
    const auto found = split_statements("RETURN 1;\n\nRETURN\n2;\nRETURN 3");
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[1].line, 3u);
    EXPECT_EQ(found[2].line, 5u);
}

TEST(Script, AsksForMoreInsideAStringCommentOrBracket) {
    for (const char* open : {"MATCH (n", "RETURN [1, 2", "RETURN 'abc", "/* x", "RETURN `a", "CALL { MATCH (n)"}) {
        EXPECT_TRUE(is_incomplete(open)) << open;
    }
    for (const char* closed : {"", "MATCH (n) RETURN n", "RETURN 'a(' // (", "RETURN 1)"}) {
        EXPECT_FALSE(is_incomplete(closed)) << closed;
    }
}

TEST(Suggest, FindsTheNearestNameOrNone) {
    const std::vector<std::string> names{"Technopark", "Alliance", "연구기관"};
    EXPECT_EQ(closest_name("Tecnopark", names), "Technopark");
    EXPECT_EQ(closest_name("allaince", names), "Alliance");
    EXPECT_EQ(closest_name("연구기간", names), "연구기관");
    EXPECT_EQ(closest_name("Person", names), std::nullopt);
}

TEST(Messages, HaveBothLanguagesAndTheSamePlaces) {
    for (int i = 0; i <= static_cast<int>(Message::kInTransactionsHere); ++i) {
        const MessageText& text = message_text(static_cast<Message>(i));
        for (const char place : {'0', '1', '2'}) {
            const std::string hole = std::string("{") + place + "}";
            EXPECT_EQ(std::string(text.english).find(hole) == std::string::npos,
                      std::string(text.korean).find(hole) == std::string::npos)
                << text.english;
        }
    }
}

}  // namespace
}  // namespace maek::query
