#include <algorithm>
#include <array>
#include <bit>
#include <map>

#include "graph/io/export_common.h"
#include "graph/io/value_text.h"

namespace maek::graph {

namespace {

void all_nodes(const Graph& graph, std::vector<NodeId>& nodes) {
    nodes.reserve(graph.node_count());
    for (std::uint32_t chunk = 0; chunk < graph.node_chunks(); ++chunk) {
        const std::uint64_t* words = graph.alive_bits(chunk);
        for (std::uint32_t w = 0; words != nullptr && w < kChunkWords; ++w) {
            for (std::uint64_t word = words[w]; word != 0; word &= word - 1) {
                nodes.emplace_back(chunk * kChunkSize + w * 64 + static_cast<std::uint32_t>(std::countr_zero(word)));
            }
        }
    }
}

template <class Wanted>
void all_relationships(const Graph& graph, std::vector<RelId>& relationships, Wanted&& wanted) {
    for (std::uint32_t chunk = 0; chunk < graph.rel_chunks(); ++chunk) {
        const RelRecord* records = graph.rel_records(chunk);
        for (std::uint32_t i = 0; records != nullptr && i < kChunkSize; ++i) {
            if (records[i].type.valid() && wanted(records[i])) relationships.emplace_back(chunk * kChunkSize + i);
        }
    }
}

template <class IdType>
void keep_existing(std::vector<IdType>& ids, const std::function<bool(IdType)>& exists) {
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::erase_if(ids, [&](IdType id) { return !exists(id); });
}

// Calls visit(column, place) for each chosen id with a value of the key.
template <class IdType, class Visit>
void each_value(const Graph& graph, const std::vector<IdType>& ids, KeyId key, Visit&& visit) {
    const ColumnChunk* column = nullptr;
    std::uint32_t held = 0xFFFFFFFFu;
    for (const IdType id : ids) {
        if (id.value >> kChunkBits != held) {
            held = id.value >> kChunkBits;
            if constexpr (std::is_same_v<IdType, NodeId>) column = graph.node_column(key, held);
            else column = graph.rel_column(key, held);
        }
        if (column && column->has(id.value & kChunkMask) && !visit(*column, id.value & kChunkMask)) return;
    }
}

template <class IdType>
std::vector<KeyId> keys_in_use(const Graph& graph, const std::vector<IdType>& ids) {
    std::vector<KeyId> keys;
    for (std::uint32_t key = 0; key < graph.keys().size(); ++key) {
        bool used = false;
        each_value(graph, ids, KeyId{key}, [&](const ColumnChunk&, std::uint32_t) {
            used = true;
            return false;
        });
        if (used) keys.emplace_back(key);
    }
    return keys;
}

CommonKind common_of(ValueKind kind) {
    switch (kind) {
        case ValueKind::kBoolean: return CommonKind::kBoolean;
        case ValueKind::kInteger: return CommonKind::kInteger;
        case ValueKind::kFloat: return CommonKind::kFloat;
        case ValueKind::kString: return CommonKind::kString;
        case ValueKind::kList: return CommonKind::kList;
        default: return is_temporal(kind) || kind == ValueKind::kPoint ? CommonKind::kTemporal : CommonKind::kOther;
    }
}

KeySummary kind_of(const Value& value) {
    KeySummary summary{common_of(value.kind()), value.kind()};
    if (summary.kind != CommonKind::kList) return summary;
    summary.exactly = ValueKind::kNull;
    for (const Value& item : value.as_list()) {
        if (summary.exactly != ValueKind::kNull && summary.exactly != item.kind()) return {CommonKind::kList, kSeveralKinds};
        summary.exactly = item.kind();
    }
    return summary;
}

void widen(KeySummary& summary, const KeySummary& more) {
    if (summary.kind == more.kind) {
        if (summary.exactly == more.exactly) return;
        if (summary.kind == CommonKind::kList && more.exactly == ValueKind::kNull) return;
        if (summary.kind == CommonKind::kList && summary.exactly == ValueKind::kNull) {
            summary.exactly = more.exactly;
            return;
        }
        if (summary.kind == CommonKind::kList) {
            summary.exactly = kSeveralKinds;
        } else {
            summary.kind = CommonKind::kOther;
        }
        return;
    }
    const auto number = [](CommonKind kind) { return kind == CommonKind::kInteger || kind == CommonKind::kFloat; };
    summary.kind = number(summary.kind) && number(more.kind) ? CommonKind::kFloat : CommonKind::kOther;
}

template <class IdType>
KeySummary summarize_ids(const Graph& graph, const std::vector<IdType>& ids, KeyId key) {
    std::optional<KeySummary> summary;
    each_value(graph, ids, key, [&](const ColumnChunk& column, std::uint32_t i) {
        KeySummary here;
        switch (column.kind()) {
            case ColumnChunk::Kind::kBoolean: here = {CommonKind::kBoolean, ValueKind::kBoolean}; break;
            case ColumnChunk::Kind::kInteger: here = {CommonKind::kInteger, ValueKind::kInteger}; break;
            case ColumnChunk::Kind::kFloat: here = {CommonKind::kFloat, ValueKind::kFloat}; break;
            case ColumnChunk::Kind::kString: here = {CommonKind::kString, ValueKind::kString}; break;
            default: here = kind_of(column.mixed(i)); break;
        }
        if (!summary) summary = here;
        else widen(*summary, here);
        return summary->kind != CommonKind::kOther;
    });
    return summary.value_or(KeySummary{});
}

}  // namespace

Selection select(const Graph& graph, const ExportOptions& options) {
    Selection chosen;
    if (options.nodes) {
        chosen.nodes = *options.nodes;
        keep_existing<NodeId>(chosen.nodes, [&](NodeId id) { return graph.has_node(id); });
    } else if (!options.relationships) {
        all_nodes(graph, chosen.nodes);
    } else {
        // Relationships alone bring their ends.
        for (const RelId id : *options.relationships) {
            if (!graph.has_rel(id)) continue;
            chosen.nodes.push_back(graph.rel(id).source);
            chosen.nodes.push_back(graph.rel(id).target);
        }
        keep_existing<NodeId>(chosen.nodes, [](NodeId) { return true; });
    }
    const auto between = [&](const RelRecord& rel) {
        return std::ranges::binary_search(chosen.nodes, rel.source) && std::ranges::binary_search(chosen.nodes, rel.target);
    };
    if (options.relationships) {
        chosen.relationships = *options.relationships;
        keep_existing<RelId>(chosen.relationships, [&](RelId id) { return graph.has_rel(id) && between(graph.rel(id)); });
    } else if (options.nodes) {
        all_relationships(graph, chosen.relationships, between);
    } else {
        chosen.relationships.reserve(graph.rel_count());
        all_relationships(graph, chosen.relationships, [](const RelRecord&) { return true; });
    }
    chosen.node_keys = keys_in_use(graph, chosen.nodes);
    chosen.rel_keys = keys_in_use(graph, chosen.relationships);
    return chosen;
}

KeySummary summarize(const Graph& graph, const std::vector<NodeId>& nodes, KeyId key) {
    return summarize_ids(graph, nodes, key);
}
KeySummary summarize(const Graph& graph, const std::vector<RelId>& relationships, KeyId key) {
    return summarize_ids(graph, relationships, key);
}

std::string display_name(const Graph& graph, NodeId node) {
    for (const char* name : {"name", "title", "id"}) {
        const auto key = graph.keys().find(name);
        const Value value = key ? graph.node_property(node, *key) : Value::null();
        if (value.is_null()) continue;
        std::string text;
        append_plain(text, value);
        if (!text.empty()) return text;
    }
    const auto labels = graph.labels_of(node);
    std::string text(labels.empty() ? "node" : graph.labels().name(labels.front()));
    text += ' ';
    append_integer(text, node.value);
    return text;
}

bool Output::flush() {
    if (failed_ || cancelled_) return false;
    out_.write(text.data(), static_cast<std::streamsize>(text.size()));
    text.clear();
    failed_ = !out_;
    cancelled_ = options_.cancelled && options_.cancelled();
    return !failed_ && !cancelled_;
}

Result<void> Output::finish() {
    flush();
    out_.flush();
    if (failed_ || !out_) return Error{ErrorCode::kIo, "the export could not be written: the output failed", {}, {}};
    if (cancelled_) return Error{ErrorCode::kCancelled, "the export was interrupted", {}, {}};
    return {};
}

void append_xml(std::string& out, std::string_view text) {
    std::size_t clean = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const char* instead = nullptr;
        std::size_t size = 1;
        if (c == '&') instead = "&amp;";
        else if (c == '<') instead = "&lt;";
        else if (c == '>') instead = "&gt;";
        else if (c == '"') instead = "&quot;";
        else if (c == '\n') instead = "&#10;";
        else if (c == '\r') instead = "&#13;";
        else if (c == '\t') instead = "&#9;";
        else if (c < 0x20) instead = "";
        else if (c == 0xEF && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xBF &&
                 static_cast<unsigned char>(text[i + 2]) >= 0xBE) {
            instead = "", size = 3;  // U+FFFE, U+FFFF
        }
        if (instead == nullptr) continue;
        out.append(text.substr(clean, i - clean)).append(instead);
        i += size - 1;
        clean = i + 1;
    }
    out.append(text.substr(clean));
}

std::optional<FileFormat> format_of_name(std::string_view name) {
    static const std::map<std::string_view, FileFormat> kNames = {
        {"graphml", FileFormat::kGraphMl}, {"jsonl", FileFormat::kJsonLines}, {"ndjson", FileFormat::kJsonLines},
        {"csv", FileFormat::kCsv}, {"json", FileFormat::kJson}, {"node-link", FileFormat::kJson},
        {"dot", FileFormat::kDot}, {"gv", FileFormat::kDot}, {"gexf", FileFormat::kGexf},
        {"turtle", FileFormat::kTurtle}, {"ttl", FileFormat::kTurtle}};
    const auto at = kNames.find(name);
    return at == kNames.end() ? std::nullopt : std::optional(at->second);
}

std::optional<FileFormat> format_of_path(const std::filesystem::path& path) {
    std::string ending = path.extension().string();
    if (ending.empty()) return std::nullopt;
    for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (ending == ".xml") return FileFormat::kGraphMl;
    return format_of_name(std::string_view(ending).substr(1));
}

std::string_view format_name(FileFormat format) {
    constexpr std::array<std::string_view, 7> kNames = {"graphml", "jsonl", "csv", "json", "dot", "gexf", "turtle"};
    return kNames[static_cast<std::size_t>(format)];
}

std::optional<GraphMlDialect> dialect_of_name(std::string_view name) {
    static const std::map<std::string_view, GraphMlDialect> kNames = {
        {"universal", GraphMlDialect::kUniversal}, {"gephi", GraphMlDialect::kGephi}, {"yed", GraphMlDialect::kYed},
        {"apoc", GraphMlDialect::kApoc}, {"neo4j", GraphMlDialect::kApoc}, {"tinkerpop", GraphMlDialect::kTinkerpop}};
    const auto at = kNames.find(name);
    return at == kNames.end() ? std::nullopt : std::optional(at->second);
}

Result<void> export_graph(const Graph& graph, FileFormat format, const ExportOptions& options, std::ostream& out) {
    switch (format) {
        case FileFormat::kGraphMl: return export_graphml(graph, options, out);
        case FileFormat::kJsonLines: return export_jsonl(graph, options, out);
        case FileFormat::kCsv: return export_csv(graph, options, out, out);
        case FileFormat::kJson: return export_node_link(graph, options, out);
        case FileFormat::kDot: return export_dot(graph, options, out);
        case FileFormat::kGexf: return export_gexf(graph, options, out);
        case FileFormat::kTurtle: return export_turtle(graph, options, out);
    }
    return Error{ErrorCode::kInternal, "an export format that does not exist", {}, {}};
}

}  // namespace maek::graph
