// Notifications of binding: labels, types and properties that the graph does not have, old forms,
// and what is written without effect.
#include <algorithm>

#include "query/bind/bind_context.h"
#include "query/parse/suggest.h"

namespace maek::query {

namespace {

constexpr std::size_t kMostUnknown = 20;    // notes of one statement
constexpr std::size_t kMostCompared = 2000;  // names that a guess is looked for among

}  // namespace

// A name that the graph does not have is no error, but often a slip.
void Binder::note_unknown(const std::vector<std::string>& names, const std::string& written_name,
                          bool type, const SourceRange& range) {
    const graph::Graph* graph = catalogue_.graph();
    if (graph == nullptr || unknown_.size() >= kMostUnknown) return;
    const std::size_t count = type ? graph->types().size() : graph->labels().size();
    if (count == 0 || count > kMostCompared) return;
    for (const std::string& name : names) {
        if (type ? graph->types().find(name).has_value() : graph->labels().find(name).has_value()) return;
    }
    std::vector<std::string> known;
    for (std::uint32_t i = 0; i < count; ++i) {
        known.emplace_back(type ? graph->types().name(TypeId{i}) : graph->labels().name(LabelId{i}));
    }
    const auto guess = closest_name(names[0], known);
    std::string message = (type ? "no relationship in the graph has the type '" : "no node in the graph has the label '") +
                          written_name + "'";
    if (guess) message += "; did you mean '" + *guess + "'?";
    unknown_.push_back({type ? &new_types_ : &new_labels_, names, {type ? "01N51" : "01N50", std::move(message), range}});
}

// The same for a property of what surely is a node or relationship.
void Binder::note_unknown_key(const std::string& key, TypeSet base, const SourceRange& range) {
    const graph::Graph* graph = catalogue_.graph();
    const bool entity = kinds_of(base).within(kEntityKinds | KindSet(ValueKind::kNull));
    if (!entity || graph == nullptr || unknown_.size() >= kMostUnknown) return;
    const std::size_t count = graph->keys().size();
    if (count == 0 || count > kMostCompared || graph->keys().find(key)) return;
    const auto same = [&](const Unknown& one) { return one.made == &new_keys_ && one.names[0] == key; };
    if (std::ranges::any_of(unknown_, same)) return;
    std::vector<std::string> known;
    for (std::uint32_t i = 0; i < count; ++i) known.emplace_back(graph->keys().name(KeyId{i}));
    std::string message = "nothing in the graph has the property '" + key + "'";
    if (const auto guess = closest_name(key, known)) message += "; did you mean '" + *guess + "'?";
    unknown_.push_back({&new_keys_, {key}, {"01N52", std::move(message), range}});
}

// (n {key: 1}) in a pattern that reads.
void Binder::note_unknown_keys(const ast::ElementPattern& element) {
    if (!element.properties) return;
    for (const ast::PropertyEntry& entry : *element.properties) {
        note_unknown_key(entry.key.text, TypeSet::of(ValueKind::kNode), entry.key.range);
    }
}

// The labels and types by name that an algorithm is to run on: {nodes: ['City'], relationships: ['NEAR']}.
void Binder::note_unknown_projection(const std::string& procedure, const BoundExpr& argument) {
    const bool options = argument.kind == ExprKind::kLiteral && argument.value.is(ValueKind::kMap);
    if (!options || !procedure.starts_with("algo.")) return;
    for (const auto& [option, value] : argument.value.as_map()) {
        const bool types = option == "relationships";
        if ((!types && option != "nodes") || !value.is(ValueKind::kList)) continue;
        for (const Value& item : value.as_list()) {
            if (!item.is(ValueKind::kString)) continue;
            const std::string name(item.as_string());
            const auto targets = types ? catalogue_.type_targets(name) : catalogue_.label_targets(name);
            note_unknown(targets.empty() ? std::vector<std::string>{name} : targets, name, types, argument.range);
        }
    }
}

void Binder::note_old_form(const char* form, const char* better, const SourceRange& range) {
    out_->notes.push_back({"01N01", std::string(form) + " is an old form; write " + better, range});
}

// ---------------------------------------------------------------- what the statement makes itself

void Binder::add_names(const LabelExpr& labels, NewNames& to) {
    if (labels.kind == LabelExpr::Kind::kName) to.names.insert(labels.name);
    if (labels.kind == LabelExpr::Kind::kDynamic) to.any = true;
    for (const LabelExpr& operand : labels.operands) add_names(operand, to);
}

void Binder::will_create(const BoundNode& node) {
    add_names(node.labels, new_labels_);
    for (const PropertyItem& property : node.properties) new_keys_.names.insert(property.key);
    if (node.properties_from != nullptr) will_have_keys_of(*node.properties_from);
}

void Binder::will_create(const BoundSegment& segment) {
    add_names(segment.types, new_types_);
    for (const PropertyItem& property : segment.properties) new_keys_.names.insert(property.key);
    if (segment.properties_from != nullptr) will_have_keys_of(*segment.properties_from);
}

void Binder::will_set(const SetItem& item) {
    new_labels_.names.insert(item.labels.begin(), item.labels.end());
    if (!item.dynamic_labels.empty()) new_labels_.any = true;
    switch (item.kind) {
        case SetItem::Kind::kProperty: new_keys_.names.insert(item.key); return;
        case SetItem::Kind::kDynamicProperty: new_keys_.any = true; return;
        case SetItem::Kind::kReplaceAll:
        case SetItem::Kind::kMergeAll: will_have_keys_of(*item.value); return;
        case SetItem::Kind::kLabels: return;
    }
}

void Binder::will_have_keys_of(const BoundExpr& map) {
    if (map.kind == ExprKind::kMap) {
        new_keys_.names.insert(map.keys.begin(), map.keys.end());
    } else if (map.kind == ExprKind::kLiteral && map.value.is(ValueKind::kMap)) {
        for (const MapEntry& entry : map.value.as_map()) new_keys_.names.insert(entry.first);
    } else {
        new_keys_.any = true;
    }
}

// What is unknown now is known after all when the statement makes it.
void Binder::finish_notes() {
    for (Unknown& one : unknown_) {
        const auto made = [&](const std::string& name) { return one.made->names.contains(name); };
        if (one.made->any || std::ranges::any_of(one.names, made)) continue;
        out_->notes.push_back(std::move(one.note));
    }
    const auto place = [](const BoundStatement::Note& note) { return note.range.begin; };
    std::ranges::stable_sort(out_->notes, {}, place);
}

}  // namespace maek::query
