#include "extract/relation/funding_amounts.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "extract/link/references.h"
#include "extract/relation/amount_signs.h"
#include "extract/relation/scene.h"

namespace maek::extract {

using namespace amount_signs;

namespace {

constexpr std::int64_t kLeastShare = 10'000'000;  // in a sentence that does not state the fact: less is a price or a fee
constexpr long kOwnPurse = 3000;    // by_role() of 도비 for a province, 시비 for a city
constexpr long kHopeless = -4000;   // no funding, or another's

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

FundingAmounts::Said FundingAmounts::said_in(std::uint32_t sentence) const {
    const ByteSpan span = document_.sentences[sentence].span;
    const auto before = [](const Body& b, std::uint32_t at) { return b.span.begin < at; };
    const auto first = std::lower_bound(bodies_.begin(), bodies_.end(), span.begin, before);
    Said said{{first, std::lower_bound(first, bodies_.end(), span.end, before)}, {}};
    for (const Money& money : document_.money) {
        if (money.sentence == sentence && money.krw > 0) said.money.push_back(&money);
    }
    return said;
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
const Money* FundingAmounts::share_in_order(const Judged& fact, const Said& said) const {
    const std::string_view text = document_.text;
    const ByteSpan sentence = document_.sentences[fact.relation.sentence].span;
    const bool each = holds(text, sentence, "각각") || holds(text, sentence, "respectively");
    std::vector<const Money*> shares;  // a row of amounts of which the last is joined by 과 or and
    bool joined = false;
    for (const Money* one : said.money) {
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
    for (std::size_t i = 0; i < said.bodies.size(); ++i) {
        if (said.bodies[i].span.begin >= shares.front()->span.begin) break;
        if (said.bodies[i].entity != fact.relation.source && said.bodies[i].entity != fact.relation.target) continue;
        const Row row = row_around(said.bodies, i);
        if (row.end - row.begin == shares.size() && (each || shares.size() == 2)) return shares[i - row.begin];
    }
    return nullptr;
}

// The only amount of a sentence beside the stating one that somebody may pay; null: none or several.
const Money* FundingAmounts::only_amount(std::uint32_t sentence, EntityType payer) const {
    const Money* only = nullptr;
    for (const Money& money : document_.money) {
        if (money.sentence != sentence || money.krw < kLeastShare || by_role(money.role, payer) < -1000) continue;
        if (only != nullptr) return nullptr;
        only = &money;
    }
    return only;
}

// Does the name begin the clause in which it gives the amount, with nobody else and no other amount between?
bool FundingAmounts::in_clause_of(ByteSpan name, std::uint32_t target, const Said& said, const Money& money) const {
    const std::string_view text = document_.text;
    if (money.span.begin < name.end || money.span.begin - name.end > 90 || is_divided(text, money.span)) return false;
    std::string_view gap = text.substr(name.end, money.span.begin - name.end);
    if (gap.starts_with("(") && gap.find(')') != std::string_view::npos) gap.remove_prefix(gap.find(')') + 1);
    if (!begins_clause(gap) || crosses_clause(gap)) return false;
    const auto between = [&](ByteSpan span) { return span.begin >= name.end && span.end <= money.span.begin; };
    return std::none_of(said.bodies.begin(), said.bodies.end(), [&](const Body& b) { return b.entity != target && between(b.span); }) &&
           std::none_of(said.money.begin(), said.money.end(), [&](const Money* m) { return between(m->span); });
}

// How near the amount stands to a name of the payer; to the thing where the payer is left out.
long FundingAmounts::nearness(const Judged& fact, const Said& said, const Money& money) const {
    const std::string_view text = document_.text;
    // "58억원은 도와 시가 29억원씩": the sum is no share of the one right behind it.
    const bool shared_later = std::any_of(said.money.begin(), said.money.end(), [&](const Money* m) { return m->span.begin > money.span.end && is_for_each(text, m->span); });
    const bool other_purse = by_role(money.role, linked_.entities[fact.relation.source].type) < -1000;  // "시는 도비 40억원과"
    const auto score = [&](ByteSpan name) {
        const bool behind = money.span.begin >= name.end;
        const long gap = behind ? static_cast<long>(money.span.begin) - static_cast<long>(name.end) : static_cast<long>(name.begin) - static_cast<long>(money.span.end);
        long sum = -std::min<long>(gap, 900) - (behind ? 0 : 250);
        if (right_behind(text, name, money.span)) sum += 4000;
        else if (!other_purse && in_clause_of(name, fact.relation.target, said, money)) sum += 3000;
        if (!shared_later && right_before(text, money.span, name)) sum += 4000;
        return sum;
    };
    bool named = !fact.source_left_out;
    long best = named ? score(fact.source_span) : -1000000;
    for (std::size_t i = 0; i < said.bodies.size(); ++i) {
        if (said.bodies[i].entity != fact.relation.source) continue;
        named = true;
        best = std::max(best, score(said.bodies[i].span));
        const ByteSpan last = said.bodies[row_around(said.bodies, i).end - 1].span;  // what a row gives, each of it gives
        if (last.begin != said.bodies[i].span.begin) best = std::max(best, score(last) - 100);
    }
    if (named) return best;
    if (!fact.target_left_out) return -std::min<long>(std::abs(static_cast<long>(money.span.begin) - static_cast<long>(fact.target_span.begin)), 900);
    return -static_cast<long>(money.span.begin - document_.sentences[fact.relation.sentence].span.begin) / 4;
}

// The payer's part where the sentence divides the sum.
std::int64_t FundingAmounts::part_of(const Money& sum, const Judged& fact, const Said& said) const {
    const std::string_view text = document_.text;
    const std::uint32_t end = document_.sentences[fact.relation.sentence].span.end;
    const std::string_view rest = text.substr(sum.span.end, end - std::min(sum.span.end, end));
    for (const std::string_view half : {"절반은", "절반을", "절반씩", "절반,", "반씩", "반반", "paying half", "half each", "split equally", "in equal parts"}) {
        const std::size_t at = rest.find(half);
        if (at == std::string_view::npos || at >= 110 || rest.substr(at + half.size()).starts_with(" 넘")) continue;
        const bool other = std::any_of(said.money.begin(), said.money.end(), [&](const Money* m) {
            return m->span.begin > sum.span.end && m->span.begin < sum.span.end + at;
        });
        if (!other) return sum.krw / 2;
    }
    for (std::size_t i = 0; i < said.bodies.size(); ++i) {
        if (said.bodies[i].entity != fact.relation.source || said.bodies[i].span.begin < sum.span.end) continue;
        const Row row = row_around(said.bodies, i);
        const std::uint32_t from = said.bodies[row.end - 1].span.end;
        const std::vector<int> parts = ratio_in(text.substr(from, std::min<std::uint32_t>(30, end - std::min(from, end))));
        if (parts.size() != row.end - row.begin) continue;
        std::int64_t all = 0;
        for (const int part : parts) all += part;
        const std::int64_t part = parts[i - row.begin];
        return sum.krw / all * part + sum.krw % all * part / all;
    }
    return sum.krw;
}

// Do the words say that the payer alone gives the amount, and not with others of a row?
bool FundingAmounts::is_his_alone(const Judged& fact, const Said& said, const Money& money) const {
    const DocumentEntity& payer = linked_.entities[fact.relation.source];
    const std::string_view text = document_.text;
    if (by_role(money.role, payer.type) >= kOwnPurse || by_bare_noun(text, money.span, payer.name) > 0 || is_for_each(text, money.span)) return true;
    for (std::size_t i = 0; i < said.bodies.size(); ++i) {
        if (said.bodies[i].entity != fact.relation.source) continue;
        const Row row = row_around(said.bodies, i);
        if (row.end - row.begin > 1) continue;
        if (right_behind(text, said.bodies[i].span, money.span) || right_before(text, money.span, said.bodies[i].span) ||
            in_clause_of(said.bodies[i].span, fact.relation.target, said, money)) return true;
    }
    return false;
}

// Does somebody else than the payer give the amount by name, right behind ("부산TP가 3억원을"), alone?
bool FundingAmounts::is_of_another(const Judged& fact, const Said& said, const Money& money) const {
    bool other = false;
    for (std::size_t i = 0; i < said.bodies.size(); ++i) {
        if (!right_behind(document_.text, said.bodies[i].span, money.span)) continue;
        const Row row = row_around(said.bodies, i);
        for (std::size_t k = row.begin; k < row.end; ++k) {
            if (said.bodies[k].entity == fact.relation.source || said.bodies[k].entity == fact.relation.target) return false;
        }
        other = true;
    }
    return other;
}

// Is the sentence about the fact's thing, as far as can be seen? Looking for the payer's part of `sum`, it must name the
// thing or the sum; else it must name no other thing.
bool FundingAmounts::is_about(const Judged& fact, const Money* sum, const Said& said) const {
    const std::uint32_t thing = fact.relation.target;
    if (sum != nullptr && std::any_of(said.money.begin(), said.money.end(), [&](const Money* m) { return m->krw == sum->krw; })) return true;
    if (std::any_of(said.bodies.begin(), said.bodies.end(), [&](const Body& b) { return b.entity == thing; })) return true;
    if (sum != nullptr || linked_.entities[thing].type == EntityType::kCompany) return false;
    return std::none_of(said.bodies.begin(), said.bodies.end(), [&](const Body& b) { return is_thing(linked_.entities[b.entity].type); });
}

// What the sentence says this payer gives: by the money's own noun ("도비 30억원") or in the payer's clause. Null: nothing.
const Money* FundingAmounts::share_in(std::uint32_t sentence, const Judged& fact, const Money* sum) const {
    const DocumentEntity& payer = linked_.entities[fact.relation.source];
    const Said said = said_in(sentence);
    if (said.money.empty() || !is_about(fact, sum, said)) return nullptr;
    for (const Money* money : said.money) {
        const long role = by_role(money->role, payer.type);
        if (money->krw < kLeastShare || role < -1000) continue;
        if (sum != nullptr && (money->krw >= sum->krw || money->krw < sum->krw / 100)) continue;
        if (role >= kOwnPurse && (money->role != MoneyRole::kMunicipal || own_municipal(document_.text, money->span, payer.name))) return money;
        for (const Body& body : said.bodies) {
            if (body.entity != fact.relation.source) continue;
            if (right_behind(document_.text, body.span, money->span) || in_clause_of(body.span, fact.relation.target, said, *money)) return money;
        }
    }
    return nullptr;
}

// The amount that a sentence near the stating one gives the payer: its part of `sum`, or, without one, whatever it
// gives. The nearest counts, of two the later. Null: none.
const Money* FundingAmounts::told_elsewhere(const Judged& fact, const Money* sum) const {
    const std::uint32_t reach = sum == nullptr ? 12 : 5;
    for (std::uint32_t far = 1; far <= reach; ++far) {
        for (const std::uint32_t s : {fact.relation.sentence + far, fact.relation.sentence - far}) {
            if (s >= document_.sentences.size() || !document_.sentences[s].useful()) continue;
            if (const Money* share = share_in(s, fact, sum)) return share;
        }
    }
    return nullptr;
}

// How much speaks for this payer giving this amount of the stating sentence for this thing.
long FundingAmounts::fitness(const Judged& fact, const Said& said, const Money& money) const {
    const DocumentEntity& payer = linked_.entities[fact.relation.source];
    const std::string_view text = document_.text;
    long score = by_role(money.role, payer.type) + around_amount(text, money.span, payer.type) + nearness(fact, said, money) +
                 3000 * by_bare_noun(text, money.span, payer.name);
    if (money.role == MoneyRole::kMunicipal && !own_municipal(text, money.span, payer.name)) score -= 4000;
    if (is_for_each(text, money.span)) score += 1500;
    if (fact.target_left_out) return score;
    const auto of_thing = [&](const Money* m) { return right_behind(text, fact.target_span, m->span); };
    if (of_thing(&money)) score += 1500;
    else if (std::none_of(said.money.begin(), said.money.end(), of_thing) && money.span.begin >= fact.target_span.end && money.span.begin - fact.target_span.end < 36) score += 300;
    return score;
}

// "2024년과 2025년에 1억원씩 2억원", "해마다 3억원씩 15억원": what one payer gives in all, behind what it gives each time.
bool FundingAmounts::adds_up(const Judged& fact, const Said& said, const Money& each, const Money& sum) const {
    if (each.krw == 0 || sum.krw % each.krw != 0 || sum.krw / each.krw < 2 || sum.krw / each.krw > 20 || sum.span.begin < each.span.end) return false;
    const std::string_view gap = std::string_view(document_.text).substr(each.span.end, sum.span.begin - each.span.end);
    if (!gap.starts_with("씩") || gap.size() > 36) return false;
    for (std::size_t i = 0; i < said.bodies.size(); ++i) {
        const Row row = row_around(said.bodies, i);
        if (said.bodies[i].entity == fact.relation.source && row.end - row.begin > 1) return false;
    }
    return true;
}

// The amount of the sentence that fits best, null without any.
const Money* FundingAmounts::fittest(const Judged& fact, const Said& said, long& best_score) const {
    const Money* best = nullptr;
    for (const Money* money : said.money) {
        long score = fitness(fact, said, *money);
        const bool raised_to = best != nullptr && money->span.begin - best->span.end <= 4 && std::string_view(document_.text).substr(best->span.end, 6) == "에서";
        if ((raised_to || (best != nullptr && adds_up(fact, said, *best, *money))) && best_score > kHopeless) score = best_score + 1;
        if (best != nullptr && score <= best_score) continue;
        best = money;
        best_score = score;
    }
    return best;
}

std::optional<std::int64_t> FundingAmounts::of(const Judged& fact) const {
    const std::uint32_t s = fact.relation.sentence;
    const Said said = said_in(s);
    if (const Money* share = share_in_order(fact, said)) return share->krw;
    long score = 0;
    const Money* best = fittest(fact, said, score);
    if (best == nullptr) {
        if (const Money* share = told_elsewhere(fact, nullptr)) return share->krw;
        for (const std::uint32_t beside : {s + 1, s - 1}) {  // or the sum stands in the sentence beside
            if (beside >= document_.sentences.size() || !document_.sentences[beside].useful()) continue;
            if (const Money* only = only_amount(beside, linked_.entities[fact.relation.source].type)) return only->krw;
        }
        return std::nullopt;
    }
    if (score < kHopeless) return std::nullopt;
    const std::int64_t part = part_of(*best, fact, said);
    if (part != best->krw || is_his_alone(fact, said, *best)) return part;
    const Money* share = told_elsewhere(fact, is_of_another(fact, said, *best) ? nullptr : best);
    return share == nullptr ? part : share->krw;
}

}  // namespace maek::extract
