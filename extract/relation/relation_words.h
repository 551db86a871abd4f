// Room: extract, inner. The words that the relation stage reads, made from the schema's lists for
// quick look-up: particles by role, trigger stems by relation, posts, signs of denial and of money.
// Immutable after make(). Tests: tests/extract/relation/scene_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
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

class RelationWords {
public:
    static RelationWords make(const Lexicon& lexicon);

    // Role of the syllables behind a name ("에서는" -> kAt). kOther when they are no particle.
    Role role(std::string_view tail) const;
    // What the word speaks for. Looks for stems inside it.
    WordBits triggers(std::string_view word) const;
    // The longest stem found, or empty.
    std::string_view trigger_stem(std::string_view word) const;
    WordBits english_triggers(std::string_view lower_word) const;

    bool is_title(std::string_view word) const { return titles_.count(std::string(word)) != 0; }
    // The longest post that the word ends with ("창원시장" -> "시장"), or empty.
    std::string_view title_at_end(std::string_view word) const;
    bool says(std::string_view word) const { return holds(say_, word); }
    bool denies(std::string_view word) const { return holds(negation_, word); }
    bool compares(std::string_view word) const { return holds(comparison_, word); }
    bool is_no_funding(std::string_view text) const { return holds(money_not_, text); }
    bool is_total(std::string_view text) const { return holds(money_total_, text); }
    bool counted(std::string_view word) const;
    const std::vector<std::string>& reference_heads() const { return heads_; }

private:
    static bool holds(const std::vector<std::string>& list, std::string_view text);

    std::unordered_map<std::string, Role> roles_;
    // Stems by their first syllable (3 bytes), longest first.
    std::unordered_map<std::string, std::vector<std::pair<std::string, WordBits>>> stems_;
    std::vector<std::pair<std::string, WordBits>> english_;
    std::unordered_set<std::string> titles_;
    std::vector<std::string> title_list_;  // longest first
    std::vector<std::string> say_, negation_, comparison_, money_not_, money_total_, counted_, heads_;
};

}  // namespace maek::extract
