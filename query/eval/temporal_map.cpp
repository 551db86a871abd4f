// Temporal values from maps: date({year: 2015, week: 30}), datetime({date: d, time: t, timezone: z}).
#include <algorithm>
#include <array>
#include <cmath>

#include "query/eval/failures.h"
#include "query/eval/render.h"
#include "query/eval/temporal_parts.h"

namespace maek::query {

namespace {

bool makes_date(ValueKind kind) {
    return kind == ValueKind::kDate || kind == ValueKind::kLocalDateTime || kind == ValueKind::kDateTime;
}
bool makes_clock(ValueKind kind) { return kind != ValueKind::kDate; }
bool makes_zone(ValueKind kind) { return kind == ValueKind::kTime || kind == ValueKind::kDateTime; }

// The fields of one map, read by name with their bounds.
class Fields {
public:
    explicit Fields(const Value& map) : map_(map) {}

    bool has(std::string_view name) const { return map_.find(name) != nullptr; }
    bool has_any(std::initializer_list<std::string_view> names) const {
        return std::ranges::any_of(names, [&](std::string_view name) { return has(name); });
    }
    const Value& at(std::string_view name) const { return *map_.find(name); }

    std::int64_t integer(std::string_view name) const {
        const Value& v = at(name);
        if (!v.is(ValueKind::kInteger)) fail_kind("the field '" + std::string(name) + "'", "an INTEGER", v);
        return v.as_integer();
    }
    // The field, or `otherwise` when it is not given.
    std::int64_t within(std::string_view name, std::int64_t low, std::int64_t high, std::int64_t otherwise) const {
        if (!has(name)) return otherwise;
        const std::int64_t v = integer(name);
        require_within(name, v, low, high);
        return v;
    }
    int small(std::string_view name, int low, int high, int otherwise) const {
        return static_cast<int>(within(name, low, high, otherwise));
    }
    // A coarser field must be there when a finer one is: no day without its month.
    void require_chain(std::initializer_list<std::string_view> coarse_to_fine) const {
        std::string_view missing;
        for (const std::string_view name : coarse_to_fine) {
            if (!has(name)) {
                if (missing.empty()) missing = name;
            } else if (!missing.empty()) {
                fail_value("'" + std::string(name) + "' needs '" + std::string(missing) + "' beside it");
            }
        }
    }

private:
    const Value& map_;
};

struct KnownField {
    std::string_view name;
    bool (*allowed)(ValueKind);
};

bool makes_instant(ValueKind kind) { return kind == ValueKind::kDateTime; }
bool always(ValueKind) { return true; }

void require_known(ValueKind kind, const Value& map) {
    static constexpr std::array kKnown = std::to_array<KnownField>({
        {"year", makes_date}, {"quarter", makes_date}, {"dayOfQuarter", makes_date}, {"month", makes_date},
        {"day", makes_date}, {"week", makes_date}, {"dayOfWeek", makes_date}, {"ordinalDay", makes_date},
        {"date", makes_date}, {"hour", makes_clock}, {"minute", makes_clock}, {"second", makes_clock},
        {"millisecond", makes_clock}, {"microsecond", makes_clock}, {"nanosecond", makes_clock},
        {"time", makes_clock}, {"datetime", always}, {"timezone", always},
        {"epochSeconds", makes_instant}, {"epochMillis", makes_instant}});
    for (const auto& [name, value] : map.as_map()) {
        const auto known = std::ranges::find(kKnown, std::string_view(name), &KnownField::name);
        if (known == kKnown.end() || !known->allowed(kind)) {
            fail_value("a " + std::string(kind_name(kind)) + " has no field '" + name + "'");
        }
    }
}

// The temporal value under 'date', 'time' or 'datetime'.
Moment selected(const Fields& fields, std::string_view name) {
    const Value& v = fields.at(name);
    if (!kTemporalKinds.has(v.kind())) fail_kind("the field '" + std::string(name) + "'", "a temporal value", v);
    const Moment m = take_apart(v);
    if (name != "time" && !m.has_date) fail_value("the field 'date' needs a value with a date, got " + describe(v));
    if (name != "date" && !m.has_clock) fail_value("the field 'time' needs a value with a time, got " + describe(v));
    return m;
}

// --- the day

std::int64_t year_of(const Fields& fields, std::int64_t otherwise) {
    return fields.within("year", -kMaxYear, kMaxYear, otherwise);
}

std::int64_t day_by_week(const Fields& fields, const std::optional<std::int64_t>& base) {
    const WeekDate known = base ? week_of(*base) : WeekDate{};
    const std::int64_t year = year_of(fields, known.year);
    const int week = fields.small("week", 1, 53, base ? known.week : 1);
    if (week > weeks_in(year)) {
        fail_value("year " + std::to_string(year) + " has " + std::to_string(weeks_in(year)) + " weeks, got week 53");
    }
    return days_of_week(year, week, fields.small("dayOfWeek", 1, 7, base ? known.weekday : 1));
}

std::int64_t day_by_ordinal(const Fields& fields, const std::optional<std::int64_t>& base) {
    const std::int64_t year = year_of(fields, base ? civil_of(*base).year : 1970);
    const int last = is_leap_year(year) ? 366 : 365;
    return days_of(year, 1, 1) + fields.small("ordinalDay", 1, last, 1) - 1;
}

std::int64_t day_by_quarter(const Fields& fields, const std::optional<std::int64_t>& base) {
    const CivilDate known = base ? civil_of(*base) : CivilDate{};
    const std::int64_t year = year_of(fields, known.year);
    const int base_quarter = (known.month - 1) / 3 + 1;
    const int quarter = fields.small("quarter", 1, 4, base_quarter);
    const std::int64_t first = days_of(year, 3 * quarter - 2, 1);
    const auto length = static_cast<int>(plus_months(first, 3) - first);
    int inherited = 1;
    if (base) {
        inherited = static_cast<int>(*base - days_of(known.year, 3 * base_quarter - 2, 1)) + 1;
        inherited = std::min(inherited, length);
    }
    return first + fields.small("dayOfQuarter", 1, length, inherited) - 1;
}

std::int64_t day_by_month(const Fields& fields, const std::optional<std::int64_t>& base) {
    const CivilDate known = base ? civil_of(*base) : CivilDate{};
    const std::int64_t year = year_of(fields, known.year);
    const int month = fields.small("month", 1, 12, known.month);
    return checked_day(year, month, fields.small("day", 1, 31, known.day));
}

std::int64_t read_day(const Fields& fields, const std::optional<std::int64_t>& base) {
    const bool by_week = fields.has_any({"week", "dayOfWeek"}), by_ordinal = fields.has("ordinalDay");
    const bool by_quarter = fields.has_any({"quarter", "dayOfQuarter"}), by_month = fields.has_any({"month", "day"});
    if (by_week + by_ordinal + by_quarter + by_month > 1) {
        fail_value("a date is given by month and day, by week, by quarter or by ordinalDay, not by several of them");
    }
    if (!base) {
        if (by_week) fields.require_chain({"year", "week", "dayOfWeek"});
        else if (by_quarter) fields.require_chain({"year", "quarter", "dayOfQuarter"});
        else if (by_ordinal) fields.require_chain({"year", "ordinalDay"});
        else fields.require_chain({"year", "month", "day"});
        if (!fields.has("year")) fail_value("a date needs at least 'year'");
    }
    if (by_week) return day_by_week(fields, base);
    if (by_ordinal) return day_by_ordinal(fields, base);
    return by_quarter ? day_by_quarter(fields, base) : day_by_month(fields, base);
}

// --- the clock

// Finer fields are counted within the next coarser one that is given.
std::int64_t read_subsecond(const Fields& fields, std::int64_t base) {
    if (!fields.has_any({"millisecond", "microsecond", "nanosecond"})) return base;
    const bool millis = fields.has("millisecond"), micros = fields.has("microsecond");
    const std::int64_t most_micros = millis ? 999 : 999'999;
    const std::int64_t most_nanos = micros ? 999 : millis ? 999'999 : 999'999'999;
    return fields.within("millisecond", 0, 999, 0) * 1'000'000 +
           fields.within("microsecond", 0, most_micros, 0) * 1'000 + fields.within("nanosecond", 0, most_nanos, 0);
}

std::int64_t read_clock(const Fields& fields, const std::optional<std::int64_t>& base) {
    if (!base) {
        fields.require_chain({"hour", "minute", "second"});
        if (fields.has_any({"millisecond", "microsecond", "nanosecond"}) && !fields.has("second")) {
            fail_value("a fraction of a second needs 'second' beside it");
        }
    }
    const std::int64_t known = base.value_or(0), seconds = known / kNanosPerSecond;
    const std::int64_t hour = fields.within("hour", 0, 23, seconds / 3600);
    const std::int64_t minute = fields.within("minute", 0, 59, seconds / 60 % 60);
    const std::int64_t second = fields.within("second", 0, 59, seconds % 60);
    return ((hour * 60 + minute) * 60 + second) * kNanosPerSecond + read_subsecond(fields, known % kNanosPerSecond);
}

std::optional<Zone> read_zone_field(const Fields& fields) {
    if (!fields.has("timezone")) return std::nullopt;
    const Value& v = fields.at("timezone");
    if (!v.is(ValueKind::kString)) fail_kind("the field 'timezone'", "a STRING", v);
    return read_zone(v.as_string());
}

// A time has no date to tell a named zone's offset: today's counts.
Zone fixed_today(EvalContext& context, const Zone& zone) {
    if (zone.named == nullptr) return zone;
    return Zone{nullptr, zone.named->offset_at(context.statement_clock().epoch_seconds)};
}

Moment from_epoch(EvalContext& context, const Fields& fields) {
    const bool millis = fields.has("epochMillis");
    if (millis && fields.has("epochSeconds")) fail_value("either 'epochSeconds' or 'epochMillis', not both");
    const std::int64_t given = fields.integer(millis ? "epochMillis" : "epochSeconds");
    const std::int64_t seconds = millis ? floor_div(given, 1000) : given;
    require_day(floor_div(seconds, kSecondsPerDay));
    const std::int64_t rest = millis ? floor_mod(given, 1000) * 1'000'000 : 0;
    const std::int64_t nanos = rest + fields.within("nanosecond", 0, millis ? 999'999 : 999'999'999, 0);
    return at_instant(seconds, nanos, read_zone_field(fields).value_or(default_zone(context)));
}

}  // namespace

Moment overlay(EvalContext& context, ValueKind kind, const Value& map, const std::optional<Moment>& base) {
    require_known(kind, map);
    const Fields fields(map);
    if (fields.has_any({"epochSeconds", "epochMillis"})) return from_epoch(context, fields);
    std::optional<Moment> date = base, clock = base;
    if (fields.has("datetime")) {
        if (fields.has_any({"date", "time"})) fail_value("'datetime' cannot stand beside 'date' or 'time'");
        date = clock = selected(fields, "datetime");
    }
    if (fields.has("date")) date = selected(fields, "date");
    if (fields.has("time")) clock = selected(fields, "time");

    Moment out;
    if (makes_date(kind)) {
        out.has_date = true;
        out.day = read_day(fields, date ? std::optional(date->day) : std::nullopt);
    }
    if (makes_clock(kind)) {
        out.has_clock = true;
        const bool needed = !makes_date(kind) && !clock;
        if (needed && !fields.has("hour")) fail_value("a time needs at least 'hour'");
        out.nanos = read_clock(fields, clock ? std::optional(clock->nanos) : std::nullopt);
    }
    if (!makes_zone(kind)) return out;

    out.has_zone = true;
    const auto wanted = read_zone_field(fields);
    const bool known = clock && clock->has_zone;
    out.zone = known ? clock->zone : wanted.value_or(default_zone(context));
    out.offset = known ? clock->offset : kAnyOffset;
    if (kind == ValueKind::kTime) out.zone = known ? Zone{nullptr, clock->offset} : fixed_today(context, out.zone);
    settle(out);
    if (known && wanted) return in_zone(out, kind == ValueKind::kTime ? fixed_today(context, *wanted) : *wanted);
    return out;
}

namespace {

bool only_zone(const Value& map) { return map.as_map().size() == 1 && map.find("timezone") != nullptr; }

bool any_null(const Value& map) {
    return std::ranges::any_of(map.as_map(), [](const MapEntry& e) { return e.second.is_null(); });
}

Amount amount(const Value& v, std::string_view name) {
    if (v.is(ValueKind::kInteger)) return {v.as_integer(), 0};
    if (!v.is(ValueKind::kFloat)) fail_kind("the field '" + std::string(name) + "'", "an INTEGER or FLOAT", v);
    const double x = v.as_float(), whole = std::trunc(x);
    if (!(whole > -9.2e18 && whole < 9.2e18)) fail_value("the field '" + std::string(name) + "' is too large");
    return {static_cast<std::int64_t>(whole), x - whole};
}

Value duration_from_map(const Value& map) {
    struct Field {
        std::string_view name;
        Amount DurationParts::*part;
    };
    static constexpr Field kFields[] = {
        {"years", &DurationParts::years}, {"months", &DurationParts::months}, {"weeks", &DurationParts::weeks},
        {"days", &DurationParts::days}, {"hours", &DurationParts::hours}, {"minutes", &DurationParts::minutes},
        {"seconds", &DurationParts::seconds}, {"milliseconds", &DurationParts::milliseconds},
        {"microseconds", &DurationParts::microseconds}, {"nanoseconds", &DurationParts::nanoseconds}};
    DurationParts parts;
    for (const auto& [name, value] : map.as_map()) {
        if (name == "quarters") {
            const Amount quarters = amount(value, name);
            parts.months.whole += 3 * quarters.whole;
            parts.months.fraction += 3 * quarters.fraction;
            continue;
        }
        const auto field = std::ranges::find(kFields, std::string_view(name), &Field::name);
        if (field == std::end(kFields)) fail_value("a DURATION has no field '" + name + "'");
        const Amount given = amount(value, name);
        (parts.*(field->part)).whole += given.whole;
        (parts.*(field->part)).fraction += given.fraction;
    }
    if (map.as_map().empty()) fail_value("a DURATION needs at least one field");
    return Value::duration(combine(parts));
}

Value converted(EvalContext& context, ValueKind kind, const Value& other) {
    Moment m = take_apart(other);
    if ((makes_date(kind) && !m.has_date) || (makes_clock(kind) && !makes_date(kind) && !m.has_clock)) {
        fail_value("cannot make a " + std::string(kind_name(kind)) + " of " + describe(other));
    }
    if (makes_zone(kind) && !m.has_zone) {
        m.zone = default_zone(context);
        m.offset = kAnyOffset;
        m.has_zone = true;
        if (kind == ValueKind::kTime) m.zone = fixed_today(context, m.zone);
    } else if (kind == ValueKind::kTime) {
        m.zone = Zone{nullptr, m.offset};
    }
    return put_together(kind, m);
}

}  // namespace

Value current_temporal(EvalContext& context, ValueKind kind, EvalContext::Instant instant, const Value& zone) {
    Zone where = default_zone(context);
    if (zone.is(ValueKind::kString)) where = read_zone(zone.as_string());
    else if (!zone.is_null()) fail_kind("a time zone", "a STRING", zone);
    Moment m = at_instant(instant.epoch_seconds, instant.nanos, where);
    if (kind == ValueKind::kTime) m.zone = Zone{nullptr, m.offset};
    return put_together(kind, m);
}

Value make_temporal(EvalContext& context, ValueKind kind, const Value& argument) {
    if (argument.is_null()) return argument;
    if (argument.is(ValueKind::kString)) {
        auto parsed = parse_temporal(context, kind, argument.as_string());
        if (parsed) return *std::move(parsed);
        fail_value(to_literal(argument) + " is not a " + std::string(kind_name(kind)) + " in ISO 8601 form");
    }
    if (argument.is(ValueKind::kMap)) {
        if (any_null(argument)) return Value::null();
        if (kind == ValueKind::kDuration) return duration_from_map(argument);
        if (only_zone(argument)) {
            return current_temporal(context, kind, context.statement_clock(), *argument.find("timezone"));
        }
        return put_together(kind, overlay(context, kind, argument, std::nullopt));
    }
    if (kind == ValueKind::kDuration && argument.is(ValueKind::kDuration)) return argument;
    if (kind == ValueKind::kDuration || !kTemporalKinds.has(argument.kind())) {
        fail_kind(kind_name(kind), "a STRING, a MAP or another temporal value", argument);
    }
    return converted(context, kind, argument);
}

Value date_time_from_epoch(const Value& seconds, const Value& nanos) {
    if (!seconds.is(ValueKind::kInteger)) fail_kind("datetime.fromEpoch()", "INTEGERs", seconds);
    if (!nanos.is(ValueKind::kInteger)) fail_kind("datetime.fromEpoch()", "INTEGERs", nanos);
    std::int64_t whole = 0;
    if (__builtin_add_overflow(seconds.as_integer(), floor_div(nanos.as_integer(), kNanosPerSecond), &whole)) {
        fail_value("the seconds since 1970 are too many");
    }
    require_day(floor_div(whole, kSecondsPerDay));
    return put_together(ValueKind::kDateTime, at_instant(whole, floor_mod(nanos.as_integer(), kNanosPerSecond), Zone{}));
}

Value date_time_from_epoch_millis(const Value& millis) {
    if (!millis.is(ValueKind::kInteger)) fail_kind("datetime.fromEpochMillis()", "an INTEGER", millis);
    const std::int64_t ms = millis.as_integer();
    return put_together(ValueKind::kDateTime,
                        at_instant(floor_div(ms, 1000), floor_mod(ms, 1000) * 1'000'000, Zone{}));
}

}  // namespace maek::query
