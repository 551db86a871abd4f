// Room: extract, inner. Boosted trees of decisions over a row of numbers: the second judge, which sees
// what the first said of all sentences and of the neighbours. Reading and writing are here, learning
// is in tools/train. The file's form: docs/extraction.md. Tests: tests/extract/relation/trees_test.cpp.
#pragma once

#include <cstdint>
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

    // Log-odds. Requires: every feature index lies inside the row (read() has checked it).
    float score(std::span<const float> row) const;

    void write(std::string& out) const;
    // Takes a forest from the front of `bytes`; false when they are no forest over `features` numbers.
    bool read(std::string_view& bytes, std::size_t features);
};

}  // namespace maek::extract
