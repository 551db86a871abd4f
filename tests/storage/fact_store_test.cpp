// Ingest is idempotent, incremental, retractable, and the graph does not depend on the order.
#include "storage/fact_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "tests/storage/fact_tools.h"
#include "tests/storage/store_tools.h"
#include "tests/temp_folder.h"

namespace maek::storage {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;

class FactStoreTest : public testing::Test {
protected:
    TempFolder temp;
    std::unique_ptr<Store> store = open_store(temp / "s", {.create = true});
    FactStore facts{*store};

    IngestSummary ingest(std::vector<ArticleFacts> articles) {
        auto done = facts.ingest(std::move(articles));
        EXPECT_TRUE(done.ok()) << done.error().text();
        return done ? *done : IngestSummary{};
    }
    std::string content() const { return describe_facts(store->snapshot()); }
};

ArticleFacts alliance_article(const std::string& id) {
    return ArticleBuilder(id)
        .entity("ResearchInstitute", "한국전기연구원", {"KERI"}, "한국전기연구원")
        .entity("Alliance", "경남창원 강소특구 혁신네트워크", {"혁신네트워크"})
        .relation("MEMBER_OF", 0, 1, "KERI 등이 참여했다.", 0.8f)
        .build();
}

TEST_F(FactStoreTest, MakesNodesRelationshipsAndProvenanceOfAnArticle) {
    const IngestSummary summary = ingest({alliance_article("a1")});
    EXPECT_EQ(summary.added, 1u);
    EXPECT_EQ(summary.nodes_created, 3u);
    EXPECT_EQ(summary.relationships_created, 3u);  // two mentions, one relation
    EXPECT_THAT(content(), HasSubstr("(ResearchInstitute 한국전기연구원)-[MEMBER_OF]->(Alliance 경남창원 강소특구 혁신네트워크)"));
    EXPECT_THAT(content(), HasSubstr("KERI 등이 참여했다."));
}

TEST_F(FactStoreTest, ChangesNothingWhenTheSameComesAgain) {
    ingest({alliance_article("a1"), alliance_article("a2")});
    const std::string before = content();
    const std::uint64_t commits = store->info().commits;
    const IngestSummary summary = ingest({alliance_article("a2"), alliance_article("a1")});
    EXPECT_EQ(summary.unchanged, 2u);
    EXPECT_EQ(summary.added + summary.replaced + summary.nodes_created + summary.relationships_created, 0u);
    EXPECT_EQ(content(), before);
    EXPECT_EQ(store->info().commits, commits);
}

TEST_F(FactStoreTest, TakesTheUnsupportedFactsOfARemovedArticleAlong) {
    ingest({alliance_article("a1")});
    const std::string before = content();
    ingest({ArticleBuilder("a2")
                .entity("ResearchInstitute", "KERI", {}, "한국전기연구원")
                .entity("City", "창원시")
                .relation("LOCATED_IN", 0, 1, "창원시의 KERI", 0.9f)
                .build()});
    EXPECT_THAT(content(), HasSubstr("LOCATED_IN"));
    const auto removed = facts.remove({"a2"});
    ASSERT_TRUE(removed.ok());
    EXPECT_EQ(removed->removed, 1u);
    EXPECT_EQ(content(), before);
    ASSERT_TRUE(facts.remove({"a1"}).ok());
    EXPECT_EQ(store->snapshot().node_count(), 0u);
    EXPECT_EQ(store->snapshot().rel_count(), 0u);
}

TEST_F(FactStoreTest, RemovesNothingWhenOneOfTheArticlesIsUnknown) {
    ingest({alliance_article("a1")});
    const auto removed = facts.remove({"a1", "a9"});
    ASSERT_FALSE(removed.ok());
    EXPECT_EQ(removed.error().code, ErrorCode::kNotFound);
    EXPECT_THAT(removed.error().message, HasSubstr("a9"));
    EXPECT_EQ(facts.article_ids()->size(), 1u);
}

TEST_F(FactStoreTest, ReplacesWhatAChangedArticleAloneSupported) {
    ingest({alliance_article("a1"), alliance_article("a2")});
    ingest({ArticleBuilder("a2").entity("City", "인천광역시").build()});
    EXPECT_THAT(content(), HasSubstr("articles=[a1]"));
    ingest({ArticleBuilder("a1").entity("City", "인천광역시").build()});
    EXPECT_THAT(content(), testing::Not(HasSubstr("MEMBER_OF")));
}

TEST_F(FactStoreTest, GivesBackTheFactsOfAnArticle) {
    ingest({alliance_article("a1")});
    const auto kept = facts.article("a1");
    ASSERT_TRUE(kept.ok());
    EXPECT_EQ(kept->relations.front().evidence, "KERI 등이 참여했다.");
    EXPECT_EQ(facts.article("a2").error().code, ErrorCode::kNotFound);
    EXPECT_THAT(*facts.article_ids(), ElementsAre("a1"));
}

TEST_F(FactStoreTest, MakesOneNodeOfOneLexiconKeyWhateverTheName) {
    ingest({ArticleBuilder("a").entity("Technopark", "인천TP", {}, "인천테크노파크").build(),
            ArticleBuilder("b").entity("Technopark", "재단법인 인천테크노파크", {}, "인천테크노파크").build()});
    EXPECT_EQ(count_label(store->snapshot(), "Technopark"), 1u);
    EXPECT_THAT(content(), HasSubstr("(Technopark 인천테크노파크)"));
}

TEST_F(FactStoreTest, JoinsANameThatExactlyOneOtherStates) {
    ingest({ArticleBuilder("a").entity("Agency", "중소벤처기업진흥공단", {"중진공"}).build(),
            ArticleBuilder("b").entity("Agency", "중진공").build()});
    EXPECT_EQ(count_label(store->snapshot(), "Agency"), 1u);
    // A second body of that short form makes it ambiguous: three nodes, and back again.
    ingest({ArticleBuilder("c").entity("Agency", "중부진흥공사", {"중진공"}).build()});
    EXPECT_EQ(count_label(store->snapshot(), "Agency"), 3u);
    ASSERT_TRUE(facts.remove({"c"}).ok());
    EXPECT_EQ(count_label(store->snapshot(), "Agency"), 1u);
}

TEST_F(FactStoreTest, KeepsApartWhatOnlyLooksAlike) {
    ingest({ArticleBuilder("a").entity("Agency", "경남창업진흥원").build(),
            ArticleBuilder("b").entity("Agency", "경남창업진흥원본부").build(),
            ArticleBuilder("c").entity("Company", "경남창업진흥원").build()});
    EXPECT_EQ(count_label(store->snapshot(), "Agency"), 2u);
    EXPECT_EQ(count_label(store->snapshot(), "Company"), 1u);
}

TEST_F(FactStoreTest, NeverMakesTwoLexiconKeysOne) {
    ingest({ArticleBuilder("a").entity("City", "광주시", {}, "광주광역시").build(),
            ArticleBuilder("b").entity("City", "광주시", {}, "경기 광주시").build(),
            ArticleBuilder("c").entity("City", "광주시").build()});
    EXPECT_EQ(count_label(store->snapshot(), "City"), 3u);  // the bare name is nobody's
}

TEST_F(FactStoreTest, LevelsSpellingOnly) {
    ingest({ArticleBuilder("a").entity("Company", "㈜엘지 화학").build(),
            ArticleBuilder("b").entity("Company", "엘지화학(주)").build(),
            ArticleBuilder("c").entity("Company", "LG Chem Inc.").build(),
            ArticleBuilder("d").entity("Company", "lg chem").build()});
    EXPECT_EQ(count_label(store->snapshot(), "Company"), 2u);
}

TEST_F(FactStoreTest, KeepsPartnersOncePerPairWhicheverIsNamedFirst) {
    const auto pair = [](const std::string& id, bool turned) {
        return ArticleBuilder(id)
            .entity("City", "창원시")
            .entity("University", "인하대학교")
            .relation("PARTNERS_WITH", turned ? 1 : 0, turned ? 0 : 1, "협약 " + id, 0.7f)
            .build();
    };
    ingest({pair("a", false)});
    ingest({pair("b", true)});
    EXPECT_EQ(count_type(store->snapshot(), "PARTNERS_WITH"), 1u);
    EXPECT_THAT(content(), HasSubstr("articles=[a, b]"));
    EXPECT_THAT(content(), HasSubstr("confidence=0.91"));
}

TEST_F(FactStoreTest, KeepsFundsOfDifferentAmountOrDateApart) {
    const auto funds = [](const std::string& id, std::int64_t krw, const std::string& date) {
        return ArticleBuilder(id)
            .entity("City", "창원시")
            .entity("Cluster", "창원산단")
            .relation("FUNDS", 0, 1, "출연 " + id, 0.9f)
            .amount(krw)
            .date(date)
            .build();
    };
    ingest({funds("a", 100, ""), funds("b", 200, ""), funds("c", 100, "2020-01-01"), funds("d", 100, "")});
    EXPECT_EQ(count_type(store->snapshot(), "FUNDS"), 3u);
}

TEST_F(FactStoreTest, RefusesFactsThatPointOutsideTheirEntities) {
    ArticleFacts broken = alliance_article("a");
    broken.relations.front().target = 9;
    EXPECT_EQ(facts.ingest({broken}).error().code, ErrorCode::kUsage);
    EXPECT_EQ(facts.article_ids()->size(), 0u);
}

TEST_F(FactStoreTest, KeepsDigestsUntilTheArticleGoes) {
    ingest({alliance_article("a1")});
    ASSERT_TRUE(facts.set_digests({{"a1", "xyz"}}).ok());
    EXPECT_EQ(*facts.digest("a1"), "xyz");
    EXPECT_EQ(*facts.digest("a2"), "");
    ASSERT_TRUE(facts.remove({"a1"}).ok());
    EXPECT_EQ(*facts.digest("a1"), "");
}

// Articles over few names, so that groups join and part all the time.
std::vector<ArticleFacts> tangled_articles(std::uint32_t seed, int count) {
    std::mt19937 random(seed);
    const std::vector<std::string> names = {"가나원", "나다원", "다라원", "라마원", "마바원", "바사원", "사아원"};
    const std::vector<std::string> keys = {"", "", "", "가나원", "마바원"};
    std::vector<ArticleFacts> out;
    for (int i = 0; i < count; ++i) {
        ArticleBuilder article("t" + std::to_string(i));
        const int entities = 2 + static_cast<int>(random() % 3);
        for (int e = 0; e < entities; ++e) {
            std::vector<std::string> aliases;
            if (random() % 2 == 0) aliases.push_back(names[random() % names.size()]);
            article.entity(random() % 4 == 0 ? "City" : "Agency", names[random() % names.size()], aliases,
                           keys[random() % keys.size()], static_cast<float>(random() % 100) / 100);
        }
        const char* types[] = {"PARTNERS_WITH", "FUNDS", "LEADS"};
        for (int r = 0; r < 3; ++r) {
            article.relation(types[random() % 3], random() % static_cast<unsigned>(entities),
                             random() % static_cast<unsigned>(entities), "문장 " + std::to_string(random() % 5), 0.5f);
            if (random() % 3 == 0) article.amount(static_cast<std::int64_t>(random() % 3) * 100);
        }
        out.push_back(article.build());
    }
    return out;
}

// The first line that only one of them has, for a message a person can read.
std::string first_difference(const std::string& a, const std::string& b) {
    std::istringstream x(a), y(b);
    std::string left, right;
    while (std::getline(x, left) && std::getline(y, right))
        if (left != right) return "have " + left + "\nwant " + right + "\n";
    return "one goes on: " + left + " / " + right + "\n";
}

class OrderTest : public testing::TestWithParam<std::uint32_t> {};

TEST_P(OrderTest, GivesTheSameGraphWhateverTheOrderBatchesReplacementsAndRemovals) {
    const std::uint32_t seed = GetParam();
    std::vector<ArticleFacts> articles = tangled_articles(seed, 14);
    TempFolder temp;
    auto reference = open_store(temp / "reference", {.create = true, .durability = Durability::kRelaxed});
    ASSERT_TRUE(FactStore(*reference).ingest(articles).ok());
    const std::string right = describe_facts(reference->snapshot());

    std::mt19937 random(seed + 1000);
    for (int round = 0; round < 4; ++round) {
        const auto path = temp / ("s" + std::to_string(round));
        auto store = open_store(path, {.create = true, .durability = Durability::kRelaxed});
        FactStore facts(*store);
        // Others come, wrong versions come, some go again; at last the right ones are all there.
        ASSERT_TRUE(facts.ingest(tangled_articles(seed + 77, 20)).ok());
        std::vector<std::string> extra;
        for (int i = 14; i < 20; ++i) extra.push_back("t" + std::to_string(i));
        std::shuffle(articles.begin(), articles.end(), random);
        for (std::size_t i = 0; i < articles.size();) {
            const std::size_t n = std::min<std::size_t>(1 + random() % 3, articles.size() - i);
            ASSERT_TRUE(facts.ingest({articles.begin() + static_cast<long>(i), articles.begin() + static_cast<long>(i + n)}).ok());
            i += n;
            if (!extra.empty() && random() % 2 == 0) {
                ASSERT_TRUE(facts.remove({extra.back()}).ok());
                extra.pop_back();
            }
        }
        if (!extra.empty()) { ASSERT_TRUE(facts.remove(extra).ok()); }
        ASSERT_TRUE(describe_facts(store->snapshot()) == right) << first_difference(describe_facts(store->snapshot()), right) << "seed " << seed << " round " << round;
        ASSERT_TRUE(store->close().ok());
        EXPECT_EQ(describe_facts(open_store(path)->snapshot()), right);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, OrderTest, testing::Range(1u, 13u));

}  // namespace
}  // namespace maek::storage
