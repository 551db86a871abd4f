// Room: extract, inner. A word without the signs at either end. Tests: through polarity_test, posts in properties_test.
#pragma once

#include <string_view>

namespace maek::extract {

inline std::string_view word_core(std::string_view word) {
    static constexpr std::string_view kSigns[] = {".", ",", "!", "?", "\"", "'", "(", ")", "“", "”", "‘", "’", "「", "」", "…", ";", ":", "·"};
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view sign : kSigns) {
            if (word.ends_with(sign)) word.remove_suffix(sign.size()), again = true;
            if (word.starts_with(sign)) word.remove_prefix(sign.size()), again = true;
        }
    }
    return word;
}

}  // namespace maek::extract
