#include "extract/mention/name_edges.h"

#include <algorithm>
#include <string_view>

#include "extract/mention/name_tables.h"

namespace maek::extract {

namespace {

bool is_body(EntityType type) {
    switch (type) {
        case EntityType::kTechnopark: case EntityType::kResearchInstitute: case EntityType::kUniversity: case EntityType::kCompany:
        case EntityType::kAgency: case EntityType::kCluster: case EntityType::kFacility: return true;
        default: return false;
    }
}

// The sentence's units by word.
class Words {
public:
    explicit Words(const SentenceView& view) : view_(view), units_(view.row.units), first_(view.row.first) {}

    bool hangul(std::size_t at) const { return units_[at].cls == UnitClass::kHangul; }
    std::size_t next(std::size_t at) const { return units_[at].run_end; }

    bool is(std::size_t begin, std::size_t end, std::u32string_view word) const {
        return end - begin == word.size() && std::equal(word.begin(), word.end(), first_.begin() + static_cast<std::ptrdiff_t>(begin));
    }

    // 서초동, 가람읍; but not 활동. `within`: behind a town or a parish, where 가람리 is one too and 배터리 does not stand.
    bool parish(std::size_t begin, std::size_t end, bool within) const {
        static constexpr std::u32string_view kBefore = U"노활운이자공행협구작변전관처심윤논수원측표";
        const std::u32string_view kEnds = within ? U"읍면동리" : U"읍면동";
        return end - begin >= 3 && kEnds.find(first_[end - 1]) != std::u32string_view::npos && kBefore.find(first_[end - 2]) == std::u32string_view::npos;
    }

    // 산하, 인근; "국가산단인", "주관기관인": what the name is, in front of it.
    bool describes(std::size_t begin, std::size_t end) const {
        for (const std::u32string_view word : {U"산하", U"인근", U"관내", U"도내", U"옛", U"지역소재", U"소재"}) {
            if (is(begin, end, word)) return true;
        }
        static constexpr std::u32string_view kHeads = U"단원관터소청체업";
        return end - begin >= 4 && first_[end - 1] == U'인' && kHeads.find(first_[end - 2]) != std::u32string_view::npos;
    }

    bool place(std::size_t begin, std::size_t end) const {
        return std::any_of(view_.matches.begin(), view_.matches.end(), [&](const NameMatch& m) {
            return m.begin == begin && m.end == end && (m.cls == static_cast<NameClass>(EntityType::kCity) || m.cls == static_cast<NameClass>(EntityType::kProvince));
        });
    }

    // The end of a count that begins here: "4개사", "3개 기업"; 0: none.
    std::size_t count_end(std::size_t at) const {
        if (at >= units_.size() || units_[at].cls != UnitClass::kDigits || at + 2 > units_.size() - 1) return 0;
        if (first_[at + 1] == U'개' && first_[at + 2] == U'사') return at + 3;
        if (first_[at + 1] != U'개' && first_[at + 1] != U'차') return 0;
        for (const std::u32string_view word : {U"기업", U"업체", U"사업", U"기관"}) {
            if (at + 2 + word.size() <= units_.size() && is(at + 2, at + 2 + word.size(), word)) return at + 2 + word.size();
        }
        return 0;
    }

private:
    const SentenceView& view_;
    const std::vector<Unit>& units_;
    const std::vector<char32_t>& first_;
};

// "President Park", "Rep. Kim": an English title is no part of the name.
std::size_t behind_titles(const SentenceView& view, std::size_t begin, std::size_t end) {
    if (view.row.units[begin].cls != UnitClass::kLatin) return begin;
    for (bool more = true; more && begin + 1 < end;) {
        more = false;
        for (const NameMatch& match : view.matches) {
            if (match.begin != begin || match.cls != kTitleClass || match.end >= end) continue;
            begin = match.end;
            more = true;
            break;
        }
        if (view.row.first[begin] == '.' && begin + 1 < end) ++begin;
    }
    return begin;
}

// "미국 누리전자": the country is no part of a firm's or an institute's name.
std::size_t behind_country(const SentenceView& view, std::size_t begin, std::size_t end) {
    static const NameClass kCountry = auxiliary_class("country"), kNation = auxiliary_class("nation");
    const std::size_t next = view.row.units[begin].run_end;
    if (next >= end || !view.row.units[next].blank_before) return begin;
    const bool country = std::any_of(view.matches.begin(), view.matches.end(), [&](const NameMatch& m) { return m.begin == begin && m.end == next && (m.cls == kCountry || m.cls == kNation); });
    return country ? next : begin;
}

// "경북·구미 방산혁신클러스터": a place joined by a dot in front of a name belongs to it. Three and more are names each.
std::size_t before_dot(const SentenceView& view, std::size_t begin) {
    const auto& units = view.row.units;
    const auto& first = view.row.first;
    if (begin < 2 || first[begin - 1] != 0xB7 || units[begin].blank_before || units[begin - 1].blank_before || units[begin - 2].cls != UnitClass::kHangul) return begin;
    const std::size_t front = units[begin - 2].run_begin;
    const bool row = front > 0 && first[front - 1] == 0xB7;
    return !row && Words(view).place(front, begin - 1) ? front : begin;
}

}  // namespace

std::size_t own_begin(const SentenceView& view, std::size_t begin, std::size_t end, EntityType type) {
    if (type == EntityType::kPerson) return behind_titles(view, begin, end);
    if (type == EntityType::kCluster || type == EntityType::kAlliance || type == EntityType::kProject) {
        if (const std::size_t front = before_dot(view, begin); front < begin) return front;
    }
    if (type == EntityType::kCompany || type == EntityType::kResearchInstitute || type == EntityType::kUniversity) begin = behind_country(view, begin, end);
    if (!is_body(type)) return begin;
    const Words words(view);
    const auto& units = view.row.units;
    const auto stays = [&](std::size_t at) { return at + 2 < end && units[at].blank_before; };  // a name remains
    for (int i = 0; i < 3 && words.hangul(begin); ++i) {
        std::size_t next = words.next(begin);
        if (!stays(next)) break;
        const bool town = words.place(begin, next);
        if (town && words.hangul(next) && stays(words.next(next)) && words.parish(next, words.next(next), true)) next = words.next(next);
        else if (!words.parish(begin, next, i > 0) && !words.describes(begin, next)) break;
        begin = next;
    }
    return begin;
}

std::pair<std::size_t, std::size_t> inside_quotes(const SentenceView& view, std::size_t begin, std::size_t end) {
    static constexpr std::u32string_view kOpen = U"‘“「『《〈<", kClose = U"’”」』》〉>";
    const auto is = [&](std::size_t i, std::u32string_view marks) { return marks.find(view.row.first[i]) != std::u32string_view::npos; };
    const bool behind_mark = begin > 0 && is(begin - 1, kOpen);
    std::size_t open = end;  // the last mark that opens and is not closed
    for (std::size_t i = begin; i < end; ++i) {
        if (is(i, kOpen) && i + 1 < view.size() && view.row.units[i + 1].cls != UnitClass::kDigits) open = i;  // not ‘25
        if (!is(i, kClose)) continue;
        if (open == end && behind_mark) return {begin, i};
        open = end;
    }
    return open == end ? std::pair(begin, end) : std::pair(open + 1, end);
}

bool may_be_firm(EntityType type) {
    return type == EntityType::kFacility || type == EntityType::kAgency || type == EntityType::kResearchInstitute || type == EntityType::kCluster;
}

std::size_t firm_sign_at(const SentenceView& view, std::size_t at) {
    const auto& first = view.row.first;
    if (first[at] == U'㈜') return 1;
    return at + 2 < first.size() && first[at] == '(' && first[at + 1] == U'주' && first[at + 2] == ')' ? 3 : 0;
}

bool has_firm_sign(const SentenceView& view, std::size_t begin, std::size_t end) {
    const auto& units = view.row.units;
    if (firm_sign_at(view, begin) > 0 || firm_sign_at(view, end - 1) == 1) return true;
    for (const std::size_t length : {std::size_t{1}, std::size_t{3}}) {
        if (begin >= length && !units[begin].blank_before && firm_sign_at(view, begin - length) == length) return true;
    }
    return end < view.size() && !units[end].blank_before && firm_sign_at(view, end) > 0;
}

bool only_counts(const SentenceView& view, std::size_t begin, std::size_t end) { return Words(view).count_end(begin) == end; }

std::vector<std::size_t> firms_in_row(const SentenceView& view, std::size_t begin, std::size_t end) {
    const Words words(view);
    std::vector<std::size_t> ends;
    for (std::size_t at = begin; at < end; at = words.next(at)) {
        const std::size_t next = words.next(at);
        if (!words.hangul(at) || next > end || next - at < 3) return {};
        ends.push_back(next);
    }
    std::size_t behind = end;
    const bool others = behind < view.size() && view.row.first[behind] == U'등';
    if (others) ++behind;
    if (ends.size() < 2 || words.count_end(behind) == 0) return {};
    return ends;
}

}  // namespace maek::extract
