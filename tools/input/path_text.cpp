#include "tools/input/path_text.h"

#include <utf8proc.h>

namespace maek::tools {

namespace {

// Bytes of the code point at the place; 0: there is none.
std::size_t length_at(std::string_view text, std::size_t at) {
    utf8proc_int32_t point = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                         static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    return length > 0 ? static_cast<std::size_t>(length) : 0;
}

}  // namespace

std::string path_text(const std::filesystem::path& path) {
    const std::string raw = path.generic_string();
    std::string out;
    out.reserve(raw.size());
    for (std::size_t at = 0; at < raw.size();) {
        if (const std::size_t length = length_at(raw, at); length > 0) {
            out.append(raw, at, length);
            at += length;
            continue;
        }
        constexpr std::string_view kDigits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(raw[at++]);
        out += '%';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::size_t first_wrong_byte(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length = static_cast<unsigned char>(text[at]) < 0x80 ? 1 : length_at(text, at);
        if (length == 0) return at;
        at += length;
    }
    return at;
}

}  // namespace maek::tools
