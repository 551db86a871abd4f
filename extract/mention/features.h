// Room: extract, inner. What the tagger sees of a unit: a list of 64-bit feature keys. The same code
// serves training and reading, so that the two cannot drift apart; a change of the templates makes
// old models useless and must raise kFeatureVersion. Tests: tests/extract/mention/tagger_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "extract/document.h"
#include "extract/far_array.h"
#include "extract/mention/name_index.h"
#include "extract/mention/units.h"

namespace maek::extract {

inline constexpr std::uint32_t kFeatureVersion = 1;
inline constexpr std::size_t kMostFeatures = 96;

// Surnames that open most Korean names; by code point.
bool is_surname(char32_t c);

// Tells of most keys that no model knows them; of one in twenty it is wrong. Two bits of one word a key.
class KeyFilter {
public:
    KeyFilter() = default;
    // `bits` is rounded up to a power of two.
    explicit KeyFilter(std::size_t bits);
    void add(std::uint64_t key) { words_[place(key)] |= bits_of(key); }
    bool may_know(std::uint64_t key) const {
        const std::uint64_t bits = bits_of(key);
        return (words_[place(key)] & bits) == bits;
    }
    // Asks memory for what may_know() will look at.
    void fetch(std::uint64_t key) const { __builtin_prefetch(&words_[place(key)]); }

private:
    std::size_t place(std::uint64_t key) const { return (key >> 12) & mask_; }
    static std::uint64_t bits_of(std::uint64_t key) { return std::uint64_t{1} << (key & 63) | std::uint64_t{1} << ((key >> 6) & 63); }
    FarArray<std::uint64_t> words_;
    std::size_t mask_ = 0;
};

// The keys of one unit.
struct UnitKeys {
    std::array<std::uint64_t, kMostFeatures> keys;
    std::size_t count = 0;
};

// Names that cover a unit, the longest first, each with the unit's place in it.
struct Cover {
    static constexpr std::size_t kMost = 5;
    std::uint8_t count = 0;
    std::array<std::uint16_t, kMost> tag{};  // class, place and edge flags
};

// One sentence made ready. Reused from sentence to sentence: no allocation once it has grown.
class SentenceView {
public:
    UnitRow row;
    std::vector<NameMatch> matches;
    std::vector<Cover> covers;
    SentenceKind kind = SentenceKind::kBody;

    void prepare(std::string_view text, const Sentence& sentence, const Particles& particles,
                 const NameIndex& names);

    std::size_t size() const { return row.units.size(); }
    // Writes the keys of unit i; gives their number. With a filter it fetches them there.
    std::size_t features(std::size_t i, std::array<std::uint64_t, kMostFeatures>& out) const;
    std::size_t features(std::size_t i, std::array<std::uint64_t, kMostFeatures>& out, const KeyFilter& filter) const;

private:
    template <class See>
    std::size_t write_features(std::size_t i, std::array<std::uint64_t, kMostFeatures>& out, See see) const;
    void cover();
};

}  // namespace maek::extract
