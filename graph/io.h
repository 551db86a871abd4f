// Room: graph, doorway. Graphs out to files of other programs, and in from them.
//
// Formats: GraphML (dialects), JSON Lines, CSV with neo4j-admin headers, JSON node-link, DOT,
// GEXF 1.3, Turtle; the first three are read as well. What each keeps and loses stands at the head
// of graph/io/<format>.cpp. Streams are written in pieces of about a megabyte; the caller checks
// nothing but the Result.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/builder.h"
#include "graph/graph.h"
#include "graph/transaction.h"
#include "schema/result.h"

namespace maek::graph {

enum class FileFormat { kGraphMl, kJsonLines, kCsv, kJson, kDot, kGexf, kTurtle };

// "graphml", "jsonl", "csv", "json", "dot", "gexf", "turtle"; some synonyms.
std::optional<FileFormat> format_of_name(std::string_view name);
// By the file's ending: .graphml .xml .jsonl .ndjson .csv .json .dot .gv .gexf .ttl
std::optional<FileFormat> format_of_path(const std::filesystem::path& path);
std::string_view format_name(FileFormat format);

enum class GraphMlDialect { kUniversal, kGephi, kYed, kApoc, kTinkerpop };
std::optional<GraphMlDialect> dialect_of_name(std::string_view name);

struct ExportOptions {
    GraphMlDialect dialect = GraphMlDialect::kUniversal;
    // A part of the graph: these nodes, and of these relationships those whose ends are among
    // them. Without `relationships`: all between the nodes. Without both: everything.
    std::optional<std::vector<NodeId>> nodes;
    std::optional<std::vector<RelId>> relationships;
    std::string iri = "urn:maek:";     // Turtle: what the names of things begin with
    std::function<bool()> cancelled;   // asked now and then
};

// kCsv writes the nodes, an empty line, and the relationships; export_csv writes two files.
// Errors: kIo when the stream fails, kCancelled.
Result<void> export_graph(const Graph& graph, FileFormat format, const ExportOptions& options,
                          std::ostream& out);
Result<void> export_csv(const Graph& graph, const ExportOptions& options, std::ostream& nodes,
                        std::ostream& relationships);

struct ImportProgress {
    std::uint64_t nodes = 0, relationships = 0;
    std::uint64_t bytes_done = 0, bytes_total = 0;
};

struct ImportOptions {
    std::optional<FileFormat> format;  // else by each file's ending
    char delimiter = ',', array_delimiter = ';';  // CSV
    std::string default_type = "RELATED_TO";      // for relationships whose file names none
    std::size_t memory_limit = 0;                 // bytes the imported graph may take; 0: no limit
    std::function<bool(const ImportProgress&)> progress;  // false: stop (kCancelled)
};

struct ImportSummary {
    std::uint64_t nodes = 0, relationships = 0, bytes = 0;
    std::vector<std::string> warnings;  // what was left out or changed, one line a kind
};

// Files that hold nodes only go before files with relationships, whatever their order here.
// Ids of the files connect them; they are not the NodeIds, which are given in order.
// Errors name file, line and column: kNotFound, kIo, kFormat, kLimit, kCancelled. After an error
// the builder or transaction holds a part and is of no further use.
Result<ImportSummary> import_files(std::span<const std::filesystem::path> paths,
                                   const ImportOptions& options, BulkBuilder& builder);
Result<ImportSummary> import_files(std::span<const std::filesystem::path> paths,
                                   const ImportOptions& options, Transaction& transaction);

}  // namespace maek::graph
