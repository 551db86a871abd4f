#include "extract/relation/polarity.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cctype>

#include "extract/text/utf8.h"
#include "extract/text/word_core.h"

namespace maek::extract {
namespace {

constexpr std::uint32_t bit(RelationKind kind) { return 1u << static_cast<unsigned>(kind); }
constexpr std::uint32_t kAgreement = bit(RelationKind::kPartnersWith);
constexpr std::uint32_t kPaying = bit(RelationKind::kFunds);
constexpr std::uint32_t kMoney = bit(RelationKind::kFunds);
constexpr std::uint32_t kTakingPart = bit(RelationKind::kMemberOf) | bit(RelationKind::kParticipatesIn);
constexpr std::uint32_t kOrder = bit(RelationKind::kCommissions);
constexpr std::uint32_t kBuilding = bit(RelationKind::kLeads) | bit(RelationKind::kLocatedIn);

struct Matter {
    std::string_view stem;
    std::uint32_t kinds;
};

// Nouns of action, and verbs of one syllable, and the relations that they state.
constexpr Matter kMatters[] = {
    {"협약", kAgreement}, {"협정", kAgreement}, {"양해각서", kAgreement}, {"MOU", kAgreement}, {"제휴", kAgreement}, {"협력", kAgreement},
    {"교류", kAgreement}, {"동맹", kAgreement}, {"체결", kAgreement}, {"손잡", kAgreement}, {"협업", kAgreement}, {"파트너십", kAgreement},
    {"지원", kMoney}, {"예산", kMoney}, {"출연", kMoney}, {"보조금", kMoney}, {"투자", kMoney}, {"출자", kMoney}, {"융자", kMoney},
    {"사업비", kMoney}, {"지급", kMoney}, {"교부", kMoney}, {"부담", kMoney}, {"투입", kMoney}, {"억원", kMoney}, {"만원", kMoney}, {"도비", kMoney},
    {"시비", kMoney}, {"군비", kMoney}, {"국비", kMoney}, {"분담금", kMoney}, {"기금", kMoney},
    {"가입", kTakingPart}, {"참여", kTakingPart}, {"합류", kTakingPart}, {"참가", kTakingPart}, {"동참", kTakingPart}, {"입주", kTakingPart},
    {"위탁", kOrder}, {"용역", kOrder}, {"의뢰", kOrder}, {"발주", kOrder}, {"대행", kOrder}, {"맡기", kOrder},
    {"건립", kBuilding}, {"설립", kBuilding}, {"조성", kBuilding}, {"구축", kBuilding}, {"유치", kBuilding}, {"건설", kBuilding}, {"개최", kBuilding}};

// Verbs that say no more than that the thing named before them is done.
constexpr std::string_view kLightVerbs[] = {"하지", "되지", "맺지", "이뤄지", "이루어지", "성사되", "성사시키", "진행하", "진행되", "이루지", "하진", "되진", "맺진", "주지", "내지", "받지", "들지", "갖지", "열지"};

// Nouns of ending, refusal and failure: with a verb behind them they deny what is named before them.
constexpr std::string_view kDenyingNouns[] = {"해지", "파기", "철회", "취소", "거절", "거부", "결렬", "무산", "중단", "백지화", "불발", "폐기", "부결", "삭감", "포기", "실패", "반려"};
// These deny by themselves that somebody belongs to something or takes part.
constexpr std::string_view kLeavingNouns[] = {"탈퇴", "불참", "제외", "이탈", "하차", "탈락"};
// Whoever denies what was said takes back the whole sentence before.
constexpr std::string_view kSpeechDenials[] = {"부인", "일축", "반박"};

constexpr std::string_view kVerbTails[] = {"하", "했", "한", "할", "함", "해", "되", "됐", "된", "될", "돼", "됨", "키", "시", "으로 끝"};
constexpr std::string_view kDecides[] = {"통보", "결정", "발표", "선언", "확정", "의결", "통지"};
// Nouns behind a predicate that lead on to what is said of it.
constexpr std::string_view kDependent[] = {"것", "바", "상태", "뒤", "후", "직후", "데", "예정", "계획", "방침", "사실", "셈", "상황", "적"};
constexpr std::string_view kConditions[] = {"면", "더라도", "도록", "을까", "려면", "거나", "지만은", "기보다"};

template <class List>
bool has_any(std::string_view word, const List& list) {
    return std::any_of(std::begin(list), std::end(list), [&](std::string_view stem) { return word.find(stem) != std::string_view::npos; });
}
template <class List>
bool begins_any(std::string_view word, const List& list) {
    return std::any_of(std::begin(list), std::end(list), [&](std::string_view stem) { return begins_with(word, stem); });
}
template <class List>
bool ends_any(std::string_view word, const List& list) {
    return std::any_of(std::begin(list), std::end(list), [&](std::string_view stem) { return closes_with(word, stem); });
}

std::uint32_t kinds_of(std::string_view word) {
    std::uint32_t kinds = 0;
    for (const Matter& matter : kMatters) {
        if (word.find(matter.stem) != std::string_view::npos) kinds |= matter.kinds;
    }
    return kinds;
}

// Could the sentence deny anything? By the first syllables of all signs, then by the signs.
bool has_sign(std::string_view sentence) {
    static constexpr std::string_view kMore[] = {"않", "못", "없", "아니", "안 "};
    static const std::bitset<kHangulSyllables + 1> first = [] {
        std::bitset<kHangulSyllables + 1> out;
        const auto note = [&](const auto& list) {
            for (const std::string_view sign : list) out.set(syllable(sign));
        };
        note(kMore), note(kDenyingNouns), note(kLeavingNouns), note(kSpeechDenials);
        return out;
    }();
    for (std::size_t i = 0; i + 3 <= sentence.size(); ++i) {
        const std::size_t s = syllable(sentence.substr(i));
        if (s == kHangulSyllables || !first.test(s)) continue;
        const std::string_view rest = sentence.substr(i);
        if (begins_any(rest, kMore) || begins_any(rest, kDenyingNouns) || begins_any(rest, kLeavingNouns) || begins_any(rest, kSpeechDenials)) return true;
    }
    return false;
}

// The noun in the word, the end of it that lies behind; npos: none.
template <class List>
std::size_t behind_noun(std::string_view word, const List& nouns) {
    for (const std::string_view noun : nouns) {
        const std::size_t at = word.find(noun);
        if (at != std::string_view::npos) return at + noun.size();
    }
    return std::string_view::npos;
}

}  // namespace

std::string_view Polarity::word(int at) const {
    if (at < 0 || at >= static_cast<int>(scene_->words.size())) return {};
    const ByteSpan span = scene_->words[static_cast<std::size_t>(at)].span;
    return word_core(text_.substr(span.begin, span.size()));
}

void Polarity::read(std::string_view text, const RelationWords& words, const Scene& scene) {
    denials_.clear();
    apart_ = Apart::kNobody;
    turns_.clear();
    by_somebody_ = false;
    text_ = text;
    scene_ = &scene;
    if (scene.words.empty()) return;
    if (!scene.korean) return read_english();
    const std::uint32_t begin = scene.words.front().span.begin, end = scene.words.back().span.end;
    read_each(text.substr(begin, end - begin));
    read_turns();
    if (!has_sign(text.substr(begin, end - begin))) return;
    clauses_.read(text, words, scene);
    read_korean();
}

// "가스공사는 누리대·다솜대와 각각 협약했다": the companions agree with the topic, one by one.
void Polarity::read_each(std::string_view sentence) {
    if (sentence.find("각각") == std::string_view::npos && sentence.find("별로 ") == std::string_view::npos && sentence.find("따로 ") == std::string_view::npos) return;
    const int n = static_cast<int>(scene_->words.size());
    bool each = false, agrees = false;
    for (int w = 0; w < n; ++w) {
        const std::string_view here = word(w);
        each = each || here == "각각" || here == "따로" || here == "대학별로" || here == "기관별로" || here == "기업별로" || here == "업체별로";
        agrees = agrees || (each && ((kinds_of(here) & kAgreement) != 0 || here.starts_with("맺")));
    }
    if (!agrees) return;
    std::uint16_t group = 0;
    for (const Occurrence& o : scene_->occurrences) {
        if (o.left_out() || o.group_role != Role::kWith) continue;
        if (apart_ == Apart::kNobody) apart_ = Apart::kCompanions;
        else if (o.group != group) apart_ = Apart::kGroups;
        group = o.group;
    }
}

// "누리대는 실증을, 다솜대는 교육을 맡는다": one verb for several parties, each with its own object.
void Polarity::read_turns() {
    static constexpr std::string_view kOpenEnds[] = {"을,", "를,", "에,", "에서,", "으로,", "로,"};
    for (const Occurrence& o : scene_->occurrences) {
        if (o.left_out() || o.word <= 0 || (o.group_role != Role::kTopic && o.group_role != Role::kSubject)) continue;
        const ByteSpan before = scene_->words[static_cast<std::size_t>(o.word) - 1].span;
        if (!ends_any(text_.substr(before.begin, before.size()), kOpenEnds)) continue;
        if (turns_.empty() || turns_.back() != o.word) turns_.push_back(o.word);
    }
}

// A party on the one side and something that is none on the other side of where a part begins.
bool Polarity::in_other_turn(const Occurrence& a, const Occurrence& b) const {
    if (a.left_out() || b.left_out()) return false;
    const auto party = [](const Occurrence& o) { return o.group_role == Role::kTopic || o.group_role == Role::kSubject; };
    if (party(a) == party(b)) return false;
    const auto turn = [&](const Occurrence& o) { return std::upper_bound(turns_.begin(), turns_.end(), static_cast<int>(o.word)) - turns_.begin(); };
    const Occurrence& actor = party(a) ? a : b;
    const Occurrence& object = party(a) ? b : a;
    return turn(actor) != turn(object) && (turn(actor) > 0 || actor.word < turns_.front()) && actor.word >= 0 && object.word >= 0;
}

// What the nouns in front of a predicate are about; stops at the predicate before.
std::uint32_t Polarity::kinds_before(int at, int words) const {
    std::uint32_t kinds = 0;
    for (int w = at - 1; w >= 0 && w >= at - words; --w) {
        if (clauses_.form(w) != WordForm::kNoun) break;
        if (!scene_->words[static_cast<std::size_t>(w)].in_name) kinds |= kinds_of(word(w));
    }
    return kinds;
}

// The word behind the last connective, quoted or final predicate before `at`.
int Polarity::clause_begin(int at) const {
    int w = at - 1;
    for (; w >= 0; --w) {
        const WordForm form = clauses_.form(w);
        if (form == WordForm::kConnective && clauses_.form(w + 1) == WordForm::kAuxiliary) continue;
        if (form == WordForm::kConnective || form == WordForm::kFinal) break;
        if (form == WordForm::kQuoted && !word(w).ends_with("는")) break;
    }
    return w + 1;
}

bool Polarity::someone_in(int first, int last) const {
    return std::any_of(scene_->occurrences.begin(), scene_->occurrences.end(),
                       [&](const Occurrence& o) { return !o.left_out() && o.word >= first && o.word <= last; });
}

// Does the sentence go on to say that the same parties did it after all, with nobody new in between?
bool Polarity::after_all(int from, std::uint32_t kinds) const {
    const int n = static_cast<int>(scene_->words.size());
    for (int w = from; w < n; ++w) {
        if (clauses_.form(w) == WordForm::kNoun || clauses_.form(w) == WordForm::kAuxiliary) continue;
        if ((kinds_of(word(w)) & kinds) == 0 && (word(w).find("맺") == std::string_view::npos || (kinds_before(w, 3) & kinds) == 0)) continue;
        if (behind_noun(word(w), kDenyingNouns) != std::string_view::npos || word(w + 1).starts_with("않") || word(w + 1).starts_with("못")) continue;
        return !someone_in(from, w);
    }
    return false;
}

void Polarity::add(int matter, int last, std::uint32_t kinds) {
    if (kinds == 0 || after_all(last + 1, kinds)) return;
    int first = clause_begin(matter);
    while (first > 0 && !someone_in(first, matter)) first = clause_begin(first - 1);
    denials_.push_back({first, matter, last, kinds});
}

// The word that denies what stands at `at`, with the denied verb and its relations; -1: nothing is denied there.
int Polarity::denying_end(int at, int& matter, std::uint32_t& kinds) const {
    const int n = static_cast<int>(scene_->words.size());
    const std::string_view here = word(at), next = word(at + 1);
    // 체결하지 않기로, 참여하지는 못했다; 않는, 못하는 before a noun describe it.
    const bool joined = here.ends_with("지") || here.ends_with("지는") || here.ends_with("지도") || here.ends_with("진");
    if (joined && (next.starts_with("않") || next.starts_with("못")) && !next.ends_with("을") ) {
        if (begins_any(here, kLightVerbs)) kinds = kinds_before(at, 4);
        else kinds = has_any(here, kDenyingNouns) ? 0 : kinds_of(here);
        matter = at;
        const bool describes = next.ends_with("는") || next.ends_with("은") || next.ends_with("던");
        if (describes && !next.ends_with("다는") && !begins_any(word(at + 2), kDependent)) return -1;
        return ends_any(next, kConditions) ? -1 : at + 1;
    }
    // 서명 주체가 아니라, 협약 당사자는 아니다, 회원이 아니다
    static constexpr std::string_view kParties[] = {"주체", "당사자", "서명자", "회원", "참여기관", "협약기관", "파트너"};
    if (begins_any(here, kParties) && here.size() <= 15 && next.starts_with("아니") && !next.ends_with("던")) {
        matter = at;
        kinds = kAgreement;
        if (begins_with(here, "회원") || begins_with(here, "참여기관")) kinds = kTakingPart;
        return at + 1;
    }
    // 맺은 적이 없다, 지원한 사실이 없다, 체결할 계획이 없다, 합의한 것은 아니다
    if (clauses_.form(at) == WordForm::kAdnominal && at + 2 < n) {
        static constexpr std::string_view kNever[] = {"적", "바", "일", "사실", "계획", "예정", "방침", "의사", "생각", "것"};
        const std::string_view far = word(at + 2);
        int end = -1;
        if (begins_any(next, kNever) && next.size() <= 12 && (far.starts_with("없") || (next.starts_with("것") && far.starts_with("아니")))) end = at + 2;
        else if ((next.starts_with("적없") || next.starts_with("바없"))) end = at + 1;
        if (end < 0 || word(end).ends_with("는") || word(end).ends_with("이") || ends_any(word(end), kConditions)) {
            if (end < 0 || !word(end).ends_with("다는")) return -1;
        }
        kinds = kinds_of(here);
        if (kinds == 0) kinds = kinds_before(at, 3);
        matter = at;
        return end;
    }
    // 협약을 해지했다, 체결이 무산됐다, 협의회를 탈퇴했다
    const bool leaves = behind_noun(here, kLeavingNouns) != std::string_view::npos;
    const std::size_t tail_at = leaves ? behind_noun(here, kLeavingNouns) : behind_noun(here, kDenyingNouns);
    if (tail_at == std::string_view::npos || scene_->words[static_cast<std::size_t>(at)].in_name) return -1;
    const std::string_view tail = here.substr(tail_at);
    const bool verb = begins_any(tail, kVerbTails);
    const bool noun = tail.empty() && (at + 1 == n || scene_->words[static_cast<std::size_t>(at)].span.size() > here.size());
    const bool decided = (tail == "를" || tail == "을" || tail.empty()) && begins_any(next, kDecides);
    if (!verb && !noun && !decided) return -1;
    const WordForm form = clauses_.form(at);
    if (verb && (form == WordForm::kAdnominal || tail == "한" || tail == "된" || tail == "할" || tail == "될") && !begins_any(next, kDependent)) return -1;
    if (ends_any(tail, kConditions) || next.starts_with("않") || next.starts_with("못") || (leaves && tail.starts_with("하고") && here.find("제외") != std::string_view::npos)) return -1;
    if (here.find("제외") != std::string_view::npos && (tail == "하면" || tail == "해도" || tail == "하곤")) return -1;
    matter = at;
    kinds = kinds_before(at, 6) | kinds_of(here.substr(0, tail_at));
    if (leaves) kinds |= kTakingPart | kAgreement | bit(RelationKind::kLeads);
    return decided ? at + 1 : at;
}

void Polarity::read_korean() {
    const int n = static_cast<int>(scene_->words.size());
    for (int w = 0; w < n; ++w) {
        int matter = w;
        std::uint32_t kinds = 0;
        const int end = denying_end(w, matter, kinds);
        if (end >= 0) add(matter, end, kinds);
        // 협약을 맺었다는 보도를 부인했다; 사실이 아니다, 사실무근이다
        const std::string_view here = word(w);
        const std::size_t tail = behind_noun(here, kSpeechDenials);
        const bool takes_back = (tail != std::string_view::npos && begins_any(here.substr(tail), kVerbTails)) || here.starts_with("사실무근") ||
                                (here == "사실이" && word(w + 1).starts_with("아니"));
        if (!takes_back || word(w + 1).starts_with("않") || word(w + 1).starts_with("못")) continue;
        for (int q = w - 1; q >= 0 && q >= w - 4; --q) {
            if (!word(q).ends_with("다는") && !word(q).ends_with("라는")) continue;
            std::uint32_t said = kinds_of(word(q)) | kinds_before(q, 4);
            if (said != 0) denials_.push_back({clause_begin(q), q, w, said});
            break;
        }
    }
}

// Whether the occurrence takes part in what is denied; `inside`: it stands in the denied clause itself.
bool Polarity::reaches(const Denial& denial, const Occurrence& o, bool& inside) const {
    inside = !o.left_out() && o.word >= denial.first && o.word <= denial.matter;
    if (inside || o.left_out()) return true;
    const bool topic = o.group_role == Role::kTopic || o.group_role == Role::kSubject || o.group_role == Role::kComma || o.group_role == Role::kAlso;
    if (o.word < denial.first) return topic || !scene_->korean;
    if (o.word <= denial.last || !topic || !scene_->korean) return false;
    // "해지했다고 한빛시는 밝혔다": behind it only words of saying
    for (int w = o.last_word + 1; w < static_cast<int>(scene_->words.size()); ++w) {
        if (clauses_.form(w) != WordForm::kNoun && clauses_.form(w) != WordForm::kAuxiliary && !scene_->words[static_cast<std::size_t>(w)].says) return false;
    }
    return true;
}

std::uint32_t Polarity::denied(std::size_t a, std::size_t b) const {
    std::uint32_t kinds = 0;
    if (apart_ != Apart::kNobody) {
        const Occurrence& left = scene_->occurrences[a];
        const Occurrence& right = scene_->occurrences[b];
        const bool companions = !left.left_out() && !right.left_out() && left.group_role == Role::kWith && right.group_role == Role::kWith;
        if (companions && (apart_ == Apart::kCompanions || left.group != right.group)) kinds |= kAgreement;
    }
    if (!turns_.empty() && in_other_turn(scene_->occurrences[a], scene_->occurrences[b])) kinds |= ~kAgreement;
    if (by_somebody_ && only_does(scene_->occurrences[a])) kinds |= kPaying;
    for (const Denial& denial : denials_) {
        bool first = false, second = false;
        if (!reaches(denial, scene_->occurrences[a], first) || !reaches(denial, scene_->occurrences[b], second)) continue;
        if (first || second) kinds |= denial.kinds;
    }
    return kinds;
}

namespace {

struct EnglishMatter {
    std::string_view stem;
    std::uint32_t kinds;
};
constexpr EnglishMatter kEnglishMatters[] = {
    {"agreement", kAgreement}, {"mou", kAgreement}, {"memorandum", kAgreement}, {"pact", kAgreement}, {"partner", kAgreement}, {"cooperat", kAgreement},
    {"collaborat", kAgreement}, {"accord", kAgreement}, {"sign", kAgreement}, {"deal", kAgreement}, {"tie-up", kAgreement}, {"joint", kAgreement},
    {"fund", kMoney}, {"financ", kMoney}, {"invest", kMoney}, {"subsid", kMoney}, {"grant", kMoney}, {"budget", kMoney}, {"won", kMoney}, {"pay", kMoney},
    {"contribut", kMoney}, {"join", kTakingPart}, {"member", kTakingPart}, {"participat", kTakingPart}, {"part", kTakingPart},
    {"consortium", kTakingPart}, {"alliance", kTakingPart}, {"council", kTakingPart}, {"network", kTakingPart},
    {"commission", kOrder}, {"contract", kOrder}, {"entrust", kOrder}, {"build", kBuilding}, {"establish", kBuilding}, {"construct", kBuilding}, {"host", kBuilding}};

std::uint32_t english_kinds(std::string_view word) {
    for (const EnglishMatter& matter : kEnglishMatters) {
        const bool whole = matter.stem == "won" || matter.stem == "part" || matter.stem == "mou" || matter.stem == "joint";
        if (whole ? word == matter.stem : word.starts_with(matter.stem)) return matter.kinds;
    }
    return 0;
}

constexpr std::string_view kHelpers[] = {"did", "does", "do", "will", "would", "has", "have", "had", "is", "was", "were", "are", "could", "can"};
constexpr std::string_view kRefusals[] = {"denied", "denies", "rejected", "rejects", "scrapped", "scraps", "cancelled", "canceled", "terminated", "abandoned",
                                          "refused", "declined", "failed", "revoked", "shelved", "suspended", "scuttled", "axed"};
constexpr std::string_view kBreaks[] = {"but", "while", "although", "though", "instead", "however", "whereas", "until", "before", "and"};

}  // namespace

// "a center operated by the institute": who does what is no payment pays for nothing.
bool Polarity::only_does(const Occurrence& o) const {
    static constexpr std::string_view kPayments[] = {"fund", "financ", "invest", "sponsor", "support", "back", "paid", "donat", "subsidi", "provid", "offer", "contribut", "earmark", "alloc"};
    static constexpr std::string_view kOdd[] = {"run", "built", "held", "made", "led", "set", "chosen", "known"};
    if (o.left_out()) return false;
    int w = o.word - 1;
    const auto at = [&](int k) -> std::string_view { return k < 0 ? std::string_view() : std::string_view(lower_[static_cast<std::size_t>(k)]); };
    if (at(w) == "the" || at(w) == "a") --w;
    if (at(w) != "by") return false;
    const std::string_view verb = at(w - 1);
    const bool participle = (verb.size() > 4 && verb.ends_with("ed")) || std::find(std::begin(kOdd), std::end(kOdd), verb) != std::end(kOdd);
    return participle && std::none_of(std::begin(kPayments), std::end(kPayments), [&](std::string_view stem) { return verb.starts_with(stem); });
}

void Polarity::read_english() {
    const int n = static_cast<int>(scene_->words.size());
    lower_.clear();
    for (int w = 0; w < n; ++w) {
        std::string lower(word(w));
        for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        by_somebody_ = by_somebody_ || lower == "by";
        lower_.push_back(std::move(lower));
    }
    const auto at = [&](int w) -> std::string_view { return w < 0 || w >= n ? std::string_view() : std::string_view(lower_[static_cast<std::size_t>(w)]); };
    const auto is_one = [](std::string_view w, const auto& list) { return std::find(std::begin(list), std::end(list), w) != std::end(list); };
    const auto stops = [&](int w) {
        const ByteSpan span = scene_->words[static_cast<std::size_t>(w)].span;
        const char sign = text_[span.end - 1];
        return sign == ';' || (sign == ',' && is_one(at(w + 1), kBreaks));
    };
    for (int w = 0; w < n; ++w) {
        const bool negated = (at(w) == "not" && is_one(at(w - 1), kHelpers) && at(w + 1) != "only" && at(w + 1) != "just") || at(w) == "never" ||
                             at(w) == "cannot" || (at(w) == "longer" && at(w - 1) == "no") || (at(w).ends_with("n't") && at(w).size() <= 8) ||
                             (at(w).ends_with("n’t") && at(w).size() <= 10);
        const bool leaves = (at(w).starts_with("withdr") && at(w + 1) == "from") || ((at(w) == "pulled" || at(w) == "dropped" || at(w) == "backed") && at(w + 1) == "out") ||
                            at(w) == "quit" || at(w) == "quits";
        if (!negated && !leaves && !is_one(at(w), kRefusals)) continue;
        if (is_one(at(w), kRefusals) && at(w - 1) == "not") continue;  // twice no
        if (at(w) == "declined" && at(w + 1) != "to") continue;       // a budget that declined
        if (negated && is_one(at(w + 1), kRefusals)) continue;
        const std::string_view before = at(w - 1);
        const bool passive = !negated && !leaves && (before == "was" || before == "were" || before == "been" || before == "be" || before == "is" || before == "are");
        std::uint32_t kinds = leaves ? kTakingPart | kAgreement | bit(RelationKind::kLeads) : 0;
        int end = n - 1;
        for (int k = w; k < n; ++k) {
            if (k > w && (is_one(at(k), kBreaks) && at(k) != "and")) { end = k - 1; break; }
            if (stops(k)) { end = k; break; }
        }
        if (passive) {
            for (int k = w - 1; k >= 0 && !stops(k); --k) {
                if (!scene_->words[static_cast<std::size_t>(k)].in_name) kinds |= english_kinds(at(k));
            }
        } else {
            int taken = 0;
            for (int k = w + 1; k <= end && k <= w + 10; ++k) {
                if (scene_->words[static_cast<std::size_t>(k)].in_name) continue;
                const std::uint32_t more = english_kinds(at(k));
                if (more != 0 && ++taken <= 2) kinds |= more;
            }
        }
        int first = w;
        if (passive || !someone_in(w, end)) {
            while (first > 0 && !stops(first - 1) && !(is_one(at(first - 1), kBreaks) && at(first - 1) != "and")) --first;
        }
        if (kinds != 0) denials_.push_back({first, end, end, kinds});
    }
}

}  // namespace maek::extract
