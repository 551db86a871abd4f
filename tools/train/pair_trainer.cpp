#include "tools/train/pair_trainer.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "tools/train/most_telling.h"

namespace maek::train {

using extract::kRelationKinds;
using extract::RelationScores;

void KeyTable::grow() {
    slots_.assign(std::max<std::size_t>(1u << 16, slots_.size() * 2), 0);
    for (std::uint32_t n = 0; n < keys_.size(); ++n) {
        std::size_t at = keys_[n] & (slots_.size() - 1);
        while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = n + 1;
    }
}

std::uint32_t KeyTable::number(std::uint64_t key, std::uint32_t article) {
    if (keys_.size() * 2 >= slots_.size()) grow();
    std::size_t at = key & (slots_.size() - 1);
    while (slots_[at] != 0 && keys_[slots_[at] - 1] != key) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at] == 0) {
        keys_.push_back(key);
        articles_.push_back(1);
        last_.push_back(article);
        slots_[at] = static_cast<std::uint32_t>(keys_.size());
    } else if (last_[slots_[at] - 1] != article) {
        last_[slots_[at] - 1] = article;
        ++articles_[slots_[at] - 1];
    }
    return slots_[at] - 1;
}

std::vector<std::uint32_t> KeyTable::cut(std::uint32_t least) {
    std::vector<std::uint32_t> to(keys_.size(), kGone);
    std::uint32_t kept = 0;
    for (std::uint32_t f = 0; f < keys_.size(); ++f) {
        if (articles_[f] < least) continue;
        to[f] = kept;
        keys_[kept] = keys_[f];
        articles_[kept++] = articles_[f];
    }
    keys_.resize(kept);
    articles_.resize(kept);
    slots_.clear();
    last_.clear();
    return to;
}

void Examples::renumber(const std::vector<std::uint32_t>& to) {
    std::uint32_t out = 0;
    for (Example& row : rows) {
        const std::uint32_t begin = out;
        for (std::uint32_t i = row.begin; i < row.end; ++i) {
            if (const std::uint32_t f = to[features[i]]; f != KeyTable::kGone) features[out++] = f;
        }
        row.begin = begin;
        row.end = out;
    }
    features.resize(out);
}

namespace {

// Draws that cost little; one for each feature of each step.
struct Draws {
    std::uint64_t state = 0x9E3779B97F4A7C15ull;
    std::uint32_t next() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return static_cast<std::uint32_t>(state >> 32);
    }
};

// Weights and sums of squares of one feature, side by side for the cache.
struct Cell {
    float w[kRelationKinds] = {};
    float s[kRelationKinds] = {};
};

void add_to(Cell& cell, const float* g, float rate, float l2) {
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        const float gw = g[k] == 0 ? 0 : g[k] - l2 * cell.w[k];
        cell.s[k] += gw * gw;
        cell.w[k] += rate * gw / (std::sqrt(cell.s[k]) + 0.1f);
    }
}

}  // namespace

Learned learn_pairs(const Examples& examples, std::span<const float> weight, std::size_t features, const PairOptions& options) {
    std::vector<Cell> cells(features);
    std::vector<RelationScores> sum(features, RelationScores{});
    Cell bias;
    RelationScores bias_sum{};
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < examples.rows.size(); ++i) {
        if (weight[examples.rows[i].article] > 0) order.push_back(i);
    }
    std::mt19937 random(20201123);
    Draws draws;
    const auto limit = static_cast<std::uint32_t>(static_cast<double>(options.drop) * 4294967295.0);
    std::vector<std::uint32_t> active;
    int averaged = 0;
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
        for (const std::uint32_t i : order) {
            const Example& example = examples.rows[i];
            active.clear();
            for (std::uint32_t f = example.begin; f < example.end; ++f) {
                if (draws.next() >= limit) active.push_back(examples.features[f]);
            }
            float z[kRelationKinds];
            std::copy(std::begin(bias.w), std::end(bias.w), z);
            for (const std::uint32_t f : active) {
                for (std::size_t k = 0; k < kRelationKinds; ++k) z[k] += cells[f].w[k];
            }
            float g[kRelationKinds] = {};
            bool any = false;
            for (std::size_t k = 0; k < kRelationKinds; ++k) {
                const std::uint32_t bit = 1u << k;
                if ((example.allowed & bit) == 0 || (example.skip & bit) != 0) continue;
                const bool holds = (example.label & bit) != 0;
                const float p = 1.0f / (1.0f + std::exp(-z[k]));
                g[k] = ((holds ? 1.0f : 0.0f) - p) * (holds ? options.positive : 1.0f) * weight[example.article];
                if (std::abs(g[k]) < 2e-3f) g[k] = 0;
                any = any || g[k] != 0;
            }
            if (!any) continue;
            add_to(bias, g, options.rate, 0);
            for (const std::uint32_t f : active) add_to(cells[f], g, options.rate, options.l2);
        }
        if (epoch < options.epochs / 2) continue;
        ++averaged;
        for (std::size_t f = 0; f < features; ++f) {
            for (std::size_t k = 0; k < kRelationKinds; ++k) sum[f][k] += cells[f].w[k];
        }
        for (std::size_t k = 0; k < kRelationKinds; ++k) bias_sum[k] += bias.w[k];
    }
    // Dropped features are all present at reading time: shrink to what training saw on average.
    Learned model;
    const float keep = (1.0f - options.drop) / static_cast<float>(averaged);
    model.weights = std::move(sum);
    for (RelationScores& row : model.weights) {
        for (float& w : row) w *= keep;
    }
    for (std::size_t k = 0; k < kRelationKinds; ++k) model.bias[k] = bias_sum[k] / static_cast<float>(averaged);
    return model;
}

extract::PairGate learn_gate(std::span<const GateExample> examples, double lost) {
    using extract::PairGate;
    std::vector<float> w(PairGate::kCells, 0), s(PairGate::kCells, 0);
    std::vector<std::uint32_t> order(examples.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::mt19937 random(20201125);
    float bias = -4;
    for (int epoch = 0; epoch < 4; ++epoch) {
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
        for (const std::uint32_t i : order) {
            float z = bias;
            for (const std::uint16_t cell : examples[i].signs) z += w[cell];
            const float g = (examples[i].holds ? 1.0f : 0.0f) - 1.0f / (1.0f + std::exp(-z));
            bias += 0.002f * g;
            for (const std::uint16_t cell : examples[i].signs) {
                const float gw = g - 1e-3f * w[cell];
                s[cell] += gw * gw;
                w[cell] += 0.1f * gw / (std::sqrt(s[cell]) + 0.3f);
            }
        }
    }
    std::vector<std::int8_t> weights(PairGate::kCells);
    for (std::size_t c = 0; c < w.size(); ++c) weights[c] = static_cast<std::int8_t>(std::clamp(std::lround(w[c] * 30), -127l, 127l));
    const PairGate all(weights, 0);
    std::vector<std::int32_t> sums;
    for (const GateExample& e : examples) {
        if (e.holds) sums.push_back(all.sum(e.signs));
    }
    if (sums.size() < 100) return {};
    std::sort(sums.begin(), sums.end());
    return {std::move(weights), sums[static_cast<std::size_t>(lost * static_cast<double>(sums.size()))]};
}

std::string model_bytes(const Learned& model, const KeyTable& table, const RelationScores& thresholds,
                        const extract::RelationForests& forests, const extract::PairGate& gate, std::size_t most) {
    std::vector<std::uint64_t> keys;
    std::vector<RelationScores> weights;
    for (const std::uint32_t f : most_telling<RelationScores>(model.weights, table.articles(), most)) {
        keys.push_back(table.keys()[f]);
        weights.push_back(model.weights[f]);
    }
    return extract::RelationModel::write(keys, weights, model.bias, thresholds, forests, gate);
}

}  // namespace maek::train
