// Room: extract, inner. All known names in one trie over units, so that "포스코 기술연구원" and
// "포스코기술연구원" are the same name. Answers: which names stand in this row of units, and do they
// stand there as words of their own? Immutable after build(). Tests: tests/extract/mention.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/far_array.h"
#include "extract/mention/units.h"

namespace maek::extract {

// A class of names: the thirteen types as the lexicon gives them, then the classes of the auxiliary
// name lists (persons, places, firms, … as KLUE's annotators saw them), then post titles.
using NameClass = std::uint8_t;
inline constexpr NameClass kTitleClass = 15;
inline constexpr NameClass kFirstAuxiliary = 16;

struct NameMatch {
    std::uint16_t begin = 0, end = 0;  // units
    NameClass cls = 0;
    bool ambiguous = false;
    bool left = false;   // begins a word, or stands behind a sign
    bool right = false;  // ends one, or a particle follows
    std::uint32_t entry = 0xFFFFFFFFu;
};

class NameIndex {
public:
    // Names shorter than two units are left out. One text may be added with several classes. Latin words
    // of up to four letters match in their own case only: aT is a body, "at" is none.
    void add(std::string_view name, NameClass cls, bool ambiguous, std::uint32_t entry);
    void build();

    // Appends the matches in the row, by begin, longest first. A name that begins or ends inside
    // a word is given with left or right false.
    void find(const UnitRow& row, std::vector<NameMatch>& out) const;

    std::size_t size() const { return names_; }

private:
    struct Item {
        NameClass cls;
        bool ambiguous;
        WordCase letters;  // of a short Latin word, which counts only in the same case; else kNone
        std::uint32_t entry;
        std::uint32_t next;  // another meaning of the same text, or kNone
    };
    struct Slot {
        std::uint32_t state, code;
        std::uint32_t to;  // 0: free; kEnds is set by build() where a name ends
    };
    static constexpr std::uint32_t kEnds = 0x80000000u;
    static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
    std::uint32_t step(std::uint32_t state, std::uint32_t code) const;  // with kEnds; kNone: no further
    std::uint32_t step_or_add(std::uint32_t state, std::uint32_t code);
    void grow();
    // Does any name begin with these two units? May say yes of others, too: most places end here.
    bool may_begin(std::uint32_t code, std::uint32_t next) const {
        const std::size_t bit = pair_bit(code, next);
        return (pairs_[bit / 64] >> bit % 64 & 1) != 0;
    }
    static std::size_t pair_bit(std::uint32_t code, std::uint32_t next) {
        return static_cast<std::size_t>((((std::uint64_t{code} << 32) | next) * 0x9E3779B97F4A7C15ull) >> (64 - kPairBits));
    }
    static constexpr std::size_t kPairBits = 20;  // 128 KB: stays near

    FarArray<Slot> slots_;
    std::vector<std::uint64_t> pairs_ = std::vector<std::uint64_t>((std::size_t{1} << kPairBits) / 64);
    std::vector<std::uint32_t> items_of_;  // by state
    std::vector<Item> items_;
    std::size_t names_ = 0;
    std::size_t used_ = 0;
};

}  // namespace maek::extract
