#include "extract/relation/instances.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace maek::extract {

EndpointRules EndpointRules::make(const Ontology& ontology) {
    EndpointRules rules;
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        const TypeIndex relation = ontology.relation_type(kRelationNames[k]);
        if (relation == kNoType) continue;
        for (std::size_t s = 0; s < kEntityTypes; ++s) {
            for (std::size_t t = 0; t < kEntityTypes; ++t) {
                const TypeIndex source = ontology.entity_type(kEntityTypeNames[s]);
                const TypeIndex target = ontology.entity_type(kEntityTypeNames[t]);
                if (source == kNoType || target == kNoType) continue;
                if (ontology.allows(relation, source, target)) rules.bits_[s][t] |= 1u << k;
            }
        }
    }
    return rules;
}

namespace {

bool may_stand_in_names(EntityType type) {
    return type == EntityType::kIndustry || type == EntityType::kCity || type == EntityType::kProvince ||
           type == EntityType::kCluster;
}

// For each thing or organisation the fields and places whose names stand inside its own.
std::vector<std::vector<std::uint32_t>> names_inside(const LinkedDocument& linked, const std::vector<EntityView>& views) {
    std::unordered_map<std::string_view, std::uint32_t> by_name;
    std::size_t longest = 0;
    for (std::uint32_t e = 0; e < views.size(); ++e) {
        if (!may_stand_in_names(linked.entities[e].type)) continue;
        for (const std::string& name : views[e].folded) {
            by_name.emplace(name, e);
            longest = std::max(longest, name.size());
        }
    }
    longest = std::min<std::size_t>(longest, 48);
    std::vector<std::vector<std::uint32_t>> inside(views.size());
    for (std::uint32_t e = 0; e < views.size(); ++e) {
        const EntityType type = linked.entities[e].type;
        if (!is_thing(type) && type != EntityType::kResearchInstitute && type != EntityType::kAgency) continue;
        for (const std::string& name : views[e].folded) {
            for (std::size_t i = 0; i < name.size(); ++i) {
                if ((static_cast<unsigned char>(name[i]) & 0xC0) == 0x80) continue;
                for (std::size_t n = 2; n <= longest && i + n <= name.size(); ++n) {
                    const auto found = by_name.find(std::string_view(name).substr(i, n));
                    if (found == by_name.end() || found->second == e) continue;
                    if (std::find(inside[e].begin(), inside[e].end(), found->second) == inside[e].end()) {
                        inside[e].push_back(found->second);
                    }
                }
            }
        }
    }
    return inside;
}

}  // namespace

void walk_proposals(const Document& document, const LinkedDocument& linked, const RelationWords& words,
                    const EndpointRules& rules, const std::function<void(const Proposal&)>& visit) {
    const std::vector<Reference> references = find_references(document, linked, words.reference_heads());
    const std::vector<EntityView> views = view_entities(document, linked);
    const auto inside = names_inside(linked, views);
    SceneBuilder builder(document, linked, references, words);
    PairFeatures features(document, words, views);
    Running running;
    Scene scene;
    std::vector<std::uint64_t> keys;
    constexpr std::uint32_t kPartners = 1u << static_cast<unsigned>(RelationKind::kPartnersWith);
    constexpr std::uint32_t kFunding = 1u << static_cast<unsigned>(RelationKind::kFunds);
    for (std::uint32_t s = 0; s < document.sentences.size(); ++s) {
        if (!document.sentences[s].useful()) continue;
        builder.build(s, running, scene);
        const std::size_t plain = scene.occurrences.size();
        for (std::size_t i = 0; i < plain; ++i) {  // names inside the names that are new here
            const Occurrence whole = scene.occurrences[i];
            if (whole.left_out() || views[whole.entity].first_sentence != s) continue;
            for (const std::uint32_t part : inside[whole.entity]) {
                bool there = false;
                for (const Occurrence& o : scene.occurrences) there = there || o.entity == part;
                if (there || scene.occurrences.size() >= Scene::kMostOccurrences) continue;
                Occurrence o;
                o.entity = part;
                o.type = linked.entities[part].type;
                o.kind = OccurrenceKind::kInName;
                o.span = whole.span;
                o.word = whole.word;
                o.last_word = whole.last_word;
                o.group = 0xFFFE;
                scene.occurrences.push_back(o);
            }
        }
        features.enter(scene);
        const bool money = scene.first_money != scene.last_money;
        for (std::size_t a = 0; a < scene.occurrences.size(); ++a) {
            for (std::size_t b = 0; b < scene.occurrences.size(); ++b) {
                const Occurrence& x = scene.occurrences[a];
                const Occurrence& y = scene.occurrences[b];
                if (a == b || x.entity == y.entity) continue;
                std::uint32_t allowed = rules.allowed(x.type, y.type);
                if (b < a) allowed &= ~kPartners;
                if (x.left_out() && y.left_out()) allowed &= money ? kFunding : 0;
                if (x.kind == OccurrenceKind::kRecent || y.kind == OccurrenceKind::kRecent) {
                    if (x.type != EntityType::kPerson) continue;
                }
                if ((x.kind == OccurrenceKind::kInName || y.kind == OccurrenceKind::kInName) &&
                    name_holds(views[x.entity], views[y.entity]) == 0) allowed = 0;
                if (allowed == 0) continue;
                features.read(a, b, keys);
                visit({scene, features, a, b, allowed, keys});
            }
        }
    }
}

}  // namespace maek::extract
