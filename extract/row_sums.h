// Room: extract, inner. Rows of small weights added up in registers: how the linear models add the rows that the
// features of a unit or a pair find. Tests: tests/extract/mention/mention_test.cpp (CrfModel),
// tests/extract/relation/relation_model_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace maek::extract {

// Sums of rows of kBytes signed bytes, in 16 bits each: 256 rows cannot overflow them.
template <std::size_t kBytes>
class RowSums {
    static_assert(kBytes % 8 == 0);

public:
    using Sums = std::array<std::int16_t, kBytes>;

    void add(const void* row) { add_if(row, true); }

    // Adds the row or nothing, without a jump that would have to be foreseen.
    void add_if(const void* row, bool wanted) {
        const std::uint64_t mask = wanted ? ~std::uint64_t{0} : 0;
        for (std::size_t k = 0; k < kParts; ++k) {
            std::uint64_t bits;
            std::memcpy(&bits, static_cast<const char*>(row) + 8 * k, sizeof(bits));
            bits &= mask;
            Bytes eight;
            std::memcpy(&eight, &bits, sizeof(eight));
            // each byte twice, as the upper and the lower half of a number that is then shifted down
            const Twice twice = __builtin_shufflevector(eight, eight, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
            Shorts wide;
            std::memcpy(&wide, &twice, sizeof(wide));
            sums_[k] += wide >> 8;
        }
    }
    void store(Sums& out) const { std::memcpy(out.data(), sums_.data(), sizeof(out)); }

private:
    static constexpr std::size_t kParts = kBytes / 8;
    typedef std::int8_t Bytes __attribute__((vector_size(8)));
    typedef std::int8_t Twice __attribute__((vector_size(16)));
    typedef std::int16_t Shorts __attribute__((vector_size(16)));
    std::array<Shorts, kParts> sums_{};
};

}  // namespace maek::extract
