#include "extract/relation/instances.h"

#include <algorithm>
#include <string_view>

#include "extract/relation/polarity.h"

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

// A field's or a place's name that may stand inside others.
struct InnerName {
    std::string_view name;
    std::uint64_t marks = 0;
    std::uint32_t entity = 0;
};

// Each name once, for the first that has it.
std::vector<InnerName> inner_names(const LinkedDocument& linked, const std::vector<EntityView>& views) {
    constexpr std::size_t kLongest = 48;
    std::vector<InnerName> out;
    for (std::uint32_t e = 0; e < views.size(); ++e) {
        if (!may_stand_in_names(linked.entities[e].type)) continue;
        for (std::size_t i = 0; i < views[e].folded.size(); ++i) {
            const std::string_view name = views[e].folded[i];
            const bool known = std::any_of(out.begin(), out.end(), [&](const InnerName& n) { return n.name == name; });
            if (name.size() <= kLongest && !known) out.push_back({name, views[e].marks[i], e});
        }
    }
    return out;
}

// For each thing or organisation the fields and places whose names stand inside its own, from left to right, the shortest first.
std::vector<std::vector<std::uint32_t>> names_inside(const LinkedDocument& linked, const std::vector<EntityView>& views) {
    struct Found {
        std::size_t at, size;
        std::uint32_t entity;
    };
    const std::vector<InnerName> inner = inner_names(linked, views);
    std::vector<std::vector<std::uint32_t>> inside(views.size());
    std::vector<Found> found;
    for (std::uint32_t e = 0; e < views.size(); ++e) {
        const EntityType type = linked.entities[e].type;
        if (!is_thing(type) && type != EntityType::kResearchInstitute && type != EntityType::kAgency) continue;
        for (std::size_t i = 0; i < views[e].folded.size(); ++i) {
            const std::string_view name = views[e].folded[i];
            found.clear();
            for (const InnerName& part : inner) {
                if (part.entity == e || (part.marks & ~views[e].marks[i]) != 0) continue;
                for (std::size_t at = name.find(part.name); at != std::string_view::npos; at = name.find(part.name, at + 1)) {
                    found.push_back({at, part.name.size(), part.entity});
                }
            }
            std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.at != b.at ? a.at < b.at : a.size < b.size; });
            for (const Found& part : found) {
                if (std::find(inside[e].begin(), inside[e].end(), part.entity) == inside[e].end()) inside[e].push_back(part.entity);
            }
        }
    }
    return inside;
}

}  // namespace

namespace {

constexpr std::uint32_t kPartners = 1u << static_cast<unsigned>(RelationKind::kPartnersWith);
constexpr std::uint32_t kFunding = 1u << static_cast<unsigned>(RelationKind::kFunds);

// Names inside the names that are new in this sentence join its occurrences.
void add_names_inside(const LinkedDocument& linked, const std::vector<EntityView>& views,
                      const std::vector<std::vector<std::uint32_t>>& inside, Scene& scene) {
    const std::size_t plain = scene.occurrences.size();
    for (std::size_t i = 0; i < plain; ++i) {
        const Occurrence whole = scene.occurrences[i];
        if (whole.left_out() || views[whole.entity].first_sentence != scene.sentence) continue;
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
}

// Which relations may run from occurrence a to b of the scene.
std::uint32_t allowed_pair(const Scene& scene, const EndpointRules& rules, const std::vector<EntityView>& views, std::size_t a, std::size_t b) {
    const Occurrence& x = scene.occurrences[a];
    const Occurrence& y = scene.occurrences[b];
    if (a == b || x.entity == y.entity) return 0;
    std::uint32_t allowed = rules.allowed(x.type, y.type);
    if (allowed == 0) return 0;
    if (b < a) allowed &= ~kPartners;
    if (x.left_out() && y.left_out()) allowed &= scene.first_money != scene.last_money ? kFunding : 0;
    const bool recent = x.kind == OccurrenceKind::kRecent || y.kind == OccurrenceKind::kRecent;
    if (recent && x.type != EntityType::kPerson) return 0;
    const bool in_name = x.kind == OccurrenceKind::kInName || y.kind == OccurrenceKind::kInName;
    if (in_name && name_holds(views[x.entity], views[y.entity]) == 0) return 0;
    return allowed;
}

}  // namespace

void walk_proposals(const Document& document, const LinkedDocument& linked, const RelationWords& words,
                    const EndpointRules& rules, const PairGate& gate, const std::function<void(const Proposal&)>& visit) {
    const std::vector<Reference> references = find_references(document, linked, words.reference_heads());
    const std::vector<EntityView> views = view_entities(document, linked);
    const auto inside = names_inside(linked, views);
    SceneBuilder builder(document, linked, references, words);
    PairFeatures features(document, words, views);
    Polarity polarity;
    Running running;
    Scene scene;
    for (std::uint32_t s = 0; s < document.sentences.size(); ++s) {
        if (!document.sentences[s].useful()) continue;
        builder.build(s, running, scene);
        add_names_inside(linked, views, inside, scene);
        if (!scene.occurrences.empty()) polarity.read(document.text, words, scene);
        bool entered = false;
        for (std::size_t a = 0; a < scene.occurrences.size(); ++a) {
            for (std::size_t b = 0; b < scene.occurrences.size(); ++b) {
                std::uint32_t allowed = allowed_pair(scene, rules, views, a, b);
                if (allowed != 0 && polarity.denies()) allowed &= ~polarity.denied(a, b);
                if (allowed == 0 || !gate.open(PairGate::signs(scene, a, b))) continue;
                if (!entered) features.enter(scene);
                entered = true;
                visit({scene, features, a, b, allowed});
            }
        }
    }
}

void walk_pairs(const Document& document, const LinkedDocument& linked, const RelationWords& words, const EndpointRules& rules,
                const std::function<void(const Scene&, std::size_t, std::size_t, std::uint32_t)>& visit) {
    const std::vector<Reference> references = find_references(document, linked, words.reference_heads());
    const std::vector<EntityView> views = view_entities(document, linked);
    const auto inside = names_inside(linked, views);
    SceneBuilder builder(document, linked, references, words);
    Running running;
    Scene scene;
    for (std::uint32_t s = 0; s < document.sentences.size(); ++s) {
        if (!document.sentences[s].useful()) continue;
        builder.build(s, running, scene);
        add_names_inside(linked, views, inside, scene);
        for (std::size_t a = 0; a < scene.occurrences.size(); ++a) {
            for (std::size_t b = 0; b < scene.occurrences.size(); ++b) {
                const std::uint32_t allowed = allowed_pair(scene, rules, views, a, b);
                if (allowed != 0) visit(scene, a, b, allowed);
            }
        }
    }
}

}  // namespace maek::extract
