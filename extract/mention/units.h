// Room: extract, inner. A sentence as the row of units that the tagger reads: a Hangul syllable, a
// Latin word, a run of digits or a sign each; blanks become flags. With what a look around tells:
// the particle behind a unit, the noun phrase it stands in, quotation marks and brackets.
// Linear in the sentence. Tests: tests/extract/mention/units_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"

namespace maek::extract {

enum class UnitClass : std::uint8_t { kHangul, kLatin, kDigits, kHanja, kSign };

// How a Latin word is written.
enum class WordCase : std::uint8_t { kNone, kLower, kCapital, kUpper, kMixed };

// What follows a unit up to the end of its run.
enum Tail : std::uint8_t {
    kTailBlank = 0,  // nothing: a blank, or the end of the sentence
    kTailSign = 1,   // nothing: a sign
    kTailOther = 2,  // more of the word
    kTailJosa = 3,   // 3 + n: the n-th particle of the list, and nothing else
};

struct Unit {
    std::uint32_t begin = 0, end = 0;  // bytes of the document's text
    std::uint32_t code = 0;            // the same for the same text, letters in lower case
    std::uint32_t soft = 0;            // as code, but numbers only by their length
    UnitClass cls = UnitClass::kSign;
    WordCase letters = WordCase::kNone;
    bool blank_before = false;
    std::uint8_t tail = kTailOther;
    std::uint16_t run_begin = 0, run_end = 0;  // units of the same word: no blank, no sign inside
    std::uint16_t stem_end = 0;                // the run without its particle
    std::uint8_t quote = 0;                    // 0 outside, 1 first unit inside, 2 further in, 3 last
    bool bracket = false;                      // inside round brackets
    std::uint32_t head = 0;    // last two units of the noun phrase's last stem
    std::uint8_t to_head = 0;  // runs from here to that stem
    std::uint32_t quote_head = 0;  // last two units inside the quotation marks
};

// Particles by their text, longest 5 units.
class Particles {
public:
    Particles() = default;
    explicit Particles(std::span<const std::string> words);
    // The particle's number below 200, or -1.
    int find(std::u32string_view text) const;

private:
    struct Slot {
        std::uint64_t key = 0;
        int number = -1;
    };
    std::vector<Slot> slots_;
};

struct UnitRow {
    std::vector<Unit> units;
    std::vector<char32_t> first;  // first code point of each unit
};

// The code that a lexicon's text and an article's get alike.
std::uint32_t unit_code(std::u32string_view text, UnitClass cls);

// Replaces the row's content. At most 65,000 units are read of a span.
void split_units(std::string_view text, ByteSpan span, const Particles& particles, UnitRow& row);

inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    std::uint64_t h = (a ^ (b + 0x9E3779B97F4A7C15ULL)) * 0xD6E8FEB86659FD93ULL;
    h ^= h >> 32;
    return h * 0xD6E8FEB86659FD93ULL;
}

}  // namespace maek::extract
