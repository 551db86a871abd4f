// maek backup STORE DIR and maek restore DIR STORE: a verified copy out, and a store made of it.
// Tests: tests/tools/backup_test.cpp.
#include "tools/commands.h"
#include "tools/open_store.h"

namespace maek::tools {

int backup_command(Context& context, const CopyOptions& options) {
    auto store = open_store(context, options.from, Access::kRead);
    if (!store.ok()) return context.console.fail(store.error());
    if (const auto done = (*store)->backup(options.to); !done.ok()) return context.console.fail(done.error());
    context.console.note(std::string(context.console.text("backup written to ", "백업을 썼습니다: ")) +
                         options.to.string());
    return kDone;
}

int restore_command(Context& context, const CopyOptions& options) {
    if (const auto done = storage::Store::restore(options.from, options.to); !done.ok()) {
        return context.console.fail(done.error());
    }
    context.console.note(std::string(context.console.text("store made at ", "저장소를 만들었습니다: ")) +
                         options.to.string());
    return kDone;
}

}  // namespace maek::tools
