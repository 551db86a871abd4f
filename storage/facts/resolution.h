// Room: storage, inner (facts). Which base entities of one type are the same thing. A pure function
// of what is stated about them, with a reason for every merge. Tests: tests/storage/resolution_test.cpp.
//
// A base entity without a lexicon key joins another group when exactly one other group states its
// name, as name or alias. Rounds: all groups look at the same state, then join at once, until
// nothing changes; so the order of articles cannot matter. A keyed base entity never joins by
// itself and a group has at most one way out, so two lexicon keys never become one (only an
// analyst's decision does that).
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "storage/facts/contribution.h"
#include "storage/facts/decisions.h"

namespace maek::storage {

// A base entity as kept in the store: counts over all articles, and the node it lives in.
struct BaseRecord {
    std::uint32_t node = 0xFFFFFFFFu;
    std::map<std::string, SpellingCount> spellings;
    std::map<std::uint32_t, std::uint32_t> confidences;  // hundredths -> articles
    bool empty() const { return confidences.empty(); }
    bool operator==(const BaseRecord&) const = default;
};
std::string encode_base(const BaseRecord& record);
std::optional<BaseRecord> decode_base(std::string_view bytes);

// The normal names a base entity answers to: of its spellings and of its key.
std::set<std::string> normal_names(const BaseId& id, const BaseRecord& record);

struct MergeReason {
    std::size_t joined = 0, into = 0;  // indexes of the base entities
    std::string name;                  // the normal name that joins them; empty: a decision
};

struct Resolution {
    std::vector<std::size_t> group;  // of each base entity: the index of the group's representative
    std::vector<MergeReason> reasons;
};

// Requires: one type, ascending ids.
Resolution resolve(const std::vector<BaseId>& ids, const std::vector<const BaseRecord*>& records,
                   const DecisionTable& decisions);

}  // namespace maek::storage
