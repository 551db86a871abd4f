// The TCK's temporal scenarios, read in place and run without parser and executor. The full runner
// (tests/tck) runs them again through the engine; this one tells whether a failure is ours.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "query/parse/query_error.h"
#include "tests/query/eval/tiny_query.h"

namespace maek::query::test {
namespace {

std::filesystem::path tck_folder() {
    const char* shared = std::getenv("MAEK_SHARED");
    const std::filesystem::path root =
        shared != nullptr ? std::filesystem::path(shared) : std::filesystem::path(MAEK_SOURCE_DIR) / ".." / "shared";
    return root / "tck" / "features" / "expressions" / "temporal";
}

using Cells = std::vector<std::string>;

struct Step {
    std::string text;               // without the keyword
    std::string document;           // between """
    std::vector<Cells> table;
};
struct Scenario {
    std::string name;
    std::vector<Step> steps;
};

std::string trimmed(const std::string& s) {
    const auto first = s.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? "" : s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1);
}

Cells cells_of(const std::string& line) {
    Cells cells;
    std::string cell;
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size() && (line[i + 1] == '|' || line[i + 1] == '\\')) cell += line[++i];
        else if (line[i] == '|') cells.push_back(trimmed(std::exchange(cell, "")));
        else cell += line[i];
    }
    return cells;
}

std::string replaced(std::string text, const Cells& columns, const Cells& row) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string mark = "<" + columns[i] + ">";
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + row[i].size())) {
            text.replace(at, mark.size(), row[i]);
        }
    }
    return text;
}

Scenario filled(const Scenario& outline, const Cells& columns, const Cells& row, std::size_t number) {
    Scenario out = outline;
    out.name += " #" + std::to_string(number);
    for (Step& step : out.steps) {
        step.text = replaced(step.text, columns, row);
        step.document = replaced(step.document, columns, row);
        for (Cells& cells : step.table) {
            for (std::string& cell : cells) cell = replaced(cell, columns, row);
        }
    }
    return out;
}

std::vector<Scenario> read_feature(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::vector<Scenario> out;
    std::optional<Scenario> open;
    std::vector<Cells> examples;
    bool in_examples = false;
    const auto close = [&] {
        if (open && examples.empty()) out.push_back(*open);
        for (std::size_t i = 1; open && i < examples.size(); ++i) {
            out.push_back(filled(*open, examples[0], examples[i], i));
        }
        open.reset();
        examples.clear();
        in_examples = false;
    };
    for (std::string line; std::getline(file, line);) {
        const std::string text = trimmed(line);
        if (text.starts_with("Scenario")) {
            close();
            open = Scenario{path.stem().string() + " " + text.substr(text.find('[')), {}};
        } else if (!open || text.empty() || text[0] == '#') {
            continue;
        } else if (text.starts_with("Examples:")) {
            in_examples = true;
        } else if (text[0] == '|') {
            (in_examples ? examples : open->steps.back().table).push_back(cells_of(text));
        } else if (text == "\"\"\"") {
            while (std::getline(file, line) && trimmed(line) != "\"\"\"") open->steps.back().document += line + "\n";
        } else {
            open->steps.push_back({text.substr(text.find(' ') + 1), "", {}});
        }
    }
    close();
    return out;
}

// What went wrong, or nothing.
std::string run(const Scenario& scenario) {
    TinyQuery query;
    TinyQuery::Row row;
    try {
        for (const Step& step : scenario.steps) {
            if (!step.document.empty()) row = query.run(step.document);
            if (!step.text.starts_with("the result should be") || step.table.size() < 2) continue;
            if (row.size() != step.table[0].size()) return "another number of columns";
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (row[i].first != step.table[0][i]) return "column " + row[i].first;
                TinyQuery reader;
                const std::string expected = to_literal(reader.evaluate(step.table[1][i]));
                const std::string got = to_literal(row[i].second);
                if (expected != got) return row[i].first + " is " + got + ", expected " + expected;
            }
        }
    } catch (const QueryError& error) {
        return error.error().message;
    } catch (const std::string& problem) {
        return problem;
    }
    return "";
}

TEST(TckTemporal, EveryScenarioGivesWhatTheTckExpects) {
    if (!std::filesystem::exists(tck_folder())) GTEST_SKIP() << "no TCK at " << tck_folder();
    std::size_t passed = 0, failed = 0;
    for (int i = 1; i <= 10; ++i) {
        for (const Scenario& scenario : read_feature(tck_folder() / ("Temporal" + std::to_string(i) + ".feature"))) {
            const std::string problem = run(scenario);
            problem.empty() ? ++passed : ++failed;
            EXPECT_EQ(problem, "") << scenario.name;
        }
    }
    std::printf("%zu passed, %zu failed\n", passed, failed);
    EXPECT_EQ(passed + failed, 1004u);
}

}  // namespace
}  // namespace maek::query::test
