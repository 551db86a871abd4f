#include "storage/facts/normal_name.h"

#include <utf8proc.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace maek::storage {
namespace {

bool is_hangul(std::int32_t c) { return (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x1100 && c <= 0x11FF); }

bool is_middle_dot(std::int32_t c) {
    return c == 0x00B7 || c == 0x318D || c == 0x30FB || c == 0x2027 || c == 0x2022 || c == 0x22C5 || c == 0xFF65;
}

bool is_quote(std::int32_t c) {
    return c == '\'' || c == '"' || (c >= 0x2018 && c <= 0x201F) || (c >= 0x300A && c <= 0x300F) ||
           c == 0x2039 || c == 0x203A || c == 0x00AB || c == 0x00BB;
}

bool is_space(std::int32_t c) {
    const auto category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
           category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

// Compatibility composition and case folding; bytes that are no UTF-8 are kept as they are.
std::string folded(std::string_view name) {
    utf8proc_uint8_t* out = nullptr;
    const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                                     static_cast<utf8proc_ssize_t>(name.size()), &out,
                                     static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                                                    UTF8PROC_COMPAT | UTF8PROC_CASEFOLD));
    if (length < 0) return std::string(name);
    std::string text(reinterpret_cast<const char*>(out), static_cast<std::size_t>(length));
    std::free(out);
    return text;
}

std::vector<std::int32_t> code_points(std::string_view text) {
    std::vector<std::int32_t> points;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    for (std::size_t i = 0; i < text.size();) {
        utf8proc_int32_t point = 0;
        const auto n = utf8proc_iterate(bytes + i, static_cast<utf8proc_ssize_t>(text.size() - i), &point);
        if (n <= 0) {
            points.push_back(static_cast<std::uint8_t>(text[i]));
            ++i;
            continue;
        }
        points.push_back(point);
        i += static_cast<std::size_t>(n);
    }
    return points;
}

void append(std::string& out, std::int32_t point) {
    utf8proc_uint8_t bytes[4];
    const auto n = utf8proc_encode_char(point, bytes);
    out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(n));
}

// After folding: ㈜ has become (주).
void drop_company_marks(std::string& name) {
    static constexpr std::array<std::string_view, 6> kFront = {"(주)", "주식회사", "(유)", "유한회사", "(사)", "(재)"};
    static constexpr std::array<std::string_view, 10> kBack = {"(주)", "주식회사", " co., ltd.", " co.,ltd.", " co. ltd.",
                                                               ", inc.", " inc.", " inc", " corp.", " ltd."};
    for (const auto mark : kFront)
        if (name.starts_with(mark) && name.size() > mark.size()) name.erase(0, mark.size());
    for (const auto mark : kBack)
        if (name.ends_with(mark) && name.size() > mark.size()) name.resize(name.size() - mark.size());
    while (name.starts_with(' ')) name.erase(0, 1);
    while (name.ends_with(' ')) name.pop_back();
}

}  // namespace

std::string normal_name(std::string_view type, std::string_view name) {
    const std::vector<std::int32_t> points = code_points(folded(name));
    std::string out;
    bool space = false;
    std::int32_t previous = 0;
    for (std::int32_t c : points) {
        if (is_space(c)) {
            space = !out.empty();
            continue;
        }
        if (is_quote(c)) continue;
        if (is_middle_dot(c)) c = 0x00B7;
        // Spaces count between Latin words only: 인천 테크노파크 is 인천테크노파크.
        if (space && !is_hangul(c) && !is_hangul(previous) && c != 0x00B7 && previous != 0x00B7) out += ' ';
        space = false;
        append(out, c);
        previous = c;
    }
    if (type == "Company") drop_company_marks(out);
    return out;
}

bool can_identify(std::string_view normal) { return code_points(normal).size() >= 2; }

}  // namespace maek::storage
