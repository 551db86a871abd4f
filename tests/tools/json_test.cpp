#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "graph/transaction.h"
#include "tools/input/json_value.h"
#include "tools/output/json_text.h"

namespace maek::tools {
namespace {

std::string written(const Value& value) {
    JsonText json;
    json.value(value, graph::Graph());
    return std::string(json.text());
}

TEST(JsonText, FloatsAlwaysCarryAPointOrAnExponent) {
    EXPECT_EQ(written(Value::floating(1)), "1.0");
    EXPECT_EQ(written(Value::floating(0.1)), "0.1");
    EXPECT_EQ(written(Value::floating(-0.0)), "-0.0");
    EXPECT_EQ(written(Value::floating(1e300)), "1e+300");
    EXPECT_EQ(written(Value::integer(1)), "1");
}

TEST(JsonText, NumbersThatJsonDoesNotKnowAreStrings) {
    EXPECT_EQ(written(Value::floating(std::numeric_limits<double>::quiet_NaN())), "\"NaN\"");
    EXPECT_EQ(written(Value::floating(std::numeric_limits<double>::infinity())), "\"Infinity\"");
    EXPECT_EQ(written(Value::floating(-std::numeric_limits<double>::infinity())), "\"-Infinity\"");
}

TEST(JsonText, WholeRangeOfIntegersIsExact) {
    EXPECT_EQ(written(Value::integer(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
}

TEST(JsonText, TextIsEscaped) { EXPECT_EQ(written(Value::string("\"\\\n\x01 한")), "\"\\\"\\\\\\n\\u0001 한\""); }

TEST(JsonText, ListsAndMapsNest) {
    EXPECT_EQ(written(Value::map({{"b", Value::list({Value::integer(1), Value::null()})}, {"a", Value::boolean(true)}})),
              "{\"a\":true,\"b\":[1,null]}");
}

TEST(JsonText, NodesAndRelationshipsAreObjects) {
    graph::Transaction change{graph::Graph()};
    const LabelId city = change.label("City");
    const NodeId a = change.create_node({&city, 1}), b = change.create_node({});
    change.set_property(a, change.key("name"), Value::string("창원시"));
    const RelId r = change.create_relationship(a, b, change.type("KNOWS"));
    const graph::Graph graph = std::move(change).finish();
    JsonText json;
    json.begin_array();
    json.node(a, graph);
    json.relationship(r, graph);
    json.value(Value::path({{a, b}, {r}}), graph);
    json.end_array();
    EXPECT_EQ(json.text(),
              R"([{"id":0,"labels":["City"],"properties":{"name":"창원시"}},)"
              R"({"id":0,"type":"KNOWS","start":0,"end":1,"properties":{}},)"
              R"({"nodes":[{"id":0,"labels":["City"],"properties":{"name":"창원시"}},{"id":1,"labels":[],"properties":{}}],)"
              R"("relationships":[{"id":0,"type":"KNOWS","start":0,"end":1,"properties":{}}]}])");
}

TEST(ParseJson, ReadsWhatItWrites) {
    const std::string text = R"({"a":[1,2.5,"한\n",true,null,{"b":[]}],"c":-9223372036854775808})";
    const auto value = parse_json(text);
    ASSERT_TRUE(value.ok());
    EXPECT_EQ(written(*value), text);
}

TEST(ParseJson, WholeNumbersAreIntegersAndOthersFloats) {
    EXPECT_TRUE(parse_json("7")->is(ValueKind::kInteger));
    EXPECT_TRUE(parse_json("7.0")->is(ValueKind::kFloat));
    EXPECT_TRUE(parse_json("7e0")->is(ValueKind::kFloat));
}

TEST(ParseJson, NamesThePlaceOfAMistake) {
    const auto value = parse_json("{\n  \"가\": x}");
    ASSERT_FALSE(value.ok());
    EXPECT_EQ(value.error().code, ErrorCode::kFormat);
    EXPECT_EQ(value.error().where, (Where{"", 2, 8}));
}

TEST(ParseJson, RefusesDepthInsteadOfCrashing) {
    const auto value = parse_json(std::string(1000000, '['));
    ASSERT_FALSE(value.ok());
    EXPECT_THAT(value.error().message, testing::HasSubstr("nested deeper"));
}

TEST(ParseJson, RefusesBrokenUtf8NulBytesAndHugeIntegers) {
    EXPECT_FALSE(parse_json("\"\xFF\"").ok());
    EXPECT_FALSE(parse_json(std::string_view("1\0 2", 4)).ok());
    EXPECT_FALSE(parse_json("18446744073709551615").ok());
    EXPECT_FALSE(parse_json("").ok());
    EXPECT_FALSE(parse_json("1 2").ok());
}

TEST(ParseJson, RefusesEveryIntegerBeyond64BitsInTheSameWords) {
    for (const std::string text : {"9223372036854775808", "18446744073709551615", "18446744073709551616",
                                   "-9223372036854775809", "1000000000000000000000000000000"}) {
        const auto value = parse_json("[1, " + text + "]");
        ASSERT_FALSE(value.ok()) << text;
        EXPECT_EQ(value.error().message, "not valid JSON: an integer beyond 64 bits") << text;
        EXPECT_EQ(value.error().where, (Where{"", 1, 5})) << text;
    }
    const auto longest = parse_json(std::string(400, '9'));
    ASSERT_FALSE(longest.ok());
    EXPECT_EQ(longest.error().message, "not valid JSON: an integer beyond 64 bits");
    EXPECT_EQ(parse_json("1e20")->as_float(), 1e20);
    EXPECT_EQ(parse_json("100000000000000000000.0")->as_float(), 1e20);
    EXPECT_EQ(parse_json("-9223372036854775808")->as_integer(), std::numeric_limits<std::int64_t>::min());
}

TEST(ParseJson, RefusesEitherHalfOfASurrogatePairAlone) {
    for (const char* text : {R"("\ud800")", R"("\ud800x")", R"("\udc00")", R"("a\uDFFFb")", R"({"\udc00k": 1})",
                             R"({"a": {"b": ["\udc00"]}})", R"("\ud83d\ude00\ude00")"}) {
        EXPECT_FALSE(parse_json(text).ok()) << text;
    }
    EXPECT_EQ(parse_json(R"("\ud83d\ude00")")->as_string(), "😀");
    EXPECT_EQ(parse_json(R"("\ud55c힣\uffff")")->as_string(), "한힣\xEF\xBF\xBF");
}

}  // namespace
}  // namespace maek::tools
