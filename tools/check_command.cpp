// maek check STORE: every file, record and index verified; nothing is changed unless asked.
// Exit code 3 when something is wrong. Tests: tests/tools/store_access_test.cpp.
#include "tools/commands.h"
#include "tools/open_store.h"
#include "tools/output/graph_summary.h"
#include "tools/output/progress.h"

namespace maek::tools {

int check_command(Context& context, const CheckOptions& options) {
    const Console& console = context.console;
    const Access access = options.repair_indexes ? Access::kWrite : Access::kRead;
    auto store = open_store(context, options.store, access);
    if (!store.ok()) return console.fail(store.error());
    const auto findings = (*store)->check(options.repair_indexes);
    if (!findings.ok()) return console.fail(findings.error());
    for (const storage::Finding& finding : *findings) {
        console.fail(Error{ErrorCode::kStoreDamaged, finding.message, {finding.where, 0, 0}});
    }
    if (!findings->empty()) return kStoreTrouble;
    const graph::Graph graph = (*store)->snapshot();
    if (options.repair_indexes) {
        if (const auto closed = (*store)->close(); !closed.ok()) return console.fail(closed.error());
    }
    console.write(std::string(console.text("sound: ", "이상 없음: ")) + grouped(graph.node_count()) +
                  std::string(console.text(" nodes, ", "개 노드, ")) + grouped(graph.rel_count()) +
                  std::string(console.text(" relationships, ", "개 관계, ")) +
                  grouped((*store)->info().commits) + std::string(console.text(" commits\n", "번 커밋\n")));
    return kDone;
}

}  // namespace maek::tools
