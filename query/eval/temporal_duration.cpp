// Durations: combined from parts, added, scaled, measured between temporal values; and temporal
// values moved by them.
#include <cmath>
#include <limits>

#include "query/eval/failures.h"
#include "query/eval/temporal_parts.h"

namespace maek::query {

namespace {

// A month is 30.436875 days on average, a year of the Gregorian calendar 365.2425.
constexpr std::int64_t kSecondsPerMonth = 2'629'746;

[[noreturn]] void too_long() { fail_value("the duration is too long; its parts have 64 bits"); }

std::int64_t plus(std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    if (__builtin_add_overflow(a, b, &out)) too_long();
    return out;
}
std::int64_t times(std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    if (__builtin_mul_overflow(a, b, &out)) too_long();
    return out;
}
std::int64_t whole_of(long double x) {
    if (!(x > -9.2e18L && x < 9.2e18L)) too_long();
    return static_cast<std::int64_t>(x);
}

// Fractions of months and days run down into days, seconds and nanoseconds, the last to the nearest.
// `seconds` and `nanos` are exact, `rest` is nanoseconds with fractions.
Duration run_down(std::int64_t months, double month_rest, std::int64_t days, double day_rest,
                  std::int64_t seconds, std::int64_t nanos, long double rest) {
    const double run = month_rest * static_cast<double>(kSecondsPerMonth) + day_rest * static_cast<double>(kSecondsPerDay);
    const std::int64_t run_seconds = whole_of(std::trunc(run));
    rest += static_cast<long double>(run - static_cast<double>(run_seconds)) * kNanosPerSecond;
    return make_duration(months, plus(days, run_seconds / kSecondsPerDay), plus(seconds, run_seconds % kSecondsPerDay),
                         plus(nanos, whole_of(std::nearbyint(rest))));
}

}  // namespace

Duration make_duration(std::int64_t months, std::int64_t days, std::int64_t seconds, std::int64_t nanos) {
    Duration d;
    d.months = months;
    d.days = days;
    d.seconds = plus(seconds, floor_div(nanos, kNanosPerSecond));
    d.nanos = static_cast<std::int32_t>(floor_mod(nanos, kNanosPerSecond));
    return d;
}

Duration combine(const DurationParts& p) {
    const double month_fraction = p.years.fraction * 12 + p.months.fraction;
    const double more_months = std::trunc(month_fraction);
    const std::int64_t months = plus(plus(times(p.years.whole, 12), p.months.whole), static_cast<std::int64_t>(more_months));
    const std::int64_t days = plus(times(p.weeks.whole, 7), p.days.whole);
    std::int64_t seconds = plus(plus(times(p.hours.whole, 3600), times(p.minutes.whole, 60)), p.seconds.whole);
    seconds = plus(seconds, p.milliseconds.whole / 1'000);
    seconds = plus(seconds, p.microseconds.whole / 1'000'000);
    seconds = plus(seconds, p.nanoseconds.whole / kNanosPerSecond);
    const std::int64_t nanos = p.milliseconds.whole % 1'000 * 1'000'000 + p.microseconds.whole % 1'000'000 * 1'000 +
                               p.nanoseconds.whole % kNanosPerSecond;
    const long double rest = p.hours.fraction * 3600e9L + p.minutes.fraction * 60e9L + p.seconds.fraction * 1e9L +
                             p.milliseconds.fraction * 1e6L + p.microseconds.fraction * 1e3L + p.nanoseconds.fraction;
    return run_down(months, month_fraction - more_months, days, p.weeks.fraction * 7 + p.days.fraction, seconds, nanos, rest);
}

Duration add_durations(const Duration& a, const Duration& b, int sign) {
    return make_duration(plus(a.months, times(b.months, sign)), plus(a.days, times(b.days, sign)),
                         plus(a.seconds, times(b.seconds, sign)), a.nanos + sign * std::int64_t{b.nanos});
}

namespace {

Duration scale_exactly(const Duration& d, std::int64_t factor) {
    __extension__ using Wide = __int128;
    const Wide nanos = (static_cast<Wide>(d.seconds) * kNanosPerSecond + d.nanos) * factor;
    const Wide seconds = nanos / kNanosPerSecond;
    if (seconds > std::numeric_limits<std::int64_t>::max() || seconds < std::numeric_limits<std::int64_t>::min()) too_long();
    return make_duration(times(d.months, factor), times(d.days, factor), static_cast<std::int64_t>(seconds),
                         static_cast<std::int64_t>(nanos % kNanosPerSecond));
}

// Months and days are scaled in double precision, whose rounding makes 10 months * 0.7 seven.
template <class Scale>
Duration scale_by(const Duration& d, Scale scale) {
    const double months = static_cast<double>(scale(static_cast<double>(d.months)));
    const double days = static_cast<double>(scale(static_cast<double>(d.days)));
    if (!std::isfinite(months) || !std::isfinite(days)) too_long();
    const long double nanos = scale(static_cast<long double>(d.seconds) * kNanosPerSecond + d.nanos);
    const long double seconds = std::trunc(nanos / kNanosPerSecond);
    const std::int64_t whole_months = whole_of(months), whole_days = whole_of(days);
    return run_down(whole_months, months - static_cast<double>(whole_months), whole_days,
                    days - static_cast<double>(whole_days), whole_of(seconds), 0, nanos - seconds * kNanosPerSecond);
}

}  // namespace

Duration scale_duration(const Duration& d, double factor) {
    if (std::trunc(factor) == factor && std::fabs(factor) < 9e18) return scale_exactly(d, static_cast<std::int64_t>(factor));
    return scale_by(d, [&](auto x) { return x * factor; });
}

Duration divide_duration(const Duration& d, double divisor) {
    if (divisor == 1) return d;
    return scale_by(d, [&](auto x) { return x / divisor; });
}

std::strong_ordering compare_duration(const Duration& a, const Duration& b) {
    __extension__ using Wide = __int128;
    const auto length = [](const Duration& d) {
        const Wide seconds = static_cast<Wide>(d.months) * kSecondsPerMonth + static_cast<Wide>(d.days) * kSecondsPerDay + d.seconds;
        return seconds * kNanosPerSecond + d.nanos;
    };
    const Wide x = length(a), y = length(b);
    if (x == y) return std::strong_ordering::equal;
    return x < y ? std::strong_ordering::less : std::strong_ordering::greater;
}

// --- moving temporal values

namespace {

// Months first, then days, on the local calendar.
void move_date(Moment& m, const Duration& d, std::int64_t more_days) {
    constexpr std::int64_t kFar = 40'000'000'000;  // months or days beyond any calendar
    if (d.months > kFar || d.months < -kFar) require_day(kFar * 31);
    m.day = plus_months(m.day, d.months);
    require_day(m.day);
    m.day = plus(plus(m.day, d.days), more_days);
    require_day(m.day);
}

}  // namespace

Value add_duration(const Value& temporal, const Duration& duration, int sign) {
    const Duration d = sign < 0 ? scale_exactly(duration, -1) : duration;
    Moment m = take_apart(temporal);
    if (!m.has_clock) {  // whole days of the clock part count, its rest does not
        std::int64_t seconds = d.seconds;
        if (seconds < 0 && d.nanos > 0) ++seconds;
        move_date(m, d, seconds / kSecondsPerDay);
        return put_together(temporal.kind(), m);
    }
    if (!m.has_date) {
        const std::int64_t moved = floor_mod(d.seconds, kSecondsPerDay) * kNanosPerSecond + d.nanos;
        m.nanos = (m.nanos + moved) % kNanosPerDay;
        return put_together(temporal.kind(), m);
    }
    move_date(m, d, 0);
    if (m.has_zone) settle(m);
    const std::int64_t nanos = m.nanos % kNanosPerSecond + d.nanos;
    const std::int64_t epoch = plus(plus(epoch_of(m), d.seconds), nanos / kNanosPerSecond);
    require_day(floor_div(epoch, kSecondsPerDay));
    const Moment moved = at_instant(epoch, nanos % kNanosPerSecond, m.has_zone ? m.zone : Zone{});
    return put_together(temporal.kind(), moved);
}

// --- between two temporal values

namespace {

// Both ends on one footing: what one lacks it takes from the other: the date, midnight, the zone.
void align(Moment& from, Moment& to) {
    const auto complete = [](Moment& m, const Moment& other) {
        if (!m.has_date && other.has_date) m.day = other.day;
        if (!m.has_zone && other.has_zone) {
            m.zone = other.zone;
            m.offset = kAnyOffset;
        }
    };
    const Moment original = from;
    complete(from, to);
    complete(to, original);
    const bool zoned = from.has_zone || to.has_zone;
    from.has_zone = to.has_zone = zoned;
    if (!zoned) return;
    settle(from);
    settle(to);
    to = in_zone(to, from.zone);
}

__extension__ using Wide = __int128;
Wide local_nanos(const Moment& m) { return static_cast<Wide>(m.day) * kNanosPerDay + m.nanos; }

// Whole months from one local reading to another, towards zero.
std::int64_t whole_months(const Moment& from, const Moment& to) {
    const CivilDate a = civil_of(from.day), b = civil_of(to.day);
    std::int64_t months = (b.year - a.year) * 12 + b.month - a.month;
    const Wide rest_a = static_cast<Wide>(a.day) * kNanosPerDay + from.nanos;
    const Wide rest_b = static_cast<Wide>(b.day) * kNanosPerDay + to.nanos;
    if (months > 0 && rest_b < rest_a) --months;
    if (months < 0 && rest_b > rest_a) ++months;
    return months;
}

std::int64_t whole_days(const Moment& from, const Moment& to) {
    return static_cast<std::int64_t>((local_nanos(to) - local_nanos(from)) / kNanosPerDay);
}

Duration seconds_between(const Moment& from, const Moment& to) {
    return make_duration(0, 0, epoch_of(to) - epoch_of(from), to.nanos % kNanosPerSecond - from.nanos % kNanosPerSecond);
}

}  // namespace

Value duration_between(EvalContext&, DurationPart part, const Value& from_value, const Value& to_value) {
    if (from_value.is_null() || to_value.is_null()) return Value::null();
    for (const Value* v : {&from_value, &to_value}) {
        if (!kTemporalKinds.has(v->kind())) fail_kind("duration.between()", "temporal values", *v);
    }
    Moment from = take_apart(from_value), to = take_apart(to_value);
    const bool dated = from.has_date || to.has_date;
    align(from, to);
    if (!dated && (part == DurationPart::kMonths || part == DurationPart::kDays)) return Value::duration({});
    if (!dated || part == DurationPart::kSeconds) return Value::duration(seconds_between(from, to));
    if (part == DurationPart::kDays) return Value::duration(make_duration(0, whole_days(from, to), 0, 0));
    const std::int64_t months = whole_months(from, to);
    if (part == DurationPart::kMonths) return Value::duration(make_duration(months, 0, 0, 0));
    Moment walked = from;
    walked.day = plus_months(walked.day, months);
    const std::int64_t days = whole_days(walked, to);
    walked.day += days;
    if (walked.has_zone) settle(walked);
    const Duration rest = seconds_between(walked, to);
    return Value::duration(make_duration(months, days, rest.seconds, rest.nanos));
}

}  // namespace maek::query
