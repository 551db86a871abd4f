// Room: query, inner. Code points: decoding, normal form, display width, and what is often meant
// by a character that the language does not know.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace maek::query {

struct Decoded {
    char32_t code_point = 0;
    std::size_t length = 1;  // bytes; 1 when not valid
    bool valid = false;
};

// The code point at byte `at` (< text.size()); strict: no overlong forms, no surrogates.
Decoded decode_utf8(std::string_view text, std::size_t at);
void append_utf8(char32_t code_point, std::string& out);

// False when ICU fails or the text is not UTF-8; `out` is then not changed.
bool to_nfc(std::string_view text, std::string& out);

// Columns on a terminal: 2 for Hangul and other wide characters, 0 for combining ones.
int display_width(char32_t code_point);

// The sign of the language that looks like this one: '-' for an em dash, ''' for a curly quote.
std::string_view guess_for(char32_t code_point);

}  // namespace maek::query
