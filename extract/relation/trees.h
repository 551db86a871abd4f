// Room: extract, inner. Boosted trees of decisions over a row of numbers: the second judge, which sees
// what the first said of all sentences and of the neighbours. Reading and writing are here, learning
// is in tools/train. The file's form: docs/extraction.md. Tests: tests/extract/relation/trees_test.cpp.
#pragma once

#include <array>
#include <cstddef>
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

// A forest laid out for asking: each tree complete, so that a step needs no pointers. Rows are asked sixteen at once: first
// every question that some tree asks is put to all of them (trees share most of their questions), then a tree finds the
// leaves of all rows by picking among the answers, without a jump. Few rows are asked one by one.
// Says of a row without NaN what Forest::score says, to the bit.
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
    static constexpr std::size_t kTogether = 16;
    typedef std::int8_t Answers __attribute__((vector_size(kTogether)));  // of each row: -1 yes, 0 no
    struct Node {
        float edge;  // above it goes right
        std::uint32_t feature;
    };
    // The questions about one feature: is it above edges_[first, last)?
    struct Asked {
        std::uint32_t feature, first, last;
    };
    void gather_questions();
    void score_one(const float* row, float& sum, float give_up) const;
    void score_together(std::span<const float* const> rows, std::span<float> sums, float give_up, std::vector<Answers>& answers) const;
    void put_questions(std::span<const float* const> rows, std::vector<Answers>& answers) const;
    template <std::size_t kDepth>
    void find_leaves(std::size_t tree, const std::vector<Answers>& answers, std::array<std::uint8_t, kTogether>& leaves) const;
    void find_leaves(std::size_t tree, const std::vector<Answers>& answers, std::array<std::uint8_t, kTogether>& leaves) const;
    void flatten(const std::vector<TreeNode>& tree, std::size_t node, std::size_t at, std::size_t depth, Node* nodes, float* leaves) const;

    float bias_ = 0;
    std::size_t trees_ = 0, depth_ = 0;
    std::vector<Node> nodes_;    // 2^depth - 1 a tree, the children of i at 2i + 1 and 2i + 2
    std::vector<float> leaves_;  // 2^depth a tree
    std::vector<Asked> asked_;
    std::vector<float> edges_;              // of all questions, by feature
    std::vector<std::uint16_t> questions_;  // of each node, an index into edges_; empty when they are too many
};

}  // namespace maek::extract
