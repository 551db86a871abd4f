// Room: query, inner. The procedures of full-text search:
//   search.nodes(query [, options]) YIELD node, score
//   search.relationships(query [, options]) YIELD relationship, score
//   db.index.fulltext.queryNodes(index, query [, options]) YIELD node, score; queryRelationships
// options: {labels|types, properties, limit (20), exact (false)}. Without properties the search
// looks in name, aliases and title of nodes, in evidence of relationships.
// Indexes are built at first use, kept, and brought up to date when the graph searched is another
// one: after a commit, in an open transaction that wrote, after its rollback.
// Tests: tests/query/cases/search.test, tests/query/exec/kept_plans_test.cpp.
#pragma once

#include "query/exec/procedure_registry.h"

namespace maek::query {

void add_search_procedures(ProcedureRegistry& registry);

}  // namespace maek::query
