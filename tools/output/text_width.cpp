#include "tools/output/text_width.h"

#include <utf8proc.h>

#include <array>
#include <cstdio>

namespace maek::tools {
namespace {

// Steps through a text code point by code point; a byte that starts none is '?', one byte long.
class CodePoints {
public:
    explicit CodePoints(std::string_view text) : text_(text) {}

    bool next() {
        begin_ = end_;
        if (begin_ >= text_.size()) return false;
        const auto byte = static_cast<unsigned char>(text_[begin_]);
        if (byte < 0x80) {
            code_ = byte;
            end_ = begin_ + 1;
            return true;
        }
        utf8proc_int32_t code = 0;
        const auto length =
            utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text_.data()) + begin_,
                             static_cast<utf8proc_ssize_t>(text_.size() - begin_), &code);
        code_ = length > 0 ? code : '?';
        end_ = begin_ + (length > 0 ? static_cast<std::size_t>(length) : 1);
        return true;
    }
    utf8proc_int32_t code() const { return code_; }
    std::size_t begin() const { return begin_; }
    std::size_t end() const { return end_; }

private:
    std::string_view text_;
    std::size_t begin_ = 0, end_ = 0;
    utf8proc_int32_t code_ = 0;
};

// Calls take(begin, end, columns) for every grapheme; stops when it answers false.
template <class Take>
void each_grapheme(std::string_view text, Take&& take) {
    CodePoints points(text);
    std::size_t begin = 0, end = 0;
    int columns = 0;
    utf8proc_int32_t state = 0, last = -1;
    while (points.next()) {
        const bool plain = last >= 0x20 && last < 0x7F && points.code() >= 0x20 && points.code() < 0x7F;
        const bool breaks = last >= 0 && (plain || utf8proc_grapheme_break_stateful(last, points.code(), &state));
        if (breaks) {
            if (!take(begin, end, columns)) return;
            begin = points.begin();
            columns = 0;
        }
        const int wide = points.code() < 0x7F ? (points.code() >= 0x20 ? 1 : 0)
                                              : utf8proc_charwidth(points.code());
        // A cluster is as wide as its widest member: marks and joined parts add nothing.
        columns = wide > columns ? wide : columns;
        end = points.end();
        last = points.code();
    }
    if (end > begin) take(begin, end, columns);
}

bool changes_direction(utf8proc_int32_t code) {
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
           code == 0x200E || code == 0x200F || code == 0x061C;
}

void append_escape(std::string& out, utf8proc_int32_t code) {
    std::array<char, 16> buffer{};
    switch (code) {
        case '\n': out += "\\n"; return;
        case '\t': out += "\\t"; return;
        case '\r': out += "\\r"; return;
        default: break;
    }
    std::snprintf(buffer.data(), buffer.size(), code < 0x100 ? "\\x%02x" : "\\u%04x",
                  static_cast<unsigned>(code));
    out += buffer.data();
}

}  // namespace

std::size_t width_of(std::string_view text) {
    std::size_t sum = 0;
    each_grapheme(text, [&](std::size_t, std::size_t, int columns) {
        sum += static_cast<std::size_t>(columns);
        return true;
    });
    return sum;
}

std::string visible(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    CodePoints points(text);
    while (points.next()) {
        const auto code = points.code();
        if (code < 0x20 || (code >= 0x7F && code < 0xA0) || changes_direction(code) || code == 0x2028 ||
            code == 0x2029) {
            append_escape(out, code);
        } else if (code == '?') {
            out += '?';
        } else {
            out += text.substr(points.begin(), points.end() - points.begin());
        }
    }
    return out;
}

std::string truncated(std::string_view text, std::size_t columns) {
    std::size_t fits = 0, total = 0;  // bytes that leave a column for the ellipsis; columns of all
    bool over = false;
    each_grapheme(text, [&](std::size_t, std::size_t end, int wide) {
        total += static_cast<std::size_t>(wide);
        if (total + 1 <= columns) fits = end;
        over = total > columns;
        return !over;
    });
    if (!over) return std::string(text);
    return columns == 0 ? std::string() : std::string(text.substr(0, fits)) + "…";
}

std::string last_columns(std::string_view text, std::size_t columns) {
    std::size_t skip = width_of(text);
    skip = skip > columns ? skip - columns : 0;
    std::size_t begin = text.size(), passed = 0;
    each_grapheme(text, [&](std::size_t at, std::size_t, int wide) {
        if (passed >= skip) {
            begin = at;
            return false;
        }
        passed += static_cast<std::size_t>(wide);
        return true;
    });
    return std::string(text.substr(begin));
}

std::string padded(std::string_view text, std::size_t columns, bool right_aligned) {
    const std::size_t wide = width_of(text);
    if (wide >= columns) return std::string(text);
    const std::string blanks(columns - wide, ' ');
    return right_aligned ? blanks + std::string(text) : std::string(text) + blanks;
}

std::size_t byte_of_column(std::string_view text, std::uint32_t column) {
    CodePoints points(text);
    for (std::uint32_t i = 1; i < column; ++i) {
        if (!points.next()) return text.size();
    }
    return points.next() ? points.begin() : text.size();
}

}  // namespace maek::tools
