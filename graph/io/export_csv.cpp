// CSV with neo4j-admin headers, nodes and relationships. A property of one kind gets its type in the
// header; of several kinds: string. Lists of one kind are joined by ';' (a ';' inside an element
// makes the column JSON text instead). The ids are the NodeIds and are no property.
#include "graph/io/export_common.h"
#include "graph/io/json_text.h"
#include "graph/io/value_text.h"

namespace maek::graph {

namespace {

struct CsvKey {
    KeyId key;
    KeySummary summary;
    bool array = false;
};

std::string_view type_name(ValueKind kind) {
    switch (kind) {
        case ValueKind::kBoolean: return "boolean";
        case ValueKind::kInteger: return "long";
        case ValueKind::kFloat: return "double";
        case ValueKind::kDate: return "date";
        case ValueKind::kTime: return "time";
        case ValueKind::kLocalTime: return "localtime";
        case ValueKind::kDateTime: return "datetime";
        case ValueKind::kLocalDateTime: return "localdatetime";
        case ValueKind::kDuration: return "duration";
        case ValueKind::kPoint: return "point";
        default: return "string";
    }
}

void append_field(std::string& out, std::string_view text) {
    const bool quote = text.empty() || text.find_first_of(",\"\r\n") != text.npos || text.front() == ' ' || text.back() == ' ';
    if (!quote) {
        out += text;
        return;
    }
    out.push_back('"');
    for (const char c : text) {
        if (c == '"') out.push_back('"');
        out.push_back(c);
    }
    out.push_back('"');
}

Value value_at(const Graph& graph, NodeId id, KeyId key) { return graph.node_property(id, key); }
Value value_at(const Graph& graph, RelId id, KeyId key) { return graph.rel_property(id, key); }

// Elements that can be joined and cut apart again.
template <class IdType>
bool joinable(const Graph& graph, const std::vector<IdType>& ids, KeyId key) {
    for (const IdType id : ids) {
        const Value value = value_at(graph, id, key);
        if (value.is_null()) continue;
        if (value.as_list().empty()) return false;
        for (const Value& item : value.as_list()) {
            if (item.is(ValueKind::kString) && item.as_string().find(';') != std::string_view::npos) return false;
            if (item.is(ValueKind::kPoint) || item.is(ValueKind::kList) || item.is(ValueKind::kMap)) return false;
        }
    }
    return true;
}

template <class IdType>
std::vector<CsvKey> csv_keys(const Graph& graph, const std::vector<IdType>& ids, const std::vector<KeyId>& keys) {
    std::vector<CsvKey> result;
    for (const KeyId key : keys) {
        CsvKey column{key, summarize(graph, ids, key)};
        column.array = column.summary.kind == CommonKind::kList &&
                       column.summary.exactly != kSeveralKinds && joinable(graph, ids, key);
        result.push_back(column);
    }
    return result;
}

void append_header(std::string& out, const Graph& graph, const std::vector<CsvKey>& keys) {
    for (const CsvKey& key : keys) {
        std::string name(graph.keys().name(key.key));
        name += ':';
        const CommonKind kind = key.summary.kind;
        if (kind == CommonKind::kOther || (kind == CommonKind::kList && !key.array)) {
            name += "string";
        } else {
            name += type_name(kind == CommonKind::kFloat ? ValueKind::kFloat : key.summary.exactly);
            if (key.array) name += "[]";
        }
        out.push_back(',');
        append_field(out, name);
    }
}

template <class IdType>
void append_values(std::string& out, const Graph& graph, IdType id, const std::vector<CsvKey>& keys) {
    std::string text;
    for (const CsvKey& key : keys) {
        out.push_back(',');
        const Value value = value_at(graph, id, key.key);
        if (value.is_null()) continue;
        text.clear();
        if (key.array) {
            for (const Value& item : value.as_list()) {
                if (!text.empty() || &item != value.as_list().data()) text.push_back(';');
                append_plain(text, item);
            }
        } else {
            append_plain(text, value);
        }
        append_field(out, text);
    }
}

}  // namespace

Result<void> export_csv(const Graph& graph, const ExportOptions& options, std::ostream& nodes,
                        std::ostream& relationships) {
    const Selection chosen = select(graph, options);
    {
        Output out(nodes, options);
        const auto keys = csv_keys(graph, chosen.nodes, chosen.node_keys);
        out.text += ":ID,:LABEL";
        append_header(out.text, graph, keys);
        out.text.push_back('\n');
        for (const NodeId node : chosen.nodes) {
            append_integer(out.text, node.value);
            std::string labels;
            for (const LabelId label : graph.labels_of(node)) {
                if (!labels.empty()) labels.push_back(';');
                labels += graph.labels().name(label);
            }
            out.text.push_back(',');
            if (!labels.empty()) append_field(out.text, labels);
            append_values(out.text, graph, node, keys);
            out.text.push_back('\n');
            if (!out.proceed()) break;
        }
        if (&nodes == &relationships) out.text.push_back('\n');
        if (auto result = out.finish(); !result) return result;
    }
    Output out(relationships, options);
    const auto keys = csv_keys(graph, chosen.relationships, chosen.rel_keys);
    out.text += ":START_ID,:END_ID,:TYPE";
    append_header(out.text, graph, keys);
    out.text.push_back('\n');
    for (const RelId id : chosen.relationships) {
        const RelRecord rel = graph.rel(id);
        append_integer(out.text, rel.source.value);
        out.text.push_back(',');
        append_integer(out.text, rel.target.value);
        out.text.push_back(',');
        append_field(out.text, graph.types().name(rel.type));
        append_values(out.text, graph, id, keys);
        out.text.push_back('\n');
        if (!out.proceed()) break;
    }
    return out.finish();
}

}  // namespace maek::graph
