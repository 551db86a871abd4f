// Runs every tests/query/cases/*.test; each case is a test of its own: Cases/<topic>.<name>.
// A case runs inside a transaction that is rolled back, so that all cases of a file share one store;
// a case with `reopen` has a store of its own.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <sstream>

#include "query/eval/render.h"
#include "tests/query/exec/case_file.h"
#include "tests/query/temporary_store.h"

namespace maek::query::test {

namespace {

using Store = maek::test::TemporaryStore;

std::unique_ptr<Store> make_store(const CaseFile& file) {
    auto made = std::make_unique<Store>();
    Session session = made->engine().session();
    for (const StatementText& statement : split_statements(file.graph)) {
        const auto done = session.run(statement.text);
        if (!done.ok()) throw std::runtime_error(file.path + ": graph: " + done.error().text());
    }
    return made;
}

std::string row_text(const std::vector<Value>& row, const graph::Graph& graph) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) text += " | ";
        text += to_literal(row[i], &graph);
    }
    return text;
}

std::string error_text(const Error& error) {
    if (!error.query) return "code " + std::to_string(static_cast<int>(error.code)) + ": " + error.message;
    return error.query->type + " " + error.query->phase + " " + error.query->detail;
}

// One store a file, for the cases that leave nothing behind.
std::map<std::string, std::unique_ptr<Store>>& shared_stores() {
    static std::map<std::string, std::unique_ptr<Store>> stores;
    return stores;
}

class CaseTest : public testing::Test {
public:
    CaseTest(const CaseFile& file, const Case& test_case) : file_(file), case_(test_case) {}

    void TestBody() override {
        std::map<std::string, std::unique_ptr<Store>>& shared = shared_stores();
        const bool own = std::any_of(case_.steps.begin(), case_.steps.end(), [](const Step& step) {
            return std::any_of(step.expected.begin(), step.expected.end(), [](const Expectation& expected) {
                return expected.kind == Expectation::Kind::kReopen;
            });
        });
        if (own) {
            run(*make_store(file_), false);
            return;
        }
        auto found = shared.find(file_.path);
        if (found == shared.end()) found = shared.emplace(file_.path, make_store(file_)).first;
        run(*found->second, true);
    }

private:
    void run(Store& store, bool roll_back) {
        auto session = std::make_unique<Session>(store.engine().session());
        if (roll_back) {
            ASSERT_TRUE(session->begin().ok());
        }
        RunOptions options;
        options.disabled_rewrites = case_.disabled;
        options.timeout = std::chrono::milliseconds(20000);
        Parameters parameters;
        if (!case_.parameters.empty()) {
            const auto map = session->run("RETURN " + case_.parameters);
            ASSERT_TRUE(map.ok()) << map.error().text();
            const auto entries = map->rows[0][0].as_map();
            parameters.assign(entries.begin(), entries.end());
        }
        for (const Step& step : case_.steps) {
            SCOPED_TRACE(file_.path + ":" + std::to_string(step.line));
            Result<QueryResult> result = Error{};
            for (const StatementText& statement : split_statements(step.query)) {
                result = session->run(statement.text, parameters, options);
            }
            for (const Expectation& expected : step.expected) {
                if (expected.kind == Expectation::Kind::kReopen) {
                    session.reset();
                    store.reopen();
                    session = std::make_unique<Session>(store.engine().session());
                } else {
                    check(expected, result);
                }
            }
        }
    }

    static void check(const Expectation& expected, const Result<QueryResult>& result) {
        if (expected.kind == Expectation::Kind::kError) {
            ASSERT_FALSE(result.ok()) << "expected error " << expected.head;
            std::string text = error_text(result.error());
            if (expected.head.find(':') != std::string::npos) {
                text += " " + std::to_string(result.error().where.line) + ":" +
                        std::to_string(result.error().where.column);
            }
            EXPECT_EQ(text, expected.head) << result.error().text();
            return;
        }
        ASSERT_TRUE(result.ok()) << result.error().text() << " [" << error_text(result.error()) << "]";
        switch (expected.kind) {
            case Expectation::Kind::kEmpty: EXPECT_EQ(result->rows.size(), 0u); break;
            case Expectation::Kind::kRows:
            case Expectation::Kind::kAnyOrder: {
                std::vector<std::string> rows, wanted = expected.lines;
                for (const auto& row : result->rows) rows.push_back(row_text(row, result->graph));
                if (expected.kind == Expectation::Kind::kAnyOrder) {
                    std::sort(rows.begin(), rows.end());
                    std::sort(wanted.begin(), wanted.end());
                }
                EXPECT_EQ(rows, wanted);
                break;
            }
            case Expectation::Kind::kPlan: {
                ASSERT_FALSE(expected.lines.empty());
                EXPECT_EQ(plan_steps(result->plan), expected.lines);
                break;
            }
            case Expectation::Kind::kUpdates: EXPECT_EQ(updates_text(result->updates), expected.head); break;
            case Expectation::Kind::kNotes: EXPECT_EQ(notes(*result), expected.lines); break;
            default: break;
        }
    }

    static std::vector<std::string> notes(const QueryResult& result) {
        std::vector<std::string> lines;
        for (const Notification& note : result.notifications) {
            lines.push_back(note.code + " " + std::to_string(note.line) + ":" + std::to_string(note.column));
        }
        return lines;
    }

    // The steps of EXPLAIN without estimates, first step last.
    static std::vector<std::string> plan_steps(const std::string& plan) {
        std::vector<std::string> steps;
        std::istringstream lines(plan);
        std::string line;
        std::getline(lines, line);  // the heading
        while (std::getline(lines, line)) {
            std::size_t end = line.find_last_not_of(' ');
            end = line.find_last_of(' ', end);
            end = line.find_last_not_of(' ', end);
            line.resize(end + 1);
            steps.push_back(line.substr(line.find_first_not_of(' ')));  // case files have no indents
        }
        return steps;
    }

    static std::string updates_text(const UpdateCounts& counts) {
        std::string text;
        const auto add = [&](const char* name, std::uint64_t count) {
            if (count == 0) return;
            text += (text.empty() ? "" : ", ") + std::string(name) + " " + std::to_string(count);
        };
        add("nodes_created", counts.nodes_created);
        add("nodes_deleted", counts.nodes_deleted);
        add("relationships_created", counts.relationships_created);
        add("relationships_deleted", counts.relationships_deleted);
        add("properties_set", counts.properties_set);
        add("labels_added", counts.labels_added);
        add("labels_removed", counts.labels_removed);
        add("indexes_added", counts.indexes_added);
        add("indexes_removed", counts.indexes_removed);
        add("constraints_added", counts.constraints_added);
        add("constraints_removed", counts.constraints_removed);
        return text;
    }

    const CaseFile& file_;
    const Case& case_;
};

std::string test_name(const std::string& name) {
    std::string made;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        made += plain ? c : '_';
    }
    return made;
}

}  // namespace

}  // namespace maek::query::test

int main(int argc, char** argv) {
    using namespace maek::query::test;
    testing::InitGoogleTest(&argc, argv);
    static std::vector<std::unique_ptr<CaseFile>> files;
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(MAEK_SOURCE_DIR "/tests/query/cases")) {
        if (entry.path().extension() == ".test") paths.push_back(entry.path().string());
    }
    std::sort(paths.begin(), paths.end());
    for (const std::string& path : paths) {
        files.push_back(std::make_unique<CaseFile>(read_case_file(path)));
        const CaseFile& file = *files.back();
        for (const Case& each : file.cases) {
            testing::RegisterTest(("Cases_" + test_name(file.topic)).c_str(), test_name(each.name).c_str(), nullptr,
                                  nullptr, path.c_str(), 1,
                                  [&file, &each]() -> testing::Test* { return new CaseTest(file, each); });
        }
    }
    const int status = RUN_ALL_TESTS();
    shared_stores().clear();
    return status;
}
