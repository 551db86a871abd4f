#include "schema/ontology.h"

#include <algorithm>
#include <map>
#include <set>

#include "schema/read/json_tree.h"

namespace maek {

using schema::FieldReader;
using schema::JsonTree;

namespace {

constexpr std::pair<std::string_view, ValueKind> kPropertyKinds[] = {
    {"text", ValueKind::kString},   {"integer", ValueKind::kInteger}, {"number", ValueKind::kFloat},
    {"flag", ValueKind::kBoolean},  {"date", ValueKind::kDate},
};

// A field that an overlay's entry gives replaces the one that stands; one it leaves out stays.
template <class T>
void replace_if(bool given, T& target, T value) {
    if (given) target = std::move(value);
}

}  // namespace

// Reads files into the ontology and checks the whole at the end.
struct Ontology::Builder {
    Ontology out;
    // Where an entry was written last, for messages: file and line by entry name.
    std::map<std::string, Where, std::less<>> written;
    struct RawEndpoint {
        std::vector<std::string> from, to;
        Where where;
    };
    std::map<std::string, std::vector<RawEndpoint>> endpoints;

    Result<void> add_file(const std::filesystem::path& file);
    Result<void> add_entity(const JsonTree& node, const std::string& file, std::set<std::string>& seen);
    Result<void> add_relation(const JsonTree& node, const std::string& file, std::set<std::string>& seen);
    Result<std::vector<PropertyDefinition>> properties(FieldReader& reader, const std::string& file);
    Result<void> check_parents();
    Result<void> resolve_endpoints();
    Result<void> collect_synonyms();
    Error wrong(const std::string& entry, const std::string& message) const;
};

Error Ontology::Builder::wrong(const std::string& entry, const std::string& message) const {
    const auto at = written.find(entry);
    return Error{ErrorCode::kFormat, "'" + entry + "': " + message,
                 at == written.end() ? Where{} : at->second, {}};
}

Result<std::vector<PropertyDefinition>> Ontology::Builder::properties(FieldReader& reader,
                                                                      const std::string& file) {
    std::vector<PropertyDefinition> out_list;
    const JsonTree* list = reader.list("properties");
    if (list == nullptr) return out_list;
    for (const JsonTree& node : list->items) {
        FieldReader fields(node, file, "property");
        PropertyDefinition property;
        property.name = fields.text("name", true);
        fields.rename("property '" + property.name + "'");
        const std::string kind = fields.text("kind", true);
        property.list = fields.flag("list");
        property.korean = fields.text("korean");
        property.definition = fields.text("definition");
        const auto* known = std::find_if(std::begin(kPropertyKinds), std::end(kPropertyKinds),
                                         [&](const auto& k) { return k.first == kind; });
        if (known == std::end(kPropertyKinds)) {
            fields.fail(node.line, "kind '" + kind + "' is none of text, integer, number, flag, date");
        } else {
            property.kind = known->second;
        }
        if (auto done = fields.finish(); !done.ok()) return done.error();
        out_list.push_back(std::move(property));
    }
    return out_list;
}

Result<void> Ontology::Builder::add_entity(const JsonTree& node, const std::string& file,
                                           std::set<std::string>& seen) {
    FieldReader fields(node, file, "entity type");
    const std::string name = fields.text("name", true);
    fields.rename("entity type '" + name + "'");
    if (!seen.insert(name).second) fields.fail(node.line, "stands twice in this file");
    EntityType* type = nullptr;
    if (const auto known = out.entity_index_.find(name); known != out.entity_index_.end()) {
        type = &out.entities_[known->second];
    } else {
        if (out.entities_.size() >= 64) fields.fail(node.line, "more than 64 entity types");
        out.entity_index_.emplace(name, static_cast<TypeIndex>(out.entities_.size()));
        type = &out.entities_.emplace_back();
        type->name = name;
    }
    written[name] = Where{file, node.line, 0};
    replace_if(fields.has("korean"), type->korean, fields.text("korean"));
    replace_if(fields.has("synonyms"), type->synonyms, fields.texts("synonyms"));
    replace_if(fields.has("parent"), type->parent, fields.text("parent"));
    replace_if(fields.has("abstract"), type->abstract, fields.flag("abstract"));
    replace_if(fields.has("definition"), type->definition, fields.text("definition"));
    replace_if(fields.has("definition_korean"), type->definition_korean, fields.text("definition_korean"));
    auto list = properties(fields, file);
    if (!list.ok()) return list.error();
    replace_if(fields.has("properties"), type->properties, std::move(*list));
    return fields.finish();
}

Result<void> Ontology::Builder::add_relation(const JsonTree& node, const std::string& file,
                                             std::set<std::string>& seen) {
    FieldReader fields(node, file, "relation type");
    const std::string name = fields.text("name", true);
    fields.rename("relation type '" + name + "'");
    if (!seen.insert(name).second) fields.fail(node.line, "stands twice in this file");
    RelationType* type = nullptr;
    if (const auto known = out.relation_index_.find(name); known != out.relation_index_.end()) {
        type = &out.relations_[known->second];
    } else {
        if (out.relations_.size() >= 254) fields.fail(node.line, "more than 254 relation types");
        out.relation_index_.emplace(name, static_cast<TypeIndex>(out.relations_.size()));
        type = &out.relations_.emplace_back();
        type->name = name;
    }
    written[name] = Where{file, node.line, 0};
    replace_if(fields.has("korean"), type->korean, fields.text("korean"));
    replace_if(fields.has("synonyms"), type->synonyms, fields.texts("synonyms"));
    replace_if(fields.has("symmetric"), type->symmetric, fields.flag("symmetric"));
    replace_if(fields.has("core"), type->core, fields.flag("core"));
    replace_if(fields.has("definition"), type->definition, fields.text("definition"));
    replace_if(fields.has("definition_korean"), type->definition_korean, fields.text("definition_korean"));
    if (const JsonTree* list = fields.list("endpoints"); list != nullptr) {
        std::vector<RawEndpoint> raw;
        for (const JsonTree& item : list->items) {
            FieldReader pair(item, file, "endpoint of '" + name + "'");
            raw.push_back({pair.texts("from"), pair.texts("to"), Where{file, item.line, 0}});
            if (auto done = pair.finish(); !done.ok()) return done.error();
        }
        endpoints[name] = std::move(raw);
    }
    auto list = properties(fields, file);
    if (!list.ok()) return list.error();
    replace_if(fields.has("properties"), type->properties, std::move(*list));
    return fields.finish();
}

Result<void> Ontology::Builder::add_file(const std::filesystem::path& file) {
    auto tree = schema::read_json_file(file);
    if (!tree.ok()) return tree.error();
    const std::string name = file.string();
    FieldReader fields(*tree, name, "ontology");
    const std::string format = fields.text("format", true);
    if (format != "maek-ontology") fields.fail(tree->line, "format must be \"maek-ontology\"");
    if (fields.number("version", 1) != 1) fields.fail(tree->line, "only version 1 is known");
    fields.text("about");
    const JsonTree* entities = fields.list("entity_types");
    const JsonTree* relations = fields.list("relation_types");
    if (auto done = fields.finish(); !done.ok()) return done;
    std::set<std::string> seen;
    if (entities != nullptr) {
        for (const JsonTree& node : entities->items) {
            if (auto done = add_entity(node, name, seen); !done.ok()) return done;
        }
    }
    if (relations != nullptr) {
        for (const JsonTree& node : relations->items) {
            if (auto done = add_relation(node, name, seen); !done.ok()) return done;
        }
    }
    return {};
}

// Every parent is known and no type is its own ancestor; fills concrete_.
Result<void> Ontology::Builder::check_parents() {
    out.concrete_.assign(out.entities_.size(), 0);
    for (std::size_t i = 0; i < out.entities_.size(); ++i) {
        std::size_t at = i, steps = 0;
        while (true) {
            if (!out.entities_[i].abstract) out.concrete_[at] |= type_bit(static_cast<TypeIndex>(i));
            const EntityType& type = out.entities_[at];
            if (type.parent.empty()) break;
            const auto parent = out.entity_index_.find(type.parent);
            if (parent == out.entity_index_.end()) {
                return wrong(type.name, "parent '" + type.parent + "' is no entity type");
            }
            if (++steps > out.entities_.size()) {
                return wrong(out.entities_[i].name, "its parents form a circle through '" + type.name + "'");
            }
            at = parent->second;
        }
    }
    return {};
}

Result<void> Ontology::Builder::resolve_endpoints() {
    for (RelationType& relation : out.relations_) {
        relation.endpoints.clear();
        for (const RawEndpoint& raw : endpoints[relation.name]) {
            TypeSet sets[2] = {0, 0};
            const std::vector<std::string>* sides[2] = {&raw.from, &raw.to};
            for (int side = 0; side < 2; ++side) {
                for (const std::string& name : *sides[side]) {
                    const auto found = out.entity_index_.find(name);
                    if (found == out.entity_index_.end()) {
                        return Error{ErrorCode::kFormat,
                                     "relation type '" + relation.name + "': endpoint '" + name +
                                         "' is no entity type", raw.where, {}};
                    }
                    sets[side] |= out.concrete_[found->second];
                }
            }
            relation.endpoints.emplace_back(sets[0], sets[1]);
        }
        if (relation.endpoints.empty()) return wrong(relation.name, "needs at least one endpoint");
    }
    return {};
}

Result<void> Ontology::Builder::collect_synonyms() {
    std::map<std::string, TypeSet> labels;
    for (std::size_t i = 0; i < out.entities_.size(); ++i) {
        const EntityType& type = out.entities_[i];
        if (type.abstract) labels[type.name] |= out.concrete_[i];
        if (!type.korean.empty()) labels[type.korean] |= out.concrete_[i];
        for (const std::string& name : type.synonyms) labels[name] |= out.concrete_[i];
    }
    for (const auto& [name, set] : labels) {
        const auto own = out.entity_index_.find(name);
        if (own != out.entity_index_.end() && !out.entities_[own->second].abstract) {
            return wrong(name, "is also used as a synonym; a type's name must mean that type");
        }
        Synonym synonym{name, {}};
        for (std::size_t i = 0; i < out.entities_.size(); ++i) {
            if (set & type_bit(static_cast<TypeIndex>(i))) synonym.targets.push_back(out.entities_[i].name);
        }
        out.label_synonyms_.push_back(std::move(synonym));
    }
    std::map<std::string, std::vector<std::string>> types, keys;
    const auto note = [](auto& table, const std::string& name, const std::string& target) {
        auto& list = table[name];
        if (std::find(list.begin(), list.end(), target) == list.end()) list.push_back(target);
    };
    for (const RelationType& type : out.relations_) {
        if (!type.korean.empty()) note(types, type.korean, type.name);
        for (const std::string& name : type.synonyms) note(types, name, type.name);
        for (const PropertyDefinition& p : type.properties) {
            if (!p.korean.empty()) note(keys, p.korean, p.name);
        }
    }
    for (const EntityType& type : out.entities_) {
        for (const PropertyDefinition& p : type.properties) {
            if (!p.korean.empty()) note(keys, p.korean, p.name);
        }
    }
    for (auto& [name, targets] : types) {
        if (out.relation_index_.count(name) != 0) {
            return wrong(name, "is also used as a synonym; a type's name must mean that type");
        }
        out.type_synonyms_.push_back({name, std::move(targets)});
    }
    for (auto& [name, targets] : keys) out.property_synonyms_.push_back({name, std::move(targets)});
    return {};
}

Result<Ontology> Ontology::load(const std::filesystem::path& folder,
                                const std::filesystem::path& overlay) {
    Builder builder;
    if (auto done = builder.add_file(folder / "ontology.json"); !done.ok()) return done.error();
    std::error_code ignored;
    if (!overlay.empty() && std::filesystem::exists(overlay / "ontology.json", ignored)) {
        if (auto done = builder.add_file(overlay / "ontology.json"); !done.ok()) return done.error();
    }
    if (auto done = builder.check_parents(); !done.ok()) return done.error();
    if (auto done = builder.resolve_endpoints(); !done.ok()) return done.error();
    if (auto done = builder.collect_synonyms(); !done.ok()) return done.error();
    return std::move(builder.out);
}

TypeIndex Ontology::entity_type(std::string_view name) const {
    const auto found = entity_index_.find(std::string(name));
    return found == entity_index_.end() ? kNoType : found->second;
}

TypeIndex Ontology::relation_type(std::string_view name) const {
    const auto found = relation_index_.find(std::string(name));
    return found == relation_index_.end() ? kNoType : found->second;
}

TypeSet Ontology::concrete(std::string_view name) const {
    const TypeIndex type = entity_type(name);
    return type == kNoType ? 0 : concrete_[type];
}

bool Ontology::allows(TypeIndex relation, TypeIndex source, TypeIndex target) const {
    const TypeSet s = type_bit(source), t = type_bit(target);
    const RelationType& type = relations_[relation];
    for (const auto& [from, to] : type.endpoints) {
        if ((from & s) && (to & t)) return true;
        if (type.symmetric && (from & t) && (to & s)) return true;
    }
    return false;
}

}  // namespace maek
