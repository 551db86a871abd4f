#include "schema/read/json_tree.h"

#include <gmock/gmock.h>

namespace maek::schema {
namespace {

using ::testing::HasSubstr;

TEST(JsonTree, KnowsTheLineOfEveryValue) {
    const auto tree = parse_json("{\n \"a\": [1,\n  \"b\"],\n \"c\": true}", "x.json");
    ASSERT_TRUE(tree.ok());
    EXPECT_EQ(tree->find("a")->items[1].line, 3u);
    EXPECT_EQ(tree->find("c")->line, 4u);
    EXPECT_TRUE(tree->find("c")->boolean);
    EXPECT_EQ(tree->find("d"), nullptr);
}

TEST(JsonTree, NamesFileLineAndColumnOfAMistake) {
    const auto tree = parse_json("{\n \"a\": ]}", "x.json");
    ASSERT_FALSE(tree.ok());
    EXPECT_EQ(tree.error().where.file, "x.json");
    EXPECT_EQ(tree.error().where.line, 2u);
}

TEST(JsonTree, RefusesDeepNestingWithoutUsingTheStack) {
    const auto tree = parse_json(std::string(200000, '['), "deep.json");
    ASSERT_FALSE(tree.ok());
    EXPECT_THAT(tree.error().message, HasSubstr("deeper than"));
}

TEST(JsonTree, RefusesBytesThatAreNotUtf8) { EXPECT_FALSE(parse_json("\"\xff\xfe\"", "x.json").ok()); }

TEST(FieldReader, ReportsTheFirstMistakeOnly) {
    const auto tree = parse_json("{\"n\": 3, \"t\": \"x\"}", "x.json");
    FieldReader fields(*tree, "x.json", "thing");
    EXPECT_EQ(fields.text("n"), "");
    EXPECT_EQ(fields.text("missing", true), "");
    const auto done = fields.finish();
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().message, "thing: \"n\" must be a text, found a number");
}

}  // namespace
}  // namespace maek::schema
