// The line of a query that an error is about, with a caret under the place.
#include "query/engine.h"
#include "query/parse/characters.h"

namespace maek::query {

namespace {

constexpr int kShown = 100;  // columns at most

}  // namespace

std::string point_at(std::string_view text, const Where& where) {
    if (where.line == 0 || where.column == 0) return "";
    std::size_t begin = 0;
    for (std::uint32_t line = 1; line < where.line; ++line) {
        const std::size_t end = text.find('\n', begin);
        if (end == std::string_view::npos) return "";
        begin = end + 1;
    }
    std::string shown, under;
    std::uint32_t column = 1;
    int width_before = 0;
    std::size_t cut = begin;  // first byte shown, when the line is long
    // Two passes: where to cut so that the place is visible, then the text itself.
    std::size_t i = begin;
    while (i < text.size() && text[i] != '\n' && column < where.column) {
        const Decoded d = decode_utf8(text, i);
        width_before += d.valid ? display_width(d.code_point) : 1;
        i += d.length;
        ++column;
    }
    for (int over = width_before - kShown * 3 / 4; over > 0 && cut < i;) {
        const Decoded d = decode_utf8(text, cut);
        over -= d.valid ? display_width(d.code_point) : 1;
        cut += d.length;
    }
    if (cut > begin) shown = under = "...";
    if (!under.empty()) under = "   ";
    int width = 0;
    bool marked = false;
    for (std::size_t k = cut; k < text.size() && text[k] != '\n' && text[k] != '\r';) {
        if (k == i) {
            under += '^';
            marked = true;
        }
        const Decoded d = decode_utf8(text, k);
        const int w = d.valid ? display_width(d.code_point) : 1;
        if (width + w > kShown) {
            shown += "...";
            break;
        }
        const bool control = d.valid && (d.code_point < 0x20 || d.code_point == 0x7F);
        shown += control ? " " : d.valid ? std::string(text.substr(k, d.length)) : "?";
        if (!marked) under.append(static_cast<std::size_t>(w), ' ');
        width += w;
        k += d.length;
    }
    if (!marked) under += '^';
    return shown + "\n" + under;
}

}  // namespace maek::query
