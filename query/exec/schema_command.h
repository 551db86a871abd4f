// Room: query, inner. CREATE/DROP INDEX and CONSTRAINT, and SHOW. Not a plan: one step each.
// Tests: tests/query/cases/schema.test.
#pragma once

#include "graph/transaction.h"
#include "query/bind/bound.h"
#include "query/engine.h"
#include "query/exec/procedure_registry.h"

namespace maek::query {

// Whether the command changes the graph's schema (and so needs a transaction).
bool changes_schema(const SchemaCommand& command);

// Requires: changes_schema(command). Counts what it did; IF [NOT] EXISTS makes what is already so
// a note instead of an error. Throws QueryError with the graph's own message otherwise.
void change_schema(const SchemaCommand& command, graph::Transaction& transaction, QueryResult& result);

// Requires: a SHOW. Fills columns and rows.
void show_schema(const SchemaCommand& command, const graph::Graph& graph, const ProcedureRegistry& procedures,
                 QueryResult& result);

}  // namespace maek::query
