#include "extract/facts_json.h"

#include <charconv>
#include <cmath>

namespace maek::extract {

namespace {

void quote(std::string_view text, std::string& out) {
    static constexpr char kHex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    out += "\\u00";
                    out += kHex[c >> 4];
                    out += kHex[c & 15];
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

void number(std::int64_t value, std::string& out) { out += std::to_string(value); }

// Three decimals are what a confidence is worth.
void confidence(float value, std::string& out) {
    const long thousandths = std::lround(static_cast<double>(value) * 1000.0);
    out += ",\"confidence\":";
    number(thousandths / 1000, out);
    std::string rest = std::to_string(thousandths % 1000 + 1000);
    out += '.';
    out += rest.substr(1);
}

void span(Span s, std::string& out) {
    out += "{\"start\":";
    number(s.start, out);
    out += ",\"end\":";
    number(s.end, out);
    out += '}';
}

void entity(const ArticleFacts& facts, std::size_t index, std::string& out) {
    const EntityFact& e = facts.entities[index];
    out += "{\"id\":\"e";
    number(static_cast<std::int64_t>(index) + 1, out);
    out += "\",\"type\":";
    quote(e.type, out);
    out += ",\"name\":";
    quote(e.name, out);
    out += ",\"aliases\":[";
    for (std::size_t i = 0; i < e.aliases.size(); ++i) {
        if (i > 0) out += ',';
        quote(e.aliases[i], out);
    }
    out += ']';
    if (!e.key.empty()) {
        out += ",\"key\":";
        quote(e.key, out);
    }
    confidence(e.confidence, out);
    out += ",\"mentions\":[";
    bool first = true;
    for (const MentionFact& mention : facts.mentions) {
        if (mention.entity != index) continue;
        if (!first) out += ',';
        first = false;
        span(mention.span, out);
    }
    out += "]}";
}

void relation(const RelationFact& r, std::string& out) {
    out += "{\"type\":";
    quote(r.type, out);
    out += ",\"source\":\"e";
    number(std::int64_t{r.source} + 1, out);
    out += "\",\"target\":\"e";
    number(std::int64_t{r.target} + 1, out);
    out += "\",\"properties\":{";
    bool first = true;
    const auto property = [&](std::string_view name) {
        if (!first) out += ',';
        first = false;
        quote(name, out);
        out += ':';
    };
    if (!r.role.empty()) property("role"), quote(r.role, out);
    if (!r.subject.empty()) property("subject"), quote(r.subject, out);
    if (!r.date.empty()) property("date"), quote(r.date, out);
    if (r.amount_krw) property("amount_krw"), number(*r.amount_krw, out);
    out += '}';
    confidence(r.confidence, out);
    out += ",\"evidence\":{\"start\":";
    number(r.evidence_span.start, out);
    out += ",\"end\":";
    number(r.evidence_span.end, out);
    out += ",\"text\":";
    quote(r.evidence, out);
    out += "}}";
}

}  // namespace

void append_facts_json(const ArticleFacts& facts, std::string& out) {
    out += "{\"doc\":";
    quote(facts.article.id, out);
    out += ",\"date\":";
    if (facts.article.date.empty()) {
        out += "null";
    } else {
        quote(facts.article.date, out);
    }
    out += ",\"entities\":[";
    for (std::size_t i = 0; i < facts.entities.size(); ++i) {
        if (i > 0) out += ',';
        entity(facts, i, out);
    }
    out += "],\"relations\":[";
    for (std::size_t i = 0; i < facts.relations.size(); ++i) {
        if (i > 0) out += ',';
        relation(facts.relations[i], out);
    }
    out += ']';
    if (!facts.warnings.empty()) {
        out += ",\"warnings\":[";
        for (std::size_t i = 0; i < facts.warnings.size(); ++i) {
            if (i > 0) out += ',';
            quote(facts.warnings[i], out);
        }
        out += ']';
    }
    out += '}';
}

}  // namespace maek::extract
