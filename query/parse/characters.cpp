#include "query/parse/characters.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <vector>

namespace maek::query {

Decoded decode_utf8(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(at);
    if (lead < 0x80) return {lead, 1, true};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return {0xFFFD, 1, false};
    char32_t c = lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0u) != 0x80) return {0xFFFD, 1, false};
        c = (c << 6) | (byte(at + i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    if (overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return {0xFFFD, 1, false};
    return {c, length, true};
}

void append_utf8(char32_t c, std::string& out) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

bool to_nfc(std::string_view text, std::string& out) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status)) return false;
    std::vector<UChar> wide(text.size() + 1);
    std::int32_t length = 0;
    u_strFromUTF8(wide.data(), static_cast<std::int32_t>(wide.size()), &length, text.data(),
                  static_cast<std::int32_t>(text.size()), &status);
    if (U_FAILURE(status)) return false;
    std::vector<UChar> composed(wide.size() * 4 + 16);
    const std::int32_t n = unorm2_normalize(nfc, wide.data(), length, composed.data(),
                                            static_cast<std::int32_t>(composed.size()), &status);
    if (U_FAILURE(status)) return false;
    std::string result(static_cast<std::size_t>(n) * 3 + 1, '\0');
    std::int32_t bytes = 0;
    u_strToUTF8(result.data(), static_cast<std::int32_t>(result.size()), &bytes, composed.data(), n,
                &status);
    if (U_FAILURE(status)) return false;
    result.resize(static_cast<std::size_t>(bytes));
    out = std::move(result);
    return true;
}

int display_width(char32_t code_point) {
    if (code_point < 0x300) return 1;
    const auto c = static_cast<UChar32>(code_point);
    const auto type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
    if (c >= 0x1160 && c <= 0x11FF) return 0;  // jamo that join the one before
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

std::string_view guess_for(char32_t c) {
    switch (c) {
        case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
        case 0xFF0D: return "'-'";
        case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0xFF07: return "the quote ' (U+0027)";
        case 0x201C: case 0x201D: case 0x201E: case 0xFF02: return "the quote \" (U+0022)";
        case 0xFF08: return "'('";
        case 0xFF09: return "')'";
        case 0xFF0C: case 0x3001: return "','";
        case 0xFF1A: return "':'";
        case 0xFF1B: return "';'";
        case 0xFF1D: return "'='";
        case 0xFF1C: case 0x3008: case 0x2039: return "'<'";
        case 0xFF1E: case 0x3009: case 0x203A: return "'>'";
        case 0x2192: return "'->'";
        case 0x2190: return "'<-'";
        case 0x2260: return "'<>'";
        case 0x2264: return "'<='";
        case 0x2265: return "'>='";
        case 0x00D7: return "'*'";
        case 0x00F7: return "'/'";
        default: return "";
    }
}

}  // namespace maek::query
