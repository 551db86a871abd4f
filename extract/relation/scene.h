// Room: extract, inner. One sentence as the relation stage sees it: its words, and who stands in it
// doing what. An occurrence is a name, a short form that stands for a thing ("시는", "센터는"), or the
// subject that the sentence leaves out. Names joined in an enumeration share the role that the last
// of them carries. Linear in the sentence. Tests: tests/extract/relation/scene_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/link/references.h"
#include "extract/relation/relation_words.h"

namespace maek::extract {

struct Word {
    ByteSpan span;             // between blanks
    WordBits triggers = 0;     // what it speaks for, outside names
    bool in_name = false;      // a name covers its beginning
    bool clause_end = false;   // a connective ending: a new clause begins behind it
    bool says = false, denies = false, compares = false;
};

// kInName: its name stands only inside the name of another thing. kRecent: the last of its type that was
// named, to which a bare post ("시장") may belong.
enum class OccurrenceKind : std::uint8_t { kName, kReference, kRunning, kHeadline, kInName, kRecent };

struct Occurrence {
    ByteSpan span;         // empty for what is left out
    std::uint32_t entity = 0;
    EntityType type = EntityType::kNone;
    OccurrenceKind kind = OccurrenceKind::kName;
    Role role = Role::kNone;        // of its own tail
    Role group_role = Role::kNone;  // of the enumeration's tail, or of the phrase it begins
    std::uint16_t group = 0;        // occurrences of one enumeration share it
    std::uint16_t group_size = 1;
    std::uint16_t clause = 0;
    std::int16_t word = -1;         // index of its first word, -1 when left out
    std::int16_t last_word = -1;    // of its last word, tail included
    bool quoted = false;            // inside quotation marks
    bool in_paren = false;          // inside round brackets
    std::uint16_t gap = 0;          // left out: sentences since it was named
    std::uint32_t mention = Mention::kNoEntry;  // index into Document::mentions for names

    bool left_out() const { return kind >= OccurrenceKind::kRunning; }
};

struct Scene {
    static constexpr std::size_t kMostOccurrences = 40;

    std::uint32_t sentence = 0;
    SentenceKind kind = SentenceKind::kBody;
    bool korean = true;
    std::vector<Word> words;
    std::vector<Occurrence> occurrences;  // names and references by place, then what is left out
    std::uint32_t clauses = 1;
    std::uint32_t first_money = 0, last_money = 0;  // [first, last) of Document::money
    bool has_topic = false;  // somebody is named as topic or subject
    WordBits said_before = 0;  // what the words of the sentence before speak for
};

// What is known of the sentences before.
struct Running {
    std::vector<std::uint32_t> organisations;  // the last topic group that can act
    // The last cluster, alliance, facility and project spoken of.
    std::array<std::uint32_t, 4> things{Mention::kNoEntry, Mention::kNoEntry, Mention::kNoEntry, Mention::kNoEntry};
    std::uint32_t headline = Mention::kNoEntry;  // the first that can act in the headline
    std::uint32_t headline_thing = Mention::kNoEntry;  // the first thing in it
    std::uint32_t since = 0;                   // sentences since the topic was named
    WordBits said = 0;                         // what the words of the last sentence speak for
    std::vector<std::uint32_t> named;  // by entity: one more than the last sentence that names it, 0: none yet
    std::array<std::uint32_t, kEntityTypes> recent{};  // by type: one more than the entity named last
};

class SceneBuilder {
public:
    SceneBuilder(const Document& document, const LinkedDocument& linked,
                 const std::vector<Reference>& references, const RelationWords& words)
        : document_(document), linked_(linked), references_(references), words_(words) {}

    // Builds the sentence's scene into `scene` (its buffers are reused) and moves `running` on.
    void build(std::uint32_t sentence, Running& running, Scene& scene);

private:
    void split_words(Scene& scene);
    void place_occurrences(Scene& scene);
    void read_roles(Scene& scene);
    void join_groups(Scene& scene);
    void add_left_out(Scene& scene, const Running& running);
    void move_on(const Scene& scene, Running& running) const;
    Role role_behind(std::uint32_t byte, std::uint32_t end, std::uint32_t& after) const;
    Role phrase_role(const Scene& scene, const Occurrence& o) const;
    bool joins(const Scene& scene, std::string_view gap) const;

    const Document& document_;
    const LinkedDocument& linked_;
    const std::vector<Reference>& references_;
    const RelationWords& words_;
    std::vector<std::uint8_t> quoted_;
};

bool is_organisation(EntityType type);  // may act
bool is_thing(EntityType type);         // Cluster, Alliance, Facility, Project

}  // namespace maek::extract
