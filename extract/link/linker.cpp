#include "extract/link/linker.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <unordered_map>

namespace maek::extract {
namespace {

constexpr std::uint32_t kNone = Mention::kNoEntry;

std::size_t syllables(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool has_hangul(std::string_view text) {
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead >= 0xEA && lead <= 0xED) return true;
    }
    return false;
}

std::string without(std::string_view text, std::string_view ending) {
    if (text.ends_with(ending)) text.remove_suffix(ending.size());
    return std::string(text);
}

// A name as it is shown: no blanks around it, one between words, also where the article breaks its line.
std::string one_line(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank) out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

// Endings that differ only in how full they are, by type; the stem before them must be the same.
constexpr std::pair<EntityType, std::string_view> kEndings[] = {
    {EntityType::kUniversity, "대학교산학협력단"}, {EntityType::kUniversity, "대산학협력단"}, {EntityType::kUniversity, "대학교"}, {EntityType::kUniversity, "대학"}, {EntityType::kUniversity, "대"},
    {EntityType::kTechnopark, "테크노파크"}, {EntityType::kTechnopark, "tp"}, {EntityType::kTechnopark, "technopark"},
    {EntityType::kCity, "metropolitancity"}, {EntityType::kCity, "city"}, {EntityType::kProvince, "province"},
    {EntityType::kCluster, "국가산업단지"}, {EntityType::kCluster, "일반산업단지"}, {EntityType::kCluster, "산업단지"},
    {EntityType::kCluster, "국가산단"}, {EntityType::kCluster, "일반산단"}, {EntityType::kCluster, "산단"}, {EntityType::kCluster, "공단"},
    {EntityType::kCluster, "연구개발특구"}, {EntityType::kCluster, "특구"}, {EntityType::kCluster, "테크노밸리"}, {EntityType::kCluster, "tv"},
    {EntityType::kCity, "특별시"}, {EntityType::kCity, "광역시"}, {EntityType::kCity, "특별자치시"}, {EntityType::kCity, "시"},
    {EntityType::kCity, "군"}, {EntityType::kCity, "구"}, {EntityType::kProvince, "특별자치도"}, {EntityType::kProvince, "도"},
    {EntityType::kAgency, "상공회의소"}, {EntityType::kAgency, "상의"}, {EntityType::kIndustry, "산업"}};

// The stems that a name of this type may have when a full or short ending is taken off.
std::vector<std::string> stems(EntityType type, std::string_view name) {
    std::vector<std::string> out;
    for (const auto& [of, ending] : kEndings) {
        if (of == type && name.ends_with(ending) && syllables(name) > syllables(ending) + 1) out.push_back(without(name, ending));
    }
    return out;
}

bool takes_endings(EntityType type) {
    return type == EntityType::kFacility || type == EntityType::kCluster || type == EntityType::kAlliance ||
           type == EntityType::kProject || type == EntityType::kAgency || type == EntityType::kResearchInstitute ||
           type == EntityType::kTechnopark;
}

std::vector<std::string_view> split_syllables(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t step = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        out.push_back(text.substr(i, step));
        i += step;
    }
    return out;
}

// 생기원 in 생산기술연구원: in order, first and last the same.
bool takes_syllables(std::string_view shorter, std::string_view longer) {
    for (std::string_view start : {"한국", "국립", "대한"}) {
        if (longer.starts_with(start) && !shorter.starts_with(start)) longer.remove_prefix(start.size());
    }
    const auto a = split_syllables(shorter), b = split_syllables(longer);
    if (a.size() < 3 || b.size() < a.size() + 2 || a.front() != b.front() || a.back() != b.back()) return false;
    std::size_t at = 0;
    for (std::string_view s : b) {
        if (at < a.size() && a[at] == s) ++at;
    }
    return at == a.size();
}

// 기계연 for 한국기계연구원, in a bracket behind it: its syllables in order, the first one first.
bool abbreviates(std::string_view shorter, std::string_view longer) {
    if (!has_hangul(shorter) || shorter.size() > 15 || shorter.size() < 6) return false;
    for (const std::string_view start : {"한국", "국립", "대한"}) {
        if (longer.starts_with(start) && !shorter.starts_with(start)) longer.remove_prefix(start.size());
    }
    const auto a = split_syllables(shorter), b = split_syllables(longer);
    if (b.size() <= a.size() || a.front() != b.front()) return false;
    std::size_t at = 0;
    for (const std::string_view s : b) at += at < a.size() && a[at] == s ? 1 : 0;
    return at == a.size();
}

// KERI for "Korea Electrotechnology Research Institute".
bool takes_initials(std::string_view shorter, std::string_view longer_spaced) {
    if (shorter.size() < 3 || shorter.size() > 8) return false;
    std::string initials;
    bool start = true;
    for (const char c : longer_spaced) {
        if (start && std::isalpha(static_cast<unsigned char>(c)) != 0) {
            initials += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
        start = c == ' ' || c == '-';
    }
    const auto small_words = [&] {  // without the initials of of, and, the
        std::string out;
        bool begin = true;
        for (std::size_t i = 0; i < longer_spaced.size(); ++i) {
            if (begin && std::isupper(static_cast<unsigned char>(longer_spaced[i])) != 0) out += longer_spaced[i];
            begin = longer_spaced[i] == ' ' || longer_spaced[i] == '-';
        }
        return out;
    };
    std::string upper(shorter);
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return initials.size() >= 3 && (upper == initials || upper == small_words());
}

// "Park" for "Park Geun-hye", "Park" for "Chung-hee Park": a word of a longer Latin name of a person.
bool takes_surname(EntityType type, std::string_view shorter, std::string_view longer) {
    if (type != EntityType::kPerson || shorter.size() < 2 || has_hangul(shorter) || shorter.find(' ') != std::string_view::npos) return false;
    return (longer.starts_with(shorter) && longer.size() > shorter.size() && longer[shorter.size()] == ' ') ||
           (longer.ends_with(shorter) && longer.size() > shorter.size() && longer[longer.size() - shorter.size() - 1] == ' ');
}

// "인공지능(AI) 로봇" is 인공지능 로봇 as well as AI 로봇: whether `other` is one of these.
bool takes_bracket(std::string_view name, std::string_view other_bare) {
    const std::size_t open = name.find('('), close = name.find(')', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || open < 2 || close == std::string_view::npos || close < open + 3) return false;
    const std::string outer = std::string(name.substr(0, open)).append(name.substr(close + 1));
    const std::string inner = std::string(name.substr(open + 1, close - open - 1)).append(name.substr(close + 1));
    return bare_name(outer) == other_bare || (close + 1 < name.size() && bare_name(inner) == other_bare);
}

// "한빛시티" for 한빛시티일반산업단지, "인공지능 허브" for 인공지능 허브 전략: what is left is the kind of thing.
bool leaves_kind(EntityType type, std::string_view shorter, std::string_view longer) {
    if (!longer.starts_with(shorter) || syllables(shorter) < 3) return false;
    const std::string_view rest = longer.substr(shorter.size());
    static constexpr std::pair<EntityType, std::string_view> kKinds[] = {
        {EntityType::kCluster, "일반산업단지"}, {EntityType::kCluster, "국가산업단지"}, {EntityType::kCluster, "산업단지"}, {EntityType::kCluster, "산단"},
        {EntityType::kProject, "사업"}, {EntityType::kProject, "전략"}, {EntityType::kProject, "프로젝트"}, {EntityType::kProject, "프로그램"},
        {EntityType::kUniversity, "산학협력단"}};
    return std::any_of(std::begin(kKinds), std::end(kKinds), [&](const auto& kind) { return kind.first == type && kind.second == rest; });
}

// "수소시험센터" for 수소안전시험센터: the fuller name without a stretch of its inside, with two syllables or more left at both ends.
bool drops_the_middle(EntityType type, std::string_view shorter, std::string_view longer) {
    constexpr std::size_t kEnds = 6;  // bytes: two syllables
    if (type != EntityType::kFacility && type != EntityType::kProject && type != EntityType::kAlliance && type != EntityType::kCluster) return false;
    if (shorter.size() < 2 * kEnds + 3 || longer.size() <= shorter.size() || !has_hangul(shorter)) return false;
    const std::size_t front = static_cast<std::size_t>(std::mismatch(shorter.begin(), shorter.end(), longer.begin()).first - shorter.begin());
    const std::size_t back = static_cast<std::size_t>(std::mismatch(shorter.rbegin(), shorter.rend(), longer.rbegin()).first - shorter.rbegin());
    return front >= kEnds && back >= kEnds && front + back >= shorter.size();
}

// What a bracket behind a name says, part by part: "(인천TP·옛 가온테크노파크)".
struct Gloss {
    std::string_view text;
    bool other_name = false;  // it says so itself: 옛, 구, 이하
    bool former = false;      // 옛, 구
};
std::vector<Gloss> glosses_in(std::string_view inside) {
    std::vector<Gloss> out;
    while (!inside.empty()) {
        const std::size_t comma = inside.find(','), dot = inside.find("·");
        const std::size_t end = std::min({comma, dot, inside.size()});
        Gloss part{inside.substr(0, end)};
        inside.remove_prefix(std::min(inside.size(), end + (end == dot ? std::string_view("·").size() : 1)));
        while (part.text.starts_with(' ')) part.text.remove_prefix(1);
        for (const std::string_view lead : {"이하 ", "이하", "약칭 ", "옛 ", "구 ", "舊 "}) {
            if (!part.text.starts_with(lead)) continue;
            part = {part.text.substr(lead.size()), true, lead == "옛 " || lead == "구 " || lead == "舊 "};
            break;
        }
        if (!part.text.empty()) out.push_back(part);
    }
    return out;
}

// KERI, R-2, AT&T: capitals and digits, a capital first.
bool is_latin_short(std::string_view name) {
    const auto upper = [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; };
    return name.size() >= 2 && name.size() <= 12 && upper(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
        return upper(c) || c == '-' || c == '&' || std::isdigit(static_cast<unsigned char>(c)) != 0;
    });
}

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
            JoinReason reason{};
            const std::string bare = bare_name(known);
            return bare == full.bare || is_short_form(full.type, full.bare, bare, reason) || is_short_form(full.type, bare, full.bare, reason);
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
            JoinReason reason{};
            const std::string bare = bare_name(part.text);
            return has_hangul(part.text) && part.text.find_first_of(" .:") == std::string_view::npos &&
                   (is_short_form(mention.type, bare, full, reason) || abbreviates(bare, full));
        };
        const bool short_form = std::any_of(parts.begin(), parts.end(), shortens);
        bool whole = false;
        for (std::uint32_t k = m + 1; k < document.mentions.size() && document.mentions[k].span.end <= close; ++k) {
            if (name_of[k] == kNone || document.mentions[k].type != mention.type) continue;
            const std::string_view name = document.view(document.mentions[k].span);
            const auto part = std::find_if(parts.begin(), parts.end(), [&](const Gloss& p) {
                return name.size() + 6 >= p.text.size() && p.text.find(name) != std::string_view::npos && (parts.size() == 1 || p.other_name || short_form);
            });
            if (part == parts.end()) continue;  // the bracket says more than a name
            join(name_of[m], name_of[k], JoinReason::kBrackets);
            names[name_of[k]].from_brackets = true;
            names[name_of[k]].former = names[name_of[k]].former || part->former;
            whole = true;
        }
        if (whole || mention.type == EntityType::kPerson || mention.type == EntityType::kIndustry) continue;
        for (const Gloss& part : parts) {  // abbreviations that the tagger did not see
            if (shortens(part) || (is_latin_short(part.text) && (parts.size() == 1 || short_form))) glosses.emplace_back(name_of[m], std::string(part.text));
        }
    }
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
        for (const std::uint32_t n : shortest) {
            std::uint32_t found = kNone;
            JoinReason why{};
            int strength = 0;
            bool unique = true;
            for (const std::uint32_t other : list) {
                if (root(other) == root(n)) continue;
                const std::uint32_t ea = names[root(n)].entry, eb = names[root(other)].entry;
                if (ea != kNone && eb != kNone && ea != eb) continue;
                JoinReason reason{};
                bool fits = is_short_form(type, names[n].bare, names[other].bare, reason);
                if (!fits && takes_initials(names[n].shown, names[other].shown)) {
                    fits = true;
                    reason = JoinReason::kInitials;
                }
                if (!fits && takes_surname(type, names[n].shown, names[other].shown)) {
                    fits = true;
                    reason = JoinReason::kSurname;
                }
                if (!fits && (takes_bracket(names[other].shown, names[n].bare) || takes_bracket(names[n].shown, names[other].bare))) {
                    fits = true;
                    reason = JoinReason::kBrackets;
                }
                if (!fits && leaves_kind(type, names[n].bare, names[other].bare)) {
                    fits = true;
                    reason = JoinReason::kShortForm;
                }
                if (!fits && drops_the_middle(type, names[n].bare, names[other].bare) && only_in_headlines(names[n])) {
                    fits = true;
                    reason = JoinReason::kHeadline;
                }
                if (!fits) continue;
                const int rank = reason == JoinReason::kShortForm ? 3 : reason == JoinReason::kEnding ? 2 : 1;
                if (rank > strength) {
                    found = other;
                    why = reason;
                    strength = rank;
                    unique = true;
                } else if (rank == strength && root(other) != root(found)) {
                    unique = false;
                }
            }
            if (found != kNone && unique) join(found, n, why);
        }
    }
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

std::string bare_name(std::string_view name) {
    static constexpr std::string_view kLeads[] = {"(재)", "(사)", "(주)", "㈜", "재단법인", "사단법인", "주식회사", "국립"};
    std::string out;
    for (std::string_view lead : kLeads) {
        if (name.starts_with(lead) && name.size() > lead.size() + 5) {
            name.remove_prefix(lead.size());
            break;
        }
    }
    for (std::string_view tail : {"(주)", "㈜"}) {
        if (name.ends_with(tail)) name.remove_suffix(tail.size());
    }
    for (std::size_t i = 0; i < name.size();) {
        const auto lead = static_cast<unsigned char>(name[i]);
        if (lead < 0x80) {
            if (std::isalnum(lead) != 0 || name[i] == '+' || name[i] == '&') out += static_cast<char>(std::tolower(lead));
            ++i;
            continue;
        }
        const std::size_t step = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const std::string_view c = name.substr(i, step);
        if (lead >= 0xE3 && c != "・" && c != "ㆍ" && c != "「" && c != "」" && c != "『" && c != "』") out += c;
        i += step;
    }
    return out;
}

bool is_short_form(EntityType type, std::string_view shorter, std::string_view longer, JoinReason& reason) {
    if (shorter == longer || shorter.size() < 2) return false;
    if (type == EntityType::kIndustry) {
        reason = JoinReason::kShortForm;
        return longer.size() == shorter.size() + 6 && longer.starts_with(shorter) && longer.ends_with("산업") && syllables(shorter) >= 2;
    }
    if (shorter.size() <= longer.size() && type != EntityType::kCompany && type != EntityType::kPerson) {
        const auto a = stems(type, shorter), b = stems(type, longer);
        reason = JoinReason::kShortForm;
        for (const std::string& stem : b) {
            if (std::find(a.begin(), a.end(), stem) != a.end()) return true;
            if ((type == EntityType::kCity || type == EntityType::kProvince) && stem == shorter) return true;
        }
    }
    if (shorter.size() >= longer.size()) return false;
    if (takes_endings(type) && longer.ends_with(shorter) && syllables(shorter) >= 4) {
        reason = JoinReason::kEnding;
        return true;
    }
    if ((type == EntityType::kAgency || type == EntityType::kResearchInstitute || type == EntityType::kUniversity) &&
        has_hangul(shorter) && takes_syllables(shorter, longer)) {
        reason = JoinReason::kSyllables;
        return true;
    }
    return false;
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
