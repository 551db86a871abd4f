#include "query/parse/keywords.h"

#include <algorithm>
#include <array>
#include <string>

#include "query/parse/suggest.h"

namespace maek::query {

namespace {

constexpr const char* kNames[] = {
    "",
#define MAEK_KEYWORD_NAME(name) #name,
    MAEK_KEYWORDS(MAEK_KEYWORD_NAME)
#undef MAEK_KEYWORD_NAME
};
constexpr std::size_t kCount = std::size(kNames);

struct Row {
    std::string text;
    Keyword keyword;
};

const std::vector<Row>& by_text() {
    static const std::vector<Row> rows = [] {
        std::vector<Row> out;
        for (std::size_t i = 1; i < kCount; ++i) {
            std::string text = kNames[i];
            for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
            out.push_back({text, static_cast<Keyword>(i)});
        }
        std::sort(out.begin(), out.end(), [](const Row& a, const Row& b) { return a.text < b.text; });
        return out;
    }();
    return rows;
}

}  // namespace

Keyword find_keyword(std::string_view word) {
    std::array<char, 20> upper{};
    if (word.size() > upper.size()) return Keyword::kNothing;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        if (static_cast<unsigned char>(c) >= 0x80) return Keyword::kNothing;
        upper[i] = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    const std::string_view text(upper.data(), word.size());
    const auto& rows = by_text();
    const auto at = std::lower_bound(rows.begin(), rows.end(), text,
                                     [](const Row& row, std::string_view t) { return row.text < t; });
    return at != rows.end() && at->text == text ? at->keyword : Keyword::kNothing;
}

std::string_view keyword_text(Keyword keyword) {
    for (const Row& row : by_text()) {
        if (row.keyword == keyword) return row.text;
    }
    return "";
}

Keyword closest_keyword(std::string_view word, std::span<const Keyword> candidates) {
    std::vector<std::string> names;
    for (const Keyword candidate : candidates) names.emplace_back(keyword_text(candidate));
    const auto found = closest_name(word, names);
    return found ? find_keyword(*found) : Keyword::kNothing;
}

}  // namespace maek::query
