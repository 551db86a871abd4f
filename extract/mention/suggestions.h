// Room: extract, inner. Stretches that may be names though the model gives them no chance: what the tables know, fields inside
// the names of places and undertakings, what stands in quotation marks before "사업", rows of capitalised words. Whether
// they count is learned. Linear in the sentence and its matches. Tests: tests/extract/mention/name_judge_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/document.h"
#include "extract/mention/crf.h"
#include "extract/mention/features.h"

namespace maek::extract {

struct Suggestion {
    std::uint16_t begin = 0, end = 0;  // units
    EntityType type = EntityType::kNone;
    bool operator==(const Suggestion&) const = default;
};

// Appends them; a stretch may come more than once.
void suggest_names(const SentenceView& view, const std::vector<SpanChance>& chances, std::vector<Suggestion>& out);

}  // namespace maek::extract
