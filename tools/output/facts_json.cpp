#include "tools/output/facts_json.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace maek::tools {
namespace {

void write_span(JsonText& json, const Span& span) {
    json.member("start", static_cast<std::int64_t>(span.start));
    json.member("end", static_cast<std::int64_t>(span.end));
}

// Four digits are all that a confidence means.
void write_confidence(JsonText& json, float confidence) {
    json.key("confidence");
    json.floating(std::round(static_cast<double>(confidence) * 1e4) / 1e4);
}

std::string entity_id(std::uint32_t index) { return "e" + std::to_string(index + 1); }

// The places of an entity's mentions in facts.mentions, by entity.
std::vector<std::vector<std::uint32_t>> mentions_by_entity(const ArticleFacts& facts) {
    std::vector<std::vector<std::uint32_t>> out(facts.entities.size());
    for (std::uint32_t i = 0; i < facts.mentions.size(); ++i) {
        if (facts.mentions[i].entity < out.size()) out[facts.mentions[i].entity].push_back(i);
    }
    return out;
}

void write_entity(JsonText& json, const ArticleFacts& facts, std::uint32_t index,
                  const std::vector<std::uint32_t>& mentions) {
    const EntityFact& entity = facts.entities[index];
    json.begin_object();
    json.member("id", entity_id(index));
    json.member("type", entity.type);
    json.member("name", entity.name);
    json.key("aliases");
    json.begin_array();
    for (const std::string& alias : entity.aliases) json.string(alias);
    json.end_array();
    if (!entity.key.empty()) json.member("key", entity.key);
    write_confidence(json, entity.confidence);
    json.key("mentions");
    json.begin_array();
    for (const std::uint32_t i : mentions) {
        const MentionFact& mention = facts.mentions[i];
        json.begin_object();
        write_span(json, mention.span);
        json.member("text", mention.text);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

void write_relation(JsonText& json, const RelationFact& relation) {
    json.begin_object();
    json.member("type", relation.type);
    json.member("source", entity_id(relation.source));
    json.member("target", entity_id(relation.target));
    json.key("properties");
    json.begin_object();
    if (relation.amount_krw) json.member("amount_krw", *relation.amount_krw);
    if (!relation.date.empty()) json.member("date", relation.date);
    if (!relation.role.empty()) json.member("role", relation.role);
    if (!relation.subject.empty()) json.member("subject", relation.subject);
    json.end_object();
    write_confidence(json, relation.confidence);
    json.key("evidence");
    json.begin_object();
    write_span(json, relation.evidence_span);
    json.member("text", relation.evidence);
    json.end_object();
    json.end_object();
}

}  // namespace

void write_facts(JsonText& json, const ArticleFacts& facts, bool with_text) {
    json.begin_object();
    json.member("doc", facts.article.id);
    if (!facts.article.title.empty()) json.member("title", facts.article.title);
    if (!facts.article.date.empty()) json.member("date", facts.article.date);
    if (!facts.article.source.empty()) json.member("source", facts.article.source);
    if (with_text) {
        json.member("text", facts.article.text);
        json.key("warnings");
        json.begin_array();
        for (const std::string& warning : facts.warnings) json.string(warning);
        json.end_array();
    }
    json.key("entities");
    json.begin_array();
    const auto mentions = mentions_by_entity(facts);
    for (std::uint32_t i = 0; i < facts.entities.size(); ++i) write_entity(json, facts, i, mentions[i]);
    json.end_array();
    json.key("relations");
    json.begin_array();
    for (const RelationFact& relation : facts.relations) write_relation(json, relation);
    json.end_array();
    json.end_object();
}

}  // namespace maek::tools
