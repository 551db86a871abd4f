#include "extract/mention/names_by_form.h"

#include <algorithm>
#include <array>

#include "extract/mention/name_edges.h"

namespace maek::extract {

namespace {

constexpr NameClass kPersonNames = kFirstAuxiliary;  // "person" of the name lists

bool is_place(EntityType type) { return type == EntityType::kCity || type == EntityType::kProvince; }

class NamesByForm {
public:
    NamesByForm(const SentenceView& view, std::vector<SpanDraft>& spans) : view_(view), units_(view.row.units), first_(view.row.first), spans_(spans) {}

    void run() {
        add_firms(spans_);
        add_known(spans_);
        add_fields(spans_);
        spread_heads(spans_);
        add_posted(spans_);
        add_listed(spans_);
    }

private:
    bool sign(std::size_t i) const { return units_[i].cls == UnitClass::kSign; }

    EntityType known_type(std::size_t begin, std::size_t end) const {
        for (const NameMatch& match : view_.matches) {
            if (match.begin == begin && match.end == end && match.cls < kEntityTypes) return static_cast<EntityType>(match.cls);
        }
        return EntityType::kNone;
    }

    bool free(const std::vector<SpanDraft>& spans, std::size_t begin, std::size_t end) const {
        return std::none_of(spans.begin(), spans.end(), [&](const SpanDraft& s) { return s.begin < end && begin < s.end; });
    }

    // "㈜명신", "대구중앙청과(주)", "주식회사 명신".
    void add_firms(std::vector<SpanDraft>& spans) const {
        for (std::size_t i = 0; i < units_.size(); ++i) {
            if (const std::size_t length = firm_sign_at(view_, i); length > 0) {
                const std::size_t behind = i + length;
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
                if (span.type == EntityType::kAgency || span.type == EntityType::kFacility || span.type == EntityType::kResearchInstitute || span.type == EntityType::kNone) span.type = EntityType::kCompany;
                return;
            }
        }
        if (free(spans, begin, end)) spans.push_back({begin, end, EntityType::kCompany, 0.8f, MentionSource::kGrammar});
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
        const std::size_t last_place = head;
        EntityType type = head < end ? head_type(head, end) : EntityType::kNone;
        if (head == end) head = end = behind_the_row(head);
        if (head != last_place && head < units_.size() && units_[head].run_begin != head) {
            end = units_[head].stem_end;
            type = head_type(head, end);
        }
        for (int words = 0; type == EntityType::kNone && words < 2 && units_[end - 1].run_end == end && end < units_.size() && !sign(end); ++words) {
            end = units_[end].stem_end;
            type = head_type(head, end);
        }
        if (type == EntityType::kNone || (first_[last_place] == U'의' && names_a_kind(end))) return;
        items.push_back(place_item(last, last_place));
        const auto places = std::count_if(items.begin(), items.end(), [&](const SpanDraft& s) { return place(s.begin, s.end); });
        if (places * 2 <= static_cast<std::ptrdiff_t>(items.size()) ||
            std::any_of(items.begin(), items.end(), [](const SpanDraft& s) { return s.end - s.begin < 2 || s.end - s.begin > 5; })) return;
        const std::size_t begin = items.front().begin;
        std::erase_if(spans, [&](const SpanDraft& s) { return s.begin < end && s.end > begin; });
        if (head == last_place) items.back().end = end;
        for (SpanDraft& item : items) {
            item.type = type;
            if (item.end == end) continue;
            item.head_begin = head;
            item.head_end = end;
        }
        spans.insert(spans.end(), items.begin(), items.end());
    }

    // "부산·울산·경남의 산업단지": whatever complexes they have.
    bool names_a_kind(std::size_t end) const { return first_[end - 1] == U'단' || first_[end - 1] == U'지'; }

    // Where the head may begin behind the last place: right there, or behind "의 기존" and "등 지역".
    std::size_t behind_the_row(std::size_t at) const {
        const auto word = [&](std::size_t i, std::u32string_view text) {
            return i + text.size() <= units_.size() && std::equal(text.begin(), text.end(), first_.begin() + static_cast<std::ptrdiff_t>(i));
        };
        std::size_t next = at;
        if (word(at, U"의") && units_[at].run_end == at + 1) next = at + 1;
        else if (word(at, U"등") && units_[at].run_end == at + 1) next = at + 1;
        else return at;
        for (const std::u32string_view filler : {U"기존", U"국내", U"전국", U"주요", U"지역"}) {
            if (word(next, filler)) next += filler.size();
        }
        return next;
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

    const SentenceView& view_;
    const std::vector<Unit>& units_;
    const std::vector<char32_t>& first_;
    std::vector<SpanDraft>& spans_;
};

}  // namespace

void add_by_form(const SentenceView& view, std::vector<SpanDraft>& spans) { NamesByForm(view, spans).run(); }

}  // namespace maek::extract
