// maek stats STORE: what a store holds, for people or with --format json for programs.
// Tests: tests/tools/stats_test.cpp.
#include "storage/fact_store.h"
#include "tools/commands.h"
#include "tools/open_store.h"
#include "tools/output/graph_summary.h"
#include "tools/output/progress.h"

namespace maek::tools {
namespace {

void print_json(const Console& console, const storage::StoreInfo& info, const graph::Graph& graph,
                std::uint64_t articles) {
    JsonText json;
    json.begin_object();
    json.member("path", info.path);
    json.member("format_version", static_cast<std::int64_t>(info.format_version));
    json.member("store_id", info.store_id);
    json.member("commits", static_cast<std::int64_t>(info.commits));
    json.member("bytes_on_disk", static_cast<std::int64_t>(info.bytes_on_disk));
    json.member("articles", static_cast<std::int64_t>(articles));
    json.member("nodes", static_cast<std::int64_t>(graph.node_count()));
    json.key("labels");
    write_census(json, labels_of(graph));
    json.member("relationships", static_cast<std::int64_t>(graph.rel_count()));
    json.key("types");
    write_census(json, types_of(graph));
    json.member("property_keys", static_cast<std::int64_t>(graph.keys().size()));
    json.member("indexes", static_cast<std::int64_t>(graph.indexes().size()));
    json.member("constraints", static_cast<std::int64_t>(graph.constraints().size()));
    json.end_object();
    console.write(json.text());
    console.write("\n");
}

}  // namespace

int stats_command(Context& context, const std::filesystem::path& path) {
    const Console& console = context.console;
    auto store = open_store(context, path, Access::kRead);
    if (!store.ok()) return console.fail(store.error());
    const auto articles = storage::FactStore(**store).article_ids();
    if (!articles.ok()) return console.fail(articles.error());
    const graph::Graph graph = (*store)->snapshot();
    const storage::StoreInfo info = (*store)->info();
    if (context.options.format == Format::kJson || context.options.format == Format::kJsonLines) {
        print_json(console, info, graph, articles->size());
        return kDone;
    }
    const auto line = [&](std::string_view english, std::string_view korean, const std::string& rest) {
        console.write(std::string(console.text(english, korean)) + rest + "\n");
    };
    line("store          ", "저장소  ", info.path + " (" + info.store_id + ")");
    line("format         ", "형식    ", std::to_string(info.format_version));
    line("commits        ", "커밋    ", grouped(info.commits));
    line("on disk        ", "크기    ", bytes_text(info.bytes_on_disk));
    line("articles       ", "기사    ", grouped(articles->size()));
    line("nodes          ", "노드    ", grouped(graph.node_count()));
    console.write(census_text(labels_of(graph), 96));
    line("relationships  ", "관계    ", grouped(graph.rel_count()));
    console.write(census_text(types_of(graph), 96));
    line("property keys  ", "속성 키 ", grouped(graph.keys().size()));
    line("indexes        ", "인덱스  ", grouped(graph.indexes().size()));
    line("constraints    ", "제약    ", grouped(graph.constraints().size()));
    return kDone;
}

}  // namespace maek::tools
