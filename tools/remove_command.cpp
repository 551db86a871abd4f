// maek remove STORE ARTICLE...: the articles go, and with them the facts that only they state.
// Tests: tests/tools/build_test.cpp.
#include "storage/fact_store.h"
#include "tools/commands.h"
#include "tools/input/spelling.h"
#include "tools/open_store.h"
#include "tools/output/progress.h"

namespace maek::tools {

int remove_command(Context& context, const RemoveOptions& options) {
    const Console& console = context.console;
    auto store = open_store(context, options.store, Access::kWrite);
    if (!store.ok()) return console.fail(store.error());
    storage::FactStore facts(**store);
    auto done = facts.remove(options.articles);
    if (!done.ok()) {
        Error error = done.error();
        if (error.code == ErrorCode::kNotFound && options.articles.size() == 1) {
            const auto known = facts.article_ids();
            const std::string close = known.ok() ? closest_word(options.articles.front(), *known) : "";
            if (!close.empty()) error.message += "; did you mean '" + close + "'?";
        }
        return console.fail(error);
    }
    if (const auto closed = (*store)->close(); !closed.ok()) return console.fail(closed.error());
    console.write(std::string(console.text("removed ", "제거: ")) + grouped(done->removed) +
                  std::string(console.text(" articles, ", "개 기사, ")) + grouped(done->nodes_deleted) +
                  std::string(console.text(" nodes, ", "개 노드, ")) + grouped(done->relationships_deleted) +
                  std::string(console.text(" relationships\n", "개 관계\n")));
    return kDone;
}

}  // namespace maek::tools
