#include "extract/link/linker.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>

#include "extract/link/name_forms.h"

namespace maek::extract {
namespace {

constexpr std::uint32_t kNone = Mention::kNoEntry;

// One spelling found in the article.
struct Name {
    std::string bare, shown;
    EntityType type = EntityType::kNone;
    std::uint32_t entry = kNone;
    std::vector<std::uint32_t> mentions;
    std::uint32_t joined = kNone;  // index of the name it became part of
    bool from_brackets = false;
    bool former = false;  // "옛 …": never the name that is shown
};

struct Work {
    const Document& document;
    const Lexicon& lexicon;
    std::vector<Join>* reasons;
    std::vector<Name> names;
    std::vector<std::uint32_t> name_of;  // by mention
    std::vector<std::pair<std::uint32_t, std::string>> glosses;  // alias texts that are no mentions
    struct PendingJoin {
        std::uint32_t a, b;
        JoinReason reason;
    };
    std::vector<PendingJoin> told;

    std::uint32_t root(std::uint32_t n) const {
        while (names[n].joined != kNone) n = names[n].joined;
        return n;
    }
    void join(std::uint32_t a, std::uint32_t b, JoinReason reason) {
        a = root(a);
        b = root(b);
        if (a == b) return;
        told.push_back({a, b, reason});
        if (a > b) std::swap(a, b);
        if (names[a].entry == kNone) names[a].entry = names[b].entry;
        names[b].joined = a;
    }

    void collect();
    void choose_entries();
    void heed_explanations();
    void join_by_entry();
    void join_by_brackets();
    void join_by_form();
    bool join_with_fuller(std::uint32_t n, const std::vector<std::uint32_t>& list, bool& undecided);
    std::optional<JoinReason> reason_by_form(const Name& name, const Name& fuller) const;
    bool only_in_headlines(const Name& name) const;
    LinkedDocument result();
    void add_known_names(const DocumentEntity& entity, std::set<std::string>& all) const;
    static void add_names_by_rule(const DocumentEntity& entity, std::set<std::string>& all);
};

void Work::collect() {
    std::map<std::pair<EntityType, std::string>, std::uint32_t> index;
    name_of.assign(document.mentions.size(), kNone);
    for (std::uint32_t m = 0; m < document.mentions.size(); ++m) {
        const Mention& mention = document.mentions[m];
        if (mention.type == EntityType::kNone) continue;
        const std::string shown(document.name(mention));
        std::string bare = bare_name(shown);
        if (bare.empty()) continue;
        const auto [it, fresh] = index.try_emplace({mention.type, bare}, static_cast<std::uint32_t>(names.size()));
        if (fresh) names.push_back({std::move(bare), shown, mention.type, kNone, {}, kNone, false});
        Name& name = names[it->second];
        if (mention.entry != kNone && name.entry == kNone) name.entry = mention.entry;
        name.mentions.push_back(m);
        name_of[m] = it->second;
    }
}

// A name that several entries share belongs to the one whose surroundings the article names.
void Work::choose_entries() {
    std::set<std::string_view> spoken;
    for (const Name& name : names) {
        if (name.type == EntityType::kCity || name.type == EntityType::kProvince) {
            spoken.insert(name.bare);
            for (const LexiconForm& form : lexicon.find(name.shown)) spoken.insert(lexicon.entry(form.entry).name);
        }
    }
    for (Name& name : names) {
        if (name.entry == kNone) continue;
        std::vector<std::uint32_t> typed;  // the tagger has decided the type
        for (const LexiconForm& form : lexicon.find(name.shown)) {
            if (lexicon.entry(form.entry).type == lexicon.entry(name.entry).type) typed.push_back(form.entry);
        }
        if (typed.size() < 2) continue;
        std::uint32_t best = kNone;
        for (const std::uint32_t e : typed) {
            const std::string& parent = lexicon.entry(e).parent;
            if (!parent.empty() && spoken.count(parent) != 0 && best == kNone) best = e;
        }
        if (best == kNone) {
            for (const std::uint32_t e : typed) {
                if (lexicon.entry(e).parent.empty()) best = e;  // a metropolitan city before a county
            }
        }
        name.entry = best;
    }
}

// An abbreviation that the article itself explains ("다솜기술연구소(DTI)") is that name's, whatever the lexicon
// knows under these letters; unless the full name is another form of the lexicon's.
void Work::heed_explanations() {
    const std::string_view text = document.text;
    for (std::uint32_t m = 0; m + 1 < document.mentions.size(); ++m) {
        const std::uint32_t k = m + 1;
        if (name_of[m] == kNone || name_of[k] == kNone || name_of[m] == name_of[k]) continue;
        const Name& full = names[name_of[m]];
        Name& letters = names[name_of[k]];
        if (full.type != letters.type || letters.entry == kNone || full.entry == letters.entry) continue;
        const bool latin = letters.shown.size() <= 8 && std::all_of(letters.shown.begin(), letters.shown.end(), [](char c) {
                               return std::isupper(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '&';
                           });
        const std::uint32_t end = document.mentions[m].span.end, begin = document.mentions[k].span.begin;
        if (!latin || full.shown.size() <= letters.shown.size() || begin <= end || begin - end > 2 || text[begin - 1] != '(') continue;
        if (!text.substr(document.mentions[k].span.end).starts_with(")")) continue;
        const LexiconEntry& entry = lexicon.entry(letters.entry);
        const auto same = [&](const std::string& known) {
            const std::string bare = bare_name(known);
            return bare == full.bare || short_form(full.type, full.bare, bare) || short_form(full.type, bare, full.bare);
        };
        if (same(entry.name) || same(entry.english) || std::any_of(entry.aliases.begin(), entry.aliases.end(), same)) continue;
        letters.entry = kNone;
    }
}

void Work::join_by_entry() {
    std::map<std::pair<EntityType, std::uint32_t>, std::uint32_t> first;
    for (std::uint32_t n = 0; n < names.size(); ++n) {
        if (names[n].entry == kNone) continue;
        const auto [it, fresh] = first.try_emplace({names[n].type, names[n].entry}, n);
        if (!fresh) join(it->second, n, JoinReason::kLexicon);
    }
}

void Work::join_by_brackets() {
    const std::string_view text = document.text;
    for (std::uint32_t m = 0; m < document.mentions.size(); ++m) {
        if (name_of[m] == kNone) continue;
        const Mention& mention = document.mentions[m];
        std::uint32_t at = mention.span.end;
        while (at < text.size() && (text.substr(at).starts_with("’") || text.substr(at).starts_with("”"))) at += 3;
        if (at < text.size() && text[at] == ' ') ++at;
        if (at >= text.size() || text[at] != '(') continue;
        const std::size_t close = text.find(')', at);
        if (close == std::string_view::npos || close - at > 90) continue;
        const std::string_view inside = text.substr(at + 1, close - at - 1);
        const std::vector<Gloss> parts = glosses_in(inside);
        const std::string full = names[name_of[m]].bare;
        const auto shortens = [&](const Gloss& part) {
            const std::string bare = bare_name(part.text);
            return has_hangul(part.text) && part.text.find_first_of(" .:") == std::string_view::npos &&
                   (short_form(mention.type, bare, full) || abbreviates(bare, full));
        };
        const bool abbreviated = std::any_of(parts.begin(), parts.end(), shortens);
        bool whole = false;
        for (std::uint32_t k = m + 1; k < document.mentions.size() && document.mentions[k].span.end <= close; ++k) {
            if (name_of[k] == kNone || document.mentions[k].type != mention.type) continue;
            const std::string_view name = document.view(document.mentions[k].span);
            const auto part = std::find_if(parts.begin(), parts.end(), [&](const Gloss& p) {
                return name.size() + 6 >= p.text.size() && p.text.find(name) != std::string_view::npos && (parts.size() == 1 || p.other_name || abbreviated);
            });
            if (part == parts.end()) continue;  // the bracket says more than a name
            join(name_of[m], name_of[k], JoinReason::kBrackets);
            names[name_of[k]].from_brackets = true;
            names[name_of[k]].former = names[name_of[k]].former || part->former;
            whole = true;
        }
        if (whole || mention.type == EntityType::kPerson || mention.type == EntityType::kIndustry) continue;
        for (const Gloss& part : parts) {  // abbreviations that the tagger did not see
            if (shortens(part) || (is_latin_short(part.text) && (parts.size() == 1 || abbreviated))) glosses.emplace_back(name_of[m], std::string(part.text));
        }
    }
}

// Why the one may be a form of the other, fuller one; both are of one type.
std::optional<JoinReason> Work::reason_by_form(const Name& name, const Name& fuller) const {
    if (const auto reason = short_form(name.type, name.bare, fuller.bare)) return reason;
    if (takes_initials(name.shown, fuller.shown)) return JoinReason::kInitials;
    if (takes_surname(name.type, name.shown, fuller.shown)) return JoinReason::kSurname;
    if (takes_bracket(fuller.shown, name.bare) || takes_bracket(name.shown, fuller.bare)) return JoinReason::kBrackets;
    if (leaves_kind(name.type, name.bare, fuller.bare) || governs(name.type, name.bare, fuller.bare)) return JoinReason::kShortForm;
    if (leaves_edition(name.type, name.bare, fuller.bare)) return JoinReason::kShortForm;
    if (name.type == EntityType::kAgency && is_ministry_for(name.shown, fuller.shown)) return JoinReason::kShortForm;
    if (drops_the_middle(name.type, name.bare, fuller.bare) && only_in_headlines(name)) return JoinReason::kHeadline;
    return std::nullopt;
}

void Work::join_by_form() {
    std::map<EntityType, std::vector<std::uint32_t>> by_type;
    for (std::uint32_t n = 0; n < names.size(); ++n) by_type[names[n].type].push_back(n);
    for (auto& [type, list] : by_type) {
        if (list.size() > 400) list.resize(400);  // very long texts: only the names that come first
        std::vector<std::uint32_t> shortest = list;
        std::sort(shortest.begin(), shortest.end(), [&](std::uint32_t a, std::uint32_t b) {
            return names[a].bare.size() != names[b].bare.size() ? names[a].bare.size() < names[b].bare.size() : a < b;
        });
        // again where it may help: "Gwangju" has one fuller name only when "Gwangju City" is a part of "Gwangju Metropolitan City"
        bool more = true;
        for (int pass = 0; pass < 4 && more; ++pass) {
            bool joined = false, undecided = false;
            for (const std::uint32_t n : shortest) joined = join_with_fuller(n, list, undecided) || joined;
            more = joined && undecided;
        }
    }
}

// Joins a name with the only one of the list that is a fuller form of it; undecided where there are several.
bool Work::join_with_fuller(std::uint32_t n, const std::vector<std::uint32_t>& list, bool& undecided) {
    std::uint32_t found = kNone;
    JoinReason why{};
    int strength = 0;
    bool unique = true;
    for (const std::uint32_t other : list) {
        if (root(other) == root(n)) continue;
        const std::uint32_t ea = names[root(n)].entry, eb = names[root(other)].entry;
        if (ea != kNone && eb != kNone && ea != eb) continue;
        const std::optional<JoinReason> reason = reason_by_form(names[n], names[other]);
        if (!reason) continue;
        const int rank = *reason == JoinReason::kShortForm ? 3 : *reason == JoinReason::kEnding ? 2 : 1;
        if (rank > strength) {
            found = other;
            why = *reason;
            strength = rank;
            unique = true;
        } else if (rank == strength && root(other) != root(found)) {
            unique = false;
        }
    }
    undecided = undecided || !unique;
    if (found == kNone || !unique) return false;
    join(found, n, why);
    return true;
}

bool Work::only_in_headlines(const Name& name) const {
    return std::all_of(name.mentions.begin(), name.mentions.end(), [&](std::uint32_t m) {
        return document.sentences[document.mentions[m].sentence].kind == SentenceKind::kHeadline;
    });
}

// What the lexicon calls it, beside what the article does: its name and the first few names that nothing else has.
void Work::add_known_names(const DocumentEntity& entity, std::set<std::string>& all) const {
    const LexiconEntry& entry = lexicon.entry(entity.entry);
    all.insert(entry.name);
    std::size_t more = 0;
    for (const std::string& alias : entry.aliases) {
        if (more == 3) break;
        if (lexicon.find(alias).size() != 1) continue;
        all.insert(alias);
        ++more;
    }
    if (!document.korean && !entry.english.empty()) all.insert(entry.english);
}

// What its type lets it be called as well: a firm without its sign, a university short or in full, a field as an industry.
void Work::add_names_by_rule(const DocumentEntity& entity, std::set<std::string>& all) {
    const auto add = [&](std::string_view name) { all.insert(one_line(name)); };
    const std::string_view name = entity.name;
    for (const std::string_view lead : {"(재)", "(사)", "(주)", "㈜", "재단법인 ", "주식회사 "}) {
        if (name.starts_with(lead)) add(name.substr(lead.size()));
    }
    if (entity.type == EntityType::kUniversity && has_hangul(name)) {
        if (name.ends_with("대학교")) add(name.substr(0, name.size() - 6));
        else if (name.ends_with("대")) add(entity.name + "학교");
    }
    if (entity.type == EntityType::kIndustry && name.ends_with("산업") && syllables(name) >= 4) add(without(name, "산업"));
    if (entity.type == EntityType::kTechnopark && name.ends_with("TP")) add(std::string(name.substr(0, name.size() - 2)) + "테크노파크");
}

LinkedDocument Work::result() {
    LinkedDocument out;
    out.entity_of.assign(document.mentions.size(), kNone);
    std::vector<std::uint32_t> entity_of_name(names.size(), kNone);
    std::vector<std::vector<std::uint32_t>> parts;
    for (std::uint32_t m = 0; m < document.mentions.size(); ++m) {
        if (name_of[m] == kNone) continue;
        const std::uint32_t r = root(name_of[m]);
        if (entity_of_name[r] == kNone) {
            entity_of_name[r] = static_cast<std::uint32_t>(out.entities.size());
            DocumentEntity entity;
            entity.type = names[r].type;
            entity.entry = names[r].entry;
            entity.confidence = 0;
            entity.doubtful = true;
            out.entities.push_back(std::move(entity));
        }
        const std::uint32_t e = entity_of_name[r];
        out.entity_of[m] = e;
        out.entities[e].mentions.push_back(m);
        out.entities[e].doubtful = out.entities[e].doubtful && document.mentions[m].doubtful;
        out.entities[e].confidence = std::max(out.entities[e].confidence, document.mentions[m].confidence);
    }
    parts.resize(out.entities.size());
    for (std::uint32_t n = 0; n < names.size(); ++n) {
        if (entity_of_name[root(n)] != kNone) parts[entity_of_name[root(n)]].push_back(n);
    }
    for (std::uint32_t e = 0; e < out.entities.size(); ++e) {
        DocumentEntity& entity = out.entities[e];
        std::set<std::string> all;
        const Name* fullest = nullptr;
        for (const std::uint32_t n : parts[e]) {
            for (const std::uint32_t m : names[n].mentions) all.insert(one_line(document.name(document.mentions[m])));
            const auto better = [&](const Name& a, const Name& b) {
                if (a.former != b.former) return b.former;
                if (document.korean && has_hangul(a.shown) != has_hangul(b.shown)) return has_hangul(a.shown);
                return syllables(a.bare) > syllables(b.bare);
            };
            if (fullest == nullptr || better(names[n], *fullest)) fullest = &names[n];
        }
        entity.name = fullest == nullptr ? std::string() : one_line(fullest->shown);
        for (const auto& [n, gloss] : glosses) {
            if (entity_of_name[root(n)] == e) all.insert(gloss);
        }
        if (entity.entry != kNone) {
            entity.key = lexicon.entry(entity.entry).name;
            add_known_names(entity, all);
        }
        add_names_by_rule(entity, all);
        all.erase(entity.name);
        entity.aliases.assign(all.begin(), all.end());
    }
    if (reasons != nullptr) {
        for (const PendingJoin& t : told) {
            const std::uint32_t e = entity_of_name[root(t.a)];
            if (e != kNone) reasons->push_back({e, names[t.b].shown, names[t.a].shown, t.reason});
        }
    }
    return out;
}

}  // namespace

std::string_view reason_words(JoinReason reason) {
    switch (reason) {
        case JoinReason::kSameName: return "the same name";
        case JoinReason::kLexicon: return "both are names of one entry of the lexicon";
        case JoinReason::kBrackets: return "one stands in brackets behind the other";
        case JoinReason::kShortForm: return "a short form of the same name";
        case JoinReason::kEnding: return "the end of the fuller name";
        case JoinReason::kSyllables: return "made of syllables of the fuller name";
        case JoinReason::kInitials: return "the initials of the fuller name";
        case JoinReason::kSurname: return "the family name of the person";
        case JoinReason::kHeadline: return "the fuller name, shortened in the headline";
    }
    return "?";
}

LinkedDocument Linker::link(const Document& document, std::vector<Join>* reasons) const {
    Work work{document, *lexicon_, reasons, {}, {}, {}, {}};
    work.collect();
    work.choose_entries();
    work.heed_explanations();
    work.join_by_entry();
    work.join_by_brackets();
    work.join_by_form();
    return work.result();
}

}  // namespace maek::extract
