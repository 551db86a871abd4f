// Runs `maek` as its user would: words in, exit code, stdout and stderr out. And a folder of its own
// for each test, gone afterwards.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/temp_folder.h"

namespace maek::tools {

struct Outcome {
    int exit_code = -1;  // 128 + signal when killed by one
    std::string out, err;
    double seconds = 0;
};

struct HowToRun {
    std::string input;                         // on stdin
    std::map<std::string, std::string> environment;  // beside LANG=C.UTF-8
    int interrupt_after_ms = -1;               // sends SIGINT so long after the start
    std::string folder;                        // to run in; empty: here
};

Outcome run_program(const std::vector<std::string>& words, const HowToRun& how = {});

class ProgramTest : public testing::Test {
protected:
    // `maek WORDS...`
    Outcome maek(std::vector<std::string> words, const HowToRun& how = {}) const;
    // The same; the test fails unless the exit code is 0. Gives stdout.
    std::string done(std::vector<std::string> words, const HowToRun& how = {}) const;

    std::string path(std::string_view name) const { return (folder_ / name).string(); }
    std::string store() const { return path("store"); }
    // Writes a file in the test's folder, its own folders too; gives its path.
    std::string file(std::string_view name, std::string_view content) const;
    std::string read(std::string_view name) const;
    // A store with a small graph made by statements.
    void make_store(std::string_view statements) const;

    maek::test::TempFolder temporary_;
    const std::filesystem::path& folder_ = temporary_.path();
};

// The folder of the project, where tests/articles, README.md and the scripts lie.
std::filesystem::path project();
// ../shared, or empty when it is not there.
std::filesystem::path shared();
// MAEK_LONG=1: the slow tests at full length.
bool long_form();
std::string read_file(const std::filesystem::path& path);

// A sentence or two in the manner of a press release, enough for some facts.
extern const std::string_view kKoreanArticle;
extern const std::string_view kEnglishArticle;

}  // namespace maek::tools
