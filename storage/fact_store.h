// Room: storage, doorway. Articles' facts in and out of a store: idempotent, incremental,
// retractable, curated. The graph part is a function of the set of articles kept and the set of
// decisions made, whatever the order in which they came.
//
// An entity is one node, labelled with its type: name, aliases (its other names), key (the
// lexicon's name, when known), confidence. Two entities of different articles are one node when
// they have the same type and key; else the same type and name (spelling levelled); else when one's
// name is stated as a name of exactly one other of that type. Never because they look alike;
// explain() gives the statements.
// A relation is one relationship per (type, source, target) and, for FUNDS, amount and date:
// confidence, articles (ids), support (their number), evidence (sentences), date, amount_krw, role,
// subject, reviewed. PARTNERS_WITH stands once per pair.
// (:Article {id, title, date, source, text})-[:MENTIONS {start, end, text}]->(entity).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/facts.h"
#include "schema/ids.h"
#include "schema/result.h"
#include "storage/store.h"

namespace maek::storage {

struct IngestSummary {
    std::uint64_t added = 0, replaced = 0, unchanged = 0, removed = 0;  // articles
    std::uint64_t nodes_created = 0, nodes_deleted = 0;
    std::uint64_t relationships_created = 0, relationships_deleted = 0;
    std::uint64_t touched = 0;  // nodes and relationships made, changed or deleted
};

// Why the names of a node are one node.
struct Explanation {
    struct Statement {
        std::string name;      // as the articles write it
        bool canonical = false;  // stated as the entity's own name at least once, not only as an alias
        std::uint64_t articles = 0;
        std::vector<std::string> examples;  // article ids, at most 5, ascending
    };
    struct Merge {
        std::string name;    // this name's entity ...
        std::string into;    // ... is the one of this name, because
        std::string reason;  // a sentence for people
        std::string article;  // that states it, when one does
    };
    NodeId node;
    std::string type, name, key;
    std::vector<Statement> statements;
    std::vector<Merge> merges;
};

// An analyst's word on a fact. Names are matched like names of articles; kept in the store, applied
// to everything ingested before and after.
struct Decision {
    enum class Kind : std::uint8_t {
        kAccept,  // the relation is right: confidence 1, reviewed
        kReject,  // the relation (or, with empty relation, the entity) is wrong
        kRetype,  // the entity is of new_type
        kMerge,   // name and other_name are one
        kSplit,   // name and other_name are two; with articles: the entity of these is another one
    };
    Kind kind = Kind::kAccept;
    std::string type, name;              // an entity, or a relation's source
    std::string relation;                // a relation's type, or empty
    std::string other_type, other_name;  // a relation's target, or the other entity
    std::string new_type;                // kRetype
    std::vector<std::string> articles;   // kSplit
    bool operator==(const Decision&) const = default;
};

// A fact that deserves a look, with what it rests on.
struct ReviewItem {
    std::string relation;  // empty: an entity
    std::string type, name, other_type, other_name;
    double confidence = 0;
    std::uint64_t support = 0;  // articles
    std::vector<std::string> articles, evidence;
};

class FactStore {
public:
    explicit FactStore(Store& store) : store_(store) {}

    // Adds or replaces the articles in one commit; the same facts again change nothing. Of several
    // with the same id the last counts.
    Result<IngestSummary> ingest(std::vector<ArticleFacts> articles);
    // kNotFound names the ids that are not there; then nothing is removed.
    Result<IngestSummary> remove(const std::vector<std::string>& article_ids);
    Result<std::vector<std::string>> article_ids() const;  // ascending
    // Whether an article with these exact bytes of content was ingested by this extractor version;
    // lets `maek build` skip extraction. The digest is whatever the caller gave to ingest.
    Result<ArticleFacts> article(std::string_view id) const;
    // Where the article of that id came from; kNotFound: there is none.
    Result<std::string> source(std::string_view id) const;
    Result<bool> has_article(std::string_view id) const;
    // Digests are kept beside the articles: set_digest after an ingest, digest before extraction.
    // Empty: none kept.
    Result<std::string> digest(std::string_view id) const;
    Result<void> set_digests(const std::vector<std::pair<std::string, std::string>>& id_and_digest);

    // All entities with that name or alias, of any type; empty list: nobody has it.
    Result<std::vector<Explanation>> explain(std::string_view name) const;

    // The least certain facts first, reviewed ones left out.
    Result<std::vector<ReviewItem>> review(std::size_t limit) const;
    // kUsage: the decision is incomplete. Deciding the opposite replaces the earlier decision.
    // To retype or reject what an earlier decision retyped reaches what it was before, too.
    Result<IngestSummary> decide(const Decision& decision);
    Result<IngestSummary> decide(const std::vector<Decision>& decisions);  // all in one commit, or none
    Result<IngestSummary> withdraw(const Decision& decision);  // kNotFound: not made
    Result<std::vector<Decision>> decisions() const;           // in a fixed order

private:
    Store& store_;
};

}  // namespace maek::storage
