// MATCH, and the labels, properties and conditions inside patterns.
#include "query/bind/bind_context.h"

namespace maek::query {

ClausePtr Binder::bind_match(const ast::Match& clause) {
    auto out = std::make_unique<BoundMatch>();
    out->optional = clause.optional;
    out->repeatable_elements = clause.pattern.match_mode == ast::MatchMode::kRepeatableElements;
    PatternUse use;
    use.optional = clause.optional;
    use.repeatable = out->repeatable_elements;
    bind_paths(clause.pattern.paths, out->paths, use);
    if (clause.pattern.match_mode == ast::MatchMode::kDifferentEdges) make_different(out->paths);
    if (clause.pattern.where != nullptr) out->where = bind_condition(*clause.pattern.where, "WHERE");
    return out;
}

// DIFFERENT EDGES written out holds inside every path too, whatever its mode allows.
void Binder::make_different(std::vector<BoundPath>& paths) {
    for (BoundPath& path : paths) {
        if (path.mode == PathMode::kWalk) path.mode = PathMode::kTrail;
        if (path.mode != PathMode::kSimple) continue;
        throw QueryError(Message::kNotSupported, path.range,
                         {"SIMPLE with DIFFERENT EDGES", "take TRAIL, which repeats no relationship, or ACYCLIC"});
    }
}

// Names of all paths first, since a property of one may read a variable of another.
void Binder::bind_paths(const std::vector<ast::PathPattern>& in, std::vector<BoundPath>& out,
                        PatternUse& use) {
    for (const ast::PathPattern& path : in) out.push_back(declare_path(path, use, out.size()));
    AggregateContext refuse;
    refuse.place = "a pattern";
    ContextGuard guard(*this, refuse);
    for (const Pending& pending : use.pending) bind_pending(pending, out, use);
}

void Binder::bind_pending(const Pending& pending, std::vector<BoundPath>& paths, const PatternUse& use) {
    BoundPath& path = paths[pending.path];
    switch (pending.kind) {
        case Pending::Kind::kNode:
            bind_node(*pending.element, path.nodes[pending.index], use.word);
            return;
        case Pending::Kind::kSegment:
            bind_segment(static_cast<const ast::RelationshipPattern&>(*pending.element),
                         path.segments[pending.index], use.word);
            return;
        case Pending::Kind::kGroup:
            bind_group(*pending.group, *path.segments[pending.index].group, use.word);
            return;
        case Pending::Kind::kPath:
            path.where = bind_condition(*pending.where, "WHERE");
            return;
    }
}

void Binder::bind_node(const ast::ElementPattern& in, BoundNode& out, const char* word) {
    refuse_parameter(in, word, false);
    if (in.labels) out.labels = bind_labels(*in.labels, false);
    out.properties = bind_properties(in);
    note_unknown_keys(in);
    if (in.where != nullptr) out.where = bind_condition(*in.where, "WHERE");
}

void Binder::bind_segment(const ast::RelationshipPattern& in, BoundSegment& out, const char* word) {
    refuse_parameter(in, word, true);
    if (in.labels) {
        out.types = bind_labels(*in.labels, true);
        if (written(in.labels->range).find("|:") != std::string::npos) {
            note_old_form("[:A|:B]", "[:A|B]", in.labels->range);
        }
    }
    out.properties = bind_properties(in);
    note_unknown_keys(in);
    if (in.where == nullptr) return;
    if (out.kind != BoundSegment::Kind::kVariable) {
        out.where = bind_condition(*in.where, "WHERE");
        return;
    }
    out.step_slot = new_slot(out.name, TypeSet::of(ValueKind::kRelationship));
    const Local step(*this, in.variable ? in.variable->text : std::string(" step"), out.step_slot);
    out.where = bind_condition(*in.where, "WHERE");
}

// Inside a group its variables mean one round's node or relationship.
void Binder::bind_group(const ast::PathElement& in, BoundGroup& out, const char* word) {
    std::vector<std::unique_ptr<Local>> inner;
    for (const GroupVariable& variable : out.variables) {
        inner.push_back(std::make_unique<Local>(*this, out_->slot_names[variable.inner], variable.inner));
    }
    std::size_t node = 0, segment = 0;
    for (const ast::PathElement& element : in.group->elements) {
        if (element.kind == ast::PathElement::Kind::kNode) {
            bind_node(element.node, out.nodes[node++], word);
        } else {
            bind_segment(element.relationship, out.segments[segment++], word);
        }
    }
    if (in.group->where != nullptr) out.where = bind_condition(*in.group->where, "WHERE");
    while (!inner.empty()) inner.pop_back();  // in reverse, as they shadow
}

std::vector<PropertyItem> Binder::bind_properties(const ast::ElementPattern& element) {
    std::vector<PropertyItem> out;
    if (!element.properties) return out;
    for (const ast::PropertyEntry& entry : *element.properties) {
        out.push_back({entry.key.text, bind(*entry.value)});
    }
    return out;
}

void Binder::refuse_parameter(const ast::ElementPattern& element, const char* word, bool relationship) {
    if (element.properties_from == nullptr) return;
    const std::string& name = element.properties_from->name;
    const std::string form = relationship ? "-[r {key: $" + name + ".key}]-" : "(n {key: $" + name + ".key})";
    throw QueryError(Message::kParameterInPattern, element.properties_from->range, {name, word, form});
}

// ---------------------------------------------------------------- labels

LabelExpr Binder::bind_labels(const ast::LabelExpr& in, bool type) {
    LabelExpr out;
    out.range = in.range;
    switch (in.kind) {
        case ast::LabelExpr::Kind::kName: return bind_label_name(in, type);
        case ast::LabelExpr::Kind::kDynamic:
            out.kind = LabelExpr::Kind::kDynamic;
            out.dynamic = bind(*in.dynamic);
            require(*out.dynamic, {ValueKind::kString, ValueKind::kList}, "a dynamic label");
            out.dynamic_any = in.dynamic_any;
            return out;
        case ast::LabelExpr::Kind::kAnything:
            // A bare kAnything means that nothing was written, so `%` becomes `!!%`.
            out.kind = LabelExpr::Kind::kNot;
            out.operands.resize(1);
            out.operands[0].kind = LabelExpr::Kind::kNot;
            out.operands[0].operands.resize(1);
            return out;
        case ast::LabelExpr::Kind::kAnd: out.kind = LabelExpr::Kind::kAnd; break;
        case ast::LabelExpr::Kind::kOr: out.kind = LabelExpr::Kind::kOr; break;
        case ast::LabelExpr::Kind::kNot: out.kind = LabelExpr::Kind::kNot; break;
    }
    for (const ast::LabelExpr& operand : in.operands) out.operands.push_back(bind_labels(operand, type));
    return out;
}

namespace {

bool is_ascii(std::string_view name) {
    return std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

// A written name, or the canonical names that it is a synonym of. The English name of several is a label of its own
// too: stored_name() keeps it.
LabelExpr Binder::bind_label_name(const ast::LabelExpr& in, bool type) {
    std::vector<std::string> targets = type ? catalogue_.type_targets(in.name) : catalogue_.label_targets(in.name);
    if (targets.size() > 1 && is_ascii(in.name)) targets.push_back(in.name);
    LabelExpr out;
    out.range = in.range;
    out.kind = LabelExpr::Kind::kName;
    out.name = targets.empty() ? in.name : targets[0];
    note_unknown(targets.empty() ? std::vector<std::string>{in.name} : targets, in.name, type, in.range);
    if (targets.size() < 2) return out;
    LabelExpr any;
    any.kind = LabelExpr::Kind::kOr;
    any.range = in.range;
    for (const std::string& target : targets) {
        LabelExpr one;
        one.kind = LabelExpr::Kind::kName;
        one.name = target;
        one.range = in.range;
        any.operands.push_back(std::move(one));
    }
    return any;
}

std::string Binder::stored_name(const std::string& name, bool type, const SourceRange& range) const {
    const auto targets = type ? catalogue_.type_targets(name) : catalogue_.label_targets(name);
    if (targets.size() < 2) return targets.empty() ? name : targets[0];
    if (is_ascii(name)) return name;
    std::string all;
    for (const std::string& target : targets) all += (all.empty() ? "" : ", ") + target;
    throw QueryError(Message::kSeveralMeanings, range, {name, all});
}

}  // namespace maek::query
