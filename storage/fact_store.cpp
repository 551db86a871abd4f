#include "storage/fact_store.h"

#include <algorithm>
#include <map>

#include "storage/facts/article_codec.h"
#include "storage/facts/curation.h"
#include "storage/facts/normal_name.h"
#include "storage/facts/updater.h"

namespace maek::storage {
namespace {

std::optional<ArticleFacts> kept_article(const RecordView& records, std::string_view id) {
    const auto bytes = records.get(family::kArticle, id);
    if (!bytes) return std::nullopt;
    const auto record = decode_article_record(*bytes);
    auto facts = record ? decode_article_facts(record->facts) : std::nullopt;
    if (!facts) throw_unreadable(family::kArticle, id, records.store());
    return facts;
}

void count_graph_changes(IngestSummary& summary, const graph::Transaction& transaction) {
    const graph::Graph &before = transaction.base(), &after = transaction.graph();
    const graph::ChangeSet changes = transaction.changes();
    summary.touched = changes.nodes.size() + changes.relationships.size();
    for (const NodeId id : changes.nodes) {
        summary.nodes_created += !before.has_node(id) && after.has_node(id);
        summary.nodes_deleted += before.has_node(id) && !after.has_node(id);
    }
    for (const RelId id : changes.relationships) {
        summary.relationships_created += !before.has_rel(id) && after.has_rel(id);
        summary.relationships_deleted += before.has_rel(id) && !after.has_rel(id);
    }
}

// One commit around `work`; nothing is kept when it throws.
template <class Work>
Result<IngestSummary> in_one_commit(Store& store, Work&& work) {
    try {
        auto transaction = store.begin_write();
        if (!transaction) return transaction.error();
        IngestSummary summary;
        work(*transaction, summary);
        count_graph_changes(summary, transaction->graph());
        if (auto done = std::move(*transaction).commit(); !done) return done.error();
        return summary;
    } catch (const StoreFailure& failure) {
        return failure.error;
    }
}

Error unusable(const std::string& what) { return Error{ErrorCode::kUsage, what, {}, {}}; }

// The facts with entities that no list index points outside of; a caller's mistake is told.
Result<void> check_facts(const ArticleFacts& facts) {
    if (facts.article.id.empty()) return unusable("an article without an id cannot be kept");
    const std::size_t n = facts.entities.size();
    for (const MentionFact& mention : facts.mentions)
        if (mention.entity >= n)
            return unusable("article " + facts.article.id + ": a mention points to entity " + std::to_string(mention.entity) +
                            ", there are " + std::to_string(n));
    for (const RelationFact& relation : facts.relations)
        if (relation.source >= n || relation.target >= n)
            return unusable("article " + facts.article.id + ": a relation points outside its " + std::to_string(n) + " entities");
    return {};
}

}  // namespace

Result<IngestSummary> FactStore::ingest(std::vector<ArticleFacts> articles) {
    std::map<std::string, const ArticleFacts*> by_id;
    for (const ArticleFacts& facts : articles) {
        if (auto sound = check_facts(facts); !sound) return sound.error();
        by_id[facts.article.id] = &facts;
    }
    return in_one_commit(store_, [&](WriteTransaction& transaction, IngestSummary& summary) {
        const DecisionTable table = decision_table(RecordView(store_));
        Updater updater(store_, transaction, table, table);
        for (const auto& [id, facts] : by_id) {
            const auto was = kept_article(updater.records(), id);
            if (was && encode_article(*was) == encode_article(*facts)) {
                ++summary.unchanged;
                continue;
            }
            ++(was ? summary.replaced : summary.added);
            updater.replace(id, was ? &*was : nullptr, facts);
        }
        updater.finish();
    });
}

Result<IngestSummary> FactStore::remove(const std::vector<std::string>& article_ids) {
    return in_one_commit(store_, [&](WriteTransaction& transaction, IngestSummary& summary) {
        const DecisionTable table = decision_table(RecordView(store_));
        Updater updater(store_, transaction, table, table);
        std::string missing;
        std::map<std::string, ArticleFacts> found;
        for (const std::string& id : article_ids) {
            auto facts = kept_article(updater.records(), id);
            if (!facts)
                missing += (missing.empty() ? "" : ", ") + id;
            else
                found.emplace(id, *std::move(facts));
        }
        if (!missing.empty())
            throw StoreFailure{Error{ErrorCode::kNotFound, "not in the store: " + missing + "; nothing was removed", {}, {}}};
        for (const auto& [id, facts] : found) {
            updater.replace(id, &facts, nullptr);
            ++summary.removed;
        }
        updater.finish();
    });
}

Result<std::vector<std::string>> FactStore::article_ids() const {
    std::vector<std::string> ids;
    auto read = store_.each_record(family::kArticle, "", [&](std::string_view key, std::string_view) {
        ids.emplace_back(key);
        return true;
    });
    if (!read) return read.error();
    return ids;
}

Result<ArticleFacts> FactStore::article(std::string_view id) const {
    try {
        auto facts = kept_article(RecordView(store_), id);
        if (!facts) return Error{ErrorCode::kNotFound, "not in the store: " + std::string(id), {}, {}};
        return *std::move(facts);
    } catch (const StoreFailure& failure) {
        return failure.error;
    }
}

Result<std::string> FactStore::source(std::string_view id) const {
    auto bytes = store_.record(family::kArticle, id);
    if (!bytes) return bytes.error();
    const auto record = decode_article_record(*bytes);
    const graph::Graph graph = store_.snapshot();
    const auto key = graph.keys().find("source");
    if (!record || !key || !graph.has_node(record->node)) return std::string();
    const Value source = graph.node_property(record->node, *key);
    return source.is(ValueKind::kString) ? std::string(source.as_string()) : std::string();
}

Result<bool> FactStore::has_article(std::string_view id) const {
    auto record = store_.record(family::kArticle, id);
    if (record) return true;
    if (record.error().code == ErrorCode::kNotFound) return false;
    return record.error();
}

Result<std::string> FactStore::digest(std::string_view id) const {
    auto record = store_.record(family::kDigest, id);
    if (record || record.error().code != ErrorCode::kNotFound) return record;
    return std::string();
}

Result<void> FactStore::set_digests(const std::vector<std::pair<std::string, std::string>>& id_and_digest) {
    auto transaction = store_.begin_write();
    if (!transaction) return transaction.error();
    for (const auto& [id, digest] : id_and_digest) transaction->put_record(family::kDigest, id, digest);
    return std::move(*transaction).commit();
}

namespace {

// Whether a decision changes what single articles contribute; the others only regroup.
bool changes_articles(const Decision& decision) {
    return decision.kind == Decision::Kind::kRetype ||
           (decision.kind == Decision::Kind::kReject && decision.relation.empty()) ||
           (decision.kind == Decision::Kind::kSplit && !decision.articles.empty());
}

bool same(const Contribution& a, const Contribution& b) {
    const auto equal = [](const auto& x, const auto& y) {
        return x.first == y.first && x.second.spellings == y.second.spellings && x.second.confidence == y.second.confidence;
    };
    return a.mentions == b.mentions && a.edges == b.edges && a.entities.size() == b.entities.size() &&
           std::equal(a.entities.begin(), a.entities.end(), b.entities.begin(), equal);
}

void derive_anew(Updater& updater, const Store& store, const DecisionTable& before, const DecisionTable& after,
                 IngestSummary& summary) {
    std::vector<std::string> ids;
    need(store.each_record(family::kArticle, "", [&](std::string_view key, std::string_view) {
        ids.emplace_back(key);
        return true;
    }));
    for (const std::string& id : ids) {
        const auto facts = kept_article(updater.records(), id);
        if (same(derive(*facts, before), derive(*facts, after))) continue;
        updater.replace(id, &*facts, &*facts);
        ++summary.replaced;
    }
}

// Looks again at what the decision speaks of. derive_anew() does for those that change articles.
void revisit(Updater& updater, const Decision& decision) {
    if (changes_articles(decision)) return;
    if (!decision.relation.empty()) return updater.relation_decided(decision);
    updater.look_again(decision.type, normal_name(decision.type, decision.name));
    updater.look_again(decision.type, normal_name(decision.type, decision.other_name));
}

using DecisionsByKey = std::map<std::string, Decision>;

// One commit that turns the decisions kept into `after(kept)`; `said` are those that were spoken of.
template <class After>
Result<IngestSummary> change_decisions(Store& store, const std::vector<Decision>& said, After&& after) {
    for (const Decision& decision : said)
        if (const std::string missing = what_is_missing(decision); !missing.empty()) return unusable(missing);
    return in_one_commit(store, [&](WriteTransaction& transaction, IngestSummary& summary) {
        const DecisionsByKey kept = decisions_by_key(RecordView(store));
        DecisionsByKey all = kept;
        after(all);
        const DecisionTable table_before = decision_table(kept), table_after = decision_table(all);
        Updater updater(store, transaction, table_before, table_after);
        for (const auto& [key, decision] : kept)
            if (!all.contains(key)) updater.records().erase(family::kDecision, key);
        for (const auto& [key, decision] : all) updater.records().put(family::kDecision, key, encode_decision(decision));
        if (std::any_of(said.begin(), said.end(), changes_articles))
            derive_anew(updater, store, table_before, table_after, summary);
        for (const Decision& decision : said) revisit(updater, decision);
        updater.finish();
    });
}

}  // namespace

Result<IngestSummary> FactStore::decide(const Decision& decision) { return decide(std::vector{decision}); }

Result<IngestSummary> FactStore::decide(const std::vector<Decision>& decisions) {
    return change_decisions(store_, decisions, [&](DecisionsByKey& all) {
        for (const Decision& decision : decisions) add_decision(all, decision);
    });
}

Result<IngestSummary> FactStore::withdraw(const Decision& decision) {
    return change_decisions(store_, {decision}, [&](DecisionsByKey& all) {
        if (all.erase(decision_key(decision)) == 0)
            throw StoreFailure{Error{ErrorCode::kNotFound, "no such decision was made", {}, {}}};
    });
}

Result<std::vector<Decision>> FactStore::decisions() const {
    try {
        std::vector<Decision> out;
        for (auto& [key, decision] : decisions_by_key(RecordView(store_))) out.push_back(decision);
        return out;
    } catch (const StoreFailure& failure) {
        return failure.error;
    }
}

Result<std::vector<Explanation>> FactStore::explain(std::string_view name) const {
    try {
        return explain_name(store_, name);
    } catch (const StoreFailure& failure) {
        return failure.error;
    }
}

Result<std::vector<ReviewItem>> FactStore::review(std::size_t limit) const {
    try {
        return least_certain(store_, limit);
    } catch (const StoreFailure& failure) {
        return failure.error;
    }
}

}  // namespace maek::storage
