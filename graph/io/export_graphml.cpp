// GraphML that every reader takes: explicit values and no defaults, the six types of the standard
// only, ids n7 and e9, nodes before edges, lists as JSON text, temporals as ISO text, no graph-level
// keys. Beside the properties each node has `label` (the name to show), `labels` (":City:Place") and
// `type` (its first label), each edge `label`, `type`, `interaction` (its type) and `weight`. A
// property of one of these names gets an `_`, spaces in names become `_`; the keys' <desc> tells the
// true name, and our own import follows it. Dialects add what their readers look for.
// Characters that XML 1.0 cannot hold are dropped. Tests: tests/graph/export_test.cpp.
#include <algorithm>
#include <set>

#include "graph/io/export_common.h"
#include "graph/io/json_text.h"
#include "graph/io/value_text.h"

namespace maek::graph {

namespace {

struct MlKey {
    KeyId key;
    std::string id;    // escaped, in data elements
    std::string open;  // "<data key=\"…\">"
};

std::string_view attribute_type(CommonKind kind) {
    switch (kind) {
        case CommonKind::kBoolean: return "boolean";
        case CommonKind::kInteger: return "long";
        case CommonKind::kFloat: return "double";
        default: return "string";
    }
}

// An NMTOKEN: what is no name character becomes '_'.
std::string token_of(std::string_view name) {
    std::string token(name);
    for (char& c : token) {
        const auto u = static_cast<unsigned char>(c);
        const bool fine = u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z') ||
                          c == '_' || c == '-' || c == '.';
        if (!fine) c = '_';
    }
    return token.empty() ? "_" : token;
}

class GraphMl {
public:
    GraphMl(const Graph& graph, const ExportOptions& options, std::ostream& stream)
        : graph_(graph), dialect_(options.dialect), chosen_(select(graph, options)), out_(stream, options), text_(out_.text) {
        for (std::uint32_t i = 0; i < graph.labels().size(); ++i) append_xml(labels_.emplace_back(), graph.labels().name(LabelId{i}));
        for (std::uint32_t i = 0; i < graph.types().size(); ++i) append_xml(types_.emplace_back(), graph.types().name(TypeId{i}));
        name_ = graph.keys().find("name");
        weight_ = graph.keys().find("weight");
        if (!weight_) weight_ = graph.keys().find("confidence");
    }

    Result<void> run() {
        head();
        keys();
        text_ += "  <graph id=\"maek\" edgedefault=\"directed\">\n";
        bool going = true;
        for (std::size_t i = 0; i < chosen_.nodes.size() && going; ++i) {
            node(chosen_.nodes[i]);
            going = out_.proceed();
        }
        for (std::size_t i = 0; i < chosen_.relationships.size() && going; ++i) {
            edge(chosen_.relationships[i]);
            going = out_.proceed();
        }
        text_ += "  </graph>\n</graphml>\n";
        return out_.finish();
    }

private:
    bool is(GraphMlDialect dialect) const { return dialect_ == dialect; }

    void head() {
        text_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
                 "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ";
        if (is(GraphMlDialect::kYed)) text_ += "xmlns:y=\"http://www.yworks.com/xml/graphml\" ";
        text_ += "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
                 "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
    }

    void declare(std::string_view id, std::string_view of, std::string_view name, std::string_view type,
                 std::string_view description) {
        text_.append("  <key id=\"").append(id).append("\" for=\"").append(of).append("\" attr.name=\"");
        append_xml(text_, name);
        text_.append("\" attr.type=\"").append(type).append("\"");
        if (description.empty()) {
            text_ += "/>\n";
            return;
        }
        text_ += "><desc>";
        append_xml(text_, description);
        text_ += "</desc></key>\n";
    }

    void keys() {
        constexpr std::string_view kDerived = "maek:derived";
        declare("n_label", "node", "label", "string", kDerived);
        declare("n_labels", "node", "labels", "string", "maek:labels");
        declare("n_type", "node", "type", "string", kDerived);
        if (is(GraphMlDialect::kTinkerpop)) declare("labelV", "node", "labelV", "string", kDerived);
        properties(chosen_.node_keys, "node", "n_", {"label", "labels", "type", "labelV", "id"}, node_keys_,
                   [&](KeyId key) { return summarize(graph_, chosen_.nodes, key); });
        declare("e_label", "edge", "label", "string", kDerived);
        declare("e_type", "edge", "type", "string", "maek:type");
        declare("e_interaction", "edge", "interaction", "string", kDerived);
        if (is(GraphMlDialect::kTinkerpop)) declare("labelE", "edge", "labelE", "string", kDerived);
        if (!numeric_weight_property()) declare("e_weight", "edge", "weight", "double", kDerived);
        properties(chosen_.rel_keys, "edge", "e_", {"label", "type", "interaction", "labelE", "id"}, rel_keys_,
                   [&](KeyId key) { return summarize(graph_, chosen_.relationships, key); });
        if (is(GraphMlDialect::kYed)) {
            text_ += "  <key id=\"d_nodegraphics\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n"
                     "  <key id=\"d_edgegraphics\" for=\"edge\" yfiles.type=\"edgegraphics\"/>\n";
        }
    }

    // A property `weight` that holds numbers only is the weight itself.
    bool numeric_weight_property() {
        const auto key = graph_.keys().find("weight");
        if (!key || !std::ranges::binary_search(chosen_.rel_keys, *key)) return false;
        const CommonKind kind = summarize(graph_, chosen_.relationships, *key).kind;
        own_weight_ = kind == CommonKind::kFloat || kind == CommonKind::kInteger;
        return own_weight_;
    }

    template <class Summarize>
    void properties(const std::vector<KeyId>& from, std::string_view of, std::string_view prefix,
                    std::set<std::string, std::less<>> taken, std::vector<MlKey>& into, Summarize&& summary_of) {
        if (of == "edge" && !own_weight_) taken.insert("weight");
        for (const KeyId key : from) {
            const std::string_view name = graph_.keys().name(key);
            std::string token = token_of(name);
            while (!taken.insert(token).second) token += '_';
            const std::string id = is(GraphMlDialect::kTinkerpop) ? std::string(of) + "_" + token : std::string(prefix) + token;
            const KeySummary summary = summary_of(key);
            std::string description;
            if (summary.kind == CommonKind::kList || summary.kind == CommonKind::kTemporal) {
                description = "maek:" + lower_name(summary.kind == CommonKind::kList ? ValueKind::kList : summary.exactly);
            }
            if (token != name) description += (description.empty() ? "maek:name=" : " maek:name=") + std::string(name);
            declare(id, of, token, attribute_type(summary.kind), description);
            into.push_back({key, id, "<data key=\"" + id + "\">"});
        }
    }

    static std::string lower_name(ValueKind kind) {
        std::string text(kind_name(kind));
        for (char& c : text) c = c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return text;
    }

    void data(std::string_view key, std::string_view escaped) {
        text_.append("<data key=\"").append(key).append("\">").append(escaped).append("</data>");
    }

    void append_value(const ColumnChunk& column, std::uint32_t i) {
        switch (column.kind()) {
            case ColumnChunk::Kind::kString: append_xml(text_, column.string(i)); break;
            case ColumnChunk::Kind::kInteger: append_integer(text_, column.integers()[i]); break;
            case ColumnChunk::Kind::kBoolean: text_ += column.booleans()[i] ? "true" : "false"; break;
            default: {
                scratch_.clear();
                const Value value = column.value(i);
                append_plain(scratch_, value);
                if (value.is(ValueKind::kFloat)) {  // the words of xs:double
                    if (scratch_ == "Infinity") scratch_ = "INF";
                    if (scratch_ == "-Infinity") scratch_ = "-INF";
                }
                append_xml(text_, scratch_);
            }
        }
    }

    void node(NodeId id) {
        const std::uint32_t chunk = id.value >> kChunkBits, place = id.value & kChunkMask;
        joined_.clear();
        first_.clear();
        for (std::uint32_t label = 0; label < labels_.size(); ++label) {
            if (!graph_.has_label(id, LabelId{label})) continue;
            if (joined_.empty()) first_ = labels_[label];
            joined_.append(":").append(labels_[label]);
        }
        text_ += "    <node id=\"n";
        append_integer(text_, id.value);
        text_ += '"';
        if (is(GraphMlDialect::kApoc)) text_.append(" labels=\"").append(joined_).append("\"");
        text_ += '>';
        std::string shown;
        const ColumnChunk* names = name_ ? graph_.node_column(*name_, chunk) : nullptr;
        if (names && names->kind() == ColumnChunk::Kind::kString && names->has(place) && !names->string(place).empty()) {
            append_xml(shown, names->string(place));
        } else {
            append_xml(shown, display_name(graph_, id));
        }
        data("n_label", shown);
        data("n_labels", joined_);
        if (!first_.empty()) data("n_type", first_);
        if (is(GraphMlDialect::kTinkerpop)) data("labelV", first_.empty() ? "vertex" : first_);
        for (const MlKey& key : node_keys_) {
            const ColumnChunk* column = graph_.node_column(key.key, chunk);
            if (!column || !column->has(place)) continue;
            text_ += key.open;
            append_value(*column, place);
            text_ += "</data>";
        }
        if (is(GraphMlDialect::kYed)) {
            text_.append("<data key=\"d_nodegraphics\"><y:ShapeNode><y:NodeLabel>").append(shown)
                .append("</y:NodeLabel><y:Shape type=\"roundrectangle\"/></y:ShapeNode></data>");
        }
        text_ += "</node>\n";
    }

    void edge(RelId id) {
        const RelRecord rel = graph_.rel(id);
        const std::string& type = types_[rel.type.value];
        const std::uint32_t chunk = id.value >> kChunkBits, place = id.value & kChunkMask;
        text_ += "    <edge id=\"e";
        append_integer(text_, id.value);
        text_ += "\" source=\"n";
        append_integer(text_, rel.source.value);
        text_ += "\" target=\"n";
        append_integer(text_, rel.target.value);
        text_ += '"';
        if (is(GraphMlDialect::kApoc) || is(GraphMlDialect::kGephi)) text_.append(" label=\"").append(type).append("\"");
        text_ += '>';
        data("e_label", type);
        data("e_type", type);
        data("e_interaction", type);
        if (is(GraphMlDialect::kTinkerpop)) data("labelE", type);
        if (!own_weight_) weight(id);
        for (const MlKey& key : rel_keys_) {
            const ColumnChunk* column = graph_.rel_column(key.key, chunk);
            if (!column || !column->has(place)) continue;
            text_ += key.open;
            append_value(*column, place);
            text_ += "</data>";
        }
        if (is(GraphMlDialect::kYed)) {
            text_.append("<data key=\"d_edgegraphics\"><y:PolyLineEdge><y:Arrows source=\"none\" target=\"standard\"/>"
                         "<y:EdgeLabel>").append(type).append("</y:EdgeLabel></y:PolyLineEdge></data>");
        }
        text_ += "</edge>\n";
    }

    void weight(RelId id) {
        const Value value = weight_ ? graph_.rel_property(id, *weight_) : Value::null();
        text_ += "<data key=\"e_weight\">";
        append_float(text_, value.is_number() ? value.as_number() : 1.0);
        text_ += "</data>";
    }

    const Graph& graph_;
    const GraphMlDialect dialect_;
    const Selection chosen_;
    Output out_;
    std::string& text_;
    std::vector<std::string> labels_, types_;
    std::optional<KeyId> name_, weight_;
    bool own_weight_ = false;
    std::vector<MlKey> node_keys_, rel_keys_;
    std::string joined_, first_, scratch_;
};

}  // namespace

Result<void> export_graphml(const Graph& graph, const ExportOptions& options, std::ostream& stream) {
    return GraphMl(graph, options, stream).run();
}

}  // namespace maek::graph
