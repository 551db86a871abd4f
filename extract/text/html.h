// Room: extract, inner. A web page to its article: the block whose text is densest in sentences and
// poorest in links. Tables keep their rows ("| a | b |"), list items their bullets. Linear in the
// page. Tests: tests/extract/text/html_test.cpp.
#pragma once

#include <string>
#include <string_view>

namespace maek::extract {

struct Page {
    std::string title;
    std::string date;  // as the page's metadata writes it, or empty
    std::string text;
};

// Requires: valid UTF-8. Never fails: a page without text gives an empty one.
Page read_page(std::string_view html);

// Whether the text's beginning looks like a web page.
bool looks_like_html(std::string_view text);

// The charset that the page declares in its first 4,096 bytes, or empty.
std::string declared_charset(std::string_view bytes);

}  // namespace maek::extract
