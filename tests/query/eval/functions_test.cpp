#include <gtest/gtest.h>

#include <set>

#include "query/eval/function_registry.h"
#include "query/parse/query_error.h"
#include "tests/query/eval/expect_table.h"

namespace maek::query::test {
namespace {

TEST(FunctionNames, AreFoundWithoutRegardToCase) {
    EXPECT_EQ(find_function("TOUPPER"), find_function("toUpper"));
    EXPECT_NE(find_function("Duration.InMonths"), nullptr);
    EXPECT_EQ(find_function("nothing"), nullptr);
    EXPECT_EQ(closest_function("toUper"), "toUpper");
    EXPECT_EQ(closest_function("durationbetween"), "duration.between");
    EXPECT_EQ(closest_function("qqqqqqq"), "");
}

TEST(FunctionTable, IsSoundLineByLine) {
    std::set<std::string_view> names;
    for (const FunctionInfo& f : all_functions()) {
        EXPECT_TRUE(names.insert(f.name).second) << f.name;
        EXPECT_TRUE(f.signature.starts_with(f.name)) << f.name;
        EXPECT_FALSE(f.summary.empty()) << f.name;
        EXPECT_FALSE(f.result.empty()) << f.name;
        EXPECT_LE(f.min_arguments, f.max_arguments) << f.name;
        EXPECT_EQ(f.call == nullptr, f.is_aggregate()) << f.name;
        for (std::size_t i = 0; i < f.max_arguments && i < 4; ++i) EXPECT_FALSE(f.accepted(i).empty()) << f.name;
    }
    EXPECT_EQ(find_function("isEmpty")->max_arguments, 1);
    EXPECT_EQ(find_function("coalesce")->max_arguments, FunctionInfo::kAnyNumber);
    EXPECT_GE(names.size(), 130u);
}

// Every function takes null, and every kind it does not accept is a TypeError, never a crash.
TEST(FunctionTable, WithstandsEveryKindOfArgument) {
    TinyQuery query;
    std::vector<Value> samples = {Value::null()};
    for (const char* text : {"true", "1", "-1", "1.5", "'a'", "'2020-01-01'", "[]", "[1, 'a', null]", "{}", "{year: 2020}",
                             "date('2020')", "localtime('10')", "time('10Z')", "localdatetime('2020')", "datetime('2020')",
                             "duration('P1D')", "point({x: 1, y: 2})"}) {
        samples.push_back(query.evaluate(text));
    }
    graph::Graph graph;
    query.context().graph = &graph;
    for (const FunctionInfo& f : all_functions()) {
        if (f.is_aggregate()) continue;
        for (std::size_t count = f.min_arguments; count <= std::min<std::size_t>(f.max_arguments, 4); ++count) {
            for (const Value& sample : samples) {
                for (const Value& other : samples) {
                    std::vector<Value> arguments(count, other);
                    if (count > 0) arguments[0] = sample;
                    try {
                        const Value result = call_function(f, query.context(), arguments);
                        EXPECT_TRUE(result.is_null() || f.result.has(result.kind())) << f.name << " gave " << describe(result);
                    } catch (const QueryError& error) {
                        EXPECT_TRUE(error.error().query.has_value()) << f.name;
                        EXPECT_FALSE(error.error().message.empty()) << f.name;
                    }
                }
            }
        }
    }
}

TEST(StringFunctions, CountCodePointsNotBytes) {
    expect_all({{"size('한글🎉')", "3"}, {"char_length('né')", "2"}, {"left('한글말', 2)", "'한글'"}, {"right('한글말', 2)", "'글말'"},
                {"substring('대한민국', 1, 2)", "'한민'"}, {"substring('abc', 5)", "''"}, {"substring('abc', 1)", "'bc'"},
                {"reverse('가나다')", "'다나가'"}, {"split('가나', '')", "['가', '나']"}});
}

TEST(StringFunctions, ChangeCaseByUnicode) {
    expect_all({{"toUpper('straße')", "'STRASSE'"}, {"toLower('ÀÉ')", "'àé'"}, {"upper('ſ')", "'S'"}, {"lower(null)", "null"}});
}

TEST(StringFunctions, Trim) {
    expect_all({{"trim('  a b \t\n')", "'a b'"}, {"lTrim('  a ')", "'a '"}, {"rTrim(' a  ')", "' a'"},
                {"trim('\u3000가\u00A0')", "'가'"}, {"btrim('xxaxx', 'x')", "'a'"}, {"lTrim('한한가', '한')", "'가'"},
                {"trim('   ')", "''"}});
}

TEST(StringFunctions, SplitAndReplace) {
    expect_all({{"split('a,b,,c', ',')", "['a', 'b', '', 'c']"}, {"split('', ',')", "['']"}, {"split('a1b2c', ['1', '2'])", "['a', 'b', 'c']"},
                {"split('a', null)", "null"}, {"split('a--b-c', ['--', '-'])", "['a', 'b', 'c']"}, {"split('x', [])", "['x']"}, {"replace('aaa', 'a', 'b')", "'bbb'"}, {"replace('aaa', 'a', 'b', 2)", "'bba'"},
                {"replace('ab', '', '-')", "'-a-b-'"}, {"replace('abab', 'ab', '')", "''"}, {"string.join(['a', null, 1], '/')", "'a/1'"}});
}

TEST(StringFunctions, SplitInTimeLinearInTheText) {
    EvalContext context;
    const Value text = Value::string(std::string(2'000'000, ','));
    const Value delimiters = Value::list({Value::string("never"), Value::string(","), Value::string("nor this")});
    const Value parts = call_function(*find_function("split"), context, std::vector<Value>{text, delimiters});
    EXPECT_EQ(parts.as_list().size(), 2'000'001u);
}

TEST(StringFunctions, RefuseNegativeLengths) {
    expect_all({{"left('a', -1)", "ArgumentError: NegativeIntegerArgument"}, {"substring('a', -1)", "ArgumentError: NegativeIntegerArgument"},
                {"left(1, 1)", "TypeError: InvalidArgumentValue"}});
}

TEST(StringFunctions, NormalizeUnicode) {
    expect_all({{"size(normalize('한'))", "1"}, {"size(normalize('한', 'NFD'))", "3"}, {"isNormalized('한')", "true"},
                {"isNormalized('한', 'NFD')", "false"}, {"normalize('a', 'X')", "ArgumentError: InvalidArgumentValue"}});
}

TEST(Conversions, ReadNumbersAndSayNullForOtherText) {
    expect_all({{"toInteger('42')", "42"}, {"toInteger(' -7 ')", "-7"}, {"toInteger('2.9')", "2"}, {"toInteger('foo')", "null"},
                {"toInteger('')", "null"}, {"toInteger(2.9)", "2"}, {"toInteger(true)", "1"}, {"toInteger('9223372036854775808')", "null"},
                {"toInteger(1e30)", "ArithmeticError: IntegerOverflow"}, {"toFloat('1e3')", "1000.0"}, {"toFloat('1.')", "1.0"},
                {"toFloat('0x1p3')", "null"}, {"toFloat('inf')", "null"}, {"toFloat('1e999')", "Infinity"}, {"toFloat(3)", "3.0"},
                {"toBoolean(' TRUE ')", "true"}, {"toBoolean('yes')", "null"}, {"toBoolean(0)", "false"},
                {"toString(1.0)", "'1.0'"}, {"toString(true)", "'true'"}, {"toString(date('2020'))", "'2020-01-01'"},
                {"toString('a')", "'a'"}});
}

TEST(Conversions, FailOrGiveNullForOtherKinds) {
    expect_all({{"toInteger([])", "TypeError: InvalidArgumentValue"}, {"toFloat(true)", "TypeError: InvalidArgumentValue"},
                {"toBoolean(1.0)", "TypeError: InvalidArgumentValue"}, {"toString({})", "TypeError: InvalidArgumentValue"},
                {"toIntegerOrNull([])", "null"}, {"toFloatOrNull(true)", "null"}, {"toStringOrNull({})", "null"},
                {"toBooleanOrNull(date('2020'))", "null"}, {"toIntegerList(['1', 'a', null, 2.5])", "[1, null, null, 2]"},
                {"toFloatList([1, '2'])", "[1.0, 2.0]"}, {"toStringList([1, []])", "['1', null]"}, {"toBooleanList(['true', 2])", "[true, true]"}});
}

TEST(ListFunctions, TakeListsApart) {
    expect_all({{"head([])", "null"}, {"head([1, 2])", "1"}, {"last([1, 2])", "2"}, {"tail([1, 2, 3])", "[2, 3]"}, {"tail([])", "[]"},
                {"reverse([1, 'a'])", "['a', 1]"}, {"size([null])", "1"}, {"isEmpty([])", "true"}, {"isEmpty({a: 1})", "false"},
                {"isEmpty('')", "true"}, {"head(null)", "null"}, {"keys({b: 1, a: null})", "['a', 'b']"}});
}

TEST(Range, IncludesBothEnds) {
    expect_all({{"range(1, 3)", "[1, 2, 3]"}, {"range(0, 10, 4)", "[0, 4, 8]"}, {"range(3, 1, -1)", "[3, 2, 1]"}, {"range(3, 1)", "[]"},
                {"range(1, 3, -1)", "[]"}, {"range(0, 0)", "[0]"}, {"range(1, 2, 0)", "ArgumentError: NumberOutOfRange"},
                {"range(1, 2.5)", "ArgumentError: InvalidArgumentType"}, {"range(null, 2)", "null"},
                {"range(9223372036854775806, 9223372036854775807)", "[9223372036854775806, 9223372036854775807]"},
                {"size(range(-9223372036854775807, 9223372036854775807, 9223372036854775807))", "3"}});
}

TEST(Range, RefusesWhatMemoryCannotHold) {
    expect_all({{"range(1, 1000000000000000000)", "MemoryLimitExceeded: MemoryLimitExceeded"},
                {"range(-9223372036854775807, 9223372036854775807)", "MemoryLimitExceeded: MemoryLimitExceeded"}});
}

TEST(CollectionFunctions, SortAndSearch) {
    expect_all({{"coll.sort([3, 1, null, 2])", "[1, 2, 3, null]"}, {"coll.distinct([1, 1.0, null, null])", "[1, null]"},
                {"coll.max([1, 3, null])", "3"}, {"coll.min([])", "null"}, {"coll.flatten([1, [2, [3]]])", "[1, 2, [3]]"},
                {"coll.flatten([1, [2, [3]]], 2)", "[1, 2, 3]"}, {"coll.indexOf([5, 6], 6)", "1"}, {"coll.indexOf([5], 7)", "-1"},
                {"coll.insert([1, 3], 1, 2)", "[1, 2, 3]"}, {"coll.insert([1], 3, 2)", "ArgumentError: NumberOutOfRange"},
                {"coll.remove([1, 2], 0)", "[2]"}});
}

TEST(MathFunctions, Compute) {
    expect_all({{"abs(-3)", "3"}, {"abs(-2.5)", "2.5"}, {"ceil(1.2)", "2.0"}, {"floor(-1.2)", "-2.0"}, {"sign(-0.1)", "-1"},
                {"sign(0)", "0"}, {"sqrt(12.96)", "3.6"}, {"sqrt(-1)", "NaN"}, {"exp(0)", "1.0"}, {"log(e())", "1.0"},
                {"log10(1000)", "3.0"}, {"isNaN(0.0/0.0)", "true"}, {"isNaN(1)", "false"}, {"atan2(1, 1) * 4 = pi()", "true"},
                {"degrees(pi())", "180.0"}, {"radians(180) = pi()", "true"}, {"haversin(0)", "0.0"}, {"coth(1) * tanh(1)", "1.0"},
                {"abs(-9223372036854775807 - 1)", "ArithmeticError: IntegerOverflow"}});
}

TEST(Round, TiesGoUpAloneAndAwayFromZeroWithAPrecision) {
    expect_all({{"round(1.5)", "2.0"}, {"round(-1.5)", "-1.0"}, {"round(0.49999999999999994)", "0.0"}, {"round(4503599627370497.5)", "4503599627370498.0"},
                {"round(2.675, 2)", "2.68"}, {"round(-2.675, 2)", "-2.68"}, {"round(9.995, 2)", "10.0"}, {"round(1e300, 3)", "1.0e300"},
                {"round(3, 2)", "3.0"}});
}

TEST(Round, KnowsSevenModes) {
    expect_all({{"round(1.25, 1, 'UP')", "1.3"}, {"round(-1.21, 1, 'up')", "-1.3"}, {"round(1.29, 1, 'DOWN')", "1.2"},
                {"round(-1.21, 1, 'CEILING')", "-1.2"}, {"round(-1.21, 1, 'FLOOR')", "-1.3"}, {"round(1.25, 1, 'HALF_UP')", "1.3"},
                {"round(1.25, 1, 'HALF_DOWN')", "1.2"}, {"round(1.25, 1, 'HALF_EVEN')", "1.2"}, {"round(1.35, 1, 'HALF_EVEN')", "1.4"},
                {"round(1.2, 1, 'X')", "ArgumentError: InvalidArgumentValue"}, {"round(1.2, -1)", "ArgumentError: NumberOutOfRange"}});
}

TEST(ScalarFunctions, Choose) {
    expect_all({{"coalesce(null, 2, 3)", "2"}, {"coalesce(null)", "null"}, {"nullIf(1, 1.0)", "null"}, {"nullIf(1, 2)", "1"},
                {"exists(null)", "false"}, {"exists(1)", "true"}});
}

TEST(Uuid, IsRandomOfVersionFour) {
    TinyQuery query;
    const std::string a(query.evaluate("randomUUID()").as_string()), b(query.evaluate("randomUUID()").as_string());
    EXPECT_NE(a, b);
    ASSERT_EQ(a.size(), 36u);
    EXPECT_EQ(a[14], '4');
    EXPECT_NE(std::string_view("89ab").find(a[19]), std::string_view::npos);
}

TEST(Chance, RepeatsWithTheSameSeed) {
    TinyQuery a, b;
    a.context().random.emplace(5);
    b.context().random.emplace(5);
    const double x = a.evaluate("rand()").as_float();
    EXPECT_EQ(x, b.evaluate("rand()").as_float());
    EXPECT_GE(x, 0.0);
    EXPECT_LT(x, 1.0);
}

TEST(Points, AreMadeFromCoordinatesAndSystems) {
    expect_all({{"point({x: 1, y: 2})", "point({x: 1.0, y: 2.0, srid: 7203})"},
                {"point({longitude: 127, latitude: 37.5})", "point({x: 127.0, y: 37.5, srid: 4326})"},
                {"point({x: 1, y: 2, z: 3})", "point({x: 1.0, y: 2.0, z: 3.0, srid: 9157})"},
                {"point({x: 1, y: 2, crs: 'WGS-84'})", "point({x: 1.0, y: 2.0, srid: 4326})"},
                {"point({longitude: 1, latitude: 2, height: 3})", "point({x: 1.0, y: 2.0, z: 3.0, srid: 4979})"},
                {"point({x: null, y: 2})", "null"}, {"point({x: 1})", "ArgumentError: InvalidArgumentValue"},
                {"point({x: 1, y: 2, srid: 1})", "ArgumentError: InvalidArgumentValue"},
                {"point({x: 1, y: 2, z: 3, crs: 'cartesian'})", "ArgumentError: InvalidArgumentValue"},
                {"point({longitude: 1, latitude: 99})", "ArgumentError: InvalidArgumentValue"},
                {"point({x: 'a', y: 1})", "TypeError: InvalidArgumentValue"}});
}

TEST(Points, MeasureDistances) {
    expect_all({{"point.distance(point({x: 0, y: 0}), point({x: 3, y: 4}))", "5.0"},
                {"point.distance(point({x: 0, y: 0}), point({x: 3, y: 4, crs: 'wgs-84'}))", "null"},
                {"point.withinBBox(point({x: 1, y: 1}), point({x: 0, y: 0}), point({x: 2, y: 2}))", "true"},
                {"point.withinBBox(point({longitude: 179, latitude: 0}), point({longitude: 170, latitude: -1}), point({longitude: -170, latitude: 1}))", "true"},
                // Seoul to Busan is about 325 km.
                {"round(point.distance(point({longitude: 126.978, latitude: 37.5665}), point({longitude: 129.0756, latitude: 35.1796})) / 1000)", "325.0"}});
}

TEST(ValueTypes, AreNamedAsPreciselyAsPossible) {
    expect_all({{"valueType(1)", "'INTEGER NOT NULL'"}, {"valueType(null)", "'NULL'"}, {"valueType([])", "'LIST<NOTHING> NOT NULL'"},
                {"valueType(['a', null])", "'LIST<STRING> NOT NULL'"}, {"valueType([1, 'a'])", "'LIST<INTEGER NOT NULL | STRING NOT NULL> NOT NULL'"},
                {"valueType([[1], [2.0]])", "'LIST<LIST<INTEGER NOT NULL | FLOAT NOT NULL> NOT NULL> NOT NULL'"},
                {"valueType(datetime('2020'))", "'ZONED DATETIME NOT NULL'"}});
}

TEST(TypePredicates, LookIntoLists) {
    TinyQuery query;
    const auto strings = std::make_shared<const ValueType>(ValueType{KindSet{ValueKind::kString}, nullptr});
    const ValueType list{KindSet{ValueKind::kList, ValueKind::kNull}, strings};
    EXPECT_TRUE(conforms(query.evaluate("['a']"), list));
    EXPECT_TRUE(conforms(query.evaluate("[]"), list));
    EXPECT_TRUE(conforms(Value::null(), list));
    EXPECT_FALSE(conforms(query.evaluate("['a', null]"), list));
    EXPECT_FALSE(conforms(query.evaluate("'a'"), list));
}

}  // namespace
}  // namespace maek::query::test
