// What a sentence denies, and what only looks like a denial. Sentences and names are our own.
#include "extract/relation/polarity.h"

#include "tests/extract/relation/relation_fixture.h"

namespace maek::extract {
namespace {

class PolarityOf : public RelationFixture {
protected:
    // Does the first sentence deny the relation of its two names (the first two, or those given)?
    bool denied(RelationKind kind, const std::string& text, const std::string& a = "한빛시", const std::string& b = "가온대학교") {
        read(text, {{"한빛시", EntityType::kCity}, {"가온대학교", EntityType::kUniversity}, {"누리연구원", EntityType::kResearchInstitute},
                    {"다솜 협의회", EntityType::kAlliance}, {"누리센터", EntityType::kFacility}});
        return asked(kind, a, b);
    }
    bool denied_english(RelationKind kind, const std::string& text) {
        read(text, {{"Hanbit City", EntityType::kCity}, {"Gaon University", EntityType::kUniversity}, {"Nuri Institute", EntityType::kResearchInstitute},
                    {"Dasom Alliance", EntityType::kAlliance}});
        document_.korean = document_.sentences[0].korean = false;
        return asked(kind, "Hanbit City", text.find("Dasom") == std::string::npos ? "Gaon University" : "Dasom Alliance");
    }
    bool asked(RelationKind kind, const std::string& a, const std::string& b) {
        const auto references = find_references(document_, linked_, words_->reference_heads());
        SceneBuilder builder(document_, linked_, references, *words_);
        Running running;
        Scene scene;
        builder.build(0, running, scene);
        Polarity polarity;
        polarity.read(document_.text, *words_, scene);
        std::size_t first = 99, second = 99;
        for (std::size_t i = 0; i < scene.occurrences.size(); ++i) {
            if (scene.occurrences[i].left_out()) continue;
            if (document_.view(scene.occurrences[i].span) == a) first = i;
            if (document_.view(scene.occurrences[i].span) == b) second = i;
        }
        if (first == 99 || second == 99) {
            ADD_FAILURE() << "a name is missing: " << document_.text;
            return false;
        }
        return (polarity.denied(first, second) >> static_cast<unsigned>(kind) & 1u) != 0;
    }
};

TEST_F(PolarityOf, EachPartyHasItsOwnObject) {
    const std::string turns = "한빛시는 누리센터를, 가온대학교는 다솜 협의회를 맡는다.";
    EXPECT_TRUE(denied(RelationKind::kLeads, turns, "한빛시", "다솜 협의회"));
    EXPECT_TRUE(denied(RelationKind::kLeads, turns, "가온대학교", "누리센터"));
    EXPECT_FALSE(denied(RelationKind::kLeads, turns, "한빛시", "누리센터"));
    EXPECT_FALSE(denied(RelationKind::kLeads, turns, "가온대학교", "다솜 협의회"));
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, turns, "한빛시", "가온대학교"));
    EXPECT_FALSE(denied(RelationKind::kLeads, "한빛시는 누리센터를 짓고, 가온대학교는 다솜 협의회를 맡는다.", "한빛시", "다솜 협의회"));
}

TEST_F(PolarityOf, WhoIsNoPartyIsNoPartner) {
    EXPECT_TRUE(denied(RelationKind::kPartnersWith, "한빛시와 가온대학교는 이번 협약의 서명 주체가 아니라 손님이다."));
    EXPECT_TRUE(denied(RelationKind::kPartnersWith, "한빛시와 가온대학교는 협약 당사자가 아니다."));
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, "한빛시와 가온대학교는 협약을 맺었고 비용이 문제가 아니라고 했다."));
}

TEST_F(PolarityOf, CompanionsThatAgreeOneByOneAreNoPartnersOfOneAnother) {
    const std::string each = "한빛시는 가온대학교, 누리연구원과 각각 업무협약을 맺었다.";
    EXPECT_TRUE(denied(RelationKind::kPartnersWith, each, "가온대학교", "누리연구원"));
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, each, "한빛시", "가온대학교"));
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, "한빛시는 가온대학교, 누리연구원과 업무협약을 맺었다.", "가온대학교", "누리연구원"));
    const std::string phrases = "한빛시는 가온대학교와는 연구를, 누리연구원과는 실증을 놓고 각각 협약했다.";
    EXPECT_TRUE(denied(RelationKind::kPartnersWith, phrases, "가온대학교", "누리연구원"));
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, "한빛시와 가온대학교는 누리연구원과 각각 협약했다.", "한빛시", "누리연구원"));
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, "한빛시는 가온대학교, 누리연구원과 협약을 맺고 10억원씩을 각각 낸다.", "가온대학교", "누리연구원"));
}

TEST_F(PolarityOf, AnAgreementThatWasNeverMadeIsDenied) {
    for (const char* text : {"한빛시는 가온대학교와 업무협약을 맺은 적이 없다고 밝혔다.", "한빛시는 가온대학교와 협약을 체결하지 않기로 했다.",
                             "한빛시는 가온대학교와 협약을 체결한 사실이 없다고 해명했다.", "한빛시는 가온대학교와 업무협약을 맺지 못했다.",
                             "한빛시는 가온대학교와 업무협약을 체결할 계획이 없다고 말했다.", "한빛시는 가온대학교와 협약을 맺었다는 보도를 부인했다."}) {
        EXPECT_TRUE(denied(RelationKind::kPartnersWith, text)) << text;
    }
}

TEST_F(PolarityOf, AnAgreementThatEndedOrFailedIsDenied) {
    for (const char* text : {"한빛시는 가온대학교와 맺은 업무협약을 해지했다고 밝혔다.", "한빛시와 가온대학교의 업무협약 체결이 무산됐다.",
                             "한빛시와 가온대학교는 협약을 파기하기로 했다.", "한빛시는 가온대학교와의 협력을 중단한다고 밝혔다.",
                             "한빛시는 가온대학교의 협력 제안을 거절했다.", "한빛시, 가온대학교와 업무협약 해지",
                             "한빛시는 12일 가온대학교에 업무협약 해지를 통보했다.", "한빛시는 가온대학교와 협의를 거쳐 협약을 체결하지 않기로 했다."}) {
        EXPECT_TRUE(denied(RelationKind::kPartnersWith, text)) << text;
    }
}

TEST_F(PolarityOf, MoneyThatIsRefusedOrCutIsDenied) {
    for (const char* text : {"한빛시는 가온대학교에 20억원을 지원하지 않기로 했다.", "한빛시는 가온대학교에 주던 예산 20억원을 전액 삭감했다.",
                             "한빛시는 가온대학교 지원을 중단했다.", "한빛시 가온대학교 지원 예산이 전액 삭감됐다."}) {
        EXPECT_TRUE(denied(RelationKind::kFunds, text)) << text;
    }
}

TEST_F(PolarityOf, WhoLeavesOrStaysAwayIsNoMember) {
    for (const char* text : {"한빛시는 다솜 협의회에서 탈퇴했다.", "한빛시는 다솜 협의회에 참여하지 않기로 했다.", "한빛시는 다솜 협의회 가입을 철회했다.",
                             "한빛시는 다솜 협의회에서 제외됐다."}) {
        EXPECT_TRUE(denied(RelationKind::kMemberOf, text, "한빛시", "다솜 협의회")) << text;
    }
}

TEST_F(PolarityOf, TwiceNoIsNoDenial) {
    EXPECT_FALSE(denied(RelationKind::kFunds, "한빛시는 가온대학교에 지원을 아끼지 않겠다고 밝혔다."));
    EXPECT_FALSE(denied(RelationKind::kFunds, "한빛시는 가온대학교 지원을 중단하지 않기로 했다."));
    EXPECT_FALSE(denied(RelationKind::kFunds, "한빛시는 가온대학교 지원이 중단되지 않도록 10억원을 지원한다."));
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, "한빛시는 가온대학교와 협약을 체결했을 뿐 아니라 인력도 나눈다."));
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, "한빛시는 가온대학교와 중단 없이 협력한다."));
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, "한빛시는 가온대학교와 협약을 체결하지 않을 수 없었다."));
}

TEST_F(PolarityOf, ADenialOfSomethingElseLeavesTheRest) {
    const char* text = "한빛시는 가온대학교와 협약을 체결하고 누리연구원과는 협약을 체결하지 않기로 했다.";
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, text));
    EXPECT_TRUE(denied(RelationKind::kPartnersWith, text, "한빛시", "누리연구원"));
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, "한빛시는 예산을 삭감하고 가온대학교와 협약을 체결했다."));
    EXPECT_FALSE(denied(RelationKind::kFunds, "한빛시는 협약을 맺지 않은 기업 대신 가온대학교에 10억원을 지원했다."));
    EXPECT_FALSE(denied(RelationKind::kFunds, "한빛시는 삭감된 예산 대신 가온대학교에 10억원을 지원했다."));
}

TEST_F(PolarityOf, WhatIsDoneAfterAllIsNoDenial) {
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, "한빛시는 가온대학교와 해지된 협약을 다시 체결했다."));
    EXPECT_FALSE(denied(RelationKind::kPartnersWith, "한빛시는 가온대학교와 협약을 해지한 뒤 다시 체결했다."));
    EXPECT_FALSE(denied(RelationKind::kMemberOf, "한빛시는 그동안 다솜 협의회에 참여하지 않았으나 이번에 가입했다.", "한빛시", "다솜 협의회"));
    EXPECT_FALSE(denied(RelationKind::kFunds, "한빛시는 약속을 지키지 않으면 가온대학교 지원을 취소할 수 있다."));
}

TEST_F(PolarityOf, WhoOnlyDoesSomethingPaysForNothing) {
    EXPECT_TRUE(denied_english(RelationKind::kFunds, "Gaon University pays 24 billion won for a garden that is operated by Hanbit City."));
    EXPECT_FALSE(denied_english(RelationKind::kLeads, "Gaon University pays 24 billion won for a garden that is operated by Hanbit City."));
    EXPECT_FALSE(denied_english(RelationKind::kFunds, "A garden of Gaon University is funded by Hanbit City."));
    EXPECT_FALSE(denied_english(RelationKind::kFunds, "Hanbit City pays for Gaon University."));
}

TEST_F(PolarityOf, EnglishDenialsAreRead) {
    for (const char* text : {"Hanbit City did not sign an agreement with Gaon University.", "Hanbit City denied that it had signed an MOU with Gaon University.",
                             "Hanbit City scrapped its agreement with Gaon University.", "The agreement between Hanbit City and Gaon University was cancelled.",
                             "Hanbit City rejected a partnership with Gaon University.", "Hanbit City failed to sign a pact with Gaon University."}) {
        EXPECT_TRUE(denied_english(RelationKind::kPartnersWith, text)) << text;
    }
    EXPECT_TRUE(denied_english(RelationKind::kFunds, "Hanbit City will not fund Gaon University."));
    EXPECT_TRUE(denied_english(RelationKind::kMemberOf, "Hanbit City withdrew from the Dasom Alliance."));
    EXPECT_FALSE(denied_english(RelationKind::kPartnersWith, "Hanbit City signed an agreement with Gaon University, but did not join the group."));
    EXPECT_FALSE(denied_english(RelationKind::kPartnersWith, "Hanbit City did not only sign an agreement with Gaon University."));
    EXPECT_FALSE(denied_english(RelationKind::kPartnersWith, "The deal was cancelled, but Hanbit City는 Gaon University와 signed an agreement."));
}

}  // namespace
}  // namespace maek::extract
