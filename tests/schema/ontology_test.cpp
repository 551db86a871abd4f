#include "schema/ontology.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/schema/folder_fixture.h"

namespace maek {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::filesystem::path kShipped = std::filesystem::path(MAEK_SOURCE_DIR) / "schema";

const Synonym* find(std::span<const Synonym> list, std::string_view name) {
    for (const Synonym& s : list) {
        if (s.name == name) return &s;
    }
    return nullptr;
}

TEST(ShippedOntology, HoldsThirteenThingsAndTenRelations) {
    const auto ontology = Ontology::load(kShipped);
    ASSERT_TRUE(ontology.ok()) << ontology.error().text();
    int concrete = 0;
    for (const EntityType& type : ontology->entity_types()) concrete += type.abstract ? 0 : 1;
    EXPECT_EQ(concrete, 13);
    EXPECT_EQ(ontology->relation_types().size(), 10u);
}

TEST(ShippedOntology, AllowsAnInstituteInAnAllianceButNotTheOtherWayRound) {
    const auto o = Ontology::load(kShipped);
    ASSERT_TRUE(o.ok());
    const auto member = o->relation_type("MEMBER_OF");
    const auto institute = o->entity_type("ResearchInstitute"), alliance = o->entity_type("Alliance");
    EXPECT_TRUE(o->allows(member, institute, alliance));
    EXPECT_FALSE(o->allows(member, alliance, institute));
}

TEST(ShippedOntology, LetsASymmetricRelationRunBothWays) {
    const auto o = Ontology::load(kShipped);
    ASSERT_TRUE(o.ok());
    const auto with = o->relation_type("PARTNERS_WITH");
    EXPECT_TRUE(o->relation(with).symmetric);
    EXPECT_TRUE(o->allows(with, o->entity_type("City"), o->entity_type("Company")));
    EXPECT_TRUE(o->allows(with, o->entity_type("Company"), o->entity_type("City")));
}

TEST(ShippedOntology, GivesKoreanNamesToTheQueryLanguage) {
    const auto o = Ontology::load(kShipped);
    ASSERT_TRUE(o.ok());
    const Synonym* institute = find(o->label_synonyms(), "연구기관");
    ASSERT_NE(institute, nullptr);
    EXPECT_THAT(institute->targets, ElementsAre("ResearchInstitute"));
    const Synonym* join = find(o->type_synonyms(), "참여");
    ASSERT_NE(join, nullptr);
    EXPECT_THAT(join->targets, ElementsAre("MEMBER_OF", "PARTICIPATES_IN"));
    const Synonym* amount = find(o->property_synonyms(), "금액");
    ASSERT_NE(amount, nullptr);
    EXPECT_THAT(amount->targets, ElementsAre("amount_krw"));
}

TEST(ShippedOntology, ExpandsAWideNameToAllKindsBelowIt) {
    const auto o = Ontology::load(kShipped);
    ASSERT_TRUE(o.ok());
    const Synonym* region = find(o->label_synonyms(), "지자체");
    ASSERT_NE(region, nullptr);
    EXPECT_THAT(region->targets, ElementsAre("Province", "City"));
}

TEST(ShippedOntology, DescribesItselfForPeople) {
    const auto o = Ontology::load(kShipped);
    ASSERT_TRUE(o.ok());
    EXPECT_THAT(o->describe(), HasSubstr("Organisation, Cluster, Facility, Person -> Alliance"));
    EXPECT_THAT(o->describe(true), HasSubstr("연구기관"));
    EXPECT_EQ(o->describe(), Ontology::load(kShipped)->describe());
}

class OntologyFiles : public FolderFixture {
protected:
    Result<Ontology> load(const std::string& entities, const std::string& relations = "") {
        put("ontology.json", "{\"format\": \"maek-ontology\",\n\"entity_types\": [\n" + entities +
                                 "],\n\"relation_types\": [" + relations + "]}");
        return Ontology::load(folder_);
    }
};

TEST_F(OntologyFiles, NameFileLineAndEntryOfADanglingEndpoint) {
    const auto o = load(R"({"name": "A"})", "\n" R"({"name": "R", "endpoints": [{"from": ["A"], "to": ["B"]}]})");
    ASSERT_FALSE(o.ok());
    EXPECT_THAT(o.error().text(), HasSubstr("ontology.json:5"));
    EXPECT_THAT(o.error().message, HasSubstr("'R'"));
    EXPECT_THAT(o.error().message, HasSubstr("'B' is no entity type"));
}

TEST_F(OntologyFiles, RefuseATypeThatStandsTwice) {
    const auto o = load("{\"name\": \"A\"},\n{\"name\": \"A\"}");
    ASSERT_FALSE(o.ok());
    EXPECT_EQ(o.error().where.line, 4u);
    EXPECT_THAT(o.error().message, HasSubstr("twice"));
}

TEST_F(OntologyFiles, RefuseParentsThatFormACircle) {
    const auto o = load(R"({"name": "A", "parent": "B"}, {"name": "B", "parent": "A"})");
    ASSERT_FALSE(o.ok());
    EXPECT_THAT(o.error().message, HasSubstr("circle"));
}

TEST_F(OntologyFiles, RefuseAnUnknownField) {
    const auto o = load(R"({"name": "A", "colour": "red"})");
    ASSERT_FALSE(o.ok());
    EXPECT_THAT(o.error().message, HasSubstr("unknown field \"colour\""));
}

TEST_F(OntologyFiles, TakeReplacedFieldsFromAnOverlayAndKeepTheOthers) {
    ASSERT_TRUE(load(R"({"name": "A", "korean": "가", "definition": "old"})").ok());
    const auto overlay = folder_ / "mine";
    put("mine/ontology.json", R"({"format": "maek-ontology", "entity_types": [
        {"name": "A", "definition": "new"}, {"name": "B", "korean": "나"}]})");
    const auto o = Ontology::load(folder_, overlay);
    ASSERT_TRUE(o.ok()) << o.error().text();
    EXPECT_EQ(o->entity(o->entity_type("A")).definition, "new");
    EXPECT_EQ(o->entity(o->entity_type("A")).korean, "가");
    EXPECT_NE(o->entity_type("B"), kNoType);
}

TEST_F(OntologyFiles, SayWhenThereIsNoFile) {
    const auto o = Ontology::load(folder_ / "nowhere");
    ASSERT_FALSE(o.ok());
    EXPECT_EQ(o.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace maek
