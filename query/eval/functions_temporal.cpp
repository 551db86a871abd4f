#include <array>

#include "query/eval/failures.h"
#include "query/eval/function_tables.h"
#include "query/eval/temporal.h"

namespace maek::query {

namespace {

using Arguments = std::span<const Value>;
using Clock = EvalContext::Instant (*)(EvalContext&);

EvalContext::Instant at_statement(EvalContext& c) { return c.statement_clock(); }
EvalContext::Instant at_transaction(EvalContext& c) { return c.transaction_clock(); }
EvalContext::Instant at_realtime(EvalContext&) { return EvalContext::realtime_clock(); }

template <ValueKind kind>
Value construct(EvalContext& context, Arguments a) {
    if (a.empty()) return current_temporal(context, kind, context.statement_clock(), Value::null());
    return make_temporal(context, kind, a[0]);
}

template <ValueKind kind, Clock clock>
Value now(EvalContext& context, Arguments a) {
    return current_temporal(context, kind, clock(context), a.empty() ? Value::null() : a[0]);
}

template <ValueKind kind>
Value truncate(EvalContext& context, Arguments a) {
    const Value moment = a.size() > 1 ? a[1] : current_temporal(context, kind, context.statement_clock(), Value::null());
    return truncate_temporal(context, kind, a[0].as_string(), moment, a.size() > 2 ? a[2] : Value::null());
}

template <DurationPart part>
Value between(EvalContext& context, Arguments a) {
    return duration_between(context, part, a[0], a[1]);
}

Value from_epoch(EvalContext&, Arguments a) { return date_time_from_epoch(a[0], a.size() > 1 ? a[1] : Value::integer(0)); }
Value from_epoch_millis(EvalContext&, Arguments a) { return date_time_from_epoch_millis(a[0]); }

constexpr KindSet kMade = KindSet{kString, kMap} | kTemporalKinds;

// One kind's functions: the constructor, its three clocks and truncation.
#define MAEK_TEMPORAL(kind, name, type)                                                                           \
    FunctionEntry(name, name "(input? :: STRING | MAP | temporal value) :: " type,                               \
                  "Now, or the value from ISO text, fields or another temporal value.", {kMade}, kind,           \
                  construct<kind>, 1),                                                                           \
    FunctionEntry(name ".statement", name ".statement(timezone? :: STRING) :: " type,                            \
                  "The time at which the statement began.", {kString}, kind, now<kind, at_statement>, 1),        \
    FunctionEntry(name ".transaction", name ".transaction(timezone? :: STRING) :: " type,                        \
                  "The time at which the transaction began.", {kString}, kind, now<kind, at_transaction>, 1),    \
    FunctionEntry(name ".realtime", name ".realtime(timezone? :: STRING) :: " type,                              \
                  "The time of the system's clock.", {kString}, kind, now<kind, at_realtime>, 1).changing(),     \
    FunctionEntry(name ".truncate", name ".truncate(unit :: STRING, value? :: temporal value, fields? :: MAP) :: " type, \
                  "The value cut to the beginning of the unit, then with the fields set.",                       \
                  {kString, kTemporalKinds, kMap}, kind, truncate<kind>, 2)

constexpr std::array kFunctions = {
    MAEK_TEMPORAL(kDate, "date", "DATE"),
    MAEK_TEMPORAL(kLocalTime, "localtime", "LOCAL TIME"),
    MAEK_TEMPORAL(kTime, "time", "ZONED TIME"),
    MAEK_TEMPORAL(kLocalDateTime, "localdatetime", "LOCAL DATETIME"),
    MAEK_TEMPORAL(kDateTime, "datetime", "ZONED DATETIME"),
    FunctionEntry("local_time", "local_time(input? :: STRING | MAP | temporal value) :: LOCAL TIME",
                  "As localtime().", {kMade}, kLocalTime, construct<kLocalTime>, 1),
    FunctionEntry("zoned_time", "zoned_time(input? :: STRING | MAP | temporal value) :: ZONED TIME",
                  "As time().", {kMade}, kTime, construct<kTime>, 1),
    FunctionEntry("local_datetime", "local_datetime(input? :: STRING | MAP | temporal value) :: LOCAL DATETIME",
                  "As localdatetime().", {kMade}, kLocalDateTime, construct<kLocalDateTime>, 1),
    FunctionEntry("zoned_datetime", "zoned_datetime(input? :: STRING | MAP | temporal value) :: ZONED DATETIME",
                  "As datetime().", {kMade}, kDateTime, construct<kDateTime>, 1),
    FunctionEntry("datetime.fromEpoch", "datetime.fromEpoch(seconds :: INTEGER, nanoseconds? :: INTEGER) :: ZONED DATETIME",
                  "The instant so many seconds after 1970-01-01T00:00Z.", {kInteger, kInteger}, kDateTime, from_epoch, 1),
    FunctionEntry("datetime.fromEpochMillis", "datetime.fromEpochMillis(milliseconds :: INTEGER) :: ZONED DATETIME",
                  "The instant so many milliseconds after 1970-01-01T00:00Z.", {kInteger}, kDateTime, from_epoch_millis),
    FunctionEntry("duration", "duration(input :: STRING | MAP | DURATION) :: DURATION",
                  "A duration from ISO text or fields.", {{kString, kMap, kDuration}}, kDuration, construct<kDuration>),
    FunctionEntry("duration.between", "duration.between(from :: temporal value, to :: temporal value) :: DURATION",
                  "The difference in months, days and seconds.", {kTemporalKinds, kTemporalKinds}, kDuration, between<DurationPart::kAll>),
    FunctionEntry("duration_between", "duration_between(from :: temporal value, to :: temporal value) :: DURATION",
                  "As duration.between().", {kTemporalKinds, kTemporalKinds}, kDuration, between<DurationPart::kAll>),
    FunctionEntry("duration.inMonths", "duration.inMonths(from :: temporal value, to :: temporal value) :: DURATION",
                  "The difference in whole months.", {kTemporalKinds, kTemporalKinds}, kDuration, between<DurationPart::kMonths>),
    FunctionEntry("duration.inDays", "duration.inDays(from :: temporal value, to :: temporal value) :: DURATION",
                  "The difference in whole days.", {kTemporalKinds, kTemporalKinds}, kDuration, between<DurationPart::kDays>),
    FunctionEntry("duration.inSeconds", "duration.inSeconds(from :: temporal value, to :: temporal value) :: DURATION",
                  "The difference in seconds.", {kTemporalKinds, kTemporalKinds}, kDuration, between<DurationPart::kSeconds>),
};

#undef MAEK_TEMPORAL

}  // namespace

std::span<const FunctionEntry> temporal_functions() { return kFunctions; }

}  // namespace maek::query
