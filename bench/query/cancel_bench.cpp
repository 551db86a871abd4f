// How long a statement goes on after it was cancelled, for every kind of long work: the clock's time
// from setting the flag, as Ctrl-C does, to the answer. On a quiet machine every line is below 100 ms.
//
//   query_cancel_bench [ROUNDS]     median and worst of that many rounds (default 5)
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "tests/query/exec/long_statements.h"
#include "tests/query/temporary_store.h"

using namespace maek;
using Clock = std::chrono::steady_clock;

namespace {

// Milliseconds until the statement came back, or -1: it ended by itself.
double cancel_once(query::Engine& engine, const std::string& text) {
    std::atomic<bool> cancelled{false};
    bool ended = false;
    Clock::time_point back;
    std::thread worker([&] {
        query::RunOptions options;
        options.cancelled = &cancelled;
        ended = engine.session().run(text, {}, options).ok();
        back = Clock::now();
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    const auto set = Clock::now();
    cancelled = true;
    worker.join();
    return ended ? -1 : std::max(0.0, std::chrono::duration<double, std::milli>(back - set).count());
}

}  // namespace

int main(int count, char** words) {
    const int rounds = count > 1 ? std::max(1, std::atoi(words[1])) : 5;
    int status = 0;
    test::TemporaryStore store;
    for (const std::string& statement : query::test::long_graph()) {
        const auto done = store.run(statement);
        if (!done.ok()) return std::fprintf(stderr, "%s\n", done.error().text().c_str()), 1;
    }
    std::printf("%-32s %10s %10s\n", "work", "median ms", "worst ms");
    for (const query::test::LongStatement& statement : query::test::long_statements()) {
        std::vector<double> times;
        for (int round = 0; round < rounds; ++round) times.push_back(cancel_once(store.engine(), statement.text));
        std::sort(times.begin(), times.end());
        std::printf("%-32s %10.1f %10.1f\n", statement.work, times[times.size() / 2], times.back());
        if (times.front() < 0 || times.back() > 100) status = 1;
    }
    return status;
}
