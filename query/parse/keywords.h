// Room: query, inner. The keywords, found case-insensitively. None is reserved: each may also name
// a variable, label or property where a name is expected.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "query/parse/token.h"

namespace maek::query {

#define MAEK_KEYWORDS(X)                                                                            \
    X(Acyclic) X(All) X(AllShortestPaths) X(And) X(Any) X(As) X(Asc) X(Ascending) X(Assert)         \
    X(Begin) X(Break) X(By) X(Call) X(Case) X(Collect) X(Commit) X(Concurrent) X(Constraint)        \
    X(Constraints) X(Contains) X(Continue) X(Count) X(Create) X(Csv) X(Databases) X(Delete) X(Desc) \
    X(Descending) X(Detach) X(Different) X(Distinct) X(Drop) X(Each) X(Edge) X(Edges) X(Element)    \
    X(Elements) X(Else) X(End) X(Ends) X(Error) X(Exists) X(Explain) X(Fail) X(False) X(Filter)     \
    X(Finish) X(First) X(For) X(Foreach) X(FullText) X(Functions) X(Group) X(Groups) X(If) X(In)    \
    X(Index) X(Indexes) X(Insert) X(Is) X(Keep) X(Key) X(Last) X(Let) X(Limit) X(Load) X(Lookup)    \
    X(Match) X(Merge) X(Next) X(Node) X(NoDetach) X(None) X(Not) X(Null) X(Nulls) X(Of) X(Offset)   \
    X(On) X(Optional) X(Options) X(Or) X(Order) X(Ordinality) X(Path) X(Paths) X(Point)             \
    X(Procedures) X(Profile) X(Range) X(Reduce) X(Relationship) X(Relationships) X(Remove)          \
    X(Repeatable) X(Report) X(Require) X(Return) X(Rollback) X(Row) X(Rows) X(Set) X(Shortest)      \
    X(ShortestPath) X(Show) X(Simple) X(Single) X(Skip) X(Start) X(Starts) X(Status) X(Text)        \
    X(Then) X(Trail) X(Transaction) X(Transactions) X(Trim) X(True) X(Type) X(Typed) X(Typeof)      \
    X(Union) X(Unique) X(Unwind) X(Use) X(Vector) X(Walk) X(When) X(Where) X(With) X(Xor) X(Yield)

enum class Keyword : std::uint8_t {
    kNothing,
#define MAEK_KEYWORD_ID(name) k##name,
    MAEK_KEYWORDS(MAEK_KEYWORD_ID)
#undef MAEK_KEYWORD_ID
};

Keyword find_keyword(std::string_view word);  // kNothing when it is none
std::string_view keyword_text(Keyword keyword);  // in capitals

// The keyword among `candidates` most alike to a misspelt word ("MTCH" -> MATCH), or kNothing.
Keyword closest_keyword(std::string_view word, std::span<const Keyword> candidates);

}  // namespace maek::query
