// Room: query, inner. A search index over chosen text properties of nodes or relationships: an
// inverted index of three-letter runs (grams) of the normalised text. A query need not be exact:
//   * 인천테크노 finds 인천테크노파크 (part of a word), 인천시는 finds 인천시 (particles),
//   * one wrong letter still shares most grams (typos),
//   * ㅇㅊㅌㅋㄴ finds it by first consonants.
// Score 0..1: how much of the query's weight (rare grams weigh more) the text holds, and how much
// of the text the query covers; exact and leading matches come first. Immutable once built, safe
// for many threads. Building is linear in the text. Tests: tests/query/search/text_index_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/graph.h"
#include "query/eval/eval_context.h"

namespace maek::query {

struct TextScope {
    bool relationships = false;
    std::vector<std::string> labels;      // or types; empty: any
    std::vector<std::string> properties;  // strings and lists of strings
    bool operator==(const TextScope&) const = default;
};

struct TextHit {
    std::uint32_t id = 0;  // of the node or relationship
    double score = 0;
};

class TextIndex {
public:
    // guard may be null; building checks it and charges nothing (the index outlives the statement).
    TextIndex(const graph::Graph& graph, const TextScope& scope, Guard* guard);

    // Best first, equal scores by id; at most `limit`. exact: every word must stand in the text.
    std::vector<TextHit> search(std::string_view query, std::size_t limit, bool exact, Guard* guard) const;

private:
    struct Document {
        std::uint32_t id;
        std::u32string text;     // normalised
        std::u32string letters;  // of text
        std::uint32_t grams;     // number of distinct ones
    };
    void add(std::uint32_t id, const Value& value);
    void add_text(std::uint32_t id, std::string_view text);
    std::vector<TextHit> search_initials(std::u32string_view query, Guard* guard) const;
    std::vector<TextHit> search_letters(std::u32string_view query, bool exact, Guard* guard) const;
    double weight(std::uint64_t gram) const;

    std::vector<Document> documents_;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> postings_;  // ascending documents
};

}  // namespace maek::query
