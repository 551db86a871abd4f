#include <algorithm>
#include <cmath>

#include "storage/facts/article_codec.h"
#include "storage/facts/fact_keys.h"
#include "storage/facts/updater.h"

namespace maek::storage {
namespace {

constexpr std::size_t kMaxEvidence = 16;  // sentences on one relationship

double rounded(double confidence) { return std::round(confidence * 10'000) / 10'000; }

// The value most articles give; of these the least.
std::string most_frequent(const std::map<std::string, std::size_t>& counts) {
    std::string best;
    std::size_t articles = 0;
    for (const auto& [text, count] : counts)
        if (count > articles) {
            best = text;
            articles = count;
        }
    return best;
}

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value::string(text); }

}  // namespace

std::vector<BaseId> Updater::members(NodeId node) const {
    std::vector<BaseId> out;
    records_.each(family::kMember, member_prefix(node),
                  [&](std::string_view key, std::string_view) { out.push_back(BaseId::parse(key.substr(4))); });
    return out;
}

NodeId Updater::node_of(const BaseId& id) { return NodeId{base(id).record.node}; }

// Both directions of a symmetric relation are one pair, whichever the base entities say.
Updater::Pair Updater::pair_of(const BaseEdge& edge) {
    return {node_of(edge.source), edge.relation, node_of(edge.target)};
}

void Updater::index_pairs() {
    for (const BaseEdge& edge : dirty_edges_) {
        bool stated = false;
        records_.each(family::kStated, stated_prefix(edge.source, edge.relation, edge.target),
                      [&](std::string_view, std::string_view) { stated = true; });
        const std::string out = pair_key('o', edge.source, edge.target, edge.relation);
        const std::string in = pair_key('i', edge.target, edge.source, edge.relation);
        if (stated) {
            records_.put(family::kPair, out, "");
            records_.put(family::kPair, in, "");
        } else {
            records_.erase(family::kPair, out);
            records_.erase(family::kPair, in);
        }
    }
}

// Everything stated about the members of these nodes.
void Updater::mark_stated_pairs(const std::set<NodeId>& heirs) {
    for (const NodeId heir : heirs)
        for (const BaseId& id : members(heir))
            for (const char side : {'o', 'i'}) {
                std::vector<PairTail> tails;
                const std::string prefix = pair_prefix(side, id);
                records_.each(family::kPair, prefix, [&](std::string_view key, std::string_view) {
                    tails.push_back(parse_pair_tail(key.substr(prefix.size())));
                });
                for (const PairTail& tail : tails) {
                    const NodeId other = node_of(tail.other);
                    dirty_pairs_.insert(side == 'o' ? Pair{heir, tail.relation, other} : Pair{other, tail.relation, heir});
                }
            }
}

// Articles whose mentions point to a node that lost something are linked anew, each with all its
// mentions; and relations at that node are looked at again, for it and for where its parts went.
void Updater::mark_edges_of_lost_nodes() {
    const graph::Graph& graph = transaction_.graph().graph();
    const auto mentions = graph.types().find("MENTIONS");
    const auto articles = graph.keys().find("articles");
    for (const auto& [node, to] : moved_) {
        if (node.value >= graph.node_slots() || !graph.has_node(node)) continue;
        std::set<NodeId> heirs = to;
        heirs.insert(node);
        mark_stated_pairs(heirs);
        for (std::uint32_t t = 0; t < graph.types().size(); ++t) {
            const std::string relation(graph.types().name(TypeId{t}));
            for (const auto& adjacent : graph.adjacent(node, TypeId{t}, graph::Direction::kOut)) {
                if (!articles || graph.rel_property(adjacent.rel, *articles).is_null()) continue;
                for (const NodeId heir : heirs) dirty_pairs_.insert({heir, relation, adjacent.node});
                if (const auto moved = moved_.find(adjacent.node); moved != moved_.end())
                    for (const NodeId heir : heirs)
                        for (const NodeId other : moved->second) dirty_pairs_.insert({heir, relation, other});
            }
            for (const auto& adjacent : graph.adjacent(node, TypeId{t}, graph::Direction::kIn)) {
                if (mentions && TypeId{t} == *mentions) {
                    const auto key = graph.keys().find("id");
                    const Value id = key ? graph.node_property(adjacent.node, *key) : Value();
                    if (!id.is(ValueKind::kString) || changed_articles_.contains(std::string(id.as_string()))) continue;
                    const std::string article(id.as_string());
                    const auto bytes = records_.get(family::kArticle, article);
                    if (!bytes) continue;
                    const auto record = decode_article_record(*bytes);
                    const auto facts = record ? decode_article_facts(record->facts) : std::nullopt;
                    if (!facts) throw_unreadable(family::kArticle, article, records_.store());
                    changed_articles_[article] = derive(*facts, after_);
                    continue;
                }
                if (!articles || graph.rel_property(adjacent.rel, *articles).is_null()) continue;
                for (const NodeId heir : heirs) dirty_pairs_.insert({adjacent.node, relation, heir});
            }
        }
    }
}

// Leaves the right MENTIONS alone, deletes the wrong, makes the missing.
void Updater::relink(const std::string& id, const Contribution& contribution) {
    graph::Transaction& graph = transaction_.graph();
    const NodeId article = article_node(id);
    using Link = std::tuple<NodeId, std::int64_t, std::int64_t, std::string>;
    std::set<Link> wanted;
    for (const BaseMention& mention : contribution.mentions)
        wanted.emplace(node_of(mention.entity), mention.span.start, mention.span.end, mention.text);
    const TypeId type = graph.type("MENTIONS");
    const KeyId start = graph.key("start"), end = graph.key("end"), text = graph.key("text");
    std::vector<RelId> wrong;
    for (const auto& adjacent : graph.graph().adjacent(article, type, graph::Direction::kOut)) {
        const Value from = graph.graph().rel_property(adjacent.rel, start);
        const Value to = graph.graph().rel_property(adjacent.rel, end);
        const Value what = graph.graph().rel_property(adjacent.rel, text);
        const bool ours = from.is(ValueKind::kInteger) && to.is(ValueKind::kInteger) && what.is(ValueKind::kString);
        if (!ours || wanted.erase({adjacent.node, from.as_integer(), to.as_integer(), std::string(what.as_string())}) == 0)
            wrong.push_back(adjacent.rel);
    }
    for (const RelId rel : wrong) graph.delete_relationship(rel);
    for (const auto& [node, from, to, what] : wanted) {
        const RelId rel = graph.create_relationship(article, node, type);
        graph.set_property(rel, start, Value::integer(from));
        graph.set_property(rel, end, Value::integer(to));
        graph.set_property(rel, text, Value::string(what));
    }
}

void Updater::relink_articles() {
    for (const auto& [id, contribution] : changed_articles_) relink(id, contribution);
}

void Updater::gather(Stated& out, const std::vector<BaseId>& sources, const std::string& relation,
                     const std::vector<BaseId>& targets) const {
    for (const BaseId& source : sources)
        for (const BaseId& target : targets) {
            const std::string prefix = stated_prefix(source, relation, target);
            records_.each(family::kStated, prefix, [&](std::string_view key, std::string_view value) {
                const StatedTail tail = parse_stated_tail(key.substr(prefix.size()));
                auto statement = decode_statement(value);
                if (!statement) throw_unreadable(family::kStated, tail.article, records_.store());
                out.by_variant[tail.variant].emplace_back(tail.article, *std::move(statement));
            });
        }
}

std::optional<Decision::Kind> Updater::decided(const std::vector<BaseId>& sources, const std::string& relation,
                                               const std::vector<BaseId>& targets) {
    if (!after_.has_relations()) return std::nullopt;
    std::optional<Decision::Kind> found;
    for (const BaseId& source : sources)
        for (const BaseId& target : targets)
            for (const std::string& a : normal_names(source, base(source).record))
                for (const std::string& b : normal_names(target, base(target).record)) {
                    const auto kind = after_.on_relation(relation, source.type, a, target.type, b);
                    if (kind == Decision::Kind::kReject) return kind;
                    if (kind) found = kind;
                }
    return found;
}

void Updater::write_edge(RelId rel, const std::vector<std::pair<std::string, Statement>>& statements, bool accepted) {
    std::vector<Value> articles, evidence;
    std::set<std::string> sentences;
    std::map<std::string, std::size_t> roles, subjects;
    std::string date;
    std::optional<std::int64_t> amount;
    double doubt = 1;
    for (const auto& [article, statement] : statements) {  // ascending by article
        if (articles.empty() || articles.back().as_string() != article) articles.push_back(Value::string(article));
        for (const std::string& sentence : statement.evidence)
            if (evidence.size() < kMaxEvidence && sentences.insert(sentence).second)
                evidence.push_back(Value::string(sentence));
        if (!statement.role.empty()) ++roles[statement.role];
        if (!statement.subject.empty()) ++subjects[statement.subject];
        if (!statement.date.empty() && (date.empty() || statement.date < date)) date = statement.date;
        if (statement.amount_krw) amount = std::max(amount.value_or(INT64_MIN), *statement.amount_krw);
        doubt *= 1 - statement.confidence;
    }
    // Independent articles support each other; only an analyst is certain.
    const double stated = statements.size() == 1 ? statements.front().second.confidence : std::min(1 - doubt, 0.9999);
    const double confidence = accepted ? 1.0 : rounded(stated);
    set(rel, "confidence", Value::floating(confidence));
    set(rel, "support", Value::integer(static_cast<std::int64_t>(articles.size())));
    set(rel, "articles", Value::list(std::move(articles)));
    set(rel, "evidence", evidence.empty() ? Value() : Value::list(std::move(evidence)));
    set(rel, "date", text_or_null(date));
    set(rel, "role", text_or_null(most_frequent(roles)));
    set(rel, "subject", text_or_null(most_frequent(subjects)));
    set(rel, "amount_krw", amount ? Value::integer(*amount) : Value());
    set(rel, "reviewed", accepted ? Value::boolean(true) : Value());
}

// Makes the relationships of one type between two nodes what their statements say.
void Updater::rebuild(const Pair& pair) {
    graph::Transaction& graph = transaction_.graph();
    if (!pair.source.valid() || !pair.target.valid() || !graph.graph().has_node(pair.source) ||
        !graph.graph().has_node(pair.target))
        return;
    std::vector<BaseId> sources = members(pair.source), targets = members(pair.target);
    const bool symmetric = pair.relation == "PARTNERS_WITH";
    Stated stated;
    if (pair.source != pair.target) {
        gather(stated, sources, pair.relation, targets);
        if (symmetric) gather(stated, targets, pair.relation, sources);
    }
    // The smaller representative is the source of a symmetric relation.
    const bool canonical = !symmetric || (!sources.empty() && !targets.empty() && sources.front() < targets.front());
    if (!canonical || decided(sources, pair.relation, targets) == Decision::Kind::kReject) stated.by_variant.clear();
    const bool accepted = !stated.by_variant.empty() && decided(sources, pair.relation, targets) == Decision::Kind::kAccept;

    const auto known = graph.graph().types().find(pair.relation);
    if (stated.by_variant.empty() && !known) return;
    const TypeId type = graph.type(pair.relation);
    const KeyId articles = graph.key("articles"), amount = graph.key("amount_krw"), date = graph.key("date");
    std::vector<RelId> have;
    for (const auto& adjacent : graph.graph().adjacent(pair.source, type, graph::Direction::kOut))
        if (adjacent.node == pair.target && !graph.graph().rel_property(adjacent.rel, articles).is_null())
            have.push_back(adjacent.rel);
    std::map<std::string, RelId> by_variant;
    for (const RelId rel : have) {
        const Value krw = graph.graph().rel_property(rel, amount), day = graph.graph().rel_property(rel, date);
        const std::string variant = edge_variant(
            pair.relation, krw.is(ValueKind::kInteger) ? std::optional(krw.as_integer()) : std::nullopt,
            day.is(ValueKind::kString) ? std::string(day.as_string()) : std::string());
        if (!stated.by_variant.contains(variant) || !by_variant.emplace(variant, rel).second)
            graph.delete_relationship(rel);
    }
    for (auto& [variant, statements] : stated.by_variant) {
        std::sort(statements.begin(), statements.end(), [](const auto& a, const auto& b) {
            return std::tie(a.first, a.second.evidence, a.second.date, a.second.role, a.second.subject, a.second.confidence) <
                   std::tie(b.first, b.second.evidence, b.second.date, b.second.role, b.second.subject, b.second.confidence);
        });
        const auto found = by_variant.find(variant);
        const RelId rel = found != by_variant.end() ? found->second
                                                    : graph.create_relationship(pair.source, pair.target, type);
        write_edge(rel, statements, accepted);
    }
}

void Updater::rebuild_edges() {
    for (const BaseEdge& edge : dirty_edges_) {
        const Pair pair = pair_of(edge);
        dirty_pairs_.insert(pair);
        if (edge.relation == "PARTNERS_WITH") dirty_pairs_.insert({pair.target, pair.relation, pair.source});
    }
    // A pair found from one side of a symmetric relation may belong to the other.
    const std::set<Pair> pairs = dirty_pairs_;
    for (const Pair& pair : pairs)
        if (pair.relation == "PARTNERS_WITH") dirty_pairs_.insert({pair.target, pair.relation, pair.source});
    for (const Pair& pair : dirty_pairs_) rebuild(pair);
}

}  // namespace maek::storage
