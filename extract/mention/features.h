// Room: extract, inner. What the tagger sees of a unit: a list of 64-bit feature keys. The same code
// serves training and reading, so that the two cannot drift apart; a change of the templates makes
// old models useless and must raise kFeatureVersion. Every key costs a look into a table far away, so there are only
// those that folds have shown to be needed (docs/extraction.md, "Speed"). Tests: tests/extract/mention/tagger_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "extract/document.h"
#include "extract/mention/name_index.h"
#include "extract/mention/units.h"

namespace maek::extract {

inline constexpr std::uint32_t kFeatureVersion = 3;
inline constexpr std::size_t kMostFeatures = 40;

// Surnames that open most Korean names; by code point.
bool is_surname(char32_t c);

// The keys of one unit.
struct UnitKeys {
    std::array<std::uint64_t, kMostFeatures> keys;
    std::size_t count = 0;
};

// Names that cover a unit, the longest first, each with the unit's place in it.
struct Cover {
    static constexpr std::size_t kMost = 5;
    std::uint8_t count = 0;
    std::array<std::uint16_t, kMost> tag{};  // class, place and edge flags
};

// One sentence made ready. Reused from sentence to sentence: no allocation once it has grown.
class SentenceView {
public:
    UnitRow row;
    std::vector<NameMatch> matches;
    std::vector<Cover> covers;
    SentenceKind kind = SentenceKind::kBody;

    void prepare(std::string_view text, const Sentence& sentence, const Particles& particles,
                 const NameIndex& names);

    std::size_t size() const { return row.units.size(); }
    // Replaces `out` with the keys of unit i.
    void features(std::size_t i, UnitKeys& out) const;

private:
    void cover();
};

}  // namespace maek::extract
