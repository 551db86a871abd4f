// Stands in for commands whose rooms are still being built; goes away with the last of them.
#include "tools/commands.h"

namespace maek::tools {
namespace {
int pending(Context& context, const char* name) {
    return context.console.fail(Error{ErrorCode::kInternal, std::string("maek ") + name + ": not built yet"});
}
}  // namespace
#define PENDING(name, type) \
    int name##_command(Context& context, const type&) { return pending(context, #name); }
PENDING(build, BuildOptions)
PENDING(extract, ExtractOptions)
PENDING(query, QueryOptions)
PENDING(shell, ShellOptions)
PENDING(pipe, std::filesystem::path)
PENDING(export, ExportOptions)
PENDING(import, ImportOptions)
PENDING(stats, std::filesystem::path)
PENDING(check, CheckOptions)
PENDING(backup, CopyOptions)
PENDING(restore, CopyOptions)
PENDING(remove, RemoveOptions)
PENDING(question, QuestionOptions)
PENDING(review, ReviewOptions)
PENDING(explain, ExplainOptions)
PENDING(draw, DrawOptions)
PENDING(report, ReportOptions)
}  // namespace maek::tools
