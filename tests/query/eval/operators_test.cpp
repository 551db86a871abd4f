#include "query/eval/operators.h"

#include <gtest/gtest.h>

#include "query/parse/query_error.h"
#include "tests/query/eval/expect_table.h"

namespace maek::query::test {
namespace {

TEST(Arithmetic, KeepsIntegersAndTurnsMixturesToFloats) {
    expect_all({{"7 + 3", "10"}, {"7 + 3.0", "10.0"}, {"7 / 2", "3"}, {"-7 / 2", "-3"}, {"7.0 / 2", "3.5"},
                {"-7 % 3", "-1"}, {"7 % -3", "1"}, {"5.5 % 2", "1.5"}, {"2 ^ 10", "1024.0"}, {"2 * 3.5", "7.0"},
                {"- (3)", "-3"}});
}

TEST(Arithmetic, OfNullIsNull) {
    expect_all({{"1 + null", "null"}, {"null - 1", "null"}, {"null * 'a'", "null"}, {"1 / null", "null"},
                {"null % 2", "null"}, {"2 ^ null", "null"}, {"[1] + null", "null"}, {"'a' || null", "null"}});
}

TEST(Arithmetic, RefusesIntegersThatDoNotFit) {
    expect_all({{"9223372036854775807 + 1", "ArithmeticError: IntegerOverflow"},
                {"-9223372036854775807 - 2", "ArithmeticError: IntegerOverflow"},
                {"4611686018427387904 * 2", "ArithmeticError: IntegerOverflow"},
                {"(-9223372036854775807 - 1) / -1", "ArithmeticError: IntegerOverflow"},
                {"(-9223372036854775807 - 1) % -1", "0"},
                {"-(-9223372036854775807 - 1)", "ArithmeticError: IntegerOverflow"}});
}

TEST(Arithmetic, DividesIntegersByZeroNeverAndFloatsAlways) {
    expect_all({{"1 / 0", "ArithmeticError: DivisionByZero"}, {"1 % 0", "ArithmeticError: DivisionByZero"},
                {"1 / 0.0", "Infinity"}, {"-1.0 / 0", "-Infinity"}, {"0.0 / 0", "NaN"},
                {"duration('P1D') / 0", "ArithmeticError: DivisionByZero"}});
}

TEST(Addition, JoinsTextAndLists) {
    expect_all({{"'a' + 'b'", "'ab'"}, {"'a' + 1", "'a1'"}, {"1.5 + 'a'", "'1.5a'"}, {"'d' + date('2020')", "'d2020-01-01'"},
                {"'is ' + true", "'is true'"}, {"[1] + [2]", "[1, 2]"}, {"[1] + 2", "[1, 2]"}, {"1 + [2]", "[1, 2]"},
                {"'a' + ['b']", "['a', 'b']"}, {"[[1]] + [2]", "[[1], 2]"}, {"'a' || 'b'", "'ab'"}, {"[1] || [2]", "[1, 2]"}});
}

TEST(Addition, RefusesKindsWithoutASum) {
    expect_all({{"1 + true", "TypeError: InvalidArgumentType"}, {"{a: 1} + {b: 2}", "TypeError: InvalidArgumentType"},
                {"'a' + {a: 1}", "TypeError: InvalidArgumentType"}, {"date('2020') + 1", "TypeError: InvalidArgumentType"},
                {"'a' - 'b'", "TypeError: InvalidArgumentType"}, {"'a' * 2", "TypeError: InvalidArgumentType"},
                {"'a' || 1", "TypeError: InvalidArgumentType"}, {"-'a'", "TypeError: InvalidArgumentType"}});
}

TEST(Messages, SayWhatWasCombined) {
    TinyQuery query;
    try {
        query.evaluate("{name: '강원테크노파크'} - 1");
        FAIL() << "no error";
    } catch (const QueryError& error) {
        EXPECT_EQ(error.error().message, "cannot apply - to MAP {name: '강원테크노파크'} and INTEGER 1");
    }
}

TEST(Subscripts, CountFromBothEndsAndMissQuietly) {
    expect_all({{"[1, 2, 3][0]", "1"}, {"[1, 2, 3][-1]", "3"}, {"[1, 2, 3][3]", "null"}, {"[1, 2, 3][-4]", "null"},
                {"[1][null]", "null"}, {"{a: 1}['a']", "1"}, {"{a: 1}['b']", "null"},
                {"[1][9223372036854775807]", "null"}, {"[1][-9223372036854775807]", "null"}});
}

TEST(Subscripts, RefuseWrongKeysAndContainers) {
    expect_all({{"[1]['a']", "TypeError: ListElementAccessByNonInteger"}, {"{a: 1}[0]", "TypeError: MapElementAccessByNonString"},
                {"'abc'[0]", "TypeError: InvalidArgumentType"}, {"(1)[0]", "TypeError: InvalidArgumentType"}});
}

TEST(Slices, AreCutToTheList) {
    expect_all({{"[1, 2, 3, 4][1..3]", "[2, 3]"}, {"[1, 2, 3][-2..]", "[2, 3]"}, {"[1, 2, 3][..-1]", "[1, 2]"},
                {"[1, 2, 3][2..1]", "[]"}, {"[1, 2, 3][0..99]", "[1, 2, 3]"}, {"[1, 2][null..1]", "null"},
                {"[1, 2][0..null]", "null"}, {"'대한민국'[1..3]", "'한민'"}, {"[1]['a'..]", "TypeError: InvalidArgumentType"}});
}

TEST(TextPredicates, AreNullForAnythingButText) {
    expect_all({{"'abc' STARTS WITH 'ab'", "true"}, {"'abc' ENDS WITH ''", "true"}, {"'abc' CONTAINS 'd'", "false"},
                {"'abc' STARTS WITH 1", "null"}, {"null CONTAINS 'a'", "null"}});
}

TEST(RegularExpressions, MatchTheWholeText) {
    expect_all({{"'abc' =~ 'b'", "false"}, {"'abc' =~ '.b.'", "true"}, {"'ABC' =~ '(?i)abc'", "true"},
                {"'한국' =~ '..'", "true"}, {"null =~ 'a'", "null"}, {"'a' =~ '('", "ArgumentError: InvalidArgumentValue"}});
}

TEST(RegularExpressions, TakeLinearTimeWhereBacktrackingWouldNotEnd) {
    const std::string text(5000, 'a');
    EXPECT_EQ(shown("'" + text + "!' =~ '(a+)+(a+)+(a|aa)*b'"), "false");
}

TEST(Properties, OfValuesThatHaveNoneAreErrors) {
    expect_all({{"(1).x", "TypeError: InvalidArgumentType"}, {"{a: {b: 2}}.a.b", "2"}, {"{a: 1}.b", "null"},
                {"point({x: 1, y: 2}).x", "1.0"}, {"point({longitude: 1, latitude: 2}).latitude", "2.0"},
                {"point({x: 1, y: 2}).z", "null"}, {"point({x: 1, y: 2, z: 3}).crs", "'cartesian-3d'"},
                {"point({x: 1, y: 2}).srid", "7203"}});
}

TEST(Nesting, IsLimitedWithAClearError) {
    EvalContext context;
    Value nested = Value::list({});
    for (std::uint32_t i = 0; i + 2 < Value::kMaxDepth; ++i) nested = make_list({nested});
    EXPECT_THROW(make_map({{"a", make_list({nested})}}), QueryError);
}

TEST(StorableValues, AreScalarsAndListsOfOneKind) {
    TinyQuery query;
    for (const char* good : {"1", "'a'", "null", "[1, 2.5]", "['a']", "[]", "date('2020')", "[duration('P1D')]", "point({x: 1, y: 2})"}) {
        EXPECT_NO_THROW(require_storable(query.evaluate(good))) << good;
    }
    for (const char* bad : {"{a: 1}", "[{a: 1}]", "[[1]]", "[1, 'a']", "[1, null]"}) {
        EXPECT_THROW(require_storable(query.evaluate(bad)), QueryError) << bad;
    }
    EXPECT_THROW(require_storable(Value::node(NodeId{1})), QueryError);
}

}  // namespace
}  // namespace maek::query::test
