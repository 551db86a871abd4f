// Room: query, inner. Conditions that are tested earlier than they are written: a conjunct of the WHERE of
// a WITH, FILTER or later MATCH goes to the MATCH that finds what it reads, where it may open an index.
//
// It goes there only when nothing can tell: it never fails and reads nothing but nodes and relationships
// of the MATCH and what was known before; and between the two nothing writes, counts or cuts rows, or
// makes a value that it reads. Tests: tests/query/cases/pushed_conditions.test.
#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "query/bind/bound.h"
#include "query/plan/condition.h"

namespace maek::query {

class PushedConditions {
public:
    // Looks through the clauses of a query.
    void find(const BoundSingleQuery& arm);

    // The conjuncts of a WHERE (or null) that stay there.
    void add_staying(const BoundExpr* where, std::vector<Condition>& into) const;
    // Those that came to a MATCH.
    void add_pushed(const BoundMatch& match, std::vector<Condition>& into) const;

private:
    void push(const std::vector<ClausePtr>& clauses, std::size_t from, const Condition& condition);

    std::unordered_set<const BoundExpr*> gone_;
    std::unordered_map<const BoundMatch*, std::vector<const BoundExpr*>> pushed_;
};

}  // namespace maek::query
