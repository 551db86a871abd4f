#include "tools/input/ordered_workers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace maek::tools {
namespace {

using namespace std::chrono_literals;

std::vector<int> doubled(unsigned jobs, int count) {
    std::vector<int> out;
    std::atomic<bool> never{false};
    OrderedWorkers<int, int> workers(jobs);
    int next = 0;
    workers.run([&](int& in) { return (in = next++) < count; },
                [](int&& in) {
                    if (in % 7 == 0) std::this_thread::sleep_for(1ms);  // some are slower
                    return in * 2;
                },
                [&](int&& answer) {
                    out.push_back(answer);
                    return true;
                },
                never);
    return out;
}

TEST(OrderedWorkers, GiveTheSameInTheSameOrderWhateverTheNumberOfThreads) {
    const auto one = doubled(1, 500);
    ASSERT_EQ(one.size(), 500u);
    EXPECT_EQ(one[499], 998);
    EXPECT_EQ(doubled(2, 500), one);
    EXPECT_EQ(doubled(8, 500), one);
}

TEST(OrderedWorkers, StopWhenTheTakerSaysSo) {
    std::atomic<bool> never{false};
    OrderedWorkers<int, int> workers(4);
    int next = 0, taken = 0;
    EXPECT_FALSE(workers.run([&](int& in) { in = next++; return true; }, [](int&& in) { return in; },
                             [&](int&&) { return ++taken < 10; }, never));
    EXPECT_EQ(taken, 10);
    EXPECT_TRUE(workers.wait(1000ms));
}

TEST(OrderedWorkers, NoticeACancellationWhileAnItemTakesLong) {
    std::atomic<bool> cancelled{false}, release{false};
    OrderedWorkers<int, int> workers(1);
    int next = 0;
    const auto begin = std::chrono::steady_clock::now();
    std::thread canceller([&] {
        std::this_thread::sleep_for(30ms);
        cancelled = true;
    });
    EXPECT_FALSE(workers.run([&](int& in) { in = next++; return in < 1; },
                             [&](int&& in) {
                                 while (!release) std::this_thread::sleep_for(1ms);
                                 return in;
                             },
                             [](int&&) { return true; }, cancelled));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
    EXPECT_FALSE(workers.wait(5ms));
    release = true;
    EXPECT_TRUE(workers.wait(5s));
    canceller.join();
}

TEST(OrderedWorkers, DoNothingForNoInput) { EXPECT_TRUE(doubled(3, 0).empty()); }

}  // namespace
}  // namespace maek::tools
