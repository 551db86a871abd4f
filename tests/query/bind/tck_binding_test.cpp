// The binder against the openCypher TCK, read in place: every error that a scenario expects at
// compile time is found by parse() or bind() with its type and detail, and nothing else is refused.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "tests/query/bind/fake_catalogue.h"
#include "tests/tck/feature.h"

namespace maek::query {
namespace {

std::filesystem::path tck_folder() {
    const char* shared = std::getenv("MAEK_SHARED");
    const std::filesystem::path root = shared != nullptr ? shared : std::string(MAEK_SOURCE_DIR) + "/../shared";
    return root / "tck";
}

struct Expected {
    std::string type, phase, detail;
};

// "a TypeError should be raised at compile time: InvalidArgumentType"
Expected expected_of(const std::string& step) {
    const std::size_t type = step.find(' ') + 1, should = step.find(" should be raised at ");
    const std::size_t phase = should + 21, colon = step.find(": ", phase);
    return {step.substr(type, should - type), step.substr(phase, colon - phase), step.substr(colon + 2)};
}

struct Counts {
    int checked = 0, errors = 0;
};

void check(const tck::Scenario& scenario, const std::string& query, const Expected& expected,
           const Catalogue& catalogue, const Parameters& parameters, Counts& counts) {
    ++counts.checked;
    const std::string got = fault(query, catalogue, parameters);
    const std::string wanted = expected.type + "/" + (expected.detail == "*" ? "" : expected.detail + " ");
    if (expected.phase == "compile time") {
        ++counts.errors;
        EXPECT_EQ(got.substr(0, wanted.size()), wanted) << scenario.id << "\n" << query;
    } else if (expected.phase == "any time" && !got.empty()) {
        EXPECT_EQ(got.substr(0, wanted.size()), wanted) << scenario.id << "\n" << query;
    } else {
        EXPECT_EQ(got, "") << scenario.id << "\n" << query;
    }
}

void check(const tck::Scenario& scenario, Counts& counts) {
    FakeCatalogue catalogue;
    Parameters parameters;
    std::string query;
    Expected expected;
    const auto flush = [&] {
        if (!query.empty()) check(scenario, query, expected, catalogue, parameters, counts);
        query.clear();
        expected = {};
    };
    for (const tck::Step& step : scenario.steps) {
        if (step.text.starts_with("there exists a procedure ")) {
            catalogue.add_procedure(step.text.substr(25));
        } else if (step.text.starts_with("parameters are")) {
            for (const auto& row : step.table) parameters.emplace_back(row[0], Value::integer(1));
        } else if (step.text.starts_with("having executed")) {
            check(scenario, step.doc_string, {}, catalogue, parameters, counts);
        } else if (step.text.starts_with("executing ")) {
            flush();
            query = step.doc_string;
        } else if (step.text.find(" should be raised at ") != std::string::npos) {
            expected = expected_of(step.text);
        }
    }
    flush();
}

TEST(TckBinding, EveryCompileTimeErrorIsFoundAndNothingElseIsRefused) {
    if (!std::filesystem::exists(tck_folder())) GTEST_SKIP() << "no TCK at " << tck_folder();
    Counts counts;
    for (const tck::Scenario& scenario : tck::read_all_features(tck_folder())) check(scenario, counts);
    EXPECT_EQ(counts.checked, 4863);
    EXPECT_EQ(counts.errors, 600);
}

}  // namespace
}  // namespace maek::query
