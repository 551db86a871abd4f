// Room: query, inner. Dates, times and durations: made, read, shown, added, measured and cut.
// Days are counted on the proleptic Gregorian calendar in 64 bits and nanoseconds beside seconds,
// so that years from -999,999,999 to +999,999,999 hold. Zones come from tz data built into maek.
// Whatever is impossible throws QueryError (ArgumentError). Tests: tests/query/eval/temporal_*_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "query/eval/eval_context.h"
#include "schema/temporal.h"
#include "schema/value.h"

namespace maek::query {

inline constexpr std::int64_t kMaxYear = 999'999'999;
inline constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
inline constexpr std::int64_t kSecondsPerDay = 86'400;
inline constexpr std::int64_t kNanosPerDay = kSecondsPerDay * kNanosPerSecond;

// --- constructors, by the kind wanted (kDate ... kDateTime, kDuration)
// date('2015-07'), date({year: 2015}), date(other): from text, map or another temporal value.
Value make_temporal(EvalContext& context, ValueKind kind, const Value& argument);
// date(), time() ...: now. `clock` is the function after the dot: "", "statement", "transaction",
// "realtime"; zone may be null.
Value current_temporal(EvalContext& context, ValueKind kind, EvalContext::Instant instant,
                       const Value& zone);
// date.truncate(unit, temporal, fields).
Value truncate_temporal(EvalContext& context, ValueKind kind, std::string_view unit,
                        const Value& temporal, const Value& fields);
// datetime.fromEpoch(seconds, nanoseconds), datetime.fromEpochMillis(ms).
Value date_time_from_epoch(const Value& seconds, const Value& nanos);
Value date_time_from_epoch_millis(const Value& millis);

// duration.between / inMonths / inDays / inSeconds.
enum class DurationPart : std::uint8_t { kAll, kMonths, kDays, kSeconds };
Value duration_between(EvalContext& context, DurationPart part, const Value& from, const Value& to);

// --- text
// The value written as text, or nothing when the text is not of that kind's form.
std::optional<Value> parse_temporal(EvalContext& context, ValueKind kind, std::string_view text);
// Requires: a temporal value or duration.
std::string format_temporal(const Value& value);

// --- access
// temporal.year and so on; null for a name that the kind does not have.
Value temporal_component(const Value& temporal, std::string_view name);

// --- arithmetic; throws ArgumentError when the result leaves the calendar
Value add_duration(const Value& temporal, const Duration& duration, int sign);
Duration add_durations(const Duration& a, const Duration& b, int sign);
Duration scale_duration(const Duration& duration, double factor);
Duration divide_duration(const Duration& duration, double divisor);  // divisor is not 0

// --- comparison keys: what `<` compares; only within one kind
std::strong_ordering compare_temporal(const Value& a, const Value& b);
// Durations order by their average length (a month has 30.436875 days).
std::strong_ordering compare_duration(const Duration& a, const Duration& b);

}  // namespace maek::query
