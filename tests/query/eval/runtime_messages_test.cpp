#include "query/eval/runtime_messages.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>

#include "query/parse/query_error.h"
#include "tests/query/eval/tiny_query.h"

namespace maek::query::test {
namespace {

// Each line: an expression that fails. Its message must have a Korean form that keeps the values.
TEST(KoreanMessages, AreKnownForEveryFailureOfEvaluation) {
    for (const char* text :
         {"1 + true", "-'a'", "9223372036854775807 + 1", "toInteger(1e30)", "1 / 0", "1 % 0", "duration('P1D') / 0", "[1]['a']", "{a: 1}[0]",
          "(1).x", "'abc'[0]", "[1]['a'..]", "1 IN 2", "'a' =~ '('", "range(1, 1000000000000000000)", "toUpper(1)", "left('a', 'b')", "left('a', -1)",
          "coll.insert([1], 3, 2)", "range(1, 2, 0)", "range(1, 2.5)", "coll.flatten([1], -1)", "round(1.2, -1)", "round(1.2, 1, 'X')",
          "normalize('a', 'X')", "point({x: 1, y: 2, srid: 1})", "point({x: 1, y: 2, crs: 'moon'})", "point({x: 1})",
          "point({x: 1, y: 2, crs: 'cartesian-3d'})", "point({x: 1, y: 2, z: 3, crs: 'cartesian'})", "point({longitude: 1, latitude: 2, crs: 'cartesian'})",
          "point({longitude: 1, latitude: 99})", "date('x')", "date({year: 2020, month: 13})", "date({date: localtime('10')})", "localtime({time: date('2020')})",
          "duration({days: 1e300})", "datetime({datetime: datetime(), date: date()})", "date({year: 2020, day: 1})", "date({year: 2020, hour: 1})",
          "date({year: 2021, week: 53})", "date({year: 2020, month: 1, week: 1})", "date({})", "localtime({})", "localtime({hour: 1, nanosecond: 1})",
          "datetime({epochSeconds: 1, epochMillis: 1})", "duration({})", "localtime(date('2020'))", "datetime.fromEpoch(9223372036854775807, 9223372036854775807)",
          "datetime('2026-07-01T02:30+01:00[Europe/Berlin]')", "datetime('2020-01-01T10:00[Mars/Base]')", "date('+999999999-12-31') + duration('P1D')",
          "date({year: 2021, month: 2, day: 29})", "duration({years: 9223372036854775807})", "duration({seconds: 9223372036854775807}).nanoseconds",
          "date.truncate('fortnight', date('2020'))", "date.truncate('day', localtime('10'))", "date.truncate('hour', date('2020'))",
          "localdatetime.truncate('hour', date('2020'))"}) {
        TinyQuery query;
        try {
            ADD_FAILURE() << text << " gave " << to_literal(query.evaluate(text));
        } catch (const QueryError& error) {
            const std::string english = error.error().message;
            EXPECT_NE(runtime_message_in_korean(english), english) << text;
        } catch (const std::string& problem) {
            ADD_FAILURE() << text << ": " << problem;
        }
    }
}

// ---------------------------------------------------------------- the sources

// The arguments of a call whose opening bracket is at `at`.
std::vector<std::string> arguments_of(const std::string& text, std::size_t at) {
    std::vector<std::string> out(1);
    int depth = 0;
    bool quoted = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted) {
            quoted = c != '"';
            out.back() += c;
            if (c == '\\') out.back() += text[++at];
            continue;
        }
        const bool opens = c == '(' || c == '{' || c == '[', closes = c == ')' || c == '}' || c == ']';
        depth += opens ? 1 : closes ? -1 : 0;
        if (depth == 0) break;
        if (c == ',' && depth == 1) {
            out.emplace_back();
        } else if (!(opens && depth == 1)) {
            quoted = c == '"';
            out.back() += c;
        }
    }
    return out;
}

// The text that an expression of the sources makes: its literals, and X for everything between.
std::string made_text(std::string expression) {
    expression = std::regex_replace(expression, std::regex("std::string(_view)?\\("), "");
    expression = std::regex_replace(expression, std::regex("\\([^()]*\\?[^()]*\\)"), "(choice)");
    std::string out;
    bool between = false;
    const std::regex part("\"((?:[^\"\\\\]|\\\\.)*)\"|([^\"]+)");
    for (std::sregex_iterator at(expression.begin(), expression.end(), part), end; at != end; ++at) {
        if ((*at)[2].matched) {
            between = std::regex_search((*at)[2].str(), std::regex("[A-Za-z_]"));
            if (between) out += 'X';
        } else {
            out += (*at)[1].str();
        }
    }
    return out;
}

// Both sides of a choice between two texts.
std::vector<std::string> sides(const std::string& expression) {
    const std::regex choice("^[^\"]*\\?\\s*(\"[^\"]*\")\\s*:\\s*(\"[^\"]*\")$");
    std::smatch parts;
    if (std::regex_match(expression, parts, choice)) return {parts[1].str(), parts[2].str()};
    return {expression};
}

struct Told {
    std::string file, text;
};

// Every text that the sources give to one of the calls: name -> which argument it is.
std::vector<Told> told_in_sources() {
    const std::map<std::string, std::size_t> calls = {
        {"fail", 3}, {"throw_runtime_error", 2}, {"fail_value", 0}, {"fail_range", 0}, {"fail_overflow", 0},
        {"fail_division", 0}, {"fail_limit", 0}, {"schema_error", 2}, {"violation", 2}, {"note", 1}, {"Error", 1},
        {"notes.push_back", 1}};
    const std::regex call("(fail(?:_value|_range|_overflow|_division|_limit)?|throw_runtime_error|schema_error|violation|note)\\("
                          "|(Error)\\{ErrorCode|(notes\\.push_back)\\(\\s*\\{");
    std::vector<Told> out;
    const std::filesystem::path root(MAEK_SOURCE_DIR);
    for (const char* folder : {"query", "graph"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            const std::string path = entry.path().string();
            const bool schema = path.ends_with("transaction_schema.cpp") || path.ends_with("paths.cpp");
            if (entry.path().extension() != ".cpp" || path.find("/parse/") != std::string::npos) continue;
            if (std::string(folder) == "graph" && !schema) continue;
            std::ifstream file(entry.path());
            const std::string text((std::istreambuf_iterator<char>(file)), {});
            for (std::sregex_iterator at(text.begin(), text.end(), call), end; at != end; ++at) {
                std::string name;
                for (std::size_t group = 1; group <= 3; ++group) name += (*at)[group].str();
                std::size_t bracket = static_cast<std::size_t>(at->position()) + static_cast<std::size_t>(at->length()) - 1;
                if (name == "Error") bracket -= 9;
                const std::vector<std::string> arguments = arguments_of(text, bracket);
                const std::size_t wanted = calls.at(name);
                if (arguments.size() <= wanted || arguments[wanted].find('"') == std::string::npos) continue;
                for (const std::string& side : sides(arguments[wanted])) {
                    out.push_back({entry.path().filename().string(), made_text(side)});
                }
            }
        }
    }
    return out;
}

TEST(KoreanMessages, AreThereForEveryTextInTheSources) {
    const std::vector<Told> told = told_in_sources();
    EXPECT_GT(told.size(), 100U) << "the sources are not where they were";
    for (const Told& one : told) {
        EXPECT_NE(runtime_message_in_korean(one.text), one.text) << one.file;
    }
}

TEST(KoreanMessages, KeepTheValues) {
    EXPECT_EQ(runtime_message_in_korean("cannot apply - to MAP {name: '강원'} and INTEGER 1"),
              "연산자 -: MAP {name: '강원'} 및 INTEGER 1에는 쓸 수 없습니다");
    EXPECT_EQ(runtime_message_in_korean("left() as argument 2 expects INTEGER, got STRING 'b'"),
              "left(): 2번째 인자는 INTEGER여야 하는데 STRING 'b'입니다");
    EXPECT_EQ(runtime_message_in_korean("nothing of the table"), "nothing of the table");
    EXPECT_EQ(runtime_message_in_korean(""), "");
}

}  // namespace
}  // namespace maek::query::test
