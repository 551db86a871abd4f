// The openCypher TCK: every expanded scenario is a test of its own name. The files are read where
// they lie (MAEK_SHARED/tck); without them the suite says so and is skipped.
// At the end three counts are printed: failed at all where an error was expected, right type and
// phase, right detail; then "N passed, N failed" of the strictest. Scenarios listed in
// known_failures.txt (one id a line) may fail; one that is not listed may not, and one that is
// listed but passes is named, so that the list only ever shrinks.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>

#include "tests/tck/scenario_runner.h"

namespace maek::tck {
namespace {

constexpr std::size_t kScenarios = 3897;

std::filesystem::path shared_folder() {
    if (const char* set = std::getenv("MAEK_SHARED")) return set;
    return std::filesystem::path(MAEK_SOURCE_DIR) / ".." / "shared";
}

struct Tally {
    std::size_t run = 0, level1 = 0, level2 = 0, level3 = 0, errors = 0, errors_right = 0;
    std::set<std::string> failed;
};

Tally& tally() {
    static Tally instance;
    return instance;
}

ScenarioRunner& runner() {
    static ScenarioRunner instance(shared_folder() / "tck");
    return instance;
}

std::set<std::string> known_failures() {
    std::set<std::string> ids;
    std::ifstream in(std::filesystem::path(MAEK_SOURCE_DIR) / "tests/tck/known_failures.txt");
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line[0] != '#') ids.insert(line);
    }
    return ids;
}

class ScenarioTest : public testing::Test {
public:
    explicit ScenarioTest(Scenario scenario) : scenario_(std::move(scenario)) {}

    void TestBody() override {
        static const std::set<std::string> known = known_failures();
        const Outcome outcome = runner().run(scenario_);
        Tally& counts = tally();
        ++counts.run;
        counts.level1 += outcome.failed_at_all;
        counts.level2 += outcome.type_and_phase;
        counts.level3 += outcome.detail;
        counts.errors += outcome.expects_error;
        counts.errors_right += outcome.expects_error && outcome.detail;
        if (outcome.detail) {
            if (known.contains(scenario_.id)) std::printf("passes now: %s\n", scenario_.id.c_str());
            return;
        }
        counts.failed.insert(scenario_.id);
        if (known.contains(scenario_.id)) return;
        ADD_FAILURE() << scenario_.id << " " << scenario_.name << "\n" << query_text() << "\n" << outcome.message;
    }

private:
    std::string query_text() const {
        for (const Step& step : scenario_.steps) {
            if (step.text == "executing query") return step.doc_string;
        }
        return {};
    }

    Scenario scenario_;
};

class SkippedTest : public testing::Test {
    void TestBody() override { GTEST_SKIP() << "the openCypher TCK is not at " << shared_folder() / "tck"; }
};

class CountTest : public testing::Test {
public:
    explicit CountTest(std::size_t count) : count_(count) {}
    void TestBody() override { EXPECT_EQ(count_, kScenarios) << "the runner does not parse everything"; }

private:
    std::size_t count_;
};

std::string test_name(const std::string& id) {
    std::string name;
    for (const char c : id) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    return name;
}

void register_scenarios() {
    if (!std::filesystem::exists(shared_folder() / "tck" / "features")) {
        testing::RegisterTest("Tck", "Skipped", nullptr, nullptr, __FILE__, __LINE__,
                              []() -> testing::Test* { return new SkippedTest; });
        return;
    }
    auto scenarios = read_all_features(shared_folder() / "tck");
    const std::size_t count = scenarios.size();
    testing::RegisterTest("Tck", "HasAllScenarios", nullptr, nullptr, __FILE__, __LINE__,
                          [count]() -> testing::Test* { return new CountTest(count); });
    for (Scenario& scenario : scenarios) {
        const std::string name = test_name(scenario.id);
        testing::RegisterTest("Tck", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                              [s = std::move(scenario)]() -> testing::Test* { return new ScenarioTest(s); });
    }
}

void print_counts() {
    const Tally& counts = tally();
    if (counts.run == 0) return;
    std::printf("TCK scenarios run: %zu\n", counts.run);
    std::printf("level 1, failed at all where expected: %zu passed, %zu failed\n", counts.level1,
                counts.run - counts.level1);
    std::printf("level 2, right type and phase: %zu passed, %zu failed\n", counts.level2, counts.run - counts.level2);
    std::printf("level 3, right detail: %zu passed, %zu failed\n", counts.level3, counts.run - counts.level3);
    std::printf("error scenarios with the right detail: %zu of %zu\n", counts.errors_right, counts.errors);
    for (const std::string& id : counts.failed) std::printf("failed: %s\n", id.c_str());
}

}  // namespace
}  // namespace maek::tck

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    maek::tck::register_scenarios();
    const int status = RUN_ALL_TESTS();
    maek::tck::print_counts();
    return status;
}
