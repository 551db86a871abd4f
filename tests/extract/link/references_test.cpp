#include "extract/link/references.h"

#include <gmock/gmock.h>

#include "tests/extract/article_text.h"

namespace maek::extract {
namespace {

using ::testing::SizeIs;

const std::vector<std::string> kHeads = {"시", "도", "군", "센터", "협의체", "재단"};

// Each name is an entity of its own.
LinkedDocument link_plainly(Document& document) {
    LinkedDocument linked;
    for (std::uint32_t m = 0; m < document.mentions.size(); ++m) {
        const std::string name(document.view(document.mentions[m].span));
        std::uint32_t e = 0;
        while (e < linked.entities.size() && linked.entities[e].name != name) ++e;
        if (e == linked.entities.size()) {
            DocumentEntity entity;
            entity.type = document.mentions[m].type;
            entity.name = name;
            linked.entities.push_back(entity);
        }
        linked.entities[e].mentions.push_back(m);
        linked.entity_of.push_back(e);
    }
    return linked;
}

std::vector<std::string> referents(Document document) {
    const LinkedDocument linked = link_plainly(document);
    std::vector<std::string> out;
    for (const Reference& r : find_references(document, linked, kHeads)) out.push_back(linked.entities[r.entity].name);
    return out;
}

TEST(References, TakeTheBareCityForTheCityOfTheArticle) {
    EXPECT_THAT(referents(document_with("한빛시가 나섰다. 시는 길을 넓힌다고 했다.", {{"한빛시", EntityType::kCity}})),
                ::testing::ElementsAre("한빛시"));
}

TEST(References, TakeTheCentreLastSpokenOf) {
    EXPECT_THAT(referents(document_with("가온센터가 섰고 누리센터가 섰다. 센터는 작다.",
                                        {{"가온센터", EntityType::kFacility}, {"누리센터", EntityType::kFacility}})),
                ::testing::ElementsAre("누리센터"));
}

TEST(References, TakeTwoBodiesForTheLastTwo) {
    EXPECT_THAT(referents(document_with("가온대와 누리공사가 만났다. 두 기관은 함께 간다.",
                                        {{"가온대", EntityType::kUniversity}, {"누리공사", EntityType::kAgency}})),
                ::testing::ElementsAre("가온대", "누리공사"));
}

TEST(References, TakeAsManyOfAKindAsAreCounted) {
    const std::vector<std::pair<std::string, EntityType>> names = {{"한빛시", EntityType::kCity}, {"가온대", EntityType::kUniversity}, {"누리대", EntityType::kUniversity},
                                                                   {"다솜대", EntityType::kUniversity}, {"나래센터", EntityType::kFacility}};
    EXPECT_THAT(referents(document_with("가온대·누리대·다솜대가 한빛시와 만났다. 세 대학은 함께 간다.", names)), ::testing::ElementsAre("가온대", "누리대", "다솜대"));
    EXPECT_THAT(referents(document_with("가온대·누리대·다솜대가 한빛시와 만났다. 4개 기관은 함께 간다.", names)), ::testing::ElementsAre("가온대", "누리대", "다솜대", "한빛시"));
    EXPECT_THAT(referents(document_with("가온대·누리대가 한빛시와 만났다. 여섯 대학은 함께 간다.", names)), SizeIs(0));
    EXPECT_THAT(referents(document_with("가온대·누리대가 만났다. 나머지 두 대학은 오지 않았다. 전국 2개 대학이 그렇다.", names)), SizeIs(0));
    EXPECT_THAT(referents(document_with("가온대·누리대가 만났다. 두 대학생은 웃었다.", names)), SizeIs(0));
}

TEST(References, ADemonstrativeMeansTheThingOfItsKindSpokenOfLast) {
    const std::vector<std::pair<std::string, EntityType>> names = {{"한빛드론쇼", EntityType::kProject}, {"가온대", EntityType::kUniversity}};
    EXPECT_THAT(referents(document_with("한빛드론쇼가 열린다. 이번 행사에는 가온대가 나온다.", names)), ::testing::ElementsAre("한빛드론쇼"));
    EXPECT_THAT(referents(document_with("한빛드론쇼가 열린다. 다른 행사에는 가온대가 나온다.", names)), SizeIs(0));
    EXPECT_THAT(referents(document_with("한빛드론쇼가 열린다. 이번 시설에는 가온대가 나온다.", names)), SizeIs(0));
    EXPECT_THAT(referents(document_with("이번 행사에는 가온대가 나온다. 한빛드론쇼가 열린다.", names)), SizeIs(0));
}

TEST(References, TakeTheEndOfANameForIt) {
    const std::vector<std::pair<std::string, EntityType>> names = {{"한빛배터리평가센터", EntityType::kFacility}, {"누리분석센터", EntityType::kFacility}};
    EXPECT_THAT(referents(document_with("한빛배터리평가센터와 누리분석센터가 섰다. 평가센터는 작다.", names)), ::testing::ElementsAre("한빛배터리평가센터"));
    EXPECT_THAT(referents(document_with("한빛배터리평가센터와 누리분석센터가 섰다. 의료센터는 없다.", names)), SizeIs(0));
}

TEST(References, ABareGovernmentCountsInAListAndBeforeWhatItPays) {
    const std::vector<std::pair<std::string, EntityType>> names = {{"한빛도", EntityType::kProvince}, {"가온청", EntityType::kAgency}};
    EXPECT_THAT(referents(document_with("한빛도가 나섰다. 가온청, 도, 누리재단이 모였다.", names)), ::testing::ElementsAre("한빛도"));
    EXPECT_THAT(referents(document_with("한빛도가 나섰다. 국비 20억원, 도 60억원이 든다.", names)), ::testing::ElementsAre("한빛도"));
    EXPECT_THAT(referents(document_with("한빛도가 나섰다. 영상 20도, 도 넘은 일이다.", names)), SizeIs(0));
}

TEST(References, AreNoWordsThatOnlyBeginLikeThem) {
    EXPECT_THAT(referents(document_with("한빛시가 나섰다. 시장은 웃었다. 시설도 좋다. 도로가 넓다.", {{"한빛시", EntityType::kCity}})), SizeIs(0));
}

// As referents(), the entity having other names besides.
std::vector<std::string> referents_of(Document document, const std::string& name, std::vector<std::string> aliases) {
    LinkedDocument linked = link_plainly(document);
    for (DocumentEntity& entity : linked.entities) {
        if (entity.name == name) entity.aliases = aliases;
    }
    std::vector<std::string> out;
    for (const Reference& r : find_references(document, linked, kHeads)) out.push_back(linked.entities[r.entity].name + " " + std::string(document.view(r.span)));
    return out;
}

TEST(References, ThePostBesideAPersonHoldsTheBody) {
    EXPECT_THAT(referents_of(document_with("한빛광역시가 나섰다. 장하늘 한빛시장은 웃었다. 한빛시장에는 사람이 많다.", {{"한빛광역시", EntityType::kCity}, {"장하늘", EntityType::kPerson}}),
                             "한빛광역시", {"한빛", "한빛시"}),
                ::testing::ElementsAre("한빛광역시 한빛"));
    EXPECT_THAT(referents_of(document_with("한국가온청이 나섰다. 가온청장 장하늘 씨는 웃었다.", {{"한국가온청", EntityType::kAgency}, {"장하늘", EntityType::kPerson}}), "한국가온청", {"가온청"}),
                ::testing::ElementsAre("한국가온청 가온청"));
}

TEST(References, ABareGovernmentBeforeAnOfficialIsThatOfTheArticle) {
    EXPECT_THAT(referents(document_with("한빛시가 나섰다. 장하늘 시 미래산업국장은 웃었다. 시 외곽은 조용하다.", {{"한빛시", EntityType::kCity}, {"장하늘", EntityType::kPerson}})),
                ::testing::ElementsAre("한빛시"));
}

TEST(References, AMinisterHoldsTheMinistry) {
    EXPECT_THAT(referents(document_with("The Ministry of Tides and Winds said so. Tides Minister Jang Ha-neul and Moon Minister Lee Ga-ram met.",
                                        {{"Ministry of Tides and Winds", EntityType::kAgency}, {"Jang Ha-neul", EntityType::kPerson}, {"Lee Ga-ram", EntityType::kPerson}})),
                ::testing::ElementsAre("Ministry of Tides and Winds"));
}

TEST(References, NeedAThingSpokenOfBefore) {
    EXPECT_THAT(referents(document_with("시는 길을 넓힌다. 한빛시가 나섰다.", {{"한빛시", EntityType::kCity}})), SizeIs(0));
}

TEST(References, ReadTheDefiniteArticleInEnglish) {
    EXPECT_THAT(referents(document_with("Gaon University opened a lab. The university hired ten people.", {{"Gaon University", EntityType::kUniversity}})),
                ::testing::ElementsAre("Gaon University"));
}

}  // namespace
}  // namespace maek::extract
