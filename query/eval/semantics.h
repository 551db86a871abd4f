// Room: query, inner. When are two values equal, comparable, the same, or ordered?
//   * equal():      the `=` of the language, three-valued: null is never equal to anything;
//   * compare():    `<` and its kin: only within comparable kinds, otherwise null;
//   * equivalent(): for DISTINCT, grouping and set membership: null is null, NaN is NaN, 1 is 1.0;
//   * order():      a total order over all values, for ORDER BY, min() and max().
// equivalent(a, b) exactly when order(a, b) is 0, and then hash_value() agrees.
// Pure functions; nothing here can fail. Tests: tests/query/eval/semantics_test.cpp.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>

#include "schema/value.h"

namespace maek::query {

enum class Truth : std::uint8_t { kFalse, kTrue, kNull };

constexpr Truth truth(bool value) { return value ? Truth::kTrue : Truth::kFalse; }
constexpr Truth operator!(Truth a) {
    return a == Truth::kNull ? Truth::kNull : truth(a == Truth::kFalse);
}
constexpr Truth logical_and(Truth a, Truth b) {
    if (a == Truth::kFalse || b == Truth::kFalse) return Truth::kFalse;
    return a == Truth::kTrue && b == Truth::kTrue ? Truth::kTrue : Truth::kNull;
}
constexpr Truth logical_or(Truth a, Truth b) { return !logical_and(!a, !b); }
constexpr Truth logical_xor(Truth a, Truth b) {
    if (a == Truth::kNull || b == Truth::kNull) return Truth::kNull;
    return truth(a != b);
}
inline Value to_value(Truth t) {
    return t == Truth::kNull ? Value::null() : Value::boolean(t == Truth::kTrue);
}

Truth equal(const Value& a, const Value& b);

enum class Comparison : std::uint8_t {
    kLess, kEqual, kGreater,
    kUnordered,  // NaN is involved: every comparison is false
    kUnknown,    // null, or kinds that do not compare: every comparison is null
};
Comparison compare(const Value& a, const Value& b);
Truth less(const Value& a, const Value& b);
Truth less_or_equal(const Value& a, const Value& b);
inline Truth greater(const Value& a, const Value& b) { return less(b, a); }
inline Truth greater_or_equal(const Value& a, const Value& b) { return less_or_equal(b, a); }

bool equivalent(const Value& a, const Value& b);
std::uint64_t hash_value(const Value& value);
// Of a row of values, as for grouping.
bool equivalent(std::span<const Value> a, std::span<const Value> b);
std::uint64_t hash_values(std::span<const Value> values);

// MAP < NODE < RELATIONSHIP < LIST < PATH < zoned DATETIME < LOCAL DATETIME < DATE < TIME <
// LOCAL TIME < DURATION < POINT < STRING < BOOLEAN < NUMBER < NaN < null; ascending.
std::weak_ordering order(const Value& a, const Value& b);

// `item IN list`. Requires: list is a list.
Truth contains(const Value& list, const Value& item);

// Exact: 2^53 + 1 is not 2^53 although they are the same double. NaN is unordered.
std::partial_ordering compare_numbers(std::int64_t a, double b);

// Functors for the containers of the standard library.
struct EquivalentValue {
    bool operator()(const Value& a, const Value& b) const { return equivalent(a, b); }
};
struct HashValue {
    std::size_t operator()(const Value& v) const { return static_cast<std::size_t>(hash_value(v)); }
};
struct ValueLess {
    bool operator()(const Value& a, const Value& b) const { return order(a, b) < 0; }
};

}  // namespace maek::query
