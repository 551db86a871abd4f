// Program: maek-train. Learns the weights of the tagger's CRF from sentences whose labels are known
// wholly or in part. Single thread, no clock, no address in any decision: the same data give the
// same weights to the byte. AdaGrad on the conditional likelihood, feature dropout, averaging.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "extract/mention/crf.h"

namespace maek::train {

// One sentence. For each unit its features and the labels that it may have (a bit each): one bit
// where it is known, several where only something is known of it.
struct Sample {
    std::vector<std::uint32_t> starts;  // first feature of each unit, and the end
    std::vector<std::uint64_t> keys;    // turned into dense numbers by the trainer
    std::vector<std::uint32_t> allowed;
    float weight = 1.0f;
    std::size_t size() const { return allowed.size(); }
};

struct TrainOptions {
    int epochs = 4;
    float rate = 0.1f;
    float dropout = 0.2f;
    std::uint32_t cutoff = 2;    // features seen fewer times are left out
    std::size_t most_features = 88 * 1000;  // the most telling ones: 4 MB of memory
    bool verbose = false;
};

// The model file's bytes.
std::string train_crf(std::vector<Sample>& samples, const TrainOptions& options);

}  // namespace maek::train
