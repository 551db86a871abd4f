// maek shell STORE: asks and answers in a conversation; with stdin piped, a script of statements
// and `:` commands that stops at the first failure. Tests: tests/tools/shell_test.cpp.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "tools/commands.h"
#include "tools/input/interrupt.h"
#include "tools/output/progress.h"
#include "tools/shell/shell.h"

namespace maek::tools {
namespace {

// Commands that the user wants at every start.
std::string start_file() {
    const char* folder = std::getenv("XDG_CONFIG_HOME");
    const char* home = std::getenv("HOME");
    std::string path;
    if (folder != nullptr && *folder == '/') path = std::string(folder) + "/maek/maekrc";
    else if (home != nullptr && *home != 0) path = std::string(home) + "/.config/maek/maekrc";
    std::error_code fault;
    return std::filesystem::exists(path, fault) ? path : "";
}

void greet(const Context& context, const Database& database) {
    const graph::Graph graph = database.store->snapshot();
    context.console.note("maek " MAEK_VERSION " · " + grouped(graph.node_count()) +
                         std::string(context.console.text(" nodes, ", "개 노드, ")) + grouped(graph.rel_count()) +
                         std::string(context.console.text(" relationships · :help for help, :exit to leave",
                                                          "개 관계 · 도움말 :help, 끝내기 :exit")));
    if (database.fell_back) {
        context.console.note(std::string(context.console.text("read only: ", "읽기 전용: ")) + database.why.message);
    }
}

}  // namespace

int shell_command(Context& context, const ShellOptions& options) {
    const Console& console = context.console;
    auto parameters = parameters_of(context.options);
    if (!parameters.ok()) return console.fail(parameters.error());
    auto database = open_database(context, options.store, Access::kPreferWrite, options.create);
    if (!database.ok()) return console.fail(database.error());
    catch_interrupts();

    int exit_code = kDone;
    {
        const bool interactive = isatty(STDIN_FILENO) != 0 && console.out_is_terminal();
        Shell shell(context, *database, std::move(parameters).value(), interactive);
        const auto reader = interactive ? make_terminal_reader([&shell](const std::string& text, std::size_t& begin) {
            return shell.complete(text, begin);
        })
                                        : make_plain_reader();
        if (interactive) {
            greet(context, *database);
            const std::string start = start_file();
            if (!start.empty()) shell.source(start);
        }
        exit_code = shell.run(*reader);
    }
    database->engine.reset();
    if (const auto closed = database->store->close(); !closed.ok()) return console.fail(closed.error());
    return exit_code;
}

}  // namespace maek::tools
