// GraphML of any writer: ours in every dialect, Gephi, yEd, APOC, TinkerPop, networkx, igraph.
//   labels  from the `labels` attribute or data (":A:B" or "A;B"), labelV, else none
//   types   from the edge's `label` attribute, labelE, data `type`, `label` or `interaction`, else
//           the default type
//   yEd     a node's shown text becomes `name` when there is no other
// A document type declaration is refused (entity bombs); nested graphs are flattened, ports dropped,
// undirected edges kept as they are written. Tests: tests/graph/import_test.cpp.
#include <expat.h>

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "graph/io/import_common.h"
#include "graph/io/json_text.h"
#include "graph/io/value_text.h"

namespace maek::graph {

namespace {

struct MlKeyIn {
    std::string name, type, graphics, description;
    bool for_node = true, for_edge = true;
    std::optional<std::string> fallback;  // <default>
    // Worked out when the first data comes.
    bool resolved = false, derived = false, list = false;
    ValueKind temporal = ValueKind::kNull;
    KeyId key;
};

struct Data {
    MlKeyIn* key;
    std::string text;
};

std::string_view attribute(const char** attributes, std::string_view name) {
    for (; *attributes != nullptr; attributes += 2) {
        if (name == attributes[0]) return attributes[1];
    }
    return {};
}

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

class GraphMlImport {
public:
    GraphMlImport(Import& import, const std::filesystem::path& path, std::string_view bytes)
        : import_(import), target_(import.target), path_(path), bytes_(bytes), ids_(import.spaces["graphml:" + path.string()]) {}

    Result<void> run() {
        parser_ = XML_ParserCreate(nullptr);
        if (parser_ == nullptr) return Error{ErrorCode::kLimit, "no memory for the XML parser", {}, {}};
        XML_SetUserData(parser_, this);
        XML_SetElementHandler(parser_, &GraphMlImport::on_start, &GraphMlImport::on_end);
        XML_SetCharacterDataHandler(parser_, &GraphMlImport::on_text);
        XML_SetStartDoctypeDeclHandler(parser_, &GraphMlImport::on_doctype);
        constexpr std::size_t kPiece = 1 << 20;
        for (std::size_t at = 0; at <= bytes_.size() && !error_; at += kPiece) {
            const std::string_view piece = bytes_.substr(at, kPiece);
            const bool last = at + kPiece > bytes_.size();
            if (XML_Parse(parser_, piece.data(), static_cast<int>(piece.size()), last) == XML_STATUS_ERROR && !error_) {
                fail(std::string("the XML is broken: ") + XML_ErrorString(XML_GetErrorCode(parser_)));
            }
            if (last) break;
        }
        XML_ParserFree(parser_);
        parser_ = nullptr;
        if (!error_ && !seen_graph_) error_ = import_error(path_, 1, 1, "there is no <graph> in the file");
        if (!error_) resolve_waiting();
        if (error_) return *error_;
        return {};
    }

private:
    enum class Inside : std::uint8_t { kNone, kNode, kEdge };
    struct Edge {
        std::string source, target;
        std::string type_attribute;
        bool directed = true;
    };
    struct Waiting {
        Edge edge;
        std::vector<Data> data;
        std::uint64_t line;
    };

    static void on_start(void* self, const char* name, const char** attributes) {
        static_cast<GraphMlImport*>(self)->start(local_name(name), attributes);
    }
    static void on_end(void* self, const char* name) { static_cast<GraphMlImport*>(self)->end(local_name(name)); }
    static void on_text(void* self, const char* text, int size) {
        auto* import = static_cast<GraphMlImport*>(self);
        if (import->collecting_) import->text_.append(text, static_cast<std::size_t>(size));
    }
    static void on_doctype(void* self, const char*, const char*, const char*, int) {
        static_cast<GraphMlImport*>(self)->fail("a document type declaration is not accepted in GraphML");
    }

    void fail(std::string message) {
        if (error_) return;
        error_ = import_error(path_, XML_GetCurrentLineNumber(parser_), XML_GetCurrentColumnNumber(parser_) + 1, std::move(message));
        XML_StopParser(parser_, XML_FALSE);
    }

    void start(std::string_view name, const char** attributes) {
        if (error_) return;
        if (++depth_ > 1000) return fail("the XML is nested more than 1,000 deep");
        if (depth_ == 1 && name != "graphml") return fail("expected <graphml>, found <" + std::string(name) + ">");
        if (graphics_depth_ > 0) {
            if (name == "NodeLabel") collect();
            return;
        }
        if (name == "key") {
            start_key(attributes);
        } else if (name == "default" || (name == "desc" && key_ != nullptr)) {
            collect();
        } else if (name == "graph") {
            seen_graph_ = true;
            default_directed_ = attribute(attributes, "edgedefault") != "undirected";
        } else if (name == "node") {
            if (inside_ == Inside::kNode) finish_node();  // a nested graph: its owner is complete
            start_node(attributes);
        } else if (name == "edge") {
            start_edge(attributes);
        } else if (name == "hyperedge") {
            import_.warn("a hyperedge was left out");
        } else if (name == "data" && inside_ != Inside::kNone) {
            start_data(attributes);
        }
    }

    void end(std::string_view name) {
        if (error_) return;
        --depth_;
        if (graphics_depth_ > 0) {
            if (name == "NodeLabel") {
                if (shown_.empty()) shown_ = text_;
                collecting_ = false;
            }
            if (depth_ + 1 == graphics_depth_) graphics_depth_ = 0;
            return;
        }
        if (name == "key") {
            key_ = nullptr;
        } else if (name == "default" && key_ != nullptr) {
            key_->fallback = text_;
            collecting_ = false;
        } else if (name == "desc" && key_ != nullptr) {
            key_->description = text_;
            collecting_ = false;
        } else if (name == "data" && data_key_ != nullptr) {
            data_.push_back({data_key_, text_});
            data_key_ = nullptr;
            collecting_ = false;
        } else if (name == "node" && inside_ == Inside::kNode) {
            finish_node();
        } else if (name == "edge" && inside_ == Inside::kEdge) {
            inside_ = Inside::kNone;
            finish_edge();
        }
    }

    void collect() {
        collecting_ = true;
        text_.clear();
    }

    void start_key(const char** attributes) {
        MlKeyIn& key = keys_[std::string(attribute(attributes, "id"))];
        key.name = attribute(attributes, "attr.name");
        key.type = attribute(attributes, "attr.type");
        key.graphics = attribute(attributes, "yfiles.type");
        if (key.name.empty()) key.name = attribute(attributes, "id");
        key_ = &key;
    }

    void start_node(const char** attributes) {
        inside_ = Inside::kNode;
        data_.clear();
        shown_.clear();
        node_id_ = attribute(attributes, "id");
        label_text_ = attribute(attributes, "labels");
        if (node_id_.empty()) fail("a <node> has no id");
    }

    void start_edge(const char** attributes) {
        inside_ = Inside::kEdge;
        data_.clear();
        edge_ = {std::string(attribute(attributes, "source")), std::string(attribute(attributes, "target")),
                 std::string(attribute(attributes, "label")), default_directed_};
        const std::string_view directed = attribute(attributes, "directed");
        if (!directed.empty()) edge_.directed = directed != "false";
        if (edge_.source.empty() || edge_.target.empty()) fail("an <edge> has no source or no target");
    }

    void start_data(const char** attributes) {
        const std::string id(attribute(attributes, "key"));
        auto at = keys_.find(id);
        if (at == keys_.end()) {
            // APOC writes data without declaring its key.
            at = keys_.emplace(id, MlKeyIn{}).first;
            at->second.name = id;
            at->second.type = "string";
        }
        if (!at->second.graphics.empty()) {
            graphics_depth_ = depth_;
            return;
        }
        data_key_ = &at->second;
        collect();
    }

    void resolve(MlKeyIn& key) {
        key.resolved = true;
        std::string_view rest = key.description;
        while (rest.starts_with("maek:")) {
            rest.remove_prefix(5);
            if (rest.starts_with("name=")) {
                key.name = rest.substr(5);
                break;
            }
            const std::string_view word = rest.substr(0, rest.find(' '));
            key.derived = key.derived || word == "derived";
            key.list = key.list || word == "list";
            for (int kind = 0; kind <= static_cast<int>(ValueKind::kPoint); ++kind) {
                std::string known(kind_name(static_cast<ValueKind>(kind)));
                for (char& c : known) c = c == ' ' ? '_' : static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
                if (known == word && (is_temporal(static_cast<ValueKind>(kind)) || known == "point")) {
                    key.temporal = static_cast<ValueKind>(kind);
                }
            }
            rest.remove_prefix(std::min(word.size() + 1, rest.size()));
        }
        key.key = target_.key(key.name);
    }

    // None: an empty text for a number, which is no value.
    std::optional<Value> value_of(const MlKeyIn& key, const std::string& text) {
        if (key.list) {
            if (auto json = parse_json(text); json && json->is(ValueKind::kList)) return storable(import_, std::move(*json));
        } else if (key.temporal == ValueKind::kPoint) {
            if (auto json = parse_json(text); json && json->is(ValueKind::kPoint)) return json;
        } else if (key.temporal != ValueKind::kNull) {
            if (auto value = parse_temporal(key.temporal, text)) return value;
        }
        if (key.type.empty() || key.type == "string") return Value::string(text);
        if (text.empty()) return std::nullopt;
        if (key.type == "boolean") {
            if (text == "true" || text == "1" || text == "True") return Value::boolean(true);
            if (text == "false" || text == "0" || text == "False") return Value::boolean(false);
        } else if (key.type == "int" || key.type == "integer" || key.type == "long") {
            if (const auto v = parse_integer(text)) return Value::integer(*v);
            if (const auto v = parse_float(text)) return Value::floating(*v);
        } else if (key.type == "float" || key.type == "double") {
            if (const auto v = parse_float(text)) return Value::floating(*v);
            std::string lowered = text;
            for (char& c : lowered) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            if (lowered == "nan") return Value::floating(std::numeric_limits<double>::quiet_NaN());
        } else {
            return Value::string(text);
        }
        fail("`" + text.substr(0, 80) + "` is no " + key.type + ", which key `" + key.name + "` wants");
        return std::nullopt;
    }

    template <class IdType>
    void set_all(IdType id, const std::vector<Data>& data, std::string_view type = {}) {
        for (const Data& one : data) {
            if (!one.key->resolved) resolve(*one.key);
            if (one.key->derived || is_structure(one.key->name)) continue;
            if (!type.empty() && one.text == type && repeats_type(one.key->name)) continue;
            if (auto value = value_of(*one.key, one.text)) target_.set(id, one.key->key, *value);
            if (error_) return;
        }
    }
    static bool repeats_type(std::string_view name) {
        return name == "label" || name == "type" || name == "interaction";
    }
    // Names that only carry labels and types.
    static bool is_structure(std::string_view name) { return name == "labels" || name == "labelV" || name == "labelE"; }

    void finish_node() {
        inside_ = Inside::kNone;
        for (const Data& one : data_) {
            if (label_text_.empty() && (one.key->name == "labels" || one.key->name == "labelV")) label_text_ = one.text;
        }
        if (label_text_ != last_label_text_) {
            last_label_text_ = label_text_;
            last_labels_.clear();
            std::string_view rest = label_text_;
            while (!rest.empty()) {
                const std::size_t end = std::min(rest.find_first_of(":;"), rest.size());
                if (end > 0) last_labels_.push_back(target_.label(rest.substr(0, end)));
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
        }
        const NodeId node = target_.add_node(last_labels_);
        if (!ids_.insert("=" + node_id_, node)) return fail("the node id `" + node_id_ + "` was used already");
        set_all(node, data_);
        const bool named = std::ranges::any_of(data_, [](const Data& one) {
            return one.key->name == "name" || one.key->description.starts_with("maek:");
        });
        if (!named && !shown_.empty()) target_.set_string(node, target_.key("name"), shown_);
        progress(true);
    }

    void finish_edge() {
        if (!edge_.directed) import_.warn("an undirected edge was kept as directed from its source to its target");
        const NodeId source = ids_.find("=" + edge_.source), target = ids_.find("=" + edge_.target);
        if (!source.valid() || !target.valid()) {
            waiting_.push_back({edge_, data_, XML_GetCurrentLineNumber(parser_)});
            return;
        }
        add_edge(edge_, data_, source, target);
    }

    void add_edge(const Edge& edge, const std::vector<Data>& data, NodeId source, NodeId target) {
        std::string_view type = edge.type_attribute;
        for (const char* name : {"labelE", "type", "label", "interaction"}) {
            for (const Data& one : data) {
                if (type.empty() && one.key->name == name) type = one.text;
            }
        }
        if (type.empty()) type = import_.options.default_type;
        if (type != last_type_text_) {
            last_type_text_ = type;
            last_type_ = target_.type(type);
        }
        set_all(target_.add_relationship(source, target, last_type_), data, type);
        progress(false);
    }

    void progress(bool node) {
        const auto done = parser_ ? static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser_)) : bytes_.size();
        if (auto result = import_.count(done, node); !result && !error_) {
            error_ = std::move(result).error();
            if (parser_) XML_StopParser(parser_, XML_FALSE);
        }
    }

    void resolve_waiting() {
        for (const Waiting& one : waiting_) {
            const NodeId source = ids_.find("=" + one.edge.source), target = ids_.find("=" + one.edge.target);
            if (!source.valid() || !target.valid()) {
                error_ = import_error(path_, one.line, 0, "the edge joins node `" +
                                          (source.valid() ? one.edge.target : one.edge.source) + "`, which is not in the file");
                return;
            }
            add_edge(one.edge, one.data, source, target);
            if (error_) return;
        }
    }

    Import& import_;
    ImportTarget& target_;
    const std::filesystem::path& path_;
    std::string_view bytes_;
    IdMap& ids_;
    XML_Parser parser_ = nullptr;
    std::optional<Error> error_;
    std::unordered_map<std::string, MlKeyIn> keys_;
    MlKeyIn* key_ = nullptr;
    MlKeyIn* data_key_ = nullptr;
    int depth_ = 0, graphics_depth_ = 0;
    bool collecting_ = false, seen_graph_ = false, default_directed_ = true;
    Inside inside_ = Inside::kNone;
    std::string text_, node_id_, label_text_, shown_;
    Edge edge_;
    std::vector<Data> data_;
    std::vector<Waiting> waiting_;
    std::string last_label_text_, last_type_text_;
    std::vector<LabelId> last_labels_;
    TypeId last_type_;
};

}  // namespace

Result<void> import_graphml(Import& import, const std::filesystem::path& path, std::string_view bytes) {
    return GraphMlImport(import, path, bytes).run();
}

}  // namespace maek::graph
