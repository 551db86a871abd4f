#include "tools/shell/completion.h"

#include <algorithm>
#include <cctype>

namespace maek::tools {
namespace {

bool in_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool begins_with(std::string_view word, std::string_view part) {
    return word.size() >= part.size() &&
           std::equal(part.begin(), part.end(), word.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

// Whether the end of the text stands inside [ ]: then a ':' is followed by a type.
bool inside_brackets(std::string_view text) {
    for (std::size_t i = text.size(); i-- > 0;) {
        if (text[i] == '[') return true;
        if (text[i] == ']' || text[i] == '(' || text[i] == ')') return false;
    }
    return false;
}

void add_matching(std::vector<std::string>& out, const std::vector<std::string>& words, std::string_view part,
                  std::string_view after = {}) {
    for (const std::string& word : words) {
        if (begins_with(word, part)) out.push_back(word + std::string(after));
    }
}

// The variables bound so far: names after '(', '[' or AS.
std::vector<std::string> variables(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '(' && text[i] != '[') continue;
        std::size_t end = i + 1;
        while (end < text.size() && in_word(text[end])) ++end;
        if (end > i + 1 && end < text.size()) out.emplace_back(text.substr(i + 1, end - i - 1));
    }
    return out;
}

}  // namespace

std::vector<std::string> completions(std::string_view text, const Vocabulary& vocabulary, std::size_t& begin) {
    std::vector<std::string> out;
    const std::size_t first = text.find_first_not_of(" \t");
    if (first != std::string_view::npos && (text[first] == ':' || text[first] == '.') &&
        text.find(' ', first) == std::string_view::npos) {
        begin = first;
        const std::string part = ":" + std::string(text.substr(first + 1));
        add_matching(out, vocabulary.commands, part);
    } else {
        begin = text.size();
        while (begin > 0 && in_word(text[begin - 1])) --begin;
        const std::string_view part = text.substr(begin);
        std::size_t before = begin;
        while (before > 0 && text[before - 1] == ' ') --before;
        const char previous = before > 0 ? text[before - 1] : ' ';
        if (previous == ':' || previous == '|' || previous == '&') {
            add_matching(out, inside_brackets(text) ? vocabulary.types : vocabulary.labels, part);
        } else if (previous == '.' && before == begin) {
            add_matching(out, vocabulary.keys, part);
        } else if (!part.empty()) {
            add_matching(out, vocabulary.keywords, part);
            add_matching(out, vocabulary.functions, part, "(");
            add_matching(out, variables(text.substr(0, begin)), part);
        }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<std::string> language_keywords() {
    return {"MATCH",    "OPTIONAL MATCH", "WHERE",  "RETURN", "WITH",     "UNWIND", "ORDER BY", "SKIP",
            "LIMIT",    "DISTINCT",       "CREATE", "MERGE",  "SET",      "REMOVE", "DELETE",   "DETACH DELETE",
            "FOREACH",  "CALL",           "YIELD",  "UNION",  "UNION ALL", "CASE",  "WHEN",     "THEN",
            "ELSE",     "END",            "AND",    "OR",     "XOR",      "NOT",    "IN",       "STARTS WITH",
            "ENDS WITH", "CONTAINS",      "IS NULL", "IS NOT NULL", "AS", "EXISTS", "COUNT",    "COLLECT",
            "DESC",     "ASC",            "ON CREATE", "ON MATCH", "EXPLAIN", "PROFILE", "BEGIN", "COMMIT",
            "ROLLBACK", "SHORTEST",       "ALL SHORTEST", "ANY SHORTEST", "TRAIL", "ACYCLIC", "SIMPLE", "WALK",
            "SHOW INDEXES", "SHOW CONSTRAINTS", "SHOW FUNCTIONS", "SHOW PROCEDURES", "CREATE INDEX",
            "DROP INDEX", "CREATE CONSTRAINT", "DROP CONSTRAINT", "TRUE", "FALSE", "NULL"};
}

}  // namespace maek::tools
