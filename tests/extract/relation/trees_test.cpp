#include "extract/relation/trees.h"

#include <gtest/gtest.h>

#include <array>

namespace maek::extract {
namespace {

// Left when the first number is at most 2.
Forest one_question() {
    Forest forest;
    forest.bias = 0.5f;
    forest.trees.push_back({{0, 1, 2, 2.0f}, {-1, 0, 0, -1.0f}, {-1, 0, 0, 3.0f}});
    return forest;
}

TEST(Forest, AddsTheLeavesThatARowReaches) {
    const Forest forest = one_question();
    EXPECT_FLOAT_EQ(forest.score(std::array{2.0f}), -0.5f);
    EXPECT_FLOAT_EQ(forest.score(std::array{2.1f}), 3.5f);
}

TEST(Forest, ComesBackFromItsBytes) {
    std::string bytes;
    one_question().write(bytes);
    std::string_view rest = bytes;
    Forest again;
    ASSERT_TRUE(again.read(rest, 1));
    EXPECT_TRUE(rest.empty());
    EXPECT_FLOAT_EQ(again.score(std::array{5.0f}), 3.5f);
}

TEST(Forest, RefusesEveryCut) {
    std::string bytes;
    one_question().write(bytes);
    for (std::size_t n = 0; n < bytes.size(); ++n) {
        std::string_view rest = std::string_view(bytes).substr(0, n);
        Forest forest;
        EXPECT_FALSE(forest.read(rest, 1)) << n;
    }
}

TEST(Forest, RefusesQuestionsAboutNumbersThatAreNotThere) {
    std::string bytes;
    one_question().write(bytes);
    std::string_view rest = bytes;
    Forest forest;
    EXPECT_FALSE(forest.read(rest, 0));
}

TEST(Forest, RefusesBranchesThatLeadBack) {
    Forest forest;
    forest.trees.push_back({{0, 0, 0, 2.0f}});
    std::string bytes;
    forest.write(bytes);
    std::string_view rest = bytes;
    Forest again;
    EXPECT_FALSE(again.read(rest, 1));
}

}  // namespace
}  // namespace maek::extract
