#include "query/eval/temporal_parts.h"

#include "query/eval/failures.h"
#include "query/eval/render.h"

namespace maek::query {

namespace {

constexpr std::int64_t kFirstDay = days_of(-kMaxYear, 1, 1);
constexpr std::int64_t kLastDay = days_of(kMaxYear, 12, 31);

}  // namespace

std::optional<Zone> find_zone_or_offset(std::string_view text) {
    if (const auto offset = parse_offset(text)) return Zone{nullptr, *offset};
    if (const TimeZone* named = find_zone(text)) return Zone{named, 0};
    return std::nullopt;
}

Zone read_zone(std::string_view text) {
    const auto zone = find_zone_or_offset(text);
    if (zone) return *zone;
    fail_value("unknown time zone " + to_literal(Value::string(text)) +
               "; expected an offset such as '+09:00' or a name such as 'Asia/Seoul'");
}

Zone default_zone(const EvalContext& context) { return read_zone(context.default_zone); }

void require_within(std::string_view field, std::int64_t value, std::int64_t low, std::int64_t high) {
    if (value >= low && value <= high) return;
    fail_value("the field '" + std::string(field) + "' lies from " + std::to_string(low) + " to " + std::to_string(high) +
               ", got " + std::to_string(value));
}

void require_day(std::int64_t day) {
    if (day < kFirstDay || day > kLastDay) {
        fail_value("the date is outside the years -999999999 to 999999999");
    }
}

std::int64_t checked_day(std::int64_t year, int month, int day) {
    if (year < -kMaxYear || year > kMaxYear) {
        fail_value("a year lies from -999999999 to 999999999, got " + std::to_string(year));
    }
    if (day > days_in_month(year, month)) {
        fail_value("month " + std::to_string(month) + " of year " + std::to_string(year) + " has " +
                   std::to_string(days_in_month(year, month)) + " days, got day " + std::to_string(day));
    }
    return days_of(year, month, day);
}

Moment take_apart(const Value& temporal) {
    Moment m;
    switch (temporal.kind()) {
        case ValueKind::kDate:
            m.has_date = true;
            m.day = temporal.as_date().epoch_day;
            break;
        case ValueKind::kLocalTime:
            m.has_clock = true;
            m.nanos = temporal.as_local_time().nanos;
            break;
        case ValueKind::kTime:
            m.has_clock = m.has_zone = true;
            m.nanos = temporal.as_time().nanos;
            m.offset = m.zone.offset = temporal.as_time().offset_seconds;
            break;
        case ValueKind::kLocalDateTime: {
            const LocalDateTime& t = temporal.as_local_date_time();
            m.has_date = m.has_clock = true;
            m.day = floor_div(t.epoch_seconds, kSecondsPerDay);
            m.nanos = floor_mod(t.epoch_seconds, kSecondsPerDay) * kNanosPerSecond + t.nanos;
            break;
        }
        case ValueKind::kDateTime: {
            const DateTime& t = temporal.as_date_time();
            const std::int64_t local = t.epoch_seconds + t.offset_seconds;
            m.has_date = m.has_clock = m.has_zone = true;
            m.day = floor_div(local, kSecondsPerDay);
            m.nanos = floor_mod(local, kSecondsPerDay) * kNanosPerSecond + t.nanos;
            m.offset = t.offset_seconds;
            if (!t.zone.empty()) m.zone.named = find_zone(t.zone);
            if (m.zone.named == nullptr) m.zone.offset = t.offset_seconds;
            break;
        }
        default: break;
    }
    return m;
}

void settle(Moment& m) {
    if (m.zone.named == nullptr) {
        m.offset = m.zone.offset;
        return;
    }
    const std::int64_t local = m.local_seconds();
    if (m.zone.named->is_valid_offset(local, m.offset)) return;
    m.offset = m.zone.named->offset_of_local(local);
    if (m.zone.named->is_valid_offset(local, m.offset)) return;
    m = at_instant(local - m.offset, m.nanos % kNanosPerSecond, m.zone);
}

Moment at_instant(std::int64_t epoch_seconds, std::int64_t nanos, const Zone& zone) {
    Moment m;
    m.has_date = m.has_clock = m.has_zone = true;
    m.zone = zone;
    m.offset = zone.named != nullptr ? zone.named->offset_at(epoch_seconds) : zone.offset;
    const std::int64_t local = epoch_seconds + m.offset;
    m.day = floor_div(local, kSecondsPerDay);
    m.nanos = floor_mod(local, kSecondsPerDay) * kNanosPerSecond + nanos;
    return m;
}

std::int64_t epoch_of(const Moment& m) { return m.local_seconds() - (m.has_zone ? m.offset : 0); }

Moment in_zone(const Moment& m, const Zone& zone) {
    Moment out = at_instant(epoch_of(m), m.nanos % kNanosPerSecond, zone);
    out.has_date = m.has_date;
    return out;
}

Value put_together(ValueKind kind, Moment m) {
    switch (kind) {
        case ValueKind::kDate:
            require_day(m.day);
            return Value::date({m.day});
        case ValueKind::kLocalTime: return Value::local_time({m.nanos});
        case ValueKind::kTime: settle(m); return Value::time({m.nanos, m.offset});
        case ValueKind::kLocalDateTime:
            require_day(m.day);
            return Value::local_date_time({m.local_seconds(), static_cast<std::int32_t>(m.nanos % kNanosPerSecond)});
        default: break;
    }
    settle(m);
    require_day(m.day);
    DateTime t;
    t.epoch_seconds = epoch_of(m);
    t.nanos = static_cast<std::int32_t>(m.nanos % kNanosPerSecond);
    t.offset_seconds = m.offset;
    if (m.zone.named != nullptr) t.zone = m.zone.named->name();
    return Value::date_time(std::move(t));
}

}  // namespace maek::query
