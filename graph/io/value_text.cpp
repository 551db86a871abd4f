#include "graph/io/value_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "graph/io/json_text.h"

namespace maek::graph {

namespace {

void append_padded(std::string& out, std::int64_t v, std::size_t width) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, v).ptr;
    const auto size = static_cast<std::size_t>(end - digits);
    if (size < width) out.append(width - size, '0');
    out.append(digits, size);
}

struct Civil {
    std::int64_t year;
    unsigned month, day;
};

// Days since 1970-01-01 to the proleptic Gregorian calendar, by eras of 400 years from a March.
Civil civil_of(std::int64_t days) {
    days += 719'468;
    const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
    const auto day_of_era = static_cast<unsigned>(days - era * 146'097);
    const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const unsigned shifted = (5 * day_of_year + 2) / 153;
    const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
    return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2), month,
            day_of_year - (153 * shifted + 2) / 5 + 1};
}

std::int64_t days_of(const Civil& civil) {
    const std::int64_t year = civil.year - (civil.month <= 2);
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const auto year_of_era = static_cast<unsigned>(year - era * 400);
    const unsigned day_of_year = (153 * (civil.month > 2 ? civil.month - 3 : civil.month + 9) + 2) / 5 + civil.day - 1;
    const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + static_cast<std::int64_t>(day_of_era) - 719'468;
}

void append_date(std::string& out, std::int64_t epoch_day) {
    const Civil civil = civil_of(epoch_day);
    if (civil.year < 0) out.push_back('-');
    if (civil.year > 9999) out.push_back('+');
    append_padded(out, std::abs(civil.year), 4);
    out.push_back('-');
    append_padded(out, civil.month, 2);
    out.push_back('-');
    append_padded(out, civil.day, 2);
}

void append_fraction(std::string& out, std::int64_t nanos) {
    if (nanos == 0) return;
    out.push_back('.');
    append_padded(out, nanos, 9);
    while (out.back() == '0') out.pop_back();
}

void append_clock(std::string& out, std::int64_t seconds, std::int64_t nanos) {
    append_padded(out, seconds / 3600, 2);
    out.push_back(':');
    append_padded(out, seconds / 60 % 60, 2);
    out.push_back(':');
    append_padded(out, seconds % 60, 2);
    append_fraction(out, nanos);
}

void append_offset(std::string& out, std::int32_t offset) {
    if (offset == 0) {
        out.push_back('Z');
        return;
    }
    out.push_back(offset < 0 ? '-' : '+');
    const int positive = std::abs(offset);
    append_padded(out, positive / 3600, 2);
    out.push_back(':');
    append_padded(out, positive / 60 % 60, 2);
    if (positive % 60 != 0) {
        out.push_back(':');
        append_padded(out, positive % 60, 2);
    }
}

void append_date_time(std::string& out, std::int64_t local_seconds, std::int32_t nanos) {
    std::int64_t day = local_seconds / 86'400, rest = local_seconds % 86'400;
    if (rest < 0) --day, rest += 86'400;
    append_date(out, day);
    out.push_back('T');
    append_clock(out, rest, nanos);
}

void append_duration(std::string& out, const Duration& d) {
    out.push_back('P');
    if (d.months != 0) append_integer(out, d.months), out.push_back('M');
    if (d.days != 0) append_integer(out, d.days), out.push_back('D');
    if (d.seconds == 0 && d.nanos == 0) {
        if (out.back() == 'P') out += "T0S";
        return;
    }
    out.push_back('T');
    const bool negative = d.seconds < 0;
    const std::int64_t whole = negative && d.nanos > 0 ? d.seconds + 1 : d.seconds;
    if (negative && whole == 0) out.push_back('-');
    append_integer(out, whole);
    append_fraction(out, negative && d.nanos > 0 ? 1'000'000'000 - d.nanos : d.nanos);
    out.push_back('S');
}

// Reads ISO text from the front.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}
    bool done() const { return rest_.empty(); }
    char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
    bool eat(char c) {
        if (peek() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::string_view rest() const { return rest_; }

    // Exactly so many digits (0: as many as there are).
    std::optional<std::int64_t> digits(std::size_t exactly = 0) {
        std::size_t n = 0;
        while (n < rest_.size() && rest_[n] >= '0' && rest_[n] <= '9' && (exactly == 0 || n < exactly)) ++n;
        std::int64_t v = 0;
        if (n == 0 || (exactly != 0 && n != exactly)) return std::nullopt;
        if (std::from_chars(rest_.data(), rest_.data() + n, v).ec != std::errc()) return std::nullopt;
        rest_.remove_prefix(n);
        return v;
    }
    std::optional<std::int64_t> within(std::size_t exactly, std::int64_t low, std::int64_t high) {
        const auto v = digits(exactly);
        return v && *v >= low && *v <= high ? v : std::nullopt;
    }

    std::optional<std::int64_t> date() {
        const bool negative = peek() == '-';
        const bool wide = eat('-') || eat('+');
        const auto year = digits(wide ? 0 : 4);
        if (!year || *year > 999'999'999 || !eat('-')) return std::nullopt;
        const auto month = within(2, 1, 12);
        if (!month || !eat('-')) return std::nullopt;
        const auto day = within(2, 1, 31);
        if (!day) return std::nullopt;
        const Civil civil{negative ? -*year : *year, static_cast<unsigned>(*month), static_cast<unsigned>(*day)};
        const std::int64_t days = days_of(civil);
        if (civil_of(days).day != civil.day) return std::nullopt;  // 30 February
        return days;
    }

    // Nanoseconds, at most nine digits.
    std::optional<std::int64_t> fraction() {
        if (!eat('.') && !eat(',')) return 0;
        const std::size_t before = rest_.size();
        auto v = digits();
        const std::size_t n = before - rest_.size();
        if (!v || n > 9) return std::nullopt;
        for (std::size_t i = n; i < 9; ++i) *v *= 10;
        return v;
    }

    std::optional<std::int64_t> clock() {
        const auto hour = within(2, 0, 23);
        if (!hour || !eat(':')) return std::nullopt;
        const auto minute = within(2, 0, 59);
        if (!minute) return std::nullopt;
        std::int64_t seconds = *hour * 3600 + *minute * 60;
        std::int64_t nanos = 0;
        if (eat(':')) {
            const auto second = within(2, 0, 59);
            if (!second) return std::nullopt;
            seconds += *second;
            const auto part = fraction();
            if (!part) return std::nullopt;
            nanos = *part;
        }
        return seconds * 1'000'000'000 + nanos;
    }

    std::optional<std::int32_t> offset() {
        if (eat('Z')) return 0;
        const bool negative = peek() == '-';
        if (!eat('-') && !eat('+')) return std::nullopt;
        const auto hours = within(2, 0, 18);
        if (!hours) return std::nullopt;
        std::int64_t total = *hours * 3600;
        eat(':');
        if (const auto minutes = within(2, 0, 59)) total += *minutes * 60;
        if (eat(':')) {
            const auto seconds = within(2, 0, 59);
            if (!seconds) return std::nullopt;
            total += *seconds;
        }
        return static_cast<std::int32_t>(negative ? -total : total);
    }

private:
    std::string_view rest_;
};

std::optional<Value> parse_duration(std::string_view text) {
    Scanner in(text);
    Duration d;
    if (!in.eat('P')) return std::nullopt;
    bool time = false, any = false;
    while (!in.done()) {
        if (!time && in.eat('T')) {
            time = true;
            continue;
        }
        const bool negative = in.eat('-');
        const auto number = in.digits();
        const auto nanos = number ? in.fraction() : std::nullopt;
        if (!nanos) return std::nullopt;
        const std::int64_t sign = negative ? -1 : 1;
        if (in.eat('S') && time) {
            d.seconds += sign * *number;
            if (negative && *nanos > 0) d.seconds -= 1;
            d.nanos = static_cast<std::int32_t>(negative && *nanos > 0 ? 1'000'000'000 - *nanos : *nanos);
        } else if (*nanos != 0) {
            return std::nullopt;
        } else if (in.eat('Y') && !time) {
            d.months += sign * *number * 12;
        } else if (in.eat('W') && !time) {
            d.days += sign * *number * 7;
        } else if (in.eat('D') && !time) {
            d.days += sign * *number;
        } else if (in.eat('H') && time) {
            d.seconds += sign * *number * 3600;
        } else if (in.eat('M')) {
            (time ? d.seconds : d.months) += sign * *number * (time ? 60 : 1);
        } else {
            return std::nullopt;
        }
        any = true;
    }
    if (!any) return std::nullopt;
    return Value::duration(d);
}

std::optional<Value> parse_date_time(Scanner& in, bool zoned) {
    const auto day = in.date();
    if (!day) return std::nullopt;
    std::int64_t nanos = 0;
    if (in.eat('T')) {
        const auto clock = in.clock();
        if (!clock) return std::nullopt;
        nanos = *clock;
    }
    const std::int64_t local = *day * 86'400 + nanos / 1'000'000'000;
    const auto rest = static_cast<std::int32_t>(nanos % 1'000'000'000);
    if (!zoned) {
        if (!in.done()) return std::nullopt;
        return Value::local_date_time({local, rest});
    }
    const auto offset = in.offset();
    if (!offset) return std::nullopt;
    DateTime at{local - *offset, rest, *offset, {}};
    if (in.eat('[')) {
        const std::string_view zone = in.rest();
        if (zone.size() < 2 || zone.back() != ']') return std::nullopt;
        at.zone = zone.substr(0, zone.size() - 1);
    } else if (!in.done()) {
        return std::nullopt;
    }
    return Value::date_time(std::move(at));
}

}  // namespace

void append_integer(std::string& out, std::int64_t v) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, v).ptr);
}

void append_float(std::string& out, double v) {
    if (std::isnan(v)) {
        out += "NaN";
        return;
    }
    if (std::isinf(v)) {
        out += v < 0 ? "-Infinity" : "Infinity";
        return;
    }
    char digits[40];
    const std::string_view text(digits, static_cast<std::size_t>(std::to_chars(digits, digits + sizeof digits, v).ptr - digits));
    out.append(text);
    if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
}

bool is_temporal(ValueKind kind) { return kind >= ValueKind::kDate && kind <= ValueKind::kDuration; }

void append_temporal(std::string& out, const Value& value) {
    constexpr std::int64_t kSecond = 1'000'000'000;
    switch (value.kind()) {
        case ValueKind::kDate: append_date(out, value.as_date().epoch_day); break;
        case ValueKind::kLocalTime:
            append_clock(out, value.as_local_time().nanos / kSecond, value.as_local_time().nanos % kSecond);
            break;
        case ValueKind::kTime:
            append_clock(out, value.as_time().nanos / kSecond, value.as_time().nanos % kSecond);
            append_offset(out, value.as_time().offset_seconds);
            break;
        case ValueKind::kLocalDateTime:
            append_date_time(out, value.as_local_date_time().epoch_seconds, value.as_local_date_time().nanos);
            break;
        case ValueKind::kDateTime: {
            const DateTime& at = value.as_date_time();
            append_date_time(out, at.epoch_seconds + at.offset_seconds, at.nanos);
            append_offset(out, at.offset_seconds);
            if (!at.zone.empty()) out.append("[").append(at.zone).append("]");
            break;
        }
        case ValueKind::kDuration: append_duration(out, value.as_duration()); break;
        default: break;
    }
}

void append_plain(std::string& out, const Value& value) {
    switch (value.kind()) {
        case ValueKind::kNull: break;
        case ValueKind::kBoolean: out += value.as_boolean() ? "true" : "false"; break;
        case ValueKind::kInteger: append_integer(out, value.as_integer()); break;
        case ValueKind::kFloat: append_float(out, value.as_float()); break;
        case ValueKind::kString: out += value.as_string(); break;
        default:
            if (is_temporal(value.kind())) {
                append_temporal(out, value);
            } else {
                append_json(out, value);
            }
    }
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
    std::int64_t v = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return v;
}

std::optional<double> parse_float(std::string_view text) {
    if (text.size() > 1 && text[0] == '+') text.remove_prefix(1);
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (text == "Infinity" || text == "INF") return std::numeric_limits<double>::infinity();
    if (text == "-Infinity" || text == "-INF") return -std::numeric_limits<double>::infinity();
    double v = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
    if (error == std::errc::invalid_argument || end != text.data() + text.size()) return std::nullopt;
    return v;
}

std::optional<Value> parse_temporal(ValueKind kind, std::string_view text) {
    Scanner in(text);
    switch (kind) {
        case ValueKind::kDate: {
            const auto day = in.date();
            return day && in.done() ? std::optional(Value::date({*day})) : std::nullopt;
        }
        case ValueKind::kLocalTime: {
            const auto nanos = in.clock();
            return nanos && in.done() ? std::optional(Value::local_time({*nanos})) : std::nullopt;
        }
        case ValueKind::kTime: {
            const auto nanos = in.clock();
            const auto offset = nanos ? in.offset() : std::nullopt;
            return offset && in.done() ? std::optional(Value::time({*nanos, *offset})) : std::nullopt;
        }
        case ValueKind::kLocalDateTime: return parse_date_time(in, false);
        case ValueKind::kDateTime: return parse_date_time(in, true);
        case ValueKind::kDuration: return parse_duration(text);
        default: return std::nullopt;
    }
}

}  // namespace maek::graph
