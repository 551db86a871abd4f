#include "storage/facts/updater.h"

#include "storage/facts/article_codec.h"
#include "storage/facts/fact_keys.h"
#include "storage/facts/normal_name.h"

namespace maek::storage {

Updater::Updater(const Store& store, WriteTransaction& transaction, const DecisionTable& before,
                 const DecisionTable& after)
    : transaction_(transaction), records_(store), before_(before), after_(after) {}

Updater::Base& Updater::base(const BaseId& id) {
    const auto [it, is_new] = bases_.try_emplace(id);
    Base& base = it->second;
    if (!is_new) return base;
    if (const auto bytes = records_.get(family::kBase, id.bytes())) {
        auto record = decode_base(*bytes);
        if (!record) throw_unreadable(family::kBase, id.identity, records_.store());
        base.record = *std::move(record);
        base.existed = true;
        base.names_before = normal_names(id, base.record);
        base.node_before = base.record.node;
    }
    return base;
}

namespace {

void lower(std::map<std::uint32_t, std::uint32_t>& counts, std::uint32_t which) {
    const auto found = counts.find(which);
    if (found != counts.end() && --found->second == 0) counts.erase(found);
}

}  // namespace

void Updater::subtract(const std::string& article, const Contribution& contribution) {
    for (const auto& [id, entity] : contribution.entities) {
        BaseRecord& record = base(id).record;
        touched_.insert(id);
        lower(record.confidences, entity.confidence);
        for (const auto& [spelling, count] : entity.spellings) {
            const auto found = record.spellings.find(spelling);
            if (found == record.spellings.end()) continue;
            found->second.as_name -= std::min(found->second.as_name, count.as_name);
            found->second.as_alias -= std::min(found->second.as_alias, count.as_alias);
            if (found->second == SpellingCount{}) record.spellings.erase(found);
        }
    }
    for (const auto& [edge, statement] : contribution.edges) {
        records_.erase(family::kStated, stated_key(edge, article));
        dirty_edges_.insert(edge);
    }
}

void Updater::add(const std::string& article, const Contribution& contribution) {
    for (const auto& [id, entity] : contribution.entities) {
        BaseRecord& record = base(id).record;
        touched_.insert(id);
        ++record.confidences[entity.confidence];
        for (const auto& [spelling, count] : entity.spellings) {
            record.spellings[spelling].as_name += count.as_name;
            record.spellings[spelling].as_alias += count.as_alias;
        }
    }
    for (const auto& [edge, statement] : contribution.edges) {
        records_.put(family::kStated, stated_key(edge, article), encode_statement(statement));
        dirty_edges_.insert(edge);
    }
}

NodeId Updater::article_node(const std::string& id) const {
    const auto bytes = records_.get(family::kArticle, id);
    if (!bytes) return {};
    const auto record = decode_article_record(*bytes);
    if (!record) throw_unreadable(family::kArticle, id, records_.store());
    return record->node;
}

void Updater::set(NodeId node, std::string_view key, const Value& value) {
    graph::Transaction& graph = transaction_.graph();
    const KeyId id = graph.key(key);
    if (!(graph.graph().node_property(node, id) == value)) graph.set_property(node, id, value);
}

void Updater::set(RelId rel, std::string_view key, const Value& value) {
    graph::Transaction& graph = transaction_.graph();
    const KeyId id = graph.key(key);
    if (!(graph.graph().rel_property(rel, id) == value)) graph.set_property(rel, id, value);
}

void Updater::put_article(const std::string& id, const ArticleFacts& facts) {
    graph::Transaction& graph = transaction_.graph();
    NodeId node = article_node(id);
    const LabelId label = graph.label("Article");
    if (!node.valid() || !graph.graph().has_node(node) || !graph.graph().has_label(node, label)) {
        const std::vector<LabelId> labels = {label};
        node = graph.create_node(labels);
    }
    const auto text_or_null = [](const std::string& text) { return text.empty() ? Value() : Value::string(text); };
    const Article& article = facts.article;
    set(node, "id", Value::string(article.id));
    set(node, "title", text_or_null(article.title));
    set(node, "date", text_or_null(article.date));
    set(node, "source", text_or_null(article.source));
    set(node, "text", Value::string(article.text));
    records_.put(family::kArticle, id, encode_article_record({node, encode_article(facts)}));
}

void Updater::delete_with_relationships(NodeId node) {
    graph::Transaction& graph = transaction_.graph();
    if (!node.valid() || !graph.graph().has_node(node)) return;
    std::vector<RelId> relationships;
    for (std::uint32_t t = 0; t < graph.graph().types().size(); ++t)
        for (const auto direction : {graph::Direction::kOut, graph::Direction::kIn})
            for (const graph::Adjacent& adjacent : graph.graph().adjacent(node, TypeId{t}, direction))
                relationships.push_back(adjacent.rel);
    for (const RelId rel : relationships)
        if (graph.graph().has_rel(rel)) graph.delete_relationship(rel);  // a loop stands twice
    graph.delete_node(node);
}

void Updater::replace(const std::string& id, const ArticleFacts* was, const ArticleFacts* becomes) {
    if (was != nullptr) subtract(id, derive(*was, before_));
    Contribution contribution;
    if (becomes != nullptr) {
        contribution = derive(*becomes, after_);
        add(id, contribution);
        put_article(id, *becomes);
        changed_articles_[id] = std::move(contribution);
        return;
    }
    delete_with_relationships(article_node(id));
    records_.erase(family::kArticle, id);
    records_.erase(family::kDigest, id);
    changed_articles_.erase(id);
}

void Updater::look_again(const std::string& type, const std::string& normal) {
    look_again_.emplace(type, normal);
}

void Updater::relation_decided(const Decision& decision) {
    const auto nodes_called = [&](const std::string& type, const std::string& name) {
        std::set<NodeId> nodes;
        std::vector<BaseId> found;
        records_.each(family::kName, name_prefix(type, normal_name(type, name)), [&](std::string_view key, std::string_view) {
            found.push_back({type, std::string(key.substr(key.rfind('\0') + 1))});
        });
        for (const BaseId& id : found) nodes.insert(NodeId{base(id).record.node});
        return nodes;
    };
    for (const NodeId source : nodes_called(decision.type, decision.name))
        for (const NodeId target : nodes_called(decision.other_type, decision.other_name)) {
            dirty_pairs_.insert({source, decision.relation, target});
            if (decision.relation == "PARTNERS_WITH") dirty_pairs_.insert({target, decision.relation, source});
        }
}

void Updater::finish() {
    index_pairs();
    regroup();
    mark_edges_of_lost_nodes();
    relink_articles();
    rebuild_edges();
    for (const auto& [node, to] : moved_)
        if (!placed_.contains(node) && members(node).empty()) delete_with_relationships(node);
    records_.write_to(transaction_);
}

}  // namespace maek::storage
