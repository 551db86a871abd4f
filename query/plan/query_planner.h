// Room: query, inner. The working state of planning; see planner.h for the doorway.
//   plan_clauses.cpp   one clause after the other;
//   plan_match.cpp     the order of a MATCH;
//   plan_subquery.cpp  subqueries inside expressions.
#pragma once

#include "query/plan/logical_read.h"
#include "query/plan/logical_rows.h"
#include "query/plan/logical_update.h"
#include "query/plan/planner.h"
#include "query/plan/pushed_conditions.h"
#include "query/plan/statistics.h"

namespace maek::query {

class QueryPlanner {
public:
    QueryPlanner(Plan& plan, const PlanOptions& options)
        : plan_(plan), options_(options), statistics_(options.graph) {}

    // input gives the rows around (a Unit or an Argument), bound are its slots. The result has the
    // query's column_slots; row_slot (when set) is carried through.
    LogicalPtr plan_query(const BoundQuery& query, const std::vector<Slot>& outer, Slot row_slot);

    LogicalPtr plan_match(const BoundMatch& match, LogicalPtr input, const SlotSet& bound);
    // The pattern of a MERGE as a match.
    LogicalPtr plan_pattern(const BoundPath& path, LogicalPtr input, const SlotSet& bound);

    void plan_subqueries(const BoundExpr* expr);
    void plan_subqueries(const LabelExpr& labels);
    void plan_subqueries(const BoundPath& path);

    Plan& plan() { return plan_; }
    Statistics& statistics() { return statistics_; }
    bool enabled(std::string_view rewrite) const { return options_.enabled(rewrite); }
    // Whether a range index of the property exists for one of the labels, for each of the types.
    bool has_index(const std::vector<std::string>& labels, const std::string& key) const;
    bool has_rel_index(const std::vector<std::string>& types, const std::string& key) const;
    // Or a text index.
    bool has_prefix_index(const std::vector<std::string>& labels, const std::string& key) const;
    // Counts a step; too many for the machine's stack are refused.
    void count_step();
    // Refuses early what will need so many steps more.
    void require_steps(std::size_t more) const;
    // Gives up when the statement was cancelled or its time is over.
    void check() const;

private:
    LogicalPtr plan_arm(const BoundSingleQuery& arm, const std::vector<Slot>& outer, Slot row_slot);
    LogicalPtr plan_clause(const BoundClause& clause, LogicalPtr input, SlotSet& bound);
    LogicalPtr plan_any_clause(const BoundClause& clause, LogicalPtr input, SlotSet& bound);
    LogicalPtr plan_projection(const BoundProjection& clause, LogicalPtr input, SlotSet& bound);
    LogicalPtr plan_match_clause(const BoundMatch& clause, LogicalPtr input, SlotSet& bound);
    LogicalPtr plan_call(const BoundCallSubquery& clause, LogicalPtr input, SlotSet& bound);
    LogicalPtr plan_create(const BoundCreate& clause, LogicalPtr input, SlotSet& bound);
    LogicalPtr plan_merge(const BoundMerge& clause, LogicalPtr input, SlotSet& bound);
    LogicalPtr plan_set(const std::vector<SetItem>& items, bool remove, LogicalPtr input);
    LogicalPtr plan_delete(const BoundDelete& clause, LogicalPtr input);
    LogicalPtr plan_foreach(const BoundForeach& clause, LogicalPtr input, SlotSet& bound);
    LogicalPtr plan_procedure(const BoundCallProcedure& clause, LogicalPtr input, SlotSet& bound);

    void plan_set_items(const std::vector<SetItem>& items);

    Plan& plan_;
    const PlanOptions& options_;
    Statistics statistics_;
    PushedConditions pushed_;
    std::size_t steps_ = 0;
    bool in_subquery_ = false;   // its first rows come from an Argument, even without slots
    std::vector<Slot> hidden_;   // numbers of outer rows, which live through projections
};

// Whether the query can run over many outer rows at once, each row carrying its number through.
bool runs_in_batches(const BoundQuery& query);

LogicalPtr with_child(LogicalPtr op, LogicalPtr child);

}  // namespace maek::query
