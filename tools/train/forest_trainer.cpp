#include "tools/train/forest_trainer.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace maek::train {

using extract::Forest;
using extract::TreeNode;

ForestData::ForestData(std::vector<ForestRow> rows) : rows_(std::move(rows)) {
    if (rows_.empty()) return;
    width_ = rows_.front().numbers.size();
    edges_.resize(width_);
    codes_.resize(rows_.size() * width_);
    constexpr std::size_t kEven = 24;
    std::vector<float> values(rows_.size());
    for (std::size_t f = 0; f < width_; ++f) {
        for (std::size_t r = 0; r < rows_.size(); ++r) values[r] = rows_[r].numbers[f];
        std::sort(values.begin(), values.end());
        std::vector<float>& e = edges_[f];
        for (std::size_t b = 1; b < kEven; ++b) {
            const float v = values[std::min(values.size() - 1, values.size() * b / kEven)];
            if (e.empty() || v > e.back()) e.push_back(v);
        }
        // The rare top values deserve edges of their own: that is where facts are.
        for (const std::size_t part : {32u, 64u, 128u, 256u}) {
            const float v = values[values.size() - 1 - values.size() / part];
            if (!e.empty() && v > e.back()) e.push_back(v);
        }
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            const float v = rows_[r].numbers[f];
            codes_[r * width_ + f] = static_cast<std::uint8_t>(std::lower_bound(e.begin(), e.end(), v) - e.begin());
        }
    }
}

namespace {

struct Side {
    float g = 0, h = 0;
};

}  // namespace

Forest ForestData::grow(const std::vector<std::uint32_t>& mine, std::span<const float> weight, double share, std::uint32_t seed,
                        const ForestOptions& options) const {
    Forest forest;
    forest.bias = static_cast<float>(std::log(share / (1 - share)));
    std::vector<float> score(mine.size(), forest.bias), g(mine.size()), h(mine.size());
    std::mt19937 random(seed);
    std::vector<std::uint32_t> drawn, columns;
    std::vector<std::uint16_t> node_of(mine.size());
    std::vector<Side> table;
    for (int t = 0; t < options.trees; ++t) {
        drawn.clear();
        for (std::uint32_t i = 0; i < mine.size(); ++i) {
            const float p = 1.0f / (1.0f + std::exp(-score[i]));
            g[i] = ((rows_[mine[i]].holds ? 1.0f : 0.0f) - p) * weight[mine[i]];
            h[i] = p * (1 - p) * weight[mine[i]];
            if (static_cast<double>(random()) < static_cast<double>(options.rows) * 4294967296.0) drawn.push_back(i);
        }
        columns.clear();
        for (std::uint32_t f = 0; f < width_; ++f) {
            if (static_cast<double>(random()) < static_cast<double>(options.columns) * 4294967296.0 && edges_[f].size() > 1) columns.push_back(f);
        }
        std::vector<TreeNode> tree(1);
        std::vector<std::uint8_t> split(1);  // the bin at which a node parts
        std::vector<std::uint16_t> level = {0};
        for (const std::uint32_t i : drawn) node_of[i] = 0;
        for (int depth = 0; depth < options.depth && !level.empty() && !columns.empty(); ++depth) {
            const std::size_t width = columns.size() * kBins;
            std::vector<int> place(tree.size(), -1);
            for (std::size_t i = 0; i < level.size(); ++i) place[level[i]] = static_cast<int>(i);
            table.assign(level.size() * width, Side{});
            for (const std::uint32_t i : drawn) {
                const int at = place[node_of[i]];
                if (at < 0) continue;
                Side* row = &table[static_cast<std::size_t>(at) * width];
                const std::uint8_t* codes = &codes_[mine[i] * width_];
                const float gi = g[i], hi = h[i];
                for (std::size_t c = 0; c < columns.size(); ++c) {
                    Side& side = row[c * kBins + codes[columns[c]]];
                    side.g += gi;
                    side.h += hi;
                }
            }
            std::vector<std::uint16_t> next;
            for (std::size_t i = 0; i < level.size(); ++i) {
                const Side* row = &table[i * width];
                Side all;
                for (std::size_t b = 0; b < kBins; ++b) {
                    all.g += row[b].g;
                    all.h += row[b].h;
                }
                const auto gain_of = [&](const Side& s) { return s.g * s.g / (s.h + options.lambda); };
                float best = 1e-3f;
                std::size_t best_c = 0, best_b = 0;
                bool found = false;
                for (std::size_t c = 0; c < columns.size(); ++c) {
                    Side left;
                    for (std::size_t b = 0; b + 1 <= edges_[columns[c]].size(); ++b) {
                        left.g += row[c * kBins + b].g;
                        left.h += row[c * kBins + b].h;
                        const Side right{all.g - left.g, all.h - left.h};
                        if (left.h < options.least_weight || right.h < options.least_weight) continue;
                        const float gain = gain_of(left) + gain_of(right) - gain_of(all);
                        if (gain > best) {
                            best = gain;
                            best_c = c;
                            best_b = b;
                            found = true;
                        }
                    }
                }
                if (!found) continue;
                const auto left = static_cast<std::uint16_t>(tree.size());
                TreeNode& node = tree[level[i]];
                node.feature = static_cast<std::int16_t>(columns[best_c]);
                node.value = edges_[columns[best_c]][best_b];
                node.left = left;
                node.right = static_cast<std::uint16_t>(left + 1);
                split[level[i]] = static_cast<std::uint8_t>(best_b);
                tree.resize(tree.size() + 2);
                split.resize(tree.size());
                next.push_back(left);
                next.push_back(static_cast<std::uint16_t>(left + 1));
            }
            for (const std::uint32_t i : drawn) {
                const TreeNode& node = tree[node_of[i]];
                if (node.feature < 0) continue;
                node_of[i] = codes_[mine[i] * width_ + static_cast<std::size_t>(node.feature)] <= split[node_of[i]] ? node.left : node.right;
            }
            level = std::move(next);
        }
        std::vector<Side> sums(tree.size());
        for (const std::uint32_t i : drawn) {
            sums[node_of[i]].g += g[i];
            sums[node_of[i]].h += h[i];
        }
        for (std::size_t i = 0; i < tree.size(); ++i) {
            if (tree[i].feature < 0) tree[i].value = options.rate * sums[i].g / (sums[i].h + options.lambda);
        }
        for (std::size_t i = 0; i < mine.size(); ++i) {
            std::size_t at = 0;
            const std::uint8_t* codes = &codes_[mine[i] * width_];
            while (tree[at].feature >= 0) {
                at = codes[static_cast<std::size_t>(tree[at].feature)] <= split[at] ? tree[at].left : tree[at].right;
            }
            score[i] += tree[at].value;
        }
        forest.trees.push_back(std::move(tree));
    }
    return forest;
}

Forest ForestData::learn(std::span<const float> weight, const ForestOptions& options) const {
    Forest mean;
    std::vector<std::uint32_t> mine;
    double positives = 0, all = 0;
    for (std::uint32_t r = 0; r < rows_.size(); ++r) {
        if (weight[r] <= 0) continue;
        mine.push_back(r);
        positives += rows_[r].holds ? static_cast<double>(weight[r]) : 0;
        all += static_cast<double>(weight[r]);
    }
    if (positives < 5) return mean;
    for (int f = 0; f < options.forests; ++f) {
        Forest one = grow(mine, weight, positives / all, 20201124u + static_cast<std::uint32_t>(f), options);
        mean.bias = one.bias;
        for (auto& tree : one.trees) {
            for (TreeNode& node : tree) {
                if (node.feature < 0) node.value /= static_cast<float>(options.forests);
            }
            mean.trees.push_back(std::move(tree));
        }
    }
    return mean;
}

}  // namespace maek::train
