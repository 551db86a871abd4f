// Room: query, inner. Sets of value kinds, and the value types of `IS :: TYPE`.
// May enter: schema. Must stay out: syntax, values' meaning. Tests: tests/query/eval/types_test.cpp.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>

#include "schema/value.h"

namespace maek::query {

// Which kinds a value may have, as far as is known before running. Null is a member of its own.
struct KindSet {
    std::uint32_t bits = 0;

    constexpr KindSet() = default;
    constexpr KindSet(ValueKind kind) : bits(1u << static_cast<unsigned>(kind)) {}  // NOLINT
    constexpr KindSet(std::initializer_list<ValueKind> kinds) {
        for (const ValueKind kind : kinds) bits |= 1u << static_cast<unsigned>(kind);
    }
    static constexpr KindSet of_bits(std::uint32_t bits) {
        KindSet set;
        set.bits = bits;
        return set;
    }
    constexpr bool has(ValueKind kind) const { return (bits >> static_cast<unsigned>(kind)) & 1u; }
    constexpr bool empty() const { return bits == 0; }
    // Whether a value of this set (null aside) could be one of the other's.
    constexpr bool overlaps(KindSet other) const {
        return ((bits & other.bits) & ~1u) != 0;
    }
    constexpr bool within(KindSet other) const { return (bits & ~other.bits) == 0; }
    constexpr KindSet operator|(KindSet other) const { return of_bits(bits | other.bits); }
    constexpr KindSet operator&(KindSet other) const { return of_bits(bits & other.bits); }
    constexpr KindSet without(KindSet other) const { return of_bits(bits & ~other.bits); }
    constexpr bool operator==(const KindSet&) const = default;

    // "INTEGER or FLOAT", for messages; null is left out unless it is alone.
    std::string text() const;
};

inline constexpr KindSet kAnyKind = KindSet::of_bits((1u << 17) - 1);
inline constexpr KindSet kNumberKinds = {ValueKind::kInteger, ValueKind::kFloat};
inline constexpr KindSet kEntityKinds = {ValueKind::kNode, ValueKind::kRelationship};
inline constexpr KindSet kTemporalKinds = {ValueKind::kDate, ValueKind::kLocalTime, ValueKind::kTime,
                                           ValueKind::kLocalDateTime, ValueKind::kDateTime};

// A type as written after `IS ::` or `IS TYPED`, unions included: `INTEGER | LIST<STRING NOT NULL>`.
struct ValueType {
    KindSet kinds = kAnyKind;                   // null is a member unless NOT NULL
    std::shared_ptr<const ValueType> element;   // of lists; missing: anything
};

// Whether the value is of the type. An empty list is of every list type.
bool conforms(const Value& value, const ValueType& type);

// The narrowest type of a value as text: "INTEGER NOT NULL", "LIST<STRING NOT NULL> NOT NULL", "NULL".
std::string value_type_text(const Value& value);

}  // namespace maek::query
