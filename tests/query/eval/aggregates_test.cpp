#include "query/eval/aggregates.h"

#include <gtest/gtest.h>

#include <random>

#include "query/parse/query_error.h"
#include "tests/query/eval/expect_table.h"

namespace maek::query::test {
namespace {

// Counts what is charged; refuses more than its limit.
class CountingGuard final : public Guard {
public:
    explicit CountingGuard(std::size_t limit = SIZE_MAX) : limit_(limit) {}
    void check() override {}
    void charge(std::size_t bytes) override {
        require(bytes);
        used += bytes;
    }
    void release(std::size_t bytes) noexcept override { used -= bytes; }
    void require(std::size_t bytes) override {
        if (bytes > limit_ - used) throw QueryError(Error{ErrorCode::kLimit, "too much", {}, {}});
    }
    std::size_t used = 0;

private:
    std::size_t limit_;
};

// The aggregation of the elements of a list, written as text.
std::string aggregated(AggregateKind kind, std::string_view list, bool distinct = false, std::string_view fraction = "null") {
    TinyQuery query;
    try {
        const auto state = make_aggregate(kind, distinct);
        const Value second = query.evaluate(fraction);
        const Value values = query.evaluate(list);
        for (const Value& v : values.as_list()) {
            const Value row[] = {v, second};
            state->add(query.context(), std::span<const Value>(row, second.is_null() ? 1 : 2));
        }
        return to_literal(state->finish(query.context()));
    } catch (const QueryError& error) {
        return error.error().query->type + ": " + error.error().query->detail;
    }
}

using enum AggregateKind;

TEST(Aggregates, OfNothing) {
    EXPECT_EQ(to_literal(empty_aggregate(kCount)), "0");
    EXPECT_EQ(to_literal(empty_aggregate(kSum)), "0");
    EXPECT_EQ(to_literal(empty_aggregate(kCollect)), "[]");
    EXPECT_EQ(to_literal(empty_aggregate(kStDev)), "0.0");
    for (const AggregateKind kind : {kAvg, kMin, kMax, kPercentileCont, kPercentileDisc}) {
        EXPECT_TRUE(empty_aggregate(kind).is_null());
    }
}

TEST(Aggregates, SkipNulls) {
    EXPECT_EQ(aggregated(kCount, "[1, null, 'a']"), "2");
    EXPECT_EQ(aggregated(kCollect, "[1, null, 'a']"), "[1, 'a']");
    EXPECT_EQ(aggregated(kSum, "[1, null, 2]"), "3");
    EXPECT_EQ(aggregated(kMin, "[null]"), "null");
}

TEST(Sum, IsExactForIntegersAndCarefulForFloats) {
    EXPECT_EQ(aggregated(kSum, "[9223372036854775807, 1, -1]"), "9223372036854775807");
    EXPECT_EQ(aggregated(kSum, "[9223372036854775807, 1]"), "ArithmeticError: IntegerOverflow");
    EXPECT_EQ(aggregated(kSum, "[1, 2.5]"), "3.5");
    EXPECT_EQ(aggregated(kSum, "[1e16, 1.0, -1e16]"), "1.0");
    EXPECT_EQ(aggregated(kSum, "[1e999, 1.0]"), "Infinity");
    EXPECT_EQ(aggregated(kSum, "[duration('P1M'), duration('PT90M')]"), "'P1MT1H30M'");
    EXPECT_EQ(aggregated(kSum, "['a']"), "TypeError: InvalidArgumentValue");
    EXPECT_EQ(aggregated(kSum, "[1, duration('P1D')]"), "TypeError: InvalidArgumentValue");
}

TEST(Average, IsAFloatOrADuration) {
    EXPECT_EQ(aggregated(kAvg, "[1, 2]"), "1.5");
    EXPECT_EQ(aggregated(kAvg, "[9223372036854775807, 9223372036854775807]"), "9.223372036854776e18");
    EXPECT_EQ(aggregated(kAvg, "[duration('P1D'), duration('P2D')]"), "'P1DT12H'");
}

TEST(Extremes, OrderMixturesAsOrderByDoes) {
    EXPECT_EQ(aggregated(kMax, "[1, 'a', null, [1, 2], 0.2, 'b']"), "1");
    EXPECT_EQ(aggregated(kMin, "[1, 'a', null, [1, 2], 0.2, 'b']"), "[1, 2]");
    EXPECT_EQ(aggregated(kMax, "[1, 0.0 / 0.0]"), "NaN");
    EXPECT_EQ(aggregated(kMin, "['나', '가']"), "'가'");
}

TEST(Percentiles, InterpolateOrChoose) {
    EXPECT_EQ(aggregated(kPercentileCont, "[10, 20, 30]", false, "0.25"), "15.0");
    EXPECT_EQ(aggregated(kPercentileCont, "[30, 10]", false, "1"), "30.0");
    EXPECT_EQ(aggregated(kPercentileDisc, "[30, 10, 20]", false, "0.5"), "20");
    EXPECT_EQ(aggregated(kPercentileDisc, "[10, 20]", false, "0"), "10");
    EXPECT_EQ(aggregated(kPercentileDisc, "[10, 20]", false, "0.51"), "20");
    EXPECT_EQ(aggregated(kPercentileCont, "[1, 1, 1, 5]", true, "0.5"), "3.0");
    EXPECT_EQ(aggregated(kPercentileCont, "[1]", false, "1.1"), "ArgumentError: NumberOutOfRange");
    EXPECT_EQ(aggregated(kPercentileDisc, "[1]", false, "-1"), "ArgumentError: NumberOutOfRange");
}

TEST(Deviation, OfSamplesAndPopulations) {
    EXPECT_EQ(aggregated(kStDevP, "[2, 4, 4, 4, 5, 5, 7, 9]"), "2.0");
    EXPECT_EQ(aggregated(kStDev, "[1, 3]"), "1.4142135623730951");
    EXPECT_EQ(aggregated(kStDev, "[1]"), "0.0");
    EXPECT_EQ(aggregated(kStDevP, "[1000000000000000.0, 1000000000000002.0]"), "1.0");
}

TEST(Distinct, CountsEquivalentValuesOnce) {
    EXPECT_EQ(aggregated(kCount, "[1, 1.0, 'a', 'a', null]", true), "2");
    EXPECT_EQ(aggregated(kCollect, "[3, 1, 3, 2, 1]", true), "[3, 1, 2]");
    EXPECT_EQ(aggregated(kSum, "[2, 2, 3]", true), "5");
    EXPECT_EQ(aggregated(kAvg, "[0.0, -0.0, 4]", true), "2.0");
}

TEST(Batches, GiveWhatSingleRowsGive) {
    std::mt19937 random(3);
    std::vector<std::int64_t> integers;
    std::vector<double> floats;
    for (int i = 0; i < 500; ++i) {
        integers.push_back(static_cast<std::int64_t>(random() % 50) - 25);
        floats.push_back(static_cast<double>(random() % 50) / 8);
    }
    for (const AggregateKind kind : {kCount, kSum, kAvg, kMin, kMax, kCollect, kStDev, kStDevP}) {
        for (const bool distinct : {false, true}) {
            EvalContext context;
            const auto batch = make_aggregate(kind, distinct), single = make_aggregate(kind, distinct);
            batch->add_integers(context, integers);
            batch->add_floats(context, floats);
            for (const auto x : integers) { const Value v = Value::integer(x); single->add(context, {&v, 1}); }
            for (const auto x : floats) { const Value v = Value::floating(x); single->add(context, {&v, 1}); }
            EXPECT_EQ(to_literal(batch->finish(context)), to_literal(single->finish(context)));
        }
    }
}

TEST(Merging, GivesWhatOneStateGives) {
    TinyQuery query;
    const Value values = query.evaluate("[5, 1, 2.5, 1, 4, 2, 2.5, 7, 3, 1]"), fraction = Value::floating(0.3);
    for (const AggregateKind kind : {kCount, kSum, kAvg, kMin, kMax, kCollect, kStDev, kStDevP, kPercentileCont, kPercentileDisc}) {
        for (const bool distinct : {false, true}) {
            EvalContext context;
            const auto whole = make_aggregate(kind, distinct);
            const auto left = make_aggregate(kind, distinct), right = make_aggregate(kind, distinct);
            const bool two = kind == kPercentileCont || kind == kPercentileDisc;
            std::size_t i = 0;
            for (const Value& v : values.as_list()) {
                const Value row[] = {v, fraction};
                const std::span<const Value> arguments(row, two ? 2 : 1);
                whole->add(context, arguments);
                (i++ < 4 ? left : right)->add(context, arguments);
            }
            left->merge(context, *right);
            const Value merged = left->finish(context), expected = whole->finish(context);
            if (kind == kStDev || kind == kStDevP) EXPECT_DOUBLE_EQ(merged.as_float(), expected.as_float());
            else EXPECT_EQ(to_literal(merged), to_literal(expected)) << static_cast<int>(kind) << distinct;
        }
    }
}

TEST(Memory, IsChargedAndGivenBack) {
    CountingGuard guard;
    EvalContext context;
    context.guard = &guard;
    {
        const auto all = make_aggregate(kCollect, false), different = make_aggregate(kCount, true);
        for (int i = 0; i < 100; ++i) {
            const Value v = Value::string(std::to_string(i) + std::string(100, 'x'));
            all->add(context, {&v, 1});
            different->add(context, {&v, 1});
        }
        EXPECT_GT(guard.used, 20000u);
    }
    EXPECT_EQ(guard.used, 0u);
}

TEST(Memory, LimitEndsACollection) {
    CountingGuard guard(1000);
    EvalContext context;
    context.guard = &guard;
    const auto state = make_aggregate(kCollect, false);
    const auto fill = [&] {
        for (int i = 0; i < 1000; ++i) {
            const Value v = Value::integer(i);
            state->add(context, {&v, 1});
        }
    };
    EXPECT_THROW(fill(), QueryError);
    EXPECT_LE(guard.used, 1000u);
}

}  // namespace
}  // namespace maek::query::test
