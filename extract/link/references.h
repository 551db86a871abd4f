// Room: extract, inner. Short forms that stand for a thing named elsewhere in the article: "시는" for
// the city, "센터는" for the centre last spoken of, "두 기관은" and "여섯 대학은" for as many of that kind as were named last,
// the body in "나래시장" beside a person, "the city".
// They are no names and no aliases, but a relation may hang on them.
// Tests: tests/extract/link/references_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/document.h"

namespace maek::extract {

struct Reference {
    ByteSpan span;  // without the particle
    std::uint32_t sentence = 0;
    std::uint32_t entity = 0;  // several references may share a span ("두 기관")
};

// In the order of the text. `heads`: nouns that may stand alone for a name that ends with them.
// Linear in the text.
std::vector<Reference> find_references(const Document& document, const LinkedDocument& linked,
                                       const std::vector<std::string>& heads);

}  // namespace maek::extract
