// Room: extract, inner. A word without the signs at either end. Tests: through polarity_test, posts in properties_test.
#pragma once

#include <array>
#include <string_view>

#include "extract/text/utf8.h"

namespace maek::extract {

inline std::string_view word_core(std::string_view word) {
    static constexpr std::string_view kSigns[] = {".", ",", "!", "?", "\"", "'", "(", ")", "“", "”", "‘", "’", "「", "」", "…", ";", ":", "·"};
    // Most words begin and end with bytes of no sign.
    struct Bytes {
        std::array<bool, 256> first{}, last{};
    };
    static constexpr Bytes kBytes = [] {
        Bytes out;
        for (const std::string_view sign : kSigns) out.first[static_cast<unsigned char>(sign.front())] = out.last[static_cast<unsigned char>(sign.back())] = true;
        return out;
    }();
    for (bool again = true; again;) {
        again = false;
        if (word.empty() || (!kBytes.first[static_cast<unsigned char>(word.front())] && !kBytes.last[static_cast<unsigned char>(word.back())])) break;
        for (const std::string_view sign : kSigns) {
            if (closes_with(word, sign)) word.remove_suffix(sign.size()), again = true;
            if (begins_with(word, sign)) word.remove_prefix(sign.size()), again = true;
        }
    }
    return word;
}

}  // namespace maek::extract
