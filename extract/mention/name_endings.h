// Room: extract, inner. The endings by which the type of a name is guessed, out of the word lists
// "suffix.<Type>". Immutable. Tests: tests/extract/mention/name_judge_test.cpp.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/document.h"
#include "schema/lexicon.h"

namespace maek::extract {

struct NameEndings {
    std::vector<std::pair<std::string, EntityType>> endings;  // letters only
    static NameEndings load(const Lexicon& lexicon);
    // Bytes of the name's longest ending for each type.
    void read(std::string_view name, std::array<float, kEntityTypes>& longest) const;
};

}  // namespace maek::extract
