// Turtle (RDF): a node is <iri>node/7 with its labels as classes, its properties as literals and
// rdfs:label as the shown name; a relationship is a triple, and when it has properties also an
// rdf:Statement about that triple that carries them. Lists become one triple an element.
#include "graph/io/export_common.h"
#include "graph/io/json_text.h"
#include "graph/io/value_text.h"

namespace maek::graph {

namespace {

// Inside <…>: letters of every script stay, what an IRI cannot hold is percent-encoded.
void append_iri(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        const bool fine = u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z') ||
                          c == '-' || c == '_' || c == '.' || c == '~';
        if (fine) {
            out.push_back(c);
        } else {
            out.push_back('%');
            out.push_back(kHex[u >> 4]);
            out.push_back(kHex[u & 15]);
        }
    }
}

void append_string(std::string& out, std::string_view text) {
    out.push_back('"');
    for (const char c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20) out.push_back(c);
        }
    }
    out.push_back('"');
}

void append_literal(std::string& out, const Value& value) {
    std::string text;
    const auto typed = [&](std::string_view type) {
        append_plain(text, value);
        if (type == "double" && text == "Infinity") text = "INF";
        if (type == "double" && text == "-Infinity") text = "-INF";
        append_string(out, text);
        out.append("^^xsd:").append(type);
    };
    switch (value.kind()) {
        case ValueKind::kBoolean: out += value.as_boolean() ? "true" : "false"; break;
        case ValueKind::kInteger: append_integer(out, value.as_integer()); break;
        case ValueKind::kFloat: typed("double"); break;
        case ValueKind::kDate: typed("date"); break;
        case ValueKind::kLocalTime:
        case ValueKind::kTime: typed("time"); break;
        case ValueKind::kLocalDateTime: typed("dateTime"); break;
        case ValueKind::kDateTime: {
            append_temporal(text, value);
            text.resize(std::min(text.size(), text.find('[')));
            append_string(out, text);
            out += "^^xsd:dateTime";
            break;
        }
        case ValueKind::kDuration: typed("duration"); break;
        default:
            append_plain(text, value);
            append_string(out, text);
    }
}

class Turtle {
public:
    Turtle(const Graph& graph, const ExportOptions& options, std::ostream& stream)
        : graph_(graph), iri_(options.iri), chosen_(select(graph, options)), out_(stream, options), text_(out_.text) {}

    Result<void> run() {
        text_ += "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
                 "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
                 "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n";
        bool going = true;
        for (std::size_t i = 0; i < chosen_.nodes.size() && going; ++i) {
            node(chosen_.nodes[i]);
            going = out_.proceed();
        }
        for (std::size_t i = 0; i < chosen_.relationships.size() && going; ++i) {
            relationship(chosen_.relationships[i]);
            going = out_.proceed();
        }
        return out_.finish();
    }

private:
    void thing(std::string_view kind, std::uint32_t id) {
        text_.append("<").append(iri_).append(kind).append("/");
        append_integer(text_, id);
        text_ += '>';
    }
    void term(std::string_view kind, std::string_view name) {
        text_.append("<").append(iri_).append(kind).append("/");
        append_iri(text_, name);
        text_ += '>';
    }
    void properties(const std::vector<std::pair<KeyId, Value>>& properties) {
        for (const auto& [key, value] : properties) {
            const std::span<const Value> items = value.is(ValueKind::kList) ? value.as_list() : std::span(&value, 1);
            for (const Value& item : items) {
                text_ += " ;\n    ";
                term("property", graph_.keys().name(key));
                text_ += ' ';
                append_literal(text_, item);
            }
        }
    }
    void node(NodeId id) {
        thing("node", id.value);
        text_ += " rdfs:label ";
        append_string(text_, display_name(graph_, id));
        for (const LabelId label : graph_.labels_of(id)) {
            text_ += " ;\n    a ";
            term("label", graph_.labels().name(label));
        }
        properties(graph_.node_properties(id));
        text_ += " .\n";
    }
    void relationship(RelId id) {
        const RelRecord rel = graph_.rel(id);
        const std::string_view type = graph_.types().name(rel.type);
        thing("node", rel.source.value);
        text_ += ' ';
        term("type", type);
        text_ += ' ';
        thing("node", rel.target.value);
        text_ += " .\n";
        const auto values = graph_.rel_properties(id);
        if (values.empty()) return;
        thing("relationship", id.value);
        text_ += " a rdf:Statement ;\n    rdf:subject ";
        thing("node", rel.source.value);
        text_ += " ;\n    rdf:predicate ";
        term("type", type);
        text_ += " ;\n    rdf:object ";
        thing("node", rel.target.value);
        properties(values);
        text_ += " .\n";
    }

    const Graph& graph_;
    const std::string iri_;
    const Selection chosen_;
    Output out_;
    std::string& text_;
};

}  // namespace

Result<void> export_turtle(const Graph& graph, const ExportOptions& options, std::ostream& stream) {
    return Turtle(graph, options, stream).run();
}

}  // namespace maek::graph
