// Room: query, inner. What the elements of a path must satisfy, and what a search must know before it
// walks: conditions inside a searched part are tested while it walks, so what they read of the
// surroundings has to be in the row already. Tests: tests/query/cases/paths_reading.test.
#pragma once

#include <vector>

#include "query/plan/condition.h"

namespace maek::query {

// Of one node or relationship: its properties, its map of properties and its WHERE; not labels and types.
void add_own_conditions(const BoundNode& node, std::vector<Condition>& into);
void add_own_conditions(const BoundSegment& segment, Slot slot, std::vector<Condition>& into);

// What segments [first, last) of a path, searched as a whole, read and do not find themselves. A single
// relationship or a node between may read anything of the same path: it is tested when the path is
// complete. A part that repeats may not read another variable of the path but its ends.
// Throws QueryError for one that does.
SlotSet search_needs(const BoundPath& path, std::size_t first, std::size_t last);

}  // namespace maek::query
