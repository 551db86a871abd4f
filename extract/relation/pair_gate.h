// Room: extract, inner. A first sieve for pairs: a dozen cheap signs, each with a learned weight, decide
// whether a pair is worth being looked at closely. Most pairs of a sentence hold nothing and end here.
// Tests: tests/extract/relation/pair_gate_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/relation/scene.h"

namespace maek::extract {

class PairGate {
public:
    static constexpr std::size_t kCells = 1u << 14;
    static constexpr std::size_t kSigns = 13;
    using Signs = std::array<std::uint16_t, kSigns>;  // cells of the table

    // Signs of source a and target b, indexes into the scene's occurrences.
    static Signs signs(const Scene& scene, std::size_t a, std::size_t b);

    // Without weights every pair passes.
    bool open(const Signs& signs) const { return weights_.empty() || sum(signs) >= floor_; }
    std::int32_t sum(const Signs& signs) const {
        std::int32_t total = 0;
        for (const std::uint16_t cell : signs) total += weights_[cell];
        return total;
    }

    PairGate() = default;
    PairGate(std::vector<std::int8_t> weights, std::int32_t floor) : weights_(std::move(weights)), floor_(floor) {}

    static constexpr std::size_t kBytes = kCells + 5;
    void write(std::string& out) const;             // kBytes bytes
    static PairGate read(std::string_view bytes);   // requires kBytes bytes, any

private:
    std::vector<std::int8_t> weights_;
    std::int32_t floor_ = 0;
};

}  // namespace maek::extract
