#include "extract/mention/features.h"

#include <algorithm>

#include "extract/text/utf8.h"

namespace maek::extract {

bool is_surname(char32_t c) {
    static constexpr std::u32string_view kSurnames =
        U"김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부황";
    static constexpr char32_t kFirst = 0xAC00, kLast = 0xD7A3;
    static constexpr std::array<bool, kLast - kFirst + 1> kTable = [] {
        std::array<bool, kLast - kFirst + 1> table{};
        for (const char32_t surname : kSurnames) table[surname - kFirst] = true;
        return table;
    }();
    return c >= kFirst && c <= kLast && kTable[c - kFirst];
}

namespace {

std::uint32_t shape(const Unit& unit) {
    return static_cast<std::uint32_t>(unit.cls) * 8 + static_cast<std::uint32_t>(unit.letters);
}

class Emitter {
public:
    explicit Emitter(UnitKeys& out) : out_(out) { out_.count = 0; }
    void put(std::uint32_t id, std::uint64_t a) {
        if (out_.count < kMostFeatures) out_.keys[out_.count++] = mix(a, id * 0x51ED270BULL);
    }
    // The same for keys of one family, the `which`-th of it, that one after the other are asked for: they share their upper
    // half, and so a line of the table.
    void put_beside(std::uint32_t id, std::uint64_t a, std::uint32_t which) {
        if (out_.count < kMostFeatures) out_.keys[out_.count++] = mix(a, id * 0x51ED270BULL) ^ (which * 0x9E3779B1u);
    }
    void put(std::uint32_t id, std::uint64_t a, std::uint64_t b) { put(id, mix(a, b)); }
    void put(std::uint32_t id, std::uint64_t a, std::uint64_t b, std::uint64_t c) { put(id, mix(mix(a, b), c)); }

private:
    UnitKeys& out_;
};

}  // namespace

void SentenceView::prepare(std::string_view text, const Sentence& sentence, const Particles& particles,
                           const NameIndex& names) {
    kind = sentence.kind;
    split_units(text, sentence.span, particles, row);
    matches.clear();
    names.find(row, matches);
    cover();
}

void SentenceView::cover() {
    covers.assign(row.units.size(), Cover());
    std::vector<std::uint32_t> order(matches.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return matches[a].end - matches[a].begin > matches[b].end - matches[b].begin;
    });
    for (const std::uint32_t index : order) {
        const NameMatch& match = matches[index];
        if (!match.left && !match.right && match.end - match.begin < 4) continue;
        for (std::size_t i = match.begin; i < match.end; ++i) {
            Cover& cover = covers[i];
            if (cover.count == Cover::kMost) continue;
            const bool first = i == match.begin, last = i + 1u == match.end;
            const std::uint32_t place = first && last ? 3u : first ? 0u : last ? 2u : 1u;
            const auto tag = static_cast<std::uint16_t>(match.cls * 64u + place * 8u + (match.left ? 4u : 0u) +
                                                        (match.right ? 2u : 0u) + (match.ambiguous ? 1u : 0u));
            bool known = false;
            for (std::size_t k = 0; k < cover.count; ++k) known = known || (cover.tag[k] >> 6) == match.cls;
            if (!known) cover.tag[cover.count++] = tag;
        }
    }
}

void SentenceView::features(std::size_t at, UnitKeys& out) const {
    const auto& units = row.units;
    const auto n = static_cast<std::ptrdiff_t>(units.size());
    const auto i = static_cast<std::ptrdiff_t>(at);
    Emitter emit(out);
    // A neighbour with a mark for the blank in front of it.
    const auto c = [&](std::ptrdiff_t k) -> std::uint64_t {
        const std::ptrdiff_t p = i + k;
        if (p < 0 || p >= n) return p < 0 ? 1 : 2;
        const Unit& there = units[static_cast<std::size_t>(p)];
        return std::uint64_t{there.soft} << 1 | (there.blank_before ? 1 : 0);
    };
    const Unit& unit = units[at];
    const std::uint32_t blank = unit.blank_before ? 1 : 0;
    const std::uint64_t before = c(-1), behind = c(1);
    emit.put_beside(4, before, 0);
    emit.put_beside(4, behind, 1);
    emit.put_beside(10, mix(c(-2), before), 0);
    emit.put_beside(10, mix(behind, c(2)), 1);
    // The run: its stem's ends, the particle, the place in it.
    const std::size_t run = unit.run_begin, stem = unit.stem_end;
    const auto soft = [&](std::size_t p) { return std::uint64_t{units[p].soft}; };
    const std::uint64_t josa = units[stem - 1].tail;
    const std::size_t place = std::min<std::size_t>(at - run, 4), left = at < stem ? std::min<std::size_t>(stem - at, 6) : 0;
    const auto odd = [](std::size_t number) { return static_cast<std::uint32_t>(number % 2); };
    std::uint64_t suffix2 = soft(stem - 1);
    if (stem - run >= 2) suffix2 = mix(suffix2, soft(stem - 2));
    const std::uint64_t suffix3 = mix(suffix2, stem - run >= 3 ? soft(stem - 3) : 99);
    emit.put_beside(19, mix(suffix2, left / 2), odd(left));
    emit.put_beside(20, mix(suffix3, left / 2), odd(left));
    emit.put(21, unit.tail, soft(at), blank);
    // The words around.
    std::uint64_t previous = 3;
    if (run > 0) {
        const Unit& last = units[run - 1];
        const std::size_t s = last.stem_end;
        previous = soft(s - 1);
        if (s - last.run_begin >= 2) previous = mix(previous, soft(s - 2));
    }
    const std::size_t length = at < stem ? std::min<std::size_t>(stem - run, 6) : 0;
    emit.put_beside(28, mix(mix(previous, length), place / 2), odd(place));
    // Forms.
    std::uint64_t window = 0;
    for (std::ptrdiff_t k = -2; k <= 2; ++k) {
        const std::ptrdiff_t p = i + k;
        window = window * 128 + (p < 0 ? 126 : p >= n ? 127 : shape(units[static_cast<std::size_t>(p)]) * 2 + (units[static_cast<std::size_t>(p)].blank_before ? 1 : 0));
    }
    emit.put(33, window);
    if (unit.cls == UnitClass::kHangul && at == run && is_surname(row.first[at])) {
        std::uint64_t next = 4;
        if (unit.run_end < units.size()) {
            const Unit& after = units[unit.run_end];
            next = mix(mix(soft(unit.run_end), after.run_end - after.run_begin >= 2 ? soft(unit.run_end + 1u) : 0),
                       after.stem_end - after.run_begin >= 3 ? soft(unit.run_end + 2u) : 0);
        }
        emit.put(35, stem - run, josa);
        emit.put(36, stem - run, next);
    }
    // The noun phrase's head, quotation marks.
    emit.put_beside(40, unit.head, blank);
    if (unit.quote != 0) {
        emit.put(41, unit.quote_head, unit.quote);
        emit.put(42, unit.quote, unit.tail);
    }
    emit.put(45, static_cast<std::uint64_t>(kind), blank);
    // Names that cover the unit.
    const Cover& cover = covers[at];
    const std::uint64_t first = cover.count > 0 ? cover.tag[0] : 0;
    std::uint64_t all = 17;
    for (std::size_t k = 0; k < cover.count; ++k) {
        emit.put(46, cover.tag[k]);
        emit.put(47, cover.tag[k], unit.tail);
        all = mix(all, cover.tag[k]);
    }
    if (cover.count > 0) emit.put(48, first, before);
    if (cover.count > 1) emit.put(51, all);
    if (at > 0 && covers[at - 1].count > 0) emit.put(52, covers[at - 1].tag[0], first);
    if (at + 1 < units.size() && covers[at + 1].count > 0) emit.put(53, covers[at + 1].tag[0], first);
    if (unit.run_end < units.size() && covers[unit.run_end].count > 0) emit.put(54, covers[unit.run_end].tag[0], left, josa);
    if (run > 0 && covers[run - 1].count > 0) emit.put(55, covers[run - 1].tag[0], place, left);
    // English words: forms, and the end of a row of capitalised words.
    if (unit.cls == UnitClass::kLatin) {
        const auto letters = [&](std::ptrdiff_t k) {
            const std::ptrdiff_t p = i + k;
            return p < 0 || p >= n ? 9u : shape(units[static_cast<std::size_t>(p)]);
        };
        emit.put(58, mix(letters(-2), letters(-1)), letters(0), mix(letters(1), letters(2)));
        std::size_t q = at;
        while (q + 1 < units.size() && q < at + 8 && (units[q + 1].letters == WordCase::kCapital || units[q + 1].letters == WordCase::kUpper)) ++q;
        emit.put(59, soft(q), std::min<std::size_t>(q - at, 4), letters(0));
        if (q + 1 < units.size()) emit.put(61, soft(q + 1), std::min<std::size_t>(q - at, 2), letters(0));
        emit.put(62, soft(q), letters(-1), before);
    }
}

}  // namespace maek::extract
