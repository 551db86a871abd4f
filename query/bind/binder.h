// Room: query, inner. The semantic analyser: a parsed statement to a bound one, or the error that
// makes it meaningless. Everything that can be known to be wrong before a row is read is found here,
// also on an empty graph: names, kinds of variables, static types, aggregation, clause order.
// Tests: tests/query/bind/*_test.cpp; the TCK's compile-time errors all come from here or parse/.
#pragma once

#include <memory>

#include "query/bind/bound.h"
#include "query/bind/catalogue.h"
#include "query/parse/ast.h"

namespace maek::query {

// Throws QueryError. The parameters matter only to CALL without parentheses, to SHORTEST $k and to
// hints; when BoundStatement::uses_parameter_values is set, the result holds for these values only.
std::unique_ptr<BoundStatement> bind(const ast::Statement& statement, const Catalogue& catalogue,
                                     const Parameters& parameters);

}  // namespace maek::query
