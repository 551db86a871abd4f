// Room: tools, inner. The conversation: collects lines to statements, knows the `:` commands, shows
// answers. Tests: tests/tools/shell_test.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/engine.h"
#include "tools/commands.h"
#include "tools/input/line_reader.h"
#include "tools/open_store.h"
#include "tools/run_statements.h"
#include "tools/shell/completion.h"

namespace maek::tools {

class Shell {
public:
    Shell(Context& context, Database& database, query::Parameters parameters, bool interactive);

    // Until the end of the input or :exit. The exit code.
    int run(LineReader& reader);
    // A file of statements and commands. False when it failed.
    bool source(const std::string& path);

    std::vector<std::string> complete(const std::string& text, std::size_t& begin);

private:
    struct Command {
        std::vector<std::string_view> names;
        std::string_view arguments, english, korean;
        bool (Shell::*run)(const std::string& rest);
    };
    static const std::vector<Command>& commands();

    // False: it failed (and was told).
    bool take_line(const std::string& line, LineReader* reader);
    bool run_command(const std::string& line);
    bool run_statement(const std::string& text);
    std::string prompt() const;

    bool help(const std::string& rest);
    bool leave(const std::string& rest);
    bool show_schema(const std::string& rest);
    bool set_parameter(const std::string& rest);
    bool show_parameters(const std::string& rest);
    bool begin(const std::string& rest);
    bool commit(const std::string& rest);
    bool roll_back(const std::string& rest);
    bool set_format(const std::string& rest);
    bool set_timing(const std::string& rest);
    bool set_rows(const std::string& rest);
    bool set_width(const std::string& rest);
    bool export_graph(const std::string& rest);
    bool run_source(const std::string& rest);
    bool show_history(const std::string& rest);
    bool clear_screen(const std::string& rest);
    bool explain(const std::string& rest);
    bool profile(const std::string& rest);
    bool wrong(std::string_view english, std::string_view korean) const;

    Context& context_;
    Database& database_;
    query::Session session_;
    query::Parameters parameters_;
    Vocabulary vocabulary_;
    Format format_;
    bool interactive_;
    bool timing_;
    std::size_t rows_;   // most rows shown; 0: all
    std::size_t width_;  // of tables; 0: the terminal's
    std::string pending_;  // a statement that is not complete yet
    bool leaving_ = false;
    int depth_ = 0;  // of :source inside :source
    LineReader* reader_ = nullptr;
};

}  // namespace maek::tools
