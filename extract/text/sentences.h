// Room: extract, inner. Lines to sentences: full stops that end one and those that do not
// (abbreviations, decimals, dates, quotations), lost blanks ("…했다.이날", "Tuesday.Since"), bullets,
// bylines and mail addresses cut out of the line that holds them. A sentence longer than 1,000 code
// points is cut at a blank, so that evidence stays quotable. One pass, linear.
// Tests: tests/extract/text/sentences_test.cpp.
#pragma once

#include <vector>

#include "extract/document.h"
#include "extract/text/lines.h"

namespace maek::extract {

// Fills document.sentences.
void split_sentences(const std::vector<Line>& lines, Document& document);

}  // namespace maek::extract
