// Room: storage, inner (facts). The analysts' decisions, looked up while facts are derived.
// Tests: tests/storage/curation_test.cpp.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "storage/fact_store.h"

namespace maek::storage {

// The record's key: equal for decisions that replace each other (accept and reject of one fact,
// merge and split of one pair).
std::string decision_key(const Decision& decision);
// Puts the decision among those made, by their keys. A thing that was retyped stands in the graph with
// its new type, in its articles with the old one: a later word on it is written down for both.
void add_decision(std::map<std::string, Decision>& all, const Decision& decision);
std::string encode_decision(const Decision& decision);
std::optional<Decision> decode_decision(std::string_view bytes);
// An error text, or empty.
std::string what_is_missing(const Decision& decision);

class DecisionTable {
public:
    void add(const Decision& decision);

    // The type an entity of that type and normal name is said to have.
    std::string retyped(const std::string& type, const std::string& normal) const;
    bool entity_rejected(const std::string& type, const std::string& normal) const;
    // For an entity split off in some articles: a mark that keeps it apart; else empty.
    std::string split_mark(const std::string& type, const std::string& normal, const std::string& article) const;
    bool has_relations() const { return !relations_.empty(); }
    // kAccept, kReject or nothing.
    std::optional<Decision::Kind> on_relation(const std::string& relation, const std::string& type,
                                              const std::string& normal, const std::string& other_type,
                                              const std::string& other_normal) const;
    // Pairs of normal names of one type.
    using NamePair = std::pair<std::string, std::string>;
    const std::set<NamePair>& merged(const std::string& type) const;
    const std::set<NamePair>& split(const std::string& type) const;

private:
    using Entity = std::pair<std::string, std::string>;  // type, normal name
    std::map<Entity, std::string> retype_;
    std::set<Entity> rejected_;
    std::map<Entity, std::set<std::string>> split_articles_;
    std::map<std::string, Decision::Kind> relations_;  // by decision_key
    std::map<std::string, std::set<NamePair>> merged_, split_;
    const std::set<NamePair> none_{};
};

}  // namespace maek::storage
