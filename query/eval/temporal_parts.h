// Room: query, inner. What the temporal_*.cpp files share: every temporal value seen as one record
// of day, clock and zone, and the way back. Only for them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "query/eval/calendar.h"
#include "query/eval/eval_context.h"
#include "query/eval/kinds.h"
#include "query/eval/temporal.h"
#include "query/eval/time_zone.h"
#include "schema/value.h"

namespace maek::query {

// No wish which offset an ambiguous local reading should have: the earlier instant is taken.
inline constexpr std::int32_t kAnyOffset = -0x7FFFFFFF;

// A named zone, or a fixed offset.
struct Zone {
    const TimeZone* named = nullptr;
    std::int32_t offset = 0;  // of a fixed one
};

// "Z", "+01:00" or "Europe/Stockholm"; throws for anything else.
Zone read_zone(std::string_view text);
std::optional<Zone> find_zone_or_offset(std::string_view text);
// The zone of temporal values given without one.
Zone default_zone(const EvalContext& context);

// Any temporal value, taken apart. What the kind does not have is zero and the flag is off.
struct Moment {
    bool has_date = false, has_clock = false, has_zone = false;
    std::int64_t day = 0;    // of the local calendar
    std::int64_t nanos = 0;  // of the local day
    Zone zone;
    std::int32_t offset = 0;  // in force; a wish where it is ambiguous

    std::int64_t local_seconds() const { return day * kSecondsPerDay + nanos / kNanosPerSecond; }
};

Moment take_apart(const Value& temporal);
// Local readings in a gap of the zone move on; the offset is made true. Throws beyond the calendar.
Value put_together(ValueKind kind, Moment moment);

// Settles the offset of a local reading in its zone; may move the clock out of a gap.
void settle(Moment& moment);
// The same instant on another zone's clock. Requires: settled, has_zone.
Moment in_zone(const Moment& moment, const Zone& zone);
Moment at_instant(std::int64_t epoch_seconds, std::int64_t nanos, const Zone& zone);
// Seconds since 1970-01-01T00:00Z. Requires: settled; without a zone the local clock counts as UTC.
std::int64_t epoch_of(const Moment& moment);

// Throws when the value of the field is not from low to high.
void require_within(std::string_view field, std::int64_t value, std::int64_t low, std::int64_t high);
// Throws when the day is outside the years that hold.
void require_day(std::int64_t day);
std::int64_t checked_day(std::int64_t year, int month, int day);

// The parts of a duration with fractions still on them; a fraction has its whole part's sign.
struct Amount {
    std::int64_t whole = 0;
    double fraction = 0;
};
struct DurationParts {
    Amount years, months, weeks, days, hours, minutes, seconds, milliseconds, microseconds, nanoseconds;
};
Duration combine(const DurationParts& parts);
Duration make_duration(std::int64_t months, std::int64_t days, std::int64_t seconds, std::int64_t nanos);

// temporal_map.cpp: the fields of a map laid over a moment (what is given replaces), as in
// date({date: d, day: 3}); `fields` must be a map.
Moment overlay(EvalContext& context, ValueKind kind, const Value& fields, const std::optional<Moment>& base);

}  // namespace maek::query
