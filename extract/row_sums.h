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
    static_assert(kBytes % 16 == 0);

public:
    using Sums = std::array<std::int16_t, kBytes>;

    void add(const void* row) {
        for (std::size_t k = 0; k < kParts; ++k) {
            Bytes bytes;
            std::memcpy(&bytes, static_cast<const char*>(row) + 16 * k, sizeof(bytes));
            // each byte twice, as the upper and the lower half of a number that is then shifted down
            const Bytes left = __builtin_shufflevector(bytes, bytes, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
            const Bytes right = __builtin_shufflevector(bytes, bytes, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15);
            sums_[2 * k] += wide(left);
            sums_[2 * k + 1] += wide(right);
        }
    }
    void store(Sums& out) const { std::memcpy(out.data(), sums_.data(), sizeof(out)); }

private:
    static constexpr std::size_t kParts = kBytes / 16;
    typedef std::int8_t Bytes __attribute__((vector_size(16)));
    typedef std::int16_t Shorts __attribute__((vector_size(16)));
    static Shorts wide(Bytes twice) {
        Shorts out;
        std::memcpy(&out, &twice, sizeof(out));
        return out >> 8;
    }
    std::array<Shorts, 2 * kParts> sums_{};
};

}  // namespace maek::extract
