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

class NameEndings {
public:
    static NameEndings load(const Lexicon& lexicon);
    // Bytes of the name's longest ending for each type.
    void read(std::string_view name, std::array<float, kEntityTypes>& longest) const;

private:
    struct Ending {
        std::string letters;  // letters only
        EntityType type;
    };
    static std::size_t place_of(std::string_view text);
    static constexpr std::size_t kPlaces = 256;
    std::array<std::vector<Ending>, kPlaces> by_last_;  // by their last three bytes
    std::vector<Ending> short_;                         // of fewer bytes
};

}  // namespace maek::extract
