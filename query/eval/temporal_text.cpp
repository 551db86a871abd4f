// Temporal values as ISO 8601 text, and their parts by name.
#include <array>

#include "query/eval/failures.h"
#include "query/eval/temporal_parts.h"

namespace maek::query {

namespace {

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
    const std::string digits = std::to_string(value);
    if (digits.size() < width) out.append(width - digits.size(), '0');
    out += digits;
}

void append_date(std::string& out, std::int64_t day) {
    const CivilDate date = civil_of(day);
    if (date.year < 0) out += '-';
    if (date.year > 9999) out += '+';
    append_padded(out, date.year < 0 ? -date.year : date.year, 4);
    out += '-';
    append_padded(out, date.month, 2);
    out += '-';
    append_padded(out, date.day, 2);
}

// ".123" without trailing zeros; nothing for 0.
void append_fraction(std::string& out, std::int64_t nanos) {
    if (nanos == 0) return;
    std::string digits;
    append_padded(digits, nanos, 9);
    digits.resize(digits.find_last_not_of('0') + 1);
    out += '.' + digits;
}

void append_clock(std::string& out, std::int64_t nanos_of_day) {
    const std::int64_t seconds = nanos_of_day / kNanosPerSecond, fraction = nanos_of_day % kNanosPerSecond;
    append_padded(out, seconds / 3600, 2);
    out += ':';
    append_padded(out, seconds / 60 % 60, 2);
    if (seconds % 60 == 0 && fraction == 0) return;
    out += ':';
    append_padded(out, seconds % 60, 2);
    append_fraction(out, fraction);
}

void append_part(std::string& out, std::int64_t value, char unit) {
    if (value == 0) return;
    out += std::to_string(value);
    out += unit;
}

std::string duration_text(const Duration& d) {
    std::string out = "P";
    append_part(out, d.months / 12, 'Y');
    append_part(out, d.months % 12, 'M');
    append_part(out, d.days, 'D');
    if (d.seconds == 0 && d.nanos == 0) return out.size() > 1 ? out : "PT0S";
    // Stored as floor seconds and nanos upwards; shown with one sign throughout.
    const bool negative = d.seconds < 0;
    const std::int64_t seconds = negative && d.nanos > 0 ? d.seconds + 1 : d.seconds;
    const std::int64_t nanos = negative && d.nanos > 0 ? kNanosPerSecond - d.nanos : d.nanos;
    out += 'T';
    append_part(out, seconds / 3600, 'H');
    append_part(out, seconds / 60 % 60, 'M');
    const std::int64_t rest = seconds % 60;
    if (rest == 0 && nanos == 0) return out;
    if (negative) out += '-';
    out += std::to_string(rest < 0 ? -rest : rest);
    append_fraction(out, nanos);
    return out + 'S';
}

}  // namespace

std::string format_temporal(const Value& value) {
    if (value.is(ValueKind::kDuration)) return duration_text(value.as_duration());
    const Moment m = take_apart(value);
    std::string out;
    if (m.has_date) append_date(out, m.day);
    if (m.has_date && m.has_clock) out += 'T';
    if (m.has_clock) append_clock(out, m.nanos);
    if (m.has_zone) out += format_offset(m.offset);
    if (m.zone.named != nullptr) out += '[' + m.zone.named->name() + ']';
    return out;
}

std::strong_ordering compare_temporal(const Value& a, const Value& b) {
    switch (a.kind()) {
        case ValueKind::kDate: return a.as_date() <=> b.as_date();
        case ValueKind::kLocalTime: return a.as_local_time() <=> b.as_local_time();
        case ValueKind::kLocalDateTime: return a.as_local_date_time() <=> b.as_local_date_time();
        case ValueKind::kTime: {
            const Time &x = a.as_time(), &y = b.as_time();
            const auto utc = [](const Time& t) { return t.nanos - t.offset_seconds * kNanosPerSecond; };
            if (const auto o = utc(x) <=> utc(y); o != 0) return o;
            return x.offset_seconds <=> y.offset_seconds;
        }
        default: break;
    }
    const DateTime &x = a.as_date_time(), &y = b.as_date_time();
    if (const auto o = x.epoch_seconds <=> y.epoch_seconds; o != 0) return o;
    if (const auto o = x.nanos <=> y.nanos; o != 0) return o;
    if (const auto o = x.offset_seconds <=> y.offset_seconds; o != 0) return o;
    return x.zone <=> y.zone;
}

// --- parts by name

namespace {

std::optional<std::int64_t> date_part(std::int64_t day, std::string_view name) {
    const CivilDate date = civil_of(day);
    const int quarter = (date.month - 1) / 3 + 1;
    if (name == "year") return date.year;
    if (name == "quarter") return quarter;
    if (name == "month") return date.month;
    if (name == "week") return week_of(day).week;
    if (name == "weekYear") return week_of(day).year;
    if (name == "day") return date.day;
    if (name == "ordinalDay" || name == "dayOfYear") return ordinal_day_of(day);
    if (name == "weekDay" || name == "dayOfWeek") return weekday_of(day);
    if (name == "dayOfQuarter") return day - days_of(date.year, 3 * quarter - 2, 1) + 1;
    return std::nullopt;
}

std::optional<std::int64_t> clock_part(std::int64_t nanos, std::string_view name) {
    const std::int64_t seconds = nanos / kNanosPerSecond, fraction = nanos % kNanosPerSecond;
    if (name == "hour") return seconds / 3600;
    if (name == "minute") return seconds / 60 % 60;
    if (name == "second") return seconds % 60;
    if (name == "millisecond") return fraction / 1'000'000;
    if (name == "microsecond") return fraction / 1'000;
    if (name == "nanosecond") return fraction;
    return std::nullopt;
}

// seconds * per_second + part, where that fits.
Value in_units(std::int64_t seconds, std::int64_t per_second, std::int64_t part) {
    std::int64_t out = 0;
    if (__builtin_mul_overflow(seconds, per_second, &out) || __builtin_add_overflow(out, part, &out)) {
        fail_overflow("the value is too large to be counted in that unit; integers have 64 bits");
    }
    return Value::integer(out);
}

Value zone_part(const Moment& m, std::string_view name) {
    if (name == "timezone") return Value::string(m.zone.named != nullptr ? m.zone.named->name() : format_offset(m.offset));
    if (name == "offset") return Value::string(format_offset(m.offset));
    if (name == "offsetMinutes") return Value::integer(m.offset / 60);
    if (name == "offsetSeconds") return Value::integer(m.offset);
    if (!m.has_date) return Value::null();
    if (name == "epochSeconds") return Value::integer(epoch_of(m));
    if (name == "epochMillis") return in_units(epoch_of(m), 1'000, m.nanos % kNanosPerSecond / 1'000'000);
    return Value::null();
}

Value duration_part(const Duration& d, std::string_view name) {
    const std::pair<std::string_view, std::int64_t> plain[] = {
        {"years", d.months / 12}, {"quarters", d.months / 3}, {"months", d.months},
        {"weeks", d.days / 7}, {"days", d.days}, {"hours", d.seconds / 3600},
        {"minutes", d.seconds / 60}, {"seconds", d.seconds},
        {"quartersOfYear", d.months / 3 % 4}, {"monthsOfQuarter", d.months % 3}, {"monthsOfYear", d.months % 12},
        {"daysOfWeek", d.days % 7}, {"minutesOfHour", d.seconds / 60 % 60}, {"secondsOfMinute", d.seconds % 60},
        {"millisecondsOfSecond", d.nanos / 1'000'000}, {"microsecondsOfSecond", d.nanos / 1'000},
        {"nanosecondsOfSecond", d.nanos}};
    for (const auto& [part, value] : plain) {
        if (part == name) return Value::integer(value);
    }
    if (name == "milliseconds") return in_units(d.seconds, 1'000, d.nanos / 1'000'000);
    if (name == "microseconds") return in_units(d.seconds, 1'000'000, d.nanos / 1'000);
    if (name == "nanoseconds") return in_units(d.seconds, kNanosPerSecond, d.nanos);
    return Value::null();
}

}  // namespace

Value temporal_component(const Value& temporal, std::string_view name) {
    if (temporal.is(ValueKind::kDuration)) return duration_part(temporal.as_duration(), name);
    const Moment m = take_apart(temporal);
    if (m.has_date) {
        if (const auto part = date_part(m.day, name)) return Value::integer(*part);
    }
    if (m.has_clock) {
        if (const auto part = clock_part(m.nanos, name)) return Value::integer(*part);
    }
    return m.has_zone ? zone_part(m, name) : Value::null();
}

}  // namespace maek::query
