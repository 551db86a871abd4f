#include "query/search/text_terms.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace maek::query {

namespace {

constexpr char32_t kFirstSyllable = 0xAC00, kLastSyllable = 0xD7A3;
constexpr char32_t kInitialBase = 0x1100, kVowelBase = 0x1161, kFinalBase = 0x11A7;
constexpr char32_t kVowels = 21, kFinals = 28;

bool is_syllable(char32_t c) { return c >= kFirstSyllable && c <= kLastSyllable; }
bool is_initial(char32_t c) { return c >= kInitialBase && c <= 0x1112; }

bool is_word_character(utf8proc_int32_t c) {
    switch (utf8proc_category(c)) {
        case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_LO: case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL: case UTF8PROC_CATEGORY_NO: case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC: return true;
        default: return false;
    }
}

// Longest first, so that 에서는 goes before 는.
constexpr std::array<std::u32string_view, 34> kParticles = {
    U"에게서", U"으로는", U"으로도", U"에서는", U"에서도", U"까지는", U"부터는",
    U"으로", U"에서", U"에게", U"까지", U"부터", U"보다", U"처럼", U"이나", U"라는", U"와의", U"과의", U"에는", U"에도", U"로는",
    U"은", U"는", U"이", U"가", U"을", U"를", U"의", U"에", U"와", U"과", U"로", U"도", U"만"};

}  // namespace

std::u32string normalised(std::string_view text) {
    utf8proc_uint8_t* folded = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                                        UTF8PROC_IGNORE);
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &folded, options);
    std::u32string out;
    for (utf8proc_ssize_t at = 0; at < size;) {
        utf8proc_int32_t c = 0;
        at += std::max<utf8proc_ssize_t>(1, utf8proc_iterate(folded + at, size - at, &c));
        if (c >= 0 && is_word_character(c)) {
            out += static_cast<char32_t>(c);
        } else if (!out.empty() && out.back() != U' ') {
            out += U' ';
        }
    }
    std::free(folded);
    if (!out.empty() && out.back() == U' ') out.pop_back();
    return out;
}

std::u32string letters(std::u32string_view text) {
    std::u32string out;
    out.reserve(text.size() * 3);
    for (const char32_t c : text) {
        if (!is_syllable(c)) {
            out += c;
            continue;
        }
        const char32_t index = c - kFirstSyllable;
        out += kInitialBase + index / (kVowels * kFinals);
        out += kVowelBase + index / kFinals % kVowels;
        if (index % kFinals != 0) out += kFinalBase + index % kFinals;
    }
    return out;
}

std::u32string initials(std::u32string_view text) {
    std::u32string out(text);
    for (char32_t& c : out) {
        if (is_syllable(c)) c = kInitialBase + (c - kFirstSyllable) / (kVowels * kFinals);
    }
    return out;
}

bool is_initials(std::u32string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char32_t c) { return is_initial(c) || c == U' '; });
}

std::u32string_view without_particle(std::u32string_view word) {
    if (word.empty() || !is_syllable(word.back())) return word;
    for (const std::u32string_view particle : kParticles) {
        if (word.size() >= particle.size() + 2 && word.ends_with(particle)) {
            return word.substr(0, word.size() - particle.size());
        }
    }
    return word;
}

std::vector<std::u32string_view> words(std::u32string_view text) {
    std::vector<std::u32string_view> out;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(U' ', begin), text.size());
        if (end > begin) out.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

std::vector<std::uint64_t> grams(std::u32string_view text) {
    constexpr std::size_t kLength = 3;
    const std::u32string padded = U" " + std::u32string(text);
    std::vector<std::uint64_t> out;
    for (std::size_t i = 0; i < padded.size() && (i == 0 || i + kLength <= padded.size()); ++i) {
        std::uint64_t gram = 0;
        for (std::size_t k = i; k < std::min(i + kLength, padded.size()); ++k) gram = (gram << 21) | padded[k];
        out.push_back(gram);
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace maek::query
