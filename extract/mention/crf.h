// Room: extract, inner. The learned sequence model at reading time: a linear-chain CRF over units,
// labels "outside" and begin/inside of the thirteen types, weights of eight bits. Holds the weights
// and decodes; knows nothing of text. The file's form: docs/extraction.md. Trained by tools/train.
// Tests: tests/extract/mention/crf_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/far_array.h"
#include "extract/mention/features.h"
#include "extract/mention/lanes.h"
#include "extract/row_sums.h"
#include "schema/result.h"

namespace maek::extract {

inline constexpr std::size_t kLabels = 1 + 2 * kEntityTypes;
inline constexpr std::uint8_t kOutside = 0;
inline constexpr std::uint8_t begin_label(EntityType t) { return static_cast<std::uint8_t>(1 + 2 * static_cast<int>(t)); }
inline constexpr std::uint8_t inside_label(EntityType t) { return static_cast<std::uint8_t>(2 + 2 * static_cast<int>(t)); }
inline constexpr bool is_begin(std::uint8_t label) { return label % 2 == 1; }
inline constexpr bool is_inside(std::uint8_t label) { return label != 0 && label % 2 == 0; }
inline constexpr EntityType label_type(std::uint8_t label) {
    return label == 0 ? EntityType::kNone : static_cast<EntityType>((label - 1) / 2);
}
// Whether `next` may stand behind `label`; an inside label needs its own begin or inside.
inline constexpr bool may_follow(std::uint8_t label, std::uint8_t next) {
    return !is_inside(next) || label == next || label + 1 == next;
}

using Scores = std::array<float, kLabels>;

// Scores of the transitions; the last row is the beginning of a sentence.
using Transitions = std::array<Scores, kLabels + 1>;

// Transitions made ready for decoding: what may not follow costs everything. An inside label is entered from its own
// begin or inside only, which leaves the rows into `open` and two diagonals.
struct Chain {
    using Row = std::array<Four, Lanes::kFours>;
    explicit Chain(const Transitions& transitions);

    std::array<Row, kLabels> cost, weight;  // from each label into outside and the begins: logarithms, and their exponentials
    std::array<Lanes, Lanes::kWidth> into;  // the weights again, by what is entered
    Row begin_cost, begin_weight;           // from a begin into its inside
    Row inside_cost, inside_weight;         // from an inside into itself
    Lanes first_cost, first_weight;         // at the beginning of a sentence
    Lanes dearest_gain;                     // for each label the most that its row in `cost` gives
};

// The posterior of one stretch of units [begin, end) being a name of the type.
struct SpanChance {
    std::uint32_t begin = 0, end = 0;
    EntityType type = EntityType::kNone;
    float posterior = 0;
};

// Decoding of one sentence, over scores that are given. Buffers are kept between calls; the chain must
// outlive the decoder.
class Decoder {
public:
    explicit Decoder(const Chain& chain) : chain_(chain) {}

    // The best labels, and the posterior of each span in it: how sure the model is of the whole
    // span, type included. labels.size() == scores.size(). O(units x labels), nearly: states that
    // cannot win are passed over.
    void decode(const std::vector<Scores>& scores);

    // After decode(): every stretch of its sentence with at least this posterior, by begin.
    void chances(float least, std::vector<SpanChance>& out);

    std::vector<std::uint8_t> labels;
    std::vector<float> sure;  // at the first unit of a span its posterior

private:
    void lay_out(const std::vector<Scores>& scores);
    void best();
    void forward();
    void backward();
    float span_posterior(std::size_t begin) const;
    bool may_hold_a_name(float least) const;
    // From unit k on inside the name that is open there with `label`: the factor of one more unit of it.
    double one_more(std::size_t k, std::uint8_t label) const;

    const Chain& chain_;
    bool summed_ = false;  // forward() and backward() have run for this sentence
    std::vector<Lanes> scores_, alpha_, beta_, local_;
    std::vector<float> scale_;
    struct Back {  // where a label comes from: a label; for an inside label whether from itself
        std::array<FourInts, Lanes::kFours> open, in;
    };
    std::vector<Back> back_;
};

class CrfModel {
public:
    // Reads the bytes of a model file. `name` is the file's, for messages.
    static Result<CrfModel> read(std::string_view bytes, std::string_view name);

    // Weights by feature, to bytes and back exactly. `weights[i]` belongs to keys[i].
    static std::string write(const std::vector<std::uint64_t>& keys, const std::vector<Scores>& weights,
                             const Transitions& transitions);

    // Asks memory for the slots of the units' keys, which lie outside of the near caches: what is done before sum() hides
    // the way. Half a dozen units are a good number.
    void fetch(std::span<const UnitKeys> units) const;
    // Sums of the weights of the units' features, by label; what lies behind kLabels means nothing.
    using Sums = RowSums<32>::Sums;
    void sum(std::span<const UnitKeys> units, std::span<Sums> sums) const;
    float scale() const { return scale_; }
    const Transitions& transitions() const { return transitions_; }
    std::size_t features() const { return features_; }

private:
    // The print lies behind the weights, so that a slot is added as 32 numbers without a remainder.
    struct alignas(32) Slot {
        std::array<std::int8_t, 28> weights;
        std::uint32_t print;  // 0: free
    };
    static_assert(sizeof(Slot) == 32 && kLabels <= 28);
    static std::uint32_t fingerprint(std::uint64_t key) {
        const auto print = static_cast<std::uint32_t>(key);
        return print == 0 ? 1 : print;
    }
    // Slots in pairs, which share a line of the cache; a pair is filled from the left, and then the next. By the upper
    // bits of the key, so that a file in the order of keys is read into one place after the other.
    std::size_t pair_of(std::uint64_t key) const { return static_cast<std::size_t>(key >> shift_); }
    const Slot& find(std::uint64_t key) const;

    FarArray<Slot> slots_;
    std::size_t mask_ = 0, features_ = 0;
    int shift_ = 63;
    float scale_ = 1.0f;
    Transitions transitions_{};
};

}  // namespace maek::extract
