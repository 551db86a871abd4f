// What the form of a name says of its type. Names are our own.
#include "extract/mention/types_by_form.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace maek::extract {
namespace {

class TypesByForm : public testing::Test {
protected:
    std::uint32_t name(const std::string& letters, EntityType type, float chance) {
        NameCandidate candidate;
        candidate.folded = letters;
        candidate.places.emplace_back();
        names_.push_back(candidate);
        const auto at = static_cast<std::uint32_t>(names_.size() - 1);
        row(at, type, chance);
        return at;
    }
    void row(std::uint32_t candidate, EntityType type, float chance) {
        NameRow one;
        one.candidate = candidate;
        one.type = type;
        one.chance = chance;
        questions_.rows.push_back(one);
    }
    // The surest type after the settlement.
    EntityType type_of(std::uint32_t candidate) const {
        const NameRow* best = nullptr;
        for (const NameRow& one : questions_.rows) {
            if (one.candidate == candidate && (best == nullptr || one.chance > best->chance)) best = &one;
        }
        return best->type;
    }
    float chance_of(std::uint32_t candidate) const {
        float best = 0;
        for (const NameRow& one : questions_.rows) best = one.candidate == candidate ? std::max(best, one.chance) : best;
        return best;
    }
    void settle() { settle_types_by_form(names_, questions_); }

    std::vector<NameCandidate> names_;
    NameQuestions questions_;
};

TEST_F(TypesByForm, APlaceIsKnownByTheNamesThatBeginWithItsStem) {
    const auto city = name("솔빛시", EntityType::kCompany, 0.5f);
    row(city, EntityType::kCity, 0.1f);
    name("솔빛국가산업단지", EntityType::kCluster, 0.9f);
    settle();
    EXPECT_EQ(type_of(city), EntityType::kCity);
    EXPECT_NEAR(chance_of(city), 0.6f, 1e-4f);
}

TEST_F(TypesByForm, AFirmThatEndsLikeAPlaceStaysAFirm) {
    const auto firm = name("웹누시", EntityType::kCompany, 0.9f);
    name("솔빛국가산업단지", EntityType::kCluster, 0.9f);
    settle();
    EXPECT_EQ(type_of(firm), EntityType::kCompany);
}

TEST_F(TypesByForm, InAnEnumerationWithAPlaceItIsOne) {
    const auto city = name("솔빛시", EntityType::kCity, 0.8f);
    const auto province = name("해오름도", EntityType::kCompany, 0.5f);
    questions_.links.listed.emplace_back(city, province);
    settle();
    EXPECT_EQ(type_of(province), EntityType::kProvince);
}

TEST_F(TypesByForm, AUniversityIsNoFirmAndATechnoparkNoBuilding) {
    const auto university = name("해오름대학교", EntityType::kCompany, 0.7f);
    const auto park = name("한빛테크노파크", EntityType::kFacility, 0.7f);
    settle();
    EXPECT_EQ(type_of(university), EntityType::kUniversity);
    EXPECT_EQ(type_of(park), EntityType::kTechnopark);
}

TEST_F(TypesByForm, WhatIsCalledACouncilOfMembersIsAnAlliance) {
    const auto alliance = name("솔빛에너지거버넌스", EntityType::kProject, 0.7f), project = name("솔빛에너지사업", EntityType::kProject, 0.7f);
    settle();
    EXPECT_EQ(type_of(alliance), EntityType::kAlliance);
    EXPECT_EQ(type_of(project), EntityType::kProject);
}

TEST_F(TypesByForm, APlaceBehindAPersonIsNoPartOfTheName) {
    const auto person = name("이도담", EntityType::kPerson, 0.4f);
    name("솔빛시", EntityType::kCity, 0.8f);
    const auto both = name("이도담솔빛시", EntityType::kPerson, 0.8f);
    settle();
    EXPECT_NEAR(chance_of(person), 0.8f, 1e-4f);
    EXPECT_EQ(chance_of(both), 0.0f);
}

}  // namespace
}  // namespace maek::extract
