// Room: extract, inner. The words that the relation stage reads, made from the schema's lists for
// quick look-up: particles by role, trigger stems by relation, posts, signs of denial and of money.
// Immutable after make(). Tests: tests/extract/relation/scene_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "schema/lexicon.h"

namespace maek::extract {

// The ten relations in the ontology's order. The numbers are part of the model file's form.
enum class RelationKind : std::uint8_t {
    kPartnersWith, kMemberOf, kLeads, kParticipatesIn, kFunds, kCommissions, kLocatedIn, kPartOf,
    kWorksFor, kFocusesOn, kNone,
};
inline constexpr std::size_t kRelationKinds = 10;
inline constexpr std::array<std::string_view, kRelationKinds> kRelationNames = {
    "PARTNERS_WITH", "MEMBER_OF", "LEADS", "PARTICIPATES_IN", "FUNDS", "COMMISSIONS", "LOCATED_IN",
    "PART_OF", "WORKS_FOR", "FOCUSES_ON"};

using RelationScores = std::array<float, kRelationKinds>;

// What a name does in its clause, told by what stands behind it.
enum class Role : std::uint8_t {
    kNone,     // a blank: more of a phrase follows
    kTopic,    // 은 는
    kSubject,  // 이 가
    kObject,   // 을 를
    kWith,     // 와 과
    kOf,       // 의
    kTo,       // 에 에게
    kAt,       // 에서
    kBy,       // 로 으로
    kAlso,     // 도 만
    kCopula,   // 이다, 이며
    kComma, kDot, kParen, kColon, kQuote, kEnd,
    kOther,    // another ending, or the rest of a compound
};

// Bits of a word: the relations that it speaks for, then the word classes ("class.*") in the order of
// their names. Stems stand in schema/words.
using WordBits = std::uint64_t;
inline constexpr WordBits kRelationBits = (WordBits{1} << kRelationKinds) - 1;
inline constexpr std::size_t kWordClasses = 40;  // at most
inline std::size_t first_class(WordBits bits) {  // kWordClasses when there is none
    bits >>= kRelationKinds;
    return bits == 0 ? kWordClasses : static_cast<std::size_t>(__builtin_ctzll(bits));
}

inline constexpr std::size_t kHangulSyllables = 0xD7A4 - 0xAC00;

// Number of the Hangul syllable at the beginning of UTF-8 text, kHangulSyllables when there is none.
inline std::size_t syllable(std::string_view text) {
    if (text.size() < 3) return kHangulSyllables;
    const auto a = static_cast<unsigned char>(text[0]), b = static_cast<unsigned char>(text[1]), c = static_cast<unsigned char>(text[2]);
    if (a < 0xEA || a > 0xED) return kHangulSyllables;
    const std::size_t code = (std::size_t{a} & 15) << 12 | (std::size_t{b} & 63) << 6 | (std::size_t{c} & 63);
    return code < 0xAC00 || code >= 0xD7A4 ? kHangulSyllables : code - 0xAC00;
}

inline std::size_t last_syllable(std::string_view text) {
    return text.size() < 3 ? kHangulSyllables : syllable(text.substr(text.size() - 3));
}

// What one look at a word tells.
struct WordReading {
    WordBits triggers = 0;
    bool says = false, denies = false, compares = false;
    std::string_view stem;  // the first relation stem in it, the longest of those that begin there
};

class RelationWords {
public:
    static RelationWords make(const Lexicon& lexicon);

    // Role of the syllables behind a name ("에서는" -> kAt). kOther when they are no particle.
    Role role(std::string_view tail) const;
    // Every stem inside the word, in one pass over its syllables.
    WordReading read(std::string_view word) const;
    WordBits triggers(std::string_view word) const { return read(word).triggers; }
    WordBits english_triggers(std::string_view lower_word) const;

    bool is_title(std::string_view word) const { return titles_.count(std::string(word)) != 0; }
    // The longest post that the word ends with ("창원시장" -> "시장"), or empty.
    std::string_view title_at_end(std::string_view word) const;
    const std::vector<std::string>& reference_heads() const { return heads_; }

private:
    struct Stem {
        std::string rest;  // behind the first syllable
        WordBits bits = 0;
    };
    struct Particle {
        std::string text;
        Role role = Role::kOther;
    };
    void add_english(std::string stem, WordBits bits);
    void add_stems(const Lexicon& lexicon);

    // Lists by the first syllable (stems, particles) or the last one (posts), longest first; 0: none.
    std::vector<std::uint16_t> stems_at_, roles_at_, titles_at_;
    std::vector<std::vector<Stem>> stems_;
    std::vector<std::vector<Particle>> roles_;
    std::vector<std::vector<std::string>> title_lists_;
    std::array<std::vector<std::pair<std::string, WordBits>>, 32> english_;  // by the first letter
    std::unordered_set<std::string> titles_;
    std::vector<std::string> heads_;
};

}  // namespace maek::extract
