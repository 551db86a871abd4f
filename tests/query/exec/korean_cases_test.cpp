// Runs the statements of tests/query/cases/*.test with Korean messages: whatever an error or a
// notification says is Korean, but for the user's own words, names of the language and values.
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <regex>

#include "tests/query/exec/case_file.h"
#include "tests/query/temporary_store.h"

namespace maek::query::test {

namespace {

bool has_hangul(const std::string& text) {
    return std::regex_search(text, std::regex("[\xEA-\xED][\x80-\xBF][\x80-\xBF]"));
}

// The English words that are left of a message without what stands in quotation marks or braces.
std::string english_words(std::string text) {
    for (const char* kept : {"'[^']*'", "`[^`]*`", "\\{[^{}]*\\}", "\\[[^\\[\\]]*\\]", "\\([^()]*\\)"}) {
        text = std::regex_replace(text, std::regex(kept), "");
    }
    static const std::regex word("\\b(an|the|or|and|of|is|are|has|needs|expects|expected|with|cannot|not|arguments?|integers?)\\b");
    std::string out;
    for (std::sregex_iterator at(text.begin(), text.end(), word), end; at != end; ++at) out += at->str() + " ";
    return out;
}

void expect_korean(const std::string& message, const std::string& where) {
    EXPECT_TRUE(has_hangul(message)) << where << ": " << message;
    EXPECT_EQ(english_words(message), "") << where << ": " << message;
}

bool tells_something(const Case& one) {
    for (const Step& step : one.steps) {
        for (const Expectation& expected : step.expected) {
            if (expected.kind == Expectation::Kind::kReopen) return false;
        }
    }
    for (const Step& step : one.steps) {
        for (const Expectation& expected : step.expected) {
            if (expected.kind == Expectation::Kind::kError || expected.kind == Expectation::Kind::kNotes) return true;
        }
    }
    return false;
}

void run_case(maek::test::TemporaryStore& store, const CaseFile& file, const Case& one) {
    Session session = store.engine().session();
    ASSERT_TRUE(session.begin().ok());
    RunOptions options;
    options.language = "ko";
    options.disabled_rewrites = one.disabled;
    Parameters parameters;
    if (!one.parameters.empty()) {
        const auto map = session.run("RETURN " + one.parameters);
        ASSERT_TRUE(map.ok()) << map.error().text();
        parameters.assign(map->rows[0][0].as_map().begin(), map->rows[0][0].as_map().end());
    }
    for (const Step& step : one.steps) {
        for (const StatementText& statement : split_statements(step.query)) {
            const auto result = session.run(statement.text, parameters, options);
            const std::string where = file.path + ":" + std::to_string(step.line);
            if (!result.ok()) expect_korean(result.error().message, where);
            else for (const Notification& note : result->notifications) expect_korean(note.message, where);
        }
    }
}

}  // namespace

TEST(KoreanMessages, EveryErrorAndNoteOfTheCasesIsKorean) {
    std::size_t cases = 0;
    for (const auto& entry : std::filesystem::directory_iterator(MAEK_SOURCE_DIR "/tests/query/cases")) {
        if (entry.path().extension() != ".test") continue;
        const CaseFile file = read_case_file(entry.path().string());
        maek::test::TemporaryStore store;
        for (const StatementText& statement : split_statements(file.graph)) {
            ASSERT_TRUE(store.run(statement.text).ok()) << file.path;
        }
        for (const Case& one : file.cases) {
            if (!tells_something(one)) continue;
            ++cases;
            run_case(store, file, one);
        }
    }
    EXPECT_GT(cases, 100U) << "the cases are not where they were";
}

}  // namespace maek::query::test
