// Room: extract, inner. The learned scorer: for every relation a weight for every feature key, in one
// open table. Bytes in, scores out; knows nothing of text. The file's form: docs/extraction.md.
// Trained by tools/train/train_relations.cpp. Tests: tests/extract/relation/relation_model_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/far_array.h"
#include "extract/relation/pair_gate.h"
#include "extract/relation/relation_words.h"
#include "extract/relation/trees.h"
#include "extract/row_sums.h"
#include "schema/result.h"

namespace maek::extract {

using RelationScores = std::array<float, kRelationKinds>;
using RelationForests = std::array<Forest, kRelationKinds>;

class RelationModel {
public:
    // Requires nothing: any bytes give a model or an error that names the file.
    static Result<RelationModel> read(std::string_view bytes, std::string_view name);

    // The bytes of a model, weights rounded to 8 bits; equal input gives equal bytes.
    static std::string write(std::span<const std::uint64_t> keys, std::span<const RelationScores> weights,
                             const RelationScores& bias, const RelationScores& threshold,
                             const RelationForests& forests, const PairGate& gate);

    // The second judge of a kind of relation; empty where no trees were learned.
    const FlatForest& judge(RelationKind kind) const { return forests_[static_cast<std::size_t>(kind)]; }

    // The first judge: log-odds of each relation.
    void score(std::span<const std::uint64_t> keys, RelationScores& out) const;

    // From how large a probability on a fact of this kind is reported.
    const PairGate& gate() const { return gate_; }
    const RelationScores& thresholds() const { return threshold_; }
    std::size_t features() const { return features_; }

private:
    friend class RelationScorer;
    struct Slot {
        std::uint32_t print;  // 0: free
        std::array<std::int8_t, kRelationKinds> weights;
    };
    static std::uint32_t fingerprint(std::uint64_t key) {
        const auto print = static_cast<std::uint32_t>(key >> 32);
        return print == 0 ? 1 : print;
    }
    const std::uint64_t* known_word(std::uint32_t print) const { return &known_[(print & kKnownMask) >> 6]; }
    bool may_know(std::uint32_t print) const { return (*known_word(print) >> (print & 63) & 1) != 0; }
    // Slots by four, which share a line of the cache, filled from the left, and then the next four. By the upper bits,
    // so that a file in the order of prints is read into one place after the other.
    std::size_t four_of(std::uint32_t print) const { return print >> shift_; }
    const Slot& find(std::uint32_t print) const;
    // The sums of the weights, as they lie in a slot, made log-odds.
    void finish(const std::array<std::int32_t, 16>& sums, RelationScores& out) const;

    static constexpr std::uint32_t kKnownMask = (1u << 22) - 1;  // 512 KB
    FarArray<Slot> slots_;
    FarArray<std::uint64_t> known_;  // a bit for each fingerprint's low bits: most keys are unknown
    std::size_t mask_ = 0, features_ = 0;
    int shift_ = 31;
    RelationScores bias_{}, scale_{}, threshold_{};
    std::array<FlatForest, kRelationKinds> forests_;
    PairGate gate_;
};

// The first judge for the pairs of one article. Most keys of a pair are those of the pairs before it, so what was
// last found of a key is kept near; the scores are those of RelationModel::score. Must not outlive the model.
class RelationScorer {
public:
    explicit RelationScorer(const RelationModel& model) : model_(model), near_(kNear) {}
    void score(std::span<const std::uint64_t> keys, RelationScores& out);

private:
    static constexpr std::size_t kNear = 4096;  // 64 KB
    const RelationModel& model_;
    std::vector<RelationModel::Slot> near_;  // by the low bits of the print; an unknown key has no weights
    std::vector<std::uint32_t> far_, known_;  // prints that were not near; those of them that the model may know
};

}  // namespace maek::extract
