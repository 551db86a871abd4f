// Program: maek-train-relations. Learns boosted trees: logistic loss, second-order steps, numbers put
// into bins once for all folds. The same rows give the same forest.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "extract/relation/trees.h"

namespace maek::train {

struct ForestOptions {
    int forests = 2;  // grown from other draws; their mean judges
    int trees = 120;  // of each
    int depth = 4;
    float rate = 0.08f;
    float lambda = 3.0f;
    float least_weight = 3.0f;  // of the second derivatives in a leaf
    float rows = 0.7f, columns = 0.5f;  // shares drawn for each tree
};

struct ForestRow {
    std::span<const float> numbers;
    bool holds = false;
};

// The rows of one question in bins; forests for several sets of them may be grown at the same time.
class ForestData {
public:
    explicit ForestData(std::vector<ForestRow> rows);
    // `weight` of each row, 0: left out.
    extract::Forest learn(std::span<const float> weight, const ForestOptions& options) const;
    std::size_t size() const { return rows_.size(); }

private:
    static constexpr std::size_t kBins = 32;
    extract::Forest grow(const std::vector<std::uint32_t>& mine, std::span<const float> weight, double share, std::uint32_t seed,
                         const ForestOptions& options) const;
    std::vector<ForestRow> rows_;
    std::size_t width_ = 0;
    std::vector<std::vector<float>> edges_;  // by number, ascending; bin b holds values <= edges[b]
    std::vector<std::uint8_t> codes_;        // row-major
};

}  // namespace maek::train
