// Room: extract, inner. English names that their own words give away: rows of capitalised words, joined by "of", "for", "and",
// "&", that hold a word which tells the kind of thing ("Garam Institute for Tidal Energy", "Ministry of Tides, Wind and
// Light"). Suggestions only; whether they count is learned. Linear in the sentence. Tests: tests/extract/mention/english_names_test.cpp.
#pragma once

#include <vector>

#include "extract/mention/suggestions.h"
#include "extract/mention/units.h"

namespace maek::extract {

// Appends them by their begin. A row that "and" or a genitive parts is given whole and in parts.
void find_english_names(const UnitRow& row, std::vector<Suggestion>& out);

}  // namespace maek::extract
