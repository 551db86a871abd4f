#include <array>

#include "query/eval/function_tables.h"
#include "query/eval/semantics.h"

namespace maek::query {

namespace {

using Arguments = std::span<const Value>;

Value coalesce(EvalContext&, Arguments a) {
    for (const Value& v : a) {
        if (!v.is_null()) return v;
    }
    return Value::null();
}

Value null_if(EvalContext&, Arguments a) {
    return equal(a[0], a[1]) == Truth::kTrue ? Value::null() : a[0];
}

Value exists(EvalContext&, Arguments a) { return Value::boolean(!a[0].is_null()); }

Value value_type(EvalContext&, Arguments a) { return Value::string(value_type_text(a[0])); }

Value random_uuid(EvalContext& context, Arguments) {
    std::uint64_t high = context.chance()(), low = context.chance()();
    high = (high & 0xFFFFFFFFFFFF0FFFull) | 0x4000;                        // version 4
    low = (low & 0x3FFFFFFFFFFFFFFFull) | 0x8000000000000000ull;          // variant 1
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string out;
    for (int i = 0; i < 32; ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) out += '-';
        const std::uint64_t half = i < 16 ? high : low;
        out += kHex[(half >> (60 - 4 * (i % 16))) & 15];
    }
    return Value::string(out);
}

Value timestamp(EvalContext& context, Arguments) {
    const auto now = context.statement_clock();
    return Value::integer(now.epoch_seconds * 1000 + now.nanos / 1'000'000);
}

constexpr std::array kFunctions = {
    FunctionEntry("coalesce", "coalesce(value :: ANY, ...) :: ANY", "The first value that is not null.",
                  {kAnyKind}, kAnyKind, coalesce).takes_null().at_least(1),
    FunctionEntry("nullIf", "nullIf(value :: ANY, other :: ANY) :: ANY", "null when both are equal, else the first.",
                  {kAnyKind, kAnyKind}, kAnyKind, null_if).takes_null(),
    FunctionEntry("exists", "exists(value :: ANY) :: BOOLEAN", "Whether the value is not null.",
                  {kAnyKind}, kBoolean, exists).takes_null(),
    FunctionEntry("valueType", "valueType(value :: ANY) :: STRING", "The most precise type of the value.",
                  {kAnyKind}, kString, value_type).takes_null(),
    FunctionEntry("randomUUID", "randomUUID() :: STRING", "A random UUID (version 4).", {}, kString, random_uuid).changing(),
    FunctionEntry("timestamp", "timestamp() :: INTEGER", "Milliseconds since 1970-01-01T00:00Z at the statement's start.",
                  {}, kInteger, timestamp),
};

constexpr FunctionEntry aggregate(AggregateKind kind, std::string_view name, std::string_view signature,
                                  std::string_view summary, KindSet accepts, KindSet result) {
    return FunctionEntry(name, signature, summary, {accepts}, result, nullptr).computes(kind).takes_null();
}

constexpr FunctionEntry percentile(AggregateKind kind, std::string_view name, std::string_view signature,
                                   std::string_view summary, KindSet result) {
    return FunctionEntry(name, signature, summary, {kNumberKinds, kNumberKinds}, result, nullptr)
        .computes(kind).takes_null();
}

constexpr KindSet kAveraged = {kInteger, kFloat, kDuration};

constexpr std::array kAggregates = {
    aggregate(AggregateKind::kCount, "count", "count(value :: ANY) :: INTEGER",
              "The number of values that are not null; count(*) counts rows.", kAnyKind, kInteger),
    aggregate(AggregateKind::kSum, "sum", "sum(value :: INTEGER | FLOAT | DURATION) :: INTEGER | FLOAT | DURATION",
              "The sum of the values.", kAveraged, kAveraged),
    aggregate(AggregateKind::kAvg, "avg", "avg(value :: INTEGER | FLOAT | DURATION) :: FLOAT | DURATION",
              "The mean of the values.", kAveraged, KindSet{kFloat, kDuration}),
    aggregate(AggregateKind::kMin, "min", "min(value :: ANY) :: ANY", "The smallest value.", kAnyKind, kAnyKind),
    aggregate(AggregateKind::kMax, "max", "max(value :: ANY) :: ANY", "The largest value.", kAnyKind, kAnyKind),
    aggregate(AggregateKind::kCollect, "collect", "collect(value :: ANY) :: LIST<ANY>",
              "All values that are not null, as a list.", kAnyKind, kList),
    aggregate(AggregateKind::kCollect, "collect_list", "collect_list(value :: ANY) :: LIST<ANY>",
              "All values that are not null, as a list.", kAnyKind, kList),
    percentile(AggregateKind::kPercentileCont, "percentileCont", "percentileCont(value :: FLOAT, fraction :: FLOAT) :: FLOAT",
               "The value below which a fraction of the values lies, interpolated.", kFloat),
    percentile(AggregateKind::kPercentileCont, "percentile_cont", "percentile_cont(value :: FLOAT, fraction :: FLOAT) :: FLOAT",
               "The value below which a fraction of the values lies, interpolated.", kFloat),
    percentile(AggregateKind::kPercentileDisc, "percentileDisc", "percentileDisc(value :: INTEGER | FLOAT, fraction :: FLOAT) :: INTEGER | FLOAT",
               "The nearest of the values below which a fraction of them lies.", kNumberKinds),
    percentile(AggregateKind::kPercentileDisc, "percentile_disc", "percentile_disc(value :: INTEGER | FLOAT, fraction :: FLOAT) :: INTEGER | FLOAT",
               "The nearest of the values below which a fraction of them lies.", kNumberKinds),
    aggregate(AggregateKind::kStDev, "stDev", "stDev(value :: FLOAT) :: FLOAT", "The standard deviation of a sample.",
              kNumberKinds, kFloat),
    aggregate(AggregateKind::kStDev, "stddev_samp", "stddev_samp(value :: FLOAT) :: FLOAT", "The standard deviation of a sample.",
              kNumberKinds, kFloat),
    aggregate(AggregateKind::kStDevP, "stDevP", "stDevP(value :: FLOAT) :: FLOAT", "The standard deviation of a population.",
              kNumberKinds, kFloat),
    aggregate(AggregateKind::kStDevP, "stddev_pop", "stddev_pop(value :: FLOAT) :: FLOAT", "The standard deviation of a population.",
              kNumberKinds, kFloat),
};

}  // namespace

std::span<const FunctionEntry> scalar_functions() { return kFunctions; }
std::span<const FunctionEntry> aggregate_functions() { return kAggregates; }

}  // namespace maek::query
