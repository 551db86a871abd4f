#include "extract/mention/english_names.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>

namespace maek::extract {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

std::vector<std::pair<std::string, EntityType>> names_in(const std::string& text) {
    UnitRow row;
    split_units(text, {0, static_cast<std::uint32_t>(text.size())}, Particles(), row);
    std::vector<Suggestion> found;
    find_english_names(row, found);
    std::vector<std::pair<std::string, EntityType>> out;
    for (const Suggestion& name : found) {
        const std::uint32_t begin = row.units[name.begin].begin;
        out.emplace_back(text.substr(begin, row.units[name.end - 1].end - begin), name.type);
    }
    return out;
}

TEST(EnglishNames, TheLastWordOfARowTellsTheKind) {
    EXPECT_THAT(names_in("It opened Garam Techno Valley in May."), ElementsAre(Pair("Garam Techno Valley", EntityType::kCluster)));
    EXPECT_THAT(names_in("The Hanbit Tide Forum ended."), ElementsAre(Pair("Hanbit Tide Forum", EntityType::kProject)));
    EXPECT_THAT(names_in("visited Garam and left"), IsEmpty());
    EXPECT_THAT(names_in("a forum was held at the center"), IsEmpty());
}

TEST(EnglishNames, TheWordBeforeOfOrForTellsMore) {
    EXPECT_THAT(names_in("the Garam Institute for Tidal Parks said"), ElementsAre(Pair("Garam Institute for Tidal Parks", EntityType::kResearchInstitute)));
    EXPECT_THAT(names_in("the Academy of the Garam Valley said"), ElementsAre(Pair("Academy of the Garam Valley", EntityType::kUniversity)));
}

TEST(EnglishNames, AMinistryMayHoldCommas) {
    EXPECT_THAT(names_in("the Ministry of Tides, Wind and Light said"), Contains(Pair("Ministry of Tides, Wind and Light", EntityType::kAgency)));
    EXPECT_THAT(names_in("the Ministry of Tides, which is in Garam"), ElementsAre(Pair("Ministry of Tides", EntityType::kAgency)));
}

TEST(EnglishNames, AndAndTheGenitivePartARow) {
    EXPECT_THAT(names_in("led by Hanbit Builders and Garam Engineers Associates Co. in May"),
                ElementsAre(Pair("Hanbit Builders and Garam Engineers Associates Co", EntityType::kCompany), Pair("Garam Engineers Associates Co", EntityType::kCompany)));
    EXPECT_THAT(names_in("at Hanbit Motor’s Tide Center"), ElementsAre(Pair("Hanbit Motor’s Tide Center", EntityType::kFacility), Pair("Hanbit Motor", EntityType::kCompany),
                                                                       Pair("Tide Center", EntityType::kFacility)));
}

TEST(EnglishNames, AnyRowIsReadToItsEnd) {
    EXPECT_THAT(names_in(""), IsEmpty());
    EXPECT_THAT(names_in("of and The & , ’s"), IsEmpty());
    EXPECT_THAT(names_in("Garam of"), IsEmpty());
    EXPECT_THAT(names_in("Ministry of"), IsEmpty());
}

}  // namespace
}  // namespace maek::extract
