// CREATE, MERGE, SET, REMOVE, DELETE, FOREACH.
#include "query/bind/bind_context.h"

namespace maek::query {

ClausePtr Binder::bind_create(const ast::Create& clause) {
    auto out = std::make_unique<BoundCreate>();
    for (const ast::PathPattern& path : clause.pattern.paths) {
        out->paths.push_back(create_path(path, clause.word, false));
    }
    return out;
}

ClausePtr Binder::bind_merge(const ast::Merge& clause) {
    auto out = std::make_unique<BoundMerge>();
    out->path = create_path(clause.path, clause.word, true);
    for (const ast::SetItem& item : clause.on_create) out->on_create.push_back(bind_set_item(item, "SET"));
    for (const ast::SetItem& item : clause.on_match) out->on_match.push_back(bind_set_item(item, "SET"));
    for (const SetItem& item : out->on_create) will_set(item);
    for (const SetItem& item : out->on_match) will_set(item);
    return out;
}

// A variable of CREATE's path may be read by the properties of what stands after it; MERGE looks for its
// whole path before any of it is known.
BoundPath Binder::create_path(const ast::PathPattern& path, const char* word, bool merge) {
    BoundPath out;
    out.range = path.range;
    if (path.has_selector || path.mode != PathMode::kDefault) {
        throw QueryError(Message::kCreatePattern, path.range, {word, "a path selector or mode"});
    }
    merged_.clear();
    for (const ast::PathElement& element : path.elements) {
        switch (element.kind) {
            case ast::PathElement::Kind::kNode:
                out.nodes.push_back(create_node(element.node, word, merge, path.elements.size() == 1));
                break;
            case ast::PathElement::Kind::kRelationship:
                out.segments.push_back(create_segment(element.relationship, word, merge));
                break;
            case ast::PathElement::Kind::kGroup:
                throw QueryError(Message::kCreatePattern, element.range, {word, "a parenthesised path"});
        }
    }
    PatternUse use;
    if (path.variable) declare_path_variable(*path.variable, out, use);
    return out;
}

BoundNode Binder::create_node(const ast::ElementPattern& node, const char* word, bool merge, bool alone) {
    BoundNode out;
    out.range = node.range;
    if (node.where != nullptr) throw QueryError(Message::kCreatePattern, node.where->range, {word, "WHERE"});
    if (node.variable) out.name = node.variable->text;
    const auto slot = node.variable ? read_variable(out.name, node.variable->range) : std::nullopt;
    const bool describes = node.labels || node.properties || node.properties_from != nullptr;
    if (slot) {
        if (never(slot_type(*slot), ValueKind::kNode)) type_conflict(*node.variable, *slot, "NODE");
        if (alone || describes) throw QueryError(Message::kAlreadyBound, node.variable->range, {out.name});
        out.slot = *slot;
        out.bound_before = true;
        return out;
    }
    if (merge) refuse_parameter(node, word, false);
    AggregateContext refuse;
    refuse.place = word;
    ContextGuard guard(*this, refuse);
    merge_values_ = merge;
    if (node.labels) out.labels = created_labels(*node.labels, word);
    out.properties = bind_properties(node);
    if (node.properties_from != nullptr) out.properties_from = bind(*node.properties_from);
    merge_values_ = false;
    will_create(out);
    out.slot = node.variable ? declare(out.name, TypeSet::of(ValueKind::kNode))
                             : new_slot("", TypeSet::of(ValueKind::kNode));
    merged_.insert(out.slot);
    return out;
}

BoundSegment Binder::create_segment(const ast::RelationshipPattern& rel, const char* word, bool merge) {
    BoundSegment out;
    out.range = rel.range;
    out.direction = rel.direction;
    if (rel.where != nullptr) throw QueryError(Message::kCreatePattern, rel.where->range, {word, "WHERE"});
    if (rel.variable) {
        out.name = rel.variable->text;
        require_new(*rel.variable);
    }
    if (rel.length || rel.quantifier) throw QueryError(Message::kCreateVarLength, rel.range, {word});
    const bool single_type = rel.labels && (rel.labels->kind == ast::LabelExpr::Kind::kName ||
                                            rel.labels->kind == ast::LabelExpr::Kind::kDynamic);
    if (!single_type) throw QueryError(Message::kCreateNoType, rel.range, {word});
    if (!merge && rel.direction == RelDirection::kBoth) {
        throw QueryError(Message::kCreateUndirected, rel.range, {word});
    }
    if (merge) refuse_parameter(rel, word, true);
    AggregateContext refuse;
    refuse.place = word;
    ContextGuard guard(*this, refuse);
    merge_values_ = merge;
    out.types.range = rel.labels->range;
    if (rel.labels->kind == ast::LabelExpr::Kind::kName) {
        out.types.kind = LabelExpr::Kind::kName;
        out.types.name = stored_name(rel.labels->name, true, rel.labels->range);
    } else {
        out.types = bind_labels(*rel.labels, true);
    }
    out.properties = bind_properties(rel);
    if (rel.properties_from != nullptr) out.properties_from = bind(*rel.properties_from);
    merge_values_ = false;
    will_create(out);
    out.slot = rel.variable ? declare(out.name, TypeSet::of(ValueKind::kRelationship))
                            : new_slot("", TypeSet::of(ValueKind::kRelationship));
    merged_.insert(out.slot);
    return out;
}

// One name, or names joined by & or ':'; nothing else can be created.
LabelExpr Binder::created_labels(const ast::LabelExpr& labels, const char* word) {
    LabelExpr out;
    out.range = labels.range;
    switch (labels.kind) {
        case ast::LabelExpr::Kind::kName:
            out.kind = LabelExpr::Kind::kName;
            out.name = stored_name(labels.name, false, labels.range);
            return out;
        case ast::LabelExpr::Kind::kDynamic: return bind_labels(labels, false);
        case ast::LabelExpr::Kind::kAnd:
            out.kind = LabelExpr::Kind::kAnd;
            for (const ast::LabelExpr& operand : labels.operands) {
                out.operands.push_back(created_labels(operand, word));
            }
            return out;
        default:
            throw QueryError(Message::kCreatePattern, labels.range, {word, "a label expression"});
    }
}

// ---------------------------------------------------------------- SET, REMOVE

void Binder::require_entity(const BoundExpr& target, const char* word, bool node_only) {
    const KindSet kinds = node_only ? KindSet(ValueKind::kNode) : kEntityKinds;
    if (never(target.type, kinds)) {
        throw QueryError(Message::kWrongType, target.range, {word, kinds.text(), type_text(target.type)});
    }
}

SetItem Binder::bind_set_item(const ast::SetItem& item, const char* word) {
    AggregateContext refuse;
    refuse.place = word;
    ContextGuard guard(*this, refuse);
    SetItem out;
    out.kind = static_cast<SetItem::Kind>(item.kind);
    out.range = item.range;
    out.target = bind(*item.target);
    require_entity(*out.target, word, item.kind == ast::SetItem::Kind::kLabels);
    out.key = item.key.text;
    if (item.key_expr != nullptr) {
        out.key_expr = bind(*item.key_expr);
        require(*out.key_expr, ValueKind::kString, "a dynamic property name");
    }
    if (item.value != nullptr) out.value = bind(*item.value);
    if (item.kind == ast::SetItem::Kind::kReplaceAll || item.kind == ast::SetItem::Kind::kMergeAll) {
        require(*out.value, {ValueKind::kMap, ValueKind::kNode, ValueKind::kRelationship}, word);
    }
    for (const ast::LabelExpr& label : item.labels.operands) {
        if (label.kind == ast::LabelExpr::Kind::kName) {
            out.labels.push_back(stored_name(label.name, false, label.range));
        } else {
            out.dynamic_labels.push_back(bind(*label.dynamic));
            require(*out.dynamic_labels.back(), {ValueKind::kString, ValueKind::kList}, "a dynamic label");
        }
    }
    return out;
}

ClausePtr Binder::bind_set(const ast::Set& clause) {
    auto out = std::make_unique<BoundSet>();
    for (const ast::SetItem& item : clause.items) {
        out->items.push_back(bind_set_item(item, clause.word));
        will_set(out->items.back());
    }
    return out;
}

ClausePtr Binder::bind_remove(const ast::Remove& clause) {
    auto out = std::make_unique<BoundRemove>();
    for (const ast::SetItem& item : clause.items) out->items.push_back(bind_set_item(item, clause.word));
    return out;
}

// ---------------------------------------------------------------- DELETE, FOREACH

ClausePtr Binder::bind_delete(const ast::Delete& clause) {
    auto out = std::make_unique<BoundDelete>();
    out->detach = clause.detach;
    for (const ast::ExprPtr& target : clause.targets) {
        if (target->kind == ast::ExprKind::kLabelTest) {
            throw QueryError(Message::kInvalidDelete, target->range, {written(target->range)});
        }
        out->targets.push_back(bind_in(clause.word, *target));
        require(*out->targets.back(), {ValueKind::kNode, ValueKind::kRelationship, ValueKind::kPath}, clause.word);
    }
    return out;
}

ClausePtr Binder::bind_foreach(const ast::Foreach& clause, BoundQuery& query) {
    auto out = std::make_unique<BoundForeach>();
    out->list = bind_in(clause.word, *clause.list);
    require(*out->list, ValueKind::kList, clause.word);
    require_new(clause.variable);
    const Frame::Variables before = frame_->variables;
    TypeSet element = element_type(*out->list, slot_elements_);
    if (element.bits == 0) element = TypeSet::any();
    out->slot = declare(clause.variable.text, element);
    for (const ast::ClausePtr& inner : clause.body) {
        bind_clause(*inner, query, out->body);
        out->body.back()->range = inner->range;
    }
    frame_->variables = before;
    return out;
}

}  // namespace maek::query
