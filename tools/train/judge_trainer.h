// Program: maek-train. Learns the judge of names (extract/mention/name_judge.h) from the gold and the
// hand-read articles. What a tagger says of an article is asked of one that has not seen it.
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "extract/mention/tagger.h"
#include "schema/lexicon.h"
#include "tools/train/corpus.h"
#include "tools/train/forest_trainer.h"

namespace maek::train {

// An article with everything that may be a name in it.
struct JudgedArticle {
    const GoldArticle* gold = nullptr;
    bool silver = false;
    extract::Document document;
    std::vector<extract::NameCandidate> names;
    extract::NameQuestions questions;
    std::vector<char> holds;  // by row
};

JudgedArticle judge_article(const GoldArticle& gold, bool silver, const extract::Tagger& tagger);

struct EntityCounts {
    std::size_t right = 0, found = 0, gold = 0;
    double f1() const { return found + gold == 0 ? 0.0 : 2.0 * static_cast<double>(right) / static_cast<double>(found + gold); }
};

class JudgeTrainer {
public:
    JudgeTrainer(std::deque<JudgedArticle>& articles, float silver, const ForestOptions& options);

    // Judges every article by forests that have not seen it.
    void judge_all();
    // The judge's bytes for the articles of `fold`; -1: learned from all. Requires: judge_all().
    std::string bytes(int fold, const std::array<float, extract::kEntityTypes>& thresholds) const;
    // After judge_all(): what gives the best F1, by type.
    std::array<float, extract::kEntityTypes> thresholds(const Lexicon& lexicon, bool verbose);

    // Where the gold entities are lost, by type: no candidate, candidate of another type only, below
    // the threshold, overlapped or joined away. To stderr.
    void explain(const Lexicon& lexicon, const std::array<float, extract::kEntityTypes>& thresholds);

private:
    extract::NameMemory memory(int fold) const;
    extract::Forest learn(const ForestData& data, int fold) const;
    ForestData data(std::size_t numbers) const;
    std::vector<EntityCounts> count(const Lexicon& lexicon, const std::array<float, extract::kEntityTypes>& thresholds, bool silver);

    std::deque<JudgedArticle>& articles_;
    float silver_;
    ForestOptions options_;
    std::vector<extract::NameMemory> memories_;  // by fold
    std::optional<ForestData> first_data_, second_data_;
    std::vector<extract::Forest> first_, second_;  // by fold
    std::vector<char> hopeful_;  // by row: asked a second time; empty until the first forest has spoken
    std::vector<const JudgedArticle*> article_of_;  // by row of the data
};

}  // namespace maek::train
