// Room: extract, inner doorway of link/. From mentions to the entities of one article: same name,
// same entry of the lexicon, abbreviation in brackets, short form. Two names become one only for a
// reason that can be told (JoinReason); likeness alone is none.
// Immutable, for many threads; linear in the text but for the number of distinct names of one type.
// Tests: tests/extract/link/linker_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "schema/lexicon.h"

namespace maek::extract {

enum class JoinReason : std::uint8_t {
    kSameName,    // the same letters
    kLexicon,     // names of one entry
    kBrackets,    // 인천테크노파크(인천TP)
    kShortForm,   // 인하대 for 인하대학교, 남동산단 for 남동국가산업단지
    kEnding,      // 혁신네트워크 for 창원 강소특구 혁신네트워크
    kSyllables,   // 생기원 for 생산기술연구원
    kInitials,    // KERI for Korea Electrotechnology Research Institute
    kSurname,     // Nam for Nam Kyung-pil
    kHeadline,    // 수소 시험센터 in the headline for 수소 안전시험센터
};
std::string_view reason_words(JoinReason reason);

// Why a name became another name's entity; for people who ask.
struct Join {
    std::uint32_t entity = 0;
    std::string name, other;
    JoinReason reason = JoinReason::kSameName;
};

class Linker {
public:
    explicit Linker(const Lexicon& lexicon) : lexicon_(&lexicon) {}

    LinkedDocument link(const Document& document, std::vector<Join>* reasons = nullptr) const;

private:
    const Lexicon* lexicon_;
};

// The parts of a name that are only spelling: blanks, signs, (주), ㈜, (재), quotation marks.
std::string bare_name(std::string_view name);

// May `shorter` be read as a short form of `longer`, both of this type? Bare names.
bool is_short_form(EntityType type, std::string_view shorter, std::string_view longer, JoinReason& reason);

}  // namespace maek::extract
