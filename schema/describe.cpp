// Room: schema. The ontology as a page for people.
#include <string>

#include "schema/ontology.h"

namespace maek {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) {
        if (!out.empty()) out += ", ";
        out += word;
    }
    return out;
}

// The types of a set; a whole abstract type is written by its own name.
std::string type_names(const Ontology& ontology, TypeSet set) {
    std::vector<std::string> names;
    const auto types = ontology.entity_types();
    for (std::size_t i = 0; i < types.size(); ++i) {
        const TypeSet all = ontology.concrete(static_cast<TypeIndex>(i));
        if (!types[i].abstract || all == 0 || (set & all) != all) continue;
        names.push_back(types[i].name);
        set &= ~all;
    }
    for (std::size_t i = 0; i < types.size(); ++i) {
        if (set & type_bit(static_cast<TypeIndex>(i))) names.push_back(types[i].name);
    }
    return joined(names);
}

void add_properties(std::string& out, const std::vector<PropertyDefinition>& properties) {
    for (const PropertyDefinition& p : properties) {
        out += "      ." + p.name;
        if (!p.korean.empty()) out += " (" + p.korean + ")";
        out += ": ";
        if (p.list) out += "LIST OF ";
        out += std::string(kind_name(p.kind));
        if (!p.definition.empty()) out += " - " + p.definition;
        out += '\n';
    }
}

void add_names(std::string& out, const std::string& name, const std::string& korean,
               const std::vector<std::string>& synonyms) {
    out += "  " + name;
    if (!korean.empty()) out += "  " + korean;
    if (!synonyms.empty()) out += "  (" + joined(synonyms) + ")";
    out += '\n';
}

}  // namespace

std::string Ontology::describe(bool korean) const {
    std::string out = korean ? "개체 유형\n" : "Entity types\n";
    for (const EntityType& type : entities_) {
        add_names(out, type.name, type.korean, type.synonyms);
        const std::string& text = korean && !type.definition_korean.empty() ? type.definition_korean : type.definition;
        if (!text.empty()) out += "      " + text + '\n';
        if (!type.parent.empty()) out += (korean ? "      상위: " : "      a kind of ") + type.parent + '\n';
        add_properties(out, type.properties);
    }
    out += korean ? "\n관계 유형\n" : "\nRelation types\n";
    for (const RelationType& type : relations_) {
        add_names(out, type.name, type.korean, type.synonyms);
        const std::string& text = korean && !type.definition_korean.empty() ? type.definition_korean : type.definition;
        if (!text.empty()) out += "      " + text + '\n';
        for (const auto& [from, to] : type.endpoints) {
            out += "      " + type_names(*this, from) + (type.symmetric ? " - " : " -> ") + type_names(*this, to) + '\n';
        }
        add_properties(out, type.properties);
    }
    return out;
}

}  // namespace maek
