#include "extract/mention/units.h"

#include <algorithm>

#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

constexpr std::size_t kLongestParticle = 5;
constexpr std::size_t kMostUnits = 65000;

UnitClass class_of(char32_t c) {
    if (is_hangul(c)) return UnitClass::kHangul;
    if (is_latin(c)) return UnitClass::kLatin;
    if (is_digit(c)) return UnitClass::kDigits;
    if (is_hanja(c)) return UnitClass::kHanja;
    return UnitClass::kSign;
}

char32_t lower(char32_t c) { return is_upper(c) ? c + 0x20 : c; }

std::uint64_t particle_key(std::u32string_view text) {
    std::uint64_t key = text.size();
    for (const char32_t c : text) key = mix(key, c);
    return key | 1;
}

bool opens_quote(char32_t c) { return c == U'‘' || c == U'“' || c == U'「' || c == U'『' || c == U'<' || c == U'《' || c == U'〈'; }
char32_t closing_of(char32_t c) {
    switch (c) {
        case U'‘': return U'’';
        case U'“': return U'”';
        case U'「': return U'」';
        case U'『': return U'』';
        case U'<': return U'>';
        case U'《': return U'》';
        case U'〈': return U'〉';
        default: return c;
    }
}

void read(std::string_view text, ByteSpan span, UnitRow& row) {
    row.units.clear();
    row.first.clear();
    bool blank = true;
    for (std::size_t at = span.begin; at < span.end && row.units.size() < kMostUnits;) {
        const std::size_t begin = at;
        const char32_t c = utf8_next(text, at);
        if (c == ' ' || c == '\n') {
            blank = true;
            continue;
        }
        Unit unit;
        unit.begin = static_cast<std::uint32_t>(begin);
        unit.cls = class_of(c);
        unit.blank_before = blank;
        blank = false;
        if (unit.cls == UnitClass::kLatin || unit.cls == UnitClass::kDigits) {
            std::uint64_t key = 7;
            std::uint32_t letters = 0, capitals = 0;
            char32_t d = c;
            std::size_t ahead = at;
            for (;;) {
                key = mix(key, lower(d));
                ++letters;
                capitals += is_upper(d) ? 1 : 0;
                if (at >= span.end) break;
                d = utf8_next(text, ahead);
                if (class_of(d) != unit.cls) break;
                at = ahead;
            }
            unit.code = static_cast<std::uint32_t>(key >> 33) | 0x80000000u;
            unit.soft = unit.cls == UnitClass::kDigits ? 0x40000000u + std::min(letters, 6u) : unit.code;
            if (unit.cls == UnitClass::kLatin) {
                unit.letters = capitals == 0 ? WordCase::kLower
                               : capitals == letters ? WordCase::kUpper
                               : capitals == 1 && is_upper(c) ? WordCase::kCapital
                                                              : WordCase::kMixed;
            }
        } else {
            unit.code = unit.soft = c;
        }
        unit.end = static_cast<std::uint32_t>(std::min<std::size_t>(at, span.end));
        row.units.push_back(unit);
        row.first.push_back(c);
    }
}

// Runs, stems and tails.
void find_runs(const Particles& particles, UnitRow& row) {
    auto& units = row.units;
    for (std::size_t begin = 0; begin < units.size();) {
        std::size_t end = begin + 1;
        if (units[begin].cls != UnitClass::kSign) {
            while (end < units.size() && !units[end].blank_before && units[end].cls != UnitClass::kSign) ++end;
        }
        const std::uint8_t at_end = end < units.size() && !units[end].blank_before ? kTailSign : kTailBlank;
        std::size_t stem = end;
        for (std::size_t i = begin; i < end; ++i) {
            units[i].run_begin = static_cast<std::uint16_t>(begin);
            units[i].run_end = static_cast<std::uint16_t>(end);
            units[i].tail = kTailOther;
        }
        units[end - 1].tail = at_end;
        const std::size_t longest = std::min(kLongestParticle, end - begin - 1);
        for (std::size_t length = 1; length <= longest; ++length) {
            if (units[end - length].cls != UnitClass::kHangul) break;
            const int number = particles.find({row.first.data() + end - length, length});
            if (number < 0) continue;
            units[end - length - 1].tail = static_cast<std::uint8_t>(kTailJosa + number);
            stem = end - length;
        }
        for (std::size_t i = begin; i < end; ++i) units[i].stem_end = static_cast<std::uint16_t>(stem);
        begin = end;
    }
}

// The head of a noun phrase: the last stem before a particle, a comma or another sign.
void find_heads(UnitRow& row) {
    auto& units = row.units;
    std::uint32_t head = 0;
    std::uint8_t distance = 0;
    bool open = false;  // the run to the right belongs to the same phrase
    for (std::size_t end = units.size(); end > 0;) {
        const std::size_t begin = units[end - 1].run_begin;
        const Unit& unit = units[begin];
        const bool sign = unit.cls == UnitClass::kSign;
        const bool joins = sign && (row.first[begin] == 0xB7 || row.first[begin] == '-' || row.first[begin] == '&');
        if (sign && !joins) {
            open = false;
            head = 0;
        } else if (!sign) {
            const std::size_t stem = unit.stem_end;
            if (!open || stem < end || distance >= 12) {
                head = units[stem - 1].soft;
                if (stem - begin >= 2) head = static_cast<std::uint32_t>(mix(head, units[stem - 2].soft));
                distance = 0;
            } else {
                ++distance;
            }
            open = true;
        }
        for (std::size_t i = begin; i < end; ++i) {
            units[i].head = head;
            units[i].to_head = distance;
        }
        end = begin;
    }
}

void find_quotes(UnitRow& row) {
    auto& units = row.units;
    std::size_t i = 0;
    int depth = 0;
    std::size_t bracket_open = 0;
    for (std::size_t k = 0; k < units.size(); ++k) {
        const char32_t c = row.first[k];
        if (c == '(' && units[k].cls == UnitClass::kSign) depth = 1, bracket_open = k;
        if (c == ')') depth = 0;
        units[k].bracket = depth > 0 && k != bracket_open && k - bracket_open < 60;
    }
    while (i < units.size()) {
        const char32_t c = row.first[i];
        const bool straight = (c == '\'' || c == '"') && (units[i].blank_before || i == 0 || units[i - 1].cls == UnitClass::kSign);
        if (units[i].cls != UnitClass::kSign || (!opens_quote(c) && !straight)) {
            ++i;
            continue;
        }
        const char32_t close = closing_of(c);
        std::size_t j = i + 1;
        const std::size_t limit = std::min(units.size(), i + 40);
        while (j < limit && row.first[j] != close) ++j;
        if (j >= limit || j == i + 1) {
            ++i;
            continue;
        }
        std::uint32_t head = units[j - 1].soft;
        if (j - i > 2) head = static_cast<std::uint32_t>(mix(head, units[j - 2].soft));
        for (std::size_t k = i + 1; k < j; ++k) {
            units[k].quote = k + 1 == j ? 3 : k == i + 1 ? 1 : 2;
            units[k].quote_head = head;
        }
        i = j + 1;
    }
}

}  // namespace

Particles::Particles(std::span<const std::string> words) {
    std::size_t size = 16;
    while (size < words.size() * 3) size *= 2;
    slots_.resize(size);
    int number = 0;
    for (const std::string& word : words) {
        std::u32string text;
        for (std::size_t at = 0; at < word.size();) text.push_back(utf8_next(word, at));
        if (text.empty() || text.size() > kLongestParticle || find(text) >= 0 || number >= 200) continue;
        const std::uint64_t key = particle_key(text);
        std::size_t slot = key & (size - 1);
        while (slots_[slot].number >= 0) slot = (slot + 1) & (size - 1);
        slots_[slot] = {key, number++};
    }
}

int Particles::find(std::u32string_view text) const {
    if (slots_.empty()) return -1;
    const std::uint64_t key = particle_key(text);
    for (std::size_t slot = key & (slots_.size() - 1);; slot = (slot + 1) & (slots_.size() - 1)) {
        if (slots_[slot].number < 0) return -1;
        if (slots_[slot].key == key) return slots_[slot].number;
    }
}

std::uint32_t unit_code(std::u32string_view text, UnitClass cls) {
    if (cls != UnitClass::kLatin && cls != UnitClass::kDigits) return text[0];
    std::uint64_t key = 7;
    for (const char32_t c : text) key = mix(key, lower(c));
    return static_cast<std::uint32_t>(key >> 33) | 0x80000000u;
}

void split_units(std::string_view text, ByteSpan span, const Particles& particles, UnitRow& row) {
    read(text, span, row);
    find_runs(particles, row);
    find_heads(row);
    find_quotes(row);
}

}  // namespace maek::extract
