#include "extract/link/name_forms.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

namespace maek::extract {
namespace {

// Endings that differ only in how full they are, by type; the stem before them must be the same.
constexpr std::pair<EntityType, std::string_view> kEndings[] = {
    {EntityType::kUniversity, "대학교산학협력단"}, {EntityType::kUniversity, "대산학협력단"}, {EntityType::kUniversity, "대학교"}, {EntityType::kUniversity, "대학"}, {EntityType::kUniversity, "대"},
    {EntityType::kTechnopark, "테크노파크"}, {EntityType::kTechnopark, "tp"}, {EntityType::kTechnopark, "technopark"},
    {EntityType::kCity, "metropolitancity"}, {EntityType::kCity, "city"}, {EntityType::kCity, "metropolitangovernment"}, {EntityType::kCity, "citygovernment"},
    {EntityType::kProvince, "province"}, {EntityType::kProvince, "provincialgovernment"},
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

// 한국, 국립, 대한 in front of the fuller name do not count.
std::vector<std::string_view> syllables_of_fuller(std::string_view longer, std::string_view shorter) {
    for (const std::string_view start : {"한국", "국립", "대한"}) {
        if (longer.starts_with(start) && !shorter.starts_with(start)) longer.remove_prefix(start.size());
    }
    return split_syllables(longer);
}

// All of `a` in order in `b`, the first ones the same.
bool follows(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
    if (a.empty() || b.empty() || a.front() != b.front()) return false;
    std::size_t at = 0;
    for (const std::string_view s : b) at += at < a.size() && a[at] == s ? 1 : 0;
    return at == a.size();
}

// 생기원 in 생산기술연구원: first and last the same, two or more left out.
bool takes_syllables(std::string_view shorter, std::string_view longer) {
    const auto a = split_syllables(shorter), b = syllables_of_fuller(longer, shorter);
    return a.size() >= 3 && b.size() >= a.size() + 2 && a.back() == b.back() && follows(a, b);
}

}  // namespace

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

std::optional<JoinReason> short_form(EntityType type, std::string_view shorter, std::string_view longer) {
    if (shorter == longer || shorter.size() < 2) return std::nullopt;
    if (type == EntityType::kIndustry) {
        const bool is_field = longer.size() == shorter.size() + 6 && longer.starts_with(shorter) && longer.ends_with("산업") && syllables(shorter) >= 2;
        return is_field ? std::optional(JoinReason::kShortForm) : std::nullopt;
    }
    if (shorter.size() <= longer.size() && type != EntityType::kCompany && type != EntityType::kPerson) {
        const auto a = stems(type, shorter), b = stems(type, longer);
        for (const std::string& stem : b) {
            if (std::find(a.begin(), a.end(), stem) != a.end()) return JoinReason::kShortForm;
            if ((type == EntityType::kCity || type == EntityType::kProvince) && stem == shorter) return JoinReason::kShortForm;
        }
    }
    if (shorter.size() >= longer.size()) return std::nullopt;
    if (takes_endings(type) && longer.ends_with(shorter) && syllables(shorter) >= 4) return JoinReason::kEnding;
    if ((type == EntityType::kAgency || type == EntityType::kResearchInstitute || type == EntityType::kUniversity) &&
        has_hangul(shorter) && takes_syllables(shorter, longer)) return JoinReason::kSyllables;
    return std::nullopt;
}

bool abbreviates(std::string_view shorter, std::string_view longer) {
    if (!has_hangul(shorter) || shorter.size() < 6 || shorter.size() > 15) return false;
    const auto a = split_syllables(shorter), b = syllables_of_fuller(longer, shorter);
    return b.size() > a.size() && follows(a, b);
}

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

bool takes_surname(EntityType type, std::string_view shorter, std::string_view longer) {
    if (type != EntityType::kPerson || shorter.size() < 2 || has_hangul(shorter) || shorter.find(' ') != std::string_view::npos) return false;
    return (longer.starts_with(shorter) && longer.size() > shorter.size() && longer[shorter.size()] == ' ') ||
           (longer.ends_with(shorter) && longer.size() > shorter.size() && longer[longer.size() - shorter.size() - 1] == ' ');
}

bool takes_bracket(std::string_view name, std::string_view other_bare) {
    const std::size_t open = name.find('('), close = name.find(')', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || open < 2 || close == std::string_view::npos || close < open + 3) return false;
    const std::string outer = std::string(name.substr(0, open)).append(name.substr(close + 1));
    const std::string inner = std::string(name.substr(open + 1, close - open - 1)).append(name.substr(close + 1));
    return bare_name(outer) == other_bare || (close + 1 < name.size() && bare_name(inner) == other_bare);
}

bool leaves_kind(EntityType type, std::string_view shorter, std::string_view longer) {
    if (!longer.starts_with(shorter) || syllables(shorter) < 3) return false;
    const std::string_view rest = longer.substr(shorter.size());
    static constexpr std::pair<EntityType, std::string_view> kKinds[] = {
        {EntityType::kCluster, "일반산업단지"}, {EntityType::kCluster, "국가산업단지"}, {EntityType::kCluster, "산업단지"}, {EntityType::kCluster, "산단"},
        {EntityType::kProject, "사업"}, {EntityType::kProject, "전략"}, {EntityType::kProject, "프로젝트"}, {EntityType::kProject, "프로그램"},
        {EntityType::kUniversity, "산학협력단"}};
    return std::any_of(std::begin(kKinds), std::end(kKinds), [&](const auto& kind) { return kind.first == type && kind.second == rest; });
}

bool leaves_edition(EntityType type, std::string_view shorter, std::string_view longer) {
    if (type != EntityType::kProject || syllables(shorter) < 4) return false;
    const auto digits = [](std::string_view text) {
        return static_cast<std::size_t>(std::find_if(text.begin(), text.end(), [](char c) { return std::isdigit(static_cast<unsigned char>(c)) == 0; }) - text.begin());
    };
    if (longer.starts_with(shorter)) {
        const std::string_view year = longer.substr(shorter.size());
        return year.size() == 4 && year.starts_with("20") && digits(year) == 4;
    }
    if (!longer.ends_with(shorter)) return false;
    std::string_view front = longer.substr(0, longer.size() - shorter.size());
    if (front.starts_with("제")) front.remove_prefix(std::string_view("제").size());
    const std::size_t count = digits(front);
    const std::string_view unit = front.substr(count);
    if (count == 4 && front.starts_with("20")) return unit.empty() || unit == "년" || unit == "년도";
    return count > 0 && count < 4 && (unit == "회" || unit == "차" || unit == "th" || unit == "st" || unit == "nd" || unit == "rd");
}

bool drops_the_middle(EntityType type, std::string_view shorter, std::string_view longer) {
    constexpr std::size_t kEnds = 6;  // bytes: two syllables
    if (type != EntityType::kFacility && type != EntityType::kProject && type != EntityType::kAlliance && type != EntityType::kCluster) return false;
    if (shorter.size() < 2 * kEnds + 3 || longer.size() <= shorter.size() || !has_hangul(shorter)) return false;
    const std::size_t front = static_cast<std::size_t>(std::mismatch(shorter.begin(), shorter.end(), longer.begin()).first - shorter.begin());
    const std::size_t back = static_cast<std::size_t>(std::mismatch(shorter.rbegin(), shorter.rend(), longer.rbegin()).first - shorter.rbegin());
    return front >= kEnds && back >= kEnds && front + back >= shorter.size();
}

bool governs(EntityType type, std::string_view country, std::string_view government) {
    if (type != EntityType::kAgency) return false;
    const std::string_view ending = has_hangul(government) ? "정부" : "government";
    if (!government.ends_with(ending) || government.size() == ending.size() || country.ends_with(ending)) return false;
    government.remove_suffix(ending.size());
    if (has_hangul(country)) return government == country;
    const auto same = static_cast<std::size_t>(std::mismatch(country.begin(), country.end(), government.begin(), government.end()).first - country.begin());
    return government == country || (same >= 4 && same + 1 >= country.size() && government.size() <= same + 3);
}

bool is_ministry_for(std::string_view shorter, std::string_view fuller) {
    const auto words_of = [](std::string_view text) {
        std::vector<std::string> words(1);
        for (const char c : text) {
            if (std::isalpha(static_cast<unsigned char>(c)) != 0) words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            else if (!words.back().empty()) words.emplace_back();
        }
        if (words.back().empty()) words.pop_back();
        return words;
    };
    std::vector<std::string> asked = words_of(shorter);
    const std::vector<std::string> full = words_of(fuller);
    if (asked.size() < 2 || asked.back() != "ministry" || full.size() < 3 || full[0] != "ministry" || full[1] != "of") return false;
    asked.pop_back();
    std::erase_if(asked, [](const std::string& word) { return word == "the" || word == "south" || word == "korea" || word == "korean" || word == "s"; });
    return !asked.empty() && std::all_of(asked.begin(), asked.end(), [&](const std::string& word) { return std::find(full.begin() + 2, full.end(), word) != full.end(); });
}

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

bool is_latin_short(std::string_view name) {
    const auto upper = [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; };
    return name.size() >= 2 && name.size() <= 12 && upper(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
        return upper(c) || c == '-' || c == '&' || std::isdigit(static_cast<unsigned char>(c)) != 0;
    });
}

}  // namespace maek::extract
