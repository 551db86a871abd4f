#include "tests/query/exec/case_file.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace maek::query::test {

namespace {

std::string trimmed(std::string text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool take(std::string& line, const std::string& word) {
    if (line != word && !line.starts_with(word + " ")) return false;
    line = trimmed(line.substr(word.size()));
    return true;
}

Expectation parse_head(std::string head, const std::string& where) {
    Expectation expected;
    using Kind = Expectation::Kind;
    if (take(head, "rows any-order")) expected.kind = Kind::kAnyOrder;
    else if (take(head, "rows")) expected.kind = Kind::kRows;
    else if (take(head, "empty")) expected.kind = Kind::kEmpty;
    else if (take(head, "error")) expected.kind = Kind::kError;
    else if (take(head, "plan")) expected.kind = Kind::kPlan;
    else if (take(head, "reopen")) expected.kind = Kind::kReopen;
    else if (take(head, "updates")) expected.kind = Kind::kUpdates;
    else if (take(head, "notes")) expected.kind = Kind::kNotes;
    else throw std::runtime_error(where + ": unknown expectation '" + head + "'");
    expected.head = head;
    return expected;
}

}  // namespace

CaseFile read_case_file(const std::string& path) {
    std::ifstream in(path);
    if (!in) throw std::runtime_error("cannot read " + path);
    CaseFile file;
    file.path = path;
    file.topic = std::filesystem::path(path).stem().string();
    std::string line;
    std::size_t number = 0;
    enum class In { kNothing, kGraph, kQuery, kExpected } in_what = In::kNothing;
    while (std::getline(in, line)) {
        ++number;
        const std::string where = path + ":" + std::to_string(number);
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.starts_with("# ") || line == "#") continue;
        std::string rest = line;
        if (in_what == In::kGraph) {
            if (line == "----") in_what = In::kNothing;
            else file.graph += line + "\n";
            continue;
        }
        if (line == "graph") {
            in_what = In::kGraph;
        } else if (take(rest, "case")) {
            file.cases.push_back(Case{rest, {}, {}, {}});
            in_what = In::kNothing;
        } else if (line.starts_with("----")) {
            if (file.cases.empty() || file.cases.back().steps.empty()) {
                throw std::runtime_error(where + ": an expectation without a query");
            }
            file.cases.back().steps.back().expected.push_back(parse_head(trimmed(line.substr(4)), where));
            in_what = In::kExpected;
        } else if (trimmed(line).empty()) {
            if (in_what == In::kExpected) in_what = In::kNothing;
        } else if (file.cases.empty()) {
            throw std::runtime_error(where + ": expected 'graph' or 'case'");
        } else if (in_what == In::kExpected) {
            file.cases.back().steps.back().expected.back().lines.push_back(trimmed(line));
        } else if (in_what == In::kNothing && take(rest, "params")) {
            file.cases.back().parameters = rest;
        } else if (in_what == In::kNothing && take(rest, "disable")) {
            file.cases.back().disabled.push_back(rest);
        } else {
            if (in_what == In::kNothing) file.cases.back().steps.push_back(Step{{}, {}, number});
            in_what = In::kQuery;
            file.cases.back().steps.back().query += line + "\n";
        }
    }
    return file;
}

}  // namespace maek::query::test
