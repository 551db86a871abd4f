// WITH and RETURN: columns, grouping keys and aggregates, ORDER BY, SKIP, LIMIT, WHERE.
//
// Scope: items read the variables before. ORDER BY and WHERE read the items and, as long as every
// row before still is a row after (no DISTINCT, no aggregation), the variables before too.
#include "query/bind/bind_context.h"

namespace maek::query {

namespace {

bool is_variable(const ast::Expr& expr) { return expr.kind == ast::ExprKind::kVariable; }

}  // namespace

void Binder::star_items(const ast::Projection& clause, std::vector<Item>& items) {
    for (const auto& [name, slot] : frame_->variables) {
        if (!name.empty() && name[0] != ' ') items.push_back({name, nullptr, slot, false, clause.range});
    }
    if (items.empty() && clause.is_return && frame_->around == nullptr) throw QueryError(Message::kNothingInScope, clause.range);
    charge(items.size(), clause.range);
}

std::vector<Binder::Item> Binder::list_items(const ast::Projection& clause) {
    std::vector<Item> items;
    if (clause.star) star_items(clause, items);
    const std::size_t from_star = items.size();
    std::set<std::string, std::less<>> names;
    for (const Item& item : items) names.insert(item.name);
    for (const ast::ReturnItem& written_item : clause.items) {
        Item item;
        item.expr = written_item.expr.get();
        item.range = item.expr->range;
        item.name = written_item.alias ? written_item.alias->text : written_item.text;
        if (is_variable(*item.expr) && !written_item.alias) item.name = item.expr->name;
        const bool needs_name = !clause.is_return && !clause.from_next && !written_item.alias;
        if (needs_name && !is_variable(*item.expr)) {
            // What is wrong inside counts first: an aggregate misused is not cured by a name.
            if (contains_aggregate(*item.expr)) item.aggregates = true;
            unnamed_ = unnamed_ == nullptr ? &written_item : unnamed_;
        }
        if (clause.adds_only && names.contains(item.name)) {
            throw QueryError(Message::kAlreadyBound, item.range, {item.name});
        }
        if (!names.insert(item.name).second) {
            // `WITH *, 1 AS a` replaces a; two written columns of one name are an error.
            bool replaced = false;
            for (std::size_t i = 0; i < from_star && !clause.is_return; ++i) {
                if (items[i].name != item.name || items[i].expr != nullptr) continue;
                replaced = true;
                items[i].expr = item.expr;
                items[i].range = item.range;
                items[i].aggregates = contains_aggregate(*item.expr);
            }
            if (!replaced) throw QueryError(Message::kColumnConflict, item.range, {item.name});
            continue;
        }
        item.aggregates = contains_aggregate(*item.expr);
        items.push_back(std::move(item));
    }
    return items;
}

// The slot an item's value gets: a variable that keeps its name keeps its slot.
Slot Binder::item_slot(const Item& item, const BoundExpr& expr) {
    if (expr.kind == ExprKind::kVariable && out_->slot_names[expr.slot] == item.name) return expr.slot;
    if (expr.kind == ExprKind::kVariable && unnamed_aggregates_.erase(expr.slot) > 0) {
        out_->slot_names[expr.slot] = item.name;
        return expr.slot;
    }
    const Slot slot = new_slot(item.name, expr.type);
    slot_elements_[slot] = element_type(expr, slot_elements_);
    return slot;
}

void Binder::bind_plain_items(std::vector<Item>& items, BoundProjection& out) {
    for (Item& item : items) {
        ProjectionItem bound;
        bound.name = item.name;
        if (item.expr == nullptr) {
            bound.expr = variable(item.slot, item.range);
            bound.slot = item.slot = item_slot(item, *bound.expr);
        } else {
            AggregateContext refuse;
            ContextGuard guard(*this, refuse);
            bound.expr = bind(*item.expr);
            bound.slot = item.slot = item_slot(item, *bound.expr);
        }
        out.items.push_back(std::move(bound));
    }
}

// Keys first, since the aggregating items may only read keys and aggregates.
void Binder::bind_grouped_items(std::vector<Item>& items, BoundProjection& out,
                                AggregateContext& context) {
    out.aggregating = true;
    out.items.resize(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        Item& item = items[i];
        if (item.aggregates) continue;
        GroupKey key;
        if (item.expr == nullptr) {
            key.expr = variable(item.slot, item.range);
            item.slot = item_slot(item, *key.expr);
        } else {
            AggregateContext refuse;
            ContextGuard guard(*this, refuse);
            key.expr = bind(*item.expr);
            item.slot = item_slot(item, *key.expr);
            context.known.push_back({item.expr, item.slot});
        }
        key.slot = item.slot;
        context.key_slots.push_back({key.expr->kind == ExprKind::kVariable ? key.expr->slot : kNoSlot, key.slot});
        out.items[i].name = item.name;
        out.items[i].slot = item.slot;
        out.items[i].expr = variable(item.slot, item.range);
        out.keys.push_back(std::move(key));
    }
    context.mode = AggregateContext::Mode::kItem;
    context.frame = frame_;
    context.projection = &out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        Item& item = items[i];
        if (!item.aggregates) continue;
        ContextGuard guard(*this, context);
        out.items[i].expr = bind(*item.expr);
        item.slot = item_slot(item, *out.items[i].expr);
        out.items[i].name = item.name;
        out.items[i].slot = item.slot;
        context.items.push_back({item.expr, item.slot});
    }
}

// For what stands after the items: with DISTINCT or aggregation an expression that is an item means
// that item's column.
AggregateContext Binder::context_after(const ast::Projection& clause, const std::vector<Item>& items,
                                       const BoundProjection& out, const ast::Expr& expr,
                                       const char* place) {
    AggregateContext context;
    context.place = place;
    if (!out.aggregating && !clause.distinct) return context;
    context.mode = AggregateContext::Mode::kOrder;
    context.frame = frame_;
    context.aggregating = out.aggregating;
    context.has_aggregate = contains_aggregate(expr);
    for (const Item& item : items) {
        if (item.expr != nullptr) context.known.push_back({item.expr, item.slot});
    }
    return context;
}

void Binder::bind_order(const ast::Projection& clause, const std::vector<Item>& items,
                        BoundProjection& out) {
    for (const ast::SortItem& sort : clause.order) {
        AggregateContext context = context_after(clause, items, out, *sort.expr, "ORDER BY");
        ContextGuard guard(*this, context);
        SortItem bound;
        bound.expr = bind(*sort.expr);
        bound.descending = sort.descending;
        bound.nulls_first = sort.nulls_first;
        out.order.push_back(std::move(bound));
    }
}

// SKIP and LIMIT: no variables; what is a literal is checked now.
ExprPtr Binder::bind_paging(const ast::Expr& expr, const char* word, std::int64_t least) {
    AggregateContext refuse;
    refuse.place = word;
    ContextGuard guard(*this, refuse);
    constant_place_ = word;
    ExprPtr out = bind(expr);
    constant_place_ = nullptr;
    const bool constant = out->kind == ExprKind::kLiteral;
    if (constant && out->value.is(ValueKind::kInteger) && out->value.as_integer() < least) {
        if (least == 0) throw QueryError(Message::kNegative, expr.range, {word, written(expr.range)});
        throw QueryError(Message::kWrongType, expr.range,
                         {word, "an integer of at least " + std::to_string(least), written(expr.range)});
    }
    if (never(out->type, ValueKind::kInteger) || (constant && out->value.is_null())) {
        throw QueryError(Message::kNotInteger, expr.range, {word, type_text(out->type)});
    }
    return out;
}

ClausePtr Binder::bind_projection(const ast::Projection& clause, BoundQuery& query) {
    auto out = std::make_unique<BoundProjection>();
    out->is_return = clause.is_return;
    out->distinct = clause.distinct;
    unnamed_ = nullptr;
    std::vector<Item> items = list_items(clause);
    const ast::ReturnItem* unnamed = std::exchange(unnamed_, nullptr);
    bool aggregating = false;
    for (const Item& item : items) aggregating = aggregating || item.aggregates;
    AggregateContext context;
    if (aggregating) {
        bind_grouped_items(items, *out, context);
    } else {
        bind_plain_items(items, *out);
    }
    if (unnamed != nullptr && clause.order.empty()) {
        throw QueryError(Message::kNoAlias, unnamed->expr->range, {written(unnamed->expr->range)});
    }
    // From here on the items are in scope.
    Frame::Variables after;
    for (const Item& item : items) after[item.name] = item.slot;
    const bool keeps_rows = !aggregating && !clause.distinct;
    if (keeps_rows && (!clause.order.empty() || clause.where != nullptr)) {
        Frame::Variables both = after;
        both.insert(frame_->variables.begin(), frame_->variables.end());
        frame_->variables = std::move(both);
        charge(frame_->variables.size(), clause.range);
    } else {
        frame_->variables = after;
    }
    bind_order(clause, items, *out);
    if (unnamed != nullptr) {
        throw QueryError(Message::kNoAlias, unnamed->expr->range, {written(unnamed->expr->range)});
    }
    if (clause.skip != nullptr) out->skip = bind_paging(*clause.skip, "SKIP");
    if (clause.limit != nullptr) out->limit = bind_paging(*clause.limit, "LIMIT");
    if (clause.where != nullptr) {
        const char* const place = std::string_view(clause.word) == "FILTER" ? "FILTER" : "WHERE";
        AggregateContext after_items = context_after(clause, items, *out, *clause.where, place);
        ContextGuard guard(*this, after_items);
        out->where = bind(*clause.where, Use::kCondition);
        require(*out->where, ValueKind::kBoolean, place);
    }
    frame_->variables = std::move(after);
    if (clause.is_return) {
        query.columns.clear();
        query.arm_slots.back().clear();
        for (const ProjectionItem& item : out->items) {
            query.columns.push_back(item.name);
            query.arm_slots.back().push_back(item.slot);
        }
    }
    return out;
}

}  // namespace maek::query
