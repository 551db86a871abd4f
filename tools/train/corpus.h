// Program: maek-train. Reads the gold articles and KLUE's sentences from MAEK_SHARED and finds in
// their text where the gold names stand, which the gold files do not say.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "extract/document.h"
#include "extract/mention/features.h"
#include "extract/mention/name_tables.h"
#include "schema/result.h"
#include "tools/train/crf_trainer.h"

namespace maek::train {

struct GoldEntity {
    extract::EntityType type = extract::EntityType::kNone;
    std::string name;
    std::vector<std::string> aliases;
};

struct GoldArticle {
    std::string id;
    std::string text;
    std::string date;
    std::vector<GoldEntity> entities;
    int fold = 0;
    bool whole = true;  // every entity with all its names; else a list of names only
};

// All gold articles, by id, with the folds of bench/extraction/folds.tsv.
Result<std::vector<GoldArticle>> read_gold(const std::filesystem::path& shared, const std::filesystem::path& folds);

// Articles of data/unlabelled that were read by hand, by id: folder/*.txt give names by article,
// folder/*.jsonl whole articles in the form of the gold files, which go before.
// Their folds are silver_fold().
Result<std::vector<GoldArticle>> read_silver(const std::filesystem::path& shared, const std::filesystem::path& folder);

// One sample a useful sentence. Every unit's label is taken as known.
void gold_samples(const GoldArticle& article, const extract::NameTables& tables, std::vector<Sample>& out);

// KLUE's news sentences: persons are known, of other names only which types they may have.
Result<void> klue_samples(const std::filesystem::path& shared, const extract::NameTables& tables, float weight,
                          std::vector<Sample>& out);

// "name<TAB>class" lines from konne-forms.tsv, sorted: the content of klue-names.tsv.
Result<std::string> klue_names(const std::filesystem::path& shared);

// The features of a prepared sentence, with nothing known about its labels.
Sample sample_of(const extract::SentenceView& view);

}  // namespace maek::train
