// Plans are kept from run to run, and graphs are not: names that a transaction made and took back must
// not be remembered, nor the lack of a name that comes later.
#include <gtest/gtest.h>

#include <string>

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

}  // namespace
}  // namespace maek::query::test
