#include "tools/review/decisions_said.h"

#include <algorithm>
#include <optional>

#include "tools/question/names.h"

namespace maek::tools {
namespace {

using storage::Decision;
using Decisions = std::vector<Decision>;

Error refused(std::string why) { return Error{ErrorCode::kUsage, std::move(why)}; }

std::string listed(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

// What a word means as a type of the graph, by its own name or one of the synonyms.
std::vector<std::string> meanings(const std::string& word, bool is_type, std::span<const Synonym> synonyms) {
    if (is_type) return {word};
    for (const Synonym& synonym : synonyms)
        if (synonym.name == word) return synonym.targets;
    return {};
}

struct Thing {
    NodeId node;
    std::string type, name;  // as the store has them
};

Result<Thing> thing(const graph::Graph& graph, const std::string& name) {
    const auto found = node_by_name(graph, name);
    if (!found.ok()) return found.error();
    return Thing{found->node, display_type(graph, found->node), display_name(graph, found->node)};
}

bool related(const graph::Graph& graph, NodeId source, const std::string& relation, NodeId target) {
    const auto type = graph.types().find(relation);
    if (!type) return false;
    const auto reaches = [&](NodeId from, NodeId to) {
        const auto adjacent = graph.adjacent(from, *type, graph::Direction::kOut);
        return std::any_of(adjacent.begin(), adjacent.end(), [&](const auto& next) { return next.node == to; });
    };
    return reaches(source, target) || (relation == "PARTNERS_WITH" && reaches(target, source));
}

// Of a word that means several relations those count that hold between the two.
Result<Decisions> on_relation(const graph::Graph& graph, const Ontology& ontology, Decision::Kind kind,
                              const std::vector<std::string>& words) {
    const auto source = thing(graph, words[0]);
    if (!source.ok()) return source.error();
    const auto target = thing(graph, words[2]);
    if (!target.ok()) return target.error();
    const bool known = ontology.relation_type(words[1]) != kNoType || graph.types().find(words[1]).has_value();
    std::vector<std::string> relations = meanings(words[1], known, ontology.type_synonyms());
    if (relations.empty()) {
        std::vector<std::string> names;
        for (const RelationType& type : ontology.relation_types()) names.push_back(type.name);
        return Error{ErrorCode::kNotFound, "no relation '" + words[1] + "'; known: " + listed(names)};
    }
    if (relations.size() > 1) {
        const std::string all = listed(relations);
        std::erase_if(relations, [&](const auto& name) { return !related(graph, source->node, name, target->node); });
        if (relations.empty()) {
            return Error{ErrorCode::kNotFound, "'" + source->name + "' and '" + target->name + "' have none of the relations " + all +
                                                   " that '" + words[1] + "' may mean"};
        }
    }
    Decisions out;
    for (const std::string& relation : relations)
        out.push_back({kind, source->type, source->name, relation, target->type, target->name, {}, {}});
    return out;
}

// One of the thing's names, as it has it.
std::string own_spelling(const graph::Graph& graph, NodeId node, const std::string& typed) {
    const std::vector<std::string> names = names_of(graph, node);
    if (std::find(names.begin(), names.end(), typed) != names.end()) return typed;
    for (const std::string& name : names)
        if (folded(name) == folded(typed)) return name;
    return names.empty() ? typed : names.front();
}

Result<Decisions> on_pair(const graph::Graph& graph, Decision::Kind kind, const std::vector<std::string>& words) {
    const auto first = thing(graph, words[0]);
    if (!first.ok()) return first.error();
    const auto second = thing(graph, words[1]);
    if (!second.ok()) return second.error();
    if (first->type != second->type) {
        return refused("'" + first->name + "' is of the type " + first->type + ", '" + second->name + "' of " + second->type +
                       "; only things of one type can be merged or split (--retype first)");
    }
    Decision out{kind, first->type, first->name, {}, second->type, second->name, {}, {}};
    if (first->node != second->node) return Decisions{out};
    if (kind == Decision::Kind::kMerge) {
        return refused("'" + words[0] + "' and '" + words[1] + "' are one thing already: '" + first->name + "'");
    }
    out.name = own_spelling(graph, first->node, words[0]);
    out.other_name = own_spelling(graph, first->node, words[1]);
    if (folded(out.name) == folded(out.other_name)) {
        return refused("'" + out.name + "' cannot be split from itself; expected two of its names");
    }
    return Decisions{out};
}

Result<Decisions> on_type(const graph::Graph& graph, const Ontology& ontology, const std::vector<std::string>& words) {
    const auto named = thing(graph, words[0]);
    if (!named.ok()) return named.error();
    const TypeIndex index = ontology.entity_type(words[1]);
    const bool known = index != kNoType && !ontology.entity(index).abstract;
    const std::vector<std::string> types = meanings(words[1], known, ontology.label_synonyms());
    if (types.size() > 1) return refused("'" + words[1] + "' may be any of " + listed(types) + "; expected one of them");
    if (types.empty()) {
        std::vector<std::string> names;
        for (const EntityType& type : ontology.entity_types())
            if (!type.abstract) names.push_back(type.name);
        return Error{ErrorCode::kNotFound, "no type '" + words[1] + "'; known, also by their Korean names: " + listed(names)};
    }
    if (types.front() == named->type) return refused("'" + named->name + "' is of the type " + named->type + " already");
    return Decisions{{Decision::Kind::kRetype, named->type, named->name, {}, {}, {}, types.front(), {}}};
}

Result<Decisions> on_thing(const graph::Graph& graph, const std::string& name) {
    const auto named = thing(graph, name);
    if (!named.ok()) return named.error();
    return Decisions{{Decision::Kind::kReject, named->type, named->name, {}, {}, {}, {}, {}}};
}

}  // namespace

Result<Decisions> decisions_said(const graph::Graph& graph, const Ontology& ontology, const ReviewOptions& options) {
    Decisions out;
    std::optional<Error> fault;
    const auto add = [&](Result<Decisions> said) {
        if (!said.ok()) fault = fault ? fault : said.error();
        else out.insert(out.end(), said->begin(), said->end());
    };
    if (!options.accept.empty()) add(on_relation(graph, ontology, Decision::Kind::kAccept, options.accept));
    if (!options.reject.empty()) add(on_relation(graph, ontology, Decision::Kind::kReject, options.reject));
    if (!options.reject_entity.empty()) add(on_thing(graph, options.reject_entity));
    if (!options.retype.empty()) add(on_type(graph, ontology, options.retype));
    if (!options.merge.empty()) add(on_pair(graph, Decision::Kind::kMerge, options.merge));
    if (!options.split.empty()) add(on_pair(graph, Decision::Kind::kSplit, options.split));
    if (fault) return *fault;
    return out;
}

}  // namespace maek::tools
