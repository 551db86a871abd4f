#include "tools/export_graph.h"

#include <filesystem>

#include "graph/io.h"
#include "tools/input/interrupt.h"
#include "tools/output/output_file.h"
#include "tools/output/progress.h"
#include "tools/output/sink_stream.h"

namespace maek::tools {
namespace {

constexpr const char* kKnown = "graphml, gexf, json, jsonl, csv, dot or turtle";

Result<graph::FileFormat> format_of(const ExportRequest& request, bool folder) {
    if (!request.kind.empty()) {
        const auto format = graph::format_of_name(request.kind);
        if (!format) {
            return Error{ErrorCode::kUsage, "--format: unknown format '" + request.kind + "'; expected " + kKnown};
        }
        return *format;
    }
    if (folder) return graph::FileFormat::kCsv;
    const auto format = graph::format_of_path(request.output);
    if (!format) {
        return Error{ErrorCode::kUsage, request.output + ": the ending tells no format; expected --format " + kKnown};
    }
    return *format;
}

Result<void> write_file(const graph::Graph& graph, graph::FileFormat format, const graph::ExportOptions& options,
                        const std::string& path) {
    auto file = OutputFile::open(path);
    if (!file.ok()) return std::move(file).error();
    SinkStream stream([&](std::string_view text) { file->write(text); });
    auto done = graph::export_graph(graph, format, options, stream);
    return done.ok() ? file->finish() : done;
}

// Both files or none.
Result<void> write_csv_folder(const graph::Graph& graph, const graph::ExportOptions& options,
                              const std::filesystem::path& folder) {
    std::error_code fault;
    std::filesystem::create_directories(folder, fault);
    auto nodes = OutputFile::open((folder / "nodes.csv").string());
    if (!nodes.ok()) return std::move(nodes).error();
    auto relationships = OutputFile::open((folder / "relationships.csv").string());
    if (!relationships.ok()) return std::move(relationships).error();
    SinkStream first([&](std::string_view text) { nodes->write(text); });
    SinkStream second([&](std::string_view text) { relationships->write(text); });
    auto done = graph::export_csv(graph, options, first, second);
    if (done.ok()) done = nodes->finish();
    return done.ok() ? relationships->finish() : done;
}

}  // namespace

Result<void> export_graph(const graph::Graph& graph, const ExportRequest& request) {
    const bool folder = request.output.ends_with('/') || std::filesystem::is_directory(request.output);
    const auto format = format_of(request, folder);
    if (!format.ok()) return format.error();
    graph::ExportOptions options;
    if (!request.dialect.empty()) {
        const auto dialect = graph::dialect_of_name(request.dialect);
        if (!dialect) {
            return Error{ErrorCode::kUsage, "--dialect: unknown dialect '" + request.dialect +
                                                "'; expected gephi, yed, apoc or tinkerpop"};
        }
        options.dialect = *dialect;
    }
    if (request.part) {
        options.nodes = request.part->nodes;
        options.relationships = request.part->relationships;
    }
    options.cancelled = [] { return interrupted().load(); };
    if (folder && *format == graph::FileFormat::kCsv) return write_csv_folder(graph, options, request.output);
    return write_file(graph, *format, options, request.output);
}

std::string export_summary(const graph::Graph& graph, const ExportRequest& request, const Console& console) {
    const std::string nodes = grouped(request.part ? request.part->nodes.size() : graph.node_count());
    const std::string rels = grouped(request.part ? request.part->relationships.size() : graph.rel_count());
    return console.korean() ? "노드 " + nodes + "개, 관계 " + rels + "개를 썼습니다: " + request.output
                            : nodes + " nodes, " + rels + " relationships written to " + request.output;
}

}  // namespace maek::tools
