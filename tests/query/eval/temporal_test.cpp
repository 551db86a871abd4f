#include "query/eval/temporal.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/query/eval/expect_table.h"

namespace maek::query::test {
namespace {

constexpr std::string_view kBad = "ArgumentError: InvalidArgumentValue";

TEST(TemporalText, ReadsEveryIsoForm) {
    expect_all({{"date('2015-Q2-60')", "'2015-05-30'"}, {"date('2015Q2')", "'2015-04-01'"}, {"date('+12345-06-07')", "'+12345-06-07'"},
                {"date('-0001-12-31')", "'-0001-12-31'"}, {"date('0000')", "'0000-01-01'"}, {"localtime('12:31:14,5')", "'12:31:14.5'"},
                {"localdatetime('2015-07-21')", "'2015-07-21T00:00'"}, {"datetime('2015-07-21')", "'2015-07-21T00:00Z'"},
                {"time('12:31')", "'12:31Z'"}, {"datetime('2015-07-21T21:40[Asia/Seoul]')", "'2015-07-21T21:40+09:00[Asia/Seoul]'"}});
}

TEST(TemporalText, RefusesWhatIsNoDate) {
    for (const char* text : {"", "2015-13", "2015-02-29", "2015-00-10", "2015-1-1", "20155", "2015-W54", "2021-W53", "2015-366", "2015-000",
                             "abc", "2015-07-21 ", "2015-07-21T10", "9999999999-01-01", "+1000000000-01-01", "2015-Q5", "2015-07-2१"}) {
        EXPECT_EQ(shown("date('" + std::string(text) + "')"), kBad) << text;
    }
}

TEST(TemporalText, RefusesWhatIsNoTime) {
    for (const char* text : {"", "24:00", "12:60", "12:31:60", "1", "12:3", "12:31:14.", "12:31:14.1234567890", "12:31Z", "T12:31"}) {
        EXPECT_EQ(shown("localtime('" + std::string(text) + "')"), kBad) << text;
    }
    for (const char* text : {"2015-07-21T", "2015-07-21T10:00+19:00", "2015-07-21T10:00[Nowhere/City]", "2015-07-21T10:00[Asia/Seoul",
                             "2015-07-21T10:00+09:00[Asia/Seoul]x", "2015-07-21T10:00[]"}) {
        EXPECT_EQ(shown("datetime('" + std::string(text) + "')"), kBad) << text;
    }
}

TEST(TemporalText, ReadsDurations) {
    expect_all({{"duration('-P1Y2M')", "'P-1Y-2M'"}, {"duration('P-1Y2M')", "'P-10M'"}, {"duration('PT-0.5S')", "'PT-0.5S'"},
                {"duration('P1Y2M3W4DT5H6M7.8S')", "'P1Y2M25DT5H6M7.8S'"}, {"duration('P0D')", "'PT0S'"}, {"duration('PT0.000000001S')", "'PT0.000000001S'"},
                {"duration('P20120202T143721')", "'P2012Y2M2DT14H37M21S'"}, {"duration('PT1,5H')", "'PT1H30M'"}, {"duration('P9223372036854775807D')", "'P9223372036854775807D'"}});
    for (const char* text : {"", "P", "PT", "P1", "1D", "P1DT", "P1D1Y", "P1H", "PT1D", "P1D1D", "P9999999999999999999D", "P1.D", "p1d", "P1D "}) {
        EXPECT_EQ(shown("duration('" + std::string(text) + "')"), kBad) << text;
    }
}

TEST(TemporalText, RoundTripsAnyValue) {
    std::mt19937_64 random(5);
    EvalContext context;
    const std::int64_t first = -365'243'219'162LL, span = 730'485'366'026LL;
    const char* zones[] = {"Asia/Seoul", "Europe/London", "America/New_York", "Pacific/Honolulu", "Australia/Eucla"};
    for (int i = 0; i < 3000; ++i) {
        const std::int64_t day = first + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(span));
        const auto nanos = static_cast<std::int64_t>(random() % 86'400'000'000'000ull);
        const auto offset = static_cast<std::int32_t>(random() % 129'601) - 64'800;
        const std::vector<Value> values = {
            Value::date({day}), Value::local_time({nanos}), Value::time({nanos, offset}),
            Value::local_date_time({day * 86'400 + nanos / 1'000'000'000, static_cast<std::int32_t>(nanos % 1'000'000'000)}),
            make_temporal(context, ValueKind::kDateTime,
                          Value::map({{"epochSeconds", Value::integer(static_cast<std::int64_t>(random() % 8'000'000'000ull) - 4'000'000'000)},
                                      {"nanosecond", Value::integer(nanos % 1'000'000'000)},
                                      {"timezone", Value::string(zones[i % 5])}})),
            Value::duration({static_cast<std::int64_t>(random() % 20'001) - 10'000, static_cast<std::int64_t>(random() % 2'001) - 1'000,
                             static_cast<std::int64_t>(random() % 200'001) - 100'000, static_cast<std::int32_t>(nanos % 1'000'000'000)})};
        for (const Value& v : values) {
            const auto back = parse_temporal(context, v.kind(), format_temporal(v));
            ASSERT_TRUE(back.has_value()) << format_temporal(v);
            EXPECT_TRUE(*back == v) << format_temporal(v) << " became " << format_temporal(*back);
        }
    }
}

TEST(TemporalMaps, WantCoarserFieldsBesideFinerOnes) {
    for (const char* call : {"date({})", "date({month: 1})", "date({year: 2020, day: 1})", "date({year: 2020, dayOfWeek: 1})", "localtime({minute: 1})",
                             "localtime({hour: 1, second: 1})", "localtime({hour: 1, nanosecond: 1})", "localdatetime({hour: 1})",
                             "date({year: 2020, month: 1, week: 1})", "date({year: 2020, hour: 1})", "localtime({hour: 1, year: 2020})",
                             "date({year: 2020, colour: 1})", "date({date: localtime('10')})", "localtime({time: date('2020')})",
                             "duration({})", "duration({fortnights: 1})"}) {
        EXPECT_EQ(shown(call), kBad) << call;
    }
}

TEST(TemporalMaps, CheckTheBoundsOfFields) {
    for (const char* call : {"date({year: 1000000000})", "date({year: 2020, month: 13})", "date({year: 2021, month: 2, day: 29})",
                             "date({year: 2021, week: 53})", "date({year: 2021, ordinalDay: 366})", "date({year: 2020, quarter: 1, dayOfQuarter: 92})",
                             "localtime({hour: 24})", "localtime({hour: 1, minute: 60})", "localtime({hour: 1, minute: 1, second: 1, millisecond: 1000})",
                             "localtime({hour: 1, minute: 1, second: 1, millisecond: 1, microsecond: 1000})",
                             "date({date: date('2020-02-29'), year: 2021})", "datetime({year: 2020, timezone: 'Mars/Base'})",
                             "datetime({epochSeconds: 9223372036854775807})"}) {
        EXPECT_EQ(shown(call), kBad) << call;
    }
    expect_all({{"date({year: 2020.5})", "TypeError: InvalidArgumentValue"}, {"date(1)", "TypeError: InvalidArgumentValue"},
                {"duration({days: 'a'})", "TypeError: InvalidArgumentValue"}, {"date({year: null})", "null"}});
}

TEST(TemporalMaps, ReadTheEpoch) {
    expect_all({{"datetime({epochSeconds: 0})", "'1970-01-01T00:00Z'"}, {"datetime({epochMillis: -1, timezone: 'Asia/Seoul'})", "'1970-01-01T08:59:59.999+09:00[Asia/Seoul]'"},
                {"datetime({epochSeconds: 1, nanosecond: 5})", "'1970-01-01T00:00:01.000000005Z'"}, {"datetime.fromEpoch(-1, -1)", "'1969-12-31T23:59:58.999999999Z'"}});
}

TEST(Clocks, StandStillWithinAStatement) {
    TinyQuery query;
    query.context().statement_time = EvalContext::Instant{1'000'000'000, 5};
    query.context().transaction_time = EvalContext::Instant{999'999'999, 0};
    EXPECT_EQ(to_literal(query.evaluate("datetime()")), "'2001-09-09T01:46:40.000000005Z'");
    EXPECT_EQ(to_literal(query.evaluate("datetime.transaction()")), "'2001-09-09T01:46:39Z'");
    EXPECT_EQ(to_literal(query.evaluate("localtime('10:00') < localtime.statement('Asia/Seoul')")), "true");
    EXPECT_EQ(to_literal(query.evaluate("date({timezone: 'Pacific/Honolulu'})")), "'2001-09-08'");
    EXPECT_EQ(to_literal(query.evaluate("timestamp()")), "1000000000000");
    query.context().default_zone = "Asia/Seoul";
    EXPECT_EQ(to_literal(query.evaluate("time()")), "'10:46:40.000000005+09:00'");
    EXPECT_EQ(to_literal(query.evaluate("datetime('2020-01-01T00:00')")), "'2020-01-01T00:00+09:00[Asia/Seoul]'");
}

TEST(TemporalArithmetic, CutsMonthsAtTheirLastDay) {
    expect_all({{"date('2020-01-31') + duration('P1M')", "'2020-02-29'"}, {"date('2020-01-31') + duration('P1M1D')", "'2020-03-01'"},
                {"duration('P1D') + date('2020-01-31')", "'2020-02-01'"}, {"date('2020-03-31') - duration('P1M')", "'2020-02-29'"},
                {"date('2020-01-01') + duration('PT23H')", "'2020-01-01'"}, {"date('2020-01-01') + duration('PT49H')", "'2020-01-03'"},
                {"date('2020-01-01') - duration('PT0.5S')", "'2020-01-01'"}, {"localtime('23:00') + duration('PT2H')", "'01:00'"},
                {"localtime('00:00') - duration('PT0.000000001S')", "'23:59:59.999999999'"}, {"localtime('10:00') + duration('P3D')", "'10:00'"}});
}

TEST(TemporalArithmetic, CountsHoursOnTheInstantAndDaysOnTheClock) {
    expect_all({{"datetime('2026-03-28T12:00[Europe/Berlin]') + duration('P1D')", "'2026-03-29T12:00+02:00[Europe/Berlin]'"},
                {"datetime('2026-03-28T12:00[Europe/Berlin]') + duration('PT24H')", "'2026-03-29T13:00+02:00[Europe/Berlin]'"},
                {"datetime('2026-10-25T02:30+02:00[Europe/Berlin]') + duration('PT1H')", "'2026-10-25T02:30+01:00[Europe/Berlin]'"}});
}

TEST(TemporalArithmetic, EndsAtTheEdgesOfTheCalendar) {
    expect_all({{"date('+999999999-12-31') + duration('P1D')", kBad}, {"date('-999999999-01-01') - duration('P1M')", kBad},
                {"localdatetime('+999999999-12-31T23:59:59') + duration('PT1S')", kBad},
                {"date('2020') + duration({months: 9223372036854775807})", kBad}, {"date('2020') + duration({days: 9223372036854775807})", kBad},
                {"localdatetime('2020') + duration({seconds: 9223372036854775807})", kBad},
                {"duration({months: 9223372036854775807}) + duration('P1M')", kBad}, {"duration({years: 9223372036854775807})", kBad},
                {"duration('P1D') * 1e300", kBad}, {"-duration({days: -9223372036854775807})", "'P9223372036854775807D'"}});
}

TEST(DurationArithmetic, ScalesWithoutLosingWhatIsWhole) {
    expect_all({{"duration('P10M') * 0.7", "'P7M'"}, {"duration('P3M') / 3", "'P1M'"}, {"duration('PT1S') / 3", "'PT0.333333333S'"},
                {"duration('P1M') / 2", "'P15DT5H14M33S'"}, {"duration('PT17531639991215H') * 1", "'PT17531639991215H'"},
                {"2 * duration('P1DT1S')", "'P2DT2S'"}, {"duration('P1D') * -1", "'P-1D'"}, {"duration({days: 0.1})", "'PT2H24M'"}});
}

TEST(DurationParts, AreReadByName) {
    expect_all({{"duration('P1Y5M').monthsOfYear", "5"}, {"duration('PT-1.5S').seconds", "-2"}, {"duration('PT1.5S').milliseconds", "1500"},
                {"duration('P1D').parsecs", "null"}, {"duration({seconds: 9223372036854775807}).nanoseconds", "ArithmeticError: IntegerOverflow"}});
}

TEST(TemporalParts, AreReadByName) {
    expect_all({{"date('2021-01-03').weekYear", "2020"}, {"date('2021-01-03').dayOfWeek", "7"}, {"date('2021-01-03').hour", "null"},
                {"localtime('10:20').year", "null"}, {"datetime('2020-01-01T00:00+09:00').timezone", "'+09:00'"}, {"time('10Z').offset", "'Z'"},
                {"datetime('1969-12-31T23:59:59.5Z').epochMillis", "-500"},
                {"datetime('-999999999-01-01').epochMillis", "ArithmeticError: IntegerOverflow"}});
}

TEST(Between, CountsMonthsThenDaysThenSeconds) {
    expect_all({{"duration.between(date('2020-01-31'), date('2020-03-01'))", "'P1M1D'"}, {"duration.between(date('2020-03-01'), date('2020-01-31'))", "'P-1M-1D'"},
                {"duration.between(localdatetime('2020-01-01T12:00'), localdatetime('2020-02-01T11:00'))", "'P30DT23H'"},
                {"duration.inDays(date('2020-01-01'), date('2021-01-01'))", "'P366D'"}, {"duration.between(date('2020'), null)", "null"},
                {"duration.between(1, date('2020'))", "TypeError: InvalidArgumentValue"},
                {"duration.between(time('23:00-02:00'), time('01:00Z'))", "'PT-24H'"}});
}

TEST(Truncation, StartsAtTheUnitAndTakesFields) {
    expect_all({{"date.truncate('week', date('2020-03-01'))", "'2020-02-24'"}, {"datetime.truncate('hour', datetime('2020-01-01T10:59+09:00'), {minute: 5})", "'2020-01-01T10:05+09:00'"},
                {"localdatetime.truncate('millisecond', localdatetime('2020-01-01T00:00:00.123456789'), {microsecond: 7})", "'2020-01-01T00:00:00.123007'"},
                {"date.truncate('decade', date('-0005-06-07'))", "'-0010-01-01'"}, {"date.truncate('YEAR', date('2020-06-07'))", "'2020-01-01'"},
                {"localtime.truncate('minute', time('10:20:30+01:00'))", "'10:20'"}});
    for (const char* call : {"date.truncate('hour', date('2020'))", "localtime.truncate('year', localtime('10'))", "date.truncate('fortnight', date('2020'))",
                             "localdatetime.truncate('hour', date('2020'))", "date.truncate('day', localtime('10'))"}) {
        EXPECT_EQ(shown(call), kBad) << call;
    }
}

TEST(Conversion, BetweenTemporalKindsKeepsWhatBothHave) {
    expect_all({{"date(datetime('2020-01-02T03:04+09:00'))", "'2020-01-02'"}, {"localtime(datetime('2020-01-02T03:04+09:00'))", "'03:04'"},
                {"datetime(date('2020-01-02'))", "'2020-01-02T00:00Z'"}, {"time(datetime('2020-07-02T03:04[Europe/Berlin]'))", "'03:04+02:00'"},
                {"date(localtime('10'))", kBad}, {"localtime(date('2020'))", kBad}});
}

}  // namespace
}  // namespace maek::query::test
