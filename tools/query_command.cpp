// maek query STORE 'QUERY': statements from the command line, a file or stdin, answers on stdout.
// Tests: tests/tools/query_test.cpp.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tools/commands.h"
#include "tools/input/interrupt.h"
#include "tools/output/output_file.h"
#include "tools/run_statements.h"

namespace maek::tools {
namespace {

Result<std::string> read_script(const QueryOptions& options) {
    if (!options.text.empty() && !options.file.empty()) {
        return Error{ErrorCode::kUsage, "a query on the command line and one in --file; expected only one"};
    }
    if (!options.text.empty() && options.text != "-") return options.text;
    std::ostringstream all;
    if (!options.file.empty() && options.file != "-") {
        std::ifstream in(options.file, std::ios::binary);
        if (!in || std::filesystem::is_directory(options.file)) {
            return Error{ErrorCode::kNotFound, options.file + ": cannot be read"};
        }
        all << in.rdbuf();
    } else {
        if (options.text.empty() && options.file.empty() && isatty(STDIN_FILENO) != 0) {
            return Error{ErrorCode::kUsage,
                         "no query; expected it in quotes after the store, by --file, or on stdin"};
        }
        all << std::cin.rdbuf();
    }
    return std::move(all).str();
}

}  // namespace

int query_command(Context& context, const QueryOptions& options) {
    const Console& console = context.console;
    auto script = read_script(options);
    if (!script.ok()) return console.fail(script.error());
    const auto parameters = parameters_of(context.options);
    if (!parameters.ok()) return console.fail(parameters.error());

    catch_interrupts();
    auto database = open_database(context, options.store, options.create ? Access::kWrite : Access::kPreferWrite,
                                  options.create);
    if (!database.ok()) return console.fail(database.error());
    auto output = OutputFile::open(options.output.empty() ? "-" : options.output);
    if (!output.ok()) return console.fail(output.error());

    StatementRun run;
    run.format = context.options.format;
    run.style = table_style(context);
    run.sink = [&](std::string_view text) { output->write(text); };
    run.keep_going = options.keep_going;
    run.summary = console.err_is_terminal() && console.out_is_terminal();
    run.file = options.file;
    auto session = database->engine->session();
    int exit_code = run_statements(context, *database, session, *script, *parameters, run);
    if (session.in_transaction()) {
        console.warn(console.text("note: the open transaction was rolled back; COMMIT would have kept it",
                                  "참고: 열린 트랜잭션을 되돌렸습니다. COMMIT이 있어야 남습니다"));
    }
    if (exit_code == kDone || !output->to_file()) {
        if (const auto done = output->finish(); !done.ok()) return console.fail(done.error());
    }
    return exit_code;
}

}  // namespace maek::tools
