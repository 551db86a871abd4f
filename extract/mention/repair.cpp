#include "extract/mention/repair.h"

#include <algorithm>

#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

bool opens(char32_t c) { return c == '(' || c == '[' || c == U'「' || c == U'『' || c == U'<' || c == '{'; }
bool closes(char32_t c) { return c == ')' || c == ']' || c == U'」' || c == U'』' || c == U'>' || c == '}'; }
bool quotes(char32_t c) { return c == U'‘' || c == U'’' || c == U'“' || c == U'”' || c == '\'' || c == '"'; }

bool is_place(EntityType type) { return type == EntityType::kCity || type == EntityType::kProvince; }

constexpr NameClass kPersonNames = kFirstAuxiliary;       // "person" of the name lists
constexpr NameClass kCountryClass = kFirstAuxiliary + 5;  // "country" of the name lists

class Repair {
public:
    Repair(const SentenceView& view, std::vector<SpanDraft>& spans)
        : view_(view), units_(view.row.units), first_(view.row.first), spans_(spans) {}

    void run() {
        std::vector<SpanDraft> out;
        for (SpanDraft span : spans_) {
            const std::size_t low = out.empty() ? 0 : out.back().end;
            span.begin = std::max(span.begin, low);
            if (span.begin >= span.end) continue;
            if (span.type == EntityType::kPerson) {
                cut_person(span);
                cut_english_person(span);
            } else {
                widen(span, low);
            }
            trim(span);
            balance(span);
            trim(span);
            strip_country(span);
            cut_post(span);
            if (span.begin >= span.end || sign_only(span) || bare(span)) continue;
            if (split_list(span, out)) continue;
            if (split_pair(span, out)) continue;
            split_province(span, out);
            split_address(span, out);
            strip_parish(span);
            split_person(span, out);
            join_dots(span, out, low);
            split_brackets(span, out);
        }
        add_firms(out);
        add_known(out);
        add_fields(out);
        spread_heads(out);
        add_posted(out);
        add_listed(out);
        spans_ = std::move(out);
    }

private:
    bool sign(std::size_t i) const { return units_[i].cls == UnitClass::kSign; }

    bool sign_only(const SpanDraft& span) const {
        for (std::size_t i = span.begin; i < span.end; ++i) {
            if (!sign(i) && units_[i].cls != UnitClass::kDigits) return false;
        }
        return true;
    }

    // One syllable names nothing, and a syllable's firm sign alone neither.
    bool bare(const SpanDraft& span) const {
        return span.end - span.begin == 1 && units_[span.begin].cls == UnitClass::kHangul && span.type != EntityType::kCompany;
    }

    // A name does not begin or end inside a word of Hangul.
    void widen(SpanDraft& span, std::size_t low) const {
        const Unit& head = units_[span.begin];
        if (head.cls == UnitClass::kHangul && !is_place(span.type)) {
            const std::size_t begin = std::max<std::size_t>(head.run_begin, low);
            const bool known = std::any_of(view_.matches.begin(), view_.matches.end(), [&](const NameMatch& m) {
                return m.begin == span.begin && m.end >= span.end && m.cls < kEntityTypes && m.end - m.begin >= 3;
            });
            if (begin < span.begin && span.begin - begin <= 4 && !known) span.begin = begin;
        }
        const Unit& last = units_[span.end - 1];
        if (last.cls == UnitClass::kHangul && last.tail == kTailOther && !is_place(span.type)) {
            const std::size_t stem = last.stem_end;
            if (stem > span.end && stem - span.end <= 2) span.end = stem;
            else if (last.run_end > span.end && last.run_end - span.end <= 2 && stem <= span.end) span.end = last.run_end;
        }
    }

    // A Korean name is one word; what follows after a blank is a post or a body.
    void cut_person(SpanDraft& span) const {
        const Unit& head = units_[span.begin];
        if (head.cls != UnitClass::kHangul) return;
        const std::size_t run = std::min<std::size_t>(head.run_end, span.end);
        const std::size_t length = run - span.begin;
        if (run < span.end && length >= 2 && length <= 3) {
            for (const NameMatch& match : view_.matches) {
                const bool inside = match.begin >= run && match.begin < span.end + 4;
                if (inside && (match.cls == kTitleClass || match.cls < kEntityTypes)) {
                    span.end = run;
                    return;
                }
            }
        }
    }

    // "Kim noted", "President Park": small words behind a name and titles in front are none of it.
    void cut_english_person(SpanDraft& span) const {
        if (units_[span.begin].cls != UnitClass::kLatin) return;
        while (span.end > span.begin + 1 && units_[span.end - 1].letters == WordCase::kLower && units_[span.end - 1].blank_before) --span.end;
        for (bool more = true; more && span.begin + 1 < span.end;) {
            more = false;
            for (const NameMatch& match : view_.matches) {
                if (match.begin == span.begin && match.cls == kTitleClass && match.end < span.end) {
                    span.begin = match.end;
                    more = true;
                    break;
                }
            }
            if (span.begin < span.end && first_[span.begin] == '.') ++span.begin;
        }
    }

    const NameMatch* match_of(std::size_t begin, std::size_t end, EntityType type) const {
        for (const NameMatch& match : view_.matches) {
            if (match.begin == begin && match.end == end && match.cls == static_cast<NameClass>(type)) return &match;
        }
        return nullptr;
    }

    // "미국 웨스턴디지털": the country is no part of a firm's or an institute's name.
    void strip_country(SpanDraft& span) const {
        if (span.type != EntityType::kCompany && span.type != EntityType::kResearchInstitute && span.type != EntityType::kUniversity) return;
        if (span.begin >= span.end) return;
        const std::size_t run = units_[span.begin].run_end;
        if (run >= span.end || !units_[run].blank_before) return;
        for (const NameMatch& match : view_.matches) {
            if (match.begin == span.begin && match.end == run && match.cls == kCountryClass) {
                span.begin = run;
                return;
            }
        }
    }

    // "청주·창원", "항공·드론": a list of things that each have a name is not one name.
    bool split_list(const SpanDraft& span, std::vector<SpanDraft>& out) const {
        std::vector<SpanDraft> parts;
        std::size_t begin = span.begin;
        for (std::size_t i = span.begin; i <= span.end; ++i) {
            if (i < span.end && first_[i] != 0xB7) continue;
            SpanDraft part = span;
            part.begin = begin;
            part.end = i;
            begin = i + 1;
            EntityType type = EntityType::kNone;
            for (const EntityType t : {EntityType::kCity, EntityType::kProvince, EntityType::kIndustry}) {
                if (type == EntityType::kNone && match_of(part.begin, part.end, t) != nullptr) type = t;
            }
            if (type == EntityType::kNone) return false;
            part.type = type;
            parts.push_back(part);
        }
        if (parts.size() < 2) return false;
        out.insert(out.end(), parts.begin(), parts.end());
        return true;
    }

    // "동해시 북평산업단지": the town in front is where it stands.
    void split_address(SpanDraft& span, std::vector<SpanDraft>& out) const {
        if (span.type != EntityType::kCluster && span.type != EntityType::kFacility && span.type != EntityType::kUniversity && span.type != EntityType::kCompany) return;
        const std::size_t run = units_[span.begin].run_end;
        if (run >= span.end || !units_[run].blank_before || run - span.begin < 2) return;
        const char32_t last = first_[run - 1];
        if (last != U'시' && last != U'군' && last != U'구') return;
        if (match_of(span.begin, run, EntityType::kCity) == nullptr) return;
        SpanDraft city = span;
        city.end = run;
        city.type = EntityType::kCity;
        out.push_back(city);
        span.begin = run;
    }

    // "기술연구소장 김": the body without its head; what is only a part of one ("정책본부장") is no name.
    void cut_post(SpanDraft& span) const {
        const bool body = span.type == EntityType::kResearchInstitute || span.type == EntityType::kFacility || span.type == EntityType::kAgency ||
                          span.type == EntityType::kUniversity || span.type == EntityType::kAlliance;
        if (!body || span.end - span.begin < 4 || first_[span.end - 1] != U'장') return;
        static constexpr std::u32string_view kHeads = U"원소터관단청";
        static constexpr std::u32string_view kParts = U"부국실과처팀";
        const char32_t before = first_[span.end - 2];
        const bool council = before == U'회' && (first_[span.end - 3] == U'협' || first_[span.end - 3] == U'의' || first_[span.end - 3] == U'원' || first_[span.end - 3] == U'합');
        if (kHeads.find(before) != std::u32string_view::npos || council) --span.end;
        else if (kParts.find(before) != std::u32string_view::npos) span.end = span.begin;
    }

    // "한빛대나 가람대", "㈜한빛과 ㈜가람": two names joined by a particle.
    bool split_pair(const SpanDraft& span, std::vector<SpanDraft>& out) const {
        const bool plain = span.type == EntityType::kCompany || span.type == EntityType::kUniversity || span.type == EntityType::kResearchInstitute ||
                           span.type == EntityType::kAgency || span.type == EntityType::kIndustry || is_place(span.type);
        if (!plain) return false;
        for (std::size_t i = span.begin; i < span.end; i = units_[i].run_end) {
            const Unit& unit = units_[i];
            const std::size_t stem = unit.stem_end, next = unit.run_end;
            if (next >= span.end || stem <= span.begin + 1 || next - stem == 0 || next - stem > 2 || next + 2 > span.end) continue;
            const char32_t particle = first_[next - 1];
            if (particle != U'와' && particle != U'과' && particle != U'나' && particle != U'랑') continue;
            const bool twins = units_[stem - 1].code == units_[span.end - 1].code || first_[span.begin] == U'㈜';
            const EntityType left = known_type(span.begin, stem), right = known_type(next, span.end);
            if (!twins && left != span.type && right != span.type) continue;
            SpanDraft a = span, b = span;
            a.end = stem;
            b.begin = next;
            if (left != EntityType::kNone) a.type = left;
            if (right != EntityType::kNone) b.type = right;
            out.push_back(a);
            out.push_back(b);
            return true;
        }
        return false;
    }

    EntityType known_type(std::size_t begin, std::size_t end) const {
        for (const NameMatch& match : view_.matches) {
            if (match.begin == begin && match.end == end && match.cls < kEntityTypes) return static_cast<EntityType>(match.cls);
        }
        return EntityType::kNone;
    }

    // "경기 안산", "충청북도 청주시": a province and a city.
    void split_province(SpanDraft& span, std::vector<SpanDraft>& out) const {
        if (span.type != EntityType::kCity) return;
        const std::size_t run = units_[span.begin].run_end;
        if (run >= span.end || !units_[run].blank_before || match_of(span.begin, run, EntityType::kProvince) == nullptr) return;
        SpanDraft province = span;
        province.end = run;
        province.type = EntityType::kProvince;
        out.push_back(province);
        span.begin = run;
    }

    // "가람읍 한빛센터", "산하 한빛연구소": the parish or the word in front is no part of the name.
    void strip_parish(SpanDraft& span) const {
        const bool body = span.type == EntityType::kCluster || span.type == EntityType::kFacility || span.type == EntityType::kResearchInstitute || span.type == EntityType::kCompany;
        if (!body) return;
        const std::size_t run = units_[span.begin].run_end;
        if (run + 2 >= span.end || !units_[run].blank_before || units_[span.begin].cls != UnitClass::kHangul) return;
        const char32_t last = first_[run - 1];
        const bool parish = run - span.begin >= 3 && (last == U'읍' || last == U'면' || last == U'동' || last == U'리') && !activity(run);
        const bool under = run - span.begin == 2 && ((first_[span.begin] == U'산' && first_[run - 1] == U'하') || (first_[span.begin] == U'인' && first_[run - 1] == U'근'));
        if (parish || under) span.begin = run;
    }

    // 노동, 활동, 운동, 이동, 관리, 처리 ... end like parishes.
    bool activity(std::size_t end) const {
        static constexpr std::u32string_view kBefore = U"노활운이자공행협구작변전관처심윤논수원";
        return kBefore.find(first_[end - 2]) != std::u32string_view::npos;
    }

    // "한빛전자 김가람 대표": the last word is a person when a post follows it.
    void split_person(SpanDraft& span, std::vector<SpanDraft>& out) const {
        if (span.type == EntityType::kPerson || is_place(span.type) || span.type == EntityType::kProject || span.type == EntityType::kIndustry) return;
        const std::size_t last = units_[span.end - 1].run_begin;
        if (last <= span.begin + 1 || span.end - last != 3 || units_[last].cls != UnitClass::kHangul || !is_surname(first_[last])) return;
        if (!units_[last].blank_before || units_[span.end - 1].tail != kTailBlank || known_type(last, span.end) != EntityType::kNone) return;
        static constexpr std::u32string_view kHeadEnds = U"원소회단청사부관터대처국실과팀점장";
        if (kHeadEnds.find(first_[span.end - 1]) != std::u32string_view::npos && known_type(span.begin, last) == EntityType::kNone) return;
        const bool posted = std::any_of(view_.matches.begin(), view_.matches.end(), [&](const NameMatch& m) { return m.begin == span.end && m.cls == kTitleClass; });
        if (!posted) return;
        SpanDraft body = span;
        body.end = last;
        out.push_back(body);
        span.begin = last;
        span.type = EntityType::kPerson;
        span.confidence = std::max(span.confidence, 0.8f);
    }

    // Names of the lexicon that can mean nothing else are names wherever they stand as words.
    void add_known(std::vector<SpanDraft>& spans) const {
        for (const NameMatch& match : view_.matches) {
            if (match.cls >= kEntityTypes || match.ambiguous || !match.left || !match.right) continue;
            const auto type = static_cast<EntityType>(match.cls);
            if (is_place(type) || type == EntityType::kIndustry || type == EntityType::kPerson) continue;
            const std::size_t length = match.end - match.begin;
            if (length < 3 && units_[match.begin].cls == UnitClass::kHangul) continue;
            bool blocked = false;
            for (const SpanDraft& span : spans) {
                const bool overlaps = span.begin < match.end && match.begin < span.end;
                const bool inside = span.begin >= match.begin && span.end <= match.end && span.end - span.begin < length;
                blocked = blocked || (overlaps && !inside);
            }
            if (blocked) continue;
            std::erase_if(spans, [&](const SpanDraft& s) { return s.begin < match.end && match.begin < s.end; });
            spans.push_back({match.begin, match.end, type, 0.85f, MentionSource::kLexicon});
        }
        std::sort(spans.begin(), spans.end(), [](const SpanDraft& a, const SpanDraft& b) { return a.begin < b.begin; });
    }

    // A known field counts where the words beside it promote it: "로봇 산업", "수소 분야", or in a list
    // with a field that the model found.
    void add_fields(std::vector<SpanDraft>& spans) const {
        std::vector<SpanDraft> more;
        for (const NameMatch& match : view_.matches) {
            if (match.cls != static_cast<NameClass>(EntityType::kIndustry) || !match.left || !match.right) continue;
            if (!free(spans, match.begin, match.end) || !free(more, match.begin, match.end)) continue;
            bool promoted = false;
            const std::size_t next = match.end;
            if (next + 1 < units_.size()) {
                const char32_t a = first_[next], b = first_[next + 1];
                promoted = (a == U'산' && b == U'업') || (a == U'분' && b == U'야') || (a == U'특' && b == U'화') || (a == U'육' && b == U'성');
            }
            for (const SpanDraft& span : spans) {
                if (span.type != EntityType::kIndustry) continue;
                const bool beside = (span.end + 1 == match.begin && (first_[span.end] == ',' || first_[span.end] == 0xB7)) ||
                                    (match.end + 1u == span.begin && (first_[match.end] == ',' || first_[match.end] == 0xB7));
                promoted = promoted || beside;
            }
            if (promoted) more.push_back({match.begin, match.end, EntityType::kIndustry, 0.5f, MentionSource::kLexicon});
        }
        spans.insert(spans.end(), more.begin(), more.end());
        std::sort(spans.begin(), spans.end(), [](const SpanDraft& a, const SpanDraft& b) { return a.begin < b.begin; });
    }

    // "가람·한빛·나래 연구특구": three places or more share the head of the last, and each is a name of
    // its own. Two are left alone, since many bodies carry two places in one name.
    void spread_heads(std::vector<SpanDraft>& spans) const {
        for (std::size_t i = 2; i + 1 < units_.size(); ++i) {
            if (first_[i] != 0xB7 || units_[i - 1].cls != UnitClass::kHangul || units_[i + 1].cls != UnitClass::kHangul) continue;
            std::vector<SpanDraft> items{place_item(units_[i - 1].run_begin, i)};
            std::size_t last = i + 1;
            while (units_[last].run_end + 1u < units_.size() && first_[units_[last].run_end] == 0xB7 && units_[units_[last].run_end + 1u].cls == UnitClass::kHangul) {
                items.push_back(place_item(last, units_[last].run_end));
                last = units_[last].run_end + 1u;
            }
            i = last;
            if (items.size() >= 2) spread_head(items, last, spans);
        }
        std::sort(spans.begin(), spans.end(), [](const SpanDraft& a, const SpanDraft& b) { return a.begin < b.begin; });
    }

    static SpanDraft place_item(std::size_t begin, std::size_t end) {
        return {begin, end, EntityType::kCluster, 0.7f, MentionSource::kGrammar, 0, 0};
    }

    bool place(std::size_t begin, std::size_t end) const {
        const EntityType type = known_type(begin, end);
        return type == EntityType::kCity || type == EntityType::kProvince || type == EntityType::kCluster;
    }

    void spread_head(std::vector<SpanDraft>& items, std::size_t last, std::vector<SpanDraft>& spans) const {
        const Unit& run = units_[last];
        std::size_t head = last;  // where the last place ends
        for (std::size_t end = last + 2; end <= run.stem_end; ++end) {
            if (place(last, end)) head = end;
        }
        if (head == last) return;
        std::size_t end = run.stem_end;
        EntityType type = head < end ? head_type(head, end) : EntityType::kNone;
        for (int words = 0; type == EntityType::kNone && words < 2 && units_[end - 1].run_end == end && end < units_.size() && !sign(end); ++words) {
            end = units_[end].stem_end;
            type = head_type(head, end);
        }
        if (type == EntityType::kNone) return;
        items.push_back(place_item(last, head));
        const auto places = std::count_if(items.begin(), items.end(), [&](const SpanDraft& s) { return place(s.begin, s.end); });
        if (places * 2 <= static_cast<std::ptrdiff_t>(items.size()) ||
            std::any_of(items.begin(), items.end(), [](const SpanDraft& s) { return s.end - s.begin < 2 || s.end - s.begin > 5; })) return;
        const std::size_t begin = items.front().begin;
        std::erase_if(spans, [&](const SpanDraft& s) { return s.begin < end && s.end > begin; });
        items.back().end = end;
        for (SpanDraft& item : items) {
            item.type = type;
            if (item.end == end) continue;
            item.head_begin = head;
            item.head_end = end;
        }
        spans.insert(spans.end(), items.begin(), items.end());
    }

    // The kind of thing that a shared head makes of a place.
    EntityType head_type(std::size_t begin, std::size_t end) const {
        std::u32string text;
        for (std::size_t i = begin; i < end; ++i) text += units_[i].cls == UnitClass::kLatin ? U'T' : first_[i];
        for (const std::u32string_view word : {U"특구", U"산단", U"단지", U"공단", U"밸리", U"자유구역", U"클러스터"}) {
            if (text.ends_with(word)) return EntityType::kCluster;
        }
        const bool short_form = end - begin == 1 && view_.row.units[begin].cls == UnitClass::kLatin && first_[begin] == 'T' && units_[begin].end - units_[begin].begin == 2;
        return short_form || text.ends_with(U"테크노파크") ? EntityType::kTechnopark : EntityType::kNone;
    }

    // Three syllables that open with a surname and are nothing else that is known, a whole word.
    bool like_person(std::size_t begin, std::size_t end) const {
        if (end - begin != 3 || units_[begin].cls != UnitClass::kHangul || units_[begin].run_begin != begin || !is_surname(first_[begin])) return false;
        // what words end with and given names hardly ever do
        static constexpr std::u32string_view kWordEnds = U"을를은는이가의에로도만별한된할던해적인들면며고서라자다";
        if (kWordEnds.find(first_[end - 1]) != std::u32string_view::npos) return false;
        return std::none_of(view_.matches.begin(), view_.matches.end(), [&](const NameMatch& m) {
            return m.begin <= begin && m.end >= end && m.cls != kPersonNames;
        });
    }

    bool title_from(std::size_t begin, std::size_t end) const {
        return std::any_of(view_.matches.begin(), view_.matches.end(), [&](const NameMatch& m) {
            return m.cls == kTitleClass && m.begin >= begin && m.end == end;
        });
    }

    // "(시장 김가람)" and "김가람 정책기획단장": a post beside three syllables makes them a person.
    void add_posted(std::vector<SpanDraft>& spans) const {
        std::vector<SpanDraft> more;
        for (std::size_t i = 0; i < units_.size(); i = std::max<std::size_t>(units_[i].run_end, i + 1)) {
            const std::size_t end = std::min<std::size_t>(i + 3, units_[i].run_end);
            if (!like_person(i, end) || !free(spans, i, end)) continue;
            const std::size_t next = units_[i].run_end;
            const bool whole = next == end;
            const bool in_bracket = whole && units_[i].bracket && i >= 3 && title_from(units_[i - 1].run_begin, i) &&
                                    units_[i - 1].run_begin > 0 && first_[units_[i - 1].run_begin - 1] == '(';
            bool before_post = false;
            if (whole && next < units_.size() && units_[next].blank_before && units_[next].cls == UnitClass::kHangul) {
                const std::size_t stem = units_[next].stem_end;
                before_post = stem >= next + 2 && title_from(next, stem);
            }
            if (in_bracket) more.push_back({i, end, EntityType::kPerson, 0.85f, MentionSource::kGrammar});
            else if (before_post) more.push_back({i, end, EntityType::kPerson, 0.6f, MentionSource::kGrammar});
        }
        spans.insert(spans.end(), more.begin(), more.end());
        std::sort(spans.begin(), spans.end(), [](const SpanDraft& a, const SpanDraft& b) { return a.begin < b.begin; });
    }

    // The item of an enumeration that begins here: a word or three without a particle, up to a comma
    // or a dot in the middle, a note in brackets behind it allowed. Empty when it is none.
    struct Item {
        std::size_t begin = 0, end = 0, next = 0;  // next: the first unit of the next item, 0 for the last
    };
    Item item_at(std::size_t begin) const {
        Item item{begin, begin, 0};
        std::size_t i = begin;
        for (int words = 0; i < units_.size() && !sign(i) && words < 3; ++words) i = units_[i].run_end;
        item.end = i;
        if (i < units_.size() && first_[i] == '(') {
            while (i < units_.size() && first_[i] != ')') ++i;
            if (i < units_.size()) ++i;
        }
        if (i + 1 < units_.size() && (first_[i] == ',' || first_[i] == 0xB7 || first_[i] == '/')) item.next = i + 1;
        else item.next = 0;
        if (i >= units_.size() || item.end == begin) item.next = 0;
        return item;
    }

    // Members of an enumeration are of one kind: what stands among things of one type is one too.
    void add_listed(std::vector<SpanDraft>& spans) const {
        std::vector<SpanDraft> more;
        for (std::size_t i = 0; i < units_.size();) {
            std::vector<Item> items;
            std::size_t at = i;
            while (at < units_.size()) {
                const Item item = item_at(at);
                if (item.next == 0) break;
                items.push_back(item);
                at = item.next;
            }
            if (items.size() >= 3) fill_list(items, spans, more);
            i = items.empty() ? i + 1 : at;
        }
        spans.insert(spans.end(), more.begin(), more.end());
        std::sort(spans.begin(), spans.end(), [](const SpanDraft& a, const SpanDraft& b) { return a.begin < b.begin; });
    }

    void fill_list(const std::vector<Item>& items, const std::vector<SpanDraft>& spans, std::vector<SpanDraft>& more) const {
        std::array<std::size_t, kEntityTypes> count{};
        std::size_t named = 0;
        for (const Item& item : items) {
            for (const SpanDraft& span : spans) {
                if (span.end != item.end || span.begin < item.begin) continue;
                ++count[static_cast<std::size_t>(span.type)];
                ++named;
            }
        }
        const auto top = static_cast<std::size_t>(std::max_element(count.begin(), count.end()) - count.begin());
        const auto type = static_cast<EntityType>(top);
        if (count[top] < 2 || count[top] != named || count[top] * 2 < items.size()) return;
        if (type != EntityType::kCompany && type != EntityType::kPerson && type != EntityType::kUniversity) return;
        for (const Item& item : items) {
            if (!free(spans, item.begin, item.end) || item.end - item.begin < 2) continue;
            const bool one_word = units_[item.begin].run_end == item.end;
            if (!one_word || (type == EntityType::kPerson && !like_person(item.begin, item.end))) continue;
            if (type == EntityType::kUniversity && first_[item.end - 1] != U'대') continue;
            more.push_back({item.begin, item.end, type, 0.55f, MentionSource::kGrammar});
        }
    }

    void trim(SpanDraft& span) const {
        const auto idle = [&](std::size_t i) {
            return sign(i) && first_[i] != U'㈜' && !opens(first_[i]) && !closes(first_[i]) && !quotes(first_[i]);
        };
        while (span.begin < span.end && (idle(span.begin) || closes(first_[span.begin]))) ++span.begin;
        while (span.end > span.begin && (idle(span.end - 1) || opens(first_[span.end - 1]))) --span.end;
        // quotation marks around the whole
        while (span.end > span.begin + 1 && quotes(first_[span.begin]) && sign(span.begin)) ++span.begin;
        while (span.end > span.begin + 1 && quotes(first_[span.end - 1]) && sign(span.end - 1)) --span.end;
    }

    // An open bracket is closed within the name, or the name ends before it.
    void balance(SpanDraft& span) const {
        int depth = 0;
        std::size_t open = span.end;
        for (std::size_t i = span.begin; i < span.end; ++i) {
            if (!sign(i)) continue;
            if (opens(first_[i])) {
                if (depth++ == 0) open = i;
            } else if (closes(first_[i])) {
                if (depth == 0) {
                    // what came before belongs to another bracket
                    span.begin = i + 1;
                    open = span.end;
                } else {
                    --depth;
                }
            }
        }
        if (depth == 0) return;
        const std::size_t limit = std::min(units_.size(), span.end + 6);
        for (std::size_t i = span.end; i < limit; ++i) {
            if (closes(first_[i]) && sign(i)) {
                span.end = i + 1;
                return;
            }
        }
        span.end = open;
    }

    // "경북·구미 방산혁신클러스터": places joined by dots in front of a name belong to it.
    void join_dots(SpanDraft& span, std::vector<SpanDraft>& out, std::size_t low) const {
        if (span.type != EntityType::kCluster && span.type != EntityType::kAlliance && span.type != EntityType::kProject) return;
        if (span.begin < 2 || span.begin - 1 < low || first_[span.begin - 1] != 0xB7 || units_[span.begin].blank_before) return;
        const std::size_t begin = units_[span.begin - 2].run_begin;
        if (units_[span.begin - 2].cls != UnitClass::kHangul || units_[span.begin - 1].blank_before) return;
        const bool place = std::any_of(view_.matches.begin(), view_.matches.end(), [&](const NameMatch& m) {
            return m.begin == begin && m.end + 1u == span.begin && (m.cls == static_cast<NameClass>(EntityType::kCity) || m.cls == static_cast<NameClass>(EntityType::kProvince));
        });
        if (!place) return;
        if (!out.empty() && out.back().end + 1 == span.begin && out.back().begin == begin && is_place(out.back().type)) out.pop_back();
        if (begin >= (out.empty() ? 0 : out.back().end)) span.begin = begin;
    }

    // "전자통관시스템(UNI-PASS)": two names of one thing, which the linker joins.
    void split_brackets(const SpanDraft& span, std::vector<SpanDraft>& out) const {
        if (span.end - span.begin >= 5 && sign(span.end - 1) && first_[span.end - 1] == ')') {
            std::size_t open = span.end - 1;
            while (open > span.begin && first_[open] != '(') --open;
            const bool latin = open > span.begin + 1 && open + 2 < span.end && units_[open + 1].cls == UnitClass::kLatin && units_[span.end - 2].cls == UnitClass::kLatin;
            if (latin) {
                SpanDraft outer = span, inner = span;
                outer.end = open;
                inner.begin = open + 1;
                inner.end = span.end - 1;
                out.push_back(outer);
                out.push_back(inner);
                return;
            }
        }
        out.push_back(span);
    }

    bool free(const std::vector<SpanDraft>& spans, std::size_t begin, std::size_t end) const {
        return std::none_of(spans.begin(), spans.end(), [&](const SpanDraft& s) { return s.begin < end && begin < s.end; });
    }

    // "㈜명신", "대구중앙청과(주)", "주식회사 명신".
    void add_firms(std::vector<SpanDraft>& spans) const {
        for (std::size_t i = 0; i < units_.size(); ++i) {
            if (first_[i] == U'㈜' || (i + 2 < units_.size() && first_[i] == '(' && first_[i + 1] == U'주' && first_[i + 2] == ')')) {
                const std::size_t behind = first_[i] == U'㈜' ? i + 1 : i + 3;
                // the sign stands in front of the name, or right behind it
                const bool attached_left = i > 0 && !units_[i].blank_before && !sign(i - 1);
                if (attached_left) {
                    firm(spans, units_[i - 1].run_begin, i);
                } else if (behind < units_.size() && !sign(behind)) {
                    const std::size_t stem = units_[behind].stem_end;
                    const bool comma = units_[behind].run_end < units_.size() && sign(units_[behind].run_end) && !units_[units_[behind].run_end].blank_before;
                    firm(spans, behind, comma ? units_[behind].run_end : stem);
                }
            }
        }
        std::sort(spans.begin(), spans.end(), [](const SpanDraft& a, const SpanDraft& b) { return a.begin < b.begin; });
    }

    void firm(std::vector<SpanDraft>& spans, std::size_t begin, std::size_t end) const {
        if (end <= begin || end - begin > 14) return;
        for (SpanDraft& span : spans) {
            if (span.begin == begin && span.end <= end && span.end + 2 >= end) {
                span.end = std::max(span.end, end);
                if (span.type == EntityType::kAgency || span.type == EntityType::kFacility || span.type == EntityType::kNone) span.type = EntityType::kCompany;
                return;
            }
        }
        if (free(spans, begin, end)) spans.push_back({begin, end, EntityType::kCompany, 0.8f, MentionSource::kGrammar});
    }

    const SentenceView& view_;
    const std::vector<Unit>& units_;
    const std::vector<char32_t>& first_;
    std::vector<SpanDraft>& spans_;
};

}  // namespace

std::string spread_name(const SentenceView& view, std::string_view text, const SpanDraft& span) {
    if (span.head_end <= span.head_begin) return {};
    const auto& units = view.row.units;
    const auto words = [&](std::size_t begin, std::size_t end) { return text.substr(units[begin].begin, units[end - 1].end - units[begin].begin); };
    std::string name(words(span.begin, span.end));
    if (units[span.head_begin].blank_before) name += ' ';
    return name.append(words(span.head_begin, span.head_end));
}

void repair_spans(const SentenceView& view, std::vector<SpanDraft>& spans) { Repair(view, spans).run(); }

}  // namespace maek::extract
