// Room: extract, inner. From judged proposals to facts: the best sentence for each fact, what excludes
// each other (leading and taking part, two places of which one lies in the other), one post a person.
// Tests: tests/extract/relation/relations_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/relation/judge.h"
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

// The facts of an article after both judges, surest first; nothing is left out yet.
std::vector<Judged> judged_facts(const Judge& judge);

// Parties of one agreement are parties to each other: within a sentence, names that sure pairs connect
// lend each other their mean. Sorted anew.
void round_out_agreements(std::vector<Judged>& facts);

// "다솜TP는 누리전자로부터 시험을 위탁받았다": the one named with '(으)로부터', '에게서' gives the order. Such
// facts are turned round; a fact that stands there in both directions is kept once, the surer one.
void turn_orders_received(const Document& document, std::vector<Judged>& facts);

// Those above their thresholds that do not exclude each other. Sorted as judged, agreements rounded out.
std::vector<Judged> settle(std::vector<Judged> facts, const RelationScores& thresholds);

// Removes what contradicts itself from facts that are sorted by falling log-odds.
std::vector<Judged> without_contradictions(std::vector<Judged> facts);

}  // namespace maek::extract
