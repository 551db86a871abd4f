#include "tools/shell/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace maek::tools {
namespace {

using testing::ElementsAre;

class Completion : public testing::Test {
protected:
    std::vector<std::string> of(std::string_view text) { return completions(text, vocabulary_, begin_); }

    Vocabulary vocabulary_{{":help", ":history", ":exit"},
                           {"MATCH", "MERGE", "RETURN"},
                           {"toUpper", "toLower"},
                           {"City", "Company", "연구기관"},
                           {"MEMBER_OF", "FUNDS"},
                           {"name", "aliases"}};
    std::size_t begin_ = 0;
};

TEST_F(Completion, OfKeywordsTakesEitherCase) {
    EXPECT_THAT(of("ma"), ElementsAre("MATCH"));
    EXPECT_EQ(begin_, 0u);
    EXPECT_THAT(of("MATCH (n) ret"), ElementsAre("RETURN"));
    EXPECT_EQ(begin_, 10u);
}

TEST_F(Completion, AfterAColonInParenthesesAreLabels) {
    EXPECT_THAT(of("MATCH (n:C"), ElementsAre("City", "Company"));
    EXPECT_THAT(of("MATCH (n:연"), ElementsAre("연구기관"));
}

TEST_F(Completion, AfterAColonInBracketsAreTypes) {
    EXPECT_THAT(of("MATCH (n)-[r:"), ElementsAre("FUNDS", "MEMBER_OF"));
    EXPECT_THAT(of("MATCH (n)-[r:FUNDS|M"), ElementsAre("MEMBER_OF"));
}

TEST_F(Completion, AfterADotAreKeys) { EXPECT_THAT(of("RETURN n.na"), ElementsAre("name")); }

TEST_F(Completion, KnowsVariablesAndFunctions) {
    EXPECT_THAT(of("MATCH (total) RETURN to"), ElementsAre("toLower(", "toUpper(", "total"));
}

TEST_F(Completion, OfCommandsTakesAColonOrADot) {
    EXPECT_THAT(of(":h"), ElementsAre(":help", ":history"));
    EXPECT_THAT(of(".ex"), ElementsAre(":exit"));
}

TEST_F(Completion, OfNothingIsNothing) { EXPECT_THAT(of("MATCH (n) "), ElementsAre()); }

}  // namespace
}  // namespace maek::tools
