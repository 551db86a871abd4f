// DOT for Graphviz: nodes with their shown name and first label as class, edges with their type.
// Properties are left out: DOT is for drawing. Meant for small graphs.
#include "graph/io/export_common.h"
#include "graph/io/value_text.h"

namespace maek::graph {

namespace {

void append_quoted(std::string& out, std::string_view text) {
    out.push_back('"');
    for (const char c : text) {
        if (c == '"' || c == '\\') out.push_back('\\');
        if (c == '\n') out += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20) out.push_back(c);
    }
    out.push_back('"');
}

}  // namespace

Result<void> export_dot(const Graph& graph, const ExportOptions& options, std::ostream& stream) {
    const Selection chosen = select(graph, options);
    Output out(stream, options);
    out.text += "digraph maek {\n  node [shape=box, style=rounded];\n";
    bool going = true;
    for (std::size_t i = 0; i < chosen.nodes.size() && going; ++i) {
        out.text += "  n";
        append_integer(out.text, chosen.nodes[i].value);
        out.text += " [label=";
        append_quoted(out.text, display_name(graph, chosen.nodes[i]));
        if (const auto labels = graph.labels_of(chosen.nodes[i]); !labels.empty()) {
            out.text += ", class=";
            append_quoted(out.text, graph.labels().name(labels.front()));
        }
        out.text += "];\n";
        going = out.proceed();
    }
    for (std::size_t i = 0; i < chosen.relationships.size() && going; ++i) {
        const RelRecord rel = graph.rel(chosen.relationships[i]);
        out.text += "  n";
        append_integer(out.text, rel.source.value);
        out.text += " -> n";
        append_integer(out.text, rel.target.value);
        out.text += " [label=";
        append_quoted(out.text, graph.types().name(rel.type));
        out.text += "];\n";
        going = out.proceed();
    }
    out.text += "}\n";
    return out.finish();
}

}  // namespace maek::graph
