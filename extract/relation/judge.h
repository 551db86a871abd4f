// Room: extract, inner. All that an article proposes, judged twice. First each proposal by the
// log-linear scorer from its words. Then each fact (kind, source, target) by trees that see its best
// sentence, the other sentences, the other kinds, and how the first judge spoke of those that stand
// in the same enumeration or compete for the same place.
// Tests: tests/extract/relation/relations_test.cpp, trees_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "extract/relation/instances.h"
#include "extract/relation/pair_features.h"
#include "extract/relation/relation_model.h"

namespace maek::extract {

inline constexpr std::size_t kFactNumbers = kPairNumbers + 58;
using FactNumbers = std::array<float, kFactNumbers>;

// Facts that the first judge holds for less likely are not looked at again.
inline constexpr float kLeastScore = -4.0f;

struct JudgedPair {
    std::uint32_t source = 0, target = 0, sentence = 0;
    ByteSpan source_span, target_span;
    bool source_left_out = false, target_left_out = false;
    std::uint16_t source_group = 0, target_group = 0;
    std::uint32_t allowed = 0;
    RelationScores scores{};
    std::uint32_t numbers = 0xFFFFFFFFu;  // index into the judge's, of pairs that may state a fact
    // Means of the first judge's scores over the rest of the source's and the target's enumeration.
    RelationScores source_mates{}, target_mates{};
    // By how much the best rival for the same target (source) in this sentence is surer.
    RelationScores source_rival{}, target_rival{};
};

struct Fact {
    RelationKind kind = RelationKind::kNone;
    std::uint32_t pair = 0;  // index into Judge::pairs(): the sentence that states it best
    FactNumbers numbers{};
    float log_odds = 0;  // the second judge's
};

class Judge {
public:
    explicit Judge(const RelationModel& model) : model_(model), scorer_(model) {
        pairs_.reserve(128);
        numbers_.reserve(128);
    }

    // Takes the proposals of a whole article, scene by scene, then finish().
    void take(const Proposal& proposal);
    void finish();

    const std::vector<JudgedPair>& pairs() const { return pairs_; }
    const std::vector<Fact>& facts() const { return facts_; }

private:
    void close_scene();
    void fill(std::uint32_t index);
    void fill_neighbours(std::uint32_t index, std::span<const std::uint32_t> of_pair, FactNumbers& numbers);
    void note_neighbours();
    void ask_trees(RelationKind kind);

    const RelationModel& model_;
    RelationScorer scorer_;
    std::vector<JudgedPair> pairs_;
    std::vector<PairNumbers> numbers_;
    std::size_t scene_begin_ = 0;
    std::uint32_t scene_ = 0xFFFFFFFFu;
    std::vector<Fact> facts_;
    // The pairs of the same source and target, by these; each list in the order of the text.
    struct SamePair {
        std::uint64_t key;
        std::uint32_t first, last;  // in pair_order_
    };
    std::vector<SamePair> same_pairs_;
    std::vector<std::uint32_t> pair_order_;
    std::span<const std::uint32_t> of_pair(std::uint32_t source, std::uint32_t target) const;
    void gather_pairs();
    // Over the whole article: best score of each kind by source and by target.
    struct TopTwo {
        float best = -12, second = -12;
        std::uint32_t strong = 0;  // how many pairs above zero
    };
    std::vector<std::array<TopTwo, kRelationKinds>> by_source_, by_target_;  // by entity
    // What the first judge said of an entity and its neighbours, the other end and the fact's index; by entity.
    std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> neighbours_;
    // Best scores of a fact's end with a third entity: of the fact's kind, of any; by that entity, as far as `fact` fits.
    struct Third {
        std::uint32_t fact = 0xFFFFFFFFu;
        float same = 0, any = 0;
        float partner = 0, leader = 0, whole = 0;  // it is its partner, leads it, is what it is a part of
    };
    std::vector<Third> thirds_of_source_, thirds_of_target_;
    std::vector<std::uint32_t> seen_sentences_;
    RelationScores expected_{};  // facts of each kind in the article, as the first judge has it
};

}  // namespace maek::extract
