#include "extract/relation/trees.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

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

template <std::size_t kRows>
void FlatForest::walk(std::size_t tree, std::size_t end, const float* const* rows, float* sums) const {
    const std::size_t inner = (std::size_t{1} << depth_) - 1;
    for (; tree < end; ++tree) {
        const Node* nodes = nodes_.data() + tree * inner;
        const float* leaves = leaves_.data() + tree * (inner + 1);
        std::array<std::size_t, kRows> at{};
        for (std::size_t level = 0; level < depth_; ++level) {
            for (std::size_t r = 0; r < kRows; ++r) {
                const Node& node = nodes[at[r]];
                at[r] = 2 * at[r] + 1 + (rows[r][node.feature] > node.edge ? 1 : 0);
            }
        }
        for (std::size_t r = 0; r < kRows; ++r) sums[r] += leaves[at[r] - inner];
    }
}

void FlatForest::score(std::span<const float* const> rows, std::span<float> sums, float give_up) const {
    constexpr std::size_t kTogether = 8;
    // the rows that are still asked, side by side
    std::vector<const float*> open(rows.begin(), rows.end());
    std::vector<float> sum(rows.size(), bias_);
    std::vector<std::uint32_t> number(rows.size());
    for (std::uint32_t i = 0; i < number.size(); ++i) number[i] = i;
    for (std::size_t tree = 0; tree < trees_; tree += kBlock) {
        const std::size_t end = std::min(trees_, tree + kBlock);
        std::size_t i = 0;
        for (; i + kTogether <= open.size(); i += kTogether) walk<kTogether>(tree, end, &open[i], &sum[i]);
        if (i + 4 <= open.size()) walk<4>(tree, end, &open[i], &sum[i]), i += 4;
        for (; i < open.size(); ++i) walk<1>(tree, end, &open[i], &sum[i]);
        std::size_t kept = 0;
        for (std::size_t k = 0; k < open.size(); ++k) {
            sums[number[k]] = sum[k];
            if (end - tree == kBlock && sum[k] < give_up) continue;
            open[kept] = open[k];
            sum[kept] = sum[k];
            number[kept++] = number[k];
        }
        open.resize(kept);
        sum.resize(kept);
        number.resize(kept);
    }
    for (std::size_t k = 0; k < open.size(); ++k) sums[number[k]] = sum[k];
}

}  // namespace maek::extract
