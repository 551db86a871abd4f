// maek import STORE FILE...: a graph from GraphML, JSON Lines or CSV. An empty store is filled at
// once; into a store that holds something the files are added in one transaction. Either all of it
// is there afterwards or nothing. Tests: tests/tools/import_test.cpp.
#include <chrono>
#include <filesystem>
#include <fstream>

#include "graph/builder.h"
#include "graph/io.h"
#include "tools/commands.h"
#include "tools/input/interrupt.h"
#include "tools/input/path_text.h"
#include "tools/open_store.h"
#include "tools/output/progress.h"

namespace maek::tools {
namespace {

using Summary = Result<graph::ImportSummary>;

bool holds_something(const std::filesystem::path& store) {
    std::error_code fault;
    return std::filesystem::exists(store, fault) && !std::filesystem::is_empty(store, fault);
}

Summary fill_empty(const Context& context, const ImportOptions& options, const graph::ImportOptions& how,
                   std::unique_ptr<storage::Store> store) {
    const std::vector<std::filesystem::path> files(options.files.begin(), options.files.end());
    graph::BulkBuilder builder;
    auto summary = graph::import_files(files, how, builder);
    if (!summary.ok()) return summary;
    if (!store) {  // made only now, so that a bad file leaves none behind
        auto made = open_store(context, options.store, Access::kWrite, true);
        if (!made.ok()) return std::move(made).error();
        store = std::move(made).value();
    }
    auto done = store->bulk_load(std::move(builder).finish());
    if (done.ok()) done = store->close();
    return done.ok() ? std::move(summary) : Summary(std::move(done).error());
}

Summary add_to(storage::Store& store, const ImportOptions& options, const graph::ImportOptions& how) {
    const std::vector<std::filesystem::path> files(options.files.begin(), options.files.end());
    auto writing = store.begin_write();
    if (!writing.ok()) return std::move(writing).error();
    auto summary = graph::import_files(files, how, writing->graph());
    if (!summary.ok()) return summary;
    auto done = std::move(*writing).commit();
    if (done.ok()) done = store.close();
    return done.ok() ? std::move(summary) : Summary(std::move(done).error());
}

Summary import_into_store(const Context& context, const ImportOptions& options, const graph::ImportOptions& how) {
    if (!holds_something(options.store)) return fill_empty(context, options, how, nullptr);
    auto store = open_store(context, options.store, Access::kWrite, true);
    if (!store.ok()) return std::move(store).error();
    const graph::Graph graph = (*store)->snapshot();
    // Slots, not counts: a store whose nodes were all deleted has a history that bulk loading lacks.
    const bool fresh = graph.node_slots() == 0 && graph.rel_slots() == 0 && (*store)->info().commits == 0;
    if (fresh) return fill_empty(context, options, how, std::move(store).value());
    return add_to(**store, options, how);
}

// GraphML names its encoding; the others are UTF-8.
Result<void> check_encoding(const ImportOptions& options, const graph::ImportOptions& how) {
    for (const std::string& file : options.files) {
        const auto format = how.format ? how.format : graph::format_of_path(file);
        if (format != graph::FileFormat::kCsv && format != graph::FileFormat::kJsonLines) continue;
        std::ifstream in(file, std::ios::binary);
        std::string line;
        for (std::uint32_t number = 1; std::getline(in, line); ++number) {
            if (const std::size_t at = first_wrong_byte(line); at < line.size()) {
                return Error{ErrorCode::kEncoding, "bytes that are not UTF-8; expected UTF-8 (iconv -f CP949 -t UTF-8 for old Korean files)",
                             {path_text(file), number, static_cast<std::uint32_t>(at + 1)}};
            }
        }
    }
    return {};
}

}  // namespace

int import_command(Context& context, const ImportOptions& options) {
    const Console& console = context.console;
    if (context.options.read_only) return console.fail_usage("--read-only does not go with import");
    const auto begin = std::chrono::steady_clock::now();
    catch_interrupts();
    graph::ImportOptions how;
    if (!options.kind.empty()) {
        how.format = graph::format_of_name(options.kind);
        if (!how.format) {
            return console.fail_usage("--format: unknown format '" + options.kind +
                                      "'; expected graphml, jsonl or csv");
        }
    }
    if (const auto sound = check_encoding(options, how); !sound.ok()) return console.fail(sound.error());
    std::uint64_t total = 0;
    for (const std::string& file : options.files) {
        std::error_code fault;
        const auto size = std::filesystem::file_size(file, fault);
        if (!fault) total += size;
    }
    Progress progress(console, std::string(console.text("records", "개")), total);
    how.progress = [&](const graph::ImportProgress& so_far) {
        progress.update(so_far.nodes + so_far.relationships, so_far.bytes_done);
        return !interrupted();
    };
    const auto summary = import_into_store(context, options, how);
    progress.clear();
    if (!summary.ok()) return console.fail(summary.error());
    for (const std::string& warning : summary->warnings) console.warn("note: " + warning);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    console.write(console.korean() ? "노드 " + grouped(summary->nodes) + "개, 관계 " + grouped(summary->relationships) +
                                         "개를 읽었습니다 · " + duration_text(time) + "\n"
                                   : grouped(summary->nodes) + " nodes, " + grouped(summary->relationships) +
                                         " relationships imported in " + duration_text(time) + "\n");
    return kDone;
}

}  // namespace maek::tools
