#include "extract/link/references.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <unordered_map>

#include "extract/link/counted_groups.h"
#include "extract/link/name_forms.h"
#include "extract/text/utf8.h"

namespace maek::extract {
namespace {

// Of one-syllable heads only what is surely an actor.
constexpr std::string_view kActorTails[] = {"은", "는", "가", "이", "와", "과", "의", "에서", "에서는", "도", "측은", "에"};

// "60억원": "도 60억원" is what the province gives.
bool pays(std::string_view word) { return !word.empty() && std::isdigit(static_cast<unsigned char>(word[0])) != 0 && word.find("억") != std::string_view::npos; }

// Posts that hold the place they govern: 시장 of "나래시장" is that of 나래시.
struct GovernmentPost {
    std::string_view post, kind;  // what the place's full name ends with
    EntityType type;
};
constexpr GovernmentPost kGovernmentPosts[] = {
    {"시장", "시", EntityType::kCity}, {"군수", "군", EntityType::kCity}, {"구청장", "구", EntityType::kCity},
    {"도지사", "도", EntityType::kProvince}, {"지사", "도", EntityType::kProvince}};

// Ends of the posts within a government: "시 미래산업국장", "도 경제부지사".
constexpr std::string_view kOfficials[] = {"국장", "과장", "실장", "본부장", "팀장", "부지사", "부시장", "단장", "정책관", "담당관", "기획관", "대변인", "센터장"};

// Behind one of these a noun stands for the thing of its kind that was spoken of last, whatever that is called: "이번 행사에는".
constexpr std::string_view kDemonstratives[] = {"이번", "이", "해당", "본", "동", "금번", "올해"};
constexpr std::pair<std::string_view, EntityType> kKinds[] = {
    {"행사", EntityType::kProject},   {"사업", EntityType::kProject},     {"프로젝트", EntityType::kProject}, {"프로그램", EntityType::kProject},
    {"대회", EntityType::kProject},   {"포럼", EntityType::kProject},     {"과제", EntityType::kProject},     {"실증과제", EntityType::kProject},
    {"공모", EntityType::kProject},   {"공모전", EntityType::kProject},   {"훈련", EntityType::kProject},     {"교육", EntityType::kProject},
    {"전시회", EntityType::kProject}, {"박람회", EntityType::kProject},   {"축제", EntityType::kProject},     {"콘퍼런스", EntityType::kProject},
    {"컨퍼런스", EntityType::kProject}, {"세미나", EntityType::kProject}, {"캠페인", EntityType::kProject},   {"제도", EntityType::kProject},
    {"공모사업", EntityType::kProject}, {"지원사업", EntityType::kProject}, {"시범사업", EntityType::kProject}, {"시설", EntityType::kFacility},
    {"센터", EntityType::kFacility},  {"건물", EntityType::kFacility},    {"공장", EntityType::kFacility},    {"단지", EntityType::kCluster},
    {"특구", EntityType::kCluster},   {"협의체", EntityType::kAlliance},  {"컨소시엄", EntityType::kAlliance}, {"네트워크", EntityType::kAlliance}};

constexpr std::pair<std::string_view, EntityType> kEnglishHeads[] = {
    {"city", EntityType::kCity},           {"province", EntityType::kProvince},
    {"company", EntityType::kCompany},     {"firm", EntityType::kCompany},
    {"automaker", EntityType::kCompany},   {"chipmaker", EntityType::kCompany},
    {"university", EntityType::kUniversity}, {"institute", EntityType::kResearchInstitute},
    {"ministry", EntityType::kAgency},     {"agency", EntityType::kAgency},
    {"center", EntityType::kFacility},     {"centre", EntityType::kFacility},
    {"project", EntityType::kProject},     {"consortium", EntityType::kAlliance},
    {"alliance", EntityType::kAlliance},   {"complex", EntityType::kCluster},
    {"technopark", EntityType::kTechnopark}};

// "미래산업국장은": a word that holds an official's post, with at most a particle behind it.
bool names_official(std::string_view word) {
    return std::any_of(std::begin(kOfficials), std::end(kOfficials), [&](std::string_view post) {
        const std::size_t at = word.rfind(post);
        return at != std::string_view::npos && at >= 3 && word.size() - at - post.size() <= 6;
    });
}

// These heads stand for any thing of a type, whatever its name ends with.
EntityType type_meant_by(std::string_view head) {
    if (head == "도") return EntityType::kProvince;
    if (head == "회사") return EntityType::kCompany;
    return head == "대학" ? EntityType::kUniversity : EntityType::kNone;
}

struct Finder {
    const Document& document;
    const LinkedDocument& linked;
    const std::vector<std::string>& heads;
    std::vector<Reference> out;
    std::vector<std::vector<std::uint32_t>> by_head;   // entities whose name ends with the head
    std::unordered_map<std::string_view, std::vector<std::size_t>> by_first;  // heads by first syllable
    std::vector<std::size_t> long_heads;               // of two syllables or more that some name ends with
    std::vector<std::uint32_t> count, last;            // by entity: mentions so far, last byte + 1
    std::vector<std::pair<std::uint32_t, std::uint32_t>> recent;  // bodies as they are named, with the sentence
    static constexpr std::uint32_t kGroupReach = 5;               // sentences
    std::unordered_map<std::string_view, std::uint32_t> bodies;  // by each of their names

    void index_bodies() {
        for (std::uint32_t e = 0; e < linked.entities.size(); ++e) {
            const DocumentEntity& entity = linked.entities[e];
            if (!can_act(entity.type) && entity.type != EntityType::kFacility) continue;
            bodies.emplace(entity.name, e);
            for (const std::string& alias : entity.aliases) bodies.emplace(alias, e);
        }
    }

    // "장하늘 나래시장은", "장하늘 가온청장은": the body in the post of the person beside it, where no name was read in the word.
    bool try_post(std::uint32_t sentence, std::string_view word, std::uint32_t begin) {
        for (const auto& [post, kind, type] : kGovernmentPosts) {
            const std::size_t at = word.find(post);
            if (at == std::string_view::npos || at < 6) continue;
            const std::string_view stem = word.substr(0, at);
            auto found = bodies.find(stem);
            if (found == bodies.end()) found = bodies.find(std::string(stem).append(kind));
            if (found == bodies.end() || linked.entities[found->second].type != type) continue;
            note(sentence, {begin, begin + static_cast<std::uint32_t>(stem.size())}, found->second);
            return true;
        }
        for (std::size_t at = word.find("장", 6); at != std::string_view::npos; at = word.find("장", at + 3)) {
            const auto found = bodies.find(word.substr(0, at));
            if (found == bodies.end()) continue;
            note(sentence, {begin, begin + static_cast<std::uint32_t>(at)}, found->second);
            return true;
        }
        return false;
    }

    void index_heads() {
        by_head.resize(heads.size());
        for (std::size_t h = 0; h < heads.size(); ++h) {
            by_first[std::string_view(heads[h]).substr(0, 3)].push_back(h);
            const EntityType only = type_meant_by(heads[h]);
            for (std::uint32_t e = 0; e < linked.entities.size(); ++e) {
                const DocumentEntity& entity = linked.entities[e];
                if (entity.type == EntityType::kPerson || entity.type == EntityType::kIndustry) continue;
                bool ends = only == EntityType::kNone ? closes_with(entity.name, heads[h]) : entity.type == only;
                for (std::size_t a = 0; a < entity.aliases.size() && !ends && only == EntityType::kNone; ++a) ends = closes_with(entity.aliases[a], heads[h]);
                if (ends) by_head[h].push_back(e);
            }
            if (!by_head[h].empty() && heads[h].size() >= 6) long_heads.push_back(h);
        }
    }

    // The most recent of those spoken of; for a government the one the article speaks of most.
    std::uint32_t choose(const std::vector<std::uint32_t>& candidates, bool government) const {
        std::uint32_t best = Mention::kNoEntry;
        std::uint64_t best_score = 0;
        for (const std::uint32_t e : candidates) {
            if (last[e] == 0) continue;
            const std::uint64_t weight = government ? std::min<std::uint32_t>(count[e], 255) : 0;
            const std::uint64_t score = (weight << 32) + last[e];
            if (best == Mention::kNoEntry || score > best_score) {
                best = e;
                best_score = score;
            }
        }
        return best;
    }

    void note(std::uint32_t sentence, ByteSpan span, std::uint32_t entity) {
        out.push_back({span, sentence, entity});
        last[entity] = span.end;
        ++count[entity];
    }

    // `listed`: in an enumeration, behind a name and before a comma.
    bool try_heads(std::uint32_t sentence, std::string_view word, std::uint32_t begin, std::string_view next, bool listed) {
        const auto heads_here = by_first.find(word.substr(0, 3));
        if (heads_here == by_first.end()) return false;
        for (const std::size_t h : heads_here->second) {
            if (by_head[h].empty() || !word.starts_with(heads[h])) continue;
            const std::string_view tail = word.substr(heads[h].size());
            const bool single = heads[h].size() == 3;
            bool fits = false;
            if (single) {
                for (std::string_view t : kActorTails) fits = fits || (tail.size() == t.size() && begins_with(tail, t));
                fits = fits || (tail.empty() && (listed || next.starts_with("관계자") || next.starts_with("당국") || names_official(next) || pays(next)));
            } else {
                fits = tail.empty() || is_short_form_tail(tail);
            }
            if (!fits) continue;
            const std::uint32_t entity = choose(by_head[h], single);
            if (entity == Mention::kNoEntry) continue;
            note(sentence, {begin, begin + static_cast<std::uint32_t>(heads[h].size())}, entity);
            return true;
        }
        return false;
    }

    // "평가센터는" for 배터리시험평가센터: more than a bare head, and the end of a name.
    bool try_ending(std::uint32_t sentence, std::string_view word, std::uint32_t begin) {
        if (word.size() < 9) return false;
        for (const std::size_t h : long_heads) {
            const std::size_t at = word.find(heads[h], 3);
            if (at == std::string_view::npos) continue;
            const std::string_view tail = word.substr(at + heads[h].size()), stem = word.substr(0, at + heads[h].size());
            const bool fits = tail.empty() || is_short_form_tail(tail);
            if (!fits || stem.size() < 9) continue;
            std::vector<std::uint32_t> named;
            for (const std::uint32_t e : by_head[h]) {
                const DocumentEntity& entity = linked.entities[e];
                const bool ends = closes_with(entity.name, stem) || std::any_of(entity.aliases.begin(), entity.aliases.end(), [&](const std::string& alias) { return closes_with(alias, stem); });
                if (ends) named.push_back(e);
            }
            if (named.size() != 1 || last[named[0]] == 0) continue;
            note(sentence, {begin, begin + static_cast<std::uint32_t>(stem.size())}, named[0]);
            return true;
        }
        return false;
    }

    // "이번 행사에는": the thing of this kind that was named last.
    bool try_kind(std::uint32_t sentence, std::string_view previous, std::string_view word, std::uint32_t begin) {
        if (std::find(std::begin(kDemonstratives), std::end(kDemonstratives), previous) == std::end(kDemonstratives)) return false;
        for (const auto& [noun, type] : kKinds) {
            if (!word.starts_with(noun)) continue;
            const std::string_view tail = word.substr(noun.size());
            if (!tail.empty() && !is_short_form_tail(tail)) continue;
            std::vector<std::uint32_t> fit;
            for (std::uint32_t e = 0; e < linked.entities.size(); ++e) {
                if (linked.entities[e].type == type) fit.push_back(e);
            }
            const std::uint32_t entity = choose(fit, false);
            if (entity != Mention::kNoEntry) note(sentence, {begin, begin + static_cast<std::uint32_t>(noun.size())}, entity);
            return entity != Mention::kNoEntry;
        }
        return false;
    }

    void try_group(std::uint32_t sentence, std::string_view rest, std::uint32_t begin) {
        const Group group = group_at(rest);
        if (group.count == 0) return;
        const ByteSpan span{begin, begin + static_cast<std::uint32_t>(group.bytes)};
        for (const std::uint32_t e : last_named(group, sentence)) note(sentence, span, e);
    }

    // The members of a group, in the order of the text: those named last of its kind; none unless there are as many.
    std::vector<std::uint32_t> last_named(const Group& group, std::uint32_t sentence) const {
        std::vector<std::uint32_t> members;
        for (auto it = recent.rbegin(); it != recent.rend() && members.size() < group.count && it->second + kGroupReach >= sentence; ++it) {
            const std::uint32_t e = it->first;
            if (belongs(linked.entities[e].type, group.kind) && std::find(members.begin(), members.end(), e) == members.end()) members.push_back(e);
        }
        if (members.size() < group.count) members.clear();
        std::reverse(members.begin(), members.end());
        return members;
    }

    void try_english(std::uint32_t sentence, std::string_view word, std::uint32_t begin) {
        std::string lower;
        for (const char c : word) {
            if (std::isalpha(static_cast<unsigned char>(c)) == 0) break;
            lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
        for (const auto& [head, type] : kEnglishHeads) {
            if (lower != head) continue;
            std::vector<std::uint32_t> fit;
            for (std::uint32_t e = 0; e < linked.entities.size(); ++e) {
                if (linked.entities[e].type == type) fit.push_back(e);
            }
            const std::uint32_t entity = choose(fit, false);
            if (entity != Mention::kNoEntry) note(sentence, {begin, begin + static_cast<std::uint32_t>(lower.size())}, entity);
            return;
        }
    }

    // "Tides Minister Jang Ha-neul": the ministry for tides.
    bool try_minister(std::uint32_t sentence, std::string_view matter, std::string_view word, std::uint32_t begin) {
        if (word != "Minister" && word != "Vice") return false;
        const std::string asked = std::string(matter) + " ministry";
        for (std::uint32_t e = 0; e < linked.entities.size(); ++e) {
            const DocumentEntity& entity = linked.entities[e];
            if (entity.type != EntityType::kAgency) continue;
            const bool fits = is_ministry_for(asked, entity.name) || std::any_of(entity.aliases.begin(), entity.aliases.end(), [&](const std::string& alias) { return is_ministry_for(asked, alias); });
            if (!fits) continue;
            note(sentence, {begin, begin + static_cast<std::uint32_t>(word.size())}, e);
            return true;
        }
        return false;
    }

    void read_sentence(std::uint32_t index) {
        const Sentence& sentence = document.sentences[index];
        auto [m, m_end] = document.mentions_of(index);
        const std::string_view text = document.text;
        bool behind_person = false;  // the last word was a person's name
        bool behind_name = false;    // it was a name or stood for one, and a comma followed
        std::string_view previous;
        for (std::uint32_t at = sentence.span.begin; at < sentence.span.end;) {
            if (text[at] == ' ' || text[at] == '\n') {
                ++at;
                continue;
            }
            std::uint32_t end = at;
            while (end < sentence.span.end && text[end] != ' ' && text[end] != '\n') ++end;
            bool covered = false, person = false;
            while (m < m_end && document.mentions[m].span.begin < end) {
                const std::uint32_t entity = linked.entity_of[m];
                if (entity != Mention::kNoEntry) {
                    last[entity] = document.mentions[m].span.end;
                    ++count[entity];
                    const EntityType type = linked.entities[entity].type;
                    if (can_act(type) || type == EntityType::kFacility || type == EntityType::kCluster) recent.emplace_back(entity, index);
                }
                end = std::max(end, document.mentions[m].span.end);
                person = document.mentions[m].type == EntityType::kPerson && document.mentions[m].span.end == end;
                covered = true;
                ++m;
            }
            while (end < sentence.span.end && text[end] != ' ' && text[end] != '\n') ++end;
            if (!covered && sentence.useful()) {
                std::uint32_t begin = at;
                while (begin < end && static_cast<unsigned char>(text[begin]) < 0x80 &&
                       std::isalnum(static_cast<unsigned char>(text[begin])) == 0) ++begin;
                if (text.substr(begin).starts_with("‘") || text.substr(begin).starts_with("“")) begin += 3;
                std::string_view word = begin < end ? text.substr(begin, end - begin) : std::string_view();
                while (!word.empty() && (word.back() == ',' || word.back() == '.' || word.back() == ')')) word.remove_suffix(1);
                std::size_t next_end = end + 1;
                while (next_end < text.size() && text[next_end] != ' ' && text[next_end] != '\n') ++next_end;
                const std::string_view next = end + 1 < text.size() ? text.substr(end + 1, next_end - end - 1) : std::string_view();
                if (!word.empty()) {
                    const bool before_person = m < m_end && document.mentions[m].type == EntityType::kPerson && document.mentions[m].span.begin == end + 1;
                    const bool vice = word == "Vice" && next == "Minister";
                    if (!((behind_person || before_person) && try_post(index, word, begin)) &&
                        !((before_person || vice) && try_minister(index, previous, word, begin)) && !try_heads(index, word, begin, next, behind_name && text[end - 1] == ',') && !try_ending(index, word, begin) &&
                        !try_kind(index, previous, word, begin)) {
                        if (!counts_others(previous)) try_group(index, text.substr(begin, sentence.span.end - begin), begin);
                        if (previous == "the" || previous == "The") try_english(index, word, begin);
                    }
                }
                previous = word;
            } else {
                previous = {};
            }
            behind_person = person;
            behind_name = (covered || (!out.empty() && out.back().span.begin >= at)) && text[end - 1] == ',';
            at = end;
        }
    }
};

}  // namespace

std::vector<Reference> find_references(const Document& document, const LinkedDocument& linked,
                                       const std::vector<std::string>& heads) {
    Finder finder{document, linked, heads, {}, {}, {}, {}, {}, {}, {}, {}};
    finder.count.assign(linked.entities.size(), 0);
    finder.last.assign(linked.entities.size(), 0);
    finder.index_heads();
    finder.index_bodies();
    for (std::uint32_t i = 0; i < document.sentences.size(); ++i) finder.read_sentence(i);
    std::sort(finder.out.begin(), finder.out.end(), [](const Reference& a, const Reference& b) {
        return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.entity < b.entity;
    });
    return std::move(finder.out);
}

}  // namespace maek::extract
