#include "extract/relation/relation_model.h"

#include <gtest/gtest.h>

#include <random>

namespace maek::extract {
namespace {

std::string small_model() {
    const std::vector<std::uint64_t> keys = {0x1111111100000001ull, 0x2222222200000002ull};
    std::vector<RelationScores> weights(2);
    weights[0][0] = 1.5f;
    weights[1][0] = -0.5f;
    weights[1][4] = 2.0f;
    RelationScores bias{}, threshold{};
    bias[4] = -1.0f;
    threshold.fill(0.4f);
    return RelationModel::write(keys, weights, bias, threshold, {}, {});
}

TEST(RelationModel, AddsTheWeightsOfKnownKeys) {
    const auto model = RelationModel::read(small_model(), "m");
    ASSERT_TRUE(model.ok()) << model.error().text();
    RelationScores scores{};
    model->score(std::vector<std::uint64_t>{0x1111111100000001ull, 0x2222222200000002ull, 0x3333333300000003ull}, scores);
    EXPECT_NEAR(scores[0], 1.0f, 0.02f);
    EXPECT_NEAR(scores[4], 1.0f, 0.02f);
    EXPECT_FLOAT_EQ(model->thresholds()[static_cast<std::size_t>(RelationKind::kFunds)], 0.4f);
}

TEST(RelationScorer, SaysWhatTheModelSaysHoweverOftenABlockComes) {
    std::mt19937_64 random(5);
    std::vector<std::uint64_t> known(2000);
    std::vector<RelationScores> weights(known.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
        known[i] = random();
        for (float& w : weights[i]) w = static_cast<float>(static_cast<int>(random() % 255) - 127);
    }
    const auto model = RelationModel::read(RelationModel::write(known, weights, {}, {}, {}, {}), "m");
    ASSERT_TRUE(model.ok()) << model.error().text();
    // a context stands for always the same keys
    const auto keys_of = [&](std::uint64_t context) {
        std::mt19937_64 of_context(context);
        std::vector<std::uint64_t> keys(of_context() % 100);
        for (auto& key : keys) key = of_context() % 3 == 0 ? of_context() : known[of_context() % known.size()];
        return keys;
    };
    RelationScorer scorer(*model);
    int spared = 0;
    for (int pair = 0; pair < 300; ++pair) {
        std::vector<std::uint64_t> all;
        for (int block = 0; block < 7; ++block) {
            const std::uint64_t context = 1 + random() % 200 + (random() % 2) * 4096 * 8;  // some drive others out
            const std::vector<std::uint64_t> keys = keys_of(context);
            all.insert(all.end(), keys.begin(), keys.end());
            if (block == 3) {
                scorer.open_alone();
            } else if (!scorer.open(context)) {
                ++spared;
                continue;
            }
            for (const std::uint64_t key : keys) scorer.put(key);
            scorer.close();
        }
        RelationScores slow{}, quick{};
        model->score(all, slow);
        scorer.finish(quick);
        EXPECT_EQ(slow, quick);
    }
    EXPECT_GT(spared, 300);
}

TEST(RelationModel, RefusesEveryCutAndWhatIsNoModel) {
    const std::string bytes = small_model();
    for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(RelationModel::read(bytes.substr(0, n), "m").ok()) << n;
    EXPECT_FALSE(RelationModel::read(bytes + "x", "m").ok());
    EXPECT_FALSE(RelationModel::read("hello", "m").ok());
}

TEST(RelationModel, WritesTheSameBytesForTheSameWeights) { EXPECT_EQ(small_model(), small_model()); }

}  // namespace
}  // namespace maek::extract
