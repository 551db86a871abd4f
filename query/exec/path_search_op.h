// Room: query, inner. The walks of a path pattern: variable length, quantified groups, path modes and
// selectors; see path_automaton.h and path_search.h. Tests: tests/query/cases/paths*.test.
#pragma once

#include "query/exec/build.h"
#include "query/plan/logical_read.h"

namespace maek::query {

OperatorPtr make_path_search(OperatorBuilder& builder, OperatorPtr input, const LogicalPathSearch& plan,
                             SlotList carried, const SlotSet& needed);

}  // namespace maek::query
