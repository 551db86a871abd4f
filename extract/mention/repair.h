// Room: extract, inner. What the tagger's spans must look like, whatever the model says: a name begins
// and ends where a word does, brackets and quotation marks in it are whole, "X(Y)" with an
// abbreviation Y is two names, a firm's sign (㈜) marks a firm, a bare head noun ("센터") is no name.
// Rules of form alone, linear in the sentence. Tests: tests/extract/mention/repair_test.cpp.
#pragma once

#include <vector>

#include "extract/mention/span_draft.h"

namespace maek::extract {

// In order, without overlaps, before and after.
void repair_spans(const SentenceView& view, std::vector<SpanDraft>& spans);

}  // namespace maek::extract
