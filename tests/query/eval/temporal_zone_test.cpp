#include "query/eval/time_zone.h"

#include <gtest/gtest.h>

#include "query/eval/calendar.h"
#include "tests/query/eval/expect_table.h"

namespace maek::query::test {
namespace {

std::int64_t utc(std::int64_t y, int m, int d, int hour, int minute = 0) {
    return days_of(y, m, d) * 86'400 + hour * 3600 + minute * 60;
}

TEST(Zones, AreFoundWithoutRegardToCaseUnderOldNamesToo) {
    ASSERT_NE(find_zone("europe/stockholm"), nullptr);
    EXPECT_EQ(find_zone("EUROPE/STOCKHOLM")->name(), "Europe/Stockholm");
    EXPECT_NE(find_zone("ROK"), nullptr);
    EXPECT_NE(find_zone("UTC"), nullptr);
    EXPECT_EQ(find_zone("Europe/Nowhere"), nullptr);
    EXPECT_EQ(find_zone(""), nullptr);
    EXPECT_FALSE(time_zone_version().empty());
}

TEST(Zones, KnowLocalMeanTimeWithoutTheBackzone) {
    EXPECT_EQ(find_zone("Europe/Stockholm")->offset_at(utc(1818, 7, 21, 12)), 53 * 60 + 28);
    EXPECT_EQ(find_zone("Asia/Seoul")->offset_at(utc(1900, 1, 1, 0)), 30472);
}

TEST(Zones, FollowTheKoreanClockThroughTheCentury) {
    const TimeZone& seoul = *find_zone("Asia/Seoul");
    EXPECT_EQ(seoul.offset_at(utc(1955, 1, 1, 0)), 30600);  // half past eight
    EXPECT_EQ(seoul.offset_at(utc(1988, 7, 1, 0)), 36000);  // summer time of the Games
    EXPECT_EQ(seoul.offset_at(utc(2026, 7, 1, 0)), 32400);
}

TEST(Zones, ApplyTheYearlyRuleForever) {
    const TimeZone& berlin = *find_zone("Europe/Berlin");
    EXPECT_EQ(berlin.offset_at(utc(2100, 7, 1, 0)), 7200);
    EXPECT_EQ(berlin.offset_at(utc(2100, 12, 1, 0)), 3600);
    EXPECT_EQ(berlin.offset_at(utc(2026, 3, 29, 0, 59)), 3600);
    EXPECT_EQ(berlin.offset_at(utc(2026, 3, 29, 1, 0)), 7200);
    const TimeZone& sydney = *find_zone("Australia/Sydney");
    EXPECT_EQ(sydney.offset_at(utc(2100, 1, 1, 0)), 39600);
    EXPECT_EQ(sydney.offset_at(utc(2100, 7, 1, 0)), 36000);
    const TimeZone& santiago = *find_zone("America/Santiago");  // changes at 24:00
    EXPECT_EQ(santiago.offset_at(utc(2100, 7, 1, 0)), -14400);
    EXPECT_EQ(santiago.offset_at(utc(2100, 12, 1, 0)), -10800);
}

TEST(LocalReadings, TakeTheEarlierInstantWhenTheyComeTwice) {
    const TimeZone& berlin = *find_zone("Europe/Berlin");
    EXPECT_EQ(berlin.offset_of_local(utc(2026, 10, 25, 2, 30)), 7200);
    EXPECT_TRUE(berlin.is_valid_offset(utc(2026, 10, 25, 2, 30), 3600));
    EXPECT_FALSE(berlin.is_valid_offset(utc(2026, 10, 25, 3, 30), 7200));
}

TEST(LocalReadings, MoveOnWhenTheyNeverHappened) {
    expect_all({{"datetime('2026-03-29T02:30[Europe/Berlin]')", "'2026-03-29T03:30+02:00[Europe/Berlin]'"},
                {"datetime('2011-12-30T12:00[Pacific/Apia]')", "'2011-12-31T12:00+14:00[Pacific/Apia]'"}});
}

TEST(LocalReadings, KeepAGivenOffsetWhereBothHold) {
    expect_all({{"datetime('2026-10-25T02:30+01:00[Europe/Berlin]')", "'2026-10-25T02:30+01:00[Europe/Berlin]'"},
                {"datetime('2026-10-25T02:30[Europe/Berlin]')", "'2026-10-25T02:30+02:00[Europe/Berlin]'"},
                {"datetime('2026-07-01T02:30+01:00[Europe/Berlin]')", "ArgumentError: InvalidArgumentValue"},
                {"datetime({year: 2026, month: 10, day: 25, hour: 1, minute: 30, timezone: 'Europe/London'}).epochSeconds", "1792888200"}});
}

TEST(Offsets, ReadAndPrint) {
    const std::pair<std::string_view, std::optional<std::int32_t>> table[] = {
        {"Z", 0}, {"+01:00", 3600}, {"-0130", -5400}, {"+09", 32400}, {"+02:05:59", 7559}, {"-18:00", -64800},
        {"+18:01", std::nullopt}, {"+1", std::nullopt}, {"+01:60", std::nullopt}, {"01:00", std::nullopt},
        {"+01:0", std::nullopt}, {"+01:00:00:00", std::nullopt}, {"", std::nullopt}};
    for (const auto& [text, seconds] : table) EXPECT_EQ(parse_offset(text), seconds) << text;
    EXPECT_EQ(format_offset(-7507), "-02:05:07");
    EXPECT_EQ(format_offset(0), "Z");
}

}  // namespace
}  // namespace maek::query::test
