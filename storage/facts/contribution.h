// Room: storage, inner (facts). What one article adds to the graph, decisions applied: base
// entities (groups that need no other article to be known as one) and statements about them.
// Tests: tests/storage/fact_store_test.cpp.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schema/facts.h"
#include "storage/facts/decisions.h"

namespace maek::storage {

// A base entity: everything of one type with one lexicon key ("k" + key), or without a key and
// with one normal name ("n" + name).
struct BaseId {
    std::string type, identity;
    auto operator<=>(const BaseId&) const = default;
    bool keyed() const { return !identity.empty() && identity.front() == 'k'; }
    std::string bytes() const { return type + '\0' + identity; }  // types hold no NUL
    static BaseId parse(std::string_view bytes);
};

// How often a spelling is used for a base entity: as its name, as an alias. Counts articles.
struct SpellingCount {
    std::uint32_t as_name = 0, as_alias = 0;
    bool operator==(const SpellingCount&) const = default;
};

struct BaseEntity {
    std::map<std::string, SpellingCount> spellings;
    std::uint32_t confidence = 0;  // hundredths
};

// One article's word on an edge between base entities.
struct Statement {
    double confidence = 0;
    std::string date, role, subject;
    std::optional<std::int64_t> amount_krw;
    std::vector<std::string> evidence;
    bool operator==(const Statement&) const = default;
};
std::string encode_statement(const Statement& statement);
std::optional<Statement> decode_statement(std::string_view bytes);

// A relation between base entities. variant tells FUNDS of different amount or date apart.
struct BaseEdge {
    BaseId source;
    std::string relation;
    BaseId target;
    std::string variant;
    auto operator<=>(const BaseEdge&) const = default;
};
std::string edge_variant(const std::string& relation, const std::optional<std::int64_t>& amount,
                         const std::string& date);

struct BaseMention {
    BaseId entity;
    Span span;
    std::string text;
    auto operator<=>(const BaseMention&) const = default;
};

struct Contribution {
    std::map<BaseId, BaseEntity> entities;
    std::map<BaseEdge, Statement> edges;
    std::vector<BaseMention> mentions;  // sorted, unique
};

Contribution derive(const ArticleFacts& facts, const DecisionTable& decisions);

}  // namespace maek::storage
