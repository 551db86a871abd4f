// Room: tools. Every command of `maek`, one function and one .cpp file each. All return the exit
// code of the process, print data on stdout and everything else on stderr.
// Tests: tests/tools, each command run as its user would.
#pragma once

#include "tools/options.h"
#include "tools/output/console.h"

namespace maek::tools {

// What every command is given.
struct Context {
    const GlobalOptions& options;
    Console& console;
};

int build_command(Context& context, const BuildOptions& options);
int extract_command(Context& context, const ExtractOptions& options);
int query_command(Context& context, const QueryOptions& options);
int shell_command(Context& context, const ShellOptions& options);
int pipe_command(Context& context, const std::filesystem::path& store);
int export_command(Context& context, const ExportOptions& options);
int import_command(Context& context, const ImportOptions& options);
int stats_command(Context& context, const std::filesystem::path& store);
int check_command(Context& context, const CheckOptions& options);
int backup_command(Context& context, const CopyOptions& options);
int restore_command(Context& context, const CopyOptions& options);
int remove_command(Context& context, const RemoveOptions& options);
int schema_command(Context& context);
int version_command(Context& context);
int question_command(Context& context, const QuestionOptions& options);
int review_command(Context& context, const ReviewOptions& options);
int explain_command(Context& context, const ExplainOptions& options);
int draw_command(Context& context, const DrawOptions& options);
int report_command(Context& context, const ReportOptions& options);

}  // namespace maek::tools
