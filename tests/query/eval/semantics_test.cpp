#include "query/eval/semantics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "query/eval/value_set.h"
#include "tests/query/eval/expect_table.h"

namespace maek::query::test {
namespace {

Value value(std::string_view text) {
    TinyQuery query;
    return query.evaluate(text);
}

TEST(Equality, OfNullIsAlwaysNull) {
    expect_all({{"null = null", "null"}, {"1 = null", "null"}, {"null <> null", "null"}});
}

TEST(Equality, LooksThroughNumberKindsExactly) {
    expect_all({{"1 = 1.0", "true"},
                {"9007199254740993 = 9007199254740992.0", "false"},
                {"9223372036854775807 = 9223372036854775808.0", "false"},
                {"0.0 = -0.0", "true"},
                {"0.0 / 0.0 = 0.0 / 0.0", "false"}});
}

TEST(Equality, OfDifferentKindsIsFalse) {
    expect_all({{"1 = '1'", "false"}, {"true = 1", "false"}, {"[1] = {a: 1}", "false"},
                {"date('2020') = localdatetime('2020')", "false"}});
}

TEST(Equality, OfContainersIsNullOnlyWhereANullDecides) {
    expect_all({{"[1, null] = [1, null]", "null"},
                {"[1, null] = [2, null]", "false"},
                {"[1, null] = [1]", "false"},
                {"[null] <> [1, 2]", "true"},
                {"{a: 1, b: null} = {a: 1, b: 2}", "null"},
                {"{a: 1} = {b: 1}", "false"},
                {"[[1, null], 2] = [[1, 2], 3]", "false"}});
}

TEST(Equality, OfZonedTimesNeedsTheSameZone) {
    expect_all({{"time('10:00+01:00') = time('09:00Z')", "false"},
                {"time('10:00+01:00') > time('09:00Z')", "true"},
                {"datetime('2020-01-01T10:00+01:00') = datetime('2020-01-01T10:00+01:00')", "true"},
                {"duration('P1M') = duration('P30D')", "false"},
                {"duration('PT60S') = duration('PT1M')", "true"}});
}

TEST(Comparison, AcrossKindsIsNull) {
    expect_all({{"1 < 'a'", "null"}, {"true < 1", "null"}, {"null < 1", "null"}, {"{a: 1} < {a: 2}", "null"},
                {"duration('P1D') < duration('P2D')", "null"}, {"point({x: 1, y: 2}) < point({x: 2, y: 3})", "null"},
                {"date('2020') < localdatetime('2021')", "null"}});
}

TEST(Comparison, OfNaNIsFalseAmongNumbersAndNullElsewhere) {
    expect_all({{"0.0 / 0.0 < 1", "false"}, {"0.0 / 0.0 >= 1", "false"}, {"0.0 / 0.0 > 'a'", "null"}});
}

TEST(Comparison, OfListsGoesByTheFirstDifference) {
    expect_all({{"[1, 2] < [1, 3]", "true"}, {"[1, 2] < [1]", "false"}, {"[1] < [1, null]", "true"},
                {"[1, 2] < [3, null]", "true"}, {"[1, 2] < [1, null]", "null"}, {"[1] <= [1]", "true"}});
}

TEST(Comparison, OfTextIsByCodePoint) {
    expect_all({{"'Z' < 'a'", "true"}, {"'가' < '나'", "true"}, {"'z' < '가'", "true"}, {"'' < 'a'", "true"}});
}

TEST(Membership, IsNullWhenOnlyANullCouldMatch) {
    expect_all({{"3 IN [1, null]", "null"}, {"1 IN [1, null]", "true"}, {"3 IN [1, 2]", "false"},
                {"null IN []", "false"}, {"null IN [1]", "null"}, {"1 IN null", "null"},
                {"[1, 2] IN [[1, 2]]", "true"}, {"1 IN 2", "TypeError: InvalidArgumentType"}});
}

// One of every kind and some near each other, in ascending order.
std::vector<Value> ladder() {
    std::vector<Value> out = {
        Value::map({}), value("{a: 1}"), value("{a: 2}"), value("{b: 0}"), value("{a: 1, b: 1}"),
        Value::node(NodeId{1}), Value::node(NodeId{2}), Value::relationship(RelId{0}),
        value("[]"), value("['a']"), value("['a', 1]"), value("[1]"), value("[1, 'a']"), value("[1, null]"), value("[null, 1]"),
        Value::path({{NodeId{1}}, {}}), Value::path({{NodeId{1}, NodeId{2}}, {RelId{3}}}),
        value("datetime('2020-01-01T10:00+02:00')"), value("datetime('2020-01-01T08:30Z')"),
        value("localdatetime('2019-12-31T23:59')"), value("localdatetime('2020')"),
        value("date('-999999999-01-01')"), value("date('2020-02-29')"),
        value("time('10:00+02:00')"), value("time('08:00:00.000000001Z')"),
        value("localtime('10:00')"), value("localtime('10:00:00.000000001')"),
        value("duration('PT1S')"), value("duration('P1D')"), value("duration('P1M')"), value("duration('P31D')"),
        value("point({x: 1, y: 2, crs: 'wgs-84'})"), value("point({x: 1, y: 2})"), value("point({x: 1, y: 3})"),
        value("''"), value("'a'"), value("'aa'"), value("'나'"), value("false"), value("true"),
        Value::floating(-std::numeric_limits<double>::infinity()), value("-1"), value("0.5"), value("1"), value("1.5"),
        Value::integer(std::numeric_limits<std::int64_t>::max()), Value::floating(9223372036854775808.0),
        Value::floating(std::numeric_limits<double>::quiet_NaN()), Value::null()};
    return out;
}

TEST(Order, IsTotalOverAllKinds) {
    const std::vector<Value> steps = ladder();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        for (std::size_t j = 0; j < steps.size(); ++j) {
            const auto o = order(steps[i], steps[j]);
            EXPECT_EQ(o < 0, i < j) << to_literal(steps[i]) << " against " << to_literal(steps[j]);
            EXPECT_EQ(o == 0, i == j) << to_literal(steps[i]) << " against " << to_literal(steps[j]);
            EXPECT_EQ(equivalent(steps[i], steps[j]), i == j) << to_literal(steps[i]) << " and " << to_literal(steps[j]);
        }
    }
}

TEST(Equivalence, TakesNullNaNAndNumbersOfBothKindsAsTheSame) {
    const Value nan = Value::floating(std::numeric_limits<double>::quiet_NaN());
    const std::pair<Value, Value> same[] = {
        {Value::null(), Value::null()}, {nan, Value::floating(-std::nan(""))}, {value("1"), value("1.0")},
        {value("0.0"), value("-0.0")}, {value("[1, null]"), value("[1.0, null]")}, {value("{a: 1}"), value("{a: 1.0}")},
        {value("point({x: 0.0, y: 1})"), value("point({x: -0.0, y: 1})")}};
    for (const auto& [a, b] : same) {
        EXPECT_TRUE(equivalent(a, b)) << to_literal(a);
        EXPECT_EQ(hash_value(a), hash_value(b)) << to_literal(a);
        EXPECT_TRUE(order(a, b) == 0) << to_literal(a);
    }
}

TEST(Order, SortsAnyMixtureBackIntoTheLadder) {
    std::vector<Value> steps = ladder();
    std::mt19937 random(7);
    std::vector<Value> mixed = steps;
    std::ranges::shuffle(mixed, random);
    std::ranges::sort(mixed, ValueLess{});
    for (std::size_t i = 0; i < steps.size(); ++i) EXPECT_TRUE(equivalent(mixed[i], steps[i])) << i;
}

TEST(NumberOrder, IsExactBeyondTheDigitsOfADouble) {
    constexpr std::int64_t kEdge = (std::int64_t{1} << 53) + 1;
    EXPECT_TRUE(compare_numbers(kEdge, 9007199254740992.0) > 0);
    EXPECT_TRUE(compare_numbers(-kEdge, -9007199254740992.0) < 0);
    EXPECT_TRUE(compare_numbers(0, -0.5) > 0);
    EXPECT_TRUE(compare_numbers(3, 3.5) < 0);
    EXPECT_TRUE(compare_numbers(std::numeric_limits<std::int64_t>::min(), -9223372036854775808.0) == 0);
    EXPECT_TRUE(compare_numbers(0, std::nan("")) == std::partial_ordering::unordered);
}

TEST(ValueSetOfDistinct, KeepsTheFirstOfEquivalentValuesInOrder) {
    ValueSet set;
    std::size_t fresh = 0;
    for (int i = 0; i < 1000; ++i) {
        fresh += set.insert(Value::integer(i % 100));
        fresh += set.insert(Value::floating(i % 100));
    }
    EXPECT_TRUE(set.insert(Value::null()));
    EXPECT_FALSE(set.insert(Value::null()));
    EXPECT_EQ(fresh, 100u);
    EXPECT_EQ(set.values()[42].as_integer(), 42);
    EXPECT_TRUE(set.contains(Value::floating(7)));
    EXPECT_FALSE(set.contains(Value::string("7")));
}

TEST(TruthTables, FollowThreeValuedLogic) {
    constexpr Truth all[] = {Truth::kFalse, Truth::kNull, Truth::kTrue};  // ascending
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            EXPECT_EQ(logical_and(all[i], all[j]), all[std::min(i, j)]);
            EXPECT_EQ(logical_or(all[i], all[j]), all[std::max(i, j)]);
            const bool known = i != 1 && j != 1;
            EXPECT_EQ(logical_xor(all[i], all[j]), known ? truth(i != j) : Truth::kNull);
        }
    }
}

}  // namespace
}  // namespace maek::query::test
