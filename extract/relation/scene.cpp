#include "extract/relation/scene.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "extract/text/utf8.h"

namespace maek::extract {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t'; }

std::size_t step_of(char c) {
    const auto lead = static_cast<unsigned char>(c);
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// A Hangul syllable U+AC00..U+D7A3 in UTF-8.
bool is_syllable(std::string_view s) {
    if (s.size() < 3) return false;
    const auto a = static_cast<unsigned char>(s[0]), b = static_cast<unsigned char>(s[1]);
    return (a == 0xEA && b >= 0xB0) || a == 0xEB || a == 0xEC || (a == 0xED && b <= 0x9E);
}

constexpr std::string_view kOpenQuotes[] = {"‘", "“", "「", "『", "<", "《", "〈"};
constexpr std::string_view kCloseQuotes[] = {"’", "”", "」", "』", ">", "》", "〉"};
constexpr std::string_view kDots[] = {"·", "ㆍ", "․", "‧", "・", "/"};

template <std::size_t N>
std::size_t starts_with_any(std::string_view text, const std::string_view (&list)[N]) {
    if (is_syllable(text)) return 0;
    for (std::string_view word : list) {
        if (begins_with(text, word)) return word.size();
    }
    return 0;
}

// Endings behind which a new clause begins. Longer ones first.
constexpr std::string_view kConnectives[] = {"면서", "지만", "는데", "으며", "하고", "하여", "되어", "되고", "하며", "이며",
                                             "이고", "했고", "였고", "했으며", "해", "돼", "으로써", "았고", "었고", "며"};

bool ends_clause(std::string_view word) {
    if (word.ends_with(",")) word.remove_suffix(1);
    if (word.size() < 6) return false;
    for (std::string_view ending : kConnectives) {
        if (closes_with(word, ending)) return true;
    }
    return false;
}

}  // namespace

bool is_organisation(EntityType type) { return type <= EntityType::kAgency || type == EntityType::kAlliance; }

bool is_thing(EntityType type) {
    return type == EntityType::kCluster || type == EntityType::kAlliance || type == EntityType::kFacility ||
           type == EntityType::kProject;
}

void SceneBuilder::split_words(Scene& scene) {
    scene.words.clear();
    const Sentence& sentence = document_.sentences[scene.sentence];
    const std::string_view text = document_.text;
    auto [m, m_end] = document_.mentions_of(scene.sentence);
    for (std::uint32_t at = sentence.span.begin; at < sentence.span.end;) {
        if (is_blank(text[at])) {
            ++at;
            continue;
        }
        std::uint32_t end = at;
        while (end < sentence.span.end && !is_blank(text[end])) ++end;
        Word word;
        word.span = {at, end};
        while (m < m_end && document_.mentions[m].span.end <= at) ++m;
        std::uint32_t free = at;  // what no name covers at the end of the word
        if (m < m_end && document_.mentions[m].span.begin < end) {
            word.in_name = document_.mentions[m].span.begin <= at;
            for (auto k = m; k < m_end && document_.mentions[k].span.begin < end; ++k) {
                free = std::max(free, std::min(end, document_.mentions[k].span.end));
            }
        }
        const std::string_view rest = text.substr(free, end - free);
        const std::string_view whole = text.substr(at, end - at);
        if (scene.korean) {
            const WordReading reading = words_.read(rest);
            word.triggers = reading.triggers;
            word.clause_end = free == at && ends_clause(whole);
            word.says = reading.says;
            word.denies = free == at && reading.denies;
            word.compares = reading.compares;
        } else if (!word.in_name) {
            std::string lower(whole);
            for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            word.triggers = words_.english_triggers(lower);
            word.clause_end = lower.ends_with(",") || lower == "and" || lower == "while" || lower == "which";
            word.denies = lower == "not" || lower == "no" || lower == "never";
            word.says = lower.starts_with("said") || lower.starts_with("announced");
        }
        scene.words.push_back(word);
        at = end;
    }
}

// What stands behind a byte: the particle's role, and where the particle ends.
Role SceneBuilder::role_behind(std::uint32_t byte, std::uint32_t end, std::uint32_t& after) const {
    const std::string_view text = document_.text;
    after = byte;
    while (after < end) {
        const std::string_view rest = text.substr(after, end - after);
        if (const std::size_t n = starts_with_any(rest, kCloseQuotes); n != 0) {
            after += static_cast<std::uint32_t>(n);
            continue;
        }
        if (rest[0] == '\'' || rest[0] == '"') {
            ++after;
            continue;
        }
        if (rest[0] == '(') {  // a gloss: go on behind it
            const std::size_t close = rest.find(')');
            if (close == std::string_view::npos || close > 120) return Role::kParen;
            after += static_cast<std::uint32_t>(close) + 1;
            continue;
        }
        break;
    }
    if (after >= end) return Role::kEnd;
    const std::string_view rest = text.substr(after, end - after);
    if (is_blank(rest[0])) return Role::kNone;
    if (rest[0] == ',') return Role::kComma;
    if (rest[0] == ':') return Role::kColon;
    if (rest[0] == ')') return Role::kParen;
    if (starts_with_any(rest, kDots) != 0) return Role::kDot;
    if (rest[0] == '.' || rest[0] == '?' || rest[0] == '!') return Role::kEnd;
    if (starts_with_any(rest, kOpenQuotes) != 0) return Role::kQuote;
    std::size_t n = 0;
    while (n + 3 <= rest.size() && is_syllable(rest.substr(n))) n += 3;
    if (n == 0) return Role::kOther;
    const Role role = words_.role(rest.substr(0, n));
    after += static_cast<std::uint32_t>(n);
    return role;
}

void SceneBuilder::place_occurrences(Scene& scene) {
    scene.occurrences.clear();
    const Sentence& sentence = document_.sentences[scene.sentence];
    const auto [first, last] = document_.mentions_of(scene.sentence);
    for (std::uint32_t m = first; m < last; ++m) {
        const std::uint32_t entity = linked_.entity_of[m];
        if (entity == Mention::kNoEntry) continue;
        Occurrence o;
        o.span = document_.mentions[m].span;
        o.entity = entity;
        o.type = linked_.entities[entity].type;
        o.mention = m;
        scene.occurrences.push_back(o);
    }
    auto ref = std::lower_bound(references_.begin(), references_.end(), sentence.span.begin,
                                [](const Reference& r, std::uint32_t b) { return r.span.begin < b; });
    for (; ref != references_.end() && ref->span.begin < sentence.span.end; ++ref) {
        Occurrence o;
        o.span = ref->span;
        o.entity = ref->entity;
        o.type = linked_.entities[ref->entity].type;
        o.kind = OccurrenceKind::kReference;
        scene.occurrences.push_back(o);
    }
    std::stable_sort(scene.occurrences.begin(), scene.occurrences.end(),
                     [](const Occurrence& a, const Occurrence& b) { return a.span.begin < b.span.begin; });
    if (scene.occurrences.size() > Scene::kMostOccurrences) scene.occurrences.resize(Scene::kMostOccurrences);
}

void SceneBuilder::read_roles(Scene& scene) {
    const Sentence& sentence = document_.sentences[scene.sentence];
    const std::string_view text = document_.text;
    quoted_.clear();
    // Depth of quotation and brackets at each word's beginning would miss names inside words, so walk bytes.
    std::uint32_t at = sentence.span.begin;
    int quote = 0, paren = 0;
    std::size_t next = 0;
    while (at < sentence.span.end && next < scene.occurrences.size()) {
        while (next < scene.occurrences.size() && scene.occurrences[next].span.begin <= at) {
            scene.occurrences[next].quoted = quote > 0;
            scene.occurrences[next].in_paren = paren > 0;
            ++next;
        }
        const std::string_view rest = text.substr(at, sentence.span.end - at);
        if (rest.starts_with("“")) ++quote;
        if (rest.starts_with("”")) quote = std::max(0, quote - 1);
        if (rest[0] == '(') ++paren;
        if (rest[0] == ')') paren = std::max(0, paren - 1);
        at += static_cast<std::uint32_t>(step_of(text[at]));
    }
    std::uint16_t clause = 0;
    std::size_t w = 0;
    for (Occurrence& o : scene.occurrences) {
        while (w + 1 < scene.words.size() && scene.words[w + 1].span.begin <= o.span.begin) {
            if (scene.words[w].clause_end) ++clause;
            ++w;
        }
        o.clause = clause;
        o.word = static_cast<std::int16_t>(std::min<std::size_t>(w, 30000));
        std::size_t l = w;
        while (l + 1 < scene.words.size() && scene.words[l].span.end < o.span.end) ++l;
        o.last_word = static_cast<std::int16_t>(std::min<std::size_t>(l, 30000));
        std::uint32_t after = 0;
        o.role = role_behind(o.span.end, sentence.span.end, after);
        o.group_role = o.role;
    }
    std::uint32_t ends = 0;
    for (const Word& word : scene.words) ends += word.clause_end ? 1 : 0;
    scene.clauses = ends + 1;
}

// Does the text between two names only join them?
bool SceneBuilder::joins(const Scene& scene, std::string_view gap) const {
    std::string rest;
    for (std::size_t i = 0; i < gap.size();) {  // glosses in brackets and quotation marks do not count
        const std::string_view here = gap.substr(i);
        if (here[0] == '(') {
            const std::size_t close = here.find(')');
            if (close == std::string_view::npos) return false;
            i += close + 1;
            continue;
        }
        std::size_t n = starts_with_any(here, kOpenQuotes);
        if (n == 0) n = starts_with_any(here, kCloseQuotes);
        if (n == 0 && (here[0] == '\'' || here[0] == '"' || here[0] == ')')) n = 1;
        if (n != 0) {
            i += n;
            continue;
        }
        rest += here[0];
        ++i;
        if (rest.size() > 64) return false;  // no gap that only joins is as long
    }
    std::size_t a = rest.find_first_not_of(' ');
    if (a == std::string::npos) return false;
    const std::size_t b = rest.find_last_not_of(' ');
    const std::string_view core = std::string_view(rest).substr(a, b - a + 1);
    static constexpr std::string_view kJoins[] = {",", "·", "ㆍ", "․", "‧", "・", "/", "와", "과", "및", ", 그리고", "하고", "그리고",
                                                  "-", "&", "and", ", and", "등과", "등,", "을 비롯해", "를 비롯해", "을 비롯한", "를 비롯한",
                                                  "을 포함해", "를 포함해", "을 중심으로", "를 중심으로", "?", "랑", "이랑", "와,", "과,", "(주),", "㈜"};
    for (std::string_view word : kJoins) {
        if (core == word) return true;
    }
    // "A, 지역 6개 대학, B"
    if (scene.korean && core.size() <= 48 && core.front() == ',' && core.back() == ',') {
        return core.find("은 ") == std::string_view::npos && core.find("는 ") == std::string_view::npos;
    }
    return false;
}

// The role of the phrase that a bare name begins: of the first particle within three words.
Role SceneBuilder::phrase_role(const Scene& scene, const Occurrence& o) const {
    const std::string_view text = document_.text;
    if (o.last_word < 0) return Role::kNone;
    const auto from = static_cast<std::size_t>(o.last_word) + 1;
    for (std::size_t w = from; w < scene.words.size() && w < from + 4; ++w) {
        if (scene.words[w].in_name) return Role::kNone;
        std::string_view word = text.substr(scene.words[w].span.begin, scene.words[w].span.size());
        if (word.ends_with(",")) return Role::kComma;
        for (const std::size_t n : {std::size_t{9}, std::size_t{6}, std::size_t{3}}) {
            if (word.size() <= n) continue;
            const Role role = words_.role(word.substr(word.size() - n));
            if (role != Role::kOther && role != Role::kNone) return role;
        }
    }
    return Role::kNone;
}

// Things of these types stand in no enumeration with others: "누리대와 ‘한빛사업’ 협약을".
constexpr std::array kApart = {EntityType::kPerson, EntityType::kIndustry, EntityType::kProject};

void SceneBuilder::join_groups(Scene& scene) {
    auto& list = scene.occurrences;
    const std::string_view text = document_.text;
    std::size_t i = 0;
    std::uint16_t group = 0;
    while (i < list.size()) {
        std::size_t j = i + 1;
        std::uint32_t end = list[i].span.end;
        while (j < list.size()) {
            if (list[j].span.begin < end) {  // two references over one span, or a name in a gloss
                end = std::max(end, list[j].span.end);
                ++j;
                continue;
            }
            const std::string_view gap = text.substr(end, list[j].span.begin - end);
            const bool same = list[j].entity == list[j - 1].entity && (gap == "(" || gap == " (");
            const bool kinds = std::all_of(kApart.begin(), kApart.end(), [&](EntityType type) { return (list[j].type == type) == (list[i].type == type); });
            if (!same && (!kinds || !joins(scene, gap))) break;
            end = list[j].span.end;
            ++j;
        }
        // "A, B 등 6개 기관은": the role stands behind the counted rest.
        Role role = list[j - 1].role;
        if (role == Role::kNone || role == Role::kParen || role == Role::kOther) {
            const Role phrase = phrase_role(scene, list[j - 1]);
            if (phrase != Role::kNone) role = phrase;
        }
        for (std::size_t k = i; k < j; ++k) {
            list[k].group = group;
            list[k].group_size = static_cast<std::uint16_t>(j - i);
            list[k].group_role = role;
        }
        ++group;
        i = j;
    }
    scene.has_topic = false;
    for (const Occurrence& o : list) {
        const bool actor = is_organisation(o.type) || is_thing(o.type) || o.type == EntityType::kPerson;
        if (actor && (o.group_role == Role::kTopic || o.group_role == Role::kSubject) && !o.in_paren) scene.has_topic = true;
    }
}

void SceneBuilder::add_left_out(Scene& scene, const Running& running) {
    bool person = false;
    for (const Occurrence& o : scene.occurrences) person = person || o.type == EntityType::kPerson;
    const auto add = [&](std::uint32_t entity, OccurrenceKind kind) {
        if (entity == Mention::kNoEntry) return;
        for (const Occurrence& o : scene.occurrences) {
            if (o.entity == entity) return;
        }
        Occurrence o;
        o.entity = entity;
        o.type = linked_.entities[entity].type;
        o.kind = kind;
        o.role = o.group_role = Role::kTopic;
        o.group = 0xFFFF;
        const std::uint32_t last = running.named[entity];
        o.gap = static_cast<std::uint16_t>(last == 0 ? 999 : std::min<std::uint32_t>(998, scene.sentence + 1 - last));
        const std::uint32_t begin = document_.sentences[scene.sentence].span.begin;
        o.span = {begin, begin};
        scene.occurrences.push_back(o);
    };
    if (running.since <= 4) {
        for (const std::uint32_t entity : running.organisations) add(entity, OccurrenceKind::kRunning);
    }
    for (const std::uint32_t entity : running.things) add(entity, OccurrenceKind::kRunning);
    add(running.headline, OccurrenceKind::kHeadline);
    add(running.headline_thing, OccurrenceKind::kHeadline);
    if (!person) return;
    for (std::size_t t = 0; t < kEntityTypes; ++t) {
        const auto type = static_cast<EntityType>(t);
        if (running.recent[t] == 0 || !(is_organisation(type) || type == EntityType::kFacility || type == EntityType::kCluster)) continue;
        add(running.recent[t] - 1, OccurrenceKind::kRecent);
    }
}

void SceneBuilder::move_on(const Scene& scene, Running& running) const {
    running.said = 0;
    for (const Word& word : scene.words) running.said |= word.triggers;
    std::vector<std::uint32_t> topics;
    std::uint16_t group = 0xFFFF;
    for (const Occurrence& o : scene.occurrences) {
        if (o.left_out()) continue;
        running.named[o.entity] = scene.sentence + 1;
        running.recent[static_cast<std::size_t>(o.type)] = o.entity + 1;
        if (scene.kind == SentenceKind::kHeadline && running.headline == Mention::kNoEntry && is_organisation(o.type)) {
            running.headline = o.entity;
        }
        if (is_thing(o.type) && !o.in_paren) {
            running.things[static_cast<std::size_t>(o.type) - static_cast<std::size_t>(EntityType::kCluster)] = o.entity;
            if (scene.kind == SentenceKind::kHeadline && running.headline_thing == Mention::kNoEntry) running.headline_thing = o.entity;
        }
        const bool topical = o.group_role == Role::kTopic || o.group_role == Role::kSubject ||
                             (scene.kind == SentenceKind::kHeadline && o.group_role == Role::kComma) || !scene.korean;
        if (!topical || o.in_paren || !is_organisation(o.type)) continue;
        if (group == 0xFFFF) group = o.group;
        if (o.group == group && topics.size() < 3 &&
            std::find(topics.begin(), topics.end(), o.entity) == topics.end()) topics.push_back(o.entity);
    }
    if (!topics.empty()) {
        running.organisations = std::move(topics);
        running.since = 0;
    } else {
        ++running.since;
    }
}

void SceneBuilder::build(std::uint32_t sentence, Running& running, Scene& scene) {
    running.named.resize(linked_.entities.size());
    scene.sentence = sentence;
    scene.kind = document_.sentences[sentence].kind;
    scene.korean = document_.sentences[sentence].korean;
    split_words(scene);
    place_occurrences(scene);
    read_roles(scene);
    join_groups(scene);
    const auto money = std::lower_bound(document_.money.begin(), document_.money.end(), sentence,
                                        [](const Money& m, std::uint32_t s) { return m.sentence < s; });
    auto money_end = money;
    while (money_end != document_.money.end() && money_end->sentence == sentence) ++money_end;
    scene.first_money = static_cast<std::uint32_t>(money - document_.money.begin());
    scene.last_money = static_cast<std::uint32_t>(money_end - document_.money.begin());
    add_left_out(scene, running);
    scene.said_before = running.said;
    move_on(scene, running);
}

}  // namespace maek::extract
