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

inline constexpr std::size_t kFirstNumbers = 218;   // what the first forest sees
inline constexpr std::size_t kSecondNumbers = 28;   // what it said of the neighbours
inline constexpr std::size_t kNameNumbers = kFirstNumbers + kSecondNumbers;
inline constexpr std::uint32_t kNameNumbersVersion = 2;
// 1 for articles read as the guidelines' own examples are, 0 for material that other hands have read;
// by this number the forests learn what the hands do differently. Always 1 outside of training.
inline constexpr std::size_t kHandNumber = 0;
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
    // Asks memory for what find() will look at.
    void fetch(std::uint32_t key) const {
        if (!items_.empty()) __builtin_prefetch(items_.data() + first_[key >> 18]);
    }
    // Writes its numbers behind those of name_rows().
    void remember(const std::vector<NameCandidate>& names, std::vector<NameRow>& rows) const;

    void write(std::string& out) const;
    bool read(std::string_view& bytes);

private:
    // What a name is remembered by, of each kind; with a type it makes a key.
    struct Traits {
        explicit Traits(const NameCandidate& name);
        std::array<std::vector<std::uint64_t>, kKinds> of;
    };
    void remember(const Traits& traits, NameRow& row) const;

    std::vector<Item> items_;  // by key
    std::vector<std::uint32_t> first_;  // of each value of the key's upper bits
    void index();
};

// How the candidates of an article stand to one another; pairs of indexes.
struct NameLinks {
    using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
    Pairs holds;     // at some place the first holds the second
    Pairs crosses;   // they overlap otherwise
    Pairs listed;    // neighbours in an enumeration, the left one first
    Pairs letters;   // the letters of the first hold those of the second
    Pairs sentence;  // sentence, name
    void sort();
};

struct NameQuestions {
    std::vector<NameRow> rows;  // by candidate
    NameLinks links;
};

// The questions of an article.
NameQuestions name_questions(const Document& document, const std::vector<NameCandidate>& names, const NameEndings& endings);

// Fills the second numbers from the chances that the first forest gave.
void look_at_neighbours(const std::vector<NameCandidate>& names, NameQuestions& questions);

// Fills the chances of the rows by the first forest, and by the second of those that still have hope.
void ask(const FlatForest& forest, std::vector<NameRow>& rows);
void ask_again(const FlatForest& forest, std::vector<NameRow>& rows);
inline bool has_hope(const NameRow& row) { return row.chance >= 0.02f; }

class NameJudge {
public:
    // Takes the bytes of write(); false when they are none.
    bool read(std::string_view bytes);
    static std::string write(const Forest& first, const Forest& second, const NameMemory& memory,
                             const std::array<float, kEntityTypes>& thresholds);

    bool empty() const { return first_.empty(); }
    // Fills the chances.
    void judge(const std::vector<NameCandidate>& names, NameQuestions& questions) const;
    const std::array<float, kEntityTypes>& thresholds() const { return thresholds_; }

private:
    FlatForest first_, second_;
    NameMemory memory_;
    std::array<float, kEntityTypes> thresholds_{};
};

// Which names below their threshold are kept as doubtful ones: the surest `most`, from `least` on.
struct Doubt {
    float least = 1;
    std::size_t most = 0;
};

// Replaces document.mentions by the places of the names that reach their threshold, then of the doubtful
// ones where these leave room.
void share_places(Document& document, const std::vector<NameCandidate>& names, const std::vector<NameRow>& rows,
                  const std::array<float, kEntityTypes>& thresholds, Doubt doubt = {});

}  // namespace maek::extract
