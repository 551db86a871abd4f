// JSON Lines: {"id","labels","properties"} a node, {"id","type","start","end","properties"} a
// relationship, all nodes first. And JSON in the node-link form of d3 and networkx, where the
// properties stand beside id, labels, source, target, key and type (an `_` is added to a property
// of one of these names). Lost: the kinds of temporals (ISO strings).
#include <algorithm>

#include "graph/io/export_common.h"
#include "graph/io/json_text.h"
#include "graph/io/value_text.h"

namespace maek::graph {

namespace {

// Names as JSON strings, made once.
struct JsonNames {
    explicit JsonNames(const Graph& graph) {
        for (std::uint32_t i = 0; i < graph.labels().size(); ++i) add(labels, graph.labels().name(LabelId{i}));
        for (std::uint32_t i = 0; i < graph.types().size(); ++i) add(types, graph.types().name(TypeId{i}));
        for (std::uint32_t i = 0; i < graph.keys().size(); ++i) add(keys, graph.keys().name(KeyId{i}));
    }
    static void add(std::vector<std::string>& names, std::string_view name) {
        append_json_string(names.emplace_back(), name);
    }
    std::vector<std::string> labels, types, keys;
};

void append_value(std::string& out, const Value& value) {
    if (value.is(ValueKind::kInteger)) {
        append_integer(out, value.as_integer());
    } else {
        append_json(out, value);
    }
}

void append_labels(std::string& out, const Graph& graph, NodeId node, const JsonNames& names) {
    out.push_back('[');
    bool first = true;
    for (const LabelId label : graph.labels_of(node)) {
        if (!std::exchange(first, false)) out.push_back(',');
        out += names.labels[label.value];
    }
    out.push_back(']');
}

void append_properties(std::string& out, const std::vector<std::pair<KeyId, Value>>& properties,
                       const std::vector<std::string>& keys) {
    out.push_back('{');
    bool first = true;
    for (const auto& [key, value] : properties) {
        if (!std::exchange(first, false)) out.push_back(',');
        out += keys[key.value];
        out.push_back(':');
        append_value(out, value);
    }
    out.push_back('}');
}

void append_beside(std::string& out, const std::vector<std::pair<KeyId, Value>>& properties,
                   const std::vector<std::string>& keys) {
    for (const auto& [key, value] : properties) {
        out.push_back(',');
        out += keys[key.value];
        out.push_back(':');
        append_value(out, value);
    }
}

}  // namespace

Result<void> export_jsonl(const Graph& graph, const ExportOptions& options, std::ostream& stream) {
    const Selection chosen = select(graph, options);
    const JsonNames names(graph);
    Output out(stream, options);
    bool going = true;
    for (std::size_t i = 0; i < chosen.nodes.size() && going; ++i) {
        out.text += "{\"id\":";
        append_integer(out.text, chosen.nodes[i].value);
        out.text += ",\"labels\":";
        append_labels(out.text, graph, chosen.nodes[i], names);
        out.text += ",\"properties\":";
        append_properties(out.text, graph.node_properties(chosen.nodes[i]), names.keys);
        out.text += "}\n";
        going = out.proceed();
    }
    for (std::size_t i = 0; i < chosen.relationships.size() && going; ++i) {
        const RelRecord rel = graph.rel(chosen.relationships[i]);
        out.text += "{\"id\":";
        append_integer(out.text, chosen.relationships[i].value);
        out.text += ",\"type\":";
        out.text += names.types[rel.type.value];
        out.text += ",\"start\":";
        append_integer(out.text, rel.source.value);
        out.text += ",\"end\":";
        append_integer(out.text, rel.target.value);
        out.text += ",\"properties\":";
        append_properties(out.text, graph.rel_properties(chosen.relationships[i]), names.keys);
        out.text += "}\n";
        going = out.proceed();
    }
    return out.finish();
}

Result<void> export_node_link(const Graph& graph, const ExportOptions& options, std::ostream& stream) {
    const Selection chosen = select(graph, options);
    const JsonNames names(graph);
    std::vector<std::string> keys;
    for (std::uint32_t i = 0; i < graph.keys().size(); ++i) {
        std::string name(graph.keys().name(KeyId{i}));
        for (const char* taken : {"id", "labels", "label", "source", "target", "key", "type"}) {
            if (name == taken) name += '_';
        }
        JsonNames::add(keys, name);
    }
    Output out(stream, options);
    out.text += "{\"directed\":true,\"multigraph\":true,\"graph\":{},\"nodes\":[";
    bool going = true;
    for (std::size_t i = 0; i < chosen.nodes.size() && going; ++i) {
        out.text += i == 0 ? "\n{\"id\":" : ",\n{\"id\":";
        append_integer(out.text, chosen.nodes[i].value);
        out.text += ",\"label\":";
        append_json_string(out.text, display_name(graph, chosen.nodes[i]));
        out.text += ",\"labels\":";
        append_labels(out.text, graph, chosen.nodes[i], names);
        append_beside(out.text, graph.node_properties(chosen.nodes[i]), keys);
        out.text += "}";
        going = out.proceed();
    }
    out.text += "],\n\"links\":[";
    for (std::size_t i = 0; i < chosen.relationships.size() && going; ++i) {
        const RelRecord rel = graph.rel(chosen.relationships[i]);
        out.text += i == 0 ? "\n{\"source\":" : ",\n{\"source\":";
        append_integer(out.text, rel.source.value);
        out.text += ",\"target\":";
        append_integer(out.text, rel.target.value);
        out.text += ",\"key\":";
        append_integer(out.text, chosen.relationships[i].value);
        out.text += ",\"type\":";
        out.text += names.types[rel.type.value];
        append_beside(out.text, graph.rel_properties(chosen.relationships[i]), keys);
        out.text += "}";
        going = out.proceed();
    }
    out.text += "]}\n";
    return out.finish();
}

}  // namespace maek::graph
