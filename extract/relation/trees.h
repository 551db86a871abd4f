// Room: extract, inner. Boosted trees of decisions over a row of numbers: the second judge, which sees
// what the first said of all sentences and of the neighbours. Reading and writing are here, learning
// is in tools/train. The file's form: docs/extraction.md. Tests: tests/extract/relation/trees_test.cpp.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace maek::extract {

struct TreeNode {
    std::int16_t feature = -1;  // -1: a leaf
    std::uint16_t left = 0, right = 0;  // indexes within the tree, always larger than the node's own
    float value = 0;            // of a leaf; else: at most this goes left
};

struct Forest {
    float bias = 0;
    std::vector<std::vector<TreeNode>> trees;

    // Log-odds. Requires: every feature index lies inside the row (read() has checked it). Slow and plain: FlatForest
    // is what the judges ask.
    float score(std::span<const float> row) const;

    void write(std::string& out) const;
    // Takes a forest from the front of `bytes`; false when they are no forest over `features` numbers.
    bool read(std::string_view& bytes, std::size_t features);
};

// The deepest tree that is read.
inline constexpr std::size_t kMostTreeDepth = 8;

// A forest laid out for asking: each tree complete, so that a step needs no pointers; asked by blocks of trees for
// eight rows at once, so that a block stays near and the steps of the rows overlap. Says of a row without NaN what
// Forest::score says, to the bit.
class FlatForest {
public:
    FlatForest() = default;
    // Requires: no tree deeper than kMostTreeDepth (Forest::read has checked it).
    explicit FlatForest(const Forest& forest);

    bool empty() const { return trees_ == 0; }

    // Log-odds of each row. A row whose sum behind a block of 32 trees lies below `give_up` is left at that sum.
    void score(std::span<const float* const> rows, std::span<float> sums,
               float give_up = -std::numeric_limits<float>::infinity()) const;

private:
    struct Node {
        float edge;  // above it goes right
        std::uint32_t feature;
    };
    template <std::size_t kRows>
    void walk(std::size_t tree, std::size_t end, const float* const* rows, float* sums) const;
    void flatten(const std::vector<TreeNode>& tree, std::size_t node, std::size_t at, std::size_t depth, Node* nodes, float* leaves) const;

    float bias_ = 0;
    std::size_t trees_ = 0, depth_ = 0;
    std::vector<Node> nodes_;    // 2^depth - 1 a tree, the children of i at 2i + 1 and 2i + 2
    std::vector<float> leaves_;  // 2^depth a tree
};

}  // namespace maek::extract
