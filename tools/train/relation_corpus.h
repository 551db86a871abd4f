// Program: maek-train-relations. The gold articles with their relations: entities stand where their
// names stand in the text, evidence where its sentence stands.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "extract/document.h"
#include "extract/link/linker.h"
#include "extract/mention/tagger.h"
#include "extract/relation/relation_words.h"
#include "schema/lexicon.h"
#include "schema/result.h"

namespace maek::train {

struct GoldRelation {
    extract::RelationKind kind = extract::RelationKind::kNone;
    std::uint32_t source = 0, target = 0;
    std::uint32_t sentence = 0;  // where its evidence begins
    std::optional<std::int64_t> amount_krw;
    std::string evidence;
};

struct RelationArticle {
    std::string id;
    bool predicted = false;          // entities as the tagger and the linker find them
    bool silver = false;             // an article of data/unlabelled: learned from, never measured
    int fold = 0;
    std::size_t entities_right = 0;  // predicted: how many are given ones
    std::size_t entities_given = 0;  // predicted: how many would be right
    std::array<std::size_t, extract::kEntityTypes> given_by_type{};
    std::vector<char> right;         // predicted: which of linked.entities are given ones
    std::vector<extract::DocumentEntity> missed;  // predicted: given ones that are none of linked.entities
    Article article;
    extract::Document document;
    extract::LinkedDocument linked;  // the gold entities, or the predicted ones
    std::vector<GoldRelation> relations;

    // The gold relation between two entities of `linked`, or nullptr. Either order when symmetric.
    const GoldRelation* gold(extract::RelationKind kind, std::uint32_t source, std::uint32_t target) const;
};

// The article once more with the entities that a tagger finds which has not seen it. Gold relations
// whose ends it does not find point behind the last entity.
RelationArticle with_predicted(const RelationArticle& gold, const extract::Tagger& tagger, const extract::Linker& linker,
                               extract::Doubt doubt = {});

// All gold articles by id; folds as bench/extraction/folds.tsv gives them, else by event groups.
Result<std::vector<RelationArticle>> read_relation_articles(const std::filesystem::path& shared, const Lexicon& lexicon);

// Articles of data/unlabelled that were read by hand (folder/*.jsonl, the gold files' form with evidence as
// code points), by id. Each has a fold, so that out-of-fold scores exist for it as well.
Result<std::vector<RelationArticle>> read_silver_relations(const std::filesystem::path& shared, const std::filesystem::path& folder);

}  // namespace maek::train
