#include "extract/link/counted_groups.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "extract/text/utf8.h"

namespace maek::extract {
namespace {

constexpr std::string_view kTails[] = {
    "은", "는", "이", "가", "을", "를", "와", "과", "의", "에", "도", "로", "에서", "으로", "에는", "에서는",
    "측은", "측이", "측", "에도", "와의", "과의", "까지", "에게", "와는", "과는", "이다", "다", "인", "이며", "며"};

struct Number {
    std::string_view word;
    std::size_t count;
};
constexpr Number kNumbers[] = {{"두 ", 2}, {"양 ", 2}, {"세 ", 3}, {"네 ", 4}, {"다섯 ", 5}, {"여섯 ", 6}, {"일곱 ", 7}, {"여덟 ", 8}};
struct GroupNoun {
    std::string_view word;
    GroupKind kind;
};
constexpr GroupNoun kGroupNouns[] = {
    {"기관", GroupKind::kAny}, {"회사", GroupKind::kFirms}, {"기업", GroupKind::kFirms}, {"업체", GroupKind::kFirms}, {"은행", GroupKind::kFirms},
    {"대학", GroupKind::kUniversities}, {"도시", GroupKind::kGovernments}, {"지자체", GroupKind::kGovernments}, {"시군", GroupKind::kGovernments},
    {"시", GroupKind::kGovernments}, {"곳", GroupKind::kAny}, {"센터", GroupKind::kFacilities}, {"시설", GroupKind::kFacilities},
    {"특구", GroupKind::kClusters}, {"단지", GroupKind::kClusters}, {"산단", GroupKind::kClusters}, {"연구원", GroupKind::kInstitutes}, {"연구기관", GroupKind::kInstitutes}, {"연구소", GroupKind::kInstitutes}};
constexpr std::pair<std::string_view, GroupKind> kPairs[] = {{"양측", GroupKind::kAny}, {"양사", GroupKind::kFirms}};

// Whether a group may begin with these bytes.
bool may_begin_group(std::string_view text) {
    static constexpr auto kSecond = [] {
        std::array<bool, 256> table{};
        for (const Number& number : kNumbers) table[static_cast<unsigned char>(number.word[1])] = true;
        for (const auto& pair : kPairs) table[static_cast<unsigned char>(pair.first[1])] = true;
        return table;
    }();
    return (text[0] >= '2' && text[0] <= '9') || (text.size() > 1 && kSecond[static_cast<unsigned char>(text[1])]);
}

}  // namespace

Group group_at(std::string_view text) {
    if (!may_begin_group(text)) return {};
    for (const auto& [word, kind] : kPairs) {
        if (begins_with(text, word)) return {word.size(), 2, kind};
    }
    std::size_t at = 0, count = 0;
    if (text[0] >= '2' && text[0] <= '9') {
        static constexpr std::string_view kParties = "자", kFirmsOf = "개사", kOf = "개 ";
        count = static_cast<std::size_t>(text[0] - '0');
        const std::string_view unit = text.substr(1);
        if (begins_with(unit, kParties)) return {1 + kParties.size(), count, GroupKind::kAny};
        if (begins_with(unit, kFirmsOf)) return {1 + kFirmsOf.size(), count, GroupKind::kFirms};
        if (!begins_with(unit, kOf)) return {};
        at = 1 + kOf.size();
    } else {
        for (const Number& number : kNumbers) {
            if (begins_with(text, number.word)) {
                count = number.count;
                at = number.word.size();
            }
        }
    }
    if (count == 0) return {};
    const std::string_view noun = text.substr(at);
    for (const GroupNoun& known : kGroupNouns) {
        if (!begins_with(noun, known.word)) continue;
        const std::string_view rest = noun.substr(known.word.size());
        const std::string_view tail = rest.substr(0, std::min(rest.find_first_of(" ,.\n"), rest.size()));
        if (tail.empty() || is_short_form_tail(tail)) return {at + known.word.size(), count, known.kind};
    }
    return {};
}

bool counts_others(std::string_view word) {
    static constexpr std::string_view kOthers[] = {"등", "등의", "전국", "국내", "지역", "관내", "다른", "나머지", "총", "모두", "전체", "또", "외", "해외"};
    return std::any_of(std::begin(kOthers), std::end(kOthers), [&](std::string_view other) { return other == word; });
}

bool can_act(EntityType type) { return type <= EntityType::kAgency || type == EntityType::kAlliance; }

bool is_short_form_tail(std::string_view tail) {
    return std::any_of(std::begin(kTails), std::end(kTails), [&](std::string_view t) { return t == tail; });
}

bool belongs(EntityType type, GroupKind kind) {
    switch (kind) {
        case GroupKind::kFirms: return type == EntityType::kCompany;
        case GroupKind::kUniversities: return type == EntityType::kUniversity;
        case GroupKind::kGovernments: return type == EntityType::kCity || type == EntityType::kProvince;
        case GroupKind::kInstitutes: return type == EntityType::kResearchInstitute;
        case GroupKind::kFacilities: return type == EntityType::kFacility;
        case GroupKind::kClusters: return type == EntityType::kCluster;
        default: return can_act(type);
    }
}

}  // namespace maek::extract
