#include "extract/relation/decide.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace maek::extract {
float probability(float log_odds) { return 1.0f / (1.0f + std::exp(-log_odds)); }

namespace {

// "시는 12억원을 들여 한빛센터를 짓는다": what the sentence names is meant, and not also what it leaves out.
bool names_its_target(RelationKind kind) { return kind == RelationKind::kFunds || kind == RelationKind::kLeads || kind == RelationKind::kParticipatesIn; }

}  // namespace

std::vector<Judged> without_contradictions(std::vector<Judged> facts) {
    std::set<std::tuple<int, std::uint32_t, std::uint32_t>> taken;
    std::set<std::pair<std::uint32_t, std::uint32_t>> part_of;
    std::set<std::tuple<int, std::uint32_t, std::uint32_t>> said_of_named;  // kind, source, sentence: of a target that stands there
    std::unordered_map<std::uint32_t, int> posts;
    const auto has = [&](RelationKind kind, std::uint32_t s, std::uint32_t t) {
        return taken.count({static_cast<int>(kind), s, t}) != 0;
    };
    for (const Judged& fact : facts) {
        if (fact.relation.kind == RelationKind::kPartOf) part_of.insert({fact.relation.source, fact.relation.target});
    }
    std::vector<Judged> kept;
    for (Judged& fact : facts) {
        const auto [kind, s, t] = std::tuple(fact.relation.kind, fact.relation.source, fact.relation.target);
        bool good = true;
        switch (kind) {
            case RelationKind::kLeads: good = !has(RelationKind::kParticipatesIn, s, t) && !has(RelationKind::kLeads, t, s); break;
            case RelationKind::kParticipatesIn: good = !has(RelationKind::kLeads, s, t); break;
            case RelationKind::kLocatedIn: good = !has(RelationKind::kPartOf, s, t) && !has(RelationKind::kLocatedIn, t, s); break;
            case RelationKind::kPartOf:
                good = !has(RelationKind::kLocatedIn, s, t) && !has(RelationKind::kPartOf, t, s);
                break;
            case RelationKind::kMemberOf: good = !has(RelationKind::kMemberOf, t, s); break;
            case RelationKind::kCommissions: good = !has(RelationKind::kCommissions, t, s); break;
            case RelationKind::kWorksFor: good = posts[s] == 0 || (posts[s] == 1 && fact.log_odds > 1.0f); break;
            default: break;
        }
        const std::tuple said{static_cast<int>(kind), s, fact.relation.sentence};
        if (names_its_target(kind) && fact.target_left_out && said_of_named.count(said) != 0) good = false;
        if (!good) continue;
        if (!fact.target_left_out) said_of_named.insert(said);
        if (kind == RelationKind::kWorksFor) ++posts[s];
        taken.insert({static_cast<int>(kind), s, t});
        kept.push_back(std::move(fact));
    }
    // A place that lies in another one of the same thing says enough.
    std::erase_if(kept, [&](const Judged& fact) {
        if (fact.relation.kind != RelationKind::kLocatedIn && fact.relation.kind != RelationKind::kPartOf) return false;
        for (const Judged& other : kept) {
            if (other.relation.kind != fact.relation.kind || other.relation.source != fact.relation.source ||
                other.relation.target == fact.relation.target || other.relation.sentence != fact.relation.sentence) continue;
            if (part_of.count({other.relation.target, fact.relation.target}) != 0) return true;
        }
        return false;
    });
    return kept;
}

std::vector<Judged> judged_facts(const Judge& judge) {
    std::vector<Judged> facts;
    facts.reserve(judge.facts().size());
    for (const Fact& fact : judge.facts()) {
        const JudgedPair& pair = judge.pairs()[fact.pair];
        Judged judged;
        judged.log_odds = fact.log_odds;
        judged.relation.kind = fact.kind;
        judged.relation.source = pair.source;
        judged.relation.target = pair.target;
        judged.relation.sentence = pair.sentence;
        judged.relation.confidence = probability(judged.log_odds);
        judged.source_span = pair.source_span;
        judged.target_span = pair.target_span;
        judged.source_left_out = pair.source_left_out;
        judged.target_left_out = pair.target_left_out;
        facts.push_back(std::move(judged));
    }
    std::sort(facts.begin(), facts.end(), [](const Judged& a, const Judged& b) {
        if (a.log_odds != b.log_odds) return a.log_odds > b.log_odds;
        return std::tuple(a.relation.kind, a.relation.source, a.relation.target) <
               std::tuple(b.relation.kind, b.relation.source, b.relation.target);
    });
    return facts;
}

void round_out_agreements(std::vector<Judged>& facts) {
    std::map<std::uint32_t, std::vector<std::size_t>> by_sentence;
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (facts[i].relation.kind == RelationKind::kPartnersWith) by_sentence[facts[i].relation.sentence].push_back(i);
    }
    for (const auto& [sentence, list] : by_sentence) {
        std::map<std::uint32_t, std::uint32_t> parent;
        const auto root = [&](std::uint32_t e) {
            while (parent.count(e) != 0 && parent[e] != e) e = parent[e];
            return e;
        };
        for (const std::size_t i : list) {
            const auto& r = facts[i].relation;
            parent.try_emplace(r.source, r.source);
            parent.try_emplace(r.target, r.target);
            if (facts[i].log_odds > 0.4f) parent[root(r.source)] = root(r.target);
        }
        std::map<std::uint32_t, std::pair<float, int>> means;
        for (const std::size_t i : list) {
            const auto& r = facts[i].relation;
            if (root(r.source) != root(r.target)) continue;
            auto& [sum, count] = means[root(r.source)];
            sum += facts[i].log_odds;
            ++count;
        }
        for (const std::size_t i : list) {
            Judged& fact = facts[i];
            if (root(fact.relation.source) != root(fact.relation.target)) continue;
            const auto& [sum, count] = means[root(fact.relation.source)];
            if (count < 2) continue;
            fact.log_odds = 0.4f * fact.log_odds + 0.6f * sum / static_cast<float>(count);
            fact.relation.confidence = probability(fact.log_odds);
        }
    }
    std::stable_sort(facts.begin(), facts.end(), [](const Judged& a, const Judged& b) { return a.log_odds > b.log_odds; });
}

namespace {

// Is the name the giver of an order that somebody else receives: "누리전자로부터 ... 위탁받았다"?
bool gives_order(std::string_view text, ByteSpan name, std::uint32_t end) {
    if (name.empty() || name.end >= end) return false;
    std::string_view rest = text.substr(name.end, end - name.end);
    for (const std::string_view sign : {"’", "”", ")", " 측", "㈜", "(주)"}) {
        if (rest.starts_with(sign)) rest.remove_prefix(sign.size());
    }
    bool from = false;
    for (const std::string_view particle : {"으로부터 ", "로부터 ", "에게서 ", "에서 "}) from = from || rest.starts_with(particle);
    if (!from) return false;
    for (const std::string_view verb : {"위탁받", "위탁을 받", "의뢰받", "의뢰를 받", "발주받", "용역을 받", "수탁", "수주"}) {
        const std::size_t at = rest.find(verb);
        if (at != std::string_view::npos && rest.substr(0, at).find("다. ") == std::string_view::npos && at < 150) return true;
    }
    return false;
}

}  // namespace

void turn_orders_received(const Document& document, std::vector<Judged>& facts) {
    bool turned = false;
    for (Judged& fact : facts) {
        if (fact.relation.kind != RelationKind::kCommissions) continue;
        const std::uint32_t end = document.sentences[fact.relation.sentence].span.end;
        if (!gives_order(document.text, fact.target_span, end) || gives_order(document.text, fact.source_span, end)) continue;
        std::swap(fact.relation.source, fact.relation.target);
        std::swap(fact.source_span, fact.target_span);
        std::swap(fact.source_left_out, fact.target_left_out);
        turned = true;
    }
    if (!turned) return;
    std::set<std::pair<std::uint32_t, std::uint32_t>> taken;  // facts are sorted: the surest stays
    std::erase_if(facts, [&](const Judged& fact) {
        return fact.relation.kind == RelationKind::kCommissions && !taken.insert({fact.relation.source, fact.relation.target}).second;
    });
}

std::vector<Judged> settle(std::vector<Judged> facts, const RelationScores& thresholds) {
    std::erase_if(facts, [&](const Judged& fact) {
        return fact.relation.confidence < thresholds[static_cast<std::size_t>(fact.relation.kind)];
    });
    return without_contradictions(std::move(facts));
}

}  // namespace maek::extract
