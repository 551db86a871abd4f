// Room: extract, inner. What the tagger's spans must look like, whatever the model says: a name begins
// and ends where a word does, brackets and quotation marks in it are whole, "X(Y)" with an
// abbreviation Y is two names, a firm's sign (㈜) marks a firm, a bare head noun ("센터") is no name.
// Rules of form alone, linear in the sentence. Tests: tests/extract/mention/repair_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

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

// In order, without overlaps, before and after.
void repair_spans(const SentenceView& view, std::vector<SpanDraft>& spans);

}  // namespace maek::extract
