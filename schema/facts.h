// Room: schema. What extraction hands over and storage keeps: one article and the facts it states.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace maek {

// Text as it came in, decoded to UTF-8 (NFC not applied: offsets refer to this text).
struct Article {
    std::string id;      // unique in a store; a file's stem, or the record's "id"
    std::string title;   // may be empty
    std::string date;    // ISO "2020-11-20", or empty
    std::string source;  // file path or URL
    std::string text;
};

// A stretch of Article::text in Unicode code points, end exclusive.
struct Span {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    auto operator<=>(const Span&) const = default;
};

struct MentionFact {
    Span span;
    std::string text;
    std::uint32_t entity = 0;  // index into ArticleFacts::entities
    float confidence = 1.0f;
};

struct EntityFact {
    std::string type;  // an ontology type's English name, "Technopark"
    std::string name;  // canonical: the fullest form the article uses
    std::vector<std::string> aliases;
    // The lexicon's canonical name when the entity is a known one, else empty. Two entities of
    // different articles with the same type and key are the same thing.
    std::string key;
    float confidence = 1.0f;
};

struct RelationFact {
    std::string type;  // an ontology relation's English name, "MEMBER_OF"
    std::uint32_t source = 0, target = 0;  // indexes into ArticleFacts::entities
    std::string role;                      // WORKS_FOR
    std::string subject;                   // COMMISSIONS
    std::string date;                      // ISO, or empty
    std::optional<std::int64_t> amount_krw;
    Span evidence_span;
    std::string evidence;  // the sentence itself
    float confidence = 1.0f;
};

// Everything one article states. Deterministic for the same bytes, model and schema.
struct ArticleFacts {
    Article article;
    std::vector<EntityFact> entities;
    std::vector<MentionFact> mentions;
    std::vector<RelationFact> relations;
    std::vector<std::string> warnings;  // "3 invalid UTF-8 sequences replaced", ...
};

}  // namespace maek
