#include "storage/facts/curation.h"

#include <algorithm>
#include <set>

#include "storage/facts/article_codec.h"
#include "storage/facts/contribution.h"
#include "storage/facts/fact_keys.h"
#include "storage/facts/normal_name.h"
#include "storage/facts/resolution.h"

namespace maek::storage {

std::map<std::string, Decision> decisions_by_key(const RecordView& records) {
    std::map<std::string, Decision> out;
    records.each(family::kDecision, "", [&](std::string_view key, std::string_view value) {
        auto decision = decode_decision(value);
        if (!decision) throw_unreadable(family::kDecision, key, records.store());
        out.emplace(key, *std::move(decision));
    });
    return out;
}

DecisionTable decision_table(const std::map<std::string, Decision>& decisions) {
    DecisionTable table;
    for (const auto& [key, decision] : decisions) table.add(decision);
    return table;
}

DecisionTable decision_table(const RecordView& records) { return decision_table(decisions_by_key(records)); }

namespace {

constexpr std::size_t kExamples = 5;
constexpr std::size_t kArticlesLookedAt = 2'000;  // of one node, for examples

std::vector<BaseId> bases_called(const RecordView& records, const std::string& type, const std::string& normal) {
    std::vector<BaseId> out;
    records.each(family::kName, name_prefix(type, normal), [&](std::string_view key, std::string_view) {
        out.push_back({type, std::string(key.substr(key.rfind('\0') + 1))});
    });
    return out;
}

BaseRecord base_record(const RecordView& records, const BaseId& id) {
    const auto bytes = records.get(family::kBase, id.bytes());
    auto record = bytes ? decode_base(*bytes) : std::nullopt;
    if (!record) throw_unreadable(family::kBase, id.identity, records.store());
    return *std::move(record);
}

// Ids of the articles that mention the node, ascending.
std::vector<std::string> mentioning_articles(const graph::Graph& graph, NodeId node) {
    const auto type = graph.types().find("MENTIONS");
    const auto key = graph.keys().find("id");
    if (!type || !key || !graph.has_node(node)) return {};
    std::set<std::string> ids;
    for (const auto& adjacent : graph.adjacent(node, *type, graph::Direction::kIn))
        if (const Value id = graph.node_property(adjacent.node, *key); id.is(ValueKind::kString))
            ids.insert(std::string(id.as_string()));
    return {ids.begin(), ids.end()};
}

// The members of a node and all others that share a name with one of them, resolved again.
class Explainer {
public:
    Explainer(const Store& store, const std::string& type) : graph_(store.snapshot()), records_(store), type_(type) {}

    Explanation explain(NodeId node) {
        Explanation out;
        out.node = node;
        out.type = type_;
        collect(node);
        describe(out);
        give_reasons(out);
        find_examples(out);
        return out;
    }

private:
    void collect(NodeId node) {
        records_.each(family::kMember, member_prefix(node),
                      [&](std::string_view key, std::string_view) { members_.insert(BaseId::parse(key.substr(4))); });
        std::set<std::string> names, seen;
        std::set<BaseId> all = members_;
        for (const BaseId& id : members_)
            for (const auto& name : normal_names(id, base_record(records_, id))) names.insert(name);
        while (!names.empty()) {
            const std::string name = names.extract(names.begin()).value();
            if (!seen.insert(name).second) continue;
            for (const BaseId& id : bases_called(records_, type_, name))
                if (all.insert(id).second)
                    for (const auto& other : normal_names(id, base_record(records_, id))) names.insert(other);
        }
        for (const BaseId& id : all) {
            ids_.push_back(id);
            bases_.push_back(base_record(records_, id));
        }
    }

    void describe(Explanation& out) const {
        if (!members_.empty() && members_.begin()->keyed()) out.key = members_.begin()->identity.substr(1);
        const auto key = graph_.keys().find("name");
        if (const Value name = key ? graph_.node_property(out.node, *key) : Value(); name.is(ValueKind::kString))
            out.name = std::string(name.as_string());
        std::map<std::string, SpellingCount> spellings;
        for (std::size_t i = 0; i < ids_.size(); ++i)
            if (members_.contains(ids_[i]))
                for (const auto& [spelling, count] : bases_[i].spellings) {
                    spellings[spelling].as_name += count.as_name;
                    spellings[spelling].as_alias += count.as_alias;
                }
        for (const auto& [spelling, count] : spellings)
            out.statements.push_back({spelling, count.as_name > 0, std::max(count.as_name, count.as_alias), {}});
    }

    std::string shown(std::size_t i) const {
        const std::string& identity = ids_[i].identity;
        if (ids_[i].keyed()) return identity.substr(1);
        std::string best;
        std::uint32_t most = 0;
        for (const auto& [spelling, count] : bases_[i].spellings)
            if (count.as_name > most) {
                best = spelling;
                most = count.as_name;
            }
        return best.empty() ? identity.substr(1) : best;
    }

    void give_reasons(Explanation& out) const {
        std::vector<const BaseRecord*> records;
        for (const BaseRecord& record : bases_) records.push_back(&record);
        const Resolution resolution = resolve(ids_, records, decision_table(records_));
        for (const MergeReason& reason : resolution.reasons) {
            if (!members_.contains(ids_[reason.joined])) continue;
            Explanation::Merge merge{shown(reason.joined), shown(reason.into), {}, {}};
            merge.reason = reason.name.empty()
                               ? "an analyst decided that they are one"
                               : "'" + merge.name + "' is stated as a name of '" + merge.into + "' and of no other " + type_;
            out.merges.push_back(std::move(merge));
        }
    }

    // Which articles state each spelling, and each merge.
    void find_examples(Explanation& out) const {
        const DecisionTable decisions = decision_table(records_);
        std::size_t looked_at = 0;
        for (const std::string& article : mentioning_articles(graph_, out.node)) {
            if (++looked_at > kArticlesLookedAt) return;
            const auto bytes = records_.get(family::kArticle, article);
            const auto record = bytes ? decode_article_record(*bytes) : std::nullopt;
            const auto facts = record ? decode_article_facts(record->facts) : std::nullopt;
            if (!facts) continue;
            const Contribution contribution = derive(*facts, decisions);
            for (const auto& [id, entity] : contribution.entities) {
                if (!members_.contains(id)) continue;
                for (auto& statement : out.statements)
                    if (statement.examples.size() < kExamples && entity.spellings.contains(statement.name))
                        statement.examples.push_back(article);
                for (auto& merge : out.merges)
                    if (merge.article.empty() && states(id, entity, merge)) merge.article = article;
            }
        }
    }
    bool states(const BaseId& id, const BaseEntity& entity, const Explanation::Merge& merge) const {
        const std::string wanted = normal_name(type_, merge.name);
        const bool the_other = !id.keyed() ? id.identity.substr(1) != wanted : true;
        return the_other && std::any_of(entity.spellings.begin(), entity.spellings.end(), [&](const auto& spelling) {
                   return normal_name(type_, spelling.first) == wanted;
               });
    }

    graph::Graph graph_;
    RecordView records_;
    std::string type_;
    std::set<BaseId> members_;
    std::vector<BaseId> ids_;  // ascending, members and their neighbours
    std::vector<BaseRecord> bases_;
};

}  // namespace

std::vector<Explanation> explain_name(const Store& store, std::string_view name) {
    const graph::Graph graph = store.snapshot();
    const RecordView records(store);
    std::vector<Explanation> out;
    for (std::uint32_t l = 0; l < graph.labels().size(); ++l) {
        const std::string type(graph.labels().name(LabelId{l}));
        std::set<NodeId> nodes;
        for (const BaseId& id : bases_called(records, type, normal_name(type, name)))
            nodes.insert(NodeId{base_record(records, id).node});
        for (const NodeId node : nodes) out.push_back(Explainer(store, type).explain(node));
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.type < b.type; });
    return out;
}

namespace {

std::vector<std::string> texts(const Value& list, std::size_t limit) {
    std::vector<std::string> out;
    if (!list.is(ValueKind::kList)) return out;
    for (const Value& item : list.as_list())
        if (item.is(ValueKind::kString) && out.size() < limit) out.emplace_back(item.as_string());
    return out;
}

class Reviewer {
public:
    explicit Reviewer(const Store& store) : graph_(store.snapshot()) {
        confidence_ = graph_.keys().find("confidence");
        articles_ = graph_.keys().find("articles");
        evidence_ = graph_.keys().find("evidence");
        reviewed_ = graph_.keys().find("reviewed");
        name_ = graph_.keys().find("name");
    }

    std::vector<ReviewItem> least_certain(std::size_t limit) const {
        if (!confidence_ || !articles_) return {};
        std::vector<std::pair<double, RelId>> order;
        for (std::uint32_t i = 0; i < graph_.rel_slots(); ++i) {
            const RelId rel{i};
            if (!graph_.has_rel(rel)) continue;
            const Value confidence = graph_.rel_property(rel, *confidence_);
            if (!confidence.is_number() || graph_.rel_property(rel, *articles_).is_null()) continue;
            if (reviewed_ && !graph_.rel_property(rel, *reviewed_).is_null()) continue;
            order.emplace_back(confidence.as_number(), rel);
        }
        std::vector<ReviewItem> items;
        std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        // Equal confidence: by names, so that the list does not depend on ids.
        const double last = order.size() > limit && limit > 0 ? order[limit - 1].first : 2.0;
        for (const auto& [confidence, rel] : order)
            if (confidence <= last) items.push_back(item(rel, confidence));
        std::sort(items.begin(), items.end(), [](const ReviewItem& a, const ReviewItem& b) {
            return std::tie(a.confidence, a.relation, a.type, a.name, a.other_type, a.other_name) <
                   std::tie(b.confidence, b.relation, b.type, b.name, b.other_type, b.other_name);
        });
        if (items.size() > limit) items.resize(limit);
        return items;
    }

private:
    std::string label_of(NodeId node) const {
        const auto labels = graph_.labels_of(node);
        return labels.empty() ? "" : std::string(graph_.labels().name(labels.front()));
    }
    std::string name_of(NodeId node) const {
        const Value name = name_ ? graph_.node_property(node, *name_) : Value();
        return name.is(ValueKind::kString) ? std::string(name.as_string()) : "";
    }
    ReviewItem item(RelId rel, double confidence) const {
        const graph::RelRecord head = graph_.rel(rel);
        ReviewItem out;
        out.relation = std::string(graph_.types().name(head.type));
        out.type = label_of(head.source);
        out.name = name_of(head.source);
        out.other_type = label_of(head.target);
        out.other_name = name_of(head.target);
        out.confidence = confidence;
        const Value articles = graph_.rel_property(rel, *articles_);
        out.support = articles.is(ValueKind::kList) ? articles.as_list().size() : 0;
        out.articles = texts(articles, 10);
        if (evidence_) out.evidence = texts(graph_.rel_property(rel, *evidence_), 3);
        return out;
    }

    graph::Graph graph_;
    std::optional<KeyId> confidence_, articles_, evidence_, reviewed_, name_;
};

}  // namespace

std::vector<ReviewItem> least_certain(const Store& store, std::size_t limit) {
    return Reviewer(store).least_certain(limit);
}

}  // namespace maek::storage
