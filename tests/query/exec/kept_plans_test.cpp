// Plans are kept from run to run, and graphs are not: names that a transaction made and took back must
// not be remembered, nor the lack of a name that comes later.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/query/temporary_store.h"

namespace maek::query::test {
namespace {

class KeptPlansTest : public testing::Test {
protected:
    // The statement's only number; -1 and a failure when it has none.
    std::int64_t number(const std::string& text) {
        const auto result = session_.run(text);
        EXPECT_TRUE(result.ok()) << text << ": " << (result.ok() ? "" : result.error().text());
        return result.ok() && !result->rows.empty() ? result->rows[0][0].as_integer() : -1;
    }

    maek::test::TemporaryStore store_;
    Session session_ = store_.engine().session();
};

TEST_F(KeptPlansTest, ALabelThatComesAfterARollbackIsFound) {
    const std::string question = "MATCH (x:Target) RETURN count(*) AS n";
    ASSERT_TRUE(session_.begin().ok());
    ASSERT_TRUE(session_.run("CREATE (:Other)").ok());
    EXPECT_EQ(number(question), 0);
    ASSERT_TRUE(session_.roll_back().ok());
    ASSERT_TRUE(session_.run("CREATE (:Target)").ok());
    EXPECT_EQ(number(question), 1);
}

TEST_F(KeptPlansTest, ATypeThatWasTakenBackIsNotTakenForTheNext) {
    const std::string question = "MATCH ()-[r:WANTED]->() RETURN count(*) AS n";
    ASSERT_TRUE(session_.begin().ok());
    ASSERT_TRUE(session_.run("CREATE (:A)-[:WANTED]->(:A)").ok());
    EXPECT_EQ(number(question), 1);
    ASSERT_TRUE(session_.roll_back().ok());
    ASSERT_TRUE(session_.run("CREATE (:A)-[:UNWANTED]->(:A)").ok());
    EXPECT_EQ(number(question), 0);
}

// Search indexes are kept, too.
class KeptSearchTest : public testing::Test {
protected:
    // The names of the nodes that a search finds, with what it is that was found; "" for no name.
    std::vector<std::string> found(const std::string& call) {
        const auto result = session_.run("CALL " + call + " YIELD node RETURN coalesce(node.name, '') AS n ORDER BY n");
        EXPECT_TRUE(result.ok()) << call << ": " << (result.ok() ? "" : result.error().text());
        std::vector<std::string> names;
        if (result.ok()) {
            for (const auto& row : result->rows) names.emplace_back(row[0].as_string());
        }
        return names;
    }
    void run(const std::string& text) {
        const auto result = session_.run(text);
        ASSERT_TRUE(result.ok()) << text << ": " << result.error().text();
    }

    using Names = std::vector<std::string>;
    maek::test::TemporaryStore store_;
    Session session_ = store_.engine().session();
};

TEST_F(KeptSearchTest, ASearchSeesWhatItsTransactionWroteAndForgetsItAfterARollback) {
    run("CREATE (:J {name: 'lime'})");
    run("CREATE FULLTEXT INDEX fruit FOR (n:J) ON EACH [n.name]");
    for (const std::string call : {"search.nodes(", "db.index.fulltext.queryNodes('fruit', "}) {
        run("BEGIN");
        EXPECT_EQ(found(call + "'lime')"), Names{"lime"});
        run("MATCH (n {name: 'lime'}) SET n.name = 'peach'");
        EXPECT_EQ(found(call + "'lime')"), Names{});
        EXPECT_EQ(found(call + "'peach')"), Names{"peach"});
        run("CREATE (:J {name: 'kiwi'})");
        EXPECT_EQ(found(call + "'kiwi')"), Names{"kiwi"});
        run("ROLLBACK");
        EXPECT_EQ(found(call + "'lime')"), Names{"lime"});
        EXPECT_EQ(found(call + "'peach')"), Names{});
        EXPECT_EQ(found(call + "'kiwi')"), Names{});
    }
}

TEST_F(KeptSearchTest, AnotherSessionFindsOnlyWhatIsCommitted) {
    run("CREATE (:J {name: 'lime'})");
    run("BEGIN");
    run("MATCH (n:J) DELETE n");
    EXPECT_EQ(found("search.nodes('lime')"), Names{});
    const auto outside = store_.run("CALL search.nodes('lime') YIELD node RETURN node.name");
    ASSERT_TRUE(outside.ok());
    EXPECT_EQ(outside->rows.size(), 1u);
    EXPECT_EQ(found("search.nodes('lime')"), Names{});
    run("COMMIT");
    EXPECT_EQ(found("search.nodes('lime')"), Names{});
}

TEST_F(KeptSearchTest, APropertyWhoseNameWasTakenBackIsReadUnderItsNewNumber) {
    run("BEGIN");
    run("CREATE (:J {title: 'lime'})");
    EXPECT_EQ(found("search.nodes('lime')"), Names{""});
    run("ROLLBACK");
    run("CREATE (:J {other: 'lime', title: 'peach'})");
    EXPECT_EQ(found("search.nodes('lime')"), Names{});
    EXPECT_EQ(found("search.nodes('peach')"), Names{""});
}

}  // namespace
}  // namespace maek::query::test
