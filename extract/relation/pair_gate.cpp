#include "extract/relation/pair_gate.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace maek::extract {
namespace {

std::uint64_t bucket(int n) { return static_cast<std::uint64_t>(n <= 3 ? n : n <= 5 ? 4 : n <= 8 ? 5 : n <= 14 ? 6 : n <= 24 ? 7 : 8); }

// Small numbers side by side, mixed to a cell.
class Cell {
public:
    explicit Cell(std::uint64_t sign) : h_(sign + 1) {}
    Cell& with(std::uint64_t value) {
        h_ = h_ * 43 + value + 1;
        return *this;
    }
    std::uint16_t number() const {
        const std::uint64_t h = h_ * 0x9E3779B97F4A7C15ull;
        return static_cast<std::uint16_t>(h >> 50);
    }

private:
    std::uint64_t h_;
};

}  // namespace

PairGate::Signs PairGate::signs(const Scene& scene, std::size_t a, std::size_t b) {
    const Occurrence& x = scene.occurrences[a];
    const Occurrence& y = scene.occurrences[b];
    const auto ta = static_cast<std::uint64_t>(x.type), tb = static_cast<std::uint64_t>(y.type);
    const auto ka = static_cast<std::uint64_t>(x.kind), kb = static_cast<std::uint64_t>(y.kind);
    const auto ra = static_cast<std::uint64_t>(x.group_role), rb = static_cast<std::uint64_t>(y.group_role);
    const std::uint64_t types = ta * 14 + tb, forward = a < b ? 1 : 0;
    const bool out = x.left_out() || y.left_out();
    const std::uint64_t gap = out ? 9 : bucket(std::abs(x.word - y.word));
    const std::uint64_t clauses = out ? 9 : static_cast<std::uint64_t>(std::min(6, std::abs(x.clause - y.clause)));
    const std::uint64_t grouped = !out && x.group == y.group ? 1 : 0;
    const std::uint64_t many = bucket(static_cast<int>(scene.occurrences.size()));
    const std::uint64_t money = scene.first_money != scene.last_money ? 1 : 0;
    return {Cell(0).with(types).with(ka).with(kb).number(),
            Cell(1).with(types).with(gap).with(forward).number(),
            Cell(2).with(types).with(ra).with(rb).number(),
            Cell(3).with(types).with(clauses).with(forward).number(),
            Cell(4).with(ra).with(rb).with(forward).with(grouped).number(),
            Cell(5).with(types).with(static_cast<std::uint64_t>(scene.kind)).with(scene.korean ? 1 : 0).number(),
            Cell(6).with(types).with(money).with(grouped).number(),
            Cell(7).with(gap).with(clauses).with(forward).number(),
            Cell(8).with(types).with(many).number(),
            Cell(9).with(ka).with(kb).with(std::min<std::uint64_t>(x.gap, 6)).with(std::min<std::uint64_t>(y.gap, 6)).number(),
            Cell(10).with(ta).with(ra).with(x.in_paren ? 1 : 0).with(x.quoted ? 1 : 0).number(),
            Cell(11).with(tb).with(rb).with(y.in_paren ? 1 : 0).with(y.quoted ? 1 : 0).number(),
            Cell(12).with(many).with(gap).with(scene.has_topic ? 1 : 0).number()};
}

void PairGate::write(std::string& out) const {
    out += weights_.empty() ? '\0' : '\1';
    char floor[4];
    std::memcpy(floor, &floor_, 4);
    out.append(floor, 4);
    std::string table(kCells, '\0');
    if (!weights_.empty()) std::memcpy(table.data(), weights_.data(), kCells);
    out += table;
}

PairGate PairGate::read(std::string_view bytes) {
    PairGate gate;
    std::memcpy(&gate.floor_, bytes.data() + 1, 4);
    if (bytes[0] == '\0') return gate;
    gate.weights_.resize(kCells);
    std::memcpy(gate.weights_.data(), bytes.data() + 5, kCells);
    return gate;
}

}  // namespace maek::extract
