// Room: schema, doorway. The kinds of things and of relations that maek knows, read from a file.
// Immutable after loading; may be used from many threads. The file's form: docs/schema-format.md,
// what each type means: docs/ontology.md. Tests: tests/schema/ontology_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "schema/result.h"
#include "schema/value.h"

namespace maek {

// A type's place in Ontology::entity_types() or relation_types(). At most 64 entity types.
using TypeIndex = std::uint8_t;
inline constexpr TypeIndex kNoType = 255;

// A set of entity types, one bit each.
using TypeSet = std::uint64_t;
constexpr TypeSet type_bit(TypeIndex type) { return type < 64 ? TypeSet{1} << type : 0; }

struct PropertyDefinition {
    std::string name;
    ValueKind kind = ValueKind::kString;
    bool list = false;  // a list of that kind
    std::string korean;
    std::string definition;
};

struct EntityType {
    std::string name;                   // "ResearchInstitute"; a label of the graph
    std::string korean;                 // "연구기관"
    std::vector<std::string> synonyms;  // further names a person may use, any language
    std::string parent;                 // the wider type, or empty
    bool abstract = false;              // only a name for its sub-types; no thing has it itself
    std::string definition;             // English
    std::string definition_korean;
    std::vector<PropertyDefinition> properties;
};

struct RelationType {
    std::string name;  // "MEMBER_OF"; a relationship type of the graph
    std::string korean;
    std::vector<std::string> synonyms;
    bool symmetric = false;  // a fact in either direction is the same fact
    bool core = false;       // asked for first by analysts
    std::string definition;
    std::string definition_korean;
    std::vector<PropertyDefinition> properties;
    // Which source types may meet which target types; abstract types resolved.
    std::vector<std::pair<TypeSet, TypeSet>> endpoints;
};

// A name that a person may write instead of one or several type names. Sorted by name.
struct Synonym {
    std::string name;
    std::vector<std::string> targets;  // names of concrete types, in the ontology's order
    bool operator==(const Synonym&) const = default;
};

class Ontology {
public:
    // Reads folder/ontology.json, then overlay/ontology.json over it where there is one: an entry
    // of a known name replaces the fields that it gives, another one is added. kNotFound, kFormat:
    // the message names file, line and entry.
    static Result<Ontology> load(const std::filesystem::path& folder,
                                 const std::filesystem::path& overlay = {});

    std::span<const EntityType> entity_types() const { return entities_; }
    std::span<const RelationType> relation_types() const { return relations_; }

    // By English name, exact; kNoType when unknown.
    TypeIndex entity_type(std::string_view name) const;
    TypeIndex relation_type(std::string_view name) const;
    const EntityType& entity(TypeIndex type) const { return entities_[type]; }
    const RelationType& relation(TypeIndex type) const { return relations_[type]; }

    // The type itself, or for an abstract type all concrete ones below it.
    TypeSet concrete(TypeIndex type) const { return concrete_[type]; }
    TypeSet concrete(std::string_view name) const;

    // May this relation run from one type to the other? Symmetric relations: in either order.
    bool allows(TypeIndex relation, TypeIndex source, TypeIndex target) const;

    // Korean names, synonyms and abstract types for the query language. A name that means several
    // types ('참여': MEMBER_OF or PARTICIPATES_IN) has several targets.
    std::span<const Synonym> label_synonyms() const { return label_synonyms_; }
    std::span<const Synonym> type_synonyms() const { return type_synonyms_; }
    std::span<const Synonym> property_synonyms() const { return property_synonyms_; }

    // For people: every type with its names, meaning, endpoints and properties. `maek schema`.
    std::string describe(bool korean = false) const;

private:
    struct Builder;
    std::vector<EntityType> entities_;
    std::vector<RelationType> relations_;
    std::vector<TypeSet> concrete_;  // by entity type
    std::unordered_map<std::string, TypeIndex> entity_index_, relation_index_;
    std::vector<Synonym> label_synonyms_, type_synonyms_, property_synonyms_;
};

}  // namespace maek
