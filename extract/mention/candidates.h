// Room: extract, inner. Whatever may be a name in an article: every stretch to which the model gives a
// chance, and what the grammar adds, gathered by name over the whole article with all that is known of
// each place. name_judge.h decides among them. Tests: tests/extract/mention/name_judge_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "extract/document.h"
#include "extract/mention/crf.h"
#include "extract/mention/features.h"
#include "extract/mention/repair.h"
#include "extract/mention/suggestions.h"

namespace maek::extract {

// What follows a name.
enum class Follower : std::uint8_t { kBlank, kSign, kWord, kTopic, kObject, kWith, kTo, kAt, kBy, kOf, kOther };
inline constexpr std::size_t kFollowers = 11;

// Words of the neighbourhood that tell whether a name counts.
enum CueWord : std::uint8_t {
    kCuePromotion = 1,  // 육성, 특화: behind a field
    kCueField = 2,      // 산업, 분야, 기술
    kCuePlace = 4,      // 소재, 일원, 본사
    kCueCompare = 8,    // 등, 비롯: one of many
};

struct NamePlace {
    ByteSpan span;
    std::uint32_t sentence = 0;
    std::array<float, kEntityTypes> chance{};  // posterior of exactly this stretch, by type
    EntityType read = EntityType::kNone;       // in the repaired best reading, with this type
    float read_chance = 0;
    MentionSource source = MentionSource::kTagger;
    bool found = true;        // false: only the same letters as a name found elsewhere
    Follower follower = Follower::kBlank;
    bool left_edge = true;    // begins a word
    std::uint8_t quoted = 0;  // 1: the whole between quotation marks
    bool bracket = false;
    bool firm = false;        // a firm's sign stands beside it
    std::uint8_t cues = 0, sentence_cues = 0;
    ByteSpan title;
    std::string full_name;  // where the text gives it only in part, as Mention::full_name
    std::uint64_t classes = 0;  // of the name tables, for exactly this stretch
    // Of the longest known word that ends it, that begins it (both shorter than it), that stands behind and before it.
    std::uint64_t head_classes = 0, first_classes = 0, after_classes = 0, before_classes = 0;
    bool ambiguous = false;
    std::vector<std::pair<EntityType, std::uint32_t>> entries;  // of the lexicon; one a type
    std::uint16_t hints = 0;    // types that the tables suggest here, a bit each
    std::uint16_t units = 0, words = 0;
    std::uint32_t before = 0, after = 0;  // codes of the words around; 0: none

    float best() const;
};

struct NameCandidate {
    std::string folded;  // letters and digits in lower case
    std::vector<NamePlace> places;  // in the order of the text
};

class CandidateFinder {
public:
    // `followers`: the Follower of each particle, by its number.
    CandidateFinder(const Document& document, const Particles& particles, const std::vector<std::uint8_t>& followers)
        : document_(document), particles_(particles), followers_(followers) {}

    // One sentence: the chances that the decoder gave, and the repaired best reading.
    void take(std::uint32_t sentence, const SentenceView& view, const std::vector<SpanChance>& chances,
              const std::vector<SpanDraft>& spans);

    // After the last sentence: gathers by name, looks for further places. In order of first place.
    std::vector<NameCandidate> finish();

private:
    NamePlace& place(std::uint32_t sentence, const SentenceView& view, std::size_t begin, std::size_t end);
    NamePlace fresh_place(std::uint32_t sentence, const SentenceView& view, std::size_t begin, std::size_t end) const;
    void look_around(const SentenceView& view, std::size_t begin, std::size_t end, NamePlace& place) const;
    void add_chance(std::uint32_t sentence, const SentenceView& view, const SpanChance& chance);
    void take_spread(std::size_t at, EntityType type);
    void take_mates(std::uint32_t sentence, const SentenceView& view);
    void find_further(std::vector<NameCandidate>& names) const;
    static void mark_firm(NameCandidate& name);
    void add_further(NameCandidate& name, std::size_t known, ByteSpan span) const;

    const Document& document_;
    const Particles& particles_;
    const std::vector<std::uint8_t>& followers_;
    std::vector<NamePlace> places_;
    std::size_t sentence_begin_ = 0;  // first place of the running sentence
    std::uint8_t sentence_cues_ = 0;
    std::vector<Suggestion> suggestions_;
};

// Letters and digits in lower case, without blanks and signs.
std::string folded_letters(std::string_view name);

}  // namespace maek::extract
