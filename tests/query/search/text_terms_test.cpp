#include "query/search/text_terms.h"

#include <gtest/gtest.h>

namespace maek::query {
namespace {

TEST(TextTerms, FoldsCaseWidthAndPunctuation) {
    EXPECT_EQ(normalised("  인천TP, ＫＥＲＩ·(창원) "), U"인천tp keri 창원");
    EXPECT_EQ(normalised("?!"), U"");
}

TEST(TextTerms, ComposesHangulWrittenInLetters) {
    EXPECT_EQ(normalised("\xE1\x84\x86\xE1\x85\xA2\xE1\x86\xA8"), U"맥");
}

TEST(TextTerms, TakesSyllablesApart) {
    EXPECT_EQ(letters(U"맥"), (std::u32string{0x1106, 0x1162, 0x11A8}));
    EXPECT_EQ(letters(U"a가"), (std::u32string{U'a', 0x1100, 0x1161}));
    EXPECT_EQ(initials(U"맥a"), (std::u32string{0x1106, U'a'}));
}

TEST(TextTerms, KnowsASearchByInitials) {
    EXPECT_TRUE(is_initials(normalised("ㅇㅊㅌㅋ")));
    EXPECT_FALSE(is_initials(normalised("ㅇ천")));
    EXPECT_FALSE(is_initials(normalised("")));
}

TEST(TextTerms, CutsAParticleButNeverAWordToLessThanTwoSyllables) {
    EXPECT_EQ(without_particle(U"창원시는"), U"창원시");
    EXPECT_EQ(without_particle(U"연구원에서는"), U"연구원");
    EXPECT_EQ(without_particle(U"학과"), U"학과");
    EXPECT_EQ(without_particle(U"tp"), U"tp");
}

TEST(TextTerms, GramsAreDistinctAndSorted) {
    const auto runs = grams(U"aaaa");
    EXPECT_EQ(runs.size(), 2u);  // " aa", "aaa"
    EXPECT_TRUE(std::is_sorted(runs.begin(), runs.end()));
    EXPECT_EQ(grams(U"a").size(), 1u);
}

}  // namespace
}  // namespace maek::query
