#include "extract/relation/decide.h"

#include <gmock/gmock.h>

namespace maek::extract {
namespace {

using ::testing::ElementsAre;

Judged fact(RelationKind kind, std::uint32_t source, std::uint32_t target, std::uint32_t sentence, bool target_left_out = false) {
    Judged judged;
    judged.relation.kind = kind;
    judged.relation.source = source;
    judged.relation.target = target;
    judged.relation.sentence = sentence;
    judged.target_left_out = target_left_out;
    return judged;
}

std::vector<std::uint32_t> targets(std::vector<Judged> facts) {
    std::vector<std::uint32_t> out;
    for (const Judged& judged : without_contradictions(std::move(facts))) out.push_back(judged.relation.target);
    return out;
}

TEST(Decide, WhatASentenceNamesIsMeantAndNotWhatItLeavesOut) {
    EXPECT_THAT(targets({fact(RelationKind::kFunds, 0, 1, 5), fact(RelationKind::kFunds, 0, 2, 5, true)}), ElementsAre(1));
    EXPECT_THAT(targets({fact(RelationKind::kFunds, 0, 2, 5, true), fact(RelationKind::kFunds, 0, 1, 5)}), ElementsAre(2, 1));  // it was the surer one
    EXPECT_THAT(targets({fact(RelationKind::kFunds, 0, 1, 5), fact(RelationKind::kFunds, 0, 2, 6, true)}), ElementsAre(1, 2));
    EXPECT_THAT(targets({fact(RelationKind::kFunds, 0, 1, 5), fact(RelationKind::kFunds, 3, 2, 5, true)}), ElementsAre(1, 2));
    EXPECT_THAT(targets({fact(RelationKind::kFunds, 0, 1, 5), fact(RelationKind::kFunds, 0, 2, 5)}), ElementsAre(1, 2));
    EXPECT_THAT(targets({fact(RelationKind::kMemberOf, 0, 1, 5), fact(RelationKind::kMemberOf, 0, 2, 5, true)}), ElementsAre(1, 2));
}

TEST(Decide, LeadingExcludesTakingPart) {
    EXPECT_THAT(targets({fact(RelationKind::kLeads, 0, 1, 5), fact(RelationKind::kParticipatesIn, 0, 1, 6), fact(RelationKind::kParticipatesIn, 0, 2, 6)}), ElementsAre(1, 2));
}

TEST(Decide, ThePlaceInsideAnotherSaysEnough) {
    EXPECT_THAT(targets({fact(RelationKind::kPartOf, 1, 2, 3), fact(RelationKind::kLocatedIn, 0, 1, 5), fact(RelationKind::kLocatedIn, 0, 2, 5)}), ElementsAre(2, 1));
}

}  // namespace
}  // namespace maek::extract
