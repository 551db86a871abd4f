#include "query/eval/render.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "tests/query/eval/expect_table.h"

namespace maek::query::test {
namespace {

TEST(Floats, AreShortestAndAlwaysLookLikeFloats) {
    const std::pair<double, std::string_view> table[] = {
        {1, "1.0"}, {-0.0, "-0.0"}, {0.1, "0.1"}, {100000, "100000.0"}, {1e16, "10000000000000000.0"}, {1e17, "1.0e17"},
        {123456789012345680.0, "1.2345678901234568e17"}, {0.0001, "0.0001"}, {0.00001, "1.0e-5"}, {1.26e305, "1.26e305"},
        {5e-324, "5.0e-324"}, {3.14159, "3.14159"}, {1.0 / 3, "0.3333333333333333"},
        {std::numeric_limits<double>::infinity(), "Infinity"}, {-std::numeric_limits<double>::infinity(), "-Infinity"},
        {std::nan(""), "NaN"}};
    for (const auto& [number, text] : table) EXPECT_EQ(format_float(number), text);
}

TEST(Floats, ReadBackAsTheSameNumber) {
    std::mt19937_64 random(11);
    for (int i = 0; i < 20000; ++i) {
        const double x = std::bit_cast<double>(random());
        if (!std::isfinite(x)) continue;
        EXPECT_EQ(parse_float(format_float(x)), x) << format_float(x);
    }
}

TEST(Literals, EscapeWhatWouldEndThem) {
    expect_all({{"'it\\'s'", "'it\\'s'"}, {"'a\\nb'", "'a\\nb'"}, {"'back\\\\slash'", "'back\\\\slash'"}, {"{a: 1, b: [null]}", "{a: 1, b: [null]}"}});
    EXPECT_EQ(to_literal(Value::string(std::string_view("\0\x7F", 2))), "'\\u0000\\u007f'");
    EXPECT_EQ(to_literal(Value::map({{"two words", Value::integer(1)}, {"`", Value::null()}, {"한글", Value::null()}})),
              "{````: null, `two words`: 1, 한글: null}");
}

TEST(Literals, OfEntitiesWithoutAGraphShowNumbers) {
    EXPECT_EQ(to_literal(Value::node(NodeId{3})), "(#3)");
    EXPECT_EQ(to_literal(Value::path({{NodeId{1}, NodeId{2}}, {RelId{0}}})), "<(#1)-[#0]->(#2)>");
}

TEST(Text, IsBareForStringsAndTemporals) {
    TinyQuery query;
    EXPECT_EQ(to_text(query.evaluate("'a\\'b'")), "a'b");
    EXPECT_EQ(to_text(query.evaluate("date('2020')")), "2020-01-01");
    EXPECT_EQ(to_text(query.evaluate("['a', date('2020')]")), "['a', '2020-01-01']");
}

TEST(Descriptions, StayShort) {
    const std::string text = describe(Value::string(std::string(100000, 'x')));
    EXPECT_LT(text.size(), 60u);
    EXPECT_TRUE(text.starts_with("STRING 'xxx"));
}

}  // namespace
}  // namespace maek::query::test
