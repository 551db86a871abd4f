// Room: extract, inner. What the scorer sees of two occurrences in one sentence: a list of 64-bit
// keys, the same code for training and for reading (pair_templates.cpp). A change of the templates makes old models
// useless and must raise kPairFeatureVersion. Tests: tests/extract/relation/relations_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/relation/clauses.h"
#include "extract/relation/relation_words.h"
#include "extract/relation/scene.h"

namespace maek::extract {

inline constexpr std::uint32_t kPairFeatureVersion = 9;

// What stands in numbers of a pair, for the trees of the second judge. Their order is part of the
// model; see PairFeatures::numbers.
inline constexpr std::size_t kPairNumbers = 160;
using PairNumbers = std::array<float, kPairNumbers>;

// What the whole article tells of an entity.
struct EntityView {
    bool in_headline = false;
    std::uint8_t prominence = 0;      // 0 the most mentioned of its kind, 3 the rest
    std::uint32_t first_sentence = 0;
    std::uint32_t mentions = 0;
    std::vector<std::string> folded;  // its names without blanks and signs, in lower case
    std::vector<std::uint64_t> marks; // letter_marks() of each of them
    std::uint64_t all_marks = 0;      // of any of them
    std::uint64_t head = 0;           // of its name's last two syllables, or its last Latin word
    float confidence = 1;             // of the entity
};

std::vector<EntityView> view_entities(const Document& document, const LinkedDocument& linked);

// Letters and digits alone, ASCII in lower case.
std::string folded_name(std::string_view name);

// Does one of the longer one's names hold a name of the shorter? 0 no, 1 inside, 2 at its beginning.
int name_holds(const EntityView& longer, const EntityView& shorter);

class RelationScorer;

// What the words around two places of a sentence tell, which lie at words near <= far.
struct PairTriggers {
    WordBits before = 0, between = 0, behind = 0;  // before near, from near to far, from far on
    WordBits clause = 0;                           // from far to the end of its clause
    bool denied = false;                           // there
};

// What keys and numbers of a pair both ask for.
struct PairLook {
    std::size_t a = 0, b = 0;  // source and target: indexes into scene.occurrences
    int near = 0, far = 0;     // their last words in the order of the text
    PairTriggers triggers;
    int predicate = -1;        // PairFeatures::predicate
    int tie = 0, joint = 0;    // how their predicates are tied, how the names themselves are
    int holds_b = 0, holds_a = 0;  // name_holds of the source and the target, and the other way round
};

class PairFeatures {
public:
    PairFeatures(const Document& document, const RelationWords& words, const std::vector<EntityView>& views)
        : document_(document), words_(words), views_(views) {}

    // Makes ready what all pairs of the scene share.
    void enter(const Scene& scene);
    // The first look at source a and target b.
    PairLook look(std::size_t a, std::size_t b) const;

    // Replaces `keys` with those of the pair.
    void read(const PairLook& look, std::vector<std::uint64_t>& keys) const;
    // Has the scorer add up the weights of the same keys.
    void score(const PairLook& look, RelationScorer& scorer, RelationScores& out) const;

    void numbers(const PairLook& look, PairNumbers& out) const;

    // The word that decides: the first with a trigger behind both, else between them; -1: none.
    int predicate(std::size_t a, std::size_t b) const;

private:
    struct Stem {
        std::uint64_t hash = 0;   // of the word's stem
        std::uint64_t trigger = 0;  // of its trigger stem, 0: none
    };
    struct Ends;
    template <class Sink>
    void show(const PairLook& look, Sink& sink) const;
    struct Rest;
    template <class Sink>
    void show_kinds(const Ends& e, std::size_t next, Sink& sink) const;
    template <class Sink>
    void show_scene(const Ends& e, std::size_t next, Sink& sink) const;
    template <class Sink>
    void show_distance(const PairLook& look, const Ends& e, Sink& sink) const;
    template <class Sink>
    void show_words(const PairLook& look, const Ends& e, Sink& sink) const;
    template <class Sink>
    void show_triggers(const PairLook& look, const Ends& e, Sink& sink) const;
    template <class Sink>
    void show_classes(const PairLook& look, const Rest& rest, const Ends& e, Sink& sink) const;
    template <class Sink>
    void show_pattern(const Ends& e, Sink& sink) const;
    template <class Sink>
    void show_ties(const PairLook& look, const Ends& e, Sink& sink) const;
    template <class Sink>
    void show_names(const PairLook& look, const Ends& e, Sink& sink) const;
    template <class Sink>
    void show_before(const Ends& e, Sink& sink) const;
    template <class Sink>
    void show_money(const Ends& e, Sink& sink) const;
    std::uint64_t tail_hash(const Occurrence& o) const;
    int joint(const Occurrence& x, const Occurrence& y) const;

    // How the predicates of two phrases are tied: 0 one of them is unknown, 1 the same, 2 the source's describes
    // the target ("재단이 운영하는 센터"), 3 the target's the source, 4 the source's comes first, 5 the target's.
    int tie(std::size_t a, std::size_t b) const;
    using Triggers = PairTriggers;
    Triggers triggers(int near, int far) const;
    void sum_up_words();

    struct Post {  // beside a person's name
        std::uint64_t hash = 0;  // of its last two syllables; 0: none
        int place = 0;           // 1 behind, 2 before
    };
    Post post_of(const Occurrence& o) const;

    // What stands around an occurrence; nothing where it is left out.
    struct Side {
        std::uint64_t tail = 1;                  // of what is written behind the name
        std::array<std::uint64_t, 3> behind{};   // stems of the next words, up to a name
        std::array<std::uint64_t, 2> before{};
        int behind_count = 0, before_count = 0;
        std::size_t class_behind = 0, class_second = 0, class_before = 0, class_own = 0;
        std::uint64_t verb = 0;  // of the predicate it hangs on
        Post post;
        std::uint64_t context = 0;  // of all of this and of what the occurrence and its entity are
    };
    Side side_of(const Occurrence& o, std::uint64_t verb) const;
    template <class Sink>
    void show_side(const Ends& e, const Side& side, bool source, Sink& sink) const;

    struct Governor {  // the predicate that an occurrence hangs on
        int word = -1;
        std::uint64_t verb = 0;  // its stem
        std::size_t cls = 0;
    };
    Governor governor_of(const Occurrence& o) const;

    std::uint64_t stem_at(int w) const { return w < 0 || w >= static_cast<int>(stems_.size()) ? 0 : stems_[static_cast<std::size_t>(w)].hash; }
    bool name_at(int w) const { return w >= 0 && w < static_cast<int>(stems_.size()) && scene_->words[static_cast<std::size_t>(w)].in_name; }
    std::size_t class_at(int w) const {
        return w < 0 || w >= static_cast<int>(stems_.size()) ? kWordClasses + 1 : first_class(scene_->words[static_cast<std::size_t>(w)].triggers);
    }

    const Document& document_;
    const RelationWords& words_;
    const std::vector<EntityView>& views_;
    const Scene* scene_ = nullptr;
    Clauses clauses_;
    std::vector<Governor> governors_;  // by occurrence
    std::vector<Side> sides_;          // by occurrence
    std::uint64_t scene_context_ = 0;  // of what the templates of the sentence alone see
    std::vector<Stem> stems_;  // by word
    struct Rest {              // of the sentence from a word on
        WordBits behind = 0, clause = 0;
        bool denied = false;
        std::size_t next = 0, next_class = kWordClasses;  // the first word with a class, and its class
    };
    std::vector<Rest> rests_;       // by word, and behind the last
    std::vector<WordBits> befores_;  // by word: all triggers before it
    bool denied_any_ = false;
    std::uint64_t last_verb_ = 0;
    std::size_t last_class_ = kWordClasses;  // of the last word that has one
    bool compares_ = false;
    std::uint32_t organisations_ = 0;
};

}  // namespace maek::extract
