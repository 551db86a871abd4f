// Room: extract, inner. UTF-8, one code point at a time, for text that is known to be valid, and
// the few classes of code points that the stages ask for. Tests: tests/extract/text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace maek::extract {

// Bytes of the code point that begins with this byte. 1 for a byte that begins none.
inline std::uint32_t utf8_length(unsigned char lead) {
    return lead < 0x80 ? 1u : lead < 0xC0 ? 1u : lead < 0xE0 ? 2u : lead < 0xF0 ? 3u : 4u;
}

inline bool utf8_is_lead(unsigned char byte) { return (byte & 0xC0) != 0x80; }

// Requires: at < text.size(), text valid. Advances `at` past the code point.
inline char32_t utf8_next(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) {
        return static_cast<char32_t>(static_cast<unsigned char>(text[i]));
    };
    const char32_t lead = byte(at);
    const std::uint32_t length = utf8_length(static_cast<unsigned char>(lead));
    char32_t code = lead;
    if (at + length <= text.size()) {
        if (length == 2) code = (lead & 0x1F) << 6 | (byte(at + 1) & 0x3F);
        if (length == 3) {
            code = (lead & 0x0F) << 12 | (byte(at + 1) & 0x3F) << 6 | (byte(at + 2) & 0x3F);
        }
        if (length == 4) {
            code = (lead & 0x07) << 18 | (byte(at + 1) & 0x3F) << 12 | (byte(at + 2) & 0x3F) << 6 |
                   (byte(at + 3) & 0x3F);
        }
    }
    at += length;
    return code;
}

// As text.starts_with(part), for lists of parts most of which differ within a few bytes.
inline bool begins_with(std::string_view text, std::string_view part) {
    if (text.size() < part.size()) return false;
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (text[i] != part[i]) return false;
    }
    return true;
}

// As text.ends_with(part), for the same lists.
inline bool closes_with(std::string_view text, std::string_view part) {
    if (text.size() < part.size()) return false;
    for (std::size_t i = part.size(), at = text.size(); i > 0; --i, --at) {
        if (text[at - 1] != part[i - 1]) return false;
    }
    return true;
}

inline void utf8_append(std::string& out, char32_t c) {
    const auto put = [&](char32_t v) { out.push_back(static_cast<char>(v)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

// Bytes of the longest valid beginning (RFC 3629: no surrogates, no overlong forms).
std::size_t utf8_valid_prefix(std::string_view bytes);

std::uint32_t utf8_count(std::string_view text);

inline bool is_hangul(char32_t c) { return c >= 0xAC00 && c <= 0xD7A3; }
inline bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
inline bool is_latin(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}
inline bool is_upper(char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7); }
inline bool is_hanja(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF);
}
inline bool is_word(char32_t c) {
    return is_hangul(c) || is_digit(c) || is_latin(c) || is_hanja(c) || (c >= 0x370 && c <= 0x1FFF);
}

}  // namespace maek::extract
