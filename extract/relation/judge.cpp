#include "extract/relation/judge.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <memory_resource>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace maek::extract {
namespace {

constexpr float kLow = -12.0f;

std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) { return (static_cast<std::uint64_t>(a) << 32) | b; }

// Memory of maps that live for one call: it is not given back piece by piece.
struct Scratch {
    alignas(16) std::array<std::byte, 16384> room;
    std::pmr::monotonic_buffer_resource memory{room.data(), room.size()};
};

}  // namespace

void Judge::take(const Proposal& proposal) {
    if (proposal.scene.sentence != scene_) {
        close_scene();
        scene_ = proposal.scene.sentence;
    }
    const PairLook look = proposal.features.look(proposal.a, proposal.b);
    RelationScores scores;
    proposal.features.score(look, scorer_, scores);
    float best = kLow;
    for (std::size_t k = 0; k < kRelationKinds; ++k) {
        if ((proposal.allowed & (1u << k)) == 0) scores[k] = kLow;
        best = std::max(best, scores[k]);
    }
    if (best < kLeastScore - 1.0f) return;  // nobody would believe it
    JudgedPair& pair = pairs_.emplace_back();
    pair.scores = scores;
    const Occurrence& x = proposal.scene.occurrences[proposal.a];
    const Occurrence& y = proposal.scene.occurrences[proposal.b];
    pair.source = x.entity;
    pair.target = y.entity;
    pair.sentence = proposal.scene.sentence;
    pair.source_span = x.span;
    pair.target_span = y.span;
    pair.source_left_out = x.left_out();
    pair.target_left_out = y.left_out();
    pair.source_group = x.left_out() ? 0xFFFF : x.group;
    pair.target_group = y.left_out() ? 0xFFFF : y.group;
    pair.allowed = proposal.allowed;
    if (best < kLeastScore) return;  // no fact is read from it, it is but a neighbour of others
    pair.numbers = static_cast<std::uint32_t>(numbers_.size());
    proposal.features.numbers(look, numbers_.emplace_back());
}

void Judge::close_scene() {
    const std::size_t end = pairs_.size();
    struct Sum {
        RelationScores total{};
        RelationScores best, second;
        float count = 0;
        Sum() {
            best.fill(kLow);
            second.fill(kLow);
        }
    };
    Scratch scratch;
    std::pmr::unordered_map<std::uint64_t, Sum> mates_s(&scratch.memory), mates_t(&scratch.memory);    // (group, other end)
    std::pmr::unordered_map<std::uint32_t, Sum> rivals_s(&scratch.memory), rivals_t(&scratch.memory);  // by target, by source
    const auto add = [](Sum& sum, const JudgedPair& p) {
        for (std::size_t k = 0; k < kRelationKinds; ++k) {
            sum.total[k] += p.scores[k];
            if (p.scores[k] > sum.best[k]) {
                sum.second[k] = sum.best[k];
                sum.best[k] = p.scores[k];
            } else {
                sum.second[k] = std::max(sum.second[k], p.scores[k]);
            }
        }
        sum.count += 1;
    };
    for (std::size_t i = scene_begin_; i < end; ++i) {
        const JudgedPair& p = pairs_[i];
        add(mates_s[pair_key(p.source_group, p.target)], p);
        add(mates_t[pair_key(p.target_group, p.source)], p);
        add(rivals_s[p.target], p);
        add(rivals_t[p.source], p);
    }
    for (std::size_t i = scene_begin_; i < end; ++i) {
        JudgedPair& p = pairs_[i];
        const Sum& ms = mates_s[pair_key(p.source_group, p.target)];
        const Sum& mt = mates_t[pair_key(p.target_group, p.source)];
        const Sum& rs = rivals_s[p.target];
        const Sum& rt = rivals_t[p.source];
        for (std::size_t k = 0; k < kRelationKinds; ++k) {
            p.source_mates[k] = ms.total[k] / ms.count;
            p.target_mates[k] = mt.total[k] / mt.count;
            p.source_rival[k] = (p.scores[k] >= rs.best[k] ? rs.second[k] : rs.best[k]) - p.scores[k];
            p.target_rival[k] = (p.scores[k] >= rt.best[k] ? rt.second[k] : rt.best[k]) - p.scores[k];
        }
    }
    scene_begin_ = end;
}

std::span<const std::uint32_t> Judge::of_pair(std::uint32_t source, std::uint32_t target) const {
    const std::uint64_t key = pair_key(source, target);
    const auto found = std::lower_bound(same_pairs_.begin(), same_pairs_.end(), key, [](const SamePair& p, std::uint64_t k) { return p.key < k; });
    if (found == same_pairs_.end() || found->key != key) return {};
    return {pair_order_.data() + found->first, found->last - found->first};
}

void Judge::gather_pairs() {
    pair_order_.resize(pairs_.size());
    std::iota(pair_order_.begin(), pair_order_.end(), 0u);
    const auto key = [&](std::uint32_t i) { return pair_key(pairs_[i].source, pairs_[i].target); };
    std::sort(pair_order_.begin(), pair_order_.end(), [&](std::uint32_t a, std::uint32_t b) { return std::pair(key(a), a) < std::pair(key(b), b); });
    for (std::uint32_t i = 0; i < pair_order_.size(); ++i) {
        if (same_pairs_.empty() || same_pairs_.back().key != key(pair_order_[i])) same_pairs_.push_back({key(pair_order_[i]), i, i});
        same_pairs_.back().last = i + 1;
    }
}

void Judge::fill(std::uint32_t index) {
    Fact& fact = facts_[index];
    const std::size_t k = static_cast<std::size_t>(fact.kind);
    const JudgedPair& best = pairs_[fact.pair];
    const std::span<const std::uint32_t> same = of_pair(best.source, best.target);
    std::copy(numbers_[best.numbers].begin(), numbers_[best.numbers].end(), fact.numbers.begin());
    std::size_t n = kPairNumbers;
    const auto put = [&](float value) { fact.numbers[n++] = value; };
    put(best.scores[k]);
    float second = kLow, sum = 0;
    RelationScores most;
    most.fill(kLow);
    for (const std::uint32_t i : same) {
        const JudgedPair& p = pairs_[i];
        if (i != fact.pair) second = std::max(second, p.scores[k]);
        sum += 1.0f / (1.0f + std::exp(-p.scores[k]));
        for (std::size_t j = 0; j < kRelationKinds; ++j) most[j] = std::max(most[j], p.scores[j]);
    }
    put(second);
    put(sum);
    put(static_cast<float>(same.size()));
    for (std::size_t j = 0; j < kRelationKinds; ++j) put(j == k ? kLow : most[j]);
    float reverse = kLow, reverse_any = kLow;
    for (const std::uint32_t i : of_pair(best.target, best.source)) {
        reverse = std::max(reverse, pairs_[i].scores[k]);
        for (std::size_t j = 0; j < kRelationKinds; ++j) reverse_any = std::max(reverse_any, pairs_[i].scores[j]);
    }
    put(reverse);
    put(reverse_any);
    put(best.source_mates[k]);
    put(best.target_mates[k]);
    put(best.source_rival[k]);
    put(best.target_rival[k]);
    const TopTwo& s = by_source_[best.source][k];
    const TopTwo& t = by_target_[best.target][k];
    put((best.scores[k] >= s.best ? s.second : s.best) - best.scores[k]);
    put((best.scores[k] >= t.best ? t.second : t.best) - best.scores[k]);
    put(static_cast<float>(s.strong));
    put(static_cast<float>(t.strong));
    constexpr auto kLeads = static_cast<std::size_t>(RelationKind::kLeads);
    constexpr auto kPartners = static_cast<std::size_t>(RelationKind::kPartnersWith);
    constexpr auto kLocated = static_cast<std::size_t>(RelationKind::kLocatedIn);
    constexpr auto kFunds = static_cast<std::size_t>(RelationKind::kFunds);
    constexpr auto kMember = static_cast<std::size_t>(RelationKind::kMemberOf);
    put(by_target_[best.target][kLeads].best);
    put(by_source_[best.source][kLeads].best);
    put(by_source_[best.source][kPartners].best);
    put(by_source_[best.source][kLocated].best);
    put(by_target_[best.target][kFunds].best);
    put(by_target_[best.target][kMember].best);
    put(static_cast<float>(best.sentence));
    while (n < kPairNumbers + 36) put(0);
    fill_neighbours(index, same, fact.numbers);
}

void Judge::note_neighbours() {
    for (std::uint32_t i = 0; i < facts_.size(); ++i) {
        const JudgedPair& p = pairs_[facts_[i].pair];
        const float score = p.scores[static_cast<std::size_t>(facts_[i].kind)];
        expected_[static_cast<std::size_t>(facts_[i].kind)] += 1.0f / (1.0f + std::exp(-score));
        if (score < -4.0f) continue;
        neighbours_[p.source].emplace_back(p.target, i);
        neighbours_[p.target].emplace_back(p.source, i);
    }
}

// What the whole article says around a fact: third entities that stand to both ends, ranks, and counts.
void Judge::fill_neighbours(std::uint32_t index, std::span<const std::uint32_t> of_pair, FactNumbers& numbers) {
    const Fact& fact = facts_[index];
    const std::size_t k = static_cast<std::size_t>(fact.kind);
    const JudgedPair& best = pairs_[fact.pair];
    const float own = best.scores[k];
    int rank_source = 0, rank_target = 0, in_sentence_source = 0, in_sentence_target = 0;
    const auto gather = [&](std::uint32_t entity, bool is_source, std::vector<Third>& thirds, int& rank, int& in_sentence) {
        for (const auto& [other, i] : neighbours_[entity]) {
            const JudgedPair& p = pairs_[facts_[i].pair];
            const float score = p.scores[static_cast<std::size_t>(facts_[i].kind)];
            Third& third = thirds[other];
            if (third.fact != index) third = {index, kLow, kLow, kLow, kLow, kLow};
            third.any = std::max(third.any, score);
            if (facts_[i].kind == RelationKind::kPartnersWith) third.partner = std::max(third.partner, score);
            if (facts_[i].kind == RelationKind::kLeads && p.target == entity) third.leader = std::max(third.leader, score);
            if (facts_[i].kind == RelationKind::kPartOf && p.source == other) third.whole = std::max(third.whole, score);
            if (facts_[i].kind != fact.kind) continue;
            const bool symmetric = fact.kind == RelationKind::kPartnersWith;
            if (!symmetric && (is_source ? p.source : p.target) != entity) {
                continue;
            }
            third.same = std::max(third.same, score);
            rank += score > own ? 1 : 0;
            in_sentence += p.sentence == best.sentence && score > -1.0f ? 1 : 0;
        }
    };
    gather(best.source, true, thirds_of_source_, rank_source, in_sentence_source);
    gather(best.target, false, thirds_of_target_, rank_target, in_sentence_target);
    float both_same = kLow, source_same = kLow, target_same = kLow, both_any = kLow, with_leader = kLow, with_part = kLow;
    for (const auto& [other, i] : neighbours_[best.source]) {
        const Third &mine = thirds_of_source_[other], &theirs = thirds_of_target_[other];
        if (other == best.target || theirs.fact != index) continue;
        both_same = std::max(both_same, std::min(mine.same, theirs.same));
        source_same = std::max(source_same, std::min(mine.same, theirs.any));
        target_same = std::max(target_same, std::min(mine.any, theirs.same));
        both_any = std::max(both_any, std::min(mine.any, theirs.any));
        with_leader = std::max(with_leader, std::min(mine.partner, theirs.leader));
        with_part = std::max(with_part, std::min(mine.any, theirs.whole));
    }
    float headline = kLow;
    std::vector<std::uint32_t>& sentences = seen_sentences_;
    sentences.clear();
    for (const std::uint32_t i : of_pair) {
        if (std::find(sentences.begin(), sentences.end(), pairs_[i].sentence) == sentences.end()) sentences.push_back(pairs_[i].sentence);
        if (pairs_[i].sentence == 0) headline = std::max(headline, pairs_[i].scores[k]);
    }
    // What the sentences beside say of the same source or target.
    float source_beside = kLow, target_beside = kLow;
    const auto beside = [&](std::uint32_t entity, bool is_source, float& out) {
        for (const auto& [other, i] : neighbours_[entity]) {
            const JudgedPair& p = pairs_[facts_[i].pair];
            if (facts_[i].kind != fact.kind || i == index || (is_source ? p.source : p.target) != entity) continue;
            if (p.sentence + 1 != best.sentence && best.sentence + 1 != p.sentence) continue;
            out = std::max(out, p.scores[k]);
        }
    };
    beside(best.source, true, source_beside);
    beside(best.target, false, target_beside);
    std::size_t n = kPairNumbers + 36;
    for (const float value : {source_beside, target_beside, with_leader, with_part, both_same, source_same, target_same, both_any, headline, static_cast<float>(sentences.size()),
                              static_cast<float>(rank_source), static_cast<float>(rank_target), static_cast<float>(in_sentence_source),
                              static_cast<float>(in_sentence_target), expected_[k],
                              static_cast<float>(neighbours_[best.source].size()), static_cast<float>(neighbours_[best.target].size()),
                              static_cast<float>(by_source_[best.source][static_cast<std::size_t>(RelationKind::kLeads)].strong)}) {
        numbers[n++] = value;
    }
    while (n < kFactNumbers) numbers[n++] = 0;
}

void Judge::finish() {
    close_scene();
    gather_pairs();
    std::uint32_t entities = 0;
    for (const JudgedPair& pair : pairs_) entities = std::max({entities, pair.source + 1, pair.target + 1});
    by_source_.resize(entities);
    by_target_.resize(entities);
    neighbours_.resize(entities);
    thirds_of_source_.resize(entities);
    thirds_of_target_.resize(entities);
    const auto note = [](TopTwo& top, float score) {
        if (score > top.best) {
            top.second = top.best;
            top.best = score;
        } else {
            top.second = std::max(top.second, score);
        }
        if (score > 0) ++top.strong;
    };
    facts_.reserve(pairs_.size());
    for (const SamePair& same : same_pairs_) {
        const auto source = static_cast<std::uint32_t>(same.key >> 32), target = static_cast<std::uint32_t>(same.key);
        const std::span<const std::uint32_t> list = of_pair(source, target), other = of_pair(target, source);
        for (std::size_t k = 0; k < kRelationKinds; ++k) {
            std::uint32_t best = 0xFFFFFFFFu;
            const auto choose = [&](std::span<const std::uint32_t> among) {
                for (const std::uint32_t i : among) {
                    if ((pairs_[i].allowed & (1u << k)) == 0) continue;
                    if (best == 0xFFFFFFFFu || pairs_[i].scores[k] > pairs_[best].scores[k]) best = i;
                }
            };
            choose(list);
            if (k == static_cast<std::size_t>(RelationKind::kPartnersWith)) {  // either order is the same fact
                if (!other.empty() && target < source) continue;
                choose(other);
            }
            if (best == 0xFFFFFFFFu || pairs_[best].scores[k] < kLeastScore) continue;
            Fact fact;
            fact.kind = static_cast<RelationKind>(k);
            fact.pair = best;
            facts_.push_back(fact);
            note(by_source_[pairs_[best].source][k], pairs_[best].scores[k]);
            note(by_target_[pairs_[best].target][k], pairs_[best].scores[k]);
            if (fact.kind == RelationKind::kPartnersWith) {
                note(by_source_[pairs_[best].target][k], pairs_[best].scores[k]);
                note(by_target_[pairs_[best].source][k], pairs_[best].scores[k]);
            }
        }
    }
    note_neighbours();
    for (std::uint32_t i = 0; i < facts_.size(); ++i) fill(i);
    for (std::size_t k = 0; k < kRelationKinds; ++k) ask_trees(static_cast<RelationKind>(k));
}

void Judge::ask_trees(RelationKind kind) {
    std::vector<Fact*> asked;
    std::vector<const float*> numbers;
    for (Fact& fact : facts_) {
        if (fact.kind != kind) continue;
        fact.log_odds = pairs_[fact.pair].scores[static_cast<std::size_t>(kind)];
        asked.push_back(&fact);
        numbers.push_back(fact.numbers.data());
    }
    const FlatForest& trees = model_.judge(kind);
    if (trees.empty()) return;
    std::vector<float> odds(asked.size());
    trees.score(numbers, odds);
    for (std::size_t i = 0; i < asked.size(); ++i) asked[i]->log_odds = odds[i];
}

}  // namespace maek::extract
