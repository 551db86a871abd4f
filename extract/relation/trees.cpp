#include "extract/relation/trees.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>

#include "extract/model_bytes.h"

namespace maek::extract {
namespace {

constexpr std::size_t kBlock = 32;  // trees that are asked together

// Of the subtree at `node`; children lie behind their parents.
std::size_t depth_of(const std::vector<TreeNode>& tree, std::size_t node) {
    std::vector<std::size_t> depth(tree.size(), 0);
    for (std::size_t i = tree.size(); i-- > node;) {
        if (tree[i].feature >= 0) depth[i] = 1 + std::max(depth[tree[i].left], depth[tree[i].right]);
    }
    return depth[node];
}

}  // namespace

float Forest::score(std::span<const float> row) const {
    float sum = bias;
    for (const auto& tree : trees) {
        std::size_t at = 0;
        while (tree[at].feature >= 0) {
            at = row[static_cast<std::size_t>(tree[at].feature)] <= tree[at].value ? tree[at].left : tree[at].right;
        }
        sum += tree[at].value;
    }
    return sum;
}

void Forest::write(std::string& out) const {
    put(out, bias);
    put(out, static_cast<std::uint32_t>(trees.size()));
    for (const auto& tree : trees) {
        put(out, static_cast<std::uint32_t>(tree.size()));
        for (const TreeNode& node : tree) {
            put(out, node.feature);
            put(out, node.left);
            put(out, node.right);
            put(out, node.value);
        }
    }
}

bool Forest::read(std::string_view& bytes, std::size_t features) {
    std::uint32_t count = 0;
    if (!take(bytes, bias) || !take(bytes, count) || count > bytes.size() / 4) return false;
    trees.assign(count, {});
    for (auto& tree : trees) {
        std::uint32_t size = 0;
        if (!take(bytes, size) || size == 0 || size > bytes.size() / 10) return false;
        tree.resize(size);
        for (std::uint32_t i = 0; i < size; ++i) {
            TreeNode& node = tree[i];
            if (!take(bytes, node.feature) || !take(bytes, node.left) || !take(bytes, node.right) || !take(bytes, node.value)) return false;
            if (!std::isfinite(node.value)) return false;
            if (node.feature < 0) continue;
            if (static_cast<std::size_t>(node.feature) >= features) return false;
            if (node.left <= i || node.right <= i || node.left >= size || node.right >= size) return false;
        }
        if (depth_of(tree, 0) > kMostTreeDepth) return false;
    }
    return true;
}

FlatForest::FlatForest(const Forest& forest) : bias_(forest.bias), trees_(forest.trees.size()) {
    for (const auto& tree : forest.trees) depth_ = std::max(depth_, depth_of(tree, 0));
    const std::size_t leaves = std::size_t{1} << depth_;
    nodes_.resize(trees_ * (leaves - 1));
    leaves_.resize(trees_ * leaves);
    for (std::size_t t = 0; t < trees_; ++t) flatten(forest.trees[t], 0, 0, 0, nodes_.data() + t * (leaves - 1), leaves_.data() + t * leaves);
    gather_questions();
}

void FlatForest::gather_questions() {
    std::vector<std::pair<std::uint32_t, float>> all;
    for (const Node& node : nodes_) all.emplace_back(node.feature, node.edge);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    if (all.size() > std::numeric_limits<std::uint16_t>::max()) return;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        if (asked_.empty() || asked_.back().feature != all[i].first) asked_.push_back({all[i].first, i, i});
        asked_.back().last = i + 1;
        edges_.push_back(all[i].second);
    }
    for (const Node& node : nodes_) {
        const auto found = std::lower_bound(all.begin(), all.end(), std::pair(node.feature, node.edge));
        questions_.push_back(static_cast<std::uint16_t>(found - all.begin()));
    }
}

// A leaf above the last level is asked any question and answers the same both ways.
void FlatForest::flatten(const std::vector<TreeNode>& tree, std::size_t node, std::size_t at, std::size_t depth, Node* nodes, float* leaves) const {
    const TreeNode& here = tree[node];
    if (depth == depth_) {
        leaves[at + 1 - (std::size_t{1} << depth_)] = here.value;
        return;
    }
    const bool leaf = here.feature < 0;
    nodes[at] = {leaf ? 0.0f : here.value, leaf ? 0u : static_cast<std::uint32_t>(here.feature)};
    flatten(tree, leaf ? node : here.left, 2 * at + 1, depth + 1, nodes, leaves);
    flatten(tree, leaf ? node : here.right, 2 * at + 2, depth + 1, nodes, leaves);
}

void FlatForest::score_one(const float* row, float& sum, float give_up) const {
    const std::size_t inner = (std::size_t{1} << depth_) - 1;
    for (std::size_t tree = 0; tree < trees_; ++tree) {
        const Node* nodes = nodes_.data() + tree * inner;
        std::size_t at = 0;
        for (std::size_t level = 0; level < depth_; ++level) at = 2 * at + 1 + (row[nodes[at].feature] > nodes[at].edge ? 1 : 0);
        sum += leaves_[tree * (inner + 1) + at - inner];
        if (tree % kBlock == kBlock - 1 && sum < give_up) return;
    }
}

namespace {

// Of sixteen values: -1 for those above the edge, 0 for the others.
inline void answer_above(const float* values, float edge, void* out) {
#ifdef __SSE2__
    const __m128 limit = _mm_set1_ps(edge);
    const auto four = [&](std::size_t i) { return _mm_castps_si128(_mm_cmpgt_ps(_mm_loadu_ps(values + i), limit)); };
    const __m128i left = _mm_packs_epi32(four(0), four(4)), right = _mm_packs_epi32(four(8), four(12));
    _mm_storeu_si128(static_cast<__m128i*>(out), _mm_packs_epi16(left, right));
#else
    for (std::size_t r = 0; r < 16; ++r) static_cast<std::int8_t*>(out)[r] = values[r] > edge ? -1 : 0;
#endif
}

}  // namespace

// Rows that are missing from the sixteen answer as the first does.
void FlatForest::put_questions(std::span<const float* const> rows, std::vector<Answers>& answers) const {
    std::array<float, kTogether> values;
    for (const Asked& asked : asked_) {
        values.fill(rows[0][asked.feature]);
        for (std::size_t r = 0; r < rows.size(); ++r) values[r] = rows[r][asked.feature];
        for (std::uint32_t q = asked.first; q < asked.last; ++q) {
            answer_above(values.data(), edges_[q], &answers[q]);
        }
    }
}

namespace {

// Of 2^kLeft neighbouring nodes of a level the answers of those to which the turns lead.
template <std::size_t kLeft, class Answers>
[[gnu::always_inline]] inline Answers pick(const Answers* answers, const std::uint16_t* questions, const Answers* turns) {
    if constexpr (kLeft == 0) {
        return answers[*questions];
    } else {
        const Answers left = pick<kLeft - 1>(answers, questions, turns + 1);
        const Answers right = pick<kLeft - 1>(answers, questions + (std::size_t{1} << (kLeft - 1)), turns + 1);
        return (right & *turns) | (left & ~*turns);
    }
}

// Turns at each level from kLevel on, and by them the number of the leaf.
template <std::size_t kLevel, std::size_t kDepth, class Answers>
[[gnu::always_inline]] inline Answers descend(const Answers* answers, const std::uint16_t* questions, Answers* turns) {
    if constexpr (kLevel == kDepth) {
        return Answers{};
    } else {
        turns[kLevel] = pick<kLevel>(answers, questions, turns);
        const Answers bit = turns[kLevel] & static_cast<std::int8_t>(1u << (kDepth - 1 - kLevel));
        return bit | descend<kLevel + 1, kDepth>(answers, questions + (std::size_t{1} << kLevel), turns);
    }
}

}  // namespace

template <std::size_t kDepth>
void FlatForest::find_leaves(std::size_t tree, const std::vector<Answers>& answers, std::array<std::uint8_t, kTogether>& leaves) const {
    std::array<Answers, kDepth> turns;
    const std::uint16_t* questions = questions_.data() + tree * ((std::size_t{1} << kDepth) - 1);
    const Answers leaf = descend<0, kDepth>(answers.data(), questions, turns.data());
    std::memcpy(leaves.data(), &leaf, sizeof(leaf));
}

void FlatForest::find_leaves(std::size_t tree, const std::vector<Answers>& answers, std::array<std::uint8_t, kTogether>& leaves) const {
    static_assert(kMostTreeDepth == 8);
    switch (depth_) {
        case 1: return find_leaves<1>(tree, answers, leaves);
        case 2: return find_leaves<2>(tree, answers, leaves);
        case 3: return find_leaves<3>(tree, answers, leaves);
        case 4: return find_leaves<4>(tree, answers, leaves);
        case 5: return find_leaves<5>(tree, answers, leaves);
        case 6: return find_leaves<6>(tree, answers, leaves);
        case 7: return find_leaves<7>(tree, answers, leaves);
        case 8: return find_leaves<8>(tree, answers, leaves);
        default: leaves.fill(0);
    }
}

void FlatForest::score_together(std::span<const float* const> rows, std::span<float> sums, float give_up, std::vector<Answers>& answers) const {
    put_questions(rows, answers);
    std::array<std::uint8_t, kTogether> leaf;
    std::array<float, kTogether> sum;
    sum.fill(bias_);
    std::array<bool, kTogether> open{};
    std::size_t still = rows.size();
    std::fill_n(open.begin(), rows.size(), true);
    for (std::size_t tree = 0; tree < trees_ && still > 0; ++tree) {
        find_leaves(tree, answers, leaf);
        const float* leaves = leaves_.data() + (tree << depth_);
        for (std::size_t r = 0; r < rows.size(); ++r) sum[r] += leaves[leaf[r]];
        if (tree % kBlock != kBlock - 1 && tree + 1 != trees_) continue;
        const bool may_leave = tree % kBlock == kBlock - 1;
        for (std::size_t r = 0; r < rows.size(); ++r) {
            if (!open[r]) continue;
            sums[r] = sum[r];
            if (!may_leave || sum[r] >= give_up) continue;
            open[r] = false;
            --still;
        }
    }
}

void FlatForest::score(std::span<const float* const> rows, std::span<float> sums, float give_up) const {
    constexpr std::size_t kFew = 4;
    std::vector<Answers> answers(edges_.size());
    for (std::size_t i = 0; i < rows.size(); i += kTogether) {
        const std::size_t count = std::min(kTogether, rows.size() - i);
        std::fill_n(sums.begin() + static_cast<std::ptrdiff_t>(i), count, bias_);
        if (count < kFew || questions_.empty()) {
            for (std::size_t r = i; r < i + count; ++r) score_one(rows[r], sums[r], give_up);
        } else {
            score_together(rows.subspan(i, count), sums.subspan(i, count), give_up, answers);
        }
    }
}

}  // namespace maek::extract
