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

TEST(RelationScorer, SaysWhatTheModelSaysHoweverOftenAKeyComes) {
    std::mt19937_64 random(5);
    std::vector<std::uint64_t> known(2000);
    std::vector<RelationScores> weights(known.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
        known[i] = random();
        for (float& w : weights[i]) w = static_cast<float>(static_cast<int>(random() % 255) - 127);
    }
    const auto model = RelationModel::read(RelationModel::write(known, weights, {}, {}, {}, {}), "m");
    ASSERT_TRUE(model.ok()) << model.error().text();
    RelationScorer scorer(*model);
    for (int pair = 0; pair < 200; ++pair) {
        std::vector<std::uint64_t> keys;
        for (int i = 0; i < 300; ++i) keys.push_back(random() % 3 == 0 ? random() : known[random() % (10 + static_cast<std::size_t>(pair) * 10)]);
        RelationScores slow{}, quick{};
        model->score(keys, slow);
        scorer.score(keys, quick);
        EXPECT_EQ(slow, quick);
    }
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
