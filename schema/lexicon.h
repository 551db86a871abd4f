// Room: schema, doorway. Names that maek knows beforehand, and lists of words: both read from files.
// Immutable after loading; may be used from many threads. File form: docs/schema-format.md.
// A lexicon says how a thing is called, never what it does: no relation is taken from here.
// Tests: tests/schema/lexicon_test.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/ontology.h"
#include "schema/result.h"

namespace maek {

struct LexiconEntry {
    std::string name;  // canonical, Korean where there is one; the key of the entity across articles
    TypeIndex type = kNoType;
    std::string english;               // official English name, or empty
    std::vector<std::string> aliases;  // abbreviations, short forms and further English names
    std::vector<std::string> former;   // earlier names of the same body
    std::string parent;                // where it lies or what it belongs to, or empty
    std::string kind;                  // finer than the type: "ministry", "national_complex", ...
    bool ambiguous = false;            // the name alone does not say which one ('중구')
};

enum class FormKind : std::uint8_t {
    kCanonical,  // the entry's name
    kEnglish,    // its official English name
    kAlias,      // listed in the file
    kFormer,     // an earlier name
    kShort,      // made by a rule of short_forms.json
};

// One way to write an entry's name.
struct LexiconForm {
    std::string_view text;    // UTF-8, NFC; lives as long as the lexicon
    std::uint32_t entry = 0;  // index into entries()
    FormKind kind = FormKind::kCanonical;
    bool ambiguous = false;   // also an ordinary word, or the name of several entries
};

class Lexicon {
public:
    Lexicon(Lexicon&&) = default;
    Lexicon& operator=(Lexicon&&) = default;
    Lexicon(const Lexicon&) = delete;  // forms() point into the arena
    Lexicon& operator=(const Lexicon&) = delete;

    // Reads folder/lexicon/*.json and folder/words/*.json in the order of their names, then the
    // same folders of the overlay. Errors name file, line and entry.
    static Result<Lexicon> load(const std::filesystem::path& folder, const Ontology& ontology,
                                const std::filesystem::path& overlay = {});

    std::span<const LexiconEntry> entries() const { return entries_; }
    const LexiconEntry& entry(std::uint32_t index) const { return entries_[index]; }

    // All forms, sorted by text (bytewise), then by entry. One text may name several entries.
    std::span<const LexiconForm> forms() const { return forms_; }
    // Those written exactly so; empty when unknown. O(1).
    std::span<const LexiconForm> find(std::string_view text) const;

    // A word list by its name ("josa", "suffix.Agency", "trigger.LEADS"); empty when unknown.
    // In the file's order.
    std::span<const std::string> words(std::string_view list) const;
    // Names of all lists, sorted.
    std::vector<std::string_view> lists() const;

private:
    Lexicon() = default;
    struct Builder;
    struct Range {
        std::uint32_t first = 0, count = 0;
    };
    std::vector<LexiconEntry> entries_;
    std::vector<std::vector<char>> arena_;  // where the forms' text lives; never moves
    std::vector<LexiconForm> forms_;
    std::unordered_map<std::string_view, Range> index_;
    std::unordered_map<std::string, std::vector<std::string>> words_;
};

}  // namespace maek
