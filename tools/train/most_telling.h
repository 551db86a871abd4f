// Program: maek-train. Which learned features a model keeps: those that tell most, which is the square of their weights as often
// as they are met. A large weight that is never met again only takes room.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace maek::train {

// The numbers of at most `most` rows of weights, ascending; of equal ones the first. Rows without weight are left out.
// Requires: as many times as rows. O(n log n).
template <class Row>
std::vector<std::uint32_t> most_telling(std::span<const Row> rows, std::span<const std::uint32_t> times, std::size_t most) {
    std::vector<std::uint32_t> order;
    std::vector<float> worth(rows.size(), 0.0f);
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        for (const float w : rows[i]) worth[i] += w * w;
        worth[i] *= static_cast<float>(times[i]);
        if (worth[i] > 0) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return worth[a] != worth[b] ? worth[a] > worth[b] : a < b; });
    if (order.size() > most) order.resize(most);
    std::sort(order.begin(), order.end());
    return order;
}

}  // namespace maek::train
