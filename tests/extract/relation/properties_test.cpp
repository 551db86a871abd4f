#include "extract/relation/properties.h"

#include "tests/extract/relation/relation_fixture.h"

namespace maek::extract {
namespace {

class PropertiesOf : public RelationFixture {
protected:
    PropertyReader reader() const { return PropertyReader(document_, linked_, *words_); }
};

TEST_F(PropertiesOf, APostStandsBehindTheBody) {
    read("이날 이가람 다솜TP 원장은 웃었다.", {{"이가람", EntityType::kPerson}, {"다솜TP", EntityType::kTechnopark}});
    EXPECT_EQ(reader().role(fact(RelationKind::kWorksFor, "이가람", "다솜TP")), "원장");
}

TEST_F(PropertiesOf, APostStandsBehindTheName) {
    read("이날 누리연구원 박다온 본부장은 웃었다.", {{"박다온", EntityType::kPerson}, {"누리연구원", EntityType::kResearchInstitute}});
    EXPECT_EQ(reader().role(fact(RelationKind::kWorksFor, "박다온", "누리연구원")), "본부장");
}

TEST_F(PropertiesOf, EachPayerHasItsOwnAmount) {
    read("이 사업에 한빛도가 65억원, 가온군이 35억원을 부담했다. 누리센터다.",
         {{"한빛도", EntityType::kProvince}, {"가온군", EntityType::kCity}, {"누리센터", EntityType::kFacility}});
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "한빛도", "누리센터")), 6500000000);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "가온군", "누리센터")), 3500000000);
}

TEST_F(PropertiesOf, JointPayersShareTheAmount) {
    read("이곳에 한빛도와 가온군은 16억원을 마련해 누리센터를 돕는다.",
         {{"한빛도", EntityType::kProvince}, {"가온군", EntityType::kCity}, {"누리센터", EntityType::kFacility}});
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "한빛도", "누리센터")), 1600000000);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "가온군", "누리센터")), 1600000000);
}

TEST_F(PropertiesOf, ASentenceWithoutMoneyGivesNoAmount) {
    read("이곳에 한빛도는 누리센터를 돕는다.", {{"한빛도", EntityType::kProvince}, {"누리센터", EntityType::kFacility}});
    EXPECT_FALSE(reader().amount(fact(RelationKind::kFunds, "한빛도", "누리센터")).has_value());
}

TEST_F(PropertiesOf, TheEntrustedWorkIsNamed) {
    read("올해 한빛시는 누리센터 운영을 다솜TP에 위탁했다.",
         {{"한빛시", EntityType::kCity}, {"누리센터", EntityType::kFacility}, {"다솜TP", EntityType::kTechnopark}});
    EXPECT_EQ(reader().subject(fact(RelationKind::kCommissions, "한빛시", "다솜TP")), "누리센터 운영");
}

}  // namespace
}  // namespace maek::extract
