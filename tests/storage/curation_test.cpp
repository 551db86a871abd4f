// Decisions are applied to everything, survive re-ingest and reopening, and can be withdrawn;
// explain() tells why names are one node.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/fact_store.h"
#include "tests/storage/fact_tools.h"
#include "tests/storage/store_tools.h"
#include "tests/temp_folder.h"

namespace maek::storage {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

class CurationTest : public testing::Test {
protected:
    TempFolder temp;
    std::unique_ptr<Store> store = open_store(temp / "s", {.create = true});
    FactStore facts{*store};

    void SetUp() override { ASSERT_TRUE(facts.ingest(articles()).ok()); }
    static std::vector<ArticleFacts> articles() {
        return {ArticleBuilder("a")
                    .entity("City", "창원시")
                    .entity("Alliance", "혁신네트워크")
                    .relation("LEADS", 0, 1, "창원시가 이끈다", 0.4f)
                    .build(),
                ArticleBuilder("b")
                    .entity("Agency", "중소벤처기업진흥공단", {"중진공"})
                    .entity("City", "창원시")
                    .relation("PARTNERS_WITH", 0, 1, "협약했다", 0.6f)
                    .build(),
                ArticleBuilder("c").entity("Agency", "중진공").build(),
                ArticleBuilder("d").entity("Person", "김민수").build(),
                ArticleBuilder("e").entity("Person", "김민수").build()};
    }
    std::string content() const { return describe_facts(store->snapshot()); }
    void decide(const Decision& decision) {
        const auto done = facts.decide(decision);
        ASSERT_TRUE(done.ok()) << done.error().text();
    }
    // Decided, the graph is `now`; so too after everything is ingested anew; withdrawn, as before.
    void expect_kept_and_withdrawn(const Decision& decision, const testing::Matcher<std::string>& now) {
        const std::string before = content();
        decide(decision);
        const std::string after = content();
        EXPECT_THAT(after, now);
        ASSERT_TRUE(facts.remove({"a", "b", "c", "d", "e"}).ok());
        ASSERT_TRUE(facts.ingest(articles()).ok());
        EXPECT_EQ(content(), after);
        EXPECT_EQ(facts.decisions()->size(), 1u);
        EXPECT_EQ(facts.decisions()->front(), decision);
        ASSERT_TRUE(facts.withdraw(decision).ok());
        EXPECT_EQ(content(), before);
        EXPECT_EQ(facts.withdraw(decision).error().code, ErrorCode::kNotFound);
    }
};

using Kind = Decision::Kind;

TEST_F(CurationTest, ListsTheLeastCertainFactsFirstWithTheirEvidence) {
    const auto items = facts.review(10);
    ASSERT_TRUE(items.ok());
    ASSERT_EQ(items->size(), 2u);
    EXPECT_EQ(items->front().relation, "LEADS");
    EXPECT_EQ(items->front().name, "창원시");
    EXPECT_THAT(items->front().evidence, testing::ElementsAre("창원시가 이끈다"));
    EXPECT_EQ(facts.review(1)->size(), 1u);
}

TEST_F(CurationTest, AcceptsARelationAndAsksNoMore) {
    const Decision decision{Kind::kAccept, "City", "창원시", "LEADS", "Alliance", "혁신네트워크", "", {}};
    expect_kept_and_withdrawn(decision, HasSubstr("confidence=1 evidence=[창원시가 이끈다] reviewed=true"));
    decide(decision);
    EXPECT_EQ(facts.review(10)->size(), 1u);
}

TEST_F(CurationTest, RejectsARelation) {
    expect_kept_and_withdrawn({Kind::kReject, "City", "창원시", "LEADS", "Alliance", "혁신네트워크", "", {}},
                              Not(HasSubstr("LEADS")));
}

TEST_F(CurationTest, RejectsASymmetricRelationFromEitherSideAndByAnyName) {
    expect_kept_and_withdrawn({Kind::kReject, "City", "창원시", "PARTNERS_WITH", "Agency", "중진공", "", {}},
                              Not(HasSubstr("PARTNERS_WITH")));
}

TEST_F(CurationTest, RejectsAnEntityWithItsRelations) {
    expect_kept_and_withdrawn({Kind::kReject, "City", "창원시", "", "", "", "", {}}, Not(HasSubstr("창원시)")));
}

TEST_F(CurationTest, RetypesAnEntity) {
    expect_kept_and_withdrawn({Kind::kRetype, "Alliance", "혁신네트워크", "", "", "", "Cluster", {}},
                              HasSubstr("-[LEADS]->(Cluster 혁신네트워크)"));
}

TEST_F(CurationTest, RetypesAndRejectsWhatWasRetyped) {
    const auto about = [](Kind kind, const std::string& type, const std::string& new_type) {
        return Decision{kind, type, "혁신네트워크", "", "", "", new_type, {}};
    };
    const std::string first = content();
    decide(about(Kind::kRetype, "Alliance", "Cluster"));
    decide(about(Kind::kRetype, "Cluster", "Program"));
    EXPECT_THAT(content(), HasSubstr("-[LEADS]->(Program 혁신네트워크)"));
    decide(about(Kind::kRetype, "Program", "Alliance"));
    EXPECT_EQ(content(), first);
    decide(about(Kind::kRetype, "Alliance", "Cluster"));
    decide(about(Kind::kReject, "Cluster", ""));
    EXPECT_THAT(content(), Not(HasSubstr("혁신네트워크")));
    ASSERT_TRUE(facts.remove({"a", "b", "c", "d", "e"}).ok());
    ASSERT_TRUE(facts.ingest(articles()).ok());
    EXPECT_THAT(content(), Not(HasSubstr("혁신네트워크")));
}

TEST_F(CurationTest, DecidesSeveralThingsInOneCommitAndTellsWhatChanged) {
    const Decision reject{Kind::kReject, "City", "창원시", "LEADS", "Alliance", "혁신네트워크", "", {}};
    const Decision split{Kind::kSplit, "Agency", "중진공", "", "", "중소벤처기업진흥공단", "", {}};
    const auto done = facts.decide(std::vector{reject, split});
    ASSERT_TRUE(done.ok());
    EXPECT_GT(done->touched, 0u);
    EXPECT_THAT(content(), testing::AllOf(Not(HasSubstr("LEADS")), HasSubstr("(Agency 중진공)")));
    EXPECT_EQ(facts.decisions()->size(), 2u);
    EXPECT_EQ(facts.decide(reject)->touched, 0u);
    EXPECT_EQ(facts.decide(std::vector{split, Decision{}}).error().code, ErrorCode::kUsage);
}

TEST_F(CurationTest, MergesTwoNames) {
    expect_kept_and_withdrawn({Kind::kMerge, "Agency", "중진공", "", "", "중소벤처기업진흥공단", "", {}},
                              HasSubstr("중소벤처기업진흥공단"));
    ASSERT_TRUE(facts.ingest({ArticleBuilder("f").entity("Agency", "SBC").build()}).ok());
    EXPECT_EQ(count_label(store->snapshot(), "Agency"), 2u);
    decide({Kind::kMerge, "Agency", "SBC", "", "", "중소벤처기업진흥공단", "", {}});
    EXPECT_EQ(count_label(store->snapshot(), "Agency"), 1u);
}

TEST_F(CurationTest, SplitsWhatAnAliasJoined) {
    EXPECT_EQ(count_label(store->snapshot(), "Agency"), 1u);
    expect_kept_and_withdrawn({Kind::kSplit, "Agency", "중진공", "", "", "중소벤처기업진흥공단", "", {}},
                              HasSubstr("(Agency 중진공)"));
}

TEST_F(CurationTest, SplitsPeopleOfOneNameByTheirArticles) {
    EXPECT_EQ(count_label(store->snapshot(), "Person"), 1u);
    decide({Kind::kSplit, "Person", "김민수", "", "", "", "", {"e"}});
    EXPECT_EQ(count_label(store->snapshot(), "Person"), 2u);
}

TEST_F(CurationTest, KeepsDecisionsAcrossReopening) {
    decide({Kind::kReject, "City", "창원시", "LEADS", "Alliance", "혁신네트워크", "", {}});
    ASSERT_TRUE(store->close().ok());
    store = open_store(temp / "s");
    FactStore again(*store);
    EXPECT_EQ(again.decisions()->size(), 1u);
    ASSERT_TRUE(again.ingest({ArticleBuilder("g")
                                  .entity("City", "창원시")
                                  .entity("Alliance", "혁신네트워크")
                                  .relation("LEADS", 0, 1, "다시", 0.9f)
                                  .build()})
                    .ok());
    EXPECT_THAT(content(), Not(HasSubstr("LEADS")));
}

TEST_F(CurationTest, ReplacesADecisionByItsOpposite) {
    decide({Kind::kReject, "City", "창원시", "LEADS", "Alliance", "혁신네트워크", "", {}});
    decide({Kind::kAccept, "City", "창원시", "LEADS", "Alliance", "혁신네트워크", "", {}});
    EXPECT_EQ(facts.decisions()->size(), 1u);
    EXPECT_THAT(content(), HasSubstr("reviewed=true"));
}

TEST_F(CurationTest, TellsWhatADecisionLacks) {
    EXPECT_EQ(facts.decide({Kind::kRetype, "City", "창원시", "", "", "", "", {}}).error().code, ErrorCode::kUsage);
    EXPECT_EQ(facts.decide({Kind::kMerge, "City", "창원시", "", "", "", "", {}}).error().code, ErrorCode::kUsage);
    EXPECT_EQ(facts.decide({Kind::kAccept, "", "", "", "", "", "", {}}).error().code, ErrorCode::kUsage);
}

TEST_F(CurationTest, ExplainsWhichArticleMadeTwoNamesOneNode) {
    const auto found = facts.explain("중진공");
    ASSERT_TRUE(found.ok());
    ASSERT_EQ(found->size(), 1u);
    const Explanation& why = found->front();
    EXPECT_EQ(why.type, "Agency");
    ASSERT_EQ(why.statements.size(), 2u);
    ASSERT_EQ(why.merges.size(), 1u);
    EXPECT_EQ(why.merges.front().name, "중진공");
    EXPECT_EQ(why.merges.front().into, "중소벤처기업진흥공단");
    EXPECT_EQ(why.merges.front().article, "b");
    EXPECT_TRUE(facts.explain("없는 이름")->empty());
}

}  // namespace
}  // namespace maek::storage
