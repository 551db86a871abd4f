#include "query/parse/suggest.h"

#include <algorithm>
#include <vector>

namespace maek::query {

namespace {

std::vector<char32_t> folded(std::string_view text) {
    std::vector<char32_t> out;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t c = length == 1 ? lead : lead & (0xFFu >> (length + 1));
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
            c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
        }
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        out.push_back(c);
        i += length;
    }
    return out;
}

}  // namespace

std::size_t edit_distance(std::string_view a_text, std::string_view b_text, std::size_t most) {
    const std::vector<char32_t> a = folded(a_text), b = folded(b_text);
    if (a.size() > b.size() + most || b.size() > a.size() + most) return most + 1;
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            now[j] = std::min({replace, last[j] + 1, now[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                now[j] = std::min(now[j], before[j - 2] + 1);
            }
        }
        std::swap(before, last);
        std::swap(last, now);
    }
    return std::min(last[b.size()], most + 1);
}

std::optional<std::string> closest_name(std::string_view word, std::span<const std::string> names) {
    const std::size_t length = folded(word.substr(0, 64)).size();
    if (word.size() > 64) return std::nullopt;
    const std::size_t most = length <= 2 ? 1 : length <= 5 ? (length + 1) / 2 - 1 : length / 3;
    std::size_t best = std::max<std::size_t>(most, 1) + 1;
    std::optional<std::string> found;
    for (const std::string& name : names) {
        if (name.size() > 128) continue;
        const std::size_t distance = edit_distance(word, name, best - 1);
        if (distance < best && distance < length) {
            best = distance;
            found = name;
        }
    }
    return found;
}

}  // namespace maek::query
