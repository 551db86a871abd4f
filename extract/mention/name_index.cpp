#include "extract/mention/name_index.h"

#include <algorithm>

#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

constexpr std::size_t kMostUnitsInName = 40;
constexpr std::size_t kShortWord = 4;

std::size_t slot_of(std::uint32_t state, std::uint32_t code, std::size_t mask) {
    return static_cast<std::size_t>(((std::uint64_t{state} << 32 | code) * 0x9E3779B97F4A7C15ULL) >> 32) & mask;
}

}  // namespace

std::uint32_t NameIndex::step(std::uint32_t state, std::uint32_t code) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = slot_of(state, code, mask);; i = (i + 1) & mask) {
        const Slot& slot = slots_[i];
        if (slot.to == 0) return kNone;
        if (slot.state == state && slot.code == code) return slot.to;
    }
}

void NameIndex::grow() {
    FarArray<Slot> old(std::max<std::size_t>(1024, slots_.size() * 2));
    std::swap(old, slots_);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t k = 0; k < old.size(); ++k) {
        const Slot& slot = old[k];
        if (slot.to == 0) continue;
        std::size_t i = slot_of(slot.state, slot.code, mask);
        while (slots_[i].to != 0) i = (i + 1) & mask;
        slots_[i] = slot;
    }
}

std::uint32_t NameIndex::step_or_add(std::uint32_t state, std::uint32_t code) {
    if (slots_.size() < (used_ + 1) * 2) grow();
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = slot_of(state, code, mask);
    for (; slots_[i].to != 0; i = (i + 1) & mask) {
        if (slots_[i].state == state && slots_[i].code == code) return slots_[i].to & ~kEnds;
    }
    const auto to = static_cast<std::uint32_t>(items_of_.size());
    slots_[i] = {state, code, to};
    items_of_.push_back(kNone);
    ++used_;
    return to;
}

void NameIndex::add(std::string_view name, NameClass cls, bool ambiguous, std::uint32_t entry) {
    UnitRow row;
    split_units(name, {0, static_cast<std::uint32_t>(name.size())}, Particles(), row);
    const bool word = row.units.size() == 1 && row.units[0].cls == UnitClass::kLatin && name.size() >= 2;
    if ((row.units.size() < 2 && !word) || row.units.size() > kMostUnitsInName) return;
    if (items_of_.empty()) items_of_.push_back(kNone);
    if (row.units.size() >= 2) {
        const std::size_t bit = pair_bit(row.units[0].code, row.units[1].code);
        pairs_[bit / 64] |= std::uint64_t{1} << bit % 64;
    }
    std::uint32_t state = 0;
    for (const Unit& unit : row.units) state = step_or_add(state, unit.code);
    const WordCase letters = word && name.size() <= kShortWord ? row.units[0].letters : WordCase::kNone;
    for (std::uint32_t i = items_of_[state]; i != kNone; i = items_[i].next) {
        if (items_[i].cls == cls && items_[i].entry == entry && items_[i].letters == letters) return;
    }
    items_.push_back({cls, ambiguous, letters, entry, items_of_[state]});
    items_of_[state] = static_cast<std::uint32_t>(items_.size() - 1);
    ++names_;
}

void NameIndex::build() {
    if (items_of_.empty()) items_of_.push_back(kNone);
    if (slots_.empty()) grow();
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        Slot& slot = slots_[i];
        if (slot.to != 0 && items_of_[slot.to & ~kEnds] != kNone) slot.to |= kEnds;
    }
}

void NameIndex::find(const UnitRow& row, std::vector<NameMatch>& out) const {
    const auto& units = row.units;
    for (std::size_t begin = 0; begin < units.size(); ++begin) {
        const bool pair = begin + 1 < units.size() && may_begin(units[begin].code, units[begin + 1].code);
        if (!pair && units[begin].cls != UnitClass::kLatin) continue;  // only a Latin word is a name by itself
        const std::size_t first_out = out.size();
        std::uint32_t state = 0;
        std::uint32_t blanks = 0;
        const std::size_t limit = std::min(units.size(), begin + kMostUnitsInName);
        for (std::size_t i = begin; i < limit; ++i) {
            const std::uint32_t next = step(state, units[i].code);
            if (next == kNone) break;
            state = next & ~kEnds;
            if (i > begin && units[i].blank_before) ++blanks;
            if ((next & kEnds) == 0) continue;
            const std::size_t length = i + 1 - begin;
            const bool latin = units[begin].cls == UnitClass::kLatin;
            if (blanks > 0 && length <= 3 && !latin) continue;  // "대 상" is not 대상
            NameMatch match;
            match.begin = static_cast<std::uint16_t>(begin);
            match.end = static_cast<std::uint16_t>(i + 1);
            match.left = begin == 0 || units[begin].blank_before || units[begin - 1].cls == UnitClass::kSign ||
                         (units[begin - 1].cls != units[begin].cls && units[begin - 1].cls != UnitClass::kHangul);
            match.right = units[i].tail != kTailOther;
            for (std::uint32_t k = items_of_[state]; k != kNone; k = items_[k].next) {
                if (items_[k].letters != WordCase::kNone && items_[k].letters != units[begin].letters) continue;
                match.cls = items_[k].cls;
                match.ambiguous = items_[k].ambiguous;
                match.entry = items_[k].entry;
                out.push_back(match);
            }
        }
        std::reverse(out.begin() + static_cast<std::ptrdiff_t>(first_out), out.end());
    }
}

}  // namespace maek::extract
