#include "storage/facts/contribution.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "storage/codec/bytes.h"
#include "storage/facts/normal_name.h"

namespace maek::storage {
namespace {

std::uint32_t hundredths(float confidence) {
    if (!(confidence > 0)) return 0;  // NaN too
    return static_cast<std::uint32_t>(std::lround(std::min(confidence, 1.0f) * 100));
}

// NUL separates parts of keys.
std::string without_nul(std::string text) {
    std::erase(text, '\0');
    return text;
}

// nullopt: rejected, or without a usable name.
std::optional<BaseId> base_of(const EntityFact& entity, const std::string& article, const DecisionTable& decisions) {
    std::string type = without_nul(entity.type);
    const std::string normal = normal_name(type, without_nul(entity.name));
    if (type.empty() || normal.empty()) return std::nullopt;
    const std::string key = without_nul(entity.key);
    const std::string key_normal = normal_name(type, key);
    const auto said = [&](const std::string& name) { return !name.empty() && decisions.entity_rejected(type, name); };
    if (said(normal) || said(key_normal)) return std::nullopt;
    std::string new_type = decisions.retyped(type, normal);
    if (new_type == type && !key.empty()) new_type = decisions.retyped(type, key_normal);
    // The lexicon knows the key under the old type only; elsewhere it is just a name.
    const bool retyped = new_type != type;
    BaseId base{retyped ? new_type : type, key.empty() || retyped ? "n" + normal : "k" + key};
    std::string mark = decisions.split_mark(base.type, normal, article);
    if (mark.empty() && !key.empty()) mark = decisions.split_mark(base.type, key_normal, article);
    if (!mark.empty()) base.identity = "n" + normal + '\x01' + mark;
    return base;
}

void add_spelling(BaseEntity& entity, const std::string& spelling, bool as_name) {
    if (spelling.empty()) return;
    SpellingCount& count = entity.spellings[spelling];
    (as_name ? count.as_name : count.as_alias) = 1;  // an article counts once
}

void add_relation(Contribution& out, const RelationFact& relation, const BaseId& source, const BaseId& target) {
    BaseEdge edge{source, without_nul(relation.type), target, {}};
    if (edge.relation.empty() || source == target) return;
    if (edge.relation == "PARTNERS_WITH" && target < source) std::swap(edge.source, edge.target);
    edge.variant = edge_variant(edge.relation, relation.amount_krw, without_nul(relation.date));
    Statement& statement = out.edges[edge];
    statement.confidence = std::max(statement.confidence, hundredths(relation.confidence) / 100.0);
    const auto keep_least = [](std::string& have, const std::string& next) {
        if (have.empty() || (!next.empty() && next < have)) have = next;
    };
    keep_least(statement.date, relation.date);
    keep_least(statement.role, relation.role);
    keep_least(statement.subject, relation.subject);
    if (relation.amount_krw) statement.amount_krw = std::max(statement.amount_krw.value_or(INT64_MIN), *relation.amount_krw);
    if (!relation.evidence.empty() &&
        std::find(statement.evidence.begin(), statement.evidence.end(), relation.evidence) == statement.evidence.end())
        statement.evidence.push_back(relation.evidence);
}

}  // namespace

BaseId BaseId::parse(std::string_view bytes) {
    const std::size_t nul = bytes.find('\0');
    if (nul == std::string_view::npos) return {std::string(bytes), {}};
    return {std::string(bytes.substr(0, nul)), std::string(bytes.substr(nul + 1))};
}

std::string edge_variant(const std::string& relation, const std::optional<std::int64_t>& amount,
                         const std::string& date) {
    if (relation != "FUNDS") return {};
    return (amount ? std::to_string(*amount) : "") + '/' + date;
}

std::string encode_statement(const Statement& s) {
    std::string bytes;
    ByteWriter out(bytes);
    out.floating(s.confidence);
    for (const auto* text : {&s.date, &s.role, &s.subject}) out.text(*text);
    out.byte(s.amount_krw.has_value());
    if (s.amount_krw) out.zigzag(*s.amount_krw);
    out.varint(s.evidence.size());
    for (const auto& text : s.evidence) out.text(text);
    return bytes;
}

std::optional<Statement> decode_statement(std::string_view bytes) {
    ByteReader in(bytes);
    Statement s;
    s.confidence = in.floating();
    for (auto* text : {&s.date, &s.role, &s.subject}) *text = std::string(in.text());
    if (in.byte() != 0) s.amount_krw = in.zigzag();
    s.evidence.resize(in.count());
    for (auto& text : s.evidence) text = std::string(in.text());
    if (!in.finished()) return std::nullopt;
    return s;
}

Contribution derive(const ArticleFacts& facts, const DecisionTable& decisions) {
    Contribution out;
    std::vector<std::optional<BaseId>> bases;
    for (const EntityFact& entity : facts.entities) {
        bases.push_back(base_of(entity, facts.article.id, decisions));
        if (!bases.back()) continue;
        BaseEntity& base = out.entities[*bases.back()];
        base.confidence = std::max(base.confidence, hundredths(entity.confidence));
        add_spelling(base, without_nul(entity.name), true);
        for (const std::string& alias : entity.aliases)
            if (alias != entity.name) add_spelling(base, without_nul(alias), false);
    }
    for (const MentionFact& mention : facts.mentions)
        if (mention.entity < bases.size() && bases[mention.entity])
            out.mentions.push_back({*bases[mention.entity], mention.span, mention.text});
    std::sort(out.mentions.begin(), out.mentions.end());
    out.mentions.erase(std::unique(out.mentions.begin(), out.mentions.end()), out.mentions.end());
    for (const RelationFact& relation : facts.relations)
        if (relation.source < bases.size() && relation.target < bases.size() && bases[relation.source] &&
            bases[relation.target])
            add_relation(out, relation, *bases[relation.source], *bases[relation.target]);
    return out;
}

}  // namespace maek::storage
