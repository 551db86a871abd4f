// Temporal values from text, in the forms of ISO 8601.
#include <algorithm>
#include <charconv>

#include "query/eval/failures.h"
#include "query/eval/render.h"
#include "query/eval/temporal_parts.h"

namespace maek::query {

namespace {

// Reads one text from left to right; every take_ leaves it untouched when it does not match.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool done() const { return rest_.empty(); }
    std::string_view rest() const { return rest_; }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::size_t digits_ahead() const {
        std::size_t n = 0;
        while (n < rest_.size() && is_digit(rest_[n])) ++n;
        return n;
    }
    // Exactly so many digits, as a number.
    std::optional<std::int64_t> digits(std::size_t count) {
        if (digits_ahead() < count) return std::nullopt;
        std::int64_t value = 0;
        for (const char c : rest_.substr(0, count)) value = value * 10 + (c - '0');
        rest_.remove_prefix(count);
        return value;
    }
    std::optional<int> two() {
        const auto value = digits(2);
        return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
    }
    std::string_view take_digits() {
        const std::string_view found = rest_.substr(0, digits_ahead());
        rest_.remove_prefix(found.size());
        return found;
    }
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }

private:
    std::string_view rest_;
};

// --- dates

struct Year {
    std::int64_t value = 0;
    bool spelled_out = false;  // with a sign: only forms with '-' may follow
};

std::optional<Year> read_year(Reader& in) {
    const bool minus = in.take('-');
    const bool sign = minus || in.take('+');
    if (!sign) {
        const auto year = in.digits(4);
        return year ? std::optional(Year{*year, false}) : std::nullopt;
    }
    const std::size_t count = in.digits_ahead();
    if (count > 9) fail_value("a year lies from -999999999 to 999999999, got " + std::string(in.rest().substr(0, count)));
    if (count < 1) return std::nullopt;
    const std::int64_t value = *in.digits(count);
    return Year{minus ? -value : value, true};
}

std::optional<std::int64_t> day_in_week(Reader& in, std::int64_t year, bool dashes) {
    const auto week = in.two();
    if (!week) return std::nullopt;
    require_within("week", *week, 1, weeks_in(year));
    if (dashes ? !in.take('-') : in.digits_ahead() == 0) return days_of_week(year, *week, 1);
    const auto weekday = in.digits(1);
    if (!weekday) return std::nullopt;
    require_within("dayOfWeek", *weekday, 1, 7);
    return days_of_week(year, *week, static_cast<int>(*weekday));
}

std::optional<std::int64_t> day_in_quarter(Reader& in, std::int64_t year, bool dashes) {
    const auto quarter = in.digits(1);
    if (!quarter) return std::nullopt;
    require_within("quarter", *quarter, 1, 4);
    const std::int64_t first = days_of(year, static_cast<int>(3 * *quarter - 2), 1);
    if (dashes ? !in.take('-') : in.digits_ahead() == 0) return first;
    const auto day = in.digits(in.digits_ahead() == 1 ? 1 : 2);
    if (!day) return std::nullopt;
    require_within("dayOfQuarter", *day, 1, plus_months(first, 3) - first);
    return first + *day - 1;
}

std::int64_t day_in_year(std::int64_t year, std::int64_t ordinal) {
    require_within("ordinalDay", ordinal, 1, is_leap_year(year) ? 366 : 365);
    return days_of(year, 1, 1) + ordinal - 1;
}

std::int64_t day_in_month(std::int64_t year, int month, int day) {
    require_within("month", month, 1, 12);
    require_within("day", day, 1, 31);
    return checked_day(year, month, day);
}

// What follows "2015-".
std::optional<std::int64_t> dashed_date(Reader& in, std::int64_t year) {
    if (in.take('W')) return day_in_week(in, year, true);
    if (in.take('Q')) return day_in_quarter(in, year, true);
    if (in.digits_ahead() == 3) return day_in_year(year, *in.digits(3));
    const auto month = in.two();
    if (!month) return std::nullopt;
    if (!in.take('-')) return day_in_month(year, *month, 1);
    const auto day = in.two();
    if (!day) return std::nullopt;
    return day_in_month(year, *month, *day);
}

// What follows "2015" without a dash.
std::optional<std::int64_t> compact_date(Reader& in, std::int64_t year) {
    if (in.take('W')) return day_in_week(in, year, false);
    if (in.take('Q')) return day_in_quarter(in, year, false);
    switch (in.digits_ahead()) {
        case 0: return days_of(year, 1, 1);
        case 2: return day_in_month(year, *in.two(), 1);
        case 3: return day_in_year(year, *in.digits(3));
        case 4: {
            const int month = *in.two();
            return day_in_month(year, month, *in.two());
        }
        default: return std::nullopt;
    }
}

std::optional<std::int64_t> read_date(Reader& in) {
    const auto year = read_year(in);
    if (!year) return std::nullopt;
    if (in.take('-')) return dashed_date(in, year->value);
    if (year->spelled_out && !in.done() && in.rest()[0] != 'T') return std::nullopt;
    return compact_date(in, year->value);
}

// --- clocks

// Digits after '.' or ',' as nanoseconds; 0 when there is no fraction.
std::optional<std::int64_t> read_fraction(Reader& in) {
    if (!in.take('.') && !in.take(',')) return 0;
    const std::string_view digits = in.take_digits();
    if (digits.empty() || digits.size() > 9) return std::nullopt;
    std::int64_t nanos = 0;
    for (std::size_t i = 0; i < 9; ++i) nanos = nanos * 10 + (i < digits.size() ? digits[i] - '0' : 0);
    return nanos;
}

std::optional<std::int64_t> read_clock(Reader& in) {
    const auto hour = in.two();
    if (!hour) return std::nullopt;
    require_within("hour", *hour, 0, 23);
    const bool colons = in.take(':');
    std::int64_t minute = 0, second = 0, nanos = 0;
    if (colons || in.digits_ahead() >= 2) {
        const auto read = in.two();
        if (!read) return std::nullopt;
        require_within("minute", *read, 0, 59);
        minute = *read;
        if (colons ? in.take(':') : in.digits_ahead() >= 2) {
            const auto seconds = in.two();
            if (!seconds) return std::nullopt;
            require_within("second", *seconds, 0, 59);
            second = *seconds;
            const auto fraction = read_fraction(in);
            if (!fraction) return std::nullopt;
            nanos = *fraction;
        }
    }
    return ((*hour * 60 + minute) * 60 + second) * kNanosPerSecond + nanos;
}

// What stands after the clock: an offset, a [Zone], both, or nothing.
bool read_zone_suffix(Reader& in, Moment& m) {
    std::string_view text = in.rest();
    if (text.empty()) return true;
    std::optional<std::int32_t> offset;
    const std::size_t bracket = text.find('[');
    if (bracket != 0) {
        offset = parse_offset(text.substr(0, bracket));
        if (!offset) return false;
        m.zone = Zone{nullptr, *offset};
    }
    m.has_zone = true;
    m.offset = offset.value_or(kAnyOffset);
    if (bracket == std::string_view::npos) return true;
    if (text.back() != ']') return false;
    const std::string_view name = text.substr(bracket + 1, text.size() - bracket - 2);
    m.zone = read_zone(name);
    if (!offset) return true;
    const std::int32_t wish = *offset;
    Moment settled = m;
    if (m.has_date) settle(settled);
    if (m.has_date && settled.offset != wish) {
        fail_value("the offset " + format_offset(wish) + " is not in force in " + std::string(name) +
                   " at that time; there it is " + format_offset(settled.offset));
    }
    return true;
}

std::optional<Moment> read_moment(ValueKind kind, std::string_view text) {
    Reader in(text);
    Moment m;
    if (kind != ValueKind::kLocalTime && kind != ValueKind::kTime) {
        const auto day = read_date(in);
        if (!day) return std::nullopt;
        m.has_date = true;
        m.day = *day;
        if (in.done()) return m;
        if (kind == ValueKind::kDate || !in.take('T')) return std::nullopt;
    }
    const auto clock = read_clock(in);
    if (!clock) return std::nullopt;
    m.has_clock = true;
    m.nanos = *clock;
    const bool zoned = kind == ValueKind::kTime || kind == ValueKind::kDateTime;
    if (!zoned) return in.done() ? std::optional(m) : std::nullopt;
    return read_zone_suffix(in, m) ? std::optional(m) : std::nullopt;
}

// --- durations

// [+-]digits[.digits]; the fraction is exact to the precision of a double.
std::optional<Amount> read_amount(Reader& in, bool negative) {
    if (in.take('-')) negative = !negative;
    else in.take('+');
    const std::string_view whole = in.take_digits();
    Amount out;
    const auto problem = std::from_chars(whole.data(), whole.data() + whole.size(), out.whole).ec;
    if (whole.empty() || problem != std::errc()) return std::nullopt;
    if (in.take('.') || in.take(',')) {
        const std::string_view digits = in.take_digits();
        if (digits.empty()) return std::nullopt;
        out.fraction = parse_float("0." + std::string(digits)).value_or(0);
    }
    if (negative) out = {-out.whole, -out.fraction};
    return out;
}

// Units in their order, each at most once.
bool read_units(Reader& in, DurationParts& parts, bool negative, std::string_view letters,
                std::initializer_list<Amount DurationParts::*> slots, bool& any) {
    std::size_t next = 0;
    while (!in.done() && in.rest()[0] != 'T') {
        const auto amount = read_amount(in, negative);
        if (!amount || in.done()) return false;
        const std::size_t unit = letters.find(in.rest()[0]);
        if (unit == std::string_view::npos || unit < next) return false;
        in.take(in.rest()[0]);
        parts.*(slots.begin()[unit]) = *amount;
        next = unit + 1;
        any = true;
    }
    return true;
}

std::optional<Duration> read_unit_duration(std::string_view text, bool negative) {
    Reader in(text);
    DurationParts parts;
    bool any = false;
    using P = DurationParts;
    if (!read_units(in, parts, negative, "YMWD", {&P::years, &P::months, &P::weeks, &P::days}, any)) return std::nullopt;
    if (in.take('T')) {
        any = false;
        if (!read_units(in, parts, negative, "HMS", {&P::hours, &P::minutes, &P::seconds}, any)) return std::nullopt;
    }
    if (!any || !in.done()) return std::nullopt;
    return combine(parts);
}

// P2012-02-02T14:37:21.545: amounts in the places of a date and a clock.
std::optional<Duration> read_dated_duration(std::string_view text, bool negative) {
    Reader in(text);
    const auto years = in.digits(4);
    if (!years) return std::nullopt;
    const bool dashes = in.take('-');
    const auto months = in.two();
    if (!months || *months > 12 || (dashes && !in.take('-'))) return std::nullopt;
    const auto days = in.two();
    if (!days || *days > 31) return std::nullopt;
    std::int64_t nanos = 0;
    if (in.take('T')) {
        const auto clock = read_clock(in);
        if (!clock) return std::nullopt;
        nanos = *clock;
    }
    if (!in.done()) return std::nullopt;
    const std::int64_t sign = negative ? -1 : 1;
    return make_duration(sign * (*years * 12 + *months), sign * *days, 0, sign * nanos);
}

std::optional<Duration> read_duration(std::string_view text) {
    Reader in(text);
    const bool negative = in.take('-');
    if (!negative) in.take('+');
    if (!in.take('P')) return std::nullopt;
    const auto units = read_unit_duration(in.rest(), negative);
    return units ? units : read_dated_duration(in.rest(), negative);
}

}  // namespace

std::optional<Value> parse_temporal(EvalContext& context, ValueKind kind, std::string_view text) {
    constexpr std::size_t kLongest = 256;
    if (text.size() > kLongest) return std::nullopt;
    if (kind == ValueKind::kDuration) {
        const auto duration = read_duration(text);
        return duration ? std::optional(Value::duration(*duration)) : std::nullopt;
    }
    auto m = read_moment(kind, text);
    if (!m) return std::nullopt;
    const bool zoned = kind == ValueKind::kTime || kind == ValueKind::kDateTime;
    if (zoned && !m->has_zone) {
        m->has_zone = true;
        m->zone = default_zone(context);
        m->offset = kAnyOffset;
    }
    if (kind == ValueKind::kTime && m->zone.named != nullptr) {
        const std::int32_t wish = m->offset;
        const std::int32_t now = m->zone.named->offset_at(context.statement_clock().epoch_seconds);
        m->zone = Zone{nullptr, wish == kAnyOffset ? now : wish};
    }
    return put_together(kind, *m);
}

}  // namespace maek::query
