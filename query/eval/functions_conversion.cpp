#include <array>
#include <cmath>

#include "query/eval/failures.h"
#include "query/eval/function_tables.h"
#include "query/eval/operators.h"
#include "query/eval/render.h"
#include "schema/result.h"

namespace maek::query {

namespace {

using Arguments = std::span<const Value>;
using Conversion = std::optional<Value> (*)(const Value&);

// Each gives the converted value (null: the text says nothing of the kind), or nothing when the
// kind cannot be converted at all.
std::optional<Value> integer_of(const Value& v) {
    switch (v.kind()) {
        case kInteger: return v;
        case kBoolean: return Value::integer(v.as_boolean() ? 1 : 0);
        case kString: {
            const auto parsed = parse_integer(v.as_string());
            return parsed ? Value::integer(*parsed) : Value::null();
        }
        case kFloat: {
            const double x = v.as_float();
            if (std::isnan(x)) return Value::integer(0);
            if (x >= 9223372036854775808.0 || x < -9223372036854775808.0) {
                fail_overflow("the float " + format_float(x) + " does not fit into a 64-bit integer");
            }
            return Value::integer(static_cast<std::int64_t>(x));
        }
        default: return std::nullopt;
    }
}

std::optional<Value> float_of(const Value& v) {
    if (v.is_number()) return Value::floating(v.as_number());
    if (!v.is(kString)) return std::nullopt;
    const auto parsed = parse_float(v.as_string());
    return parsed ? Value::floating(*parsed) : Value::null();
}

std::optional<Value> boolean_of(const Value& v) {
    if (v.is(kBoolean)) return v;
    if (v.is(kInteger)) return Value::boolean(v.as_integer() != 0);
    if (!v.is(kString)) return std::nullopt;
    std::string text;
    for (const char c : v.as_string()) text += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    const std::size_t first = text.find_first_not_of(" \t\n\r"), last = text.find_last_not_of(" \t\n\r");
    if (first != std::string::npos) text = text.substr(first, last - first + 1);
    if (text == "true") return Value::boolean(true);
    if (text == "false") return Value::boolean(false);
    return Value::null();
}

constexpr KindSet kPrintable = KindSet{kBoolean, kInteger, kFloat, kString, kDuration, kPoint} | kTemporalKinds;

std::optional<Value> string_of(const Value& v) {
    if (v.is(kString)) return v;
    if (!kPrintable.has(v.kind())) return std::nullopt;
    return Value::string(to_text(v));
}

template <Conversion convert>
Value or_fail(EvalContext&, Arguments a) {
    const auto converted = convert(a[0]);
    MAEK_CHECK(converted.has_value(), "a conversion was called with a kind it does not accept");
    return *converted;
}

template <Conversion convert>
Value or_null(EvalContext&, Arguments a) {
    return convert(a[0]).value_or(Value::null());
}

template <Conversion convert>
Value each(EvalContext& context, Arguments a) {
    const auto items = a[0].as_list();
    context.require(items.size() * sizeof(Value));
    std::vector<Value> out;
    out.reserve(items.size());
    for (const Value& item : items) {
        out.push_back(item.is_null() ? item : convert(item).value_or(Value::null()));
    }
    return Value::list(std::move(out));
}

constexpr KindSet kToInteger = {kInteger, kFloat, kString, kBoolean};
constexpr KindSet kToFloat = {kInteger, kFloat, kString};
constexpr KindSet kToBoolean = {kBoolean, kString, kInteger};

constexpr std::array kFunctions = {
    FunctionEntry("toInteger", "toInteger(value :: INTEGER | FLOAT | STRING | BOOLEAN) :: INTEGER",
                  "The value as an integer; null when the text is no number.", {kToInteger}, kInteger, or_fail<integer_of>),
    FunctionEntry("toIntegerOrNull", "toIntegerOrNull(value :: ANY) :: INTEGER",
                  "The value as an integer, or null.", {kAnyKind}, kInteger, or_null<integer_of>),
    FunctionEntry("toIntegerList", "toIntegerList(values :: LIST<ANY>) :: LIST<INTEGER>",
                  "Each element as an integer, or null.", {kList}, kList, each<integer_of>),
    FunctionEntry("toFloat", "toFloat(value :: INTEGER | FLOAT | STRING) :: FLOAT",
                  "The value as a float; null when the text is no number.", {kToFloat}, kFloat, or_fail<float_of>),
    FunctionEntry("toFloatOrNull", "toFloatOrNull(value :: ANY) :: FLOAT", "The value as a float, or null.",
                  {kAnyKind}, kFloat, or_null<float_of>),
    FunctionEntry("toFloatList", "toFloatList(values :: LIST<ANY>) :: LIST<FLOAT>",
                  "Each element as a float, or null.", {kList}, kList, each<float_of>),
    FunctionEntry("toBoolean", "toBoolean(value :: BOOLEAN | STRING | INTEGER) :: BOOLEAN",
                  "The value as a boolean; null when the text is neither true nor false.",
                  {kToBoolean}, kBoolean, or_fail<boolean_of>),
    FunctionEntry("toBooleanOrNull", "toBooleanOrNull(value :: ANY) :: BOOLEAN", "The value as a boolean, or null.",
                  {kAnyKind}, kBoolean, or_null<boolean_of>),
    FunctionEntry("toBooleanList", "toBooleanList(values :: LIST<ANY>) :: LIST<BOOLEAN>",
                  "Each element as a boolean, or null.", {kList}, kList, each<boolean_of>),
    FunctionEntry("toString", "toString(value :: ANY) :: STRING", "The value as text.", {kPrintable}, kString, or_fail<string_of>),
    FunctionEntry("toStringOrNull", "toStringOrNull(value :: ANY) :: STRING", "The value as text, or null.",
                  {kAnyKind}, kString, or_null<string_of>),
    FunctionEntry("toStringList", "toStringList(values :: LIST<ANY>) :: LIST<STRING>",
                  "Each element as text, or null.", {kList}, kList, each<string_of>),
};

}  // namespace

std::span<const FunctionEntry> conversion_functions() { return kFunctions; }

}  // namespace maek::query
