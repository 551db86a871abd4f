// What the tagger's spans must look like, on sentences of our own.
#include "extract/mention/repair.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace maek::extract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A sentence with what its tagger found, given as names in the order of the text.
class Sentences : public ::testing::Test {
protected:
    void SetUp() override {
        const auto cls = [](EntityType t) { return static_cast<NameClass>(t); };
        names_.add("가람도", cls(EntityType::kProvince), false, 1);
        names_.add("한빛시", cls(EntityType::kCity), false, 2);
        names_.add("로봇", cls(EntityType::kIndustry), false, 3);
        names_.add("aT", cls(EntityType::kAgency), false, 4);
        for (const char* post : {"시장", "원장", "대표", "단장", "대사", "mayor", "vice mayor"}) names_.add(post, kTitleClass, false, 0xFFFFFFFFu);
        names_.build();
    }

    // Each name found as `type`; gives "Type name" of what is left.
    std::vector<std::string> repaired(const std::string& text, EntityType type, const std::vector<std::string>& found) {
        static const std::vector<std::string> words = {"은", "는", "이", "가", "을", "를", "와", "과", "나", "에", "에서"};
        static const Particles particles(words);
        Sentence sentence;
        sentence.span = {0, static_cast<std::uint32_t>(text.size())};
        SentenceView view;
        view.prepare(text, sentence, particles, names_);
        const auto& units = view.row.units;
        std::vector<SpanDraft> spans;
        for (const std::string& name : found) {
            const std::size_t at = text.find(name);
            SpanDraft span;
            while (units[span.begin].begin < at) ++span.begin;
            for (span.end = span.begin; span.end < units.size() && units[span.end].end <= at + name.size();) ++span.end;
            span.type = type;
            span.confidence = 0.9f;
            spans.push_back(span);
        }
        repair_spans(view, spans);
        std::vector<std::string> out;
        for (const SpanDraft& s : spans) {
            const std::uint32_t begin = units[s.begin].begin, end = units[s.end - 1].end;
            out.push_back(std::string(kEntityTypeNames[static_cast<std::size_t>(s.type)]) + " " + text.substr(begin, end - begin));
        }
        return out;
    }

    NameIndex names_;
};

TEST_F(Sentences, BracketsAreClosedAndFirmsAreMarked) {
    EXPECT_THAT(repaired("㈜한빛청과, 한빛전자(주)는 디지털 정부(GovTech)를", EntityType::kCompany, {}), ElementsAre("Company 한빛청과", "Company 한빛전자"));
}

TEST_F(Sentences, AHeadOfABodyIsNoPartOfItsName) {
    EXPECT_THAT(repaired("이도윤 한빛기술연구소장은 말했다", EntityType::kResearchInstitute, {"한빛기술연구소장"}), ElementsAre("ResearchInstitute 한빛기술연구소"));
    EXPECT_THAT(repaired("가람협의회장이 말했다", EntityType::kAgency, {"가람협의회장"}), ElementsAre("Agency 가람협의회"));
    EXPECT_THAT(repaired("전략기획본부장이 말했다", EntityType::kAgency, {"전략기획본부장"}), IsEmpty());
    EXPECT_THAT(repaired("한빛공장을 지었다", EntityType::kFacility, {"한빛공장"}), ElementsAre("Facility 한빛공장"));
}

TEST_F(Sentences, TwoNamesJoinedByAParticleAreTwo) {
    EXPECT_THAT(repaired("한빛대나 가람대 학생", EntityType::kUniversity, {"한빛대나 가람대"}), ElementsAre("University 한빛대", "University 가람대"));
    EXPECT_THAT(repaired("로봇과 우주항공을", EntityType::kIndustry, {"로봇과 우주항공"}), ElementsAre("Industry 로봇", "Industry 우주항공"));
}

TEST_F(Sentences, WhereAThingStandsIsNoPartOfItsName) {
    EXPECT_THAT(repaired("가람도 한빛시에서", EntityType::kCity, {"가람도 한빛시"}), ElementsAre("Province 가람도", "City 한빛시"));
    EXPECT_THAT(repaired("주천면 한빛산업단지에", EntityType::kCluster, {"주천면 한빛산업단지"}), ElementsAre("Cluster 한빛산업단지"));
    EXPECT_THAT(repaired("산하 한빛연구소는", EntityType::kResearchInstitute, {"산하 한빛연구소"}), ElementsAre("ResearchInstitute 한빛연구소"));
}

TEST_F(Sentences, WhatDescribesANameInFrontIsNoPartOfIt) {
    EXPECT_THAT(repaired("한빛시 가온동 나래산업협동조합에서", EntityType::kAgency, {"한빛시 가온동 나래산업협동조합"}), ElementsAre("Agency 나래산업협동조합"));
    EXPECT_THAT(repaired("국가산단인 가온산단을", EntityType::kCluster, {"국가산단인 가온산단"}), ElementsAre("Cluster 가온산단"));
    EXPECT_THAT(repaired("지역소재 나래연구소는", EntityType::kResearchInstitute, {"지역소재 나래연구소"}), ElementsAre("ResearchInstitute 나래연구소"));
    // words that only end alike
    EXPECT_THAT(repaired("배터리 규제자유특구를", EntityType::kCluster, {"배터리 규제자유특구"}), ElementsAre("Cluster 배터리 규제자유특구"));
    EXPECT_THAT(repaired("청소년활동 진흥센터를", EntityType::kFacility, {"청소년활동 진흥센터"}), ElementsAre("Facility 청소년활동 진흥센터"));
    EXPECT_THAT(repaired("외국인 지원센터를", EntityType::kFacility, {"외국인 지원센터"}), ElementsAre("Facility 외국인 지원센터"));
}

TEST_F(Sentences, FirmsThatABlankSetsApartAreFirmsEach) {
    EXPECT_THAT(repaired("한빛식품 가온제과 나래유업 등 5개사를", EntityType::kCompany, {"한빛식품 가온제과 나래유업"}),
                ElementsAre("Company 한빛식품", "Company 가온제과", "Company 나래유업"));
    EXPECT_THAT(repaired("한빛식품 가온제과 2개사를", EntityType::kCompany, {"한빛식품 가온제과"}), ElementsAre("Company 한빛식품", "Company 가온제과"));
    EXPECT_THAT(repaired("한빛식품 가온제과를 세웠다", EntityType::kCompany, {"한빛식품 가온제과"}), ElementsAre("Company 한빛식품 가온제과"));
    EXPECT_THAT(repaired("가온 등 4개사가", EntityType::kCompany, {"4개사"}), IsEmpty());
}

TEST_F(Sentences, AFirmsSignOverrulesTheLookOfAName) {
    EXPECT_THAT(repaired("㈜한빛물류센터와 가온터미널㈜는", EntityType::kFacility, {"㈜한빛물류센터", "가온터미널㈜"}), ElementsAre("Company ㈜한빛물류센터", "Company 가온터미널㈜"));
    EXPECT_THAT(repaired("한빛물류센터 ㈜가온은", EntityType::kFacility, {"한빛물류센터"}), ElementsAre("Facility 한빛물류센터", "Company 가온"));
}

TEST_F(Sentences, AnEnglishTitleIsNoPartOfAPerson) {
    EXPECT_THAT(repaired("Mayor Kim met Vice Mayor Park Sun-hee", EntityType::kPerson, {"Mayor Kim", "Vice Mayor Park Sun-hee"}), ElementsAre("Person Kim", "Person Park Sun-hee"));
}

TEST_F(Sentences, APostBesideThreeSyllablesMakesThemAPerson) {
    EXPECT_THAT(repaired("한빛시(시장 김도윤)는", EntityType::kCity, {"한빛시"}), ElementsAre("City 한빛시", "Person 김도윤"));
    EXPECT_THAT(repaired("한빛전자 김도윤 대표가", EntityType::kCompany, {"한빛전자 김도윤"}), ElementsAre("Company 한빛전자", "Person 김도윤"));
    EXPECT_THAT(repaired("이도윤 정책사업단장", EntityType::kPerson, {}), ElementsAre("Person 이도윤"));
    EXPECT_THAT(repaired("유망한 사업단장", EntityType::kPerson, {}), IsEmpty());
}

TEST_F(Sentences, WhatStandsAmongFirmsIsAFirm) {
    EXPECT_THAT(repaired("한빛, 가람, 다솜, 나래 등이", EntityType::kCompany, {"한빛", "다솜"}), ElementsAre("Company 한빛", "Company 가람", "Company 다솜"));
}

TEST_F(Sentences, PlacesInARowShareTheHeadOfTheLast) {
    names_.add("나래", static_cast<NameClass>(EntityType::kCity), false, 5);
    names_.add("다솜", static_cast<NameClass>(EntityType::kCity), false, 6);
    names_.build();
    const auto spread = [&](const std::string& text) {
        static const std::vector<std::string> words = {"는", "은", "의", "와"};
        static const Particles particles(words);
        Sentence sentence;
        sentence.span = {0, static_cast<std::uint32_t>(text.size())};
        SentenceView view;
        view.prepare(text, sentence, particles, names_);
        std::vector<SpanDraft> spans;
        repair_spans(view, spans);
        std::vector<std::string> full;
        for (const SpanDraft& span : spans) full.push_back(spread_name(view, text, span));
        return full;
    };
    EXPECT_THAT(spread("한빛시·나래·다솜 연구특구는"), ElementsAre("한빛시 연구특구", "나래 연구특구", ""));
    EXPECT_THAT(spread("한빛시·나래·다솜의 기존 연구특구와 다르다"), ElementsAre("한빛시 연구특구", "나래 연구특구", "다솜 연구특구"));
    EXPECT_THAT(spread("한빛시·나래·다솜 등 지역공단은"), ElementsAre("한빛시공단", "나래공단", "다솜공단"));
    EXPECT_THAT(spread("한빛시·나래·다솜의 산업단지는"), IsEmpty());
    EXPECT_THAT(repaired("한빛시·나래연구특구는", EntityType::kCluster, {"한빛시·나래연구특구"}), ElementsAre("Cluster 한빛시·나래연구특구"));
}

TEST_F(Sentences, ShortLatinNamesMatchInTheirOwnCaseOnly) {
    SentenceView view;
    const std::string text = "aT said at At AT";
    Sentence sentence;
    sentence.span = {0, static_cast<std::uint32_t>(text.size())};
    view.prepare(text, sentence, Particles(), names_);
    ASSERT_EQ(view.matches.size(), 1u);
    EXPECT_EQ(view.matches[0].begin, 0);
}

}  // namespace
}  // namespace maek::extract
