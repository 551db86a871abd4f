// Room: extract, inner. A name in the making: units of a sentence with a type.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "extract/mention/features.h"

namespace maek::extract {

// A name as units [begin, end) of a sentence.
struct SpanDraft {
    std::size_t begin = 0, end = 0;
    EntityType type = EntityType::kNone;
    float confidence = 0;
    MentionSource source = MentionSource::kTagger;
    // Units of the head that the name borrows from the last of its enumeration: the 특구 of "가람·한빛 특구".
    std::size_t head_begin = 0, head_end = 0;
};

// The name that a span with a borrowed head stands for ("가람 특구"); empty for others.
std::string spread_name(const SentenceView& view, std::string_view text, const SpanDraft& span);

}  // namespace maek::extract
