#include "query/search/text_index.h"

#include <algorithm>
#include <cmath>

#include "query/search/text_terms.h"

namespace maek::query {

namespace {

// Less of the query's weight than this is no match.
constexpr double kLeastCoverage = 0.5;

template <class Has, class Read>
void each_value(std::uint32_t slots, const std::vector<KeyId>& keys, Guard* guard, Has has, Read read) {
    for (std::uint32_t i = 0; i < slots; ++i) {
        if (guard != nullptr && i % 1024 == 0) guard->check();
        if (!has(i)) continue;
        for (const KeyId key : keys) read(i, key);
    }
}

bool holds_every_word(const std::u32string& text, std::u32string_view query) {
    return std::ranges::all_of(words(query), [&](std::u32string_view word) {
        return text.find(word) != std::u32string::npos || text.find(without_particle(word)) != std::u32string::npos;
    });
}

std::vector<TextHit> best_of_each(std::vector<TextHit> hits) {
    std::ranges::sort(hits, [](const TextHit& a, const TextHit& b) {
        return a.id != b.id ? a.id < b.id : a.score > b.score;
    });
    hits.erase(std::ranges::unique(hits, {}, &TextHit::id).begin(), hits.end());
    return hits;
}

}  // namespace

TextIndex::TextIndex(const graph::Graph& graph, const TextScope& scope, Guard* guard) {
    std::vector<KeyId> keys;
    for (const std::string& name : scope.properties) {
        if (const auto key = graph.keys().find(name)) keys.push_back(*key);
    }
    if (scope.relationships) {
        std::vector<TypeId> types;
        for (const std::string& name : scope.labels) {
            if (const auto type = graph.types().find(name)) types.push_back(*type);
        }
        const auto wanted = [&](std::uint32_t i) {
            return graph.has_rel(RelId{i}) &&
                   (scope.labels.empty() || std::ranges::find(types, graph.rel(RelId{i}).type) != types.end());
        };
        each_value(graph.rel_slots(), keys, guard, wanted,
                   [&](std::uint32_t i, KeyId key) { add(i, graph.rel_property(RelId{i}, key)); });
        return;
    }
    std::vector<LabelId> labels;
    for (const std::string& name : scope.labels) {
        if (const auto label = graph.labels().find(name)) labels.push_back(*label);
    }
    const auto wanted = [&](std::uint32_t i) {
        return graph.has_node(NodeId{i}) &&
               (scope.labels.empty() ||
                std::ranges::any_of(labels, [&](LabelId label) { return graph.has_label(NodeId{i}, label); }));
    };
    each_value(graph.node_slots(), keys, guard, wanted,
               [&](std::uint32_t i, KeyId key) { add(i, graph.node_property(NodeId{i}, key)); });
}

void TextIndex::add(std::uint32_t id, const Value& value) {
    if (value.is(ValueKind::kString)) add_text(id, value.as_string());
    if (!value.is(ValueKind::kList)) return;
    for (const Value& item : value.as_list()) {
        if (item.is(ValueKind::kString)) add_text(id, item.as_string());
    }
}

void TextIndex::add_text(std::uint32_t id, std::string_view text) {
    Document document{id, normalised(text), {}, 0};
    if (document.text.empty()) return;
    document.letters = letters(document.text);
    const auto number = static_cast<std::uint32_t>(documents_.size());
    const auto runs = grams(document.letters);
    document.grams = static_cast<std::uint32_t>(runs.size());
    for (const std::uint64_t gram : runs) postings_[gram].push_back(number);
    documents_.push_back(std::move(document));
}

double TextIndex::weight(std::uint64_t gram) const {
    const auto found = postings_.find(gram);
    const double count = found == postings_.end() ? 0.0 : static_cast<double>(found->second.size());
    return std::log(1.0 + (static_cast<double>(documents_.size()) + 1.0) / (count + 1.0));
}

std::vector<TextHit> TextIndex::search(std::string_view query, std::size_t limit, bool exact, Guard* guard) const {
    const std::u32string wanted = normalised(query);
    if (wanted.empty()) return {};
    auto hits = is_initials(wanted) ? search_initials(wanted, guard) : search_letters(wanted, exact, guard);
    hits = best_of_each(std::move(hits));
    std::ranges::sort(hits, [](const TextHit& a, const TextHit& b) {
        return a.score != b.score ? a.score > b.score : a.id < b.id;
    });
    if (hits.size() > limit) hits.resize(limit);
    return hits;
}

std::vector<TextHit> TextIndex::search_initials(std::u32string_view query, Guard* guard) const {
    std::vector<TextHit> hits;
    for (std::size_t i = 0; i < documents_.size(); ++i) {
        if (guard != nullptr && i % 1024 == 0) guard->check();
        const std::u32string first = initials(documents_[i].text);
        const std::size_t at = first.find(query);
        if (at == std::u32string::npos) continue;
        const double covered = static_cast<double>(query.size()) / static_cast<double>(first.size());
        hits.push_back({documents_[i].id, (at == 0 ? 0.5 : 0.3) + 0.5 * covered});
    }
    return hits;
}

std::vector<TextHit> TextIndex::search_letters(std::u32string_view query, bool exact, Guard* guard) const {
    std::u32string stripped;
    for (const std::u32string_view word : words(query)) {
        if (!stripped.empty()) stripped += U' ';
        stripped += without_particle(word);
    }
    const std::u32string wanted = letters(stripped), whole = letters(query);
    std::unordered_map<std::uint32_t, std::pair<double, std::uint32_t>> shared;  // weight, number
    const auto runs = grams(wanted);
    double total = 0;
    for (const std::uint64_t gram : runs) {
        const double w = weight(gram);
        total += w;
        const auto found = postings_.find(gram);
        if (found == postings_.end()) continue;
        if (guard != nullptr) guard->check();
        for (const std::uint32_t document : found->second) {
            auto& [sum, count] = shared[document];
            sum += w;
            ++count;
        }
    }
    std::vector<TextHit> hits;
    for (const auto& [number, sums] : shared) {
        const Document& document = documents_[number];
        const double coverage = sums.first / total;
        if (exact ? !holds_every_word(document.text, query) : coverage < kLeastCoverage) continue;
        const double alike = 2.0 * sums.second / static_cast<double>(runs.size() + document.grams);
        double score = 0.45 * coverage + 0.25 * alike;
        if (document.letters == wanted || document.letters == whole) {
            score = 1.0;
        } else if (document.letters.starts_with(wanted)) {
            score += 0.2;
        } else if (document.letters.find(wanted) != std::u32string::npos) {
            score += 0.1;
        }
        hits.push_back({document.id, std::min(score, 1.0)});
    }
    return hits;
}

}  // namespace maek::query
