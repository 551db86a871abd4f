// Room: query, inner. Expressions that may be computed in another place than where they stand, or twice.
// Tests: tests/query/cases/explain_profile.test, tests/query/cases/pushed_conditions.test.
#pragma once

#include "query/bind/bound.h"

namespace maek::query {

// A literal, parameter or variable, or a property of one: computing it again costs next to nothing.
bool is_simple(const BoundExpr& expr);

// Requires is_simple(expr).
ExprPtr copy_simple(const BoundExpr& expr);

// Whether it gives a value for any row, always the same one: on rows that a condition before it would
// have left out, it may be computed too. Sure of simple forms only; those that it says no to may be too.
bool never_fails(const BoundExpr& expr);
// And whether that value is true, false or null.
bool is_sure_condition(const BoundExpr& expr);

}  // namespace maek::query
