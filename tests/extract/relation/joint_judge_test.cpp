// Names and relations that decide together, with small forests made by hand.
#include "extract/relation/joint_judge.h"

#include "tests/extract/relation/relation_fixture.h"

namespace maek::extract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int16_t kChanceNumber = 2, kFocusedOn = 11 + 10 + static_cast<std::int16_t>(RelationKind::kFocusesOn);

// A name counts when the judge of names is sure of it, or when something is said to focus on it.
JointModel by_chance_or_focus() {
    JointModel model;
    Forest forest;
    forest.trees = {{{kChanceNumber, 1, 2, 0}, {kFocusedOn, 3, 4, 0}, {-1, 0, 0, 2}, {-1, 0, 0, -2}, {-1, 0, 0, 2}}};
    model.set_names(std::move(forest));
    model.name_thresholds.fill(0.5f);
    model.fact_thresholds.fill(0.3f);
    return model;
}

class JointJudgeOf : public RelationFixture {
protected:
    void doubt(const std::string& name, float chance) {
        for (Mention& m : document_.mentions) {
            if (document_.view(m.span) != name) continue;
            m.confidence = chance;
            m.doubtful = true;
        }
        linked_ = Linker(*lexicon_).link(document_);
    }
    std::vector<std::string> kept(const std::vector<Judged>& facts) {
        const JointModel model = by_chance_or_focus();
        const auto accepted = accepted_names(linked_, judge_names(model, document_, linked_, facts), model.name_thresholds);
        std::vector<std::string> out;
        for (std::size_t e = 0; e < accepted.size(); ++e) {
            if (accepted[e] != 0) out.push_back(linked_.entities[e].name);
        }
        return out;
    }
    Judged judged(RelationKind kind, const std::string& source, const std::string& target, float log_odds) const {
        Judged f = fact(kind, source, target);
        f.log_odds = log_odds;
        f.relation.confidence = probability(log_odds);
        return f;
    }
};

TEST_F(JointJudgeOf, ADoubtfulFieldCountsWhenSomebodyFostersIt) {
    read("가온시는 로봇 산업을 키운다. 로봇 말고 드론도 있다.", {{"가온시", EntityType::kCity}, {"로봇", EntityType::kIndustry}, {"드론", EntityType::kIndustry}});
    doubt("로봇", 0.2f);
    doubt("드론", 0.2f);
    EXPECT_THAT(kept({judged(RelationKind::kFocusesOn, "가온시", "로봇", 2)}), ElementsAre("가온시", "로봇"));
    EXPECT_THAT(kept({}), ElementsAre("가온시"));
}

TEST_F(JointJudgeOf, AnEntityIsDoubtfulWhenAllItsPlacesAre) {
    read("가온시와 로봇이 있다. 로봇이다.", {{"가온시", EntityType::kCity}, {"로봇", EntityType::kIndustry}});
    doubt("로봇", 0.2f);
    EXPECT_TRUE(linked_.entities[entity("로봇")].doubtful);
    EXPECT_FALSE(linked_.entities[entity("가온시")].doubtful);
    document_.mentions.back().doubtful = false;
    linked_ = Linker(*lexicon_).link(document_);
    EXPECT_FALSE(linked_.entities[entity("로봇")].doubtful);
}

TEST_F(JointJudgeOf, AFactFallsWithOneOfItsEnds) {
    read("가온시는 로봇을 키운다.", {{"가온시", EntityType::kCity}, {"로봇", EntityType::kIndustry}});
    RelationScores thresholds;
    thresholds.fill(0.3f);
    const std::vector<Judged> facts = {judged(RelationKind::kFocusesOn, "가온시", "로봇", 2)};
    EXPECT_THAT(settle_jointly(facts, {1, 1}, thresholds), SizeIs(1));
    EXPECT_THAT(settle_jointly(facts, {1, 0}, thresholds), IsEmpty());
    thresholds.fill(0.95f);
    EXPECT_THAT(settle_jointly(facts, {1, 1}, thresholds), IsEmpty());
}

TEST_F(JointJudgeOf, NamesThatDoNotStayLeaveNoGapBehind) {
    read("로봇과 가온시와 다솜대가 있다.", {{"로봇", EntityType::kIndustry}, {"가온시", EntityType::kCity}, {"다솜대", EntityType::kUniversity}});
    std::vector<DocumentRelation> relations = {judged(RelationKind::kPartnersWith, "가온시", "다솜대", 1).relation};
    keep_names({0, 1, 1}, document_, linked_, relations);
    ASSERT_THAT(linked_.entities, SizeIs(2));
    EXPECT_EQ(linked_.entities[0].name, "가온시");
    EXPECT_THAT(linked_.entities[1].mentions, ElementsAre(1u));
    EXPECT_THAT(linked_.entity_of, ElementsAre(0u, 1u));
    EXPECT_EQ(document_.view(document_.mentions[1].span), "다솜대");
    EXPECT_EQ(relations[0].source, 0u);
    EXPECT_EQ(relations[0].target, 1u);
}

TEST(JointModelBytes, ComeBackAsWrittenAndAreRefusedWhenCutOff) {
    const std::string bytes = by_chance_or_focus().write();
    const auto model = JointModel::read(bytes, "joint.bin");
    ASSERT_TRUE(model.ok());
    EXPECT_EQ(model->write(), bytes);
    for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(JointModel::read(bytes.substr(0, n), "joint.bin").ok()) << n;
    EXPECT_FALSE(JointModel::read(bytes + "x", "joint.bin").ok());
}

}  // namespace
}  // namespace maek::extract
