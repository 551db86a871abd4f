#include "query/eval/calendar.h"

#include <gtest/gtest.h>

namespace maek::query::test {
namespace {

TEST(Calendar, WalksThroughFourCenturiesDayByDay) {
    std::int64_t day = days_of(1599, 12, 31);
    for (std::int64_t year = 1600; year < 2001; ++year) {
        for (int month = 1; month <= 12; ++month) {
            for (int d = 1; d <= days_in_month(year, month); ++d) {
                ++day;
                ASSERT_EQ(days_of(year, month, d), day);
                const CivilDate back = civil_of(day);
                ASSERT_TRUE(back.year == year && back.month == month && back.day == d) << day;
            }
        }
    }
    EXPECT_EQ(civil_of(0).year, 1970);
}

TEST(Calendar, HoldsAtTheEndsOfTheYears) {
    for (const std::int64_t year : {-999'999'999LL, -400LL, -1LL, 0LL, 4LL, 999'999'999LL}) {
        for (const int month : {1, 2, 3, 12}) {
            const std::int64_t day = days_of(year, month, days_in_month(year, month));
            EXPECT_EQ(civil_of(day).year, year);
            EXPECT_EQ(civil_of(day + 1).day, 1);
        }
    }
}

TEST(Calendar, KnowsLeapYears) {
    EXPECT_TRUE(is_leap_year(2000));
    EXPECT_FALSE(is_leap_year(1900));
    EXPECT_TRUE(is_leap_year(0));
    EXPECT_TRUE(is_leap_year(-4));
}

TEST(Weeks, BelongToTheYearOfTheirThursday) {
    const auto expect = [](std::int64_t y, int m, int d, std::int64_t week_year, int week, int weekday) {
        const WeekDate w = week_of(days_of(y, m, d));
        EXPECT_TRUE(w.year == week_year && w.week == week && w.weekday == weekday) << y << '-' << m << '-' << d;
        EXPECT_EQ(days_of_week(week_year, week, weekday), days_of(y, m, d));
    };
    expect(2021, 1, 3, 2020, 53, 7);
    expect(2018, 12, 31, 2019, 1, 1);
    expect(1970, 1, 1, 1970, 1, 4);
    expect(-1, 12, 31, -1, 52, 5);
    EXPECT_EQ(weeks_in(2020), 53);
    EXPECT_EQ(weeks_in(2021), 52);
}

TEST(Months, EndOnTheLastDayWhenTheDayIsMissing) {
    EXPECT_EQ(plus_months(days_of(2020, 1, 31), 1), days_of(2020, 2, 29));
    EXPECT_EQ(plus_months(days_of(2020, 2, 29), 12), days_of(2021, 2, 28));
    EXPECT_EQ(plus_months(days_of(2020, 3, 31), -1), days_of(2020, 2, 29));
    EXPECT_EQ(plus_months(days_of(1, 1, 1), -13), days_of(-1, 12, 1));
}

}  // namespace
}  // namespace maek::query::test
