// date.truncate('week', d, {dayOfWeek: 2}): everything below a unit set to its beginning, then the
// fields laid over.
#include <algorithm>
#include <array>

#include "query/eval/failures.h"
#include "query/eval/render.h"
#include "query/eval/temporal_parts.h"

namespace maek::query {

namespace {

enum class Unit : std::uint8_t {
    kMillennium, kCentury, kDecade, kYear, kWeekYear, kQuarter, kMonth, kWeek, kDay,
    kHour, kMinute, kSecond, kMillisecond, kMicrosecond,
};

Unit read_unit(std::string_view text) {
    static constexpr std::array<std::string_view, 14> kNames = {
        "millennium", "century", "decade", "year", "weekyear", "quarter", "month", "week", "day",
        "hour", "minute", "second", "millisecond", "microsecond"};
    std::string name;
    for (const char c : text) name += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    const auto at = std::ranges::find(kNames, name);
    if (at == kNames.end()) {
        fail_value("unknown unit " + to_literal(Value::string(text)) +
                   "; expected millennium, century, decade, year, weekYear, quarter, month, week, day, hour, minute, "
                   "second, millisecond or microsecond");
    }
    return static_cast<Unit>(at - kNames.begin());
}

std::int64_t truncated_day(std::int64_t day, Unit unit) {
    const CivilDate date = civil_of(day);
    const auto years = [&](std::int64_t span) { return days_of(floor_div(date.year, span) * span, 1, 1); };
    switch (unit) {
        case Unit::kMillennium: return years(1000);
        case Unit::kCentury: return years(100);
        case Unit::kDecade: return years(10);
        case Unit::kYear: return years(1);
        case Unit::kWeekYear: return days_of_week(week_of(day).year, 1, 1);
        case Unit::kQuarter: return days_of(date.year, (date.month - 1) / 3 * 3 + 1, 1);
        case Unit::kMonth: return days_of(date.year, date.month, 1);
        case Unit::kWeek: return day - weekday_of(day) + 1;
        default: return day;
    }
}

std::int64_t unit_nanos(Unit unit) {
    switch (unit) {
        case Unit::kHour: return 3600 * kNanosPerSecond;
        case Unit::kMinute: return 60 * kNanosPerSecond;
        case Unit::kSecond: return kNanosPerSecond;
        case Unit::kMillisecond: return 1'000'000;
        case Unit::kMicrosecond: return 1'000;
        default: return kNanosPerDay;
    }
}

// Below a millisecond, `nanosecond: 2` counts within it: the kept coarser parts join the fields.
Value with_kept_fractions(const Value& fields, Unit unit, std::int64_t nanos) {
    const bool finer = fields.find("nanosecond") != nullptr || fields.find("microsecond") != nullptr;
    if (unit < Unit::kMillisecond || !finer) return fields;
    const auto given = fields.as_map();
    std::vector<MapEntry> entries(given.begin(), given.end());
    const std::int64_t fraction = nanos % kNanosPerSecond;
    if (fields.find("millisecond") == nullptr) {
        entries.emplace_back("millisecond", Value::integer(fraction / 1'000'000));
    }
    if (unit == Unit::kMicrosecond && fields.find("microsecond") == nullptr) {
        entries.emplace_back("microsecond", Value::integer(fraction / 1'000 % 1'000));
    }
    return Value::map(std::move(entries));
}

Value without_zone(const Value& fields) {
    std::vector<MapEntry> entries;
    for (const auto& entry : fields.as_map()) {
        if (entry.first != "timezone") entries.push_back(entry);
    }
    return Value::map(std::move(entries));
}

}  // namespace

Value truncate_temporal(EvalContext& context, ValueKind kind, std::string_view unit_name, const Value& temporal,
                        const Value& fields) {
    const Unit unit = read_unit(unit_name);
    const bool dated = kind != ValueKind::kLocalTime && kind != ValueKind::kTime;
    if (!kTemporalKinds.has(temporal.kind())) fail_kind("truncate()", "a temporal value", temporal);
    Moment m = take_apart(temporal);
    if ((dated && !m.has_date) || (!dated && !m.has_clock)) {
        fail_value("cannot truncate " + describe(temporal) + " to a " + std::string(kind_name(kind)));
    }
    if (dated ? kind == ValueKind::kDate && unit > Unit::kDay : unit < Unit::kDay) {
        fail_value("a " + std::string(kind_name(kind)) + " cannot be truncated to " + to_literal(Value::string(unit_name)));
    }
    if (!m.has_clock && unit > Unit::kDay) {
        fail_value(describe(temporal) + " has no time to truncate to " + to_literal(Value::string(unit_name)));
    }
    m.day = truncated_day(m.day, unit);
    m.nanos = unit <= Unit::kDay ? 0 : m.nanos - m.nanos % unit_nanos(unit);
    m.has_clock = true;

    // A given zone replaces the old one: the clock stays as it reads.
    const bool zoned = kind == ValueKind::kTime || kind == ValueKind::kDateTime;
    Value rest = fields.is(ValueKind::kMap) ? fields : Value::map({});
    const Value* zone = rest.find("timezone");
    if (zone != nullptr && zoned) {
        if (!zone->is(ValueKind::kString)) fail_kind("the field 'timezone'", "a STRING", *zone);
        m.zone = read_zone(zone->as_string());
        m.has_zone = true;
        m.offset = kAnyOffset;
        rest = without_zone(rest);
    } else if (zoned && !m.has_zone) {
        m.zone = default_zone(context);
        m.has_zone = true;
        m.offset = kAnyOffset;
    }
    if (kind == ValueKind::kTime && m.zone.named != nullptr) {
        const bool fresh = m.offset == kAnyOffset;
        m.zone = Zone{nullptr, fresh ? m.zone.named->offset_at(context.statement_clock().epoch_seconds) : m.offset};
    }
    if (zoned) settle(m);
    return put_together(kind, overlay(context, kind, with_kept_fractions(rest, unit, m.nanos), m));
}

}  // namespace maek::query
