#include "tools/output/console.h"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "query/engine.h"
#include "tools/output/text_width.h"

namespace maek::tools {
namespace {

bool wants_color(ColorChoice choice, bool terminal) {
    if (choice != ColorChoice::kAuto) return choice == ColorChoice::kAlways;
    const char* no_color = std::getenv("NO_COLOR");
    if (no_color != nullptr && *no_color != 0) return false;
    const char* kind = std::getenv("TERM");
    return terminal && kind != nullptr && std::string_view(kind) != "dumb";
}

}  // namespace

int exit_code_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::kUsage: return kWrongUse;
        case ErrorCode::kCancelled: return kInterrupted;
        case ErrorCode::kStoreInUse:
        case ErrorCode::kStoreDamaged:
        case ErrorCode::kStoreFormat: return kStoreTrouble;
        default: return kWorkFailed;
    }
}

Console::Console(const GlobalOptions& options)
    : korean_(options.language == "ko"),
      quiet_(options.quiet),
      out_is_terminal_(isatty(STDOUT_FILENO) != 0),
      err_is_terminal_(isatty(STDERR_FILENO) != 0),
      color_out_(wants_color(options.color, out_is_terminal_)),
      color_err_(wants_color(options.color, err_is_terminal_)) {
    std::setlocale(LC_CTYPE, "");
    const bool utf8 = std::strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    // A file gets box characters whatever the locale: its reader is not this terminal.
    box_characters_ = !options.ascii && (utf8 || !out_is_terminal_);
}

std::size_t Console::width() const {
    winsize size{};
    if (!out_is_terminal_ || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}

void Console::note(std::string_view line) const {
    if (!quiet_) warn(line);
}

void Console::warn(std::string_view line) const {
    std::string out;
    while (!line.empty()) {
        const std::size_t end = line.find('\n');
        out += visible(line.substr(0, end)) + "\n";
        line = end == std::string_view::npos ? std::string_view() : line.substr(end + 1);
    }
    std::fflush(stdout);
    std::fwrite(out.data(), 1, out.size(), stderr);
}

int Console::fail(const Error& error, std::string_view query_text) const {
    const std::string_view head = color_err_ ? "\x1b[1;31merror:\x1b[0m " : "error: ";
    std::fflush(stdout);
    std::fwrite(head.data(), 1, head.size(), stderr);
    Error told = error;
    if (korean_) told.message = query::in_korean(error.message);
    std::string message = told.text();
    if (error.query && !error.query->type.empty()) {
        message += " [" + error.query->type;
        if (!error.query->detail.empty() && error.query->detail != error.query->type) message += ": " + error.query->detail;
        if (!error.query->status.empty()) message += ", " + error.query->status;
        message += "]";
    }
    warn(message);
    if (!query_text.empty() && error.where.line > 0) {
        const std::string caret = caret_lines(query_text, error.where.line, error.where.column);
        std::fwrite(caret.data(), 1, caret.size(), stderr);
    }
    return exit_code_of(error.code);
}

int Console::fail_usage(std::string_view message) const {
    return fail(Error{ErrorCode::kUsage, std::string(message)});
}

void Console::write(std::string_view data) const { std::fwrite(data.data(), 1, data.size(), stdout); }

int Console::finish(int exit_code) const {
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
    const int why = errno;
    fail(Error{ErrorCode::kIo, std::string("standard output could not be written: ") +
                                   std::strerror(why != 0 ? why : EIO)});
    return exit_code == kDone ? static_cast<int>(kWorkFailed) : exit_code;
}

std::string caret_lines(std::string_view text, std::uint32_t line, std::uint32_t column) {
    for (std::uint32_t i = 1; i < line; ++i) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    text = text.substr(0, text.find('\n'));
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    const std::size_t at = byte_of_column(text, column);

    // Of a long line only the neighbourhood is shown.
    constexpr std::size_t kBefore = 60, kAfter = 40;
    std::string before = visible(text.substr(0, at)), after = visible(text.substr(at));
    if (width_of(before) > kBefore) before = "…" + last_columns(before, kBefore);
    after = truncated(after, kAfter);
    const std::string number = std::to_string(line);
    std::string out = "  " + number + " | " + before + after + "\n";
    out += "  " + std::string(number.size(), ' ') + " | " + std::string(width_of(before), ' ') + "^\n";
    return out;
}

}  // namespace maek::tools
