// The shipped model on sentences of our own: the plainest form of each pattern must be read.
#include "extract/relation/relations.h"

#include "extract/model_file.h"
#include "extract/relation/instances.h"
#include "tests/extract/relation/relation_fixture.h"

namespace maek::extract {
namespace {

class RelationsIn : public RelationFixture {
protected:
    void find(const std::string& text, Names names) {
        read(text, std::move(names));
        auto finder = RelationFinder::load(std::filesystem::path(MAEK_SOURCE_DIR) / "schema", *ontology_, *lexicon_);
        ASSERT_TRUE(finder.ok()) << finder.error().text();
        found_ = finder->find(document_, linked_);
    }
    const DocumentRelation* relation(RelationKind kind, const std::string& source, const std::string& target) const {
        const std::uint32_t s = entity(source), t = entity(target);
        for (const DocumentRelation& r : found_) {
            if (r.kind != kind) continue;
            if (r.source == s && r.target == t) return &r;
            if (kind == RelationKind::kPartnersWith && r.source == t && r.target == s) return &r;
        }
        return nullptr;
    }
    std::vector<DocumentRelation> found_;
};

TEST_F(RelationsIn, AnAgreementJoinsAllItsParties) {
    find("한빛시는 지난 12일 시청에서 가온대학교, 누리재료연구원과 수소 소재 공동연구를 위한 업무협약을 체결했다.",
         {{"한빛시", EntityType::kCity}, {"가온대학교", EntityType::kUniversity}, {"누리재료연구원", EntityType::kResearchInstitute}});
    EXPECT_NE(relation(RelationKind::kPartnersWith, "한빛시", "가온대학교"), nullptr);
    EXPECT_NE(relation(RelationKind::kPartnersWith, "한빛시", "누리재료연구원"), nullptr);
    EXPECT_NE(relation(RelationKind::kPartnersWith, "가온대학교", "누리재료연구원"), nullptr);
}

TEST_F(RelationsIn, APersonWithAPostWorksThere) {
    find("정해솔 다솜테크노파크 원장은 “기업과 함께 걷겠다”고 말했다.",
         {{"정해솔", EntityType::kPerson}, {"다솜테크노파크", EntityType::kTechnopark}});
    const DocumentRelation* r = relation(RelationKind::kWorksFor, "정해솔", "다솜테크노파크");
    ASSERT_NE(r, nullptr);
    EXPECT_EQ(r->role, "원장");
}

TEST_F(RelationsIn, MembersOfAnAlliance) {
    find("가온 혁신네트워크는 한빛시와 누리재료연구원을 중심으로 다솜테크노파크, 가온대학교 등 14개 기관으로 구성됐다.",
         {{"가온 혁신네트워크", EntityType::kAlliance}, {"한빛시", EntityType::kCity}, {"누리재료연구원", EntityType::kResearchInstitute},
          {"다솜테크노파크", EntityType::kTechnopark}, {"가온대학교", EntityType::kUniversity}});
    EXPECT_NE(relation(RelationKind::kMemberOf, "누리재료연구원", "가온 혁신네트워크"), nullptr);
    EXPECT_NE(relation(RelationKind::kMemberOf, "가온대학교", "가온 혁신네트워크"), nullptr);
    EXPECT_EQ(relation(RelationKind::kMemberOf, "가온 혁신네트워크", "가온대학교"), nullptr);
}

TEST_F(RelationsIn, TheSameArticleGivesTheSameFacts) {
    const std::string text = "한빛시는 10억원을 들여 누리센터를 짓는다. 시는 가온대학교에 운영을 위탁한다.";
    const Names names = {{"한빛시", EntityType::kCity}, {"누리센터", EntityType::kFacility}, {"가온대학교", EntityType::kUniversity}};
    find(text, names);
    const auto first = found_;
    find(text, names);
    ASSERT_EQ(first.size(), found_.size());
    for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i].confidence, found_[i].confidence);
}

TEST_F(RelationsIn, NothingIsFoundWhereNothingIsNamed) {
    find("어제는 날씨가 맑았다. 사람들은 강가를 걸었다.", {});
    EXPECT_TRUE(found_.empty());
}

// What is shown to the scorer in blocks, some of which it knows by their context, are the keys that training reads.
TEST_F(RelationsIn, APairScoresByBlocksWhatItScoresByAllOfItsKeys) {
    read("한빛시는 지난 12일 가온대학교, 누리재료연구원과 수소 소재 공동연구 협약을 체결했다. 한빛시는 10억원을 들여 누리센터를 짓고, 가온대학교에 운영을 맡긴다. "
         "정해솔 가온대학교 총장은 “누리센터는 한빛시와 누리재료연구원이 함께 운영하는 곳”이라고 말했다. 센터는 한빛시 소재 산업을 지원한다.",
         {{"한빛시", EntityType::kCity}, {"가온대학교", EntityType::kUniversity}, {"누리재료연구원", EntityType::kResearchInstitute},
          {"누리센터", EntityType::kFacility}, {"정해솔", EntityType::kPerson}, {"소재", EntityType::kIndustry}});
    const auto file = std::filesystem::path(MAEK_SOURCE_DIR) / "schema" / "model" / "relations.bin";
    const auto model = RelationModel::read(*read_model_file(file), "m");
    ASSERT_TRUE(model.ok()) << model.error().text();
    RelationScorer scorer(*model);
    std::vector<std::uint64_t> keys;
    int pairs = 0;
    walk_proposals(document_, linked_, *words_, EndpointRules::make(*ontology_), {}, [&](const Proposal& p) {
        const PairLook look = p.features.look(p.a, p.b);
        RelationScores slow{}, quick{};
        p.features.read(look, keys);
        model->score(keys, slow);
        p.features.score(look, scorer, quick);
        EXPECT_EQ(slow, quick) << p.a << " " << p.b;
        ++pairs;
    });
    EXPECT_GE(pairs, 40);
}

}  // namespace
}  // namespace maek::extract
