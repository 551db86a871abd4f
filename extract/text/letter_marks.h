// Room: extract, inner. A quick answer to "can this name stand inside that one?", which is no for most pairs of names.
// Tests: tests/extract/text/text_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace maek::extract {

// A mark for every three bytes in a row. A text holds another only if it has all of its marks; texts of fewer bytes have none.
inline std::uint64_t letter_marks(std::string_view text) {
    std::uint64_t marks = 0;
    for (std::size_t i = 0; i + 3 <= text.size(); ++i) {
        const auto byte = [&](std::size_t k) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i + k])); };
        marks |= std::uint64_t{1} << (((byte(0) << 16 | byte(1) << 8 | byte(2)) * 0x9E3779B1u) >> 26);
    }
    return marks;
}

}  // namespace maek::extract
