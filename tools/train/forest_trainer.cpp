#include "tools/train/forest_trainer.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace maek::train {
namespace {

using extract::Forest;
using extract::kFactNumbers;
using extract::TreeNode;

constexpr std::size_t kBins = 24;

struct Bins {
    std::vector<std::vector<float>> edges;  // by feature, ascending; bin b holds values <= edges[b]
    std::vector<std::uint8_t> codes;        // row-major

    explicit Bins(std::span<const ForestRow> rows) : edges(kFactNumbers), codes(rows.size() * kFactNumbers) {
        std::vector<float> values;
        for (std::size_t f = 0; f < kFactNumbers; ++f) {
            values.clear();
            for (const ForestRow& row : rows) values.push_back((*row.numbers)[f]);
            std::sort(values.begin(), values.end());
            std::vector<float>& e = edges[f];
            for (std::size_t b = 1; b < kBins; ++b) {
                const float v = values[std::min(values.size() - 1, values.size() * b / kBins)];
                if (e.empty() || v > e.back()) e.push_back(v);
            }
            // The rare top values deserve edges of their own: that is where facts are.
            for (const std::size_t part : {32u, 64u, 128u}) {
                const float v = values[values.size() - 1 - values.size() / part];
                if (!e.empty() && v > e.back()) e.push_back(v);
            }
            for (std::size_t r = 0; r < rows.size(); ++r) {
                const float v = (*rows[r].numbers)[f];
                codes[r * kFactNumbers + f] = static_cast<std::uint8_t>(std::lower_bound(e.begin(), e.end(), v) - e.begin());
            }
        }
    }
};

struct Side {
    double g = 0, h = 0;
};

Forest grow(std::span<const ForestRow> rows, const Bins& bins, double share, std::uint32_t seed, const ForestOptions& options) {
    Forest forest;
    forest.bias = static_cast<float>(std::log(share / (1 - share)));
    std::vector<float> score(rows.size(), forest.bias), g(rows.size()), h(rows.size());
    std::mt19937 random(seed);
    std::vector<std::uint32_t> drawn, columns;
    std::vector<std::uint16_t> node_of(rows.size());
    for (int t = 0; t < options.trees; ++t) {
        drawn.clear();
        for (std::uint32_t r = 0; r < rows.size(); ++r) {
            const float p = 1.0f / (1.0f + std::exp(-score[r]));
            g[r] = (rows[r].holds ? 1.0f : 0.0f) - p;
            h[r] = p * (1 - p);
            if (static_cast<double>(random()) < options.rows * 4294967296.0) drawn.push_back(r);
        }
        columns.clear();
        for (std::uint32_t f = 0; f < kFactNumbers; ++f) {
            if (bins.edges[f].size() > 1 && static_cast<double>(random()) < options.columns * 4294967296.0) columns.push_back(f);
        }
        std::vector<TreeNode> tree(1);
        std::vector<std::uint16_t> level = {0};
        for (const std::uint32_t r : drawn) node_of[r] = 0;
        for (int depth = 0; depth < options.depth && !level.empty(); ++depth) {
            const std::size_t width = columns.size() * 32;
            std::vector<int> place(tree.size(), -1);
            for (std::size_t i = 0; i < level.size(); ++i) place[level[i]] = static_cast<int>(i);
            std::vector<Side> table(level.size() * width);
            for (const std::uint32_t r : drawn) {
                const int at = place[node_of[r]];
                if (at < 0) continue;
                Side* row = &table[static_cast<std::size_t>(at) * width];
                const std::uint8_t* codes = &bins.codes[r * kFactNumbers];
                for (std::size_t c = 0; c < columns.size(); ++c) {
                    Side& side = row[c * 32 + codes[columns[c]]];
                    side.g += g[r];
                    side.h += h[r];
                }
            }
            std::vector<std::uint16_t> next;
            for (std::size_t i = 0; i < level.size(); ++i) {
                const Side* row = &table[i * width];
                Side all;
                if (!columns.empty()) {
                    for (std::size_t b = 0; b < 32; ++b) {
                        all.g += row[b].g;
                        all.h += row[b].h;
                    }
                }
                const auto gain_of = [&](const Side& s) { return s.g * s.g / (s.h + options.lambda); };
                double best = 1e-3;
                std::size_t best_c = 0, best_b = 0;
                bool found = false;
                for (std::size_t c = 0; c < columns.size(); ++c) {
                    Side left;
                    for (std::size_t b = 0; b + 1 <= bins.edges[columns[c]].size(); ++b) {
                        left.g += row[c * 32 + b].g;
                        left.h += row[c * 32 + b].h;
                        const Side right{all.g - left.g, all.h - left.h};
                        if (left.h < options.least_weight || right.h < options.least_weight) continue;
                        const double gain = gain_of(left) + gain_of(right) - gain_of(all);
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
                node.value = bins.edges[columns[best_c]][best_b];
                node.left = left;
                node.right = static_cast<std::uint16_t>(left + 1);
                tree.emplace_back();
                tree.emplace_back();
                next.push_back(left);
                next.push_back(static_cast<std::uint16_t>(left + 1));
            }
            for (const std::uint32_t r : drawn) {
                const TreeNode& node = tree[node_of[r]];
                if (node.feature < 0) continue;
                node_of[r] = (*rows[r].numbers)[static_cast<std::size_t>(node.feature)] <= node.value ? node.left : node.right;
            }
            level = std::move(next);
        }
        std::vector<Side> sums(tree.size());
        for (const std::uint32_t r : drawn) {
            sums[node_of[r]].g += g[r];
            sums[node_of[r]].h += h[r];
        }
        for (std::size_t i = 0; i < tree.size(); ++i) {
            if (tree[i].feature < 0) tree[i].value = options.rate * static_cast<float>(sums[i].g / (sums[i].h + options.lambda));
        }
        forest.trees.push_back(std::move(tree));
        const auto& grown = forest.trees.back();
        for (std::size_t r = 0; r < rows.size(); ++r) {
            std::size_t at = 0;
            while (grown[at].feature >= 0) {
                at = (*rows[r].numbers)[static_cast<std::size_t>(grown[at].feature)] <= grown[at].value ? grown[at].left : grown[at].right;
            }
            score[r] += grown[at].value;
        }
    }
    return forest;
}

}  // namespace

Forest learn_forest(std::span<const ForestRow> rows, const ForestOptions& options) {
    Forest mean;
    double positives = 0;
    for (const ForestRow& row : rows) positives += row.holds ? 1 : 0;
    if (positives < 5) return mean;
    const Bins bins(rows);
    for (int f = 0; f < options.forests; ++f) {
        Forest one = grow(rows, bins, positives / static_cast<double>(rows.size()), 20201124u + static_cast<std::uint32_t>(f), options);
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
