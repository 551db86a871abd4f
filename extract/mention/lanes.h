// Room: extract, inner. Four floats at a time, and the labels of a unit laid out for it: outside and the begins side
// by side, below them the insides, each under its own begin. For the decoder. Plain arithmetic in a fixed order, so
// that every machine gets the same bits. Tests: tests/extract/mention/mention_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <limits>

#include "extract/document.h"

namespace maek::extract {

typedef float Four __attribute__((vector_size(16)));
typedef std::int32_t FourInts __attribute__((vector_size(16)));

inline Four four(float v) { return Four{v, v, v, v}; }
inline Four larger(Four a, Four b) { return a > b ? a : b; }
inline Four smaller(Four a, Four b) { return a < b ? a : b; }
inline float largest(Four v) {
    const float a = v[0] > v[1] ? v[0] : v[1], b = v[2] > v[3] ? v[2] : v[3];
    return a > b ? a : b;
}
inline float smallest(Four v) { return -largest(-v); }
inline float sum_of(Four v) { return (v[0] + v[1]) + (v[2] + v[3]); }
// Of a comparison: did it hold anywhere?
inline bool any(FourInts mask) {
    std::array<std::uint64_t, 2> halves;
    std::memcpy(halves.data(), &mask, sizeof(mask));
    return (halves[0] | halves[1]) != 0;
}

// e^x for x from -87 to 0, within three units in the last place.
inline Four exp_below(Four x) {
    constexpr float kRound = 12582912.0f;  // 1.5 * 2^23: adding it leaves the nearest whole number in the low bits
    const Four shifted = x * four(1.44269504f) + four(kRound);
    const Four whole = shifted - four(kRound);
    const Four rest = (x - whole * four(0.693359375f)) - whole * four(-2.12194440e-4f);
    Four p = four(1.9875691500e-4f);
    for (const float c : {1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f}) p = p * rest + four(c);
    p = p * rest * rest + rest + four(1.0f);
    FourInts bits, power;
    std::memcpy(&bits, &p, sizeof(p));
    std::memcpy(&power, &shifted, sizeof(shifted));
    bits += power << 23;
    std::memcpy(&p, &bits, sizeof(p));
    return p;
}

// A number for each label. Outside is the first of `open`; begin and inside of type t are at 1 + t of both halves.
struct Lanes {
    static constexpr std::size_t kFours = 4, kWidth = 4 * kFours;
    static_assert(kEntityTypes + 1 <= kWidth);
    std::array<Four, kFours> open, in;

    static Lanes of(float v) {
        Lanes out;
        out.open.fill(four(v));
        out.in.fill(four(v));
        return out;
    }
    static std::size_t lane(std::uint8_t label) { return (label + 1u) / 2; }
    float get(std::uint8_t label) const {
        const std::size_t i = lane(label);
        return label == 0 || label % 2 == 1 ? open[i / 4][i % 4] : in[i / 4][i % 4];
    }
    void set(std::uint8_t label, float v) {
        const std::size_t i = lane(label);
        (label == 0 || label % 2 == 1 ? open : in)[i / 4][i % 4] = v;
    }
    float open_at(std::size_t i) const { return open[i / 4][i % 4]; }
    float in_at(std::size_t i) const { return in[i / 4][i % 4]; }
    float largest() const {
        Four most = larger(open[0], in[0]);
        for (std::size_t k = 1; k < kFours; ++k) most = larger(most, larger(open[k], in[k]));
        return extract::largest(most);
    }
};

}  // namespace maek::extract
