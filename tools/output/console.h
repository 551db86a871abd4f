// Room: tools, inner. How a command speaks to its user: data on stdout, everything else on stderr;
// Korean or English; colour only where it can be seen. Tests: tests/tools/errors_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "schema/result.h"
#include "tools/options.h"

namespace maek::tools {

// 2 for wrong use, 3 for a store's trouble, 130 for an interruption, else 1.
int exit_code_of(ErrorCode code);

class Console {
public:
    explicit Console(const GlobalOptions& options);

    // The one in the user's language.
    std::string_view text(std::string_view english, std::string_view korean) const {
        return korean_ ? korean : english;
    }
    bool korean() const { return korean_; }

    bool out_is_terminal() const { return out_is_terminal_; }
    bool err_is_terminal() const { return err_is_terminal_; }
    bool color_on_out() const { return color_out_; }
    bool color_on_err() const { return color_err_; }
    bool box_characters() const { return box_characters_; }
    // Columns of the terminal on stdout, 0 when there is none.
    std::size_t width() const;

    // For people, on stderr; nothing with --quiet. Control characters are shown escaped.
    void note(std::string_view line) const;
    // Always shown, on stderr.
    void warn(std::string_view line) const;
    // One message with what, where and what was expected. For a failed query pass its text: the
    // line with a caret is shown. Gives the exit code.
    int fail(const Error& error, std::string_view query_text = {}) const;
    int fail_usage(std::string_view message) const;

    // Data. False when stdout did not take it (a full disk, say); finish() reports it.
    void write(std::string_view data) const;
    // Flushes stdout. The exit code, or kWorkFailed when writing failed.
    int finish(int exit_code) const;

private:
    bool korean_, quiet_;
    bool out_is_terminal_, err_is_terminal_, color_out_, color_err_, box_characters_;
};

// The source line of a query fault and a caret under the column, widths counted as a terminal
// shows them. Empty when the place is not in the text. Both 1-based, columns in code points.
std::string caret_lines(std::string_view text, std::uint32_t line, std::uint32_t column);

}  // namespace maek::tools
