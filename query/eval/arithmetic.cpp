#include <cmath>
#include <limits>

#include "query/eval/failures.h"
#include "query/eval/operators.h"
#include "query/eval/render.h"
#include "query/eval/temporal.h"

namespace maek::query {

namespace {

[[noreturn]] void overflow(std::int64_t a, std::string_view sign, std::int64_t b) {
    fail_overflow("integer overflow in " + std::to_string(a) + " " + std::string(sign) + " " +
                  std::to_string(b) + "; integers have 64 bits");
}

bool both_integers(const Value& a, const Value& b) {
    return a.is(ValueKind::kInteger) && b.is(ValueKind::kInteger);
}
bool both_numbers(const Value& a, const Value& b) { return a.is_number() && b.is_number(); }
bool both(ValueKind kind, const Value& a, const Value& b) { return a.is(kind) && b.is(kind); }
bool any_null(const Value& a, const Value& b) { return a.is_null() || b.is_null(); }
bool is_instant(const Value& v) { return kTemporalKinds.has(v.kind()); }

// What `'text' + x` accepts for x.
bool joins_text(const Value& v) {
    return v.is(ValueKind::kString) || v.is(ValueKind::kBoolean) || v.is_number() || is_instant(v) ||
           v.is(ValueKind::kDuration) || v.is(ValueKind::kPoint);
}

Value join_text(EvalContext& context, const Value& a, const Value& b) {
    const auto text = [](const Value& v) { return to_text(v); };
    if (both(ValueKind::kString, a, b)) {
        const std::string_view x = a.as_string(), y = b.as_string();
        context.require(x.size() + y.size());
        std::string out;
        out.reserve(x.size() + y.size());
        out.append(x).append(y);
        return Value::string(out);
    }
    return Value::string(text(a) + text(b));
}

Value join_lists(EvalContext& context, std::span<const Value> a, std::span<const Value> b) {
    context.require((a.size() + b.size()) * sizeof(Value));
    std::vector<Value> items;
    items.reserve(a.size() + b.size());
    items.insert(items.end(), a.begin(), a.end());
    items.insert(items.end(), b.begin(), b.end());
    return make_list(std::move(items));
}

Value append(EvalContext& context, const Value& a, const Value& b) {
    const auto items = [](const Value& v) {
        return v.is(ValueKind::kList) ? v.as_list() : std::span<const Value>(&v, 1);
    };
    return join_lists(context, items(a), items(b));
}

Value scaled(const Value& duration, double factor) {
    return Value::duration(scale_duration(duration.as_duration(), factor));
}

}  // namespace

std::int64_t add_integers(std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    if (__builtin_add_overflow(a, b, &out)) overflow(a, "+", b);
    return out;
}

std::int64_t subtract_integers(std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    if (__builtin_sub_overflow(a, b, &out)) overflow(a, "-", b);
    return out;
}

std::int64_t multiply_integers(std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    if (__builtin_mul_overflow(a, b, &out)) overflow(a, "*", b);
    return out;
}

std::int64_t divide_integers(std::int64_t a, std::int64_t b) {
    if (b == 0) fail_division("cannot divide the integer " + std::to_string(a) + " by zero");
    if (b == -1 && a == std::numeric_limits<std::int64_t>::min()) overflow(a, "/", b);
    return a / b;
}

std::int64_t modulo_integers(std::int64_t a, std::int64_t b) {
    if (b == 0) fail_division("cannot take the integer " + std::to_string(a) + " modulo zero");
    return b == -1 ? 0 : a % b;
}

Value add(EvalContext& context, const Value& a, const Value& b) {
    if (both_integers(a, b)) return Value::integer(add_integers(a.as_integer(), b.as_integer()));
    if (both_numbers(a, b)) return Value::floating(a.as_number() + b.as_number());
    if (any_null(a, b)) return Value::null();
    if (a.is(ValueKind::kList) || b.is(ValueKind::kList)) return append(context, a, b);
    if (a.is(ValueKind::kString) ? joins_text(b) : b.is(ValueKind::kString) && joins_text(a)) {
        return join_text(context, a, b);
    }
    if (both(ValueKind::kDuration, a, b)) {
        return Value::duration(add_durations(a.as_duration(), b.as_duration(), 1));
    }
    if (is_instant(a) && b.is(ValueKind::kDuration)) return add_duration(a, b.as_duration(), 1);
    if (is_instant(b) && a.is(ValueKind::kDuration)) return add_duration(b, a.as_duration(), 1);
    fail_operands("+", a, b);
}

Value subtract(EvalContext&, const Value& a, const Value& b) {
    if (both_integers(a, b)) return Value::integer(subtract_integers(a.as_integer(), b.as_integer()));
    if (both_numbers(a, b)) return Value::floating(a.as_number() - b.as_number());
    if (any_null(a, b)) return Value::null();
    if (both(ValueKind::kDuration, a, b)) {
        return Value::duration(add_durations(a.as_duration(), b.as_duration(), -1));
    }
    if (is_instant(a) && b.is(ValueKind::kDuration)) return add_duration(a, b.as_duration(), -1);
    fail_operands("-", a, b);
}

Value multiply(EvalContext&, const Value& a, const Value& b) {
    if (both_integers(a, b)) return Value::integer(multiply_integers(a.as_integer(), b.as_integer()));
    if (both_numbers(a, b)) return Value::floating(a.as_number() * b.as_number());
    if (any_null(a, b)) return Value::null();
    if (a.is(ValueKind::kDuration) && b.is_number()) return scaled(a, b.as_number());
    if (b.is(ValueKind::kDuration) && a.is_number()) return scaled(b, a.as_number());
    fail_operands("*", a, b);
}

Value divide(EvalContext&, const Value& a, const Value& b) {
    if (both_integers(a, b)) return Value::integer(divide_integers(a.as_integer(), b.as_integer()));
    if (both_numbers(a, b)) return Value::floating(a.as_number() / b.as_number());
    if (any_null(a, b)) return Value::null();
    if (a.is(ValueKind::kDuration) && b.is_number()) {
        if (b.as_number() == 0) fail_division("cannot divide a duration by zero");
        return Value::duration(divide_duration(a.as_duration(), b.as_number()));
    }
    fail_operands("/", a, b);
}

Value modulo(EvalContext&, const Value& a, const Value& b) {
    if (both_integers(a, b)) return Value::integer(modulo_integers(a.as_integer(), b.as_integer()));
    if (both_numbers(a, b)) return Value::floating(std::fmod(a.as_number(), b.as_number()));
    if (any_null(a, b)) return Value::null();
    fail_operands("%", a, b);
}

Value power(EvalContext&, const Value& a, const Value& b) {
    if (both_numbers(a, b)) return Value::floating(std::pow(a.as_number(), b.as_number()));
    if (any_null(a, b)) return Value::null();
    fail_operands("^", a, b);
}

Value negate(EvalContext&, const Value& a) {
    switch (a.kind()) {
        case ValueKind::kNull: return a;
        case ValueKind::kInteger:
            if (a.as_integer() == std::numeric_limits<std::int64_t>::min()) {
                fail_overflow("integer overflow in -(" + std::to_string(a.as_integer()) + "); integers have 64 bits");
            }
            return Value::integer(-a.as_integer());
        case ValueKind::kFloat: return Value::floating(-a.as_float());
        case ValueKind::kDuration: return scaled(a, -1);
        default:
            fail("TypeError", "InvalidArgumentType", "22G03",
                 "cannot apply unary - to " + describe(a));
    }
}

Value plus(EvalContext&, const Value& a) {
    if (a.is_null() || a.is_number() || a.is(ValueKind::kDuration)) return a;
    fail("TypeError", "InvalidArgumentType", "22G03", "cannot apply unary + to " + describe(a));
}

Value concatenate(EvalContext& context, const Value& a, const Value& b) {
    if (any_null(a, b)) return Value::null();
    if (both(ValueKind::kString, a, b)) return join_text(context, a, b);
    if (both(ValueKind::kList, a, b)) return join_lists(context, a.as_list(), b.as_list());
    fail_operands("||", a, b);
}

}  // namespace maek::query
