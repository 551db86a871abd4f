// Room: extract, inner doorway of relation/. Reads the relations that an article states: every pair
// that the ontology allows is proposed (instances.h), the learned scorer judges it, what contradicts
// itself is resolved, and amounts, posts, dates and the stating sentence are added.
// Immutable after loading, for many threads; linear in the text. Tests: tests/extract/relation.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/relation/instances.h"
#include "extract/relation/relation_model.h"
#include "extract/relation/relation_words.h"
#include "schema/lexicon.h"
#include "schema/ontology.h"
#include "schema/result.h"

namespace maek::extract {

struct DocumentRelation {
    RelationKind kind = RelationKind::kNone;
    std::uint32_t source = 0, target = 0;  // entities of the linked document
    std::string role, subject, date;
    std::optional<std::int64_t> amount_krw;
    std::uint32_t sentence = 0;  // the one that states it
    float confidence = 0;
};

struct Judged;  // decide.h

class RelationFinder {
public:
    // The model in `bytes`, or of schema_folder/model/relations.bin when that is empty.
    static Result<RelationFinder> load(const std::filesystem::path& schema_folder, const Ontology& ontology,
                                       const Lexicon& lexicon, std::string_view bytes = {});

    // Sorted by sentence, kind, source, target; each (kind, source, target) once.
    std::vector<DocumentRelation> find(const Document& document, const LinkedDocument& linked) const;

    // The steps of find(): all facts after both judges, surest first; then, of those that were kept, amounts,
    // posts and dates.
    std::vector<Judged> judged(const Document& document, const LinkedDocument& linked) const;
    std::vector<DocumentRelation> read_properties(const Document& document, const LinkedDocument& linked, std::vector<Judged> facts) const;

    const RelationWords& words() const { return words_; }
    const EndpointRules& rules() const { return rules_; }

private:
    RelationFinder(RelationWords words, EndpointRules rules, RelationModel model)
        : words_(std::move(words)), rules_(rules), model_(std::move(model)) {}
    RelationWords words_;
    EndpointRules rules_;
    RelationModel model_;
};

// Log-odds to a probability.
float probability(float log_odds);

}  // namespace maek::extract
