// Room: query, inner. Time zones: names to offsets at instants, from the tz data built into maek
// (schema/tz/zones.txt, see schema/tz/README.md). The system's zoneinfo is never read.
// Tests: tests/query/eval/temporal_zone_test.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maek::query {

// One zone's history. Immutable once loaded; lives until the program ends.
class TimeZone {
public:
    // The name as the tz data spells it: "Europe/Stockholm".
    const std::string& name() const { return name_; }

    // Seconds east of UTC in force at an instant.
    std::int32_t offset_at(std::int64_t epoch_seconds) const;

    // Of a local clock reading (seconds since 1970-01-01T00:00 of that clock). In an overlap the
    // earlier instant's offset; in a gap the offset before it, which moves the clock on by the gap.
    std::int32_t offset_of_local(std::int64_t local_seconds) const;

    // Whether the offset can be in force at that local reading (both are in an overlap).
    bool is_valid_offset(std::int64_t local_seconds, std::int32_t offset) const;

private:
    friend const TimeZone* find_zone(std::string_view name);

    // A rule of the tail: month, week (5: last), weekday (0: Sunday), seconds after local midnight.
    struct YearlyRule {
        int month = 0, week = 0, weekday = 0;
        std::int64_t seconds = 0;
    };
    static std::unique_ptr<TimeZone> read(std::string_view name, std::string_view record);
    void read_tail(std::string_view posix);
    std::int32_t tail_offset_at(std::int64_t epoch_seconds) const;

    std::string name_;
    std::int32_t first_offset_ = 0;
    std::vector<std::int64_t> instants_;     // ascending; from instants_[i] on ...
    std::vector<std::int32_t> offsets_;      // ... offsets_[i] is in force
    std::int32_t standard_ = 0, summer_ = 0; // after the last instant
    bool has_summer_ = false;
    YearlyRule summer_begins_, summer_ends_;
};

// Without regard to case; nullptr when there is no such zone. Thread-safe.
const TimeZone* find_zone(std::string_view name);

// "2026b"
std::string_view time_zone_version();

// "+01:00", "+0100", "+01", "Z", "-02:05:07" as seconds east; nothing for other text.
std::optional<std::int32_t> parse_offset(std::string_view text);
// "Z", "+01:00", "+02:05:59"
std::string format_offset(std::int32_t seconds);

}  // namespace maek::query
