// Room: tests. Every example of docs/query-language.md and docs/from-neo4j.md is run and its answer compared.
// In a page, a fence `graph` makes the graph all later examples see; a fence `query` is an example (several
// statements end with ';', the last one answers), run in a transaction that is rolled back. After it stands
//   a table      the columns and the rows, in order, cells as literals of the language, '|' written '\|';
//   a fence error    "Type Detail line:column", or without the place: "Type Detail";
//   nothing      the statement answers no rows.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "query/eval/render.h"
#include "tests/query/temporary_store.h"

namespace maek::query::test {

namespace {

namespace fs = std::filesystem;

struct Example {
    std::size_t line = 0;
    std::string query, error;
    std::vector<std::string> table;  // cells joined by " | "; the first is the heading
};
struct Page {
    std::string graph;
    std::vector<Example> examples;
};

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t\r");
    return begin == std::string::npos ? std::string() : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// "| a | b \| c |" -> "a | b | c".
std::string table_row(const std::string& line) {
    std::string row, cell;
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
            cell += line[++i];
        } else if (line[i] == '|') {
            row += (row.empty() ? "" : " | ") + trimmed(cell);
            cell.clear();
        } else {
            cell += line[i];
        }
    }
    return row;
}

// The lines of a fence, up to its end.
std::string fence_text(std::ifstream& in, std::size_t& number) {
    std::string text, line;
    while (std::getline(in, line)) {
        ++number;
        if (line.starts_with("```")) break;
        text += line + "\n";
    }
    return text;
}

Page read_page(const fs::path& path) {
    std::ifstream in(path);
    EXPECT_TRUE(in.good()) << path;
    Page page;
    bool open = false;  // whether an answer may follow
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.starts_with("```")) {
            const std::string kind = line.substr(3);
            const std::size_t begin = number;
            const std::string text = fence_text(in, number);
            if (kind == "graph") page.graph += text;
            if (kind == "query") page.examples.push_back({begin, text, {}, {}});
            if (kind == "error" && open) page.examples.back().error = trimmed(text.substr(0, text.find('\n')));
            open = kind == "query";
        } else if (line.starts_with("|") && open) {
            if (!line.starts_with("| ---")) page.examples.back().table.push_back(table_row(line));
        } else if (!trimmed(line).empty()) {
            open = false;
        } else if (!page.examples.empty() && !page.examples.back().table.empty()) {
            open = false;
        }
    }
    return page;
}

std::vector<std::string> answer(const QueryResult& result) {
    if (result.rows.empty()) return {};
    std::vector<std::string> lines(1);
    for (const std::string& column : result.columns) lines[0] += (lines[0].empty() ? "" : " | ") + column;
    for (const auto& row : result.rows) {
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i) text += (i > 0 ? " | " : "") + to_literal(row[i], &result.graph);
        lines.push_back(text);
    }
    return lines;
}

std::string error_line(const Error& error, bool with_place) {
    const std::string kind = error.query ? error.query->type + " " + error.query->detail : "other";
    if (!with_place) return kind;
    return kind + " " + std::to_string(error.where.line) + ":" + std::to_string(error.where.column);
}

Result<QueryResult> run_all(Session& session, const std::string& text) {
    Result<QueryResult> result = QueryResult{};
    for (const StatementText& statement : split_statements(text)) {
        result = session.run(statement.text);
        if (!result.ok()) break;
    }
    return result;
}

// A store with a page's graph.
class PageStore {
public:
    explicit PageStore(const Page& page)
        : store_(Synonyms{{{"연구기관", "ResearchInstitute"}}, {{"참여", "MEMBER_OF"}}}) {
        Session first = session();
        const auto made = run_all(first, page.graph);
        if (!made.ok()) throw std::runtime_error(made.error().text());
    }
    Session session() { return store_.engine().session(); }

private:
    maek::test::TemporaryStore store_;
};

void check_example(Session& session, const Example& example) {
    const auto result = run_all(session, example.query);
    if (!result.ok()) {
        const bool with_place = example.error.find(':') != std::string::npos;
        EXPECT_EQ(error_line(result.error(), with_place), example.error) << result.error().text();
        return;
    }
    EXPECT_EQ(example.error, "");
    EXPECT_EQ(answer(*result), example.table);
}

void check_page(const char* name) {
    const fs::path file = fs::path(MAEK_SOURCE_DIR) / "docs" / name;
    const Page page = read_page(file);
    ASSERT_GT(page.examples.size(), 5u);
    PageStore shared(page);
    Session session = shared.session();
    for (const Example& example : page.examples) {
        SCOPED_TRACE(file.string() + ":" + std::to_string(example.line) + "\n" + example.query);
        if (example.query.find("IN TRANSACTIONS") != std::string::npos) {  // not in an open one
            PageStore own(page);
            Session alone = own.session();
            check_example(alone, example);
            continue;
        }
        ASSERT_TRUE(session.begin().ok());
        check_example(session, example);
        if (session.in_transaction()) {
            EXPECT_TRUE(session.roll_back().ok());
        }
    }
}

TEST(Documents, EveryExampleOfTheLanguageReferenceAnswersWhatThePageShows) { check_page("query-language.md"); }

TEST(Documents, EveryExampleOfTheNeo4jPageAnswersWhatThePageShows) { check_page("from-neo4j.md"); }

}  // namespace

}  // namespace maek::query::test
