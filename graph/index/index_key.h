// Room: graph, inner. Values as byte strings whose bytewise order is the order of the index.
//
// Layout: a tag of the kind, then the payload. Numbers: the nearest double with its bits made
// ordered, then what an integer has beyond that double, so that 1 and 1.0 are the same bytes and
// 2^53 + 1 still differs from 2^53. Strings: bytes with 00 written 00 FF, closed by 00 00. Temporal
// instants: seconds and nanoseconds. Durations, points and lists: equality only.
// Tests: tests/graph/index_key_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/value.h"

namespace maek::graph {

// Appends the key of a value. False (and nothing usable appended) when no index holds the value:
// null, or a kind that is not storable.
bool append_index_key(const Value& value, std::string& key);

// Whether the value can equal anything: not null, not NaN, no list with such an element.
bool can_be_equal(const Value& value);

// The key without the closing bytes: what every string with this prefix begins with.
std::string string_prefix_key(std::string_view prefix);

// The smallest key above every key that begins with `key`; empty when there is none.
std::string after_prefix(std::string key);

// The keys of every value comparable with this one lie in [first, second); NaN is outside.
std::pair<std::string, std::string> comparable_range(const Value& value);

// Equal for values that are equal to openCypher (1 and 1.0); of values that can_be_equal.
std::uint64_t equality_hash(const Value& value);
std::uint64_t equality_hash(std::string_view text);
std::uint64_t equality_hash(std::int64_t number);
std::uint64_t equality_hash(double number);

// openCypher's "=" being true, by the rules of the index (temporals by instant).
bool index_equal_values(const Value& a, const Value& b);

}  // namespace maek::graph
