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

TEST_F(PropertiesOf, SharesFollowTheOrderOfThePayers) {
    const Names names = {{"한빛도", EntityType::kProvince}, {"가온시", EntityType::kCity}, {"누리센터", EntityType::kFacility}};
    for (const char* text : {"누리센터에 한빛도와 가온시는 각각 45억원과 90억원을 댄다.", "누리센터에 한빛도와 가온시는 45억원과 90억원을 댄다."}) {
        read(text, names);
        EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "한빛도", "누리센터")), 4500000000) << text;
        EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "가온시", "누리센터")), 9000000000) << text;
    }
}

TEST_F(PropertiesOf, AShareMayStandBeforeItsPayer) {
    read("누리센터 공사비 310억원 가운데 190억원은 가온시가, 120억원은 한빛도가 낸다.",
         {{"한빛도", EntityType::kProvince}, {"가온시", EntityType::kCity}, {"누리센터", EntityType::kFacility}});
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "가온시", "누리센터")), 19000000000);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "한빛도", "누리센터")), 12000000000);
}

TEST_F(PropertiesOf, MoneyOfTheProvinceAndOfTheCityIsToldApart) {
    read("누리센터에는 한빛도와 가온시가 국비 100억원, 도비 30억원, 시비 1조 2,000억원을 들인다.",
         {{"한빛도", EntityType::kProvince}, {"가온시", EntityType::kCity}, {"누리센터", EntityType::kFacility}});
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "한빛도", "누리센터")), 3000000000);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "가온시", "누리센터")), 1200000000000);
}

TEST_F(PropertiesOf, EachThingHasItsOwnAmount) {
    read("다솜청은 누리센터에 11억5천만원, 해솔관에 34억원을 편성했다.",
         {{"다솜청", EntityType::kAgency}, {"누리센터", EntityType::kFacility}, {"해솔관", EntityType::kFacility}});
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "다솜청", "누리센터")), 1150000000);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "다솜청", "해솔관")), 3400000000);
}

TEST_F(PropertiesOf, HalfOfASumIsHalved) {
    read("누리센터 차량 구입비 36억원 가운데 절반은 다솜부가 보조한다.", {{"다솜부", EntityType::kAgency}, {"누리센터", EntityType::kFacility}});
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "다솜부", "누리센터")), 1800000000);
}

TEST_F(PropertiesOf, AnEnglishShareStandsBeforeItsPayer) {
    read("The Nuri Center receives 3.1 billion won from the Ministry of Haesol and 900 million won from Gaon City.",
         {{"Nuri Center", EntityType::kFacility}, {"Ministry of Haesol", EntityType::kAgency}, {"Gaon City", EntityType::kCity}});
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "Ministry of Haesol", "Nuri Center")), 3100000000);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "Gaon City", "Nuri Center")), 900000000);
}

TEST_F(PropertiesOf, TheOnlySumOfTheSentenceBesideCounts) {
    read("누리센터 건립비는 한빛도가 모두 부담한다. 비용은 120억원이다.", {{"한빛도", EntityType::kProvince}, {"누리센터", EntityType::kFacility}});
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "한빛도", "누리센터")), 12000000000);
}

TEST_F(PropertiesOf, SalesAreNoFunding) {
    read("누리센터를 세운 다솜전자는 지난해 매출 500억원을 올렸다.", {{"다솜전자", EntityType::kCompany}, {"누리센터", EntityType::kFacility}});
    EXPECT_FALSE(reader().amount(fact(RelationKind::kFunds, "다솜전자", "누리센터")).has_value());
}

TEST_F(PropertiesOf, TheEntrustedWorkIsNamed) {
    read("올해 한빛시는 누리센터 운영을 다솜TP에 위탁했다.",
         {{"한빛시", EntityType::kCity}, {"누리센터", EntityType::kFacility}, {"다솜TP", EntityType::kTechnopark}});
    EXPECT_EQ(reader().subject(fact(RelationKind::kCommissions, "한빛시", "다솜TP")), "누리센터 운영");
}

}  // namespace
}  // namespace maek::extract
