// Room: extract, inner. Proposes: walks an article and shows every pair of things that some relation
// may join, with its features. Training and reading use the same walk.
// Linear in the text: the pairs of one sentence are capped. Tests: tests/extract/relation.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "extract/document.h"
#include "extract/link/references.h"
#include "extract/relation/pair_features.h"
#include "extract/relation/pair_gate.h"
#include "extract/relation/relation_words.h"
#include "extract/relation/scene.h"
#include "schema/ontology.h"

namespace maek::extract {

// Which relations may run from one type to another, as bits by RelationKind.
class EndpointRules {
public:
    static EndpointRules make(const Ontology& ontology);
    std::uint32_t allowed(EntityType source, EntityType target) const {
        return bits_[static_cast<std::size_t>(source)][static_cast<std::size_t>(target)];
    }

private:
    std::array<std::array<std::uint32_t, kEntityTypes + 1>, kEntityTypes + 1> bits_{};
};

// One proposal: occurrences a (source) and b (target) of the scene, not of the same entity.
struct Proposal {
    const Scene& scene;
    const PairFeatures& features;  // has entered the scene
    std::size_t a = 0, b = 0;
    std::uint32_t allowed = 0;
};

// Every pair that the rules allow, the sentence does not deny and the gate lets pass.
void walk_proposals(const Document& document, const LinkedDocument& linked, const RelationWords& words,
                    const EndpointRules& rules, const PairGate& gate, const std::function<void(const Proposal&)>& visit);

// Every pair that the rules allow, without features.
void walk_pairs(const Document& document, const LinkedDocument& linked, const RelationWords& words, const EndpointRules& rules,
                const std::function<void(const Scene&, std::size_t a, std::size_t b, std::uint32_t allowed)>& visit);

}  // namespace maek::extract
