// GEXF 1.3 for Gephi and Gephi Lite: names as labels, the relationship's type as the edge's `kind`
// (so that parallel edges stay apart) and label, properties as attribute values.
#include "graph/io/export_common.h"
#include "graph/io/value_text.h"

namespace maek::graph {

namespace {

struct Attribute {
    KeyId key;
    std::string id;
};

std::string_view attribute_type(CommonKind kind) {
    switch (kind) {
        case CommonKind::kBoolean: return "boolean";
        case CommonKind::kInteger: return "long";
        case CommonKind::kFloat: return "double";
        default: return "string";
    }
}

template <class IdType>
std::vector<Attribute> declare(std::string& out, const Graph& graph, std::string_view of, const std::vector<IdType>& ids,
                               const std::vector<KeyId>& keys) {
    std::vector<Attribute> attributes;
    out.append("    <attributes class=\"").append(of).append("\">\n");
    if (of == "node") out += "      <attribute id=\"labels\" title=\"labels\" type=\"string\"/>\n";
    for (const KeyId key : keys) {
        Attribute attribute{key, "p" + std::to_string(key.value)};
        out.append("      <attribute id=\"").append(attribute.id).append("\" title=\"");
        append_xml(out, graph.keys().name(key));
        out.append("\" type=\"").append(attribute_type(summarize(graph, ids, key).kind)).append("\"/>\n");
        attributes.push_back(std::move(attribute));
    }
    out += "    </attributes>\n";
    return attributes;
}

Value value_at(const Graph& graph, NodeId id, KeyId key) { return graph.node_property(id, key); }
Value value_at(const Graph& graph, RelId id, KeyId key) { return graph.rel_property(id, key); }

template <class IdType>
void append_values(std::string& out, const Graph& graph, IdType id, const std::vector<Attribute>& attributes) {
    std::string text;
    for (const Attribute& attribute : attributes) {
        const Value value = value_at(graph, id, attribute.key);
        if (value.is_null()) continue;
        text.clear();
        append_plain(text, value);
        out.append("<attvalue for=\"").append(attribute.id).append("\" value=\"");
        append_xml(out, text);
        out += "\"/>";
    }
}

}  // namespace

Result<void> export_gexf(const Graph& graph, const ExportOptions& options, std::ostream& stream) {
    const Selection chosen = select(graph, options);
    Output out(stream, options);
    out.text += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
                "  <graph defaultedgetype=\"directed\" mode=\"static\">\n";
    const auto node_attributes = declare(out.text, graph, "node", chosen.nodes, chosen.node_keys);
    const auto edge_attributes = declare(out.text, graph, "edge", chosen.relationships, chosen.rel_keys);
    const auto weight = graph.keys().find("weight");
    out.text += "    <nodes>\n";
    bool going = true;
    for (std::size_t i = 0; i < chosen.nodes.size() && going; ++i) {
        const NodeId node = chosen.nodes[i];
        out.text += "      <node id=\"n";
        append_integer(out.text, node.value);
        out.text += "\" label=\"";
        append_xml(out.text, display_name(graph, node));
        out.text += "\"><attvalues><attvalue for=\"labels\" value=\"";
        for (const LabelId label : graph.labels_of(node)) {
            out.text.push_back(':');
            append_xml(out.text, graph.labels().name(label));
        }
        out.text += "\"/>";
        append_values(out.text, graph, node, node_attributes);
        out.text += "</attvalues></node>\n";
        going = out.proceed();
    }
    out.text += "    </nodes>\n    <edges>\n";
    for (std::size_t i = 0; i < chosen.relationships.size() && going; ++i) {
        const RelId id = chosen.relationships[i];
        const RelRecord rel = graph.rel(id);
        out.text += "      <edge id=\"e";
        append_integer(out.text, id.value);
        out.text += "\" source=\"n";
        append_integer(out.text, rel.source.value);
        out.text += "\" target=\"n";
        append_integer(out.text, rel.target.value);
        std::string type;
        append_xml(type, graph.types().name(rel.type));
        out.text.append("\" kind=\"").append(type).append("\" label=\"").append(type).append("\"");
        const Value value = weight ? graph.rel_property(id, *weight) : Value::null();
        if (value.is_number()) {
            out.text += " weight=\"";
            append_float(out.text, value.as_number());
            out.text += '"';
        }
        out.text += "><attvalues>";
        append_values(out.text, graph, id, edge_attributes);
        out.text += "</attvalues></edge>\n";
        going = out.proceed();
    }
    out.text += "    </edges>\n  </graph>\n</gexf>\n";
    return out.finish();
}

}  // namespace maek::graph
