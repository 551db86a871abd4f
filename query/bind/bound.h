// Room: query, inner. What the binder hands to the planner: a statement with every name resolved.
//
// Variables are slots, numbered over the whole statement: a variable keeps its slot from where it
// is introduced to where its scope ends, `WITH a` passes slot a through unchanged, and no two
// variables share a slot (comprehension variables and subqueries included). A subquery reads the
// slots of its surroundings directly; `outer` lists which.
// Names of labels, types and keys are canonical strings (Korean synonyms replaced); the planner
// looks them up in the snapshot, where they may be unknown.
// Ownership: a tree of unique_ptr below BoundStatement. Made by bind/binder.h, read-only after.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "query/parse/path_words.h"
#include "query/parse/source.h"
#include "schema/value.h"

namespace maek::query {

struct FunctionInfo;   // eval/function_registry.h
struct ProcedureInfo;  // bind/catalogue.h

using Slot = std::uint32_t;
inline constexpr Slot kNoSlot = 0xFFFFFFFFu;

// The kinds a value may have, as far as known before running: bit i is ValueKind i.
struct TypeSet {
    std::uint32_t bits = 0xFFFFFFFFu;
    static constexpr TypeSet any() { return {}; }
    static constexpr TypeSet of(ValueKind kind) { return {1u << static_cast<unsigned>(kind)}; }
    constexpr TypeSet operator|(TypeSet other) const { return {bits | other.bits}; }
    constexpr bool may_be(ValueKind kind) const { return (bits >> static_cast<unsigned>(kind)) & 1; }
    constexpr bool is_only(ValueKind kind) const { return bits == (1u << static_cast<unsigned>(kind)); }
    constexpr bool operator==(const TypeSet&) const = default;
};

struct BoundExpr;
struct BoundQuery;
using ExprPtr = std::unique_ptr<BoundExpr>;

// ---------------------------------------------------------------- labels and types

// A label expression of a node or a type expression of a relationship.
struct LabelExpr {
    enum class Kind : std::uint8_t { kName, kDynamic, kAnd, kOr, kNot, kAnything };
    Kind kind = Kind::kAnything;
    std::string name;                 // kName, canonical
    ExprPtr dynamic;                  // kDynamic: a string or list of strings, `$($x)`
    bool dynamic_any = false;         // kDynamic: one of the list is enough, `$any($x)`; else all
    std::vector<LabelExpr> operands;  // kAnd, kOr: 2 or more; kNot: 1
    SourceRange range;
};

// ---------------------------------------------------------------- expressions

enum class ExprKind : std::uint8_t {
    kLiteral,            // value
    kParameter,          // name
    kVariable,           // slot
    kProperty,           // children[0].name
    kLabelTest,          // children[0] (node or relationship) against labels
    kNot, kNegate, kPlus,                       // 1 child
    kAnd, kOr, kXor,                            // 2 or more children
    kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual,  // 2 children; chains are kAnd
    kAdd, kSubtract, kMultiply, kDivide, kModulo, kPower, kConcat,  // 2 children
    kChain,              // more than 32 arithmetic terms, left to right: children[0] operators[0]
                         // children[1] operators[1] ... (so that long sums are no deep trees)
    kIn, kStartsWith, kEndsWith, kContains, kRegexMatch,            // 2 children
    kIsNull, kIsNotNull,                        // 1 child
    kIsTyped,            // children[0], name = type text, negated
    kIndex,              // children[0][children[1]]: list element, map entry or property by name
    kSlice,              // children[0][children[1]..children[2]], missing ends are null ExprPtr
    kList,               // children
    kMap,                // children[i] under keys[i]
    kFunction,           // function(children...)
    kCase,               // children: [subject or null], when1, then1, when2, then2, ..., [else or null]
    kListComprehension,  // [slot IN children[0] WHERE children[1] | children[2]]; 1, 2 may be null
    kAll, kAny, kNone, kSingle,  // quantifiers: slot IN children[0] WHERE children[1]
    kReduce,             // slot2 = children[0], slot IN children[1] | children[2]
    kMapProjection,      // children[0] {projection}
    kPathValue,          // a path from its parts: path_slots, node, segment, node, ... (see PathPart)
    kExists, kCountSubquery, kCollectSubquery,  // subquery
    kPatternComprehension,  // subquery whose single column is collected; like kCollectSubquery
    kShortestPath,       // subquery: a MATCH of one shortestPath pattern returning the path(s)
};

struct MapProjectionItem {
    enum class Kind : std::uint8_t { kAllProperties, kEntry } kind = Kind::kEntry;
    std::string key;  // kEntry
    ExprPtr value;    // kEntry
};

struct BoundExpr {
    ExprKind kind = ExprKind::kLiteral;
    TypeSet type;
    SourceRange range;
    std::vector<ExprPtr> children;
    Value value;                              // kLiteral
    std::string name;                         // kParameter, kProperty, kIsTyped
    Slot slot = kNoSlot, slot2 = kNoSlot;
    bool negated = false;                     // kIsTyped
    std::vector<std::string> keys;            // kMap
    std::vector<ExprKind> operators;          // kChain: children.size() - 1 of kAdd ... kConcat
    const FunctionInfo* function = nullptr;   // kFunction; lives as long as the program
    LabelExpr labels;                         // kLabelTest
    std::vector<MapProjectionItem> projection;
    std::vector<Slot> path_slots;             // kPathValue
    std::unique_ptr<BoundQuery> subquery;
    std::vector<Slot> outer;                  // slots of the surroundings the subquery reads
};

// ---------------------------------------------------------------- patterns

struct PropertyItem {
    std::string key;
    ExprPtr value;
};

struct BoundNode {
    Slot slot = kNoSlot;        // anonymous nodes have one too
    std::string name;           // as written; empty when anonymous
    bool bound_before = false;  // by an earlier clause, or earlier in this one
    LabelExpr labels;           // kAnything when none; for CREATE and MERGE names only
    std::vector<PropertyItem> properties;
    ExprPtr properties_from;    // `(n $map)`: a parameter or expression instead of a literal map
    ExprPtr where;              // inside the pattern, may read other variables of the pattern
    SourceRange range;
};

struct BoundGroup;

// What stands between two nodes of a path pattern.
struct BoundSegment {
    enum class Kind : std::uint8_t { kSingle, kVariable, kGroup };
    Kind kind = Kind::kSingle;
    // kSingle: the relationship. kVariable (`*m..n` and quantified edges `->{m,n}`): the list of
    // relationships. kGroup: unused.
    Slot slot = kNoSlot;
    std::string name;
    bool bound_before = false;
    RelDirection direction = RelDirection::kBoth;
    LabelExpr types;
    std::vector<PropertyItem> properties;  // must hold for each relationship
    ExprPtr properties_from;
    ExprPtr where;         // per relationship; reads `step_slot` as the relationship
    Slot step_slot = kNoSlot;  // kVariable: the single relationship under test in `where`
    bool quantified = false;   // kVariable written in GQL style (`->+`), obeys the path mode
    std::uint64_t min = 1;
    std::optional<std::uint64_t> max;  // none: unbounded
    std::unique_ptr<BoundGroup> group;
    SourceRange range;
};

// A parenthesised, quantified part of a path: `((x)-[r]->(y) WHERE ...){m,n}`.
struct GroupVariable {
    Slot inner;  // inside one round
    Slot list;   // outside: one element a round
};
struct BoundGroup {
    std::vector<BoundNode> nodes;        // of one round; the last of a round is the first of the next
    std::vector<BoundSegment> segments;  // one fewer; kSingle only
    ExprPtr where;                       // per round
    std::vector<GroupVariable> variables;
};

struct BoundPath {
    Slot path_slot = kNoSlot;  // kNoSlot: not named
    std::string name;
    PathSelector selector = PathSelector::kAll;
    std::uint64_t count = 1;   // kAny, kShortestK, kShortestGroups
    PathMode mode = PathMode::kDefault;
    std::vector<BoundNode> nodes;        // at least one
    std::vector<BoundSegment> segments;  // nodes.size() - 1
    ExprPtr where;             // of a parenthesised path with a selector: filters before selecting
    SourceRange range;
};

// ---------------------------------------------------------------- clauses

enum class ClauseKind : std::uint8_t {
    kMatch, kUnwind, kProjection, kCreate, kMerge, kSet, kRemove, kDelete, kForeach,
    kCallProcedure, kCallSubquery, kFinish,
};

struct BoundClause {
    ClauseKind kind;
    SourceRange range;
    explicit BoundClause(ClauseKind k) : kind(k) {}
    virtual ~BoundClause() = default;
};
using ClausePtr = std::unique_ptr<BoundClause>;

struct BoundMatch : BoundClause {
    BoundMatch() : BoundClause(ClauseKind::kMatch) {}
    bool optional = false;
    bool repeatable_elements = false;  // else relationships of one MATCH differ pairwise
    std::vector<BoundPath> paths;
    ExprPtr where;
};

struct BoundUnwind : BoundClause {  // FOR too
    BoundUnwind() : BoundClause(ClauseKind::kUnwind) {}
    ExprPtr list;
    Slot slot = kNoSlot;
    Slot ordinal_slot = kNoSlot;  // WITH ORDINALITY (from 1) or OFFSET (from 0)
    bool ordinal_from_zero = false;
};

struct ProjectionItem {
    std::string name;
    Slot slot = kNoSlot;  // a passed-through variable keeps its own
    ExprPtr expr;         // aggregating: reads only key and aggregate slots; an item that is a key
                          // shares the key's slot and is just that variable
};
struct AggregateCall {
    Slot slot = kNoSlot;  // result
    const FunctionInfo* function = nullptr;
    bool star = false;  // count(*)
    bool distinct = false;
    std::vector<ExprPtr> arguments;  // read the rows before aggregation
    SourceRange range;
};
struct GroupKey {
    Slot slot = kNoSlot;
    ExprPtr expr;
};
struct SortItem {
    ExprPtr expr;  // reads item slots, and (without DISTINCT or aggregation) the slots before;
                   // the same holds for WHERE
    bool descending = false;
    std::optional<bool> nulls_first;
};

// WITH and RETURN. Order of work: keys and aggregates (if aggregating), items, DISTINCT, ORDER BY,
// SKIP, LIMIT, WHERE. Only item slots live on after it.
struct BoundProjection : BoundClause {
    BoundProjection() : BoundClause(ClauseKind::kProjection) {}
    bool is_return = false;
    bool distinct = false;
    bool aggregating = false;
    std::vector<GroupKey> keys;
    std::vector<AggregateCall> aggregates;
    std::vector<ProjectionItem> items;
    std::vector<SortItem> order;
    ExprPtr skip, limit;  // constant for the statement (no variables)
    ExprPtr where;
};

struct BoundCreate : BoundClause {
    BoundCreate() : BoundClause(ClauseKind::kCreate) {}
    std::vector<BoundPath> paths;  // kSingle segments, each with one type name and a direction
};

struct SetItem {
    enum class Kind : std::uint8_t { kProperty, kReplaceAll, kMergeAll, kLabels, kDynamicProperty };
    Kind kind = Kind::kProperty;
    ExprPtr target;    // the node, relationship or map-like expression before the dot
    std::string key;   // kProperty
    ExprPtr key_expr;  // kDynamicProperty: n[expr]
    ExprPtr value;
    std::vector<std::string> labels;      // kLabels
    std::vector<ExprPtr> dynamic_labels;  // kLabels: `$(expr)`
    SourceRange range;
};
struct BoundSet : BoundClause {
    BoundSet() : BoundClause(ClauseKind::kSet) {}
    std::vector<SetItem> items;
};
struct BoundRemove : BoundClause {  // kProperty, kDynamicProperty and kLabels items
    BoundRemove() : BoundClause(ClauseKind::kRemove) {}
    std::vector<SetItem> items;
};

struct BoundMerge : BoundClause {
    BoundMerge() : BoundClause(ClauseKind::kMerge) {}
    BoundPath path;
    std::vector<SetItem> on_create, on_match;
};

struct BoundDelete : BoundClause {
    BoundDelete() : BoundClause(ClauseKind::kDelete) {}
    bool detach = false;
    std::vector<ExprPtr> targets;
};

struct BoundForeach : BoundClause {
    BoundForeach() : BoundClause(ClauseKind::kForeach) {}
    Slot slot = kNoSlot;
    ExprPtr list;
    std::vector<ClausePtr> body;  // updating clauses
};

struct YieldItem {
    std::uint32_t field = 0;  // index of the procedure's outputs
    Slot slot = kNoSlot;
    std::string name;         // as the row's column when standalone
};
struct BoundCallProcedure : BoundClause {
    BoundCallProcedure() : BoundClause(ClauseKind::kCallProcedure) {}
    const ProcedureInfo* procedure = nullptr;  // lives as long as the engine
    std::vector<ExprPtr> arguments;            // one per declared input
    std::vector<YieldItem> yields;
    ExprPtr where;
    bool standalone = false;
    bool optional = false;
};

struct BoundCallSubquery : BoundClause {
    BoundCallSubquery() : BoundClause(ClauseKind::kCallSubquery) {}
    std::unique_ptr<BoundQuery> query;  // its columns' slots are live after the clause
    std::vector<Slot> outer;            // imported
    bool unit = false;                  // returns nothing: each row passes once
    bool optional = false;
    bool in_transactions = false;
    ExprPtr batch_size;                 // OF n ROWS
    enum class OnError : std::uint8_t { kFail, kContinue, kBreak } on_error = OnError::kFail;
    Slot status_slot = kNoSlot;         // REPORT STATUS AS
};

struct BoundFinish : BoundClause {
    BoundFinish() : BoundClause(ClauseKind::kFinish) {}
};

// ---------------------------------------------------------------- statements

// One arm of a UNION.
struct BoundSingleQuery {
    std::vector<ClausePtr> clauses;
};

struct BoundQuery {
    std::vector<BoundSingleQuery> arms;  // at least one
    std::vector<bool> union_all;         // arms.size() - 1
    std::vector<std::string> columns;    // of RETURN; empty for a query without one
    // Where each column is found in the end: of the arm's last projection (arm_slots[arm][column])
    // and, for a union or subquery, where the surroundings find it.
    std::vector<std::vector<Slot>> arm_slots;
    std::vector<Slot> column_slots;
    bool writes = false;  // any updating clause inside, procedures with writing mode included
};

struct SchemaCommand {
    enum class Kind : std::uint8_t {
        kCreateIndex, kDropIndex, kCreateConstraint, kDropConstraint,
    } kind = Kind::kCreateIndex;
    bool if_exists = false, if_not_exists = false;
    std::string name;  // empty: made up from target
    enum class Index : std::uint8_t { kRange, kText, kFullText } index = Index::kRange;
    enum class Constraint : std::uint8_t { kUnique, kExists, kNodeKey } constraint = Constraint::kUnique;
    bool on_relationships = false;
    std::vector<std::string> labels, properties;
    Value options;
    SourceRange range;
};

struct BoundStatement {
    enum class Kind : std::uint8_t { kQuery, kSchema, kBegin, kCommit, kRollBack } kind = Kind::kQuery;
    enum class Mode : std::uint8_t { kRun, kExplain, kProfile } mode = Mode::kRun;
    std::unique_ptr<BoundQuery> query;  // kQuery
    SchemaCommand schema;               // kSchema
    SourceRange range;
    std::uint32_t slot_count = 0;
    std::vector<std::string> slot_names;  // for plans and messages; empty: anonymous
    std::vector<TypeSet> slot_types;
    std::vector<std::string> parameters;  // names read anywhere, sorted
    std::vector<SourceRange> parameter_places;  // where each is read first
    bool uses_parameter_values = false;   // bound for these values: not to be kept in a plan cache
    struct Note {  // unknown label, deprecated form, ...
        std::string code, message;
        SourceRange range;
    };
    std::vector<Note> notes;
};

}  // namespace maek::query
