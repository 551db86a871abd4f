// Room: tools, inner. How many columns a text takes in a terminal, and cutting it to fit: Hangul
// takes two, combining marks none, and no grapheme is ever cut through.
// Text is UTF-8; bytes that are not count and show as '?'. Tests: tests/tools/text_width_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace maek::tools {

std::size_t width_of(std::string_view text);

// Control and direction-changing characters as \n, \t, \x1b, \u202e; the rest as it is.
std::string visible(std::string_view text);

// At most `columns` wide, the end replaced by '…' when something was cut.
std::string truncated(std::string_view text, std::size_t columns);

// The end of the text, at most `columns` wide.
std::string last_columns(std::string_view text, std::size_t columns);

// Filled with blanks to the width; wider text is left as it is.
std::string padded(std::string_view text, std::size_t columns, bool right_aligned = false);

// Where the 1-based code point column begins, text.size() when the line is shorter.
std::size_t byte_of_column(std::string_view text, std::uint32_t column);

}  // namespace maek::tools
