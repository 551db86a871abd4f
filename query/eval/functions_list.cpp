#include <algorithm>
#include <array>

#include "query/eval/failures.h"
#include "query/eval/function_tables.h"
#include "query/eval/operators.h"
#include "query/eval/render.h"
#include "query/eval/utf8.h"
#include "query/eval/value_set.h"

namespace maek::query {

namespace {

using Arguments = std::span<const Value>;

Value size(EvalContext&, Arguments a) {
    const std::size_t n = a[0].is(kList) ? a[0].as_list().size() : count_code_points(a[0].as_string());
    return Value::integer(static_cast<std::int64_t>(n));
}

Value head(EvalContext&, Arguments a) {
    const auto items = a[0].as_list();
    return items.empty() ? Value::null() : items.front();
}

Value last(EvalContext&, Arguments a) {
    const auto items = a[0].as_list();
    return items.empty() ? Value::null() : items.back();
}

Value tail(EvalContext&, Arguments a) {
    const auto items = a[0].as_list();
    return items.empty() ? Value::list({}) : Value::list({items.begin() + 1, items.end()});
}

Value is_empty(EvalContext&, Arguments a) {
    switch (a[0].kind()) {
        case kList: return Value::boolean(a[0].as_list().empty());
        case kMap: return Value::boolean(a[0].as_map().empty());
        default: return Value::boolean(a[0].as_string().empty());
    }
}

std::int64_t range_argument(const Value& v) {
    if (v.is(kInteger)) return v.as_integer();
    fail("ArgumentError", "InvalidArgumentType", "22G03", "range() expects INTEGERs, got " + describe(v));
}

Value range(EvalContext& context, Arguments a) {
    const IntegerRange numbers = integer_range(a[0], a[1], a.size() > 2 ? &a[2] : nullptr);
    if (numbers.empty) return Value::list({});
    constexpr std::uint64_t kMost = std::uint64_t{1} << 48;
    context.require(static_cast<std::size_t>(std::min(numbers.last_index, kMost) + 1) * sizeof(Value));
    std::vector<Value> items;
    items.reserve(static_cast<std::size_t>(numbers.last_index + 1));
    for (std::uint64_t i = 0; i <= numbers.last_index; ++i) {
        if (i % 65536 == 65535) context.check();
        items.push_back(Value::integer(numbers.at(i)));
    }
    return Value::list(std::move(items));
}

Value sorted(EvalContext& context, Arguments a) {
    const auto items = a[0].as_list();
    context.require(items.size() * sizeof(Value));
    std::vector<Value> out(items.begin(), items.end());
    std::uint32_t steps = 0;
    std::ranges::stable_sort(out, [&](const Value& x, const Value& y) {
        if (++steps % 16384 == 0) context.check();
        return order(x, y) < 0;
    });
    return Value::list(std::move(out));
}

Value distinct(EvalContext& context, Arguments a) {
    const auto items = a[0].as_list();
    context.require(3 * items.size() * sizeof(Value));
    ValueSet seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i % 16384 == 16383) context.check();
        seen.insert(items[i]);
    }
    return Value::list({seen.values().begin(), seen.values().end()});
}

// Nulls are passed over, as by min() and max().
template <bool largest>
Value extreme(EvalContext&, Arguments a) {
    const Value* best = nullptr;
    for (const Value& item : a[0].as_list()) {
        if (item.is_null()) continue;
        if (best == nullptr || (largest ? order(item, *best) > 0 : order(item, *best) < 0)) best = &item;
    }
    return best == nullptr ? Value::null() : *best;
}

void flatten_into(EvalContext& context, std::vector<Value>& out, const Value& list, std::int64_t depth) {
    for (const Value& item : list.as_list()) {
        if (depth > 0 && item.is(kList)) flatten_into(context, out, item, depth - 1);
        else out.push_back(item);
        if (out.size() % 4096 == 0) context.require(out.size() * sizeof(Value));
    }
}

Value flatten(EvalContext& context, Arguments a) {
    const std::int64_t depth = a.size() > 1 ? a[1].as_integer() : 1;
    if (depth < 0) fail_range("coll.flatten() expects a depth of at least 0, got " + std::to_string(depth));
    std::vector<Value> out;
    flatten_into(context, out, a[0], depth);
    return Value::list(std::move(out));
}

Value index_of(EvalContext&, Arguments a) {
    if (a[0].is_null() || a[1].is_null()) return Value::null();
    const auto items = a[0].as_list();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (equal(items[i], a[1]) == Truth::kTrue) return Value::integer(static_cast<std::int64_t>(i));
    }
    return Value::integer(-1);
}

std::size_t position(std::string_view function, const Value& index, std::size_t limit) {
    const std::int64_t at = index.as_integer();
    if (at < 0 || static_cast<std::uint64_t>(at) >= limit) {
        fail_range(std::string(function) + " expects an index from 0 to " +
                   std::to_string(static_cast<std::int64_t>(limit) - 1) + ", got " + std::to_string(at));
    }
    return static_cast<std::size_t>(at);
}

Value insert(EvalContext&, Arguments a) {
    if (a[0].is_null() || a[1].is_null()) return Value::null();
    const auto items = a[0].as_list();
    const std::size_t at = position("coll.insert()", a[1], items.size() + 1);
    std::vector<Value> out(items.begin(), items.end());
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(at), a[2]);
    return make_list(std::move(out));
}

Value remove(EvalContext&, Arguments a) {
    const auto items = a[0].as_list();
    const std::size_t at = position("coll.remove()", a[1], items.size());
    std::vector<Value> out(items.begin(), items.end());
    out.erase(out.begin() + static_cast<std::ptrdiff_t>(at));
    return Value::list(std::move(out));
}

constexpr KindSet kSized = {kList, kString};

constexpr std::array kFunctions = {
    FunctionEntry("size", "size(value :: LIST<ANY> | STRING) :: INTEGER", "The number of elements or characters.",
                  {kSized}, kInteger, size),
    FunctionEntry("cardinality", "cardinality(value :: LIST<ANY>) :: INTEGER", "The number of elements.",
                  {kList}, kInteger, size),
    FunctionEntry("head", "head(list :: LIST<ANY>) :: ANY", "The first element, or null.", {kList}, kAnyKind, head),
    FunctionEntry("last", "last(list :: LIST<ANY>) :: ANY", "The last element, or null.", {kList}, kAnyKind, last),
    FunctionEntry("tail", "tail(list :: LIST<ANY>) :: LIST<ANY>", "All elements but the first.", {kList}, kList, tail),
    FunctionEntry("isEmpty", "isEmpty(value :: LIST<ANY> | MAP | STRING) :: BOOLEAN", "Whether nothing is in it.",
                  {{kList, kMap, kString}}, kBoolean, is_empty),
    FunctionEntry("range", "range(start :: INTEGER, end :: INTEGER, step? :: INTEGER) :: LIST<INTEGER>",
                  "The integers from start to end, both included.", {kAnyKind, kAnyKind, kAnyKind}, kList, range, 1),
    FunctionEntry("coll.sort", "coll.sort(list :: LIST<ANY>) :: LIST<ANY>", "The elements in ascending order.",
                  {kList}, kList, sorted),
    FunctionEntry("coll.distinct", "coll.distinct(list :: LIST<ANY>) :: LIST<ANY>",
                  "The elements without repetitions, in order of first occurrence.", {kList}, kList, distinct),
    FunctionEntry("coll.max", "coll.max(list :: LIST<ANY>) :: ANY", "The largest element.", {kList}, kAnyKind, extreme<true>),
    FunctionEntry("coll.min", "coll.min(list :: LIST<ANY>) :: ANY", "The smallest element.", {kList}, kAnyKind, extreme<false>),
    FunctionEntry("coll.flatten", "coll.flatten(list :: LIST<ANY>, depth? :: INTEGER) :: LIST<ANY>",
                  "Elements that are lists replaced by their elements, one level or the given depth.",
                  {kList, kInteger}, kList, flatten, 1),
    FunctionEntry("coll.indexOf", "coll.indexOf(list :: LIST<ANY>, value :: ANY) :: INTEGER",
                  "The 0-based place of the first equal element, or -1.", {kList, kAnyKind}, kInteger, index_of).takes_null(),
    FunctionEntry("coll.insert", "coll.insert(list :: LIST<ANY>, index :: INTEGER, value :: ANY) :: LIST<ANY>",
                  "The list with the value put before the 0-based index.", {kList, kInteger, kAnyKind}, kList, insert).takes_null(),
    FunctionEntry("coll.remove", "coll.remove(list :: LIST<ANY>, index :: INTEGER) :: LIST<ANY>",
                  "The list without the element at the 0-based index.", {kList, kInteger}, kList, remove),
};

}  // namespace

std::span<const FunctionEntry> list_functions() { return kFunctions; }

// Counted in unsigned arithmetic, where the whole span of 64 bits fits.
IntegerRange integer_range(const Value& from, const Value& to, const Value* step) {
    IntegerRange out;
    out.first = range_argument(from);
    const std::int64_t last = range_argument(to);
    out.step = step != nullptr ? range_argument(*step) : 1;
    if (out.step == 0) fail_range("range() expects a step other than 0");
    out.empty = out.step > 0 ? out.first > last : out.first < last;
    if (out.empty) return out;
    const auto low = static_cast<std::uint64_t>(out.first), high = static_cast<std::uint64_t>(last);
    const auto stride = static_cast<std::uint64_t>(out.step);
    out.last_index = out.step > 0 ? (high - low) / stride : (low - high) / (0 - stride);
    return out;
}

}  // namespace maek::query
