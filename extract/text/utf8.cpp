#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

bool continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// Length of the valid code point at the front of the bytes; 0 when it is not valid.
std::size_t valid_length(const unsigned char* p, std::size_t left) {
    const unsigned char lead = p[0];
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    const std::size_t length = utf8_length(lead);
    if (left < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!continuation(p[i])) return 0;
    }
    if (lead == 0xE0 && p[1] < 0xA0) return 0;
    if (lead == 0xED && p[1] > 0x9F) return 0;
    if (lead == 0xF0 && p[1] < 0x90) return 0;
    if (lead == 0xF4 && p[1] > 0x8F) return 0;
    return length;
}

}  // namespace

std::size_t utf8_valid_prefix(std::string_view bytes) {
    const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t length = valid_length(p + at, bytes.size() - at);
        if (length == 0) break;
        at += length;
    }
    return at;
}

std::uint32_t utf8_count(std::string_view text) {
    std::uint32_t count = 0;
    for (const char c : text) count += utf8_is_lead(static_cast<unsigned char>(c)) ? 1u : 0u;
    return count;
}

}  // namespace maek::extract
