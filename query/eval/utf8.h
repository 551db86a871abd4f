// Room: query, inner. Walking UTF-8 text by code points. Text inside maek is valid UTF-8; bytes that
// are not are walked one at a time, never beyond the end.
// Tests: tests/query/eval/functions_test.cpp (string functions).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace maek::query {

// Bytes of the code point that starts at text[at]. Requires: at < text.size().
inline std::size_t code_point_bytes(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    std::size_t length = 1;
    if (lead >= 0xF0) length = 4;
    else if (lead >= 0xE0) length = 3;
    else if (lead >= 0xC0) length = 2;
    return length <= text.size() - at ? length : text.size() - at;
}

inline std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

// Byte offset of the n-th code point, or text.size() when there are fewer.
inline std::size_t offset_of(std::string_view text, std::size_t n) {
    std::size_t at = 0;
    while (n-- > 0 && at < text.size()) at += code_point_bytes(text, at);
    return at;
}

// The code point at a byte offset, decoded.
inline char32_t code_point_at(std::string_view text, std::size_t at) {
    const std::size_t length = code_point_bytes(text, at);
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    if (length == 1) return byte(0);
    char32_t c = byte(0) & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) c = (c << 6) | (byte(i) & 0x3Fu);
    return c;
}

inline void append_code_point(std::string& out, char32_t c) {
    const auto put = [&](char32_t b) { out += static_cast<char>(b); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6)), put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12)), put(0x80 | ((c >> 6) & 0x3F)), put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18)), put(0x80 | ((c >> 12) & 0x3F)), put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

}  // namespace maek::query
