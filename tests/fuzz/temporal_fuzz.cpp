// Fuzz target: temporal text and maps. Whatever the bytes are, reading them gives a value or a
// QueryError; what is read prints, reads back the same, and survives arithmetic and truncation.
// Build with clang and -fsanitize=fuzzer,address,undefined.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "query/eval/operators.h"
#include "query/eval/semantics.h"
#include "query/eval/temporal.h"
#include "query/parse/query_error.h"

namespace {

using namespace maek;
using namespace maek::query;

void require(bool condition) {
    if (!condition) std::abort();
}

void use(EvalContext& context, const Value& v) {
    const auto back = parse_temporal(context, v.kind(), format_temporal(v));
    require(back.has_value() && format_temporal(*back) == format_temporal(v));
    require(equivalent(v, v) && order(v, v) == 0);
    for (const char* part : {"year", "week", "ordinalDay", "nanosecond", "epochMillis", "months", "nanoseconds"}) {
        try {
            temporal_component(v, part);
        } catch (const QueryError&) {
        }
    }
    const Value day = Value::duration({1, 1, 86'399, 999'999'999});
    try {
        add(context, v, v.is(ValueKind::kDuration) ? v : day);
        if (!v.is(ValueKind::kDuration)) {
            truncate_temporal(context, v.kind(), "day", v, Value::null());
            duration_between(context, DurationPart::kAll, v, Value::date({0}));
        }
    } catch (const QueryError&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    constexpr ValueKind kKinds[] = {ValueKind::kDate, ValueKind::kLocalTime, ValueKind::kTime,
                                    ValueKind::kLocalDateTime, ValueKind::kDateTime, ValueKind::kDuration};
    EvalContext context;
    context.statement_time = EvalContext::Instant{1'500'000'000, 0};
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    try {
        const auto value = parse_temporal(context, kKinds[data[0] % 6], text);
        if (value) use(context, *value);
    } catch (const QueryError&) {
    }
    return 0;
}
