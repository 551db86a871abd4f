#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <numbers>

#include "query/eval/failures.h"
#include "query/eval/function_tables.h"
#include "query/eval/operators.h"
#include "query/eval/render.h"

namespace maek::query {

namespace {

using Arguments = std::span<const Value>;

template <double (*f)(double)>
Value real(EvalContext&, Arguments a) {
    return Value::floating(f(a[0].as_number()));
}

double cot(double x) { return 1.0 / std::tan(x); }
double coth(double x) { return x == 0 ? std::numeric_limits<double>::quiet_NaN() : 1.0 / std::tanh(x); }
double haversin(double x) { return (1.0 - std::cos(x)) / 2.0; }
double degrees(double x) { return x * (180.0 / std::numbers::pi); }
double radians(double x) { return x * (std::numbers::pi / 180.0); }
double std_ceil(double x) { return std::ceil(x); }
double std_floor(double x) { return std::floor(x); }
double std_sqrt(double x) { return std::sqrt(x); }
double std_exp(double x) { return std::exp(x); }
double std_log(double x) { return std::log(x); }
double std_log10(double x) { return std::log10(x); }
double std_sin(double x) { return std::sin(x); }
double std_cos(double x) { return std::cos(x); }
double std_tan(double x) { return std::tan(x); }
double std_asin(double x) { return std::asin(x); }
double std_acos(double x) { return std::acos(x); }
double std_atan(double x) { return std::atan(x); }
double std_sinh(double x) { return std::sinh(x); }
double std_cosh(double x) { return std::cosh(x); }
double std_tanh(double x) { return std::tanh(x); }

Value atan2(EvalContext&, Arguments a) {
    return Value::floating(std::atan2(a[0].as_number(), a[1].as_number()));
}

Value abs(EvalContext&, Arguments a) {
    if (a[0].is(kFloat)) return Value::floating(std::fabs(a[0].as_float()));
    const std::int64_t x = a[0].as_integer();
    if (x == std::numeric_limits<std::int64_t>::min()) fail_overflow("integer overflow in abs(" + std::to_string(x) + "); integers have 64 bits");
    return Value::integer(x < 0 ? -x : x);
}

Value sign(EvalContext&, Arguments a) {
    const double x = a[0].as_number();
    return Value::integer(x > 0 ? 1 : x < 0 ? -1 : 0);
}

Value is_nan(EvalContext&, Arguments a) {
    return Value::boolean(a[0].is(kFloat) && std::isnan(a[0].as_float()));
}

Value e(EvalContext&, Arguments) { return Value::floating(std::numbers::e); }
Value pi(EvalContext&, Arguments) { return Value::floating(std::numbers::pi); }

Value rand(EvalContext& context, Arguments) {
    return Value::floating(static_cast<double>(context.chance()() >> 11) * 0x1.0p-53);
}

// --- round: on the shortest decimal digits, so that round(2.675, 2) is what a reader expects

enum class Rounding : std::uint8_t { kUp, kDown, kCeiling, kFloor, kHalfUp, kHalfDown, kHalfEven };

Rounding rounding_mode(std::string_view name) {
    std::string upper;
    for (const char c : name) upper += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    constexpr std::array<std::string_view, 7> kNames = {"UP", "DOWN", "CEILING", "FLOOR", "HALF_UP", "HALF_DOWN", "HALF_EVEN"};
    const auto at = std::ranges::find(kNames, upper);
    if (at == kNames.end()) {
        fail_value("a rounding mode is one of UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN, got " +
                   to_literal(Value::string(name)));
    }
    return static_cast<Rounding>(at - kNames.begin());
}

// Whether cutting `dropped` (decimal digits after the last kept one, not all zero) rounds away
// from zero.
bool rounds_away(Rounding mode, bool negative, bool last_kept_odd, std::string_view dropped) {
    const bool above_half = dropped[0] > '5' ||
                            (dropped[0] == '5' && dropped.find_first_not_of('0', 1) != std::string_view::npos);
    const bool half = dropped[0] == '5' && !above_half;
    switch (mode) {
        case Rounding::kUp: return true;
        case Rounding::kDown: return false;
        case Rounding::kCeiling: return !negative;
        case Rounding::kFloor: return negative;
        case Rounding::kHalfUp: return above_half || half;
        case Rounding::kHalfDown: return above_half;
        case Rounding::kHalfEven: return above_half || (half && last_kept_odd);
    }
    return false;
}

double round_decimal(double x, int places, Rounding mode) {
    if (!std::isfinite(x) || x == 0) return x;
    std::array<char, 400> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(x), std::chars_format::fixed);
    std::string text(buffer.data(), written.ptr);
    if (text.find('.') == std::string::npos) return x;
    const std::size_t point = text.find('.');
    const std::size_t kept = point + 1 + static_cast<std::size_t>(places);
    if (kept >= text.size()) return x;
    const std::string dropped = text.substr(kept);
    if (dropped.find_first_not_of('0') == std::string::npos) return x;
    text.resize(kept);
    std::string digits = "0" + text.substr(0, point) + text.substr(point + 1);
    if (rounds_away(mode, x < 0, (digits.back() - '0') % 2 == 1, dropped)) {
        std::size_t i = digits.size();
        while (digits[--i] == '9') digits[i] = '0';
        ++digits[i];
    }
    const std::string whole = digits.substr(0, point + 1) + "." + digits.substr(point + 1);
    double out = 0;
    std::from_chars(whole.data(), whole.data() + whole.size(), out);
    return x < 0 ? -out : out;
}

Value round(EvalContext&, Arguments a) {
    const double x = a[0].as_number();
    if (a.size() == 1) {  // ties towards positive infinity; 0.49999999999999994 must not become 1
        const double below = std::floor(x);
        return Value::floating(x - below >= 0.5 ? below + 1 : below);
    }
    const double places = a[1].as_number();
    if (!(places >= 0 && places <= 400) || std::trunc(places) != places) {
        fail_range("round() expects a precision from 0 to 400, got " + to_literal(a[1]));
    }
    const Rounding mode = a.size() > 2 ? rounding_mode(a[2].as_string()) : Rounding::kHalfUp;
    return Value::floating(round_decimal(x, static_cast<int>(places), mode));
}

constexpr FunctionEntry number(std::string_view name, std::string_view signature, std::string_view summary,
                               FunctionPointer call) {
    return FunctionEntry(name, signature, summary, {kNumberKinds}, kFloat, call);
}

constexpr std::array kFunctions = {
    FunctionEntry("abs", "abs(x :: INTEGER | FLOAT) :: INTEGER | FLOAT", "The distance from zero.", {kNumberKinds}, kNumberKinds, abs),
    number("ceil", "ceil(x :: FLOAT) :: FLOAT", "The least whole number not below x.", real<std_ceil>),
    number("ceiling", "ceiling(x :: FLOAT) :: FLOAT", "The least whole number not below x.", real<std_ceil>),
    number("floor", "floor(x :: FLOAT) :: FLOAT", "The greatest whole number not above x.", real<std_floor>),
    FunctionEntry("round", "round(x :: FLOAT, precision? :: INTEGER, mode? :: STRING) :: FLOAT",
                  "x to whole numbers or decimals; modes UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN.",
                  {kNumberKinds, kNumberKinds, kString}, kFloat, round, 2),
    FunctionEntry("sign", "sign(x :: INTEGER | FLOAT) :: INTEGER", "-1, 0 or 1.", {kNumberKinds}, kInteger, sign),
    FunctionEntry("isNaN", "isNaN(x :: INTEGER | FLOAT) :: BOOLEAN", "Whether x is not a number.", {kNumberKinds}, kBoolean, is_nan),
    FunctionEntry("rand", "rand() :: FLOAT", "A random number from 0, below 1.", {}, kFloat, rand).changing(),
    FunctionEntry("e", "e() :: FLOAT", "The base of natural logarithms.", {}, kFloat, e),
    FunctionEntry("pi", "pi() :: FLOAT", "The ratio of a circle's circumference to its diameter.", {}, kFloat, pi),
    number("sqrt", "sqrt(x :: FLOAT) :: FLOAT", "The square root.", real<std_sqrt>),
    number("exp", "exp(x :: FLOAT) :: FLOAT", "e to the power x.", real<std_exp>),
    number("log", "log(x :: FLOAT) :: FLOAT", "The natural logarithm.", real<std_log>),
    number("ln", "ln(x :: FLOAT) :: FLOAT", "The natural logarithm.", real<std_log>),
    number("log10", "log10(x :: FLOAT) :: FLOAT", "The logarithm to base 10.", real<std_log10>),
    number("sin", "sin(x :: FLOAT) :: FLOAT", "The sine of radians.", real<std_sin>),
    number("cos", "cos(x :: FLOAT) :: FLOAT", "The cosine of radians.", real<std_cos>),
    number("tan", "tan(x :: FLOAT) :: FLOAT", "The tangent of radians.", real<std_tan>),
    number("cot", "cot(x :: FLOAT) :: FLOAT", "The cotangent of radians.", real<cot>),
    number("asin", "asin(x :: FLOAT) :: FLOAT", "The arcsine in radians.", real<std_asin>),
    number("acos", "acos(x :: FLOAT) :: FLOAT", "The arccosine in radians.", real<std_acos>),
    number("atan", "atan(x :: FLOAT) :: FLOAT", "The arctangent in radians.", real<std_atan>),
    FunctionEntry("atan2", "atan2(y :: FLOAT, x :: FLOAT) :: FLOAT", "The angle of the point (x, y) in radians.",
                  {kNumberKinds, kNumberKinds}, kFloat, atan2),
    number("sinh", "sinh(x :: FLOAT) :: FLOAT", "The hyperbolic sine.", real<std_sinh>),
    number("cosh", "cosh(x :: FLOAT) :: FLOAT", "The hyperbolic cosine.", real<std_cosh>),
    number("tanh", "tanh(x :: FLOAT) :: FLOAT", "The hyperbolic tangent.", real<std_tanh>),
    number("coth", "coth(x :: FLOAT) :: FLOAT", "The hyperbolic cotangent.", real<coth>),
    number("haversin", "haversin(x :: FLOAT) :: FLOAT", "Half the versine of radians.", real<haversin>),
    number("degrees", "degrees(x :: FLOAT) :: FLOAT", "Radians as degrees.", real<degrees>),
    number("radians", "radians(x :: FLOAT) :: FLOAT", "Degrees as radians.", real<radians>),
};

}  // namespace

std::span<const FunctionEntry> math_functions() { return kFunctions; }

}  // namespace maek::query
