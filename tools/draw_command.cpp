// maek draw STORE -o map.svg: a picture of the best connected things, or of what is around one.
// Tests: tests/tools/picture_test.cpp.
#include "tools/commands.h"
#include "tools/open_store.h"
#include "tools/output/output_file.h"
#include "tools/output/progress.h"
#include "tools/picture/map.h"
#include "tools/question/names.h"

namespace maek::tools {

int draw_command(Context& context, const DrawOptions& options) {
    constexpr unsigned kMost = 3000;
    const Console& console = context.console;
    if (!options.output.ends_with(".svg") && options.output != "-") {
        return console.fail_usage(options.output + ": expected a file ending in .svg (every browser and drawing program opens it)");
    }
    if (options.limit == 0 || options.limit > kMost) {
        return console.fail_usage("--limit: expected 1 to " + std::to_string(kMost) + " nodes");
    }
    auto store = open_store(context, options.store, Access::kRead);
    if (!store.ok()) return console.fail(store.error());
    const graph::Graph graph = (*store)->snapshot();
    NodeId around;
    if (!options.around.empty()) {
        const auto found = node_by_name(graph, options.around);
        if (!found.ok()) return console.fail(found.error());
        around = found->node;
    }
    const auto nodes = nodes_to_draw(graph, options.limit, around);
    auto file = OutputFile::open(options.output);
    if (!file.ok()) return console.fail(file.error());
    file->write(svg_map(graph, nodes));
    if (const auto done = file->finish(); !done.ok()) return console.fail(done.error());
    console.note(console.korean() ? "노드 " + grouped(nodes.size()) + "개를 그렸습니다: " + options.output
                                  : grouped(nodes.size()) + " nodes drawn in " + options.output);
    return kDone;
}

}  // namespace maek::tools
