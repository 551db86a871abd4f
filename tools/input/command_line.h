// Room: tools, inner. The words after `maek`, understood. Tests: tests/tools/command_line_test.cpp.
#pragma once

#include <functional>
#include <string>
#include <variant>

#include "tools/commands.h"
#include "tools/options.h"

namespace maek::tools {

// A command ready to run.
struct Invocation {
    GlobalOptions global;
    std::function<int(Context&)> command;
};

// Nothing to run: text for stdout (help) or a complaint for stderr, and the exit code.
struct Refusal {
    std::string text;
    int exit_code = kWrongUse;
};

// Reads the environment only for LANG, LC_ALL and LC_MESSAGES.
std::variant<Invocation, Refusal> parse_command_line(int argc, const char* const* argv);

// "500ms", "30s", "5m", "2h", bare seconds; and "512M", "2G", bare bytes. False: not one.
bool parse_duration(const std::string& text, std::chrono::milliseconds& out);
bool parse_bytes(const std::string& text, std::size_t& out);

}  // namespace maek::tools
