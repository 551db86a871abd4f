// Room: tools, inner. Where a shell's lines come from: a person at a terminal with line editing, or
// a pipe. All of libedit stands in line_reader.cpp. Tests: tests/tools/shell_test.cpp.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace maek::tools {

class LineReader {
public:
    enum class Got { kLine, kInterrupted, kEnd };
    virtual ~LineReader() = default;

    // The next line, without its end.
    virtual Got read(const std::string& prompt, std::string& line) = 0;
    virtual void remember(const std::string&) {}
    virtual std::vector<std::string> history() const { return {}; }
    virtual bool interactive() const = 0;
};

// What may stand at the end of `text` (everything before the cursor). `begin` gets the offset where
// the word to be completed starts.
using Completer = std::function<std::vector<std::string>(const std::string& text, std::size_t& begin)>;

// Reads a terminal; keeps its history in the user's state folder, readable by the user only.
std::unique_ptr<LineReader> make_terminal_reader(Completer complete);
// Reads stdin as it comes, no prompt.
std::unique_ptr<LineReader> make_plain_reader();

// $XDG_STATE_HOME/maek/history or ~/.local/state/maek/history; empty when there is no home.
std::string history_path();

}  // namespace maek::tools
