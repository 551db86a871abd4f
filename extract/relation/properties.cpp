#include "extract/relation/properties.h"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include "extract/relation/posts.h"

namespace maek::extract {
namespace {

// The word that begins at or after `at`, up to a blank.
std::string_view word_at(std::string_view text, std::size_t at, std::size_t end) {
    while (at < end && text[at] == ' ') ++at;
    std::size_t to = at;
    while (to < end && text[to] != ' ' && text[to] != '\n') ++to;
    return text.substr(at, to - at);
}

std::string_view without_signs(std::string_view word) {
    static constexpr std::string_view kSigns[] = {",", ".", ")", "(", "’", "‘", "“", "”", "\"", "'", ":", "·"};
    bool again = true;
    while (again) {
        again = false;
        for (std::string_view sign : kSigns) {
            if (word.ends_with(sign)) {
                word.remove_suffix(sign.size());
                again = true;
            }
            if (word.starts_with(sign)) {
                word.remove_prefix(sign.size());
                again = true;
            }
        }
    }
    return word;
}

bool is_region(EntityType type) { return type == EntityType::kCity || type == EntityType::kProvince; }

// What the words at an amount say for or against this payer: a sum of which parts follow ("총 405억원 중"),
// a share that is called by its payer behind it ("105억원은 시비"), money of the regions ("지방비 149억원").
long around_amount(std::string_view text, ByteSpan money, EntityType payer) {
    const std::string_view behind = text.substr(money.end, 30);
    const std::uint32_t reach = std::min<std::uint32_t>(money.begin, 24);
    const std::string_view before = text.substr(money.begin - reach, reach);
    const bool city = payer == EntityType::kCity, province = payer == EntityType::kProvince;
    long score = 0;
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
    if (money.begin < name.end || money.begin - name.end > 12) return false;
    const std::string_view gap = text.substr(name.end, money.begin - name.end);
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

}  // namespace

std::string PropertyReader::role(const Judged& fact) const {
    const std::string_view text = document_.text;
    const std::uint32_t end = document_.sentences[fact.relation.sentence].span.end;
    if (document_.sentences[fact.relation.sentence].korean) {
        if (std::string post = stated_post(document_, words_, fact); !post.empty()) return post;
    } else if (std::string post = english_post(document_, fact); !post.empty()) {
        return post;
    }
    const auto [first, last] = document_.mentions_of(fact.relation.sentence);
    const auto is_name = [&](std::string_view word) {  // of a body: "생산기술연구원에서" is no post
        const auto at = static_cast<std::uint32_t>(word.data() - text.data());
        return std::any_of(document_.mentions.begin() + first, document_.mentions.begin() + last, [&](const Mention& m) {
            return m.type != EntityType::kPerson && m.span.contains({at, at + static_cast<std::uint32_t>(word.size())});
        });
    };
    for (std::uint32_t m = first; m < last; ++m) {
        const Mention& mention = document_.mentions[m];
        if (mention.span.begin == fact.source_span.begin && !mention.title.empty()) return std::string(document_.view(mention.title));
    }
    const auto title_in = [&](std::string_view word) -> std::string {
        word = without_signs(word);
        for (const std::size_t cut : {0, 3, 6, 9}) {  // a particle may follow
            if (word.size() <= cut) break;
            const std::string_view base = word.substr(0, word.size() - cut);
            if (cut != 0 && words_.role(word.substr(word.size() - cut)) == Role::kOther) continue;
            if (is_name(base)) continue;
            if (words_.is_title(base)) return std::string(base);
            const std::string_view title = words_.title_at_end(base);
            if (!title.empty()) return std::string(base.size() <= 30 ? base : title);
        }
        return {};
    };
    const std::uint32_t person_end = fact.source_span.end, body_end = fact.target_span.end;
    // Behind the later of the two, then behind the person, then the rest of the body's word.
    for (const std::uint32_t from : {std::max(person_end, body_end), person_end, body_end}) {
        if (from >= end) continue;
        std::size_t at = from;
        for (int k = 0; k < 3; ++k) {
            const std::string_view word = word_at(text, at, end);
            if (word.empty()) break;
            std::string title = title_in(word);
            if (!title.empty()) return title;
            at = static_cast<std::size_t>(word.data() - text.data()) + word.size();
        }
    }
    return {};
}

// "A와 B는 각각 45억원과 90억원을", "A and B ... with 3 billion won and 2 billion won": the share in the order of
// the names; null: the sentence has no such order.
const Money* PropertyReader::share_in_order(const Judged& fact) const {
    const std::uint32_t s = fact.relation.sentence;
    const ByteSpan sentence = document_.sentences[s].span;
    const std::string_view text = document_.text;
    std::vector<const Money*> shares;  // a row of amounts of which the last is joined by 과 or and
    bool joined = false;
    for (const Money& money : document_.money) {
        if (money.sentence != s || money.krw <= 0) continue;
        if (!shares.empty()) {
            const std::string_view gap = text.substr(shares.back()->span.end, money.span.begin - shares.back()->span.end);
            if (gap != "과 " && gap != "과 약 " && gap != ", " && gap != " and " && gap != " 및 " && gap != ", and ") {
                if (joined) break;
                shares.clear();
            } else {
                joined = joined || gap != ", ";
            }
        }
        shares.push_back(&money);
    }
    if (!joined || shares.size() < 2) return nullptr;
    const std::uint32_t row = shares.front()->span.begin;
    const auto find_each = [&](std::string_view word) {
        const std::size_t at = text.find(word, sentence.begin);
        return at != std::string_view::npos && at < sentence.end;
    };
    const bool each = find_each("각각") || find_each("respectively");
    for (const auto& [span, left_out] : {std::pair{fact.source_span, fact.source_left_out}, std::pair{fact.target_span, fact.target_left_out}}) {
        if (left_out || span.begin >= row) continue;
        // The names in front that are joined to this one.
        std::vector<ByteSpan> names = {span};
        const auto [first, last] = document_.mentions_of(s);
        for (std::uint32_t m = first; m < last; ++m) {
            const Mention& mention = document_.mentions[m];
            if (mention.span.begin >= row || mention.type == EntityType::kPerson || mention.type == EntityType::kIndustry) continue;
            if (mention.span.begin > 0 && text[mention.span.begin - 1] == '(') continue;
            if (!mention.span.overlaps(span)) names.push_back(mention.span);
        }
        std::sort(names.begin(), names.end());
        auto at = static_cast<std::size_t>(std::find(names.begin(), names.end(), span) - names.begin());
        const auto near = [&](std::size_t i) {
            std::string_view gap = text.substr(names[i].end, names[i + 1].begin - names[i].end);
            if (gap.starts_with("(") && gap.size() < 90) gap.remove_prefix(std::min(gap.size(), gap.find(')') == std::string_view::npos ? 0 : gap.find(')') + 1));
            for (const std::string_view sign : {"와 ", "과 ", ", ", "·", " 및 ", " and ", ", and ", " and the "}) {
                if (gap == sign) return true;
            }
            return false;
        };
        std::size_t begin = at, end = at + 1;
        while (begin > 0 && near(begin - 1)) --begin;
        while (end < names.size() && near(end - 1)) ++end;
        if (end - begin == shares.size() && (each || shares.size() == 2)) return shares[at - begin];
    }
    return nullptr;
}

// The only amount of a sentence beside the stating one that somebody may pay; null: none or several.
const Money* PropertyReader::only_amount(std::uint32_t sentence, EntityType payer) const {
    const Money* only = nullptr;
    for (const Money& money : document_.money) {
        if (money.sentence != sentence || money.krw < 10000000 || by_role(money.role, payer) < -1000) continue;
        if (only != nullptr) return nullptr;
        only = &money;
    }
    return only;
}

std::optional<std::int64_t> PropertyReader::amount(const Judged& fact) const {
    const std::uint32_t s = fact.relation.sentence;
    const EntityType payer = linked_.entities[fact.relation.source].type;
    const std::string_view text = document_.text;
    if (const Money* share = share_in_order(fact)) return share->krw;
    const Money* best = nullptr;
    long best_score = -1000000;
    bool target_has_its_own = false;
    for (const Money& money : document_.money) {
        if (money.sentence == s && money.krw > 0 && !fact.target_left_out && right_behind(text, fact.target_span, money.span)) target_has_its_own = true;
    }
    for (const Money& money : document_.money) {
        if (money.sentence < s) continue;
        if (money.sentence > s) break;
        if (money.krw <= 0) continue;
        long score = by_role(money.role, payer) + around_amount(text, money.span, payer);
        if (money.role == MoneyRole::kMunicipal && !own_municipal(text, money.span, linked_.entities[fact.relation.source].name)) score -= 4000;
        if (text.substr(0, money.span.begin).ends_with("각 ")) score += 1500;
        if (!fact.source_left_out) {
            const bool behind = money.span.begin >= fact.source_span.end;
            const long gap = behind ? static_cast<long>(money.span.begin) - static_cast<long>(fact.source_span.end)
                                    : static_cast<long>(fact.source_span.begin) - static_cast<long>(money.span.end);
            score -= std::min<long>(gap, 900) + (behind ? 0 : 250);
            if (right_behind(text, fact.source_span, money.span)) score += 4000;
            if (right_before(text, money.span, fact.source_span)) score += 4000;
        } else if (!fact.target_left_out) {
            const long gap = std::abs(static_cast<long>(money.span.begin) - static_cast<long>(fact.target_span.begin));
            score -= std::min<long>(gap, 900);
        } else {
            score -= static_cast<long>(money.span.begin - document_.sentences[s].span.begin) / 4;
        }
        if (target_has_its_own && right_behind(text, fact.target_span, money.span)) score += 1500;
        else if (!fact.target_left_out && money.span.begin >= fact.target_span.end && money.span.begin - fact.target_span.end < 36) score += 300;
        if (best != nullptr && money.span.begin - best->span.end <= 4 && text.substr(best->span.end, 6) == "에서" &&
            best_score > -4000) score = best_score + 1;  // raised from the one to the other
        if (score > best_score) {
            best = &money;
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
    // "36억원 가운데 절반은 환경부가", "12 billion won, half each"
    const std::string_view rest = text.substr(best->span.end, document_.sentences[s].span.end - std::min(best->span.end, document_.sentences[s].span.end));
    for (const std::string_view half : {"절반은", "paying half", "half each", "split equally", "in equal parts"}) {
        const std::size_t at = rest.find(half);
        if (at != std::string_view::npos && at < 90) return best->krw / 2;
    }
    return best->krw;
}

std::string PropertyReader::subject(const Judged& fact) const {
    const Sentence& sentence = document_.sentences[fact.relation.sentence];
    const std::string_view text = document_.view(sentence.span);
    std::size_t at = std::string_view::npos;
    for (std::string_view stem : {"위탁", "의뢰", "발주", "용역", "맡", "수탁", "수주"}) at = std::min(at, text.find(stem));
    if (at == std::string_view::npos) return {};
    // The last phrase before it that ends with an object particle.
    std::size_t end = std::string_view::npos;
    for (std::size_t i = 0; i + 3 <= at; ++i) {
        const std::string_view here = text.substr(i);
        if ((here.starts_with("을 ") || here.starts_with("를 ")) && i > 0) end = i;
    }
    if (end == std::string_view::npos) return {};
    std::size_t begin = end;
    int words = 0;
    while (begin > 0 && words < 4) {
        std::size_t from = text.rfind(' ', begin - 1);
        from = from == std::string_view::npos ? 0 : from + 1;
        const std::string_view word = text.substr(from, begin - from);
        const bool stops = words > 0 && (word.ends_with("는") || word.ends_with("은") || word.ends_with("가") || word.ends_with("이") ||
                                         word.ends_with(",") || word.ends_with("에") || word.ends_with("로부터") || word.ends_with("에게서") || word.ends_with("에서") || word.ends_with("뒤") || word.ends_with("고"));
        if (stops) break;
        begin = from;
        ++words;
        if (begin == 0) break;
        --begin;
    }
    while (begin < end && text[begin] == ' ') ++begin;
    return std::string(text.substr(begin, end - begin));
}

std::string PropertyReader::date(const Judged& fact) const {
    for (const DateMention& date : document_.dates) {
        if (date.sentence < fact.relation.sentence) continue;
        if (date.sentence > fact.relation.sentence) break;
        if (date.iso.size() >= 7) return date.iso;
    }
    return {};
}

void PropertyReader::read(Judged& fact) const {
    switch (fact.relation.kind) {
        case RelationKind::kWorksFor: fact.relation.role = role(fact); break;
        case RelationKind::kFunds: fact.relation.amount_krw = amount(fact); break;
        case RelationKind::kCommissions: fact.relation.subject = subject(fact); break;
        case RelationKind::kPartnersWith:
        case RelationKind::kMemberOf:
        case RelationKind::kLeads: fact.relation.date = date(fact); break;
        default: break;
    }
}

}  // namespace maek::extract
