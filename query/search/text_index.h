// Room: query, inner. A search index over chosen text properties of nodes or relationships: an
// inverted index of three-letter runs (grams) of the normalised text. A query need not be exact:
//   * 인천테크노 finds 인천테크노파크 (part of a word), 인천시는 finds 인천시 (particles),
//   * one wrong letter still shares most grams (typos),
//   * ㅇㅊㅌㅋㄴ finds it by first consonants.
// Score 0..1: how much of the query's weight (rare grams weigh more) the text holds, and how much
// of the text the query covers; exact and leading matches come first. Building is linear in the
// text; bringing it up to date with another version of the graph looks only at the chunks that the
// two do not share, and gives what building anew would. Searching is safe for many threads while
// nobody brings it up to date. Tests: tests/query/search/text_index_test.cpp.
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
    // Becomes the index of another version of the same store's graph. After a failure (the guard's) it
    // is of no version any more.
    void update(const graph::Graph& graph, Guard* guard);
    // Whether the graph is a copy of that version: copies share their names until one is changed.
    bool is_of(const graph::Graph& graph) const { return &graph_.labels() == &graph.labels(); }
    // How many texts were read since it was made: what the updates cost.
    std::uint64_t texts_read() const { return texts_read_; }

    // Best first, equal scores by id; at most `limit`. exact: every word must stand in the text.
    std::vector<TextHit> search(std::string_view query, std::size_t limit, bool exact, Guard* guard) const;

private:
    struct Document {
        std::uint32_t id;  // kGone: no document any more
        std::u32string text;     // normalised
        std::u32string letters;  // of text
        std::uint32_t grams;     // number of distinct ones
    };
    static constexpr std::uint32_t kGone = 0xFFFFFFFFu;
    struct Names;  // of the scope, in one graph
    bool same_chunk(const Names& before, const Names& now, const graph::Graph& graph, std::uint32_t chunk) const;
    void update_chunk(const Names& names, const graph::Graph& graph, std::uint32_t chunk);
    std::vector<std::u32string> texts_of(const Names& names, const graph::Graph& graph, std::uint32_t id);
    void replace(std::uint32_t id, std::vector<std::u32string> texts);
    void add_text(std::uint32_t id, std::u32string text);
    void remove(std::uint32_t document);
    std::vector<TextHit> search_initials(std::u32string_view query, Guard* guard) const;
    std::vector<TextHit> search_letters(std::u32string_view query, bool exact, Guard* guard) const;
    double weight(std::uint64_t gram) const;

    TextScope scope_;
    graph::Graph graph_;  // the version it is of
    std::vector<Document> documents_;
    std::vector<std::uint32_t> free_;  // places of documents that are gone
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> documents_of_;   // by id
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> postings_;       // by gram
    std::uint64_t texts_read_ = 0;
};

}  // namespace maek::query
