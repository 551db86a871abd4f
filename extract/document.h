// Room: extract, inner vocabulary of the whole room: one article on its way through the stages.
// text/ fills text, sentences and the offset map; mention/ adds mentions, money and dates; link/
// and relation/ read them. Everything points into Document::text by byte spans; only the pipeline,
// at the end, turns them into code points of Article::text. Tests: tests/extract/text.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/facts.h"

namespace maek::extract {

// The thirteen types of the ontology in its own order, and "no entity". The numbers are part of
// the model file's format.
enum class EntityType : std::uint8_t {
    kProvince, kCity, kTechnopark, kResearchInstitute, kUniversity, kCompany, kAgency, kCluster,
    kAlliance, kFacility, kProject, kPerson, kIndustry, kNone,
};
inline constexpr std::size_t kEntityTypes = 13;

inline constexpr std::array<std::string_view, kEntityTypes + 1> kEntityTypeNames = {
    "Province", "City", "Technopark", "ResearchInstitute", "University", "Company", "Agency",
    "Cluster", "Alliance", "Facility", "Project", "Person", "Industry", ""};

inline std::string_view type_name(EntityType type) {
    return kEntityTypeNames[static_cast<std::size_t>(type)];
}
// kNone for an unknown name.
EntityType entity_type(std::string_view name);

// Bytes of Document::text, end exclusive, on code point boundaries.
struct ByteSpan {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t size() const { return end - begin; }
    bool empty() const { return begin == end; }
    bool contains(ByteSpan other) const { return begin <= other.begin && other.end <= end; }
    bool overlaps(ByteSpan other) const { return begin < other.end && other.begin < end; }
    auto operator<=>(const ByteSpan&) const = default;
};

enum class SentenceKind : std::uint8_t {
    kHeadline,     // the article's title or subtitle
    kBody,         // running text
    kItem,         // a bullet of a list
    kRow,          // a row of a table
    kCaption,      // under a picture: its facts count
    kTranslation,  // of a machine-translated tail: names for aliases, no new facts
    kRepeat,       // stands earlier in the article already
    kNoise,        // boilerplate: yields nothing
};

struct Sentence {
    ByteSpan span;  // without blanks at either end; sentences are in order and do not overlap
    SentenceKind kind = SentenceKind::kBody;
    std::uint32_t paragraph = 0;  // grows by one at each new paragraph
    bool korean = true;           // holds Hangul

    // Whether facts may be read from it.
    bool useful() const {
        return kind != SentenceKind::kNoise && kind != SentenceKind::kRepeat &&
               kind != SentenceKind::kTranslation;
    }
};

enum class MentionSource : std::uint8_t { kTagger, kLexicon, kGrammar, kSecondPass };

// A stretch that names something. Mentions are in the order of the text and do not overlap; one
// inside another (the 창원 of 창원산단) is not listed.
struct Mention {
    static constexpr std::uint32_t kNoEntry = 0xFFFFFFFFu;

    ByteSpan span;  // the name alone: no particle, no quotation marks, no (주) unless inside
    EntityType type = EntityType::kNone;
    MentionSource source = MentionSource::kTagger;
    std::uint32_t sentence = 0;  // index into Document::sentences
    std::uint32_t entry = kNoEntry;  // index into the schema's lexicon entries when it is known
    float confidence = 1.0f;         // chance that the name counts
    bool doubtful = false;           // below what its type asks for; the joint judge has the last word
    ByteSpan title;                  // Person: the post beside the name ("원장"), else empty
    std::string full_name;           // of a name that borrows its head in an enumeration, else empty
};

// What an amount is, as far as the words beside it tell.
enum class MoneyRole : std::uint8_t {
    kPlain, kTotal, kNational, kProvincial, kMunicipal, kPrivate, kEffect, kRevenue, kForecast,
};

struct Money {
    ByteSpan span;         // digits and units: "16억원", "1조 2,000억 원", "3.2 trillion won"
    std::int64_t krw = 0;  // whole won; a range gives its lower end. Foreign money: 0
    std::uint32_t sentence = 0;
    MoneyRole role = MoneyRole::kPlain;
    bool foreign = false;  // dollars, euros: stands there, has no amount in won
};

struct DateMention {
    ByteSpan span;
    std::string iso;  // "2021-06-29", "2021-06", "2021"; empty when it cannot be resolved
    std::uint32_t sentence = 0;
};

// Which code point of Article::text a byte of Document::text came from. The text is a row of
// stretches taken over code point for code point; a bit a byte tells where code points begin.
class OffsetMap {
public:
    // While the text is built: the next code point, written at `byte`, came from `code_point`.
    void add(std::uint32_t byte, std::uint32_t code_point);
    // When the text is whole. `end` is the number of code points of the original.
    void finish(std::string_view text, std::uint32_t end);

    // Requires: byte <= size of the text. O(log number of stretches).
    std::uint32_t code_point(std::uint32_t byte) const;
    Span span(ByteSpan bytes) const { return {code_point(bytes.begin), code_point(bytes.end)}; }
    // First byte that comes from `code_point` or a later one. O(log n).
    std::uint32_t byte(std::uint32_t code_point) const;

private:
    struct Stretch {
        std::uint32_t byte;    // where it begins in the text
        std::uint32_t source;  // and in the original, in code points
        std::uint32_t rank;    // code points of the text before it; known after finish()
    };
    std::uint32_t rank(std::uint32_t byte) const;

    std::vector<Stretch> stretches_;
    std::vector<std::uint64_t> leads_;  // a bit for each byte that begins a code point
    std::vector<std::uint32_t> ranks_;  // code points before each 64 bytes
    std::uint32_t size_ = 0;
    std::uint32_t end_ = 0;
    std::uint32_t next_ = 0;  // while building: the source that would go on with the stretch
};

struct Document {
    // The article's title (when the text does not begin with it), a blank line, then the article's
    // text: NFC, without zero-width characters, other blanks turned into ' '.
    std::string text;
    std::uint32_t body_begin = 0;  // what lies before is the title from the record: no offsets
    std::string date;              // ISO date of the article, from the record or its text; or empty
    OffsetMap offsets;             // bytes of text -> code points of Article::text
    std::vector<Sentence> sentences;
    std::vector<Mention> mentions;
    std::vector<Money> money;
    std::vector<DateMention> dates;
    std::vector<std::string> warnings;
    bool korean = true;  // false: an English article

    std::string_view view(ByteSpan span) const {
        return std::string_view(text).substr(span.begin, span.size());
    }
    // What a mention calls its thing: its text, or the full name where the head stands elsewhere.
    std::string_view name(const Mention& mention) const {
        return mention.full_name.empty() ? view(mention.span) : std::string_view(mention.full_name);
    }
    // Index of the sentence that holds the byte, or of the last one before it. O(log n).
    std::uint32_t sentence_at(std::uint32_t byte) const;
    // Mentions [first, last) of one sentence. O(log n).
    std::pair<std::uint32_t, std::uint32_t> mentions_of(std::uint32_t sentence) const;
};

// link/ fills it: which mentions are one thing. Ids are indexes, in order of first mention.
struct DocumentEntity {
    EntityType type = EntityType::kNone;
    std::string name;                  // canonical: the fullest form the article uses
    std::vector<std::string> aliases;  // sorted, without the name
    std::string key;                   // the lexicon's canonical name, or empty
    std::uint32_t entry = Mention::kNoEntry;
    std::vector<std::uint32_t> mentions;  // indexes into Document::mentions, ascending
    float confidence = 1.0f;
    bool doubtful = false;  // all its mentions are
};

struct LinkedDocument {
    std::vector<DocumentEntity> entities;
    // For each mention its entity, or Mention::kNoEntry where it was dropped.
    std::vector<std::uint32_t> entity_of;
};

}  // namespace maek::extract
