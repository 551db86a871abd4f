#include "extract/mention/features.h"

#include <algorithm>
#include <bit>

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

KeyFilter::KeyFilter(std::size_t bits) : words_(std::max<std::size_t>(16, std::bit_ceil(bits) / 64)), mask_(words_.size() - 1) {}

namespace {

std::uint32_t shape(const Unit& unit) {
    return static_cast<std::uint32_t>(unit.cls) * 8 + static_cast<std::uint32_t>(unit.letters);
}

// Writes the keys and shows each to `see`.
template <class See>
class Emitter {
public:
    Emitter(std::array<std::uint64_t, kMostFeatures>& out, See see) : out_(out), see_(see) {}
    void put(std::uint32_t id, std::uint64_t a) {
        if (count_ == kMostFeatures) return;
        const std::uint64_t key = mix(a, id * 0x51ED270BULL);
        out_[count_++] = key;
        see_(key);
    }
    void put(std::uint32_t id, std::uint64_t a, std::uint64_t b) { put(id, mix(a, b)); }
    void put(std::uint32_t id, std::uint64_t a, std::uint64_t b, std::uint64_t c) { put(id, mix(mix(a, b), c)); }
    std::size_t count() const { return count_; }

private:
    std::array<std::uint64_t, kMostFeatures>& out_;
    See see_;
    std::size_t count_ = 0;
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

std::size_t SentenceView::features(std::size_t i, std::array<std::uint64_t, kMostFeatures>& out) const {
    return write_features(i, out, [](std::uint64_t) {});
}

std::size_t SentenceView::features(std::size_t i, std::array<std::uint64_t, kMostFeatures>& out, const KeyFilter& filter) const {
    return write_features(i, out, [&filter](std::uint64_t key) { filter.fetch(key); });
}

template <class See>
std::size_t SentenceView::write_features(std::size_t at, std::array<std::uint64_t, kMostFeatures>& out, See see) const {
    const auto& units = row.units;
    const auto n = static_cast<std::ptrdiff_t>(units.size());
    const auto i = static_cast<std::ptrdiff_t>(at);
    Emitter<See> emit(out, see);
    // The window: codes with a mark for the blank in front of the unit.
    std::array<std::uint64_t, 9> w;  // -4 .. +4
    for (std::ptrdiff_t k = -4; k <= 4; ++k) {
        const std::ptrdiff_t p = i + k;
        w[static_cast<std::size_t>(k + 4)] =
            p < 0 ? 1 : p >= n ? 2 : std::uint64_t{units[static_cast<std::size_t>(p)].soft} << 1 | (units[static_cast<std::size_t>(p)].blank_before ? 1 : 0);
    }
    const auto c = [&](std::ptrdiff_t k) { return w[static_cast<std::size_t>(k + 4)]; };
    const Unit& unit = units[at];
    const std::uint32_t blank = unit.blank_before ? 1 : 0;
    emit.put(1, 0);
    emit.put(2, c(0));
    emit.put(3, unit.soft);
    emit.put(4, c(-1));
    emit.put(5, c(1));
    emit.put(6, c(-2));
    emit.put(7, c(2));
    emit.put(8, c(-1), c(0));
    emit.put(9, c(0), c(1));
    emit.put(10, c(-2), c(-1));
    emit.put(11, c(1), c(2));
    emit.put(12, c(-2), c(-1), c(0));
    emit.put(13, c(-1), c(0), c(1));
    emit.put(14, c(0), c(1), c(2));
    emit.put(15, mix(c(-3), c(-2)), c(-1), c(0));
    emit.put(16, mix(c(0), c(1)), c(2), c(3));
    emit.put(17, mix(c(-3), c(-2)), c(-1), blank);
    emit.put(18, mix(c(1), c(2)), c(3));
    // The run: its stem's ends, the particle, the place in it.
    const std::size_t run = unit.run_begin, stem = unit.stem_end;
    const auto soft = [&](std::size_t p) { return std::uint64_t{units[p].soft}; };
    const std::uint64_t josa = units[stem - 1].tail;
    const std::size_t place = std::min<std::size_t>(at - run, 4), left = at < stem ? std::min<std::size_t>(stem - at, 6) : 0;
    std::uint64_t suffix2 = soft(stem - 1), suffix3 = suffix2;
    if (stem - run >= 2) suffix2 = mix(suffix2, soft(stem - 2));
    suffix3 = stem - run >= 3 ? mix(suffix2, soft(stem - 3)) : mix(suffix2, 99);
    emit.put(19, suffix2, left);
    emit.put(20, suffix3, left);
    emit.put(21, unit.tail, soft(at), blank);
    emit.put(22, unit.tail, mix(c(-1), soft(at)));
    emit.put(23, josa, left, place);
    emit.put(24, josa, suffix2);
    std::uint64_t prefix = 5;
    for (std::size_t p = run; p <= at && p < run + 6; ++p) prefix = mix(prefix, soft(p));
    emit.put(25, prefix, at - run < 6 ? 1 : 0);
    emit.put(26, prefix, unit.tail);
    // The words around.
    std::uint64_t previous = 3, previous_josa = 0;
    if (run > 0) {
        const Unit& before = units[run - 1];
        const std::size_t s = before.stem_end;
        previous = soft(s - 1);
        if (s - before.run_begin >= 2) previous = mix(previous, soft(s - 2));
        previous_josa = units[s - 1].tail;
    }
    emit.put(27, previous, previous_josa);
    emit.put(28, previous, place, left);
    emit.put(29, previous_josa, blank, place);
    std::uint64_t next = 4, next2 = 4;
    if (unit.run_end < units.size()) {
        const Unit& after = units[unit.run_end];
        next = mix(soft(unit.run_end), after.run_end - after.run_begin >= 2 ? soft(unit.run_end + 1u) : 0);
        next2 = mix(next, after.stem_end - after.run_begin >= 3 ? soft(unit.run_end + 2u) : 0);
    }
    emit.put(30, next, left, units[unit.run_end - 1].tail);
    emit.put(31, next2, josa);
    emit.put(32, next, suffix2);
    // Forms.
    std::uint64_t window = 0;
    for (std::ptrdiff_t k = -2; k <= 2; ++k) {
        const std::ptrdiff_t p = i + k;
        window = window * 128 + (p < 0 ? 126 : p >= n ? 127 : shape(units[static_cast<std::size_t>(p)]) * 2 + (units[static_cast<std::size_t>(p)].blank_before ? 1 : 0));
    }
    emit.put(33, window);
    emit.put(34, window >> 14, unit.soft);
    if (unit.cls == UnitClass::kHangul && is_surname(row.first[at]) && at == run) {
        emit.put(35, stem - run, josa);
        emit.put(36, stem - run, next2);
        emit.put(37, stem - run, previous);
    }
    if (unit.cls == UnitClass::kHangul && at > run && is_surname(row.first[run])) emit.put(38, stem - run, at - run, next2);
    // The noun phrase's head, quotation marks, brackets.
    emit.put(39, unit.head, std::min<std::uint32_t>(unit.to_head, 4), place == 0 ? 1 : 0);
    emit.put(40, unit.head, blank);
    if (unit.quote != 0) {
        emit.put(41, unit.quote_head, unit.quote);
        emit.put(42, unit.quote, unit.tail);
    }
    if (unit.bracket) emit.put(43, unit.tail, at > 0 && row.first[at - 1] == '(' ? 1 : 0, shape(unit));
    if (unit.bracket) emit.put(44, previous, shape(unit));
    emit.put(45, static_cast<std::uint64_t>(kind), blank);
    // Names that cover the unit.
    const Cover& cover = covers[at];
    std::uint64_t all = 17;
    for (std::size_t k = 0; k < cover.count; ++k) {
        emit.put(46, cover.tag[k]);
        emit.put(47, cover.tag[k], unit.tail);
        if (k == 0) {
            emit.put(48, cover.tag[k], c(-1));
            emit.put(49, cover.tag[k], next2);
            emit.put(50, cover.tag[k], previous_josa, josa);
            emit.put(60, cover.tag[k], unit.head);
        }
        all = mix(all, cover.tag[k]);
    }
    if (cover.count > 1) emit.put(51, all);
    if (at > 0 && covers[at - 1].count > 0) emit.put(52, covers[at - 1].tag[0], cover.count > 0 ? cover.tag[0] : 0);
    if (at + 1 < units.size() && covers[at + 1].count > 0) emit.put(53, covers[at + 1].tag[0], cover.count > 0 ? cover.tag[0] : 0);
    if (unit.run_end < units.size() && covers[unit.run_end].count > 0) emit.put(54, covers[unit.run_end].tag[0], left, josa);
    if (run > 0 && covers[run - 1].count > 0) emit.put(55, covers[run - 1].tag[0], place, left);
    // English words: endings and neighbours.
    if (unit.cls == UnitClass::kLatin) {
        emit.put(56, static_cast<std::uint64_t>(unit.letters), c(1));
        emit.put(57, static_cast<std::uint64_t>(unit.letters), c(-1));
        const auto letters = [&](std::ptrdiff_t k) {
            const std::ptrdiff_t p = i + k;
            return p < 0 || p >= n ? 9u : shape(units[static_cast<std::size_t>(p)]);
        };
        emit.put(58, mix(letters(-2), letters(-1)), letters(0), mix(letters(1), letters(2)));
        // head of a row of capitalised words
        std::size_t q = at;
        while (q + 1 < units.size() && q < at + 8 && (units[q + 1].letters == WordCase::kCapital || units[q + 1].letters == WordCase::kUpper)) ++q;
        emit.put(59, soft(q), std::min<std::size_t>(q - at, 4), letters(0));
        if (q + 1 < units.size()) emit.put(61, soft(q + 1), std::min<std::size_t>(q - at, 2), letters(0));
        emit.put(62, soft(q), letters(-1), c(-1));
    }
    return emit.count();
}

}  // namespace maek::extract
