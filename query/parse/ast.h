// Room: query, inner. The parsed statement: what was written, names not yet resolved.
// Every node carries its place. Trees are owned by unique_ptr; long chains (a AND b AND ...,
// 1 + 2 + ...) are lists, and the parser bounds the depth, so recursion over a tree is safe.
// Sugar is gone: INSERT is Create, FILTER and LET are Projection, FOR is Unwind, NEXT is spelt out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/parse/path_words.h"
#include "query/parse/source.h"
#include "schema/value.h"

namespace maek::query::ast {

struct Expr;
struct Query;
struct Pattern;
struct PathPattern;
using ExprPtr = std::unique_ptr<Expr>;

struct Name {
    std::string text;
    SourceRange range;
};

// ---------------------------------------------------------------- labels

struct LabelExpr {
    enum class Kind : std::uint8_t { kName, kDynamic, kAnd, kOr, kNot, kAnything };
    Kind kind = Kind::kName;
    std::string name;                 // kName
    ExprPtr dynamic;                  // kDynamic: $(expression)
    bool dynamic_any = false;         // $any(list): one of them, else all
    std::vector<LabelExpr> operands;  // kAnd, kOr: 2 or more; kNot: 1
    SourceRange range;

    LabelExpr();
    LabelExpr(LabelExpr&&) noexcept;
    LabelExpr& operator=(LabelExpr&&) noexcept;
    ~LabelExpr();
};

// ---------------------------------------------------------------- expressions

enum class ExprKind : std::uint8_t {
    kLiteral,            // value
    kParameter,          // name
    kVariable,           // name
    kProperty,           // children[0].name
    kIndex,              // children[0][children[1]]
    kSlice,              // children[0][children[1] .. children[2]]; ends may be null
    kNot, kNegate, kPlus,
    kAnd, kOr, kXor,     // 2 or more children
    kArithmetic,         // children[0] operators[0] children[1] ..., one level of precedence
    kComparison,         // children[0] operators[0] children[1] ...
    kIn, kStartsWith, kEndsWith, kContains, kRegexMatch,  // 2 children
    kIsNull,             // negated: IS NOT NULL
    kIsTyped,            // name: the type as written in capitals; negated
    kLabelTest,          // children[0] against labels
    kList,               // children
    kMap,                // children[i] under names[i]
    kMapProjection,      // children[0] is the variable, then items
    kCall,               // name(children), distinct
    kCountStar,
    kCase,               // children: subject or null, when, then, ..., else or null
    kListComprehension,  // names[0] IN children[0] WHERE children[1] | children[2]; 1, 2 may be null
    kAll, kAny, kNone, kSingle,  // names[0] IN children[0] WHERE children[1]
    kReduce,             // names[0] = children[0], names[1] IN children[1] | children[2]
    kPattern,            // pattern: a path used as a predicate
    kPatternComprehension,  // pattern (its path may be named), WHERE children[0] | children[1]
    kExists, kCount, kCollect,   // query, or pattern
    kShortestPath,       // pattern: shortestPath(...) or allShortestPaths(...)
};

enum class Operator : std::uint8_t {
    kAdd, kSubtract, kMultiply, kDivide, kModulo, kPower, kConcat,
    kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual,
};

struct ProjectionElement {  // of a map projection
    enum class Kind : std::uint8_t { kAllProperties, kProperty, kVariable, kEntry };
    Kind kind = Kind::kEntry;
    Name name;
    ExprPtr value;  // kEntry
};

struct Expr {
    ExprKind kind;
    bool negated = false;
    bool distinct = false;
    std::uint16_t height = 1;  // of the tree below, bounded by the parser
    SourceRange range;
    std::string name;
    Value value;
    std::vector<ExprPtr> children;
    std::vector<Operator> operators;
    std::vector<Name> names;
    std::vector<ProjectionElement> items;
    LabelExpr labels;
    std::unique_ptr<Pattern> pattern;
    std::unique_ptr<Query> query;

    Expr(ExprKind k, const SourceRange& r);
    ~Expr();
};

// ---------------------------------------------------------------- patterns

struct Quantifier {
    std::uint64_t min = 1;
    std::optional<std::uint64_t> max;  // none: unbounded
    bool question = false;             // written `?`: its variables are single or null, not lists
    SourceRange range;
};

struct PropertyEntry {
    Name key;
    ExprPtr value;
};

// ( variable labels {properties} WHERE ... ), or the same between brackets with direction.
struct ElementPattern {
    std::optional<Name> variable;
    std::optional<LabelExpr> labels;
    std::optional<std::vector<PropertyEntry>> properties;
    ExprPtr properties_from;  // a parameter in place of the map
    ExprPtr where;
    SourceRange range;
};

struct RelationshipPattern : ElementPattern {
    RelDirection direction = RelDirection::kBoth;
    bool both_arrows = false;              // <-[]->
    std::optional<Quantifier> length;      // *1..3, inside the brackets
    std::optional<Quantifier> quantifier;  // {1,3} + * ?, after the arrow
};

struct PathElement {
    enum class Kind : std::uint8_t { kNode, kRelationship, kGroup };
    Kind kind = Kind::kNode;
    ElementPattern node;                  // kNode
    RelationshipPattern relationship;     // kRelationship
    std::unique_ptr<PathPattern> group;   // kGroup: ( path WHERE ... )
    std::optional<Quantifier> quantifier; // kGroup
    SourceRange range;
};

struct PathPattern {
    std::optional<Name> variable;
    PathSelector selector = PathSelector::kAll;
    bool has_selector = false;
    std::uint64_t count = 1;
    ExprPtr count_from;  // a parameter in place of the number
    PathMode mode = PathMode::kDefault;
    std::vector<PathElement> elements;
    ExprPtr where;  // of a parenthesised path
    SourceRange range;
};

enum class MatchMode : std::uint8_t { kDefault, kDifferentEdges, kRepeatableElements };

struct Pattern {
    MatchMode match_mode = MatchMode::kDefault;
    std::vector<PathPattern> paths;
    ExprPtr where;
    SourceRange range;
};

// ---------------------------------------------------------------- clauses

enum class ClauseKind : std::uint8_t {
    kMatch, kUnwind, kProjection, kCreate, kMerge, kSet, kRemove, kDelete, kForeach,
    kCallProcedure, kCallSubquery, kFinish,
};

struct Clause {
    ClauseKind kind;
    const char* word;  // as messages name it: "MATCH", "FILTER"
    SourceRange range;
    Clause(ClauseKind k, const char* w, const SourceRange& r) : kind(k), word(w), range(r) {}
    virtual ~Clause() = default;
};
using ClausePtr = std::unique_ptr<Clause>;

struct Match : Clause {
    using Clause::Clause;
    bool optional = false;
    Pattern pattern;
};

struct Unwind : Clause {
    using Clause::Clause;
    ExprPtr list;
    Name variable;
    std::optional<Name> ordinal;
    bool ordinal_from_zero = false;
};

struct ReturnItem {
    ExprPtr expr;
    std::optional<Name> alias;
    std::string text;  // the expression as written: the column's name without an alias
};

struct SortItem {
    ExprPtr expr;
    bool descending = false;
    std::optional<bool> nulls_first;
};

struct Projection : Clause {
    using Clause::Clause;
    bool is_return = false;
    bool distinct = false;
    bool star = false;
    bool adds_only = false;  // LET: the items must be new names
    bool from_next = false;  // a RETURN before NEXT: columns without alias keep their text as name
    std::vector<ReturnItem> items;
    std::vector<SortItem> order;
    ExprPtr skip, limit, where;
};

struct Create : Clause {
    using Clause::Clause;
    Pattern pattern;
};

struct SetItem {
    enum class Kind : std::uint8_t { kProperty, kReplaceAll, kMergeAll, kLabels, kDynamicProperty };
    Kind kind = Kind::kProperty;
    ExprPtr target;
    Name key;           // kProperty
    ExprPtr key_expr;   // kDynamicProperty
    ExprPtr value;
    LabelExpr labels;   // kLabels
    SourceRange range;
};

struct Set : Clause {
    using Clause::Clause;
    std::vector<SetItem> items;
};

struct Remove : Clause {
    using Clause::Clause;
    std::vector<SetItem> items;
};

struct Merge : Clause {
    using Clause::Clause;
    PathPattern path;
    std::vector<SetItem> on_create, on_match;
};

struct Delete : Clause {
    using Clause::Clause;
    bool detach = false;
    std::vector<ExprPtr> targets;
};

struct Foreach : Clause {
    using Clause::Clause;
    Name variable;
    ExprPtr list;
    std::vector<ClausePtr> body;
};

struct YieldItem {
    Name field;
    std::optional<Name> alias;
};

struct CallProcedure : Clause {
    using Clause::Clause;
    std::string name;
    SourceRange name_range;
    bool optional = false;
    bool has_arguments = false;  // parentheses were written
    std::vector<ExprPtr> arguments;
    bool has_yield = false;
    bool yield_star = false;
    std::vector<YieldItem> yields;
    ExprPtr where;
};

struct CallSubquery : Clause {
    using Clause::Clause;
    bool optional = false;
    bool has_scope = false;   // CALL (a, b) { ... }
    bool scope_star = false;  // CALL (*) { ... }
    std::vector<Name> scope;
    std::unique_ptr<Query> query;
    bool in_transactions = false;
    ExprPtr batch_size;
    enum class OnError : std::uint8_t { kFail, kContinue, kBreak } on_error = OnError::kFail;
    std::optional<Name> status;
};

struct Finish : Clause {
    using Clause::Clause;
};

// ---------------------------------------------------------------- statements

struct SingleQuery {
    std::vector<ClausePtr> clauses;
    SourceRange range;
};

struct Query {
    std::vector<SingleQuery> arms;  // of UNION
    std::vector<bool> union_all;    // arms.size() - 1
    std::vector<SourceRange> unions;
    SourceRange range;
};

struct SchemaStatement {
    enum class Kind : std::uint8_t {
        kCreateIndex, kDropIndex, kCreateConstraint, kDropConstraint,
    };
    Kind kind = Kind::kCreateIndex;
    bool if_exists = false, if_not_exists = false;
    std::optional<Name> name;
    enum class Index : std::uint8_t { kRange, kText, kFullText } index = Index::kRange;
    enum class Constraint : std::uint8_t { kUnique, kExists, kNodeKey };
    Constraint constraint = Constraint::kUnique;
    bool on_relationships = false;
    std::vector<Name> labels;
    std::vector<Name> properties;
    ExprPtr options;
    SourceRange range;
};

struct Statement {
    enum class Kind : std::uint8_t { kQuery, kSchema, kBegin, kCommit, kRollBack };
    enum class Mode : std::uint8_t { kRun, kExplain, kProfile };
    Kind kind = Kind::kQuery;
    Mode mode = Mode::kRun;
    Query query;             // kQuery
    SchemaStatement schema;  // kSchema
    std::string text;        // the whole statement
    SourceRange range;       // without EXPLAIN and the like
    SourceRange prefix;      // `CYPHER 5`, which has no effect; line 0: none
};

}  // namespace maek::query::ast
