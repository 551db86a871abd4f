// Room: schema. The temporal and spatial values of the openCypher language as plain records.
// Proleptic Gregorian calendar, years -999,999,999 to +999,999,999, nanoseconds. Arithmetic,
// parsing, printing and time zones live in query/eval; here stand only the words.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace maek {

struct Date {
    std::int64_t epoch_day = 0;  // days since 1970-01-01
    auto operator<=>(const Date&) const = default;
};

struct LocalTime {
    std::int64_t nanos = 0;  // since midnight, below 86,400 * 10^9
    auto operator<=>(const LocalTime&) const = default;
};

struct Time {
    std::int64_t nanos = 0;           // local, since midnight
    std::int32_t offset_seconds = 0;  // east of UTC
    bool operator==(const Time&) const = default;
};

struct LocalDateTime {
    std::int64_t epoch_seconds = 0;  // of the local clock
    std::int32_t nanos = 0;          // 0 .. 999,999,999
    auto operator<=>(const LocalDateTime&) const = default;
};

struct DateTime {
    std::int64_t epoch_seconds = 0;  // UTC
    std::int32_t nanos = 0;
    std::int32_t offset_seconds = 0;  // in force at that instant
    std::string zone;                 // "Europe/Stockholm", or empty for a bare offset
    bool operator==(const DateTime&) const = default;
};

// The four parts are kept apart: months and days have no fixed length.
struct Duration {
    std::int64_t months = 0;
    std::int64_t days = 0;
    std::int64_t seconds = 0;
    std::int32_t nanos = 0;  // 0 .. 999,999,999, also when seconds is negative
    bool operator==(const Duration&) const = default;
};

// srid 7203 cartesian, 9157 cartesian 3D, 4326 WGS-84 (x longitude), 4979 WGS-84 3D.
struct Point {
    std::int32_t srid = 7203;
    double x = 0, y = 0, z = 0;
    bool is_3d() const { return srid == 9157 || srid == 4979; }
    bool is_geographic() const { return srid == 4326 || srid == 4979; }
    bool operator==(const Point&) const = default;
};

}  // namespace maek
