#include "extract/mention/repair.h"

#include <algorithm>

#include "extract/mention/name_edges.h"
#include "extract/mention/names_by_form.h"
#include "extract/text/utf8.h"

namespace maek::extract {

namespace {

bool opens(char32_t c) { return c == '(' || c == '[' || c == U'「' || c == U'『' || c == U'<' || c == '{'; }
bool closes(char32_t c) { return c == ')' || c == ']' || c == U'」' || c == U'』' || c == U'>' || c == '}'; }
bool quotes(char32_t c) { return c == U'‘' || c == U'’' || c == U'“' || c == U'”' || c == '\'' || c == '"'; }

bool is_place(EntityType type) { return type == EntityType::kCity || type == EntityType::kProvince; }

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
            cut_post(span);
            if (span.begin < span.end && may_be_firm(span.type) && has_firm_sign(view_, span.begin, span.end)) span.type = EntityType::kCompany;
            if (span.begin >= span.end || sign_only(span) || bare(span) || only_counts(view_, span.begin, span.end)) continue;
            if (split_list(span, out)) continue;
            if (split_firms(span, out)) continue;
            if (split_pair(span, out)) continue;
            split_province(span, out);
            split_address(span, out);
            take_own_begin(span, out);
            split_person(span, out);
            split_brackets(span, out);
        }
        add_by_form(view_, out);
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
        span.begin = own_begin(view_, span.begin, span.end, span.type);
    }

    const NameMatch* match_of(std::size_t begin, std::size_t end, EntityType type) const {
        for (const NameMatch& match : view_.matches) {
            if (match.begin == begin && match.end == end && match.cls == static_cast<NameClass>(type)) return &match;
        }
        return nullptr;
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

    // "한빛식품 가온제과 등 5개사": each word is a firm.
    bool split_firms(const SpanDraft& span, std::vector<SpanDraft>& out) const {
        if (span.type != EntityType::kCompany) return false;
        SpanDraft part = span;
        for (const std::size_t end : firms_in_row(view_, span.begin, span.end)) {
            part.end = end;
            out.push_back(part);
            part.begin = end;
        }
        return part.begin == span.end;
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

    // Without what stands in front of the name; with the place that a dot joins to it, which is then no name of its own.
    void take_own_begin(SpanDraft& span, std::vector<SpanDraft>& out) const {
        const std::size_t begin = own_begin(view_, span.begin, span.end, span.type);
        if (begin < span.begin && !out.empty() && out.back().end > begin) {
            if (out.back().begin != begin || !is_place(out.back().type)) return;
            out.pop_back();
        }
        span.begin = begin;
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

    const SentenceView& view_;
    const std::vector<Unit>& units_;
    const std::vector<char32_t>& first_;
    std::vector<SpanDraft>& spans_;
};

}  // namespace

void repair_spans(const SentenceView& view, std::vector<SpanDraft>& spans) { Repair(view, spans).run(); }

}  // namespace maek::extract
