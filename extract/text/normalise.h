// Room: extract, inner. Article::text to the shadow text that all later stages read: composed
// (NFC) Hangul and Latin, no zero-width or control characters, one kind of blank, of line break and
// of middle dot, HTML's commonest character references resolved, a middle dot lost to '?' restored.
// Every byte of the shadow text maps back to a code point of the input. One pass, linear.
// Tests: tests/extract/text/normalise_test.cpp.
#pragma once

#include <string_view>

#include "extract/document.h"

namespace maek::extract {

// Fills text, body_begin and offsets. Requires: article.text is valid UTF-8 below 4 GiB.
void normalise(const Article& article, Document& document);

}  // namespace maek::extract
