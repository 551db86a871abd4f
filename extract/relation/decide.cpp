#include "extract/relation/decide.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace maek::extract {
namespace {

std::uint64_t fact_key(RelationKind kind, std::uint32_t source, std::uint32_t target) {
    if (kind == RelationKind::kPartnersWith && source > target) std::swap(source, target);
    return (static_cast<std::uint64_t>(kind) << 60) ^ (static_cast<std::uint64_t>(source) << 30) ^ target;
}

}  // namespace

float probability(float log_odds) { return 1.0f / (1.0f + std::exp(-log_odds)); }

void Decision::offer(RelationKind kind, const Proposal& proposal, float log_odds) {
    const Occurrence& x = proposal.scene.occurrences[proposal.a];
    const Occurrence& y = proposal.scene.occurrences[proposal.b];
    const auto next = static_cast<std::uint32_t>(list_.size());
    const auto [it, fresh] = index_.try_emplace(fact_key(kind, x.entity, y.entity), next);
    if (fresh) list_.emplace_back();
    Judged& fact = list_[it->second];
    if (!fresh && fact.log_odds >= log_odds) return;
    fact.log_odds = log_odds;
    fact.relation.kind = kind;
    fact.relation.source = x.entity;
    fact.relation.target = y.entity;
    fact.relation.sentence = proposal.scene.sentence;
    fact.relation.confidence = probability(log_odds);
    fact.source_span = x.span;
    fact.target_span = y.span;
    fact.source_left_out = x.left_out();
    fact.target_left_out = y.left_out();
}

std::vector<Judged> without_contradictions(std::vector<Judged> facts) {
    std::set<std::tuple<int, std::uint32_t, std::uint32_t>> taken;
    std::set<std::pair<std::uint32_t, std::uint32_t>> part_of;
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
        if (!good) continue;
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

std::vector<Judged> Decision::settle(const RelationModel& model) const {
    std::vector<Judged> facts;
    for (const Judged& fact : list_) {
        if (fact.relation.confidence >= model.threshold(fact.relation.kind)) facts.push_back(fact);
    }
    std::sort(facts.begin(), facts.end(), [](const Judged& a, const Judged& b) {
        if (a.log_odds != b.log_odds) return a.log_odds > b.log_odds;
        return std::tuple(a.relation.kind, a.relation.source, a.relation.target) <
               std::tuple(b.relation.kind, b.relation.source, b.relation.target);
    });
    return without_contradictions(std::move(facts));
}

}  // namespace maek::extract
