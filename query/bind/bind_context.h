// Room: query, inner of bind/. The binder's state and its functions, spread by theme over
// bind_statement.cpp, bind_projection.cpp, bind_match.cpp, bind_path.cpp, bind_write.cpp, bind_call.cpp,
// bind_expression.cpp, bind_operator.cpp, bind_function.cpp, bind_subquery.cpp, bind_notes.cpp and
// bind_schema.cpp.
#pragma once

#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/bind/binder.h"
#include "query/bind/scope.h"
#include "query/bind/types.h"
#include "query/parse/query_error.h"

namespace maek::query {

// Where an expression stands decides what an aggregate or a plain variable means there.
struct AggregateContext {
    enum class Mode : std::uint8_t {
        kRefused,    // an aggregate is an error; `place` says where we are
        kArguments,  // inside an aggregate: another one is an error
        kItem,       // an item of an aggregating projection: variables must be grouping keys
        kOrder,      // ORDER BY of an aggregating or DISTINCT projection: items stand for themselves
    };
    Mode mode = Mode::kRefused;
    std::string place;
    Frame* frame = nullptr;                  // kItem, kOrder: whose variables are meant
    BoundProjection* projection = nullptr;   // kItem: takes the aggregates
    struct Known {                           // an expression that has a slot: a key or an item
        const ast::Expr* expr;
        Slot slot;
    };
    std::vector<Known> known;                // kItem: the keys; kOrder: the items
    std::vector<Known> items;                // kItem: the aggregating items, for ORDER BY
    std::vector<std::pair<Slot, Slot>> key_slots;  // a key that is a variable: its slot, the key's
    std::vector<Known> aggregates;           // kItem: calls met so far, so that equal ones share
    bool has_aggregate = false;              // kOrder: the sort expression contains one
    bool aggregating = false;                // kOrder
    AggregateContext* around = nullptr;
};

class Binder {
public:
    Binder(const Catalogue& catalogue, const Parameters& parameters)
        : catalogue_(catalogue), parameters_(parameters) {}
    std::unique_ptr<BoundStatement> run(const ast::Statement& statement);

private:
    // --- slots and names (bind_statement.cpp)
    Slot new_slot(std::string_view name, TypeSet type);
    TypeSet slot_type(Slot slot) const { return out_->slot_types[slot]; }
    std::optional<Slot> read_variable(std::string_view name, const SourceRange& range);
    Slot grouped_slot(const Found& found, std::string_view name, const SourceRange& range);
    Slot declare(const std::string& name, TypeSet type);
    void require_new(const ast::Name& name);
    [[noreturn]] void undefined(std::string_view name, const SourceRange& range);
    void note_parameter(std::string_view name, const SourceRange& range);
    void charge(std::size_t amount, const SourceRange& range);
    std::string written(const SourceRange& range) const;

    // --- queries (bind_statement.cpp)
    enum class Level : std::uint8_t { kStatement, kCall, kExpression };
    std::unique_ptr<BoundQuery> bind_query(const ast::Query& query, Level level);
    void bind_arm(const ast::SingleQuery& arm, BoundQuery& out, Level level, bool only_arm);
    void bind_clause(const ast::Clause& clause, BoundQuery& out, std::vector<ClausePtr>& clauses);
    void check_union(const ast::Query& query, BoundQuery& out);
    void refuse_update(const ast::Clause& clause);

    // --- clauses
    ClausePtr bind_unwind(const ast::Unwind& clause);
    ClausePtr bind_projection(const ast::Projection& clause, BoundQuery& out);
    ClausePtr bind_match(const ast::Match& clause);
    ClausePtr bind_create(const ast::Create& clause);
    ClausePtr bind_merge(const ast::Merge& clause);
    ClausePtr bind_set(const ast::Set& clause);
    ClausePtr bind_remove(const ast::Remove& clause);
    ClausePtr bind_delete(const ast::Delete& clause);
    ClausePtr bind_foreach(const ast::Foreach& clause, BoundQuery& out);
    ClausePtr bind_call_procedure(const ast::CallProcedure& clause, BoundQuery& out, bool standalone);
    ClausePtr bind_call_subquery(const ast::CallSubquery& clause, BoundQuery& out);

    void check_in_transactions(const ast::CallSubquery& clause) const;
    void bind_call_arguments(const ast::CallProcedure& clause, BoundCallProcedure& out);
    void bind_yields(const ast::CallProcedure& clause, BoundCallProcedure& out);
    static bool ends_in_return(const ast::SingleQuery& arm);
    static bool ends_in_unit(const ast::SingleQuery& arm);

    // --- projections (bind_projection.cpp)
    struct Item {
        std::string name;
        const ast::Expr* expr = nullptr;  // none: the variable `slot` passes through
        Slot slot = kNoSlot;
        bool aggregates = false;
        SourceRange range;
    };
    std::vector<Item> list_items(const ast::Projection& clause);
    void star_items(const ast::Projection& clause, std::vector<Item>& items);
    void bind_plain_items(std::vector<Item>& items, BoundProjection& out);
    void bind_grouped_items(std::vector<Item>& items, BoundProjection& out, AggregateContext& context);
    AggregateContext context_after(const ast::Projection& clause, const std::vector<Item>& items,
                                   const BoundProjection& out, const ast::Expr& expr, const char* place);
    void bind_order(const ast::Projection& clause, const std::vector<Item>& items, BoundProjection& out);
    ExprPtr bind_paging(const ast::Expr& expr, const char* word, std::int64_t least = 0);
    Slot item_slot(const Item& item, const BoundExpr& expr);

    // --- patterns (bind_match.cpp, bind_path.cpp): names first, then the expressions inside
    struct Pending {  // expressions of an element, to be bound when all names are known
        enum class Kind : std::uint8_t { kNode, kSegment, kGroup, kPath } kind;
        const ast::ElementPattern* element = nullptr;
        const ast::PathElement* group = nullptr;
        const ast::Expr* where = nullptr;  // kPath
        std::size_t path = 0, index = 0;
    };
    struct PatternUse {
        const char* word = "MATCH";
        bool predicate = false;          // a pattern as an expression: no new variables
        bool repeatable = false;
        bool optional = false;
        std::set<Slot> relationships;    // relationship variables met in this clause
        std::set<Slot>* group = nullptr;  // variables of the quantified group being declared
        std::vector<Pending> pending;
    };
    static void make_different(std::vector<BoundPath>& paths);
    void bind_paths(const std::vector<ast::PathPattern>& in, std::vector<BoundPath>& out, PatternUse& use);
    BoundPath declare_path(const ast::PathPattern& path, PatternUse& use, std::size_t index);
    void add_elements(const ast::PathPattern& path, BoundPath& out, PatternUse& use, std::size_t index);
    void add_whole(const ast::PathElement& element, BoundPath& out, PatternUse& use, std::size_t index);
    void place_node(BoundPath& out, BoundNode node, const ast::ElementPattern* from, PatternUse& use,
                    std::size_t index);
    void check_shape(const ast::PathPattern& path, const BoundPath& out, const PatternUse& use) const;
    void path_settings(const ast::PathPattern& path, BoundPath& out);
    std::optional<Slot> pattern_variable(const ast::Name& name, const PatternUse& use);
    BoundNode declare_node(const ast::ElementPattern& node, PatternUse& use);
    BoundNode anonymous_node(const SourceRange& range);
    BoundSegment declare_segment(const ast::RelationshipPattern& rel, PatternUse& use);
    BoundSegment declare_group(const ast::PathElement& element, PatternUse& use);
    void declare_path_variable(const ast::Name& name, BoundPath& out, const PatternUse& use);
    void bind_pending(const Pending& pending, std::vector<BoundPath>& paths, const PatternUse& use);
    void bind_node(const ast::ElementPattern& in, BoundNode& out, const char* word);
    void bind_segment(const ast::RelationshipPattern& in, BoundSegment& out, const char* word);
    void bind_group(const ast::PathElement& in, BoundGroup& out, const char* word);
    std::vector<PropertyItem> bind_properties(const ast::ElementPattern& element);
    void refuse_parameter(const ast::ElementPattern& element, const char* word, bool relationship);
    [[noreturn]] void type_conflict(const ast::Name& name, Slot slot, const char* wanted);

    // --- labels (bind_match.cpp)
    LabelExpr bind_labels(const ast::LabelExpr& in, bool type);
    LabelExpr bind_label_name(const ast::LabelExpr& in, bool type);
    // Under which name a label or type is written; throws QueryError for a word that means several.
    std::string stored_name(const std::string& written, bool type, const SourceRange& range) const;

    // --- notifications (bind_notes.cpp): names that the graph does not have, old forms
    struct NewNames {  // what the statement itself may bring into the graph
        std::set<std::string, std::less<>> names;
        bool any = false;
    };
    struct Unknown {
        const NewNames* made;            // by what the statement makes the name may be known after all
        std::vector<std::string> names;  // as stored
        BoundStatement::Note note;
    };
    void note_unknown(const std::vector<std::string>& names, const std::string& written, bool type,
                      const SourceRange& range);
    void note_unknown_key(const std::string& key, TypeSet base, const SourceRange& range);
    void note_unknown_keys(const ast::ElementPattern& element);
    void note_unknown_projection(const std::string& procedure, const BoundExpr& argument);
    void note_old_form(const char* form, const char* better, const SourceRange& range);
    void will_create(const BoundNode& node);
    void will_create(const BoundSegment& segment);
    void will_set(const SetItem& item);
    void will_have_keys_of(const BoundExpr& map);
    static void add_names(const LabelExpr& labels, NewNames& to);
    void finish_notes();

    // --- writing (bind_write.cpp)
    BoundPath create_path(const ast::PathPattern& path, const char* word, bool merge);
    BoundNode create_node(const ast::ElementPattern& node, const char* word, bool merge, bool alone);
    BoundSegment create_segment(const ast::RelationshipPattern& rel, const char* word, bool merge);
    LabelExpr created_labels(const ast::LabelExpr& labels, const char* word);
    SetItem bind_set_item(const ast::SetItem& item, const char* word);
    void require_entity(const BoundExpr& target, const char* word, bool node_only);

    // --- expressions (bind_expression.cpp, bind_operator.cpp, bind_function.cpp, bind_subquery.cpp)
    enum class Use : std::uint8_t { kValue, kCondition };  // a condition may be a bare pattern
    ExprPtr bind(const ast::Expr& expr, Use use = Use::kValue);
    ExprPtr bind_condition(const ast::Expr& expr, const char* place);
    ExprPtr bind_in(const char* place, const ast::Expr& expr);  // aggregates refused there
    ExprPtr bind_any(const ast::Expr& expr, Use use);
    ExprPtr known_expression(const ast::Expr& expr);
    ExprPtr bind_literal(const ast::Expr& expr);
    ExprPtr bind_parameter(const ast::Expr& expr);
    ExprPtr bind_variable(const ast::Expr& expr);
    ExprPtr special_number(const ast::Expr& expr);
    Slot element_slot(const std::string& name, const BoundExpr& list);
    ExprPtr bind_property(const ast::Expr& expr);
    ExprPtr bind_index(const ast::Expr& expr);
    ExprPtr bind_slice(const ast::Expr& expr);
    ExprPtr bind_boolean(const ast::Expr& expr, ExprKind kind, Use use);
    ExprPtr bind_arithmetic(const ast::Expr& expr);
    ExprPtr bind_sign(const ast::Expr& expr, ExprKind kind);
    ExprPtr bind_comparison(const ast::Expr& expr);
    ExprPtr bind_binary(const ast::Expr& expr, ExprKind kind);
    ExprPtr bind_null_test(const ast::Expr& expr);
    ExprPtr bind_typed(const ast::Expr& expr);
    ExprPtr bind_label_test(const ast::Expr& expr);
    ExprPtr bind_list(const ast::Expr& expr);
    ExprPtr bind_map(const ast::Expr& expr);
    ExprPtr bind_map_projection(const ast::Expr& expr);
    ExprPtr bind_case(const ast::Expr& expr);
    ExprPtr bind_comprehension(const ast::Expr& expr);
    ExprPtr bind_quantifier(const ast::Expr& expr, ExprKind kind);
    ExprPtr bind_reduce(const ast::Expr& expr);
    ExprPtr bind_call(const ast::Expr& expr);
    ExprPtr bind_aggregate(const ast::Expr& expr, const FunctionInfo* function);
    void check_argument_count(const ast::Expr& expr, const FunctionInfo& function);
    void check_argument_types(const BoundExpr& call);
    std::unique_ptr<BoundQuery> pattern_query(const ast::Pattern& pattern, const ast::Expr* where,
                                              PatternUse& use);
    static void return_column(BoundQuery& query, ExprPtr expr, Slot slot, const SourceRange& range);
    ExprPtr bind_pattern_predicate(const ast::Expr& expr);
    ExprPtr bind_pattern_comprehension(const ast::Expr& expr);
    ExprPtr bind_subquery(const ast::Expr& expr);
    ExprPtr bind_shortest(const ast::Expr& expr);
    ExprPtr make(ExprKind kind, const ast::Expr& from, TypeSet type = TypeSet::any()) const;
    ExprPtr variable(Slot slot, const SourceRange& range) const;
    ExprPtr first_of(Slot list, const SourceRange& range) const;
    void require(const BoundExpr& expr, KindSet kinds, const char* what) const;
    static ExprPtr folded(ExprPtr list);

    // A variable that lives inside one expression only.
    class Local;
    // A new query level around which `frame_` is restored.
    class Nested;
    class ContextGuard;

    // --- schema (bind_schema.cpp)
    void bind_schema(const ast::SchemaStatement& in);

    const Catalogue& catalogue_;
    const Parameters& parameters_;
    const ast::Statement* statement_ = nullptr;
    std::unique_ptr<BoundStatement> out_;
    std::vector<TypeSet> slot_elements_;  // per slot: kinds of a list's elements
    std::map<std::string, SourceRange, std::less<>> read_parameters_;  // and where first
    Frame* frame_ = nullptr;
    AggregateContext* context_ = nullptr;
    std::size_t work_ = 0;
    std::set<Slot> unnamed_aggregates_;  // results of aggregates that no item has named yet
    const ast::ReturnItem* unnamed_ = nullptr;  // the first item of a WITH that lacks a name
    const char* constant_place_ = nullptr;      // SKIP, LIMIT: variables are refused
    NewNames new_labels_, new_types_, new_keys_;
    std::vector<Unknown> unknown_;
    int calls_ = 0;  // CALL { } and subquery expressions around
    std::set<Slot> questioned_;  // lists of parts written `?`, of which the language sees the first element
    bool in_union_ = false;     // the statement has arms
    bool wrote_ = false;        // a clause before writes, other than batch by batch
    std::set<Slot> merged_;     // what the MERGE being bound has named so far
    bool merge_values_ = false; // its labels and properties are being bound
    std::set<Slot> locals_;  // of comprehensions, quantifiers, reduce: no grouping keys
};

// Shadows a name in the current frame while it lives.
class Binder::Local {
public:
    Local(Binder& binder, const std::string& name, Slot slot)
        : frame_(*binder.frame_), name_(name) {
        const auto it = frame_.variables.find(name);
        if (it != frame_.variables.end()) before_ = it->second;
        frame_.variables[name] = slot;
        binder.locals_.insert(slot);
    }
    ~Local() {
        if (before_) {
            frame_.variables[name_] = *before_;
        } else {
            frame_.variables.erase(name_);
        }
    }
    Local(const Local&) = delete;
    Local& operator=(const Local&) = delete;

private:
    Frame& frame_;
    std::string name_;
    std::optional<Slot> before_;
};

// Opens a frame inside the present one.
class Binder::Nested {
public:
    explicit Nested(Binder& binder) : binder_(binder) {
        frame.around = binder.frame_;
        binder.frame_ = &frame;
    }
    ~Nested() { binder_.frame_ = frame.around; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;
    std::vector<Slot> outer() const { return {frame.outer_reads.begin(), frame.outer_reads.end()}; }

    Frame frame;

private:
    Binder& binder_;
};

// Puts a context in force while it lives.
class Binder::ContextGuard {
public:
    ContextGuard(Binder& binder, AggregateContext& context) : binder_(binder) {
        context.around = binder.context_;
        binder.context_ = &context;
    }
    ~ContextGuard() { binder_.context_ = binder_.context_->around; }
    ContextGuard(const ContextGuard&) = delete;
    ContextGuard& operator=(const ContextGuard&) = delete;

private:
    Binder& binder_;
};

// Whether an aggregate call stands in the expression, subqueries aside.
bool contains_aggregate(const ast::Expr& expr);
// The same expression written twice; false for patterns and subqueries.
bool same_expression(const ast::Expr& a, const ast::Expr& b);
// Whether the variable is read in the expression.
bool mentions(const ast::Expr& expr, std::string_view name);

}  // namespace maek::query
