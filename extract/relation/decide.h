// Room: extract, inner. From judged proposals to facts: the best sentence for each fact, what excludes
// each other (leading and taking part, two places of which one lies in the other), one post a person.
// Tests: tests/extract/relation/decide_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "extract/relation/relations.h"

namespace maek::extract {

// A fact with the occurrences by which it was read.
struct Judged {
    DocumentRelation relation;
    float log_odds = 0;
    // Where source and target stand in the stating sentence; empty spans when left out.
    ByteSpan source_span, target_span;
    bool source_left_out = false, target_left_out = false;
};

class Decision {
public:
    // Keeps for each (kind, source, target) the surest sentence.
    void offer(RelationKind kind, const Proposal& proposal, float log_odds);

    // All facts above their thresholds that do not exclude each other.
    std::vector<Judged> settle(const RelationModel& model) const;
    // Everything offered, unsettled (training).
    const std::vector<Judged>& offered() const { return list_; }

private:
    std::vector<Judged> list_;
    std::unordered_map<std::uint64_t, std::uint32_t> index_;
};

// Removes what contradicts itself from facts that are sorted by falling log-odds.
std::vector<Judged> without_contradictions(std::vector<Judged> facts);

}  // namespace maek::extract
