// Forces after Fruchterman and Reingold: every pair repels with k²/d, an edge attracts with d²/k, a
// weak pull to the middle keeps separate pieces together; the step cools down.
#include "tools/picture/layout.h"

#include <algorithm>
#include <cmath>

namespace maek::tools {
namespace {

// A spiral of equal areas: even, and the same each time.
std::vector<Place> spiral(std::size_t count) {
    std::vector<Place> out(count);
    constexpr double kGoldenAngle = 2.399963229728653;
    for (std::size_t i = 0; i < count; ++i) {
        const double radius = std::sqrt((static_cast<double>(i) + 0.5) / static_cast<double>(count));
        const double angle = kGoldenAngle * static_cast<double>(i);
        out[i] = {radius * std::cos(angle), radius * std::sin(angle)};
    }
    return out;
}

void normalise(std::vector<Place>& places) {
    double left = 1e300, right = -1e300, top = 1e300, bottom = -1e300;
    for (const Place& p : places) {
        left = std::min(left, p.x), right = std::max(right, p.x);
        top = std::min(top, p.y), bottom = std::max(bottom, p.y);
    }
    const double half = std::max({right - left, bottom - top, 1e-9}) / 2;
    for (Place& p : places) {
        p.x = (p.x - (left + right) / 2) / half;
        p.y = (p.y - (top + bottom) / 2) / half;
    }
}

}  // namespace

std::vector<Place> force_layout(std::size_t nodes, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges) {
    std::vector<Place> places = spiral(nodes);
    if (nodes < 2) return places;
    const double k = std::sqrt(4.0 / static_cast<double>(nodes)) * 0.8;
    const int steps = nodes > 1000 ? 100 : 250;
    std::vector<Place> force(nodes);
    for (int step = 0; step < steps; ++step) {
        std::fill(force.begin(), force.end(), Place{});
        for (std::size_t i = 0; i < nodes; ++i) {
            for (std::size_t j = i + 1; j < nodes; ++j) {
                const double dx = places[i].x - places[j].x, dy = places[i].y - places[j].y;
                const double square = std::max(dx * dx + dy * dy, 1e-6);
                const double push = k * k / square;
                force[i].x += dx * push, force[i].y += dy * push;
                force[j].x -= dx * push, force[j].y -= dy * push;
            }
        }
        for (const auto& [a, b] : edges) {
            const double dx = places[a].x - places[b].x, dy = places[a].y - places[b].y;
            const double pull = std::sqrt(dx * dx + dy * dy) / k;
            force[a].x -= dx * pull, force[a].y -= dy * pull;
            force[b].x += dx * pull, force[b].y += dy * pull;
        }
        const double most = 0.12 * (1.0 - static_cast<double>(step) / steps);
        for (std::size_t i = 0; i < nodes; ++i) {
            const double fx = force[i].x - places[i].x * 0.6, fy = force[i].y - places[i].y * 0.6;
            const double length = std::max(std::sqrt(fx * fx + fy * fy), 1e-12);
            const double move = std::min(length, most) / length;
            places[i].x += fx * move;
            places[i].y += fy * move;
        }
    }
    normalise(places);
    return places;
}

}  // namespace maek::tools
