// Room: extract, inner. What a sentence denies: "협약을 맺은 적이 없다", "협약을 해지했다", "지원하지 않기로 했다",
// "협의회를 탈퇴했다", "did not sign", "withdrew from". A denial has the relations of its matter (the denied verb and
// its nouns) and a reach: who stands in its clause, and the topic. Double negation ("아끼지 않", "중단하지 않",
// "뿐 아니라", "중단 없이"), conditions, what describes a noun ("지원하지 않는 곳", "해지된 협약을 다시 맺었다") and
// what the same parties do after all are no denials. Rules of form alone, no list of names.
// Nor do the parts of several parties mix: "누리대는 실증을, 다솜대는 교육을 맡는다".
// Linear in the words; a sentence without a sign of denial costs one pass over its bytes.
// Tests: tests/extract/relation/polarity_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/relation/clauses.h"
#include "extract/relation/relation_words.h"
#include "extract/relation/scene.h"

namespace maek::extract {

struct Denial {
    int first = 0;   // the words that it reaches back to: [first, matter]
    int matter = 0;  // the denied verb, or the denying one over a noun
    int last = 0;    // the word that denies
    std::uint32_t kinds = 0;  // bits by RelationKind
};

class Polarity {
public:
    // `text`: the document's. Requires: the scene's words and occurrences are there; it must outlive the answers.
    void read(std::string_view text, const RelationWords& words, const Scene& scene);

    bool denies() const { return !denials_.empty() || apart_ != Apart::kNobody || !turns_.empty() || by_somebody_; }
    // The relations between occurrences a and b of the scene that the sentence denies.
    std::uint32_t denied(std::size_t a, std::size_t b) const;

private:
    std::string_view word(int at) const;
    // Who agrees with the topic but not with one another: all companions, or those of different phrases.
    enum class Apart : std::uint8_t { kNobody, kCompanions, kGroups };
    void read_each(std::string_view sentence);
    void read_turns();
    bool in_other_turn(const Occurrence& a, const Occurrence& b) const;
    void read_korean();
    void read_english();
    bool only_does(const Occurrence& o) const;
    int denying_end(int at, int& matter, std::uint32_t& kinds) const;
    bool after_all(int from, std::uint32_t kinds) const;
    std::uint32_t kinds_before(int at, int words) const;
    int clause_begin(int at) const;
    bool someone_in(int first, int last) const;
    void add(int matter, int last, std::uint32_t kinds);
    bool reaches(const Denial& denial, const Occurrence& o, bool& inside) const;

    std::string_view text_;
    const Scene* scene_ = nullptr;
    Clauses clauses_;
    std::vector<Denial> denials_;
    Apart apart_ = Apart::kNobody;
    std::vector<int> turns_;  // where the next party's part begins: "누리대는 실증을, 다솜대는 교육을 맡는다"
    std::vector<std::string> lower_;  // English: the words without signs
    bool by_somebody_ = false;        // English: something is done by somebody
};

}  // namespace maek::extract
