#include "tools/output/text_width.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/output/console.h"

namespace maek::tools {
namespace {

TEST(TextWidth, HangulTakesTwoColumns) {
    EXPECT_EQ(width_of("KERI"), 4u);
    EXPECT_EQ(width_of("창원시"), 6u);
    EXPECT_EQ(width_of("창원 TP"), 7u);
}

TEST(TextWidth, DecomposedHangulIsAsWideAsComposed) {
    EXPECT_EQ(width_of("\u1112\u1161\u11ab"), width_of("한"));
}

TEST(TextWidth, CombiningMarksAddNothing) { EXPECT_EQ(width_of("e\u0301"), 1u); }

TEST(TextWidth, BrokenUtf8CountsAndShowsAsQuestionMarks) {
    EXPECT_EQ(width_of("a\xFF\xC3"), 3u);
    EXPECT_EQ(visible("a\xFF\xC3"), "a??");
}

TEST(TextWidth, ControlCharactersShowEscaped) {
    EXPECT_EQ(visible("a\x1b[31m\n\t\r\x7f"), "a\\x1b[31m\\n\\t\\r\\x7f");
    EXPECT_EQ(visible("\u202Eabc"), "\\u202eabc");
    EXPECT_EQ(visible("\u009b"), "\\x9b");
}

TEST(TextWidth, TruncationNeverCutsACharacter) {
    EXPECT_EQ(truncated("한국전기연구원", 7), "한국전…");
    EXPECT_EQ(truncated("한국전기연구원", 8), "한국전…");
    EXPECT_EQ(truncated("한국", 4), "한국");
    EXPECT_EQ(truncated("abcdef", 4), "abc…");
    EXPECT_EQ(truncated("abc", 0), "");
    EXPECT_EQ(truncated("한국", 1), "…");
}

TEST(TextWidth, PaddingCountsColumns) {
    EXPECT_EQ(padded("한", 4), "한  ");
    EXPECT_EQ(padded("7", 3, true), "  7");
    EXPECT_EQ(padded("한국", 3), "한국");
}

TEST(TextWidth, LastColumnsKeepsWholeCharacters) {
    EXPECT_EQ(last_columns("가나다", 4), "나다");
    EXPECT_EQ(last_columns("가나다", 3), "다");
}

TEST(Caret, StandsUnderTheColumnAlsoAfterHangul) {
    EXPECT_EQ(caret_lines("MATCH (시:도시) RETURN q", 1, 21), "  1 | MATCH (시:도시) RETURN q\n    |                        ^\n");
}

TEST(Caret, FindsTheLine) { EXPECT_EQ(caret_lines("RETURN\n  x", 2, 3), "  2 |   x\n    |   ^\n"); }

TEST(Caret, ShowsOnlyTheNeighbourhoodOfALongLine) {
    const std::string text = std::string(5000, 'x') + "!" + std::string(5000, 'y');
    const std::string shown = caret_lines(text, 1, 5001);
    EXPECT_LT(shown.size(), 400u);
    EXPECT_THAT(shown, testing::HasSubstr("x!y"));
}

TEST(Caret, OfAPlaceThatIsNotThereIsEmpty) { EXPECT_EQ(caret_lines("RETURN 1", 3, 1), ""); }

}  // namespace
}  // namespace maek::tools
