// Room: query, inner. The operators of the language over values: arithmetic, text predicates,
// subscripts and property access. Null operands give null unless said otherwise. Wrong kinds throw
// QueryError TypeError (runtime); integers that overflow throw ArithmeticError.
// Tests: tests/query/eval/operators_test.cpp.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "query/eval/eval_context.h"
#include "query/eval/kinds.h"
#include "query/eval/semantics.h"
#include "schema/value.h"

namespace maek::query {

// --- arithmetic; numbers, and where it has a meaning strings, lists, temporals and durations
Value add(EvalContext& context, const Value& a, const Value& b);
Value subtract(EvalContext& context, const Value& a, const Value& b);
Value multiply(EvalContext& context, const Value& a, const Value& b);
Value divide(EvalContext& context, const Value& a, const Value& b);
Value modulo(EvalContext& context, const Value& a, const Value& b);
Value power(EvalContext& context, const Value& a, const Value& b);  // always a float
Value negate(EvalContext& context, const Value& a);
Value plus(EvalContext& context, const Value& a);  // unary
// `||`: strings or lists only.
Value concatenate(EvalContext& context, const Value& a, const Value& b);

// The same over bare integers, for typed loops; throw on overflow and division by zero.
std::int64_t add_integers(std::int64_t a, std::int64_t b);
std::int64_t subtract_integers(std::int64_t a, std::int64_t b);
std::int64_t multiply_integers(std::int64_t a, std::int64_t b);
std::int64_t divide_integers(std::int64_t a, std::int64_t b);
std::int64_t modulo_integers(std::int64_t a, std::int64_t b);

// --- truth
// A boolean or null as Truth; throws TypeError for anything else. `where` names the operator.
Truth to_truth(const Value& value, std::string_view where);

// --- text predicates: null when an operand is not a string
Truth starts_with(const Value& text, const Value& prefix);
Truth ends_with(const Value& text, const Value& suffix);
Truth contains_text(const Value& text, const Value& part);
// `=~`: the whole text matches, in linear time (RE2 syntax: no look-around, no back references).
// A pattern that is not one throws. Compiled patterns are kept in the context.
Truth matches_regex(EvalContext& context, const Value& text, const Value& pattern);

// `item IN list`; null when the list is null, TypeError when it is not a list.
Truth is_in(const Value& item, const Value& list);

// --- access
// container[key]: list by integer, map / node / relationship (and temporal, point) by string.
Value subscript(EvalContext& context, const Value& container, const Value& key);
// list[from..to]; a null bound gives null, a missing one is passed as nullptr. Strings too.
Value slice(EvalContext& context, const Value& list, const Value* from, const Value* to);
// base.key of maps, nodes, relationships, temporals, durations and points.
Value property(EvalContext& context, const Value& base, std::string_view key);
// All properties of a node, relationship or map as a map; of null, null.
Value properties(EvalContext& context, const Value& entity);
// Whether a node has the label / a relationship the type. Null for null.
Truth has_label(EvalContext& context, const Value& entity, std::string_view label);

// The kinds property() knows how to open.
inline constexpr KindSet kPropertyKinds = {
    ValueKind::kMap, ValueKind::kNode, ValueKind::kRelationship, ValueKind::kDate,
    ValueKind::kLocalTime, ValueKind::kTime, ValueKind::kLocalDateTime, ValueKind::kDateTime,
    ValueKind::kDuration, ValueKind::kPoint};

// The integers of range(): first, first + step, ... Throws for a step of 0 and what is no integer.
struct IntegerRange {
    std::int64_t first = 0, step = 1;
    std::uint64_t last_index = 0;
    bool empty = true;
    std::int64_t at(std::uint64_t index) const {  // index up to last_index: the sum fits
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(first) + index * static_cast<std::uint64_t>(step));
    }
};
IntegerRange integer_range(const Value& from, const Value& to, const Value* step);

// --- building: as Value::list and Value::map, but throwing when nested too deeply
Value make_list(std::vector<Value> items);
Value make_map(std::vector<MapEntry> entries);

// Whether a value may be stored as a property: scalars, and lists of storable values of one kind
// without null. Throws TypeError InvalidPropertyType otherwise; null passes (it removes).
void require_storable(const Value& value);

}  // namespace maek::query
