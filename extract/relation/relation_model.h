// Room: extract, inner. The learned scorer: for every relation a weight for every feature key, in one
// open table. Bytes in, scores out; knows nothing of text. The file's form: docs/extraction.md.
// Trained by tools/train/train_relations.cpp. Tests: tests/extract/relation/relation_model_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
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
    // Slots by four, which share a line of the cache, filled from the left, and then the next four. By the upper bits,
    // so that a file in the order of prints is read into one place after the other.
    std::size_t four_of(std::uint32_t print) const { return print >> shift_; }
    const Slot& find(std::uint32_t print) const;
    // The sums of the weights, as they lie in a slot, made log-odds.
    void finish(const std::array<std::int32_t, 16>& sums, RelationScores& out) const;

    FarArray<Slot> slots_;
    std::size_t mask_ = 0, features_ = 0;
    int shift_ = 31;
    RelationScores bias_{}, scale_{}, threshold_{};
    std::array<FlatForest, kRelationKinds> forests_;
    PairGate gate_;
};

// The first judge for the pairs of one article. A pair shows its keys in blocks that follow from a context; most contexts
// are those of pairs before it, and then the block's sums are still known. What was last found of a key is kept near too.
// The scores are those of RelationModel::score, as long as a context has but one list of keys. Must not outlive the model.
class RelationScorer {
public:
    explicit RelationScorer(const RelationModel& model) : model_(model), near_(kNear), parts_(kParts) {}

    // Opens a block. False: its sums are known and count already; no keys are wanted, and there is no close().
    bool open(std::uint64_t context) {
        const Part& part = parts_[context % kParts];
        if (part.context == context) {
            count(part);
            return false;
        }
        blocks_[blocks_size_] = {context, keys_size_, 0};
        return true;
    }
    // A block that will hardly come again.
    void open_alone() { blocks_[blocks_size_] = {0, keys_size_, 0}; }
    void put(std::uint64_t key) { keys_[keys_size_++] = RelationModel::fingerprint(key); }
    void close() { blocks_[blocks_size_++].end = keys_size_; }

    // The scores of all blocks since the last call.
    void finish(RelationScores& out);

    // Of a pair. A block has at most kMostRows keys.
    static constexpr std::size_t kMostKeys = 768, kMostBlocks = 64, kMostRows = 256;

private:
    static constexpr std::size_t kNear = 2048, kParts = 2048;  // 32 and 64 KB, which leave room in the cache for the rest
    // The sums of a block. The weights stand where they do in a slot, so that sums of slots are laid over it.
    struct alignas(32) Part {
        std::uint64_t context = 0;  // 0: none
        std::array<std::int16_t, kRelationKinds> weights{};
        std::uint16_t rows = 0, idle = 0;
    };
    static_assert(sizeof(Part) == 32 && offsetof(Part, weights) == 2 * offsetof(RelationModel::Slot, weights));
    struct Block {
        std::uint64_t context;
        std::uint32_t begin, end;
    };
    typedef std::int16_t Shorts __attribute__((vector_size(16)));

    void count(const Part& part);
    void flush();
    void fetch();
    const RelationModel::Slot& row(std::uint32_t print);

    const RelationModel& model_;
    std::vector<RelationModel::Slot> near_;  // by the low bits of the print; an unknown key has no weights
    std::vector<Part> parts_;                // by the low bits of the context
    std::array<Shorts, 2> sums_{};           // of rows_ rows, at most kMostRows
    std::array<std::int32_t, 16> flushed_{};
    std::size_t rows_ = 0;
    std::uint32_t keys_size_ = 0, blocks_size_ = 0;
    std::array<std::uint32_t, kMostKeys> keys_;  // prints
    std::array<Block, kMostBlocks> blocks_;
};

inline void RelationScorer::count(const Part& part) {
    if (rows_ + part.rows > kMostRows) flush();
    rows_ += part.rows;
    std::array<Shorts, 2> more;
    std::memcpy(&more, &part, sizeof(more));
    sums_[0] += more[0];
    sums_[1] += more[1];
}

}  // namespace maek::extract
