#include "tools/input/line_reader.h"

#include <fcntl.h>
#include <histedit.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tools/input/interrupt.h"
#include "tools/input/line_input.h"
#include "tools/output/text_width.h"

namespace maek::tools {
namespace {

constexpr int kHistoryLength = 2000;

class PlainReader : public LineReader {
public:
    Got read(const std::string&, std::string& line) override {
        std::string_view got;
        switch (input_.next(got)) {
            case LineInput::Got::kLine: line.assign(got); return Got::kLine;
            case LineInput::Got::kInterrupted: return Got::kInterrupted;
            default: return Got::kEnd;
        }
    }
    bool interactive() const override { return false; }

private:
    LineInput input_{STDIN_FILENO};
};

// The longest beginning that all share, never cut inside a character.
std::string common_beginning(const std::vector<std::string>& words) {
    std::string out = words.front();
    for (const std::string& word : words) {
        const auto differ = std::mismatch(out.begin(), out.end(), word.begin(), word.end()).first;
        out.erase(differ, out.end());
    }
    const auto continues = [&](std::size_t at) {
        return at < words.front().size() && (static_cast<unsigned char>(words.front()[at]) & 0xC0) == 0x80;
    };
    while (!out.empty() && continues(out.size())) out.pop_back();
    return out;
}

class TerminalReader : public LineReader {
public:
    explicit TerminalReader(Completer complete) : complete_(std::move(complete)) {
        std::setlocale(LC_CTYPE, "");
        edit_ = el_init("maek", stdin, stdout, stderr);
        history_ = ::history_init();
        HistEvent event;
        ::history(history_, &event, H_SETSIZE, kHistoryLength);
        ::history(history_, &event, H_SETUNIQUE, 1);
        el_set(edit_, EL_CLIENTDATA, this);
        el_set(edit_, EL_PROMPT, &TerminalReader::prompt);
        el_set(edit_, EL_EDITOR, "emacs");
        el_set(edit_, EL_SIGNAL, 0);
        el_set(edit_, EL_HIST, ::history, history_);
        el_set(edit_, EL_ADDFN, "maek-complete", "Complete the word", &TerminalReader::on_tab);
        el_set(edit_, EL_BIND, "^I", "maek-complete", nullptr);
        // Ctrl-C comes as a key while a line is edited, so that it only clears the line.
        el_set(edit_, EL_SETTY, "-d", "-isig", nullptr);
        el_set(edit_, EL_ADDFN, "maek-interrupt", "Give the line up", &TerminalReader::on_interrupt);
        el_set(edit_, EL_BIND, "^C", "maek-interrupt", nullptr);
        el_set(edit_, EL_BIND, "\\e[1;5D", "ed-prev-word", nullptr);
        el_set(edit_, EL_BIND, "\\e[1;5C", "em-next-word", nullptr);
        el_set(edit_, EL_BIND, "\\e[3~", "ed-delete-next-char", nullptr);
        el_set(edit_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
        load_history();
    }
    ~TerminalReader() override {
        ::history_end(history_);
        el_end(edit_);
    }

    Got read(const std::string& prompt, std::string& line) override {
        prompt_ = prompt;
        gave_up_ = false;
        int count = 0;
        const char* got = el_gets(edit_, &count);
        if (gave_up_) return Got::kInterrupted;
        if (got == nullptr || count <= 0) {
            if (interrupted()) return Got::kInterrupted;
            return Got::kEnd;
        }
        line.assign(got, static_cast<std::size_t>(count));
        while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
        return Got::kLine;
    }

    void remember(const std::string& statement) override {
        std::string flat = statement;
        std::replace(flat.begin(), flat.end(), '\n', ' ');
        if (flat.find_first_not_of(' ') == std::string::npos) return;
        enter(flat);
        append_to_file(flat);
    }

    std::vector<std::string> history() const override { return lines_; }
    bool interactive() const override { return true; }

private:
    static TerminalReader& self(EditLine* edit) {
        void* data = nullptr;
        el_get(edit, EL_CLIENTDATA, &data);
        return *static_cast<TerminalReader*>(data);
    }
    static char* prompt(EditLine* edit) { return self(edit).prompt_.data(); }

    static unsigned char on_interrupt(EditLine* edit, int) {
        self(edit).gave_up_ = true;
        std::fputs("^C\n", stdout);
        return CC_NEWLINE;
    }

    static unsigned char on_tab(EditLine* edit, int) { return self(edit).complete_word(); }

    unsigned char complete_word() {
        const LineInfo* info = el_line(edit_);
        const std::string before(info->buffer, static_cast<std::size_t>(info->cursor - info->buffer));
        std::size_t begin = before.size();
        const std::vector<std::string> words = complete_(before, begin);
        if (words.empty()) return CC_REFRESH_BEEP;
        const std::string rest = common_beginning(words);
        const std::size_t typed = before.size() - begin;
        // What was typed is replaced, so that case is set right: "match" becomes "MATCH".
        const std::string current = before.substr(begin);
        if (rest.size() > typed || (words.size() == 1 && rest != current)) {
            el_deletestr(edit_, static_cast<int>(characters(current)));
            el_insertstr(edit_, rest.c_str());
            return CC_REFRESH;
        }
        show(words);
        return CC_REDISPLAY;
    }

    static std::size_t characters(const std::string& text) {
        return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        }));
    }

    static void show(const std::vector<std::string>& words) {
        constexpr std::size_t kMost = 120, kScreen = 78;
        std::size_t widest = 0;
        for (const std::string& word : words) widest = std::max(widest, width_of(word));
        const std::size_t columns = std::max<std::size_t>(1, kScreen / (widest + 2));
        std::string out = "\n";
        for (std::size_t i = 0; i < words.size() && i < kMost; ++i) {
            out += padded(words[i], widest + 2);
            if ((i + 1) % columns == 0) out += '\n';
        }
        if (out.back() != '\n') out += '\n';
        if (words.size() > kMost) out += "(" + std::to_string(words.size() - kMost) + " more)\n";
        std::fputs(out.c_str(), stdout);
    }

    void enter(const std::string& line) {
        HistEvent event;
        ::history(history_, &event, H_ENTER, line.c_str());
        lines_.push_back(line);
    }

    void load_history() {
        const std::string path = history_path();
        std::ifstream in(path);
        std::vector<std::string> lines;
        for (std::string line; std::getline(in, line);) lines.push_back(line);
        const std::size_t skip = lines.size() > kHistoryLength ? lines.size() - kHistoryLength : 0;
        for (std::size_t i = skip; i < lines.size(); ++i) enter(lines[i]);
    }

    static void append_to_file(const std::string& line) {
        const std::string path = history_path();
        if (path.empty()) return;
        std::error_code fault;
        std::filesystem::create_directories(std::filesystem::path(path).parent_path(), fault);
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (file < 0) return;  // a history is a comfort, not a duty
        const std::string text = line + "\n";
        if (::write(file, text.data(), text.size()) < 0) {
            // as above
        }
        ::close(file);
    }

    Completer complete_;
    EditLine* edit_ = nullptr;
    History* history_ = nullptr;
    std::string prompt_;
    std::vector<std::string> lines_;
    bool gave_up_ = false;
};

}  // namespace

std::unique_ptr<LineReader> make_terminal_reader(Completer complete) {
    return std::make_unique<TerminalReader>(std::move(complete));
}

std::unique_ptr<LineReader> make_plain_reader() { return std::make_unique<PlainReader>(); }

std::string history_path() {
    const char* state = std::getenv("XDG_STATE_HOME");
    if (state != nullptr && *state == '/') return std::string(state) + "/maek/history";
    const char* home = std::getenv("HOME");
    if (home == nullptr || *home == 0) return {};
    return std::string(home) + "/.local/state/maek/history";
}

}  // namespace maek::tools
