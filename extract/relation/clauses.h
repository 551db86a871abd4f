// Room: extract, inner. The bones of a Korean sentence, read from its endings alone: which words are
// predicates (at the end, before a comma, before a noun), and which predicate governs a noun phrase.
// "시는 센터를 짓고 재단이 운영하는 사업을 돕기로 했다": 시는 -> 돕기로, 센터를 -> 짓고, 재단이 -> 운영하는.
// Linear in the words. Tests: tests/extract/relation/clauses_test.cpp.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/relation/relation_words.h"
#include "extract/relation/scene.h"

namespace maek::extract {

enum class WordForm : std::uint8_t {
    kNoun,        // no predicate
    kAdnominal,   // 운영하는, 맡은: a noun follows that it describes
    kConnective,  // 짓고, 들여, 하기로: another clause follows
    kQuoted,      // 한다고, 했다며: what somebody says ends here
    kFinal,       // 밝혔다, 예정이다
    kAuxiliary,   // 했다 behind 하기로, 계획이다 behind 지을: the word before tells the matter
};

class Clauses {
public:
    // `text`: the document's. Requires: the scene's words and occurrences are there.
    void read(std::string_view text, const RelationWords& words, const Scene& scene);

    WordForm form(int word) const { return forms_[static_cast<std::size_t>(word)]; }
    // The word that tells what the occurrence does or what is done with it; -1: none.
    int governor(const Occurrence& o) const;
    // The object noun of a predicate ("협약을 체결"), outside names; -1: none.
    int object_of(int predicate) const;
    // Does the predicate describe the phrase in which the occurrence stands ("재단이 운영하는 센터")?
    bool describes(int predicate, const Occurrence& o) const;

private:
    int matter(int word) const;  // behind auxiliaries
    Role case_behind(const Occurrence& o, int& word) const;

    const Scene* scene_ = nullptr;
    std::vector<WordForm> forms_;
    std::vector<Role> roles_;  // of words that are no predicates
};

// Of a word without the signs behind it; `known`: some trigger or class speaks for it being a verb.
WordForm form_of(std::string_view word, bool known);

}  // namespace maek::extract
