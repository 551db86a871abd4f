// Patterns of many parts: planned in time about proportional to their length, given up when the
// statement was cancelled, and answered as short ones are.
#include <gtest/gtest.h>

#include <atomic>
#include <ctime>
#include <functional>
#include <string>

#include "tests/query/exec/patience.h"
#include "tests/query/temporary_store.h"

namespace maek::query::test {
namespace {

std::string repeated(std::size_t times, const std::string& between, const std::function<std::string(std::size_t)>& part) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += (i == 0 ? "" : between) + part(i);
    return all;
}

std::string hops(std::size_t times, const std::string& hop) {
    return repeated(times, "", [&](std::size_t) { return hop; });
}

class LongPatternsTest : public testing::Test {
protected:
    // Of processor time: a busy machine makes no test fail.
    double seconds(const std::string& statement, bool refused = false) {
        const std::clock_t begun = std::clock();
        const auto result = store_.run(statement);
        const std::clock_t taken = std::clock() - begun;
        EXPECT_EQ(result.ok(), !refused) << statement.substr(0, 60) << (result.ok() ? "" : result.error().text());
        if (refused && !result.ok()) {
            EXPECT_EQ(result.error().query->detail, "QueryTooLong") << result.error().text();
            EXPECT_GT(result.error().where.line, 0U) << result.error().text();
        }
        return static_cast<double>(taken) / CLOCKS_PER_SEC;
    }
    std::int64_t count(const std::string& statement) {
        const auto result = store_.run(statement);
        EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().text());
        return result.ok() ? result->rows.at(0).at(0).as_integer() : -1;
    }

    maek::test::TemporaryStore store_;
};

TEST_F(LongPatternsTest, ALongPatternIsPlannedSoon) {
    const auto number = [](std::size_t i) { return std::to_string(i); };
    const std::string count = " RETURN count(*)";
    const std::string clique = repeated(12, ",", [&](std::size_t i) {
        return repeated(i + 1, ",", [&](std::size_t j) { return "(c" + number(i + 1) + ")-->(c" + number(j) + ")"; });
    });
    for (const std::string& pattern : {
             "(a)" + hops(200, "-->()"),
             "(a)" + hops(500, "-[:T]-()"),
             "(a)" + hops(200, "-[*1..2]->()"),
             repeated(500, ",", [&](std::size_t i) { return "(c)-->(a" + number(i) + ")"; }),
             repeated(300, ",", [&](std::size_t i) { return "(a" + number(i) + ")-->(b" + number(i) + ")"; }),
             repeated(300, ",", [&](std::size_t i) { return "(a" + number(i) + " {k: " + number(i) + "})"; }),
             repeated(100, ",", [&](std::size_t i) { return "shortestPath((a" + number(i) + ")-[*]->(a" + number(i + 1) + "))"; }),
             clique,
         }) {
        EXPECT_LT(seconds("MATCH " + pattern + count), 2.0 * kSlower) << pattern.substr(0, 60);
    }
}

TEST_F(LongPatternsTest, WhatHasTooManyStepsIsRefusedSoon) {
    const auto one = [](std::size_t) { return std::string("RETURN 1 AS x"); };
    EXPECT_LT(seconds("MATCH (a)" + hops(5000, "-->()") + " RETURN count(*)", true), 2.0 * kSlower);
    EXPECT_LT(seconds(repeated(5000, " NEXT ", one), true), 2.0 * kSlower);
    EXPECT_LT(seconds(repeated(900, " NEXT ", one) + " NEXT " + repeated(900, " UNION ALL ", one), true), 2.0 * kSlower);
}

TEST_F(LongPatternsTest, PlanningGivesUpWhenTheStatementWasCancelled) {
    const std::atomic<bool> cancelled{true};
    RunOptions options;
    options.cancelled = &cancelled;
    const auto result = store_.engine().session().run("EXPLAIN MATCH (a)-->(b) RETURN a", {}, options);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, ErrorCode::kCancelled) << result.error().text();
}

TEST_F(LongPatternsTest, NoRelationshipIsWalkedTwiceHoweverLongThePattern) {
    seconds("UNWIND range(0, 17) AS i CREATE (:N {k: i})");
    seconds("MATCH (a:N), (b:N) WHERE b.k = (a.k + 1) % 18 CREATE (a)-[:R]->(b)");
    const std::string end = " RETURN count(*)";
    EXPECT_EQ(count("MATCH (a:N {k: 0})" + hops(16, "-[:R]-()") + end), 2);
    EXPECT_EQ(count("MATCH (a:N {k: 0})" + hops(17, "-[:R]-()") + end), 2);
    EXPECT_EQ(count("MATCH (a:N)" + hops(18, "--()") + end), 36);
    EXPECT_EQ(count("MATCH (a:N)" + hops(19, "--()") + end), 0);
    EXPECT_EQ(count("MATCH (a:N {k: 0})" + hops(16, "-[:R]-()") + "-[*1..5]-()" + end), 4);
    EXPECT_EQ(count("MATCH (a:N {k: 0})-[*2]-(x)-[r]-(y)" + hops(15, "-[:R]-()") + end), 2);
    EXPECT_EQ(count("MATCH ()-[r]->() WITH r LIMIT 1 MATCH (a:N)" + hops(17, "-[:R]-()") + "-[r]-() RETURN count(*)"), 2);
    EXPECT_EQ(count("MATCH REPEATABLE ELEMENTS (a:N {k: 0})" + hops(19, "-[:R]->()") + end), 1);
}

}  // namespace
}  // namespace maek::query::test
