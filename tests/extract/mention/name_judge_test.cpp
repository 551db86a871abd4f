// Candidates for names, their judge and the sharing out of places, without the shipped model.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "extract/mention/candidates.h"
#include "extract/mention/crf.h"
#include "extract/mention/name_judge.h"
#include "extract/mention/tagger.h"
#include "extract/text/prepare.h"

namespace maek::extract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Scores only(std::uint8_t label, float score) {
    Scores s{};
    s[label] = score;
    return s;
}

TEST(Chances, HoldTheSpansOfTheBestReadingWithTheirPosterior) {
    const Chain chain{Transitions{}};
    Decoder decoder(chain);
    const std::vector<Scores> scores = {only(begin_label(EntityType::kCity), 6), only(inside_label(EntityType::kCity), 6), only(kOutside, 6)};
    decoder.decode(scores);
    std::vector<SpanChance> chances;
    decoder.chances(0.3f, chances);
    ASSERT_EQ(chances.size(), 1u);
    EXPECT_EQ(chances[0].begin, 0u);
    EXPECT_EQ(chances[0].end, 2u);
    EXPECT_EQ(chances[0].type, EntityType::kCity);
    EXPECT_NEAR(chances[0].posterior, decoder.sure[0], 1e-4f);
}

TEST(Chances, HoldWhatTheBestReadingPassesOver) {
    const Chain chain{Transitions{}};
    Decoder decoder(chain);
    Scores torn = only(kOutside, 6);
    torn[begin_label(EntityType::kAgency)] = 5;
    const std::vector<Scores> scores = {torn, only(kOutside, 6)};
    decoder.decode(scores);
    EXPECT_THAT(decoder.labels, ElementsAre(kOutside, kOutside));
    std::vector<SpanChance> chances;
    decoder.chances(0.1f, chances);
    ASSERT_EQ(chances.size(), 1u);
    EXPECT_GT(chances[0].posterior, 0.2f);
    EXPECT_LT(chances[0].posterior, 0.3f);
}

TEST(FoldedLetters, LeaveOutBlanksAndSignsAndCase) {
    EXPECT_EQ(folded_letters("한빛 TP(Hanbit·TP)"), "한빛tphanbittp");
    EXPECT_EQ(folded_letters("㈜가온"), "가온");
    EXPECT_EQ(folded_letters("‘별’"), "별");
}

// What a finder gathers, given the stretches of the first sentence with a chance (their words) and known names.
struct Gathered {
    Document document;
    std::vector<NameCandidate> names;

    explicit Gathered(const std::string& text, const std::vector<std::pair<std::string, EntityType>>& chances,
                      const std::vector<std::pair<std::string, EntityType>>& known = {}) {
        Article article;
        article.text = text;
        document = prepare(article);
        NameIndex index;
        for (const auto& [name, type] : known) index.add(name, static_cast<NameClass>(type), false, 0xFFFFFFFFu);
        index.build();
        const std::vector<std::string> words = {"은", "는", "을", "를", "에"};
        const Particles particles(words);
        const std::vector<std::uint8_t> followers(words.size(), static_cast<std::uint8_t>(Follower::kTopic));
        CandidateFinder finder(document, particles, followers);
        for (std::uint32_t s = 0; s < document.sentences.size(); ++s) {
            SentenceView view;
            view.prepare(document.text, document.sentences[s], particles, index);
            std::vector<SpanChance> spans;
            for (const auto& [name, type] : chances) {
                const std::size_t at = document.text.find(name, document.sentences[s].span.begin);
                if (s > 0 || at == std::string::npos || at >= document.sentences[s].span.end) continue;
                SpanChance chance{0, 0, type, 0.6f};
                for (std::uint32_t i = 0; i < view.size(); ++i) {
                    if (view.row.units[i].begin == at) chance.begin = i;
                    if (view.row.units[i].end == at + name.size()) chance.end = i + 1;
                }
                spans.push_back(chance);
            }
            std::vector<SpanDraft> drafts;
            repair_spans(view, drafts);  // what the forms give away
            finder.take(s, view, spans, drafts);
        }
        names = finder.finish();
    }
    const NameCandidate* find(std::string_view folded) const {
        for (const NameCandidate& name : names) {
            if (name.folded == folded) return &name;
        }
        return nullptr;
    }
    float chance(std::string_view folded, EntityType type) const {
        const NameCandidate* name = find(folded);
        return name == nullptr ? -1.0f : name->places.front().chance[static_cast<std::size_t>(type)];
    }
};

TEST(Candidates, GatherThePlacesOfANameAndLookForFurtherOnes) {
    const Gathered g("한빛기구는 문을 연다.\n\n이어서 한빛기구는 사람을 뽑는다. 새한빛기구는 아니다.", {{"한빛기구", EntityType::kAgency}});
    ASSERT_NE(g.find("한빛기구"), nullptr);
    EXPECT_EQ(g.find("한빛기구")->places.size(), 2u);
    EXPECT_EQ(g.find("한빛기구")->places[0].follower, Follower::kTopic);
}

TEST(Candidates, ANameWithANameInBracketsIsTwo) {
    const Gathered g("한빛기구(HO)는 문을 연다.", {{"한빛기구(HO)", EntityType::kAgency}});
    EXPECT_NEAR(g.chance("한빛기구", EntityType::kAgency), 0.6f, 1e-4f);
    EXPECT_NEAR(g.chance("ho", EntityType::kAgency), 0.6f, 1e-4f);
    EXPECT_EQ(g.find("한빛기구ho"), nullptr);
}

TEST(Candidates, AProvinceInFrontOfATownIsANameOfItsOwn) {
    const Gathered g("가온도 나래시는 문을 연다.", {{"가온도 나래시", EntityType::kCity}},
                     {{"가온도", EntityType::kProvince}, {"나래시", EntityType::kCity}});
    EXPECT_NEAR(g.chance("가온도", EntityType::kProvince), 0.6f, 1e-4f);
    EXPECT_NEAR(g.chance("나래시", EntityType::kCity), 0.6f, 1e-4f);
}

TEST(Candidates, WhatStandsInFrontOfANameIsNoPartOfIt) {
    const Gathered g("가온도 나래시 다솜동 한빛센터를 연다.", {{"나래시 다솜동 한빛센터", EntityType::kFacility}}, {{"나래시", EntityType::kCity}});
    EXPECT_NEAR(g.chance("한빛센터", EntityType::kFacility), 0.6f, 1e-4f);
    EXPECT_EQ(g.find("나래시다솜동한빛센터"), nullptr);
}

TEST(Candidates, APlaceThatADotJoinsBelongsToTheName) {
    const Gathered g("‘가온·나래 혁신특구’를 연다.", {{"나래 혁신특구", EntityType::kCluster}}, {{"가온", EntityType::kProvince}, {"나래", EntityType::kCity}});
    EXPECT_NEAR(g.chance("가온나래혁신특구", EntityType::kCluster), 0.6f, 1e-4f);
    EXPECT_EQ(g.chance("나래혁신특구", EntityType::kCluster), -1.0f);
}

TEST(Candidates, AHyphenIsNoEndOfAName) {
    const Gathered g("Garam sells tide-related light.", {{"tide-", EntityType::kIndustry}});
    ASSERT_NE(g.find("tide"), nullptr);
    EXPECT_EQ(g.document.text.substr(g.find("tide")->places.front().span.begin, 5), "tide-");
    EXPECT_EQ(g.find("tide")->places.front().span.size(), 4u);
}

TEST(Candidates, AQuotationMarkIsTheEdgeOfAName) {
    const Gathered closed("‘한빛하나’ 사업에 참여한다.", {{"한빛하나’ 사업", EntityType::kProject}});
    EXPECT_NEAR(closed.chance("한빛하나", EntityType::kProject), 0.6f, 1e-4f);
    EXPECT_EQ(closed.find("한빛하나사업"), nullptr);
    const Gathered open("사내 ‘한빛하나 사업’에 참여한다.", {{"사내 ‘한빛하나 사업", EntityType::kProject}});
    EXPECT_NEAR(open.chance("한빛하나사업", EntityType::kProject), 0.6f, 1e-4f);
    const Gathered apostrophe("Hanbit’s Garam Center opens.", {{"Hanbit’s Garam Center", EntityType::kFacility}});
    EXPECT_NEAR(apostrophe.chance("hanbitsgaramcenter", EntityType::kFacility), 0.6f, 1e-4f);
}

TEST(Candidates, AQuotationBeforeAKindMayBeAName) {
    const Gathered g("‘한빛 나눔’ 제도와 ‘그렇다’는 말.", {});
    ASSERT_NE(g.find("한빛나눔"), nullptr);
    EXPECT_NE(g.find("한빛나눔")->places.front().hints & (1u << static_cast<unsigned>(EntityType::kProject)), 0);
    EXPECT_EQ(g.find("그렇다"), nullptr);
}

TEST(Candidates, AnEnglishRowWithAKindMayBeAName) {
    const Gathered g("He visited Garam Techno Valley in May.", {});
    ASSERT_NE(g.find("garamtechnovalley"), nullptr);
    EXPECT_NE(g.find("garamtechnovalley")->places.front().hints & (1u << static_cast<unsigned>(EntityType::kCluster)), 0);
}

TEST(Candidates, ANameByADotVouchesForItsNeighbour) {
    const Gathered g("가온정보·나래테크 컨소시엄이 나선다.", {{"가온정보", EntityType::kCompany}});
    ASSERT_NE(g.find("나래테크"), nullptr);
    EXPECT_NE(g.find("나래테크")->places.front().hints & (1u << static_cast<unsigned>(EntityType::kCompany)), 0);
    const Gathered field("가온정보·나래테크 컨소시엄이 나선다.", {{"가온정보", EntityType::kIndustry}});
    EXPECT_EQ(field.find("나래테크"), nullptr);
}

TEST(Candidates, TheKnownWordsThatBeginAndEndANameAreNoted) {
    const Gathered g("한빛하늘 시범센터를 연다.", {{"한빛하늘 시범센터", EntityType::kFacility}}, {{"한빛", EntityType::kCity}, {"시범센터", EntityType::kFacility}, {"센터", EntityType::kAgency}});
    ASSERT_NE(g.find("한빛하늘시범센터"), nullptr);
    const NamePlace& place = g.find("한빛하늘시범센터")->places.front();
    EXPECT_EQ(place.head_classes, std::uint64_t{1} << static_cast<unsigned>(EntityType::kFacility));
    EXPECT_EQ(place.first_classes, std::uint64_t{1} << static_cast<unsigned>(EntityType::kCity));
    EXPECT_EQ(place.classes, 0u);
}

TEST(Candidates, AFirmsSignAtOnePlaceMakesAFirmOfAll) {
    const Gathered g("한빛물류센터를 연다.\n\n㈜한빛물류센터는 웃었다.", {{"한빛물류센터", EntityType::kFacility}});
    EXPECT_NEAR(g.chance("한빛물류센터", EntityType::kCompany), 0.6f, 1e-4f);
    EXPECT_NEAR(g.chance("한빛물류센터", EntityType::kFacility), 0.0f, 1e-4f);
}

TEST(Candidates, PlacesThatShareAHeadGiveItTheirChance) {
    const Gathered g("가온·나래·다솜 연구특구를 연다.", {{"가온", EntityType::kCity}},
                     {{"가온", EntityType::kCity}, {"나래", EntityType::kCity}, {"다솜", EntityType::kCity}});
    EXPECT_NEAR(g.chance("가온연구특구", EntityType::kCluster), 0.6f, 1e-4f);
    EXPECT_NEAR(g.chance("가온", EntityType::kCity), 0.0f, 1e-4f);
}

TEST(Candidates, WordsInTheNameOfAClusterMayBeAField) {
    const Gathered g("나래 별빛농업 특구를 연다.", {{"나래 별빛농업 특구", EntityType::kCluster}});
    ASSERT_NE(g.find("별빛농업"), nullptr);
    EXPECT_NE(g.find("별빛농업")->places.front().hints & (1u << static_cast<unsigned>(EntityType::kIndustry)), 0);
}

NameMemory::Item item(std::uint32_t key, int odds) { return {key, static_cast<std::int8_t>(odds), 3}; }

Forest stump() {
    Forest forest;
    forest.bias = -2;
    forest.trees.push_back({{0, 1, 2, 0.5f}, {-1, 0, 0, -1.0f}, {-1, 0, 0, 4.0f}});
    return forest;
}

// Trusts the first forest.
Forest second_stump() {
    Forest forest;
    forest.bias = -1;
    forest.trees.push_back({{static_cast<std::int16_t>(kFirstNumbers), 1, 2, 0.5f}, {-1, 0, 0, -2.0f}, {-1, 0, 0, 3.0f}});
    return forest;
}

std::array<float, kEntityTypes> all(float threshold) {
    std::array<float, kEntityTypes> out;
    out.fill(threshold);
    return out;
}

TEST(NameMemory, FindsWhatItWasGiven) {
    const NameMemory memory({item(0xFFFFFFFF, 5), item(7, -3), item(0x80000000, 1)});
    ASSERT_NE(memory.find(7), nullptr);
    EXPECT_EQ(memory.find(7)->odds, -3);
    ASSERT_NE(memory.find(0xFFFFFFFF), nullptr);
    EXPECT_EQ(memory.find(8), nullptr);
}

TEST(NameJudge, IsReadAsItWasWrittenAndNeverCut) {
    const std::string bytes = NameJudge::write(stump(), second_stump(), NameMemory({item(7, -3), item(9, 2)}), all(0.4f));
    NameJudge judge;
    ASSERT_TRUE(judge.read(bytes));
    EXPECT_FALSE(judge.empty());
    EXPECT_EQ(judge.thresholds()[3], 0.4f);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        NameJudge other;
        EXPECT_FALSE(other.read(std::string_view(bytes).substr(0, size))) << size;
    }
}

TEST(NameJudge, GivesTheChanceThatItsTreesSay) {
    NameJudge judge;
    ASSERT_TRUE(judge.read(NameJudge::write(stump(), second_stump(), NameMemory(), all(0.4f))));
    NameCandidate name;
    name.folded = "한빛";
    name.places.resize(1);
    NameQuestions questions;
    questions.rows.resize(2);
    questions.rows[0].type = EntityType::kCity;
    questions.rows[1].type = EntityType::kPerson;
    questions.rows[0].numbers[0] = 0.9f;
    questions.rows[1].numbers[0] = 0.1f;
    judge.judge({name}, questions);
    EXPECT_NEAR(questions.rows[0].chance, 0.881f, 0.01f);
    EXPECT_NEAR(questions.rows[1].chance, 0.047f, 0.01f);
}

struct Shared {
    Document document;
    std::vector<NameCandidate> names;
    std::vector<NameRow> rows;

    explicit Shared(std::string text) {
        Article article;
        article.text = std::move(text);
        document = prepare(article);
    }
    void add(const std::string& name, EntityType type, float chance) {
        NameCandidate candidate;
        candidate.folded = folded_letters(name);
        for (std::size_t at = document.text.find(name); at != std::string::npos; at = document.text.find(name, at + 1)) {
            NamePlace place;
            place.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + name.size())};
            place.sentence = document.sentence_at(place.span.begin);
            place.chance[static_cast<std::size_t>(type)] = chance;
            candidate.places.push_back(place);
        }
        NameRow row;
        row.candidate = static_cast<std::uint32_t>(names.size());
        row.type = type;
        row.chance = chance;
        names.push_back(std::move(candidate));
        rows.push_back(row);
    }
    std::vector<std::string> mentions(float threshold, Doubt doubt = {}) {
        share_places(document, names, rows, all(threshold), doubt);
        std::vector<std::string> out;
        for (const Mention& m : document.mentions) out.emplace_back(document.view(m.span));
        return out;
    }
};

TEST(SharePlaces, GivesAPlaceToTheSurerOfTwoNames) {
    Shared s("가온시는 가온시 혁신센터를 연다. 가온시가 밝혔다.");
    s.add("가온시", EntityType::kCity, 0.6f);
    s.add("가온시 혁신센터", EntityType::kFacility, 0.8f);
    EXPECT_THAT(s.mentions(0.4f), ElementsAre("가온시", "가온시 혁신센터", "가온시"));
}

TEST(SharePlaces, DropsNamesBelowTheThreshold) {
    Shared s("가온시는 사업을 벌인다.");
    s.add("가온시", EntityType::kCity, 0.3f);
    EXPECT_THAT(s.mentions(0.4f), IsEmpty());
    EXPECT_THAT(s.mentions(0.2f), ElementsAre("가온시"));
}

TEST(SharePlaces, KeepsTheSurestDoubtfulNamesWhereSureOnesLeaveRoom) {
    Shared s("가온시는 로봇 사업과 드론을 벌인다.");
    s.add("가온시", EntityType::kCity, 0.5f);
    s.add("가온시는", EntityType::kAgency, 0.39f);
    s.add("로봇 사업", EntityType::kProject, 0.3f);
    s.add("드론", EntityType::kIndustry, 0.2f);
    EXPECT_THAT(s.mentions(0.4f, {0.1f, 9}), ElementsAre("가온시", "로봇 사업", "드론"));
    EXPECT_FALSE(s.document.mentions[0].doubtful);
    EXPECT_TRUE(s.document.mentions[1].doubtful);
    EXPECT_THAT(s.mentions(0.4f, {0.25f, 9}), ElementsAre("가온시", "로봇 사업"));
    EXPECT_THAT(s.mentions(0.4f, {0.1f, 2}), ElementsAre("가온시", "로봇 사업"));
}

TEST(Bundle, HoldsWeightsAndJudge) {
    const std::string bytes = Tagger::bundle("weights", "judge");
    EXPECT_TRUE(bytes.starts_with("MAEKTAG1"));
    EXPECT_TRUE(bytes.ends_with("weightsjudge"));
}

}  // namespace
}  // namespace maek::extract
