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
    std::vector<extract::NameRow> rows;
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

    // Without the articles of `fold`; -1: from all.
    extract::Forest learn(int fold) const;
    // What the articles outside of `fold` tell of names.
    extract::NameMemory memory(int fold) const;
    // Fills the chances of the rows of the articles of `fold`.
    void judge(int fold, const extract::Forest& forest);
    // After judge() of all folds: what gives the best F1, by type.
    std::array<float, extract::kEntityTypes> thresholds(const Lexicon& lexicon, bool verbose);

    // Where the gold entities are lost, by type: no candidate, candidate of another type only, below
    // the threshold, overlapped or joined away. To stderr.
    void explain(const Lexicon& lexicon, const std::array<float, extract::kEntityTypes>& thresholds);

private:
    std::vector<EntityCounts> count(const Lexicon& lexicon, const std::array<float, extract::kEntityTypes>& thresholds, bool silver);

    std::deque<JudgedArticle>& articles_;
    float silver_;
    ForestOptions options_;
    std::vector<extract::NameMemory> memories_;  // by fold
    std::optional<ForestData> data_;
    std::vector<const JudgedArticle*> article_of_;  // by row of data_
};

}  // namespace maek::train
