// A query as plain data: generated at random, printed as openCypher text for the engine, and
// evaluated naively here. It covers the core of reading: several MATCHes, optional ones, patterns
// with shared variables, variable length, quantified edges with every path mode and selector,
// three-valued WHERE, EXISTS and COUNT subqueries, projection, aggregation, DISTINCT, ORDER BY.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/reference/small_graph.h"

namespace maek::reference {

struct PlainNode {
    std::string variable;  // empty: anonymous
    std::vector<std::string> labels;
    std::optional<std::int64_t> x;  // {x: 1}
};

struct PlainEdge {
    enum class Form { kSingle, kStar, kQuantified } form = Form::kSingle;
    enum class Direction { kOut, kIn, kBoth } direction = Direction::kOut;
    std::string variable;
    std::vector<std::string> types;
    std::optional<std::int64_t> x;
    std::size_t min = 1;
    std::optional<std::size_t> max;  // kStar and kQuantified; none: unbounded
};

enum class Mode { kNone, kWalk, kTrail, kSimple, kAcyclic };
enum class Selector { kAll, kAny, kAnyShortest, kAllShortest, kShortest, kShortestGroups };

struct PlainPath {
    std::string variable;
    Selector selector = Selector::kAll;
    std::size_t count = 1;
    Mode mode = Mode::kNone;
    std::vector<PlainNode> nodes;
    std::vector<PlainEdge> edges;
};

struct PlainExpr {
    enum class Kind {
        kConstant, kProperty, kCompare, kAnd, kOr, kXor, kNot, kIsNull, kIsNotNull, kHasLabel, kIn,
        kExists, kCount,
    } kind = Kind::kConstant;
    Scalar constant;
    std::string variable, name;  // property key, label, or comparison operator
    std::vector<PlainExpr> children;
    std::vector<Scalar> list;                // kIn
    std::shared_ptr<const PlainPath> path;   // kExists, kCount
};

struct PlainMatch {
    bool optional = false;
    bool repeatable = false;
    std::vector<PlainPath> paths;
    std::optional<PlainExpr> where;
    bool where_behind = false;  // written as WITH * WHERE behind the MATCH
};

struct PlainItem {
    enum class Kind {
        kExpression, kCountStar, kCount, kCountDistinct, kSum, kMin, kMax,
        kEdgeKeys,      // [e IN r | e.k] of a variable-length edge
        kEdgeKeysBack,  // the same in the other order
        kPathLength,    // length(p)
    } kind = Kind::kExpression;
    PlainExpr expression;
    std::string variable;
};

struct PlainQuery {
    std::vector<PlainMatch> matches;
    std::vector<PlainItem> items;
    bool distinct = false;
    bool ordered = false;  // ORDER BY every item
    std::optional<std::size_t> skip, limit;  // only when ordered
};

std::string to_text(const PlainQuery& query);

// Thrown for a query whose naive evaluation explodes; the caller draws another.
struct TooMuchWork {};

// The rows as text, one string a row; in order when the query is ordered, else sorted.
std::vector<std::string> evaluate(const PlainQuery& query, const SmallGraph& graph);

PlainQuery random_query(Random& random);

// How a cell is written in those rows.
std::string cell_text(const Scalar& scalar);

}  // namespace maek::reference
