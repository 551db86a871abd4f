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
#include "extract/link/join_reason.h"
#include "schema/lexicon.h"

namespace maek::extract {

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

}  // namespace maek::extract
