// Room: extract, inner. The second look, over the whole article: boosted trees that see of each candidate
// name what the model said of all its places, where they stand, what surrounds them, what the name
// tables know and what stands beside it; they give the chance that the article's reader would list the
// name with this type. Then the places are shared out: no two names overlap.
// Learned by maek-train judge. Tests: tests/extract/mention/name_judge_test.cpp.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/mention/candidates.h"
#include "extract/mention/name_endings.h"
#include "extract/relation/trees.h"

namespace maek::extract {

inline constexpr std::size_t kNameNumbers = 140;
inline constexpr std::uint32_t kNameNumbersVersion = 1;
using NameNumbers = std::array<float, kNameNumbers>;

// One question: does this name count, with this type?
struct NameRow {
    std::uint32_t candidate = 0;
    EntityType type = EntityType::kNone;
    NameNumbers numbers{};
    float chance = 0;  // the answer
};

// What the hand-read articles said of names with the same letters, the same head, the same words
// around: the logarithm of the odds that such a name counts. An unknown key says nothing.
class NameMemory {
public:
    struct Item {
        std::uint32_t key = 0;
        std::int8_t odds = 0;      // sixteenths
        std::uint8_t times = 0;    // at most 255
    };
    static constexpr std::size_t kKinds = 7;
    struct Keys {
        std::array<std::vector<std::uint32_t>, kKinds> of;
    };
    static Keys keys(const NameCandidate& name, EntityType type);

    // Items in any order, each key once.
    explicit NameMemory(std::vector<Item> items = {});
    const Item* find(std::uint32_t key) const;
    // Writes its numbers behind those of name_rows().
    void remember(const std::vector<NameCandidate>& names, std::vector<NameRow>& rows) const;

    void write(std::string& out) const;
    bool read(std::string_view& bytes);

private:
    std::vector<Item> items_;  // by key
    std::vector<std::uint32_t> first_;  // of each value of the key's upper bits
    void index();
};

// The questions of an article, by candidate.
std::vector<NameRow> name_rows(const Document& document, const std::vector<NameCandidate>& names, const NameEndings& endings);

class NameJudge {
public:
    // Takes the bytes of write(); false when they are none.
    bool read(std::string_view bytes);
    static std::string write(const Forest& forest, const NameMemory& memory, const std::array<float, kEntityTypes>& thresholds);

    bool empty() const { return forest_.trees.empty(); }
    void judge(const std::vector<NameCandidate>& names, std::vector<NameRow>& rows) const;
    const std::array<float, kEntityTypes>& thresholds() const { return thresholds_; }

private:
    Forest forest_;
    NameMemory memory_;
    std::array<float, kEntityTypes> thresholds_{};
};

// Replaces document.mentions by the places of the names that reach their threshold.
void share_places(Document& document, const std::vector<NameCandidate>& names, const std::vector<NameRow>& rows,
                  const std::array<float, kEntityTypes>& thresholds);

}  // namespace maek::extract
