#include "extract/relation/scene.h"

#include "tests/extract/relation/relation_fixture.h"

namespace maek::extract {
namespace {

class SceneOf : public RelationFixture {
protected:
    // The scene of the last sentence.
    void build(const std::string& text, Names names) {
        read(text, std::move(names));
        references_ = find_references(document_, linked_, words_->reference_heads());
        SceneBuilder builder(document_, linked_, references_, *words_);
        Running running;
        for (std::uint32_t s = 0; s < document_.sentences.size(); ++s) builder.build(s, running, scene_);
    }
    const Occurrence& at(const std::string& name) const {
        const std::uint32_t e = entity(name);
        for (const Occurrence& o : scene_.occurrences) {
            if (o.entity == e) return o;
        }
        ADD_FAILURE() << name << " does not occur";
        return scene_.occurrences.front();
    }
    std::vector<Reference> references_;
    Scene scene_;
};

TEST_F(SceneOf, ParticlesGiveNamesTheirRoles) {
    build("어제 한빛시는 가온대와 누리센터를 세운다고 했다.",
          {{"한빛시", EntityType::kCity}, {"가온대", EntityType::kUniversity}, {"누리센터", EntityType::kFacility}});
    EXPECT_EQ(at("한빛시").role, Role::kTopic);
    EXPECT_EQ(at("가온대").role, Role::kWith);
    EXPECT_EQ(at("누리센터").role, Role::kObject);
}

TEST_F(SceneOf, AnEnumerationSharesTheRoleOfItsLastName) {
    build("어제 가온대, 누리연구원(NRI), 다솜TP 등 6개 기관은 협약을 맺었다.",
          {{"가온대", EntityType::kUniversity}, {"누리연구원", EntityType::kResearchInstitute}, {"다솜TP", EntityType::kTechnopark}});
    EXPECT_EQ(at("가온대").group, at("다솜TP").group);
    EXPECT_EQ(at("가온대").group_size, 3);
    EXPECT_EQ(at("가온대").group_role, Role::kTopic);
}

TEST_F(SceneOf, ALeftOutSubjectIsTheRunningTopic) {
    build("한빛시는 공장을 짓는다고 했다. 내년에 길도 넓힌다.", {{"한빛시", EntityType::kCity}});
    EXPECT_TRUE(at("한빛시").left_out());
}

TEST_F(SceneOf, AShortFormStandsForItsName) {
    build("가온대와 한빛시가 모였다. 시는 10억원을 낸다.", {{"한빛시", EntityType::kCity}, {"가온대", EntityType::kUniversity}});
    EXPECT_EQ(at("한빛시").kind, OccurrenceKind::kReference);
    EXPECT_EQ(at("한빛시").group_role, Role::kTopic);
    EXPECT_EQ(scene_.last_money - scene_.first_money, 1u);
}

TEST_F(SceneOf, PersonsAndBodiesDoNotShareAnEnumeration) {
    build("그날 이가람, 가온대가 왔다.", {{"이가람", EntityType::kPerson}, {"가온대", EntityType::kUniversity}});
    EXPECT_NE(at("이가람").group, at("가온대").group);
    build("한빛시는 가온대와 ‘나래사업’ 협약을 맺었다.", {{"한빛시", EntityType::kCity}, {"가온대", EntityType::kUniversity}, {"나래사업", EntityType::kProject}});
    EXPECT_NE(at("가온대").group, at("나래사업").group);
    EXPECT_EQ(at("가온대").group_role, Role::kWith);
}

}  // namespace
}  // namespace maek::extract
