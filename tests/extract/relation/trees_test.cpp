#include "extract/relation/trees.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

namespace maek::extract {
namespace {

// Left when the first number is at most 2.
Forest one_question() {
    Forest forest;
    forest.bias = 0.5f;
    forest.trees.push_back({{0, 1, 2, 2.0f}, {-1, 0, 0, -1.0f}, {-1, 0, 0, 3.0f}});
    return forest;
}

TEST(Forest, AddsTheLeavesThatARowReaches) {
    const Forest forest = one_question();
    EXPECT_FLOAT_EQ(forest.score(std::array{2.0f}), -0.5f);
    EXPECT_FLOAT_EQ(forest.score(std::array{2.1f}), 3.5f);
}

TEST(Forest, ComesBackFromItsBytes) {
    std::string bytes;
    one_question().write(bytes);
    std::string_view rest = bytes;
    Forest again;
    ASSERT_TRUE(again.read(rest, 1));
    EXPECT_TRUE(rest.empty());
    EXPECT_FLOAT_EQ(again.score(std::array{5.0f}), 3.5f);
}

TEST(Forest, RefusesEveryCut) {
    std::string bytes;
    one_question().write(bytes);
    for (std::size_t n = 0; n < bytes.size(); ++n) {
        std::string_view rest = std::string_view(bytes).substr(0, n);
        Forest forest;
        EXPECT_FALSE(forest.read(rest, 1)) << n;
    }
}

TEST(Forest, RefusesQuestionsAboutNumbersThatAreNotThere) {
    std::string bytes;
    one_question().write(bytes);
    std::string_view rest = bytes;
    Forest forest;
    EXPECT_FALSE(forest.read(rest, 0));
}

TEST(Forest, RefusesBranchesThatLeadBack) {
    Forest forest;
    forest.trees.push_back({{0, 0, 0, 2.0f}});
    std::string bytes;
    forest.write(bytes);
    std::string_view rest = bytes;
    Forest again;
    EXPECT_FALSE(again.read(rest, 1));
}

TEST(Forest, RefusesTreesThatAreTooDeep) {
    Forest forest;
    for (const std::size_t depth : {kMostTreeDepth, kMostTreeDepth + 1}) {
        std::vector<TreeNode> tree;  // to the right, and a leaf to the left at each step
        for (std::uint16_t i = 0; i < depth; ++i) {
            tree.push_back({0, static_cast<std::uint16_t>(2 * i + 1), static_cast<std::uint16_t>(2 * i + 2), 1.0f});
            tree.push_back({-1, 0, 0, 0.5f});
        }
        tree.push_back({-1, 0, 0, 0.25f});
        forest.trees = {tree};
        std::string bytes;
        forest.write(bytes);
        std::string_view rest = bytes;
        Forest again;
        EXPECT_EQ(again.read(rest, 1), depth == kMostTreeDepth);
    }
}

// A forest of ragged trees over four numbers.
Forest random_forest(std::mt19937& random, std::size_t trees, std::size_t deepest = 5) {
    Forest forest;
    forest.bias = 0.25f;
    std::uniform_real_distribution<float> value(-1, 1);
    for (std::size_t t = 0; t < trees; ++t) {
        std::vector<TreeNode> tree(1);
        std::vector<std::size_t> depth{0};
        for (std::size_t i = 0; i < tree.size(); ++i) {
            tree[i].value = value(random);
            if (depth[i] == deepest || random() % 4 == 0) continue;
            tree[i].feature = static_cast<std::int16_t>(random() % 4);
            tree[i].left = static_cast<std::uint16_t>(tree.size());
            tree[i].right = static_cast<std::uint16_t>(tree.size() + 1);
            tree.resize(tree.size() + 2);
            depth.resize(tree.size(), depth[i] + 1);
        }
        forest.trees.push_back(std::move(tree));
    }
    return forest;
}

TEST(FlatForest, SaysWhatTheForestSaysToTheBitHoweverManyAreAsked) {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> value(-1.2f, 1.2f);
    for (std::size_t deepest = 0; deepest <= kMostTreeDepth; ++deepest) {
        for (const std::size_t trees : {0u, 1u, 33u, 100u}) {
            const Forest forest = random_forest(random, trees, deepest);
            const FlatForest flat(forest);
            for (const std::size_t count : {1u, 3u, 15u, 16u, 21u, 40u}) {
                std::vector<std::array<float, 4>> rows(count);
                std::vector<const float*> places;
                for (auto& row : rows) {
                    for (float& v : row) v = value(random);
                    // as large as an edge itself
                    if (!forest.trees.empty() && random() % 4 == 0) row[random() % 4] = forest.trees[random() % trees][0].value;
                    places.push_back(row.data());
                }
                std::vector<float> sums(rows.size());
                flat.score(places, sums);
                for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(sums[i], forest.score(rows[i]));
            }
        }
    }
}

TEST(FlatForest, LeavesARowAtTheSumWhereItGaveUp) {
    Forest forest;
    for (int t = 0; t < 64; ++t) forest.trees.push_back({{0, 1, 2, 0.0f}, {-1, 0, 0, -1.0f}, {-1, 0, 0, 1.0f}});
    const std::array<float, 1> low = {-1.0f}, high = {1.0f};
    for (const std::size_t count : {2u, 20u}) {  // one by one, and together
        std::vector<const float*> rows(count, high.data());
        rows.front() = low.data();
        std::vector<float> sums(count);
        FlatForest(forest).score(rows, sums, -5.5f);
        EXPECT_FLOAT_EQ(sums.front(), -32.0f);
        EXPECT_FLOAT_EQ(sums.back(), 64.0f);
    }
}

}  // namespace
}  // namespace maek::extract
