// Room: query, inner. CREATE/DROP INDEX and CONSTRAINT. Not a plan: one step each.
// Tests: tests/query/cases/schema.test.
#pragma once

#include "graph/transaction.h"
#include "query/bind/bound.h"
#include "query/engine.h"

namespace maek::query {

// Counts what it did; IF [NOT] EXISTS makes what is already so
// a note instead of an error. Throws QueryError with the graph's own message otherwise.
void change_schema(const SchemaCommand& command, graph::Transaction& transaction, QueryResult& result);

}  // namespace maek::query
