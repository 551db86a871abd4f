// Room: query, inner. The proleptic Gregorian calendar as plain arithmetic on 64-bit day numbers
// (0 is 1970-01-01, a Thursday). No tables, no limits but those of the integers; callers check
// years. Tests: tests/query/eval/temporal_calendar_test.cpp.
#pragma once

#include <cstdint>

namespace maek::query {

struct CivilDate {
    std::int64_t year = 1970;
    int month = 1;  // 1 .. 12
    int day = 1;    // 1 .. 31
};

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}
constexpr std::int64_t floor_mod(std::int64_t a, std::int64_t b) { return a - floor_div(a, b) * b; }

constexpr bool is_leap_year(std::int64_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr int days_in_month(std::int64_t year, int month) {
    if (month == 2) return is_leap_year(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Counted in years that begin in March, so that the leap day is the last of its year; the months
// from March on then have lengths that 153 days per five months describe.
constexpr std::int64_t days_of(std::int64_t year, int month, int day) {
    const std::int64_t march_year = month <= 2 ? year - 1 : year;
    const std::int64_t era = floor_div(march_year, 400);
    const std::int64_t year_of_era = march_year - era * 400;
    const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

constexpr CivilDate civil_of(std::int64_t days) {
    const std::int64_t shifted = days + 719'468;
    const std::int64_t era = floor_div(shifted, 146'097);
    const std::int64_t day_of_era = shifted - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
    CivilDate date;
    date.day = static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    date.month = static_cast<int>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
    return date;
}

// 1 is Monday, 7 is Sunday.
constexpr int weekday_of(std::int64_t days) { return static_cast<int>(floor_mod(days + 3, 7)) + 1; }

constexpr int ordinal_day_of(std::int64_t days) {
    return static_cast<int>(days - days_of(civil_of(days).year, 1, 1)) + 1;
}

// ISO 8601 weeks: the week belongs to the year of its Thursday.
struct WeekDate {
    std::int64_t year = 1970;
    int week = 1;     // 1 .. 53
    int weekday = 1;  // 1 .. 7
};
constexpr WeekDate week_of(std::int64_t days) {
    const int weekday = weekday_of(days);
    const std::int64_t thursday = days - weekday + 4;
    WeekDate date;
    date.year = civil_of(thursday).year;
    date.week = (ordinal_day_of(thursday) - 1) / 7 + 1;
    date.weekday = weekday;
    return date;
}
constexpr std::int64_t days_of_week(std::int64_t week_year, int week, int weekday) {
    const std::int64_t fourth = days_of(week_year, 1, 4);  // always in week 1
    return fourth - weekday_of(fourth) + 1 + (week - 1) * std::int64_t{7} + weekday - 1;
}
constexpr int weeks_in(std::int64_t week_year) { return week_of(days_of(week_year, 12, 28)).week; }

// The date months later; a day beyond the month's end becomes its last.
constexpr std::int64_t plus_months(std::int64_t days, std::int64_t months) {
    const CivilDate date = civil_of(days);
    const std::int64_t month_index = date.year * 12 + (date.month - 1) + months;
    const std::int64_t year = floor_div(month_index, 12);
    const int month = static_cast<int>(floor_mod(month_index, 12)) + 1;
    const int last = days_in_month(year, month);
    return days_of(year, month, date.day < last ? date.day : last);
}

}  // namespace maek::query
