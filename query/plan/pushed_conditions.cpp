#include "query/plan/pushed_conditions.h"

#include <algorithm>

#include "query/bind/simple_expr.h"

namespace maek::query {

namespace {

constexpr std::size_t kFarthest = 64;  // clauses that a condition is carried back over

// What a MATCH adds to its rows: nodes and relationships found one by one, and what belongs to a path
// that is selected as a whole: the path found is asked, not looked for.
struct Found {
    SlotSet entities, others;
};

Found found_by(const BoundMatch& match) {
    Found found;
    for (const BoundPath& path : match.paths) {
        const bool whole = path.selector != PathSelector::kAll;
        for (std::size_t i = 0; i < path.nodes.size(); ++i) {
            const BoundNode& node = path.nodes[i];
            const bool inside = whole && i > 0 && i + 1 < path.nodes.size();
            if (inside) found.others.add(node.slot);
            else if (!node.bound_before) found.entities.add(node.slot);
        }
        for (const BoundSegment& segment : path.segments) {
            const bool single = segment.kind == BoundSegment::Kind::kSingle && !whole;
            if (!segment.bound_before) (single ? found.entities : found.others).add(segment.slot);
            if (segment.group == nullptr) continue;
            for (const GroupVariable& variable : segment.group->variables) found.others.add(variable.list);
        }
        found.others.add(path.path_slot);
    }
    return found;
}

// Whether rows that the condition leaves out may be left out before the clause too.
bool passes(const BoundProjection& clause, const SlotSet& reads) {
    if (clause.aggregating || clause.skip != nullptr || clause.limit != nullptr) return false;
    return std::none_of(clause.items.begin(), clause.items.end(), [&](const ProjectionItem& item) {
        const bool same = item.expr->kind == ExprKind::kVariable && item.expr->slot == item.slot;
        return !same && reads.has(item.slot);
    });
}

bool passes(const BoundCallSubquery& clause, const SlotSet& reads) {
    if (clause.query->writes || clause.in_transactions) return false;
    const std::vector<Slot>& columns = clause.query->column_slots;
    return std::none_of(columns.begin(), columns.end(), [&](Slot slot) { return reads.has(slot); });
}

bool passes(const BoundClause& clause, const SlotSet& reads) {
    switch (clause.kind) {
        case ClauseKind::kProjection: return passes(static_cast<const BoundProjection&>(clause), reads);
        case ClauseKind::kCallSubquery: return passes(static_cast<const BoundCallSubquery&>(clause), reads);
        case ClauseKind::kUnwind: {
            const auto& unwind = static_cast<const BoundUnwind&>(clause);
            return !reads.has(unwind.slot) && !reads.has(unwind.ordinal_slot);
        }
        case ClauseKind::kMatch: {  // also an OPTIONAL one: it keeps every row
            const Found found = found_by(static_cast<const BoundMatch&>(clause));
            return !reads.overlaps(found.entities) && !reads.overlaps(found.others);
        }
        default: return false;
    }
}

const BoundExpr* where_of(const BoundClause& clause) {
    if (clause.kind == ClauseKind::kProjection) return static_cast<const BoundProjection&>(clause).where.get();
    if (clause.kind != ClauseKind::kMatch) return nullptr;
    const auto& match = static_cast<const BoundMatch&>(clause);
    return match.optional ? nullptr : match.where.get();
}

}  // namespace

void PushedConditions::find(const BoundSingleQuery& arm) {
    for (std::size_t i = 1; i < arm.clauses.size(); ++i) {
        const BoundExpr* where = where_of(*arm.clauses[i]);
        if (where == nullptr) continue;
        std::vector<Condition> conjuncts;
        split_conjuncts(*where, conjuncts);
        for (const Condition& condition : conjuncts) {
            if (gone_.contains(condition.expr) || !is_sure_condition(*condition.expr)) continue;
            if (passes(*arm.clauses[i], condition.reads)) push(arm.clauses, i, condition);
        }
    }
}

void PushedConditions::push(const std::vector<ClausePtr>& clauses, std::size_t from, const Condition& condition) {
    for (std::size_t i = from; i-- > 0 && from - i <= kFarthest;) {
        if (passes(*clauses[i], condition.reads)) continue;
        if (clauses[i]->kind != ClauseKind::kMatch) return;
        const auto& match = static_cast<const BoundMatch&>(*clauses[i]);
        if (match.optional || condition.reads.overlaps(found_by(match).others)) return;
        gone_.insert(condition.expr);
        pushed_[&match].push_back(condition.expr);
        return;
    }
}

void PushedConditions::add_staying(const BoundExpr* where, std::vector<Condition>& into) const {
    if (where == nullptr) return;
    const std::size_t before = into.size();
    split_conjuncts(*where, into);
    if (gone_.empty()) return;
    const auto gone = [&](const Condition& condition) { return gone_.contains(condition.expr); };
    into.erase(std::remove_if(into.begin() + static_cast<std::ptrdiff_t>(before), into.end(), gone), into.end());
}

void PushedConditions::add_pushed(const BoundMatch& match, std::vector<Condition>& into) const {
    const auto found = pushed_.find(&match);
    if (found == pushed_.end()) return;
    for (const BoundExpr* expr : found->second) into.push_back(Condition::of(*expr));
}

}  // namespace maek::query
