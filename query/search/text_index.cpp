#include "query/search/text_index.h"

#include <algorithm>
#include <cmath>

#include "query/search/text_terms.h"

namespace maek::query {

namespace {

// Less of the query's weight than this is no match.
constexpr double kLeastCoverage = 0.5;

bool holds_every_word(const std::u32string& text, std::u32string_view query) {
    return std::ranges::all_of(words(query), [&](std::u32string_view word) {
        return text.find(word) != std::u32string::npos || text.find(without_particle(word)) != std::u32string::npos;
    });
}

std::vector<TextHit> best_of_each(std::vector<TextHit> hits) {
    std::ranges::sort(hits, [](const TextHit& a, const TextHit& b) {
        return a.id != b.id ? a.id < b.id : a.score > b.score;
    });
    hits.erase(std::unique(hits.begin(), hits.end(), [](const TextHit& a, const TextHit& b) { return a.id == b.id; }), hits.end());
    return hits;
}

}  // namespace

// ---------------------------------------------------------------- building and updating

struct TextIndex::Names {
    Names(const graph::Graph& graph, const TextScope& scope) {
        for (const std::string& name : scope.properties) {
            if (const auto key = graph.keys().find(name)) keys.push_back(*key);
        }
        for (const std::string& name : scope.labels) {
            if (scope.relationships) {
                if (const auto type = graph.types().find(name)) types.push_back(*type);
            } else if (const auto label = graph.labels().find(name)) {
                labels.push_back(*label);
            }
        }
    }
    std::vector<KeyId> keys;
    std::vector<LabelId> labels;
    std::vector<TypeId> types;
};

TextIndex::TextIndex(const graph::Graph& graph, const TextScope& scope, Guard* guard) : scope_(scope) {
    update(graph, guard);
}

void TextIndex::update(const graph::Graph& graph, Guard* guard) {
    const Names before(graph_, scope_), now(graph, scope_);
    const auto count = [&](const graph::Graph& of) { return scope_.relationships ? of.rel_chunks() : of.node_chunks(); };
    for (std::uint32_t chunk = 0; chunk < std::max(count(graph_), count(graph)); ++chunk) {
        if (guard != nullptr) guard->check();
        if (chunk >= count(graph_) || chunk >= count(graph) || !same_chunk(before, now, graph, chunk)) {
            update_chunk(now, graph, chunk);
        }
    }
    graph_ = graph;
}

// Versions of a graph share what they have in common: equal places, equal contents.
bool TextIndex::same_chunk(const Names& before, const Names& now, const graph::Graph& graph,
                           std::uint32_t chunk) const {
    if (before.keys != now.keys || before.labels != now.labels || before.types != now.types) {
        return false;  // a name of the scope is new, or was taken back and given again
    }
    if (scope_.relationships) {
        if (graph_.rel_records(chunk) != graph.rel_records(chunk)) return false;
        return std::ranges::all_of(now.keys, [&](KeyId key) {
            return graph_.rel_column(key, chunk) == graph.rel_column(key, chunk);
        });
    }
    if (graph_.alive_bits(chunk) != graph.alive_bits(chunk)) return false;
    return std::ranges::all_of(now.keys, [&](KeyId key) {
               return graph_.node_column(key, chunk) == graph.node_column(key, chunk);
           }) &&
           std::ranges::all_of(now.labels, [&](LabelId label) {
               return graph_.label_bits(label, chunk) == graph.label_bits(label, chunk);
           });
}

void TextIndex::update_chunk(const Names& names, const graph::Graph& graph, std::uint32_t chunk) {
    for (std::uint32_t i = 0; i < graph::kChunkSize; ++i) {
        const std::uint32_t id = (chunk << graph::kChunkBits) + i;
        replace(id, texts_of(names, graph, id));
    }
}

std::vector<std::u32string> TextIndex::texts_of(const Names& names, const graph::Graph& graph, std::uint32_t id) {
    std::vector<std::u32string> texts;
    const bool there = scope_.relationships ? id < graph.rel_slots() && graph.has_rel(RelId{id})
                                            : id < graph.node_slots() && graph.has_node(NodeId{id});
    if (!there) return texts;
    const bool wanted =
        scope_.labels.empty() ||
        (scope_.relationships
             ? std::ranges::find(names.types, graph.rel(RelId{id}).type) != names.types.end()
             : std::ranges::any_of(names.labels, [&](LabelId label) { return graph.has_label(NodeId{id}, label); }));
    if (!wanted) return texts;
    const auto add = [&](const Value& value) {
        if (!value.is(ValueKind::kString)) return;
        ++texts_read_;
        std::u32string text = normalised(value.as_string());
        if (!text.empty()) texts.push_back(std::move(text));
    };
    for (const KeyId key : names.keys) {
        const Value value = scope_.relationships ? graph.rel_property(RelId{id}, key) : graph.node_property(NodeId{id}, key);
        add(value);
        if (!value.is(ValueKind::kList)) continue;
        for (const Value& item : value.as_list()) add(item);
    }
    return texts;
}

// The texts of a node or relationship become these; those that it has already stay as they are.
void TextIndex::replace(std::uint32_t id, std::vector<std::u32string> texts) {
    const auto known = documents_of_.find(id);
    if (known != documents_of_.end()) {
        std::vector<std::uint32_t> kept;
        for (const std::uint32_t document : known->second) {
            const auto same = std::ranges::find(texts, documents_[document].text);
            if (same == texts.end()) {
                remove(document);
            } else {
                texts.erase(same);
                kept.push_back(document);
            }
        }
        if (kept.empty()) {
            documents_of_.erase(known);
        } else {
            known->second = std::move(kept);
        }
    }
    for (std::u32string& text : texts) add_text(id, std::move(text));
}

void TextIndex::add_text(std::uint32_t id, std::u32string text) {
    Document document{id, std::move(text), {}, 0};
    document.letters = letters(document.text);
    const bool again = !free_.empty();
    const auto number = again ? free_.back() : static_cast<std::uint32_t>(documents_.size());
    const auto runs = grams(document.letters);
    document.grams = static_cast<std::uint32_t>(runs.size());
    for (const std::uint64_t gram : runs) postings_[gram].push_back(number);
    if (again) {
        documents_[number] = std::move(document);
        free_.pop_back();
    } else {
        documents_.push_back(std::move(document));
    }
    documents_of_[id].push_back(number);
}

void TextIndex::remove(std::uint32_t document) {
    for (const std::uint64_t gram : grams(documents_[document].letters)) {
        const auto found = postings_.find(gram);
        std::erase(found->second, document);
        if (found->second.empty()) postings_.erase(found);
    }
    documents_[document] = {kGone, {}, {}, 0};
    free_.push_back(document);
}

// ---------------------------------------------------------------- searching

double TextIndex::weight(std::uint64_t gram) const {
    const auto found = postings_.find(gram);
    const double count = found == postings_.end() ? 0.0 : static_cast<double>(found->second.size());
    return std::log(1.0 + (static_cast<double>(documents_.size() - free_.size()) + 1.0) / (count + 1.0));
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
        if (documents_[i].id == kGone) continue;
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
