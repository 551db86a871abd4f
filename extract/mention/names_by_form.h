// Room: extract, inner. Names that the forms of the text alone give away, beside what the tagger found:
// a firm's sign (㈜), a name that the lexicon knows and that means nothing else, a field that the next
// word promotes, "(시장 김가람)", members of an enumeration of one kind, heads that an enumeration
// shares. Rules of form, linear in the sentence. Tests: tests/extract/mention/repair_test.cpp.
#pragma once

#include <vector>

#include "extract/mention/span_draft.h"

namespace maek::extract {

// Adds to the spans of one sentence; in order and without overlaps, before and after.
void add_by_form(const SentenceView& view, std::vector<SpanDraft>& spans);

}  // namespace maek::extract
