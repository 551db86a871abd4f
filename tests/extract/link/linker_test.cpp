#include "extract/link/linker.h"

#include <gmock/gmock.h>

#include "tests/extract/article_text.h"

namespace maek::extract {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;

class LinkerOfShippedLexicon : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        const auto folder = std::filesystem::path(MAEK_SOURCE_DIR) / "schema";
        auto ontology = Ontology::load(folder);
        ASSERT_TRUE(ontology.ok()) << ontology.error().text();
        auto lexicon = Lexicon::load(folder, *ontology);
        ASSERT_TRUE(lexicon.ok()) << lexicon.error().text();
        lexicon_ = new Lexicon(*std::move(lexicon));
    }
    static void TearDownTestSuite() { delete lexicon_; }

    static LinkedDocument link(const Document& document, std::vector<Join>* reasons = nullptr) {
        return Linker(*lexicon_).link(document, reasons);
    }
    static inline Lexicon* lexicon_ = nullptr;
};

TEST_F(LinkerOfShippedLexicon, JoinsANameWithItsAbbreviationInBrackets) {
    const Document d = document_with("가람테크노파크(가람TP)는 문을 열었다. 가람TP는 바쁘다.",
                                     {{"가람테크노파크", EntityType::kTechnopark}, {"가람TP", EntityType::kTechnopark}});
    const LinkedDocument linked = link(d);
    ASSERT_THAT(linked.entities, SizeIs(1));
    EXPECT_EQ(linked.entities[0].name, "가람테크노파크");
    EXPECT_THAT(linked.entities[0].aliases, Contains("가람TP"));
    EXPECT_THAT(linked.entities[0].mentions, SizeIs(3));
}

TEST_F(LinkerOfShippedLexicon, AnAbbreviationThatTheArticleExplainsIsThatNames) {
    const auto article = [&](const std::string& full) {
        Document d = document_with(full + "(KERI)는 문을 열었다. KERI는 바쁘다.", {{full, EntityType::kResearchInstitute}, {"KERI", EntityType::kResearchInstitute}});
        for (Mention& m : d.mentions) {
            if (d.view(m.span) == "KERI") m.entry = lexicon_->find("KERI")[0].entry;
        }
        return link(d);
    };
    const LinkedDocument other = article("다솜기술연구소");
    ASSERT_THAT(other.entities, SizeIs(1));
    EXPECT_EQ(other.entities[0].name, "다솜기술연구소");
    EXPECT_EQ(other.entities[0].key, "");
    EXPECT_THAT(other.entities[0].aliases, Not(Contains("한국전기연구원")));
    EXPECT_EQ(article("한국전기연구원").entities[0].key, "한국전기연구원");
}

TEST_F(LinkerOfShippedLexicon, JoinsAUniversityWithItsShortForm) {
    const Document d = document_with("새롬대학교는 크다. 새롬대가 이겼다.",
                                     {{"새롬대학교", EntityType::kUniversity}, {"새롬대", EntityType::kUniversity}});
    EXPECT_THAT(link(d).entities, SizeIs(1));
}

TEST_F(LinkerOfShippedLexicon, JoinsTheEndOfAFullerName) {
    const Document d = document_with("한빛 가온특구 혁신네트워크가 열렸다. 혁신네트워크는 열 곳이다.",
                                     {{"한빛 가온특구 혁신네트워크", EntityType::kAlliance}, {"혁신네트워크", EntityType::kAlliance}});
    std::vector<Join> reasons;
    EXPECT_THAT(link(d, &reasons).entities, SizeIs(1));
    ASSERT_THAT(reasons, SizeIs(1));
    EXPECT_EQ(reasons[0].reason, JoinReason::kEnding);
}

TEST_F(LinkerOfShippedLexicon, LeavesAnEndingAloneThatTwoNamesShare) {
    const Document d = document_with("한빛 기술지원센터와 가온 기술지원센터가 있다. 기술지원센터는 좋다.",
                                     {{"한빛 기술지원센터", EntityType::kFacility}, {"가온 기술지원센터", EntityType::kFacility},
                                      {"기술지원센터", EntityType::kFacility}});
    EXPECT_THAT(link(d).entities, SizeIs(3));
}

TEST_F(LinkerOfShippedLexicon, JoinsTheFamilyNameOfTheOnlyPersonWhoHasIt) {
    const auto person = EntityType::kPerson;
    EXPECT_THAT(link(document_with("Nam Ga-ram spoke. Nam left.", {{"Nam Ga-ram", person}, {"Nam", person}})).entities, SizeIs(1));
    EXPECT_THAT(link(document_with("Nam Ga-ram met Nam Bo-ra. Nam left.", {{"Nam Ga-ram", person}, {"Nam Bo-ra", person}, {"Nam", person}})).entities, SizeIs(3));
}

TEST_F(LinkerOfShippedLexicon, ReadsABracketInsideANameAsTheSameWordTwice) {
    const auto field = EntityType::kIndustry;
    EXPECT_THAT(link(document_with("인공두뇌(AB) 로봇을 키운다. AB 로봇은 작다. 인공두뇌 로봇이다.",
                                   {{"인공두뇌(AB) 로봇", field}, {"AB 로봇", field}, {"인공두뇌 로봇", field}})).entities, SizeIs(1));
}

TEST_F(LinkerOfShippedLexicon, LeavesTheKindOfThingOut) {
    const auto cluster = EntityType::kCluster;
    EXPECT_THAT(link(document_with("가온시티 일반산업단지가 섰다. 가온시티는 넓다.", {{"가온시티 일반산업단지", cluster}, {"가온시티", cluster}})).entities, SizeIs(1));
    const auto university = EntityType::kUniversity;
    EXPECT_THAT(link(document_with("새롬대학교 산학협력단이다. 새롬대가 왔다.", {{"새롬대학교 산학협력단", university}, {"새롬대", university}})).entities, SizeIs(1));
}

TEST_F(LinkerOfShippedLexicon, JoinsAnEventWithItsOnlyEdition) {
    const Document year = document_with("가람드론축전 2031이 열린다. 가람드론축전은 크다.", {{"가람드론축전 2031", EntityType::kProject}, {"가람드론축전", EntityType::kProject}});
    EXPECT_THAT(link(year).entities, SizeIs(1));
    const Document number = document_with("제12회 가람드론축전이 열린다. 가람드론축전은 크다.", {{"제12회 가람드론축전", EntityType::kProject}, {"가람드론축전", EntityType::kProject}});
    EXPECT_THAT(link(number).entities, SizeIs(1));
    const Document two = document_with("가람드론축전 2030과 가람드론축전 2031이 열린다. 가람드론축전은 크다.",
                                       {{"가람드론축전 2030", EntityType::kProject}, {"가람드론축전 2031", EntityType::kProject}, {"가람드론축전", EntityType::kProject}});
    EXPECT_THAT(link(two).entities, SizeIs(3));
    const Document firm = document_with("가람드론 2031이 열린다. 가람드론은 크다.", {{"가람드론 2031", EntityType::kCompany}, {"가람드론", EntityType::kCompany}});
    EXPECT_THAT(link(firm).entities, SizeIs(2));
}

TEST_F(LinkerOfShippedLexicon, NeverJoinsACompanyWithItsParentByLikeness) {
    const Document d = document_with("나래는 나래로보틱스를 세웠다.", {{"나래", EntityType::kCompany}, {"나래로보틱스", EntityType::kCompany}});
    EXPECT_THAT(link(d).entities, SizeIs(2));
}

TEST_F(LinkerOfShippedLexicon, JoinsNamesOfOneEntryAndGivesItsKey) {
    Document d = document_with("한국생산기술연구원과 생기원이다.",
                               {{"한국생산기술연구원", EntityType::kResearchInstitute}, {"생기원", EntityType::kResearchInstitute}});
    for (Mention& m : d.mentions) m.entry = lexicon_->find(d.view(m.span))[0].entry;
    const LinkedDocument linked = link(d);
    ASSERT_THAT(linked.entities, SizeIs(1));
    EXPECT_EQ(linked.entities[0].key, "한국생산기술연구원");
}

TEST_F(LinkerOfShippedLexicon, ReadsAbbreviationsMadeOfSyllables) {
    const Document d = document_with("한국가람물질연구원(가물연)은 작다. 가물연이 컸다.",
                                     {{"한국가람물질연구원", EntityType::kResearchInstitute}, {"가물연", EntityType::kResearchInstitute}});
    EXPECT_THAT(link(d).entities, SizeIs(1));
}

TEST_F(LinkerOfShippedLexicon, LeavesOutTheSignOfAFirm) {
    const Document d = document_with("㈜도담정밀이 왔다. 도담정밀은 갔다.", {{"㈜도담정밀", EntityType::kCompany}, {"도담정밀", EntityType::kCompany}});
    const LinkedDocument linked = link(d);
    ASSERT_THAT(linked.entities, SizeIs(1));
    EXPECT_THAT(linked.entities[0].aliases, Contains("도담정밀"));
}

TEST_F(LinkerOfShippedLexicon, ShowsNamesWithoutStrayBlanks) {
    const Document d = document_with("㈜ 도담정밀이 파력발전 산업을 가온  \n시험원에서 연다.",
                                     {{"㈜ 도담정밀", EntityType::kCompany}, {"파력발전 산업", EntityType::kIndustry}, {"가온  \n시험원", EntityType::kResearchInstitute}});
    const LinkedDocument linked = link(d);
    ASSERT_THAT(linked.entities, SizeIs(3));
    EXPECT_THAT(linked.entities[0].aliases, ElementsAre("도담정밀"));
    EXPECT_THAT(linked.entities[1].aliases, ElementsAre("파력발전"));
    EXPECT_EQ(linked.entities[2].name, "가온 시험원");
}

TEST_F(LinkerOfShippedLexicon, JoinsANameThatTheHeadlineShortens) {
    const Names names = {{"가람 시험센터", EntityType::kFacility}, {"가람 배터리안전시험센터", EntityType::kFacility}};
    std::vector<Join> reasons;
    const auto linked = link(document_with("누리시, 가람 시험센터에 30억 투입\n\n누리시는 5일 가람 배터리안전시험센터를 세운다고 밝혔다. 내년에 문을 연다.", names), &reasons);
    ASSERT_THAT(linked.entities, SizeIs(1));
    EXPECT_EQ(linked.entities[0].name, "가람 배터리안전시험센터");
    EXPECT_EQ(reasons.at(0).reason, JoinReason::kHeadline);
    const auto apart = link(document_with("누리시 소식\n\n누리시는 5일 가람 시험센터와 가람 배터리안전시험센터를 세운다고 밝혔다. 내년에 문을 연다.", names));
    EXPECT_THAT(apart.entities, SizeIs(2));
}

TEST_F(LinkerOfShippedLexicon, JoinsAnEnglishPlaceWithItsKind) {
    const Document d = document_with("Gaon and Gaon City are one; Hanbit Province is Hanbit.",
                                     {{"Gaon City", EntityType::kCity}, {"Gaon", EntityType::kCity}, {"Hanbit Province", EntityType::kProvince}, {"Hanbit", EntityType::kProvince}});
    EXPECT_THAT(link(d).entities, SizeIs(2));
}

TEST_F(LinkerOfShippedLexicon, JoinsAPlaceWithItsGovernment) {
    const Document d = document_with("NARAE - Narae Metropolitan City and Hanbit Provincial Government met. Narae City hosts Hanbit. Narae Metropolitan Government pays.",
                                     {{"NARAE", EntityType::kCity}, {"Narae Metropolitan City", EntityType::kCity}, {"Narae City", EntityType::kCity},
                                      {"Narae Metropolitan Government", EntityType::kCity}, {"Hanbit Provincial Government", EntityType::kProvince}, {"Hanbit", EntityType::kProvince}});
    EXPECT_THAT(link(d).entities, SizeIs(2));
}

TEST_F(LinkerOfShippedLexicon, JoinsAMinistryWithWhatItIsFor) {
    const Document d = document_with("The Ministry of Stars, Tides and Winds said so. The Korean tides ministry added that the moon ministry was silent.",
                                     {{"Ministry of Stars, Tides and Winds", EntityType::kAgency}, {"Korean tides ministry", EntityType::kAgency}, {"moon ministry", EntityType::kAgency}});
    const LinkedDocument linked = link(d);
    ASSERT_THAT(linked.entities, SizeIs(2));
    EXPECT_THAT(linked.entities[0].aliases, Contains("Korean tides ministry"));
}

TEST_F(LinkerOfShippedLexicon, JoinsACountryWithItsGovernment) {
    const Document d = document_with("가람국 정부는 웃었다. 가람국이 나래국 정부와 만났다.",
                                     {{"가람국 정부", EntityType::kAgency}, {"가람국", EntityType::kAgency}, {"나래국 정부", EntityType::kAgency}});
    EXPECT_THAT(link(d).entities, SizeIs(2));
    const Document e = document_with("The Japanese government met Japan and the Chinese government.",
                                     {{"Japanese government", EntityType::kAgency}, {"Japan", EntityType::kAgency}, {"Chinese government", EntityType::kAgency}});
    EXPECT_THAT(link(e).entities, SizeIs(2));
}

TEST_F(LinkerOfShippedLexicon, ReadsBracketsPartByPart) {
    const Document d = document_with("한빛테크노파크(한빛TP·옛 가온정보테크노파크)와 한국가람물질연구원(가물연·KGMI)이 만났다. 다솜대(총장 이가람, 누리대)도 왔다.",
                                     {{"한빛테크노파크", EntityType::kTechnopark}, {"가온정보테크노파크", EntityType::kTechnopark}, {"한국가람물질연구원", EntityType::kResearchInstitute},
                                      {"다솜대", EntityType::kUniversity}, {"누리대", EntityType::kUniversity}});
    const LinkedDocument linked = link(d);
    ASSERT_THAT(linked.entities, SizeIs(4));
    EXPECT_THAT(linked.entities[0].aliases, Contains("가온정보테크노파크"));
    EXPECT_THAT(linked.entities[1].aliases, IsSupersetOf({"가물연", "KGMI"})) << linked.entities[1].name;
}

TEST_F(LinkerOfShippedLexicon, KeepsThingsOfDifferentTypesApart) {
    const Document d = document_with("한빛시는 한빛시를 돕는다.", {{"한빛시", EntityType::kCity}});
    EXPECT_THAT(link(d).entities, SizeIs(1));
    const Document e = document_with("가온경제자유구역과 가온경제자유구역청", {{"가온경제자유구역", EntityType::kCluster}, {"가온경제자유구역청", EntityType::kAgency}});
    EXPECT_THAT(link(e).entities, SizeIs(2));
}

}  // namespace
}  // namespace maek::extract
