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

TEST_F(PropertiesOf, ThePostToWhichSomebodyIsNamedGoesBeforeTheTitle) {
    const Names names = {{"가온대", EntityType::kUniversity}, {"이가람", EntityType::kPerson}};
    for (const char* text : {"가온대 총장에 이가람 교수가 임명됐다.", "가온대는 신임 총장에 이가람 교수를 선임했다.", "가온대는 이가람 교수를 총장으로 선임했다.",
                             "가온대 총장은 이가람 교수다.", "가온대 신임 총장에 이가람 교수"}) {
        read(text, names);
        EXPECT_EQ(reader().role(fact(RelationKind::kWorksFor, "이가람", "가온대")), "총장") << text;
    }
    read("가온대 총장은 이가람 교수와 만났다.", names);
    EXPECT_EQ(reader().role(fact(RelationKind::kWorksFor, "이가람", "가온대")), "교수");
}

TEST_F(PropertiesOf, EachBodyHasItsOwnPost) {
    const Names names = {{"다솜 얼라이언스", EntityType::kAlliance}, {"이가람", EntityType::kPerson}, {"누리TP", EntityType::kTechnopark}};
    read("다솜 얼라이언스 의장은 이가람 누리TP 본부장이다.", names);
    EXPECT_EQ(reader().role(fact(RelationKind::kWorksFor, "이가람", "다솜 얼라이언스")), "의장");
    EXPECT_EQ(reader().role(fact(RelationKind::kWorksFor, "이가람", "누리TP")), "본부장");
    read("다솜 얼라이언스 단장에 이가람 전 누리TP 본부장을 선임했다.", names);
    EXPECT_EQ(reader().role(fact(RelationKind::kWorksFor, "이가람", "다솜 얼라이언스")), "단장");
    EXPECT_EQ(reader().role(fact(RelationKind::kWorksFor, "이가람", "누리TP")), "본부장");
}

TEST_F(PropertiesOf, TheNameOfABodyIsNoPost) {
    read("이가람 씨는 누리생산기술연구원에서 근무한다.", {{"이가람", EntityType::kPerson}, {"누리생산기술연구원", EntityType::kResearchInstitute}});
    EXPECT_EQ(reader().role(fact(RelationKind::kWorksFor, "이가람", "누리생산기술연구원")), "");
}

TEST_F(PropertiesOf, EnglishPostsAreRead) {
    const Names names = {{"Lee Ga-ram", EntityType::kPerson}, {"Gaon University", EntityType::kUniversity}};
    const auto role_in = [&](const char* text) {
        read(text, names);
        document_.korean = document_.sentences[0].korean = false;
        return reader().role(fact(RelationKind::kWorksFor, "Lee Ga-ram", "Gaon University"));
    };
    EXPECT_EQ(role_in("Lee Ga-ram, president of Gaon University, said so."), "president");
    EXPECT_EQ(role_in("Gaon University President Lee Ga-ram said so."), "President");
    EXPECT_EQ(role_in("Lee Ga-ram, the CEO of Gaon University, said so."), "CEO");
    EXPECT_EQ(role_in("Lee Ga-ram, vice president of the Gaon University, said so."), "vice president");
    EXPECT_EQ(role_in("Chancellor Lee Ga-ram of Gaon University said so."), "Chancellor");
    EXPECT_EQ(role_in("Lee Ga-ram met friends at Gaon University."), "");
}

TEST_F(PropertiesOf, AnOrderReceivedComesFromTheOneNamed) {
    const Names names = {{"다솜TP", EntityType::kTechnopark}, {"누리전자", EntityType::kCompany}};
    for (const char* text : {"다솜TP는 누리전자로부터 성능평가를 위탁받았다.", "다솜TP는 누리전자에서 시험 용역을 수주했다.", "다솜TP는 누리전자에게서 의뢰받아 시험했다."}) {
        read(text, names);
        std::vector<Judged> facts = {fact(RelationKind::kCommissions, "다솜TP", "누리전자"), fact(RelationKind::kCommissions, "누리전자", "다솜TP")};
        turn_orders_received(document_, facts);
        ASSERT_EQ(facts.size(), 1u) << text;
        EXPECT_EQ(facts[0].relation.source, entity("누리전자")) << text;
    }
    read("다솜TP는 누리전자로부터 성능평가를 위탁받았다.", names);
    EXPECT_EQ(reader().subject(fact(RelationKind::kCommissions, "다솜TP", "누리전자")), "성능평가");
    read("다솜TP는 누리전자에 성능평가를 위탁했다.", names);
    std::vector<Judged> facts = {fact(RelationKind::kCommissions, "다솜TP", "누리전자")};
    turn_orders_received(document_, facts);
    EXPECT_EQ(facts[0].relation.source, entity("다솜TP"));
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

TEST_F(PropertiesOf, ASumIsDividedAsTheSentenceSays) {
    const Names names = {{"한빛도", EntityType::kProvince}, {"가온시", EntityType::kCity}, {"누리센터", EntityType::kFacility}};
    const auto shares = [&](const char* text, std::int64_t province, std::int64_t city) {
        read(text, names);
        EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "한빛도", "누리센터")), province) << text;
        EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "가온시", "누리센터")), city) << text;
    };
    shares("누리센터 공사비 58억원은 한빛도와 가온시가 29억원씩 나눠 낸다.", 2900000000, 2900000000);
    shares("누리센터 공사비 60억원은 한빛도와 가온시가 3대 1로 나눠 낸다.", 4500000000, 1500000000);
    shares("누리센터 공사비 54억원은 한빛도와 가온시가 절반씩 부담한다.", 2700000000, 2700000000);
    shares("누리센터 공사비에 한빛도와 가온시는 각각 95억원, 64억원을 보탰다.", 9500000000, 6400000000);
}

TEST_F(PropertiesOf, WhatOnePayerGivesEachTimeAddsUp) {
    const Names names = {{"한빛도", EntityType::kProvince}, {"가온시", EntityType::kCity}, {"누리센터", EntityType::kFacility}};
    for (const char* text : {"가온시가 누리센터에 2024년과 2025년에 각각 1억원씩 2억원을 냈다.", "가온시가 누리센터에 해마다 5천만원씩 모두 2억원을 낸다."}) {
        read(text, names);
        EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "가온시", "누리센터")), 200000000) << text;
    }
    read("누리센터에 한빛도와 가온시가 1억원씩 2억원을 냈다.", names);  // two payers: the part of each
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "가온시", "누리센터")), 100000000);
}

TEST_F(PropertiesOf, AWordThatStandsForThePayerHasTheAmountBesideIt) {
    read("가온시와 누리센터 이야기다. 건립비 240억원 가운데 시가 80억원, 누리센터가 160억원을 낸다.", {{"가온시", EntityType::kCity}, {"누리센터", EntityType::kFacility}});
    Judged funding = fact(RelationKind::kFunds, "가온시", "누리센터");
    funding.relation.sentence = 1;
    funding.source_left_out = true;  // as when the sentence's topic is taken for the payer
    EXPECT_EQ(reader().amount(funding), 8000000000);
}

TEST_F(PropertiesOf, AShortFormBehindThePayerDoesNotPartItFromItsAmount) {
    read("누리센터에는 다솜부(다솜)가 40억원을 대고 한빛도와 가온시가 6억원씩 보탰다.",
         {{"다솜부", EntityType::kAgency}, {"한빛도", EntityType::kProvince}, {"가온시", EntityType::kCity}, {"누리센터", EntityType::kFacility}});
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "다솜부", "누리센터")), 4000000000);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "한빛도", "누리센터")), 600000000);
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

TEST_F(PropertiesOf, WhatAPayersClauseGivesIsThePayers) {
    const Names names = {{"다솜전자", EntityType::kCompany}, {"가온시", EntityType::kCity}, {"누리센터", EntityType::kFacility}};
    const auto shares = [&](const char* text, std::int64_t firm, std::int64_t city) {
        read(text, names);
        EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "다솜전자", "누리센터")), firm) << text;
        EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "가온시", "누리센터")), city) << text;
    };
    shares("다솜전자는 누리센터에 88억원을 투자하고 가온시는 장비 구입비 12억원을 지원한다.", 8800000000, 1200000000);
    shares("누리센터에 다솜전자가 연구비 40억원을, 가온시는 임차료와 장비비 22억원을 부담한다.", 4000000000, 2200000000);
    shares("누리센터 사업비는 다솜전자 21억원, 시 35억원이며 가온시가 짓는다.", 2100000000, 3500000000);
    shares("다솜전자와 가온시가 공동 출연한 182억원을 누리센터에 쓴다.", 18200000000, 18200000000);
}

TEST_F(PropertiesOf, AnEnglishPayerGivesWhatFollowsItsVerb) {
    const Names names = {{"Ministry of Haesol", EntityType::kAgency}, {"Hanbit Province", EntityType::kProvince}, {"Nuri Center", EntityType::kFacility}};
    read("The Ministry of Haesol will provide 15 billion won for the Nuri Center by 2027, with Hanbit Province adding 9 billion won.", names);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "Ministry of Haesol", "Nuri Center")), 15000000000);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "Hanbit Province", "Nuri Center")), 9000000000);
}

TEST_F(PropertiesOf, ThePayersPartOfASumMayBeToldInTheNextSentence) {
    const Names names = {{"한빛도", EntityType::kProvince}, {"가온시", EntityType::kCity}, {"누리센터", EntityType::kFacility}};
    read("한빛도와 가온시는 306억원을 들여 누리센터를 짓는다. 총사업비 306억원 가운데 다솜부가 150억원을 내고, 도가 90억원, 시가 66억원을 부담한다.", names);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "한빛도", "누리센터")), 9000000000);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "가온시", "누리센터")), 6600000000);
    read("한빛도와 가온시는 누리센터를 함께 짓는다. 국비 150억원에 도비 90억원, 시비 66억원을 더한다.", names);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "한빛도", "누리센터")), 9000000000);
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "가온시", "누리센터")), 6600000000);
}

TEST_F(PropertiesOf, WhatAPayerGivesForAnotherThingIsNoPart) {
    read("가온시는 306억원을 들여 누리센터를 짓는다. 가온시는 해솔관에 12억원을 보탰다.",
         {{"가온시", EntityType::kCity}, {"누리센터", EntityType::kFacility}, {"해솔관", EntityType::kFacility}});
    EXPECT_EQ(reader().amount(fact(RelationKind::kFunds, "가온시", "누리센터")), 30600000000);
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
