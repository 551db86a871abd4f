#include "tests/storage/fact_tools.h"

#include <algorithm>
#include <sstream>

namespace maek::test {

ArticleBuilder::ArticleBuilder(const std::string& id) {
    facts_.article.id = id;
    facts_.article.title = "제목 " + id;
    facts_.article.text = "본문 " + id;
}

ArticleBuilder& ArticleBuilder::entity(const std::string& type, const std::string& name, std::vector<std::string> aliases,
                                       const std::string& key, float confidence) {
    const auto index = static_cast<std::uint32_t>(facts_.entities.size());
    facts_.entities.push_back({type, name, std::move(aliases), key, confidence});
    facts_.mentions.push_back({{index * 10, index * 10 + 5}, name, index, confidence});
    return *this;
}

ArticleBuilder& ArticleBuilder::relation(const std::string& type, std::uint32_t source, std::uint32_t target,
                                         const std::string& evidence, float confidence) {
    RelationFact relation;
    relation.type = type;
    relation.source = source;
    relation.target = target;
    relation.evidence = evidence;
    relation.confidence = confidence;
    facts_.relations.push_back(relation);
    return *this;
}

ArticleBuilder& ArticleBuilder::amount(std::int64_t krw) {
    facts_.relations.back().amount_krw = krw;
    return *this;
}
ArticleBuilder& ArticleBuilder::date(const std::string& date) {
    facts_.relations.back().date = date;
    return *this;
}
ArticleBuilder& ArticleBuilder::role(const std::string& role) {
    facts_.relations.back().role = role;
    return *this;
}

namespace {

std::string shown(const Value& value) {
    std::ostringstream out;
    switch (value.kind()) {
        case ValueKind::kString: out << value.as_string(); break;
        case ValueKind::kInteger: out << value.as_integer(); break;
        case ValueKind::kFloat: out << value.as_float(); break;
        case ValueKind::kBoolean: out << (value.as_boolean() ? "true" : "false"); break;
        case ValueKind::kList: {
            out << '[';
            const char* comma = "";
            for (const Value& item : value.as_list()) {
                out << comma << shown(item);
                comma = ", ";
            }
            out << ']';
            break;
        }
        default: out << kind_name(value.kind());
    }
    return out.str();
}

std::string properties(const graph::Graph& graph, const std::vector<std::pair<KeyId, Value>>& list) {
    std::vector<std::string> parts;
    for (const auto& [key, value] : list) parts.push_back(std::string(graph.keys().name(key)) + "=" + shown(value));
    std::sort(parts.begin(), parts.end());
    std::string out;
    for (const auto& part : parts) out += " " + part;
    return out;
}

std::string node(const graph::Graph& graph, NodeId id) {
    std::string out = "(";
    for (const LabelId label : graph.labels_of(id)) out += std::string(graph.labels().name(label)) + " ";
    for (const char* name : {"name", "id"})
        if (const auto key = graph.keys().find(name))
            if (const Value value = graph.node_property(id, *key); !value.is_null()) out += shown(value);
    return out + ")";
}

}  // namespace

std::string describe_facts(const graph::Graph& graph) {
    std::vector<std::string> lines;
    for (std::uint32_t i = 0; i < graph.node_slots(); ++i)
        if (graph.has_node(NodeId{i}))
            lines.push_back(node(graph, NodeId{i}) + properties(graph, graph.node_properties(NodeId{i})));
    for (std::uint32_t i = 0; i < graph.rel_slots(); ++i) {
        if (!graph.has_rel(RelId{i})) continue;
        const graph::RelRecord rel = graph.rel(RelId{i});
        lines.push_back(node(graph, rel.source) + "-[" + std::string(graph.types().name(rel.type)) + "]->" +
                        node(graph, rel.target) + properties(graph, graph.rel_properties(RelId{i})));
    }
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const auto& line : lines) out += line + "\n";
    return out;
}

std::uint64_t count_label(const graph::Graph& graph, const std::string& label) {
    const auto id = graph.labels().find(label);
    return id ? graph.label_count(*id) : 0;
}

std::uint64_t count_type(const graph::Graph& graph, const std::string& type) {
    const auto id = graph.types().find(type);
    return id ? graph.type_count(*id) : 0;
}

}  // namespace maek::test
