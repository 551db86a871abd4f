// Room: extract, inner. The shadow text line by line: what kind of line is it? Boilerplate of Korean
// news sites and of ministry releases is found here (navigation, advertising, weather, contact
// blocks, attachments, related headlines, copyright tails, translated tails, repeated bodies).
// Decides on form alone, never on names. One pass, linear. Tests: tests/extract/text/lines_test.cpp.
#pragma once

#include <vector>

#include "extract/document.h"

namespace maek::extract {

struct Line {
    ByteSpan span;  // without blanks at either end, bullets and markdown signs included
    SentenceKind kind = SentenceKind::kBody;
    bool gap_before = false;  // an empty line, or the text's beginning, stands before it
};

// Non-empty lines in order. Requires: document.text is set.
std::vector<Line> classify_lines(const Document& document);

}  // namespace maek::extract
