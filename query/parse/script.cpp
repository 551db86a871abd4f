// Scripts: where one statement ends and the next begins, and whether a text is still open. Knows
// strings, backticks and comments, nothing else of the language.
#include "query/engine.h"

namespace maek::query {

namespace {

enum class Open : std::uint8_t { kNothing, kQuote, kComment };

// Moves over one string, name, comment or character at `i`.
Open skip_piece(std::string_view text, std::size_t& i) {
    const char c = text[i];
    if (c == '\'' || c == '"' || c == '`') {
        for (++i; i < text.size(); ++i) {
            if (text[i] == '\\' && c != '`' && i + 1 < text.size()) {
                ++i;
            } else if (text[i] == c) {
                ++i;
                return Open::kNothing;
            }
        }
        return Open::kQuote;
    }
    if (c == '/' && i + 1 < text.size() && text[i + 1] == '/') {
        const std::size_t end = text.find('\n', i);
        i = end == std::string_view::npos ? text.size() : end;
        return Open::kNothing;
    }
    if (c == '/' && i + 1 < text.size() && text[i + 1] == '*') {
        const std::size_t end = text.find("*/", i + 2);
        i = end == std::string_view::npos ? text.size() : end + 2;
        return end == std::string_view::npos ? Open::kComment : Open::kNothing;
    }
    ++i;
    return Open::kNothing;
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_comment(std::string_view text, std::size_t i) {
    return i + 1 < text.size() && text[i] == '/' && (text[i + 1] == '/' || text[i + 1] == '*');
}

}  // namespace

std::vector<StatementText> split_statements(std::string_view script) {
    std::vector<StatementText> out;
    std::uint32_t line = 1;
    std::size_t counted = 0;  // lines are counted up to here
    std::size_t i = 0;
    if (script.substr(0, 3) == "\xEF\xBB\xBF") i = counted = 3;
    while (i < script.size()) {
        while (i < script.size() && (is_blank(script[i]) || script[i] == ';')) ++i;
        if (i >= script.size()) break;
        const std::size_t begin = i;
        bool content = false;
        while (i < script.size() && script[i] != ';') {
            content = content || (!is_blank(script[i]) && !is_comment(script, i));
            skip_piece(script, i);
        }
        std::size_t end = i;
        while (end > begin && is_blank(script[end - 1])) --end;
        for (; counted < begin; ++counted) line += script[counted] == '\n';
        if (content) out.push_back({script.substr(begin, end - begin), line});
    }
    return out;
}

bool is_incomplete(std::string_view text) {
    std::size_t open = 0;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (c == '(' || c == '[' || c == '{') ++open;
        if ((c == ')' || c == ']' || c == '}') && open > 0) --open;
        if (c == ';') open = 0;
        if (skip_piece(text, i) != Open::kNothing) return true;
    }
    return open > 0;
}

}  // namespace maek::query
