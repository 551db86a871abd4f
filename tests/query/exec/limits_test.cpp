// What a statement may not do, however it is written: hold more memory than its limit, overflow a
// small stack, or go on after it was cancelled or its time is over.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <thread>

#include "tests/query/exec/long_statements.h"
#include "tests/query/parse/small_stack.h"
#include "tests/query/exec/patience.h"
#include "tests/query/temporary_store.h"

namespace maek::query::test {
namespace {

constexpr std::size_t kMemory = std::size_t{64} << 20;

class LimitsTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        store_ = std::make_unique<maek::test::TemporaryStore>();
        for (const std::string& statement : long_graph()) {
            const auto done = store_->run(statement);
            ASSERT_TRUE(done.ok()) << statement << ": " << done.error().text();
        }
    }
    static void TearDownTestSuite() { store_.reset(); }
    static Engine& engine() { return store_->engine(); }

private:
    static inline std::unique_ptr<maek::test::TemporaryStore> store_;
};

TEST_F(LimitsTest, WhatNeedsTooMuchMemoryIsRefusedSoonOnASmallStack) {
    for (const char* text : {
             "RETURN range(1, 9223372036854775807) AS l",
             "UNWIND range(1, 1000000000) AS x RETURN collect(x) AS l",
             "UNWIND range(1, 1000000000) AS x WITH DISTINCT x RETURN count(x) AS n",
             "UNWIND range(1, 1000000000) AS x WITH x ORDER BY x DESC RETURN count(x) AS n",
             "UNWIND range(1, 1000000000) AS x RETURN x % 10000000 AS k, count(*) AS n",
             "UNWIND range(1, 1000000000) AS x RETURN x",
             "RETURN [x IN range(1, 100000) | [y IN range(1, 100000) | x * y]] AS l",
             "RETURN reduce(t = 'ab', x IN range(1, 100) | t + t) AS t",
             "RETURN reduce(l = [1, 2], x IN range(1, 100) | l + l) AS l",
             "RETURN reduce(l = [1, 2], x IN range(1, 200) | [l, l]) AS l",
             "RETURN reduce(m = {a: 1}, x IN range(1, 200) | {a: m, b: m}) AS m",
             "RETURN replace(reduce(t = 'a', x IN range(1, 16) | t + t), 'a', reduce(t = 'b', x IN range(1, 16) | t + t)) AS t",
             "WITH [x IN range(1, 100000) | toString(x)] AS l RETURN [x IN l | l + x] AS l",
             "UNWIND range(0, 2147483648) AS x CREATE (n:Bomb) DELETE n",
             "UNWIND range(0, 2147483648) AS x CREATE (n:Bomb {x: x})",
             "MATCH (a:Leaf), (b:Leaf) WITH a, b ORDER BY b.n, a.n RETURN collect(a.n) AS l",
             "MATCH p = (a:Clique)-[:K*1..]-(b) RETURN collect(p) AS l",
             "MATCH p = ALL SHORTEST (a:Clique)-[:K]-{6,}(b:Clique) RETURN p",
             "MATCH p = shortestPath((a:Clique {n: 1})-[:K*]-(b:Clique {n: 2})) WHERE length(p) > 58 RETURN p",
         }) {
        Result<QueryResult> result = QueryResult{};
        RunOptions options;
        options.memory_limit = kMemory;
        const double seconds = seconds_on_small_stack([&] { result = engine().session().run(text, {}, options); });
        ASSERT_FALSE(result.ok()) << text;
        EXPECT_EQ(result.error().code, ErrorCode::kLimit) << text << ": " << result.error().text();
        EXPECT_LT(seconds, 1.0 * kSlower) << text;
    }
}

TEST_F(LimitsTest, AStatementRefusedLeavesNothingAndOthersGoOn) {
    RunOptions options;
    options.memory_limit = kMemory;
    const auto refused = engine().session().run("UNWIND range(1, 100000000) AS x CREATE (:Bomb {x: x})", {}, options);
    ASSERT_FALSE(refused.ok());
    const auto after = engine().session().run("MATCH (n:Bomb) RETURN count(n) AS n");
    ASSERT_TRUE(after.ok()) << after.error().text();
    EXPECT_EQ(after->rows[0][0].as_integer(), 0);
}

TEST_F(LimitsTest, EveryLongStatementStopsSoonAfterItIsCancelled) {
    const char* only = std::getenv("MAEK_ONLY");
    for (const LongStatement& statement : long_statements()) {
        if (only != nullptr && std::string(only) != statement.work) continue;
        std::atomic<bool> cancelled{false}, done{false};
        Result<QueryResult> result = QueryResult{};
        double before = 0, used = 0;
        std::thread worker([&] {
            RunOptions options;
            options.cancelled = &cancelled;
            result = engine().session().run(statement.text, {}, options);
            used = thread_seconds(pthread_self());
            done = true;
        });
        // Processor time, not the clock's: a busy machine is not the statement's fault.
        const auto begun = std::chrono::steady_clock::now();
        while (!done && thread_seconds(worker.native_handle()) < 0.15 &&
               std::chrono::steady_clock::now() - begun < std::chrono::seconds(20)) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        if (!done) before = thread_seconds(worker.native_handle());
        cancelled = true;
        worker.join();
        if (result.ok()) {  // a fast machine: it was through before it was asked to stop
            std::printf("%-32s ended by itself after %6.1f ms\n", statement.work, used * 1e3);
            EXPECT_LT(used, 1.0) << statement.work;
            continue;
        }
        EXPECT_EQ(result.error().code, ErrorCode::kCancelled) << statement.work << ": " << result.error().text();
        std::printf("%-32s stopped after %6.1f ms\n", statement.work, (used - before) * 1e3);
        EXPECT_LT(used - before, 0.1 * kSlower) << statement.work;
    }
}

TEST_F(LimitsTest, AStatementStopsWhenItsTimeIsOver) {
    RunOptions options;
    options.timeout = std::chrono::milliseconds(50);
    const auto result = engine().session().run("MATCH (a:Leaf), (b:Leaf) WHERE a.n + b.n < 0 RETURN count(*)", {}, options);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace maek::query::test
