#include "extract/relation/amount_signs.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <iterator>
#include <string>
#include <utility>

namespace maek::extract::amount_signs {
namespace {

// " will provide 15 billion won", " adding 9 billion won"
constexpr std::string_view kGiving[] = {" provid", " invest", " contribut", " fund", " spend", " put", " offer", " allocat", " support", " pay", " cover", " add",
                                        " giv", " grant", " inject", " earmark", " commit", " pledg", " chip"};

bool is_region(EntityType type) { return type == EntityType::kCity || type == EntityType::kProvince; }

}  // namespace

long around_amount(std::string_view text, ByteSpan money, EntityType payer) {
    const std::string_view behind = text.substr(money.end, 30);
    const std::uint32_t reach = std::min<std::uint32_t>(money.begin, 24);
    const std::string_view before = text.substr(money.begin - reach, reach);
    const bool city = payer == EntityType::kCity, province = payer == EntityType::kProvince;
    long score = 0;
    if (before.ends_with("올해 ") || before.ends_with("올해는 ")) score += 500;
    for (const std::string_view sign : {" 중 ", " 중에", " 가운데", " 중,", "에서 ", " 대비", "보다"}) score -= behind.starts_with(sign) ? 700 : 0;
    for (const std::string_view particle : {"은 ", "을 ", "는 ", "("}) {
        if (!behind.starts_with(particle)) continue;
        const std::string_view next = behind.substr(particle.size());
        if (next.starts_with("시비") || next.starts_with("군비") || next.starts_with("구비")) score += city ? 2500 : -1200;
        if (next.starts_with("도비")) score += province ? 2500 : -1200;
        if (next.starts_with("국비")) score += payer == EntityType::kAgency ? 1200 : -1200;
    }
    if (before.ends_with("지방비 ") || before.ends_with("지방비 약 ")) score += is_region(payer) ? 900 : -900;
    return score;
}

long by_role(MoneyRole role, EntityType payer) {
    switch (role) {
        case MoneyRole::kEffect: case MoneyRole::kRevenue: return -5000;
        case MoneyRole::kForecast: return -1500;
        case MoneyRole::kProvincial: return payer == EntityType::kProvince ? 3000 : -1500;
        case MoneyRole::kMunicipal: return payer == EntityType::kCity ? 3000 : payer == EntityType::kProvince ? -100 : -1500;
        case MoneyRole::kNational: return payer == EntityType::kAgency ? 1500 : -1500;
        case MoneyRole::kPrivate: return payer == EntityType::kCompany ? 500 : -1500;
        default: return 0;
    }
}

bool own_municipal(std::string_view text, ByteSpan money, std::string_view payer) {
    const std::uint32_t reach = std::min<std::uint32_t>(money.begin, 14);
    const std::string_view before = text.substr(money.begin - reach, reach);
    for (const auto& [word, end] : {std::pair<std::string_view, std::string_view>{"시비", "시"}, {"군비", "군"}, {"구비", "구"}}) {
        if (before.find(word) == std::string_view::npos) continue;
        const bool other = payer.ends_with("시") || payer.ends_with("군") || payer.ends_with("구");
        return payer.ends_with(end) || !other;
    }
    return true;
}

bool right_behind(std::string_view text, ByteSpan name, ByteSpan money) {
    if (money.begin < name.end || money.begin - name.end > 100) return false;
    std::string_view gap = text.substr(name.end, money.begin - name.end);
    if (gap.starts_with("(") && gap.find(')') != std::string_view::npos) gap.remove_prefix(gap.find(')') + 1);  // its short form
    if (gap.size() > 12) return false;
    for (const std::string_view sign : {",", ")", "과 ", "와 ", "·"}) {
        if (gap.find(sign) != std::string_view::npos) return false;
    }
    return true;
}

bool begins_clause(std::string_view behind) {
    for (const std::string_view particle : {"은 ", "는 ", "이 ", "가 ", "도 ", "에서 ", "에서는 ", "측은 ", "측이 "}) {
        if (behind.starts_with(particle)) return true;
    }
    if (!behind.starts_with(" ")) return false;
    return std::any_of(std::begin(kGiving), std::end(kGiving), [&](std::string_view verb) { return behind.find(verb) != std::string_view::npos; });
}

bool crosses_clause(std::string_view gap) {
    for (const std::string_view sign : {", ", "고 ", "며 ", "으나 ", "지만 ", "는데 ", "면서 ", "총 ", "모두 ", "총사업비", "전체 ", "등 ", "함께 ", "합쳐 ", " and ", " while ", " with ", " of which", " total", " combined"}) {
        if (gap.find(sign) != std::string_view::npos) return true;
    }
    return false;
}

bool is_divided(std::string_view text, ByteSpan money) {
    const std::string_view behind = text.substr(money.end, 16);
    for (const std::string_view sign : {"(", " 중 ", " 중에", " 가운데", " 중,"}) {
        if (behind.starts_with(sign)) return true;
    }
    return false;
}

int by_bare_noun(std::string_view text, ByteSpan money, std::string_view payer) {
    constexpr std::string_view kNouns[] = {"도", "시", "군", "구"};
    const std::uint32_t reach = std::min<std::uint32_t>(money.begin, 24);
    const std::string_view before = text.substr(money.begin - reach, reach);
    for (const std::string_view noun : kNouns) {
        for (const std::string_view particle : {"가 ", "이 ", "는 ", "은 ", " "}) {
            const std::string word = " " + std::string(noun) + std::string(particle);
            const std::size_t at = before.rfind(word);
            if (at == std::string_view::npos) continue;
            const std::string_view gap = before.substr(at + word.size());
            if (particle == " " ? !gap.empty() : crosses_clause(gap)) continue;
            if (payer.ends_with(noun)) return 1;
            return std::any_of(std::begin(kNouns), std::end(kNouns), [&](std::string_view other) { return payer.ends_with(other); }) ? -1 : 0;
        }
    }
    return 0;
}

bool right_before(std::string_view text, ByteSpan money, ByteSpan name) {
    if (name.begin < money.end || name.begin - money.end > 12) return false;
    const std::string_view gap = text.substr(money.end, name.begin - money.end);
    return gap == "은 " || gap == "을 " || gap == "는 " || gap == " from " || gap == " from the ";
}

bool is_for_each(std::string_view text, ByteSpan money) {
    const std::string_view before = text.substr(0, money.begin), behind = text.substr(money.end, 12);
    return before.ends_with("각 ") || behind.starts_with("씩") || behind.starts_with(" 씩") || behind.starts_with(" each");
}

bool holds(std::string_view text, ByteSpan where, std::string_view word) {
    const std::size_t at = text.find(word, where.begin);
    return at != std::string_view::npos && at < where.end;
}

std::vector<int> ratio_in(std::string_view words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (std::isdigit(static_cast<unsigned char>(words[at])) == 0 || (at > 0 && std::isalnum(static_cast<unsigned char>(words[at - 1])) != 0)) continue;
        std::vector<int> parts;
        std::size_t i = at;
        for (;;) {
            int part = 0;
            const auto [end, fault] = std::from_chars(words.data() + i, words.data() + words.size(), part);
            if (fault != std::errc() || part <= 0 || part > 100) break;
            parts.push_back(part);
            i = static_cast<std::size_t>(end - words.data());
            std::size_t next = std::string_view::npos;
            for (const std::string_view joint : {"대 ", " 대 ", ":", "대"}) {
                if (next == std::string_view::npos && words.substr(i).starts_with(joint)) next = i + joint.size();
            }
            if (next == std::string_view::npos) break;
            i = next;
        }
        if (parts.size() >= 2 && words.substr(i).starts_with("로 ")) return parts;
        if (parts.size() >= 2 && (words.substr(i).starts_with("의 비율") || words.substr(i).starts_with(" 비율"))) return parts;
    }
    return {};
}

}  // namespace maek::extract::amount_signs
