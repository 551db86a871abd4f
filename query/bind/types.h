// Room: query, inner of bind/. Static types: what an expression's value may be, as far as that is
// known before running. Unknown means anything; only what can never be right is an error.
#pragma once

#include <string>
#include <vector>

#include "query/bind/bound.h"
#include "query/eval/kinds.h"

namespace maek::query {

inline constexpr std::uint32_t kAllKindBits = kAnyKind.bits;

inline TypeSet type_of(KindSet kinds) { return TypeSet{kinds.bits}; }
inline KindSet kinds_of(TypeSet type) { return KindSet::of_bits(type.bits & kAllKindBits); }

// No value of the type, null included, is among the kinds.
inline bool never(TypeSet type, KindSet kinds) {
    return (type.bits & kAllKindBits & (kinds.bits | 1u)) == 0;
}

// "Integer", "Node or Relationship" for messages.
std::string type_text(TypeSet type);

// The kinds of a list's elements, by the kinds known of each slot's elements.
TypeSet element_type(const BoundExpr& list, const std::vector<TypeSet>& slot_elements);

// The result of an arithmetic operator.
TypeSet arithmetic_type(ExprKind op, TypeSet left, TypeSet right);

// Kinds that an operand of an arithmetic operator may have.
KindSet arithmetic_operands(ExprKind op);

}  // namespace maek::query
