#include "storage/facts/article_codec.h"

#include <bit>

#include "storage/codec/bytes.h"

namespace maek::storage {
namespace {

void confidence(ByteWriter& out, float v) { out.fixed32(std::bit_cast<std::uint32_t>(v)); }
float confidence(ByteReader& in) { return std::bit_cast<float>(in.fixed32()); }

void span(ByteWriter& out, Span v) {
    out.varint(v.start);
    out.varint(v.end);
}
Span span(ByteReader& in) {
    Span v;
    v.start = in.varint32();
    v.end = in.varint32();
    return v;
}

void texts(ByteWriter& out, const std::vector<std::string>& list) {
    out.varint(list.size());
    for (const auto& text : list) out.text(text);
}
std::vector<std::string> texts(ByteReader& in) {
    std::vector<std::string> list(in.count());
    for (auto& text : list) text = std::string(in.text());
    return list;
}

void entity(ByteWriter& out, const EntityFact& v) {
    out.text(v.type);
    out.text(v.name);
    texts(out, v.aliases);
    out.text(v.key);
    confidence(out, v.confidence);
}
EntityFact entity(ByteReader& in) {
    EntityFact v;
    v.type = std::string(in.text());
    v.name = std::string(in.text());
    v.aliases = texts(in);
    v.key = std::string(in.text());
    v.confidence = confidence(in);
    return v;
}

void mention(ByteWriter& out, const MentionFact& v) {
    span(out, v.span);
    out.text(v.text);
    out.varint(v.entity);
    confidence(out, v.confidence);
}
MentionFact mention(ByteReader& in) {
    MentionFact v;
    v.span = span(in);
    v.text = std::string(in.text());
    v.entity = in.varint32();
    v.confidence = confidence(in);
    return v;
}

void relation(ByteWriter& out, const RelationFact& v) {
    out.text(v.type);
    out.varint(v.source);
    out.varint(v.target);
    out.text(v.role);
    out.text(v.subject);
    out.text(v.date);
    out.byte(v.amount_krw.has_value());
    if (v.amount_krw) out.zigzag(*v.amount_krw);
    span(out, v.evidence_span);
    out.text(v.evidence);
    confidence(out, v.confidence);
}
RelationFact relation(ByteReader& in) {
    RelationFact v;
    v.type = std::string(in.text());
    v.source = in.varint32();
    v.target = in.varint32();
    v.role = std::string(in.text());
    v.subject = std::string(in.text());
    v.date = std::string(in.text());
    if (in.byte() != 0) v.amount_krw = in.zigzag();
    v.evidence_span = span(in);
    v.evidence = std::string(in.text());
    v.confidence = confidence(in);
    return v;
}

}  // namespace

std::string encode_article(const ArticleFacts& facts) {
    std::string bytes;
    ByteWriter out(bytes);
    const Article& article = facts.article;
    for (const std::string* text : {&article.id, &article.title, &article.date, &article.source, &article.text})
        out.text(*text);
    out.varint(facts.entities.size());
    for (const auto& v : facts.entities) entity(out, v);
    out.varint(facts.mentions.size());
    for (const auto& v : facts.mentions) mention(out, v);
    out.varint(facts.relations.size());
    for (const auto& v : facts.relations) relation(out, v);
    texts(out, facts.warnings);
    return bytes;
}

std::optional<ArticleFacts> decode_article_facts(std::string_view bytes) {
    ByteReader in(bytes);
    ArticleFacts facts;
    Article& article = facts.article;
    for (std::string* text : {&article.id, &article.title, &article.date, &article.source, &article.text})
        *text = std::string(in.text());
    for (std::uint64_t n = in.count(8); n > 0 && !in.failed(); --n) facts.entities.push_back(entity(in));
    for (std::uint64_t n = in.count(8); n > 0 && !in.failed(); --n) {
        facts.mentions.push_back(mention(in));
        if (facts.mentions.back().entity >= facts.entities.size()) in.fail();
    }
    for (std::uint64_t n = in.count(8); n > 0 && !in.failed(); --n) {
        facts.relations.push_back(relation(in));
        const RelationFact& last = facts.relations.back();
        if (last.source >= facts.entities.size() || last.target >= facts.entities.size()) in.fail();
    }
    facts.warnings = texts(in);
    if (!in.finished()) return std::nullopt;
    return facts;
}

std::string encode_article_record(const ArticleRecord& record) {
    std::string bytes;
    ByteWriter(bytes).fixed32(record.node.value);
    return bytes + record.facts;
}

std::optional<ArticleRecord> decode_article_record(std::string_view bytes) {
    if (bytes.size() < 4) return std::nullopt;
    return ArticleRecord{NodeId{ByteReader(bytes).fixed32()}, std::string(bytes.substr(4))};
}

}  // namespace maek::storage
