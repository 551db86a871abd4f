// maek: reads news into a graph and answers questions about it. Every command is a file of its own
// beside this one; the words of the command line are understood in input/command_line.cpp.
#include <cstdio>
#include <new>
#include <variant>

#include "tools/commands.h"
#include "tools/input/command_line.h"

int main(int argc, char** argv) {
    using namespace maek::tools;
    auto parsed = parse_command_line(argc, argv);
    if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
        std::fputs(refusal->text.c_str(), refusal->exit_code == kDone ? stdout : stderr);
        return refusal->exit_code;
    }
    auto& invocation = std::get<Invocation>(parsed);
    Console console(invocation.global);
    Context context{invocation.global, console};
    try {
        return console.finish(invocation.command(context));
    } catch (const std::bad_alloc&) {
        return console.fail(maek::Error{maek::ErrorCode::kLimit, "the machine's memory is used up"});
    }
}
