#include "extract/mention/candidates.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <unordered_map>

#include "extract/mention/name_edges.h"
#include "extract/mention/name_tables.h"
#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

constexpr std::size_t kMostSearched = 300;  // names that are looked for once more in the text
constexpr std::size_t kLongestBefore = 40;   // units of a known word that stands before a name
constexpr float kMateChance = 0.3f;          // of a name that vouches for its neighbour in a row

struct Cue {
    std::u32string_view word;
    std::uint8_t kind;
};

// Stems of ordinary words; what they are worth is learned.
constexpr std::array<Cue, 40> kCues = {{
    {U"육성", kCuePromotion}, {U"특화", kCuePromotion}, {U"진흥", kCuePromotion}, {U"전략", kCuePromotion}, {U"중점", kCuePromotion},
    {U"거점", kCuePromotion}, {U"고도화", kCuePromotion}, {U"집중", kCuePromotion}, {U"중심", kCuePromotion}, {U"주력", kCuePromotion},
    {U"메카", kCuePromotion}, {U"허브", kCuePromotion}, {U"생태계", kCuePromotion}, {U"클러스터", kCuePromotion}, {U"신산업", kCuePromotion},
    {U"산업", kCueField}, {U"분야", kCueField}, {U"기술", kCueField}, {U"부품", kCueField}, {U"소재", kCueField | kCuePlace}, {U"기업", kCueField},
    {U"제조", kCueField}, {U"개발", kCueField}, {U"연구", kCueField}, {U"위치", kCuePlace}, {U"일원", kCuePlace}, {U"본사", kCuePlace},
    {U"공장", kCuePlace}, {U"부지", kCuePlace}, {U"인근", kCuePlace}, {U"지역", kCuePlace}, {U"소재지", kCuePlace}, {U"건립", kCuePlace},
    {U"조성", kCuePlace}, {U"들어", kCuePlace}, {U"등", kCueCompare}, {U"비롯", kCueCompare}, {U"이어", kCueCompare}, {U"처럼", kCueCompare},
    {U"비해", kCueCompare},
}};

std::uint8_t cues_at(const std::vector<char32_t>& first, std::size_t at, std::size_t end) {
    std::uint8_t out = 0;
    for (const Cue& cue : kCues) {
        if (cue.word[0] != first[at] || at + cue.word.size() > end) continue;
        if (std::equal(cue.word.begin(), cue.word.end(), first.begin() + static_cast<std::ptrdiff_t>(at))) out |= cue.kind;
    }
    return out;
}

bool quotes(char32_t c) { return c == U'‘' || c == U'’' || c == U'“' || c == U'”' || c == '\'' || c == '"' || c == U'「' || c == U'」' || c == U'『' || c == U'』' || c == '<' || c == '>' || c == U'《' || c == U'》' || c == U'〈' || c == U'〉'; }

}  // namespace

std::string folded_letters(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size();) {
        const auto lead = static_cast<unsigned char>(name[i]);
        if (lead < 0x80) {
            if (std::isalnum(lead) != 0) out += static_cast<char>(std::tolower(lead));
            ++i;
            continue;
        }
        std::size_t next = i;
        const char32_t c = utf8_next(name, next);
        const bool sign = c < 0xC0 || (c >= 0x2000 && c < 0x2070) || (c >= 0x3000 && c < 0x3040) || c == 0x30FB || c == 0x318D || c == U'㈜';
        if (!sign) out += name.substr(i, next - i);
        i = next;
    }
    return out;
}

float NamePlace::best() const { return *std::max_element(chance.begin(), chance.end()); }

namespace {

// The classes of the longest of the words that it is shown.
struct Longest {
    std::uint64_t& classes;
    std::size_t length = 0;
    void see(const NameMatch& match) {
        const auto size = static_cast<std::size_t>(match.end - match.begin);
        if (size < length) return;
        if (size > length) classes = 0;
        length = size;
        classes |= std::uint64_t{1} << match.cls;
    }
};

// The matches that begin in [from, to); they are sorted by their begin.
std::span<const NameMatch> matches_in(const SentenceView& view, std::size_t from, std::size_t to) {
    const auto begins_before = [](const NameMatch& match, std::size_t at) { return match.begin < at; };
    const auto first = std::lower_bound(view.matches.begin(), view.matches.end(), from, begins_before);
    return {first, std::lower_bound(first, view.matches.end(), to, begins_before)};
}

// "water-" of "water-related": the end of a name that a hyphen follows.
std::size_t without_hyphen(const SentenceView& view, std::size_t begin, std::size_t end) {
    while (end > begin + 1 && view.row.first[end - 1] == '-') --end;
    return end;
}

// What the tables know of the words in a stretch and beside it; `behind` begins the next word.
void note_known_words(const SentenceView& view, std::size_t begin, std::size_t end, std::size_t behind, NamePlace& place) {
    Longest head{place.head_classes}, first{place.first_classes}, after{place.after_classes}, before{place.before_classes};
    const std::size_t before_end = begin > 0 ? std::min<std::size_t>(view.row.units[begin - 1].stem_end, begin) : 0;
    for (const NameMatch& match : matches_in(view, begin - std::min(begin, kLongestBefore), std::max(end, behind) + 1)) {
        if (match.cls >= 64) continue;
        if (match.end == end && match.begin > begin) head.see(match);
        if (match.begin == begin && match.end < end) first.see(match);
        if (match.begin == behind && behind >= end) after.see(match);
        if (match.end == before_end && before_end > 0) before.see(match);
    }
}

}  // namespace

void CandidateFinder::look_around(const SentenceView& view, std::size_t begin, std::size_t end, NamePlace& place) const {
    const auto& units = view.row.units;
    const auto& first = view.row.first;
    place.units = static_cast<std::uint16_t>(end - begin);
    place.words = 1;
    for (std::size_t i = begin + 1; i < end; ++i) place.words = static_cast<std::uint16_t>(place.words + (units[i].blank_before ? 1 : 0));
    place.left_edge = begin == 0 || units[begin].blank_before || units[begin - 1].cls == UnitClass::kSign;
    const std::uint8_t tail = units[end - 1].tail;
    std::size_t behind = units[end - 1].run_end;  // the next word
    if (tail == kTailBlank) place.follower = Follower::kBlank;
    else if (tail == kTailSign) place.follower = Follower::kSign;
    else if (tail == kTailOther) {
        place.follower = Follower::kWord;
        behind = end;
    } else {
        const std::size_t particle = tail - kTailJosa;
        place.follower = particle < followers_.size() ? static_cast<Follower>(followers_[particle]) : Follower::kOther;
    }
    place.quoted = begin > 0 && end < units.size() && quotes(first[begin - 1]) && quotes(first[end]) ? 1 : 0;
    place.bracket = units[begin].bracket;
    place.firm = has_firm_sign(view, begin, end);
    if (behind < units.size() && units[behind].cls != UnitClass::kSign) place.cues = cues_at(first, behind, units[behind].run_end);
    place.sentence_cues = sentence_cues_;
    if (begin > 0) {
        const Unit& left = units[begin - 1];
        const std::size_t stem = std::min<std::size_t>(left.stem_end, begin);
        const std::size_t from = stem >= 2u + left.run_begin ? stem - 2 : left.run_begin;
        std::uint64_t key = left.blank_before ? 1 : 2;
        for (std::size_t i = from; i < begin; ++i) key = mix(key, units[i].soft);
        place.before = static_cast<std::uint32_t>(key >> 20) | 1u;
    }
    if (behind < units.size()) {
        std::uint64_t key = 3;
        const std::size_t to = std::min<std::size_t>(units[behind].run_end, behind + 2);
        for (std::size_t i = behind; i < to; ++i) key = mix(key, units[i].soft);
        place.after = static_cast<std::uint32_t>(key >> 20) | 1u;
    }
    note_known_words(view, begin, end, behind, place);
    for (const NameMatch& match : matches_in(view, begin - std::min(begin, kLongestBefore), end + 1)) {
        if (match.cls == kTitleClass) {
            const ByteSpan span{units[match.begin].begin, units[match.end - 1u].end};
            const bool after = match.begin == end && match.right, before = match.end == begin;
            if ((after || before) && (place.title.empty() || (after && place.title.begin < place.span.begin) || span.size() > place.title.size())) {
                if (!(before && !place.title.empty() && place.title.begin >= place.span.end)) place.title = span;
            }
        }
        if (match.begin != begin || match.end != end) continue;
        if (match.cls < 64) place.classes |= std::uint64_t{1} << match.cls;
        if (match.cls >= kEntityTypes) continue;
        place.ambiguous = place.ambiguous || match.ambiguous;
        if (match.entry == Mention::kNoEntry) continue;
        const auto type = static_cast<EntityType>(match.cls);
        const auto known = std::find_if(place.entries.begin(), place.entries.end(), [&](const auto& e) { return e.first == type; });
        if (known == place.entries.end()) place.entries.emplace_back(type, match.entry);
        else if (known->second != match.entry) known->second = Mention::kNoEntry;
    }
}

NamePlace CandidateFinder::fresh_place(std::uint32_t sentence, const SentenceView& view, std::size_t begin, std::size_t end) const {
    NamePlace fresh;
    fresh.span = {view.row.units[begin].begin, view.row.units[end - 1].end};
    fresh.sentence = sentence;
    look_around(view, begin, end, fresh);
    return fresh;
}

NamePlace& CandidateFinder::place(std::uint32_t sentence, const SentenceView& view, std::size_t begin, std::size_t end) {
    const ByteSpan span{view.row.units[begin].begin, view.row.units[end - 1].end};
    for (std::size_t i = sentence_begin_; i < places_.size(); ++i) {
        if (places_[i].span == span && places_[i].full_name.empty()) return places_[i];
    }
    places_.push_back(fresh_place(sentence, view, begin, end));
    return places_.back();
}

// "가온기구(GO)" and "가온도 나래시" are two names each: the chance of the whole is that of its parts.
void CandidateFinder::add_chance(std::uint32_t sentence, const SentenceView& view, const SpanChance& chance) {
    const auto& units = view.row.units;
    const auto& first = view.row.first;
    const auto give = [&](std::size_t begin, std::size_t end, EntityType type) {
        if (only_counts(view, begin, end)) return;
        end = without_hyphen(view, begin, end);
        begin = own_begin(view, begin, end, type);
        if (type == EntityType::kPerson && end - begin == 1 && units[begin].cls == UnitClass::kHangul) return;  // "신 군수"
        float& known = place(sentence, view, begin, end).chance[static_cast<std::size_t>(type)];
        known = std::min(1.0f, known + chance.posterior);
    };
    if (chance.type == EntityType::kCompany) {
        std::size_t begin = chance.begin;
        for (const std::size_t end : firms_in_row(view, chance.begin, chance.end)) {
            give(begin, end, chance.type);
            begin = end;
        }
        if (begin == chance.end) return;
    }
    int depth = 0;
    for (std::size_t i = chance.begin; i < chance.end; ++i) {
        if (first[i] == '(') ++depth;
        else if (first[i] == ')' && --depth < 0) return;  // a bracket that opens before it
    }
    if (depth > 0) {  // "가온기구(GO": only what stands before the bracket
        std::size_t open = chance.end - 1;
        while (first[open] != '(') --open;
        if (open > chance.begin) give(chance.begin, open, chance.type);
        return;
    }
    if (const auto part = inside_quotes(view, chance.begin, chance.end); part != std::pair(std::size_t{chance.begin}, std::size_t{chance.end})) {
        if (part.first < part.second) give(part.first, part.second, chance.type);
        return;
    }
    if (first[chance.end - 1] == ')' && chance.end - chance.begin >= 5) {
        std::size_t open = chance.end - 1;
        while (open > chance.begin && first[open] != '(') --open;
        if (open > chance.begin + 1u && open + 2 < chance.end && chance.end - open <= 14) {
            give(chance.begin, open, chance.type);
            give(open + 1, chance.end - 1, chance.type);
            return;
        }
    }
    if (chance.type == EntityType::kCity) {
        const std::size_t run = units[chance.begin].run_end;
        if (run < chance.end && units[run].blank_before) {
            EntityType outer = EntityType::kNone;
            bool inner = false;
            for (const NameMatch& m : view.matches) {
                const bool place_name = m.cls == static_cast<NameClass>(EntityType::kProvince) || m.cls == static_cast<NameClass>(EntityType::kCity);
                if (place_name && m.begin == chance.begin && m.end == run) outer = static_cast<EntityType>(m.cls);
                inner = inner || (m.cls == static_cast<NameClass>(EntityType::kCity) && m.begin == run && m.end == chance.end);
            }
            if (outer != EntityType::kNone && inner) {
                give(chance.begin, run, outer);
                give(run, chance.end, EntityType::kCity);
                return;
            }
        }
    }
    give(chance.begin, chance.end, chance.type);
}

// "한빛정보·누리소프트 컨소시엄": what stands by a dot beside a name may be one of its type.
void CandidateFinder::take_mates(std::uint32_t sentence, const SentenceView& view) {
    const auto& units = view.row.units;
    const auto mate = [&](std::size_t begin, std::size_t end, std::uint32_t known, bool known_ends) {
        if (end < begin + 2 || units[begin].cls == UnitClass::kDigits || units[begin].cls == UnitClass::kSign) return;
        std::uint16_t types = 0;
        for (std::size_t i = sentence_begin_; i < places_.size(); ++i) {
            const NamePlace& there = places_[i];
            if (there.span.begin <= units[begin].begin && there.span.end >= units[end - 1].end) return;
            if ((known_ends ? there.span.end : there.span.begin) != known) continue;
            for (const EntityType type : {EntityType::kResearchInstitute, EntityType::kUniversity, EntityType::kCompany, EntityType::kAgency}) {
                if (there.chance[static_cast<std::size_t>(type)] >= kMateChance) types |= static_cast<std::uint16_t>(1u << static_cast<unsigned>(type));
            }
        }
        if (types != 0) place(sentence, view, begin, end).hints |= types;
    };
    for (std::size_t i = 1; i + 1 < units.size(); ++i) {
        if (view.row.first[i] != 0xB7 || units[i].blank_before || units[i + 1].blank_before) continue;
        mate(i + 1, std::max<std::size_t>(units[i + 1].stem_end, i + 1), units[i - 1].end, true);
        mate(units[i - 1].run_begin, i, units[i + 1].begin, false);
    }
}

// "가람·한빛·나래 특구": what the model gave to the places is what it gives to the three zones.
void CandidateFinder::take_spread(std::size_t at, EntityType type) {
    NamePlace& whole = places_[at];
    for (std::size_t i = sentence_begin_; i < places_.size(); ++i) {
        NamePlace& bare = places_[i];
        if (i == at || bare.span != whole.span || !bare.full_name.empty()) continue;
        for (const EntityType place : {EntityType::kCity, EntityType::kProvince}) {
            float& chance = bare.chance[static_cast<std::size_t>(place)];
            float& known = whole.chance[static_cast<std::size_t>(type)];
            known = std::min(1.0f, known + chance);
            chance = 0;
        }
    }
}

void CandidateFinder::take(std::uint32_t sentence, const SentenceView& view, const std::vector<SpanChance>& chances,
                           const std::vector<SpanDraft>& spans) {
    sentence_begin_ = places_.size();
    sentence_cues_ = 0;
    for (std::size_t i = 0; i < view.size(); ++i) {
        if (view.row.units[i].run_begin == i && view.row.units[i].cls == UnitClass::kHangul) sentence_cues_ |= cues_at(view.row.first, i, view.row.units[i].run_end);
    }
    for (const SpanChance& chance : chances) add_chance(sentence, view, chance);
    for (const SpanDraft& span : spans) {
        std::string full_name = spread_name(view, document_.text, span);
        const std::size_t end = without_hyphen(view, span.begin, span.end);
        if (!full_name.empty()) places_.push_back(fresh_place(sentence, view, span.begin, end));
        NamePlace& at = full_name.empty() ? place(sentence, view, span.begin, end) : places_.back();
        at.full_name = std::move(full_name);
        at.read = span.type;
        at.read_chance = span.confidence;
        at.source = span.source;
        if (!at.full_name.empty()) take_spread(static_cast<std::size_t>(&at - places_.data()), span.type);
    }
    suggestions_.clear();
    suggest_names(view, chances, suggestions_);
    for (const Suggestion& name : suggestions_) place(sentence, view, name.begin, name.end).hints |= static_cast<std::uint16_t>(1u << static_cast<unsigned>(name.type));
    take_mates(sentence, view);
    std::sort(places_.begin() + static_cast<std::ptrdiff_t>(sentence_begin_), places_.end(), [](const NamePlace& a, const NamePlace& b) { return a.span < b.span; });
}

namespace {

bool wordy(char32_t c) { return is_hangul(c) || is_latin(c) || is_digit(c) || is_hanja(c); }

// Where words begin in a text, by their first three bytes.
class WordBeginnings {
public:
    explicit WordBeginnings(std::string_view text) : text_(text), first_(kPlaces + 1, 0) {
        std::vector<std::uint32_t> begins;
        bool inside = false;
        for (std::size_t at = 0; at + 3 <= text.size();) {
            if (!inside) begins.push_back(static_cast<std::uint32_t>(at));
            inside = wordy(utf8_next(text, at));
        }
        for (const std::uint32_t at : begins) ++first_[place_of(text.substr(at, 3)) + 1];
        for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
        std::vector<std::uint32_t> next = first_;
        begins_.resize(begins.size());
        for (const std::uint32_t at : begins) begins_[next[place_of(text.substr(at, 3))]++] = at;
    }

    // Calls use(at) for each place where the name stands and a word begins, from left to right, as a search would that
    // goes on behind what it found.
    template <class Use>
    void find(std::string_view name, Use&& use) const {
        if (name.size() < 3 || overlaps_itself(name)) {
            for (std::size_t at = text_.find(name); at != std::string_view::npos; at = text_.find(name, at + name.size())) {
                if (begins_word(at)) use(at);
            }
            return;
        }
        const std::size_t place = place_of(name);
        for (std::uint32_t i = first_[place]; i < first_[place + 1]; ++i) {
            if (text_.substr(begins_[i]).starts_with(name)) use(begins_[i]);
        }
    }

private:
    static constexpr std::size_t kPlaces = 1024;
    static std::size_t place_of(std::string_view text) {
        const auto byte = [&](std::size_t k) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[k])); };
        return ((byte(0) << 16 | byte(1) << 8 | byte(2)) * 0x9E3779B1u) >> 22;
    }
    static bool overlaps_itself(std::string_view name) {
        for (std::size_t k = 1; k < name.size(); ++k) {
            if (name[k] == name[0] && name.starts_with(name.substr(k))) return true;
        }
        return false;
    }
    bool begins_word(std::size_t at) const {
        if (at == 0) return true;
        std::size_t before = at - 1;
        while (before > 0 && (static_cast<unsigned char>(text_[before]) & 0xC0) == 0x80) --before;
        return !wordy(utf8_next(text_, before));
    }

    std::string_view text_;
    std::vector<std::uint32_t> first_;   // of each place in begins_
    std::vector<std::uint32_t> begins_;  // by place, ascending in each
};

}  // namespace

// Places that hold the same letters as words of their own, though the model saw nothing there.
void CandidateFinder::find_further(std::vector<NameCandidate>& names) const {
    const WordBeginnings words(document_.text);
    for (std::size_t n = 0; n < names.size() && n < kMostSearched; ++n) {
        NameCandidate& name = names[n];
        const std::size_t known = name.places.size();
        const std::string_view shown = name.places.front().full_name.empty() ? document_.view(name.places.front().span) : name.places.front().full_name;
        const std::string searched(shown);  // the places move while they are added to
        words.find(searched, [&](std::size_t at) { add_further(name, known, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + searched.size())}); });
        if (name.places.size() == known && known == 1) continue;
        std::sort(name.places.begin(), name.places.end(), [](const NamePlace& a, const NamePlace& b) { return a.span < b.span; });
    }
}

// The place at `span`, unless it is among the first `known` or goes on as another word.
void CandidateFinder::add_further(NameCandidate& name, std::size_t known, ByteSpan span) const {
    const auto end = name.places.begin() + static_cast<std::ptrdiff_t>(known);
    if (std::any_of(name.places.begin(), end, [&](const NamePlace& p) { return p.span == span; })) return;
    const std::string_view text = document_.text;
    std::array<char32_t, 6> tail;
    std::size_t letters = 0;
    for (std::size_t p = span.end; p < text.size() && letters < tail.size();) {
        const char32_t c = utf8_next(text, p);
        if (!is_hangul(c) && !is_latin(c) && !is_digit(c)) break;
        tail[letters++] = c;
    }
    const int particle = letters == 0 ? 0 : particles_.find({tail.data(), letters});
    if (particle < 0) return;
    const std::uint32_t sentence = document_.sentence_at(span.begin);
    if (sentence >= document_.sentences.size() || !document_.sentences[sentence].useful() || !document_.sentences[sentence].span.contains(span)) return;
    const NamePlace& first = name.places.front();
    NamePlace place;
    place.span = span;
    place.sentence = sentence;
    place.found = false;
    const auto number = static_cast<std::size_t>(particle);
    place.follower = letters == 0 ? Follower::kBlank : number < followers_.size() ? static_cast<Follower>(followers_[number]) : Follower::kOther;
    place.classes = first.classes;
    place.head_classes = first.head_classes;
    place.first_classes = first.first_classes;
    place.ambiguous = first.ambiguous;
    place.entries = first.entries;
    place.units = first.units;
    place.words = first.words;
    name.places.push_back(std::move(place));
}

// "㈜한빛물류센터" once is a firm at every place.
void CandidateFinder::mark_firm(NameCandidate& name) {
    if (std::none_of(name.places.begin(), name.places.end(), [](const NamePlace& place) { return place.firm; })) return;
    for (NamePlace& place : name.places) {
        float& firm = place.chance[static_cast<std::size_t>(EntityType::kCompany)];
        for (std::size_t t = 0; t < kEntityTypes; ++t) {
            if (!may_be_firm(static_cast<EntityType>(t))) continue;
            firm = std::min(1.0f, firm + place.chance[t]);
            place.chance[t] = 0;
            place.hints &= static_cast<std::uint16_t>(~(1u << t));
        }
        if (may_be_firm(place.read)) place.read = EntityType::kCompany;
    }
}

std::vector<NameCandidate> CandidateFinder::finish() {
    std::vector<NameCandidate> names;
    std::unordered_map<std::string, std::size_t> index;
    for (NamePlace& place : places_) {
        std::string folded = folded_letters(place.full_name.empty() ? document_.view(place.span) : std::string_view(place.full_name));
        if (folded.size() < 2) continue;
        const auto [it, fresh] = index.try_emplace(folded, names.size());
        if (fresh) names.push_back({std::move(folded), {}});
        names[it->second].places.push_back(std::move(place));
    }
    places_.clear();
    find_further(names);
    for (NameCandidate& name : names) mark_firm(name);
    return names;
}

}  // namespace maek::extract
