// Room: extract, inner. The first stages in their order: shadow text, lines, sentences.
// Tests: tests/extract/text.
#pragma once

#include "extract/document.h"

namespace maek::extract {

// Requires: the article's text is valid UTF-8, as decode_article gives it. Anything else is made so:
// invalid bytes are replaced, which adds a warning and changes article.text.
Document prepare(Article& article);

// Replaces invalid sequences by U+FFFD in place; gives their number.
std::uint32_t repair_utf8(std::string& text);

}  // namespace maek::extract
