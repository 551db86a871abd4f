#include "extract/relation/funding_amounts.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "extract/link/references.h"

namespace maek::extract {
namespace {

bool is_region(EntityType type) { return type == EntityType::kCity || type == EntityType::kProvince; }

// What the words at an amount say for or against this payer: a sum of which parts follow ("총 405억원 중"),
// a share that is called by its payer behind it ("105억원은 시비"), money of the regions ("지방비 149억원").
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

// The money's own noun says who pays: 도비 the province, 시비 the city, 국비 a ministry.
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

// 시비, 군비, 구비 in front of the amount: money of a city, a county, a district; is it the payer's kind?
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

// Does the amount stand right behind the name ("국기원 30억원", "시가 79억원", "센터에 50억원", "지원(31억원)")?
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

// "190억원은 시가", "900억 원은 KQC가": the payer stands right behind its amount.
bool right_before(std::string_view text, ByteSpan money, ByteSpan name) {
    if (name.begin < money.end || name.begin - money.end > 12) return false;
    const std::string_view gap = text.substr(money.end, name.begin - money.end);
    return gap == "은 " || gap == "을 " || gap == "는 " || gap == " from " || gap == " from the ";
}

// "20 billion won each", "95억 원씩", "각 5억원", "각각 5억원": what each of several gives.
bool is_for_each(std::string_view text, ByteSpan money) {
    const std::string_view before = text.substr(0, money.begin), behind = text.substr(money.end, 12);
    return before.ends_with("각 ") || behind.starts_with("씩") || behind.starts_with(" 씩") || behind.starts_with(" each");
}

bool holds(std::string_view text, ByteSpan where, std::string_view word) {
    const std::size_t at = text.find(word, where.begin);
    return at != std::string_view::npos && at < where.end;
}

// "3대 7로", "5대 3대 2", "6:4로", "7 대 3": the parts; empty: none begins within the words.
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

}  // namespace

FundingAmounts::FundingAmounts(const Document& document, const LinkedDocument& linked, const RelationWords& words)
    : document_(document), linked_(linked) {
    if (document.money.empty()) return;
    for (std::uint32_t e = 0; e < linked.entities.size(); ++e) {
        const EntityType type = linked.entities[e].type;
        if (type == EntityType::kPerson || type == EntityType::kIndustry) continue;
        for (const std::uint32_t m : linked.entities[e].mentions) {
            const ByteSpan span = document.mentions[m].span;
            if (span.begin > 0 && document.text[span.begin - 1] == '(') continue;
            bodies_.push_back({span, e});
        }
    }
    for (const Reference& r : find_references(document, linked, words.reference_heads())) bodies_.push_back({r.span, r.entity});
    std::sort(bodies_.begin(), bodies_.end(), [](const Body& a, const Body& b) { return std::pair(a.span.begin, a.entity) < std::pair(b.span.begin, b.entity); });
}

std::vector<FundingAmounts::Body> FundingAmounts::bodies_in(std::uint32_t sentence) const {
    const ByteSpan span = document_.sentences[sentence].span;
    const auto before = [](const Body& b, std::uint32_t at) { return b.span.begin < at; };
    const auto first = std::lower_bound(bodies_.begin(), bodies_.end(), span.begin, before);
    return {first, std::lower_bound(first, bodies_.end(), span.end, before)};
}

std::vector<const Money*> FundingAmounts::money_in(std::uint32_t sentence) const {
    std::vector<const Money*> all;
    for (const Money& money : document_.money) {
        if (money.sentence == sentence && money.krw > 0) all.push_back(&money);
    }
    return all;
}

FundingAmounts::Row FundingAmounts::row_around(const std::vector<Body>& bodies, std::size_t at) const {
    const auto near = [&](std::size_t i) {
        if (bodies[i + 1].span.begin <= bodies[i].span.end) return false;
        std::string_view gap = std::string_view(document_.text).substr(bodies[i].span.end, bodies[i + 1].span.begin - bodies[i].span.end);
        if (gap.starts_with("(") && gap.size() < 90) gap.remove_prefix(std::min(gap.size(), gap.find(')') == std::string_view::npos ? 0 : gap.find(')') + 1));
        for (const std::string_view sign : {"와 ", "과 ", ", ", "·", " 및 ", " and ", ", and ", " and the "}) {
            if (gap == sign) return true;
        }
        return false;
    };
    Row row{at, at + 1};
    while (row.begin > 0 && near(row.begin - 1)) --row.begin;
    while (row.end < bodies.size() && near(row.end - 1)) ++row.end;
    return row;
}

// "A와 B는 각각 45억원과 90억원을", "A and B ... with 3 billion won and 2 billion won": the share in the order of
// the names; null: the sentence has no such order.
const Money* FundingAmounts::share_in_order(const Judged& fact, const std::vector<Body>& bodies, const std::vector<const Money*>& money) const {
    const std::string_view text = document_.text;
    const ByteSpan sentence = document_.sentences[fact.relation.sentence].span;
    const bool each = holds(text, sentence, "각각") || holds(text, sentence, "respectively");
    std::vector<const Money*> shares;  // a row of amounts of which the last is joined by 과 or and
    bool joined = false;
    for (const Money* one : money) {
        if (!shares.empty()) {
            const std::string_view gap = text.substr(shares.back()->span.end, one->span.begin - shares.back()->span.end);
            if (gap != "과 " && gap != "과 약 " && gap != ", " && gap != " and " && gap != " 및 " && gap != ", and ") {
                if (joined) break;
                shares.clear();
            } else {
                joined = joined || each || gap != ", ";
            }
        }
        shares.push_back(one);
    }
    if (!joined || shares.size() < 2) return nullptr;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        if (bodies[i].span.begin >= shares.front()->span.begin) break;
        if (bodies[i].entity != fact.relation.source && bodies[i].entity != fact.relation.target) continue;
        const Row row = row_around(bodies, i);
        if (row.end - row.begin == shares.size() && (each || shares.size() == 2)) return shares[i - row.begin];
    }
    return nullptr;
}

// The only amount of a sentence beside the stating one that somebody may pay; null: none or several.
const Money* FundingAmounts::only_amount(std::uint32_t sentence, EntityType payer) const {
    const Money* only = nullptr;
    for (const Money& money : document_.money) {
        if (money.sentence != sentence || money.krw < 10000000 || by_role(money.role, payer) < -1000) continue;
        if (only != nullptr) return nullptr;
        only = &money;
    }
    return only;
}

// How near the amount stands to a name of the payer; to the thing where the payer is left out.
long FundingAmounts::nearness(const Judged& fact, const std::vector<Body>& bodies, const std::vector<const Money*>& all, const Money& money) const {
    const std::string_view text = document_.text;
    // "58억원은 도와 시가 29억원씩": the sum is no share of the one right behind it.
    const bool shared_later = std::any_of(all.begin(), all.end(), [&](const Money* m) { return m->span.begin > money.span.end && is_for_each(text, m->span); });
    const auto score = [&](ByteSpan name) {
        const bool behind = money.span.begin >= name.end;
        const long gap = behind ? static_cast<long>(money.span.begin) - static_cast<long>(name.end) : static_cast<long>(name.begin) - static_cast<long>(money.span.end);
        long sum = -std::min<long>(gap, 900) - (behind ? 0 : 250);
        if (right_behind(text, name, money.span)) sum += 4000;
        if (!shared_later && right_before(text, money.span, name)) sum += 4000;
        return sum;
    };
    bool named = !fact.source_left_out;
    long best = named ? score(fact.source_span) : -1000000;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        if (bodies[i].entity != fact.relation.source) continue;
        named = true;
        best = std::max(best, score(bodies[i].span));
        const ByteSpan last = bodies[row_around(bodies, i).end - 1].span;  // what a row gives, each of it gives
        if (last.begin != bodies[i].span.begin) best = std::max(best, score(last) - 100);
    }
    if (named) return best;
    if (!fact.target_left_out) return -std::min<long>(std::abs(static_cast<long>(money.span.begin) - static_cast<long>(fact.target_span.begin)), 900);
    return -static_cast<long>(money.span.begin - document_.sentences[fact.relation.sentence].span.begin) / 4;
}

// The payer's part where the sentence divides the sum.
std::int64_t FundingAmounts::part_of(const Money& sum, const Judged& fact, const std::vector<Body>& bodies, const std::vector<const Money*>& money) const {
    const std::string_view text = document_.text;
    const std::uint32_t end = document_.sentences[fact.relation.sentence].span.end;
    const std::string_view rest = text.substr(sum.span.end, end - std::min(sum.span.end, end));
    for (const std::string_view half : {"절반은", "절반을", "절반씩", "절반,", "반씩", "반반", "paying half", "half each", "split equally", "in equal parts"}) {
        const std::size_t at = rest.find(half);
        if (at == std::string_view::npos || at >= 110) continue;
        const bool other = std::any_of(money.begin(), money.end(), [&](const Money* m) {
            return m->span.begin > sum.span.end && m->span.begin < sum.span.end + at;
        });
        if (!other) return sum.krw / 2;
    }
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        if (bodies[i].entity != fact.relation.source || bodies[i].span.begin < sum.span.end) continue;
        const Row row = row_around(bodies, i);
        const std::uint32_t from = bodies[row.end - 1].span.end;
        const std::vector<int> parts = ratio_in(text.substr(from, std::min<std::uint32_t>(30, end - std::min(from, end))));
        if (parts.size() != row.end - row.begin) continue;
        std::int64_t all = 0;
        for (const int part : parts) all += part;
        const std::int64_t part = parts[i - row.begin];
        return sum.krw / all * part + sum.krw % all * part / all;
    }
    return sum.krw;
}

std::optional<std::int64_t> FundingAmounts::of(const Judged& fact) const {
    const std::uint32_t s = fact.relation.sentence;
    const EntityType payer = linked_.entities[fact.relation.source].type;
    const std::string_view text = document_.text;
    const std::vector<Body> bodies = bodies_in(s);
    const std::vector<const Money*> all = money_in(s);
    if (const Money* share = share_in_order(fact, bodies, all)) return share->krw;
    const bool target_has_its_own = !fact.target_left_out && std::any_of(all.begin(), all.end(), [&](const Money* m) {
        return right_behind(text, fact.target_span, m->span);
    });
    const Money* best = nullptr;
    long best_score = -1000000;
    for (const Money* money : all) {
        long score = by_role(money->role, payer) + around_amount(text, money->span, payer) + nearness(fact, bodies, all, *money);
        if (money->role == MoneyRole::kMunicipal && !own_municipal(text, money->span, linked_.entities[fact.relation.source].name)) score -= 4000;
        if (is_for_each(text, money->span)) score += 1500;
        if (target_has_its_own && right_behind(text, fact.target_span, money->span)) score += 1500;
        else if (!fact.target_left_out && money->span.begin >= fact.target_span.end && money->span.begin - fact.target_span.end < 36) score += 300;
        if (best != nullptr && money->span.begin - best->span.end <= 4 && text.substr(best->span.end, 6) == "에서" &&
            best_score > -4000) score = best_score + 1;  // raised from the one to the other
        if (score > best_score) {
            best = money;
            best_score = score;
        }
    }
    if (best == nullptr) {  // the sum may stand in the sentence beside
        for (const std::uint32_t beside : {s + 1, s - 1}) {
            if (beside >= document_.sentences.size() || !document_.sentences[beside].useful()) continue;
            if (const Money* only = only_amount(beside, payer)) return only->krw;
        }
        return std::nullopt;
    }
    if (best_score < -4000) return std::nullopt;
    return part_of(*best, fact, bodies, all);
}

}  // namespace maek::extract
