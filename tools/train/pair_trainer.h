// Program: maek-train-relations. Learns the first judge: a log-linear score for each relation from the
// features of a pair. AdaGrad with feature dropout, the mean of the last epochs' weights; the same
// examples give the same weights.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "extract/relation/relation_model.h"

namespace maek::train {

// All keys, numbered, with the number of articles that hold them.
class KeyTable {
public:
    std::uint32_t number(std::uint64_t key, std::uint32_t article);
    // Forgets keys that fewer than `least` articles hold: gives for each old number the new one or kGone.
    std::vector<std::uint32_t> cut(std::uint32_t least);
    const std::vector<std::uint64_t>& keys() const { return keys_; }
    const std::vector<std::uint32_t>& articles() const { return articles_; }  // how many hold each
    static constexpr std::uint32_t kGone = 0xFFFFFFFFu;

private:
    void grow();
    std::vector<std::uint32_t> slots_;  // one more than the number of the key that stands there; 0: free
    std::vector<std::uint64_t> keys_;
    std::vector<std::uint32_t> articles_, last_;
};

// One proposal with what is known of it. label bits: relation holds; skip bits: not to be judged by.
struct Example {
    std::uint32_t allowed = 0, label = 0, skip = 0;
    std::uint32_t article = 0;
    std::uint32_t begin = 0, end = 0;  // its features in Examples::features
};

struct Examples {
    std::vector<Example> rows;
    std::vector<std::uint32_t> features;

    void renumber(const std::vector<std::uint32_t>& to);  // drops those that are gone
};

struct Learned {
    std::vector<extract::RelationScores> weights;
    extract::RelationScores bias{};
};

struct PairOptions {
    int epochs = 5;
    std::uint32_t least = 8;  // articles that must hold a feature
    float rate = 0.08f, l2 = 2e-3f, drop = 0.2f;
    float positive = 1.0f;  // weight of examples that hold
    std::size_t most = 96 * 1000;  // features that are written, the most telling ones: 2 MB of memory
};

struct GateExample {
    extract::PairGate::Signs signs{};
    bool holds = false;
};

// A gate that loses the given share of the pairs that hold something.
extract::PairGate learn_gate(std::span<const GateExample> examples, double lost);

// `weight` of each article's examples; 0: left out.
Learned learn_pairs(const Examples& examples, std::span<const float> weight, std::size_t features, const PairOptions& options);

std::string model_bytes(const Learned& model, const KeyTable& table, const extract::RelationScores& thresholds,
                        const extract::RelationForests& forests, const extract::PairGate& gate, std::size_t most);

}  // namespace maek::train
