#include "tools/output/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tools/output/text_width.h"

namespace maek::tools {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

TEST(Table, HasStraightBordersWhateverTheScript) {
    Table table({"기관", "won"});
    table.add({"한국전기연구원", "45"}, {false, true});
    table.add({"KERI", "4500000000"}, {false, true});
    EXPECT_EQ(table.text({}),
              "┌────────────────┬────────────┐\n"
              "│ 기관           │ won        │\n"
              "├────────────────┼────────────┤\n"
              "│ 한국전기연구원 │         45 │\n"
              "│ KERI           │ 4500000000 │\n"
              "└────────────────┴────────────┘\n");
}

TEST(Table, FitsTheTerminalByCuttingTheWidestColumn) {
    Table table({"name", "evidence"});
    table.add({"KERI", "창원시는 한국전기연구원과 함께 혁신네트워크를 출범했다고 밝혔다"});
    TableStyle style;
    style.max_width = 40;
    for (const std::string& line : lines_of(table.text(style))) EXPECT_EQ(width_of(line), 40u) << line;
    EXPECT_THAT(table.text(style), testing::HasSubstr("KERI"));
}

TEST(Table, CanDoWithoutBoxCharacters) {
    Table table({"a"});
    table.add({"1"});
    TableStyle style;
    style.box_characters = false;
    EXPECT_EQ(table.text(style), "+---+\n| a |\n+---+\n| 1 |\n+---+\n");
}

TEST(Table, ShowsControlCharactersEscapedAndStaysStraight) {
    Table table({"x"});
    table.add({"a\nb\x1b"});
    const auto lines = lines_of(table.text({}));
    ASSERT_EQ(lines.size(), 5u);
    EXPECT_EQ(lines[3], "│ a\\nb\\x1b │");
}

TEST(Table, OfNoRowsIsItsHead) {
    Table table({"x"});
    EXPECT_EQ(table.text({}), "┌───┐\n│ x │\n├───┤\n└───┘\n");
}

}  // namespace
}  // namespace maek::tools
