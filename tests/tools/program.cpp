#include "tests/tools/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace maek::tools {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::string> environment_of(const HowToRun& how) {
    std::map<std::string, std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const std::size_t at = text.find('=');
        all[text.substr(0, at)] = at == std::string::npos ? "" : text.substr(at + 1);
    }
    all["LANG"] = all["LC_ALL"] = "C.UTF-8";
    all.erase("NO_COLOR");
    for (const auto& [name, value] : how.environment) all[name] = value;
    std::vector<std::string> out;
    for (const auto& [name, value] : all) out.push_back(name + "=" + value);
    return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

[[noreturn]] void become(std::vector<std::string> words, const HowToRun& how, int in, int out, int err) {
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    if (!how.folder.empty() && chdir(how.folder.c_str()) != 0) _exit(126);
    auto environment = environment_of(how);
    auto arguments = pointers(words), settings = pointers(environment);
    execvpe(arguments[0], arguments.data(), settings.data());
    _exit(127);
}

// Reads both pipes until they end, sends SIGINT when its time has come.
void collect(int out, int err, pid_t child, const HowToRun& how, Clock::time_point begin, Outcome& result) {
    pollfd watched[2] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
    std::string* targets[2] = {&result.out, &result.err};
    bool sent = how.interrupt_after_ms < 0;
    for (int open = 2; open > 0;) {
        poll(watched, 2, 10);
        if (!sent && Clock::now() - begin >= std::chrono::milliseconds(how.interrupt_after_ms)) {
            kill(child, SIGINT);
            sent = true;
        }
        for (int i = 0; i < 2; ++i) {
            if (watched[i].fd < 0 || (watched[i].revents & (POLLIN | POLLHUP)) == 0) continue;
            char buffer[1 << 16];
            const ssize_t got = ::read(watched[i].fd, buffer, sizeof buffer);
            if (got > 0) {
                targets[i]->append(buffer, static_cast<std::size_t>(got));
            } else {
                watched[i].fd = -1;
                --open;
            }
        }
    }
}

}  // namespace

Outcome run_program(const std::vector<std::string>& words, const HowToRun& how) {
    int in[2], out[2], err[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) return {};
    const auto begin = Clock::now();
    const pid_t child = fork();
    if (child == 0) become(words, how, in[0], out[1], err[1]);
    close(in[0]), close(out[1]), close(err[1]);
    signal(SIGPIPE, SIG_IGN);
    std::thread writer([&] {
        for (std::string_view rest = how.input; !rest.empty();) {
            const ssize_t wrote = write(in[1], rest.data(), rest.size());
            if (wrote <= 0) break;
            rest.remove_prefix(static_cast<std::size_t>(wrote));
        }
        close(in[1]);
    });
    Outcome result;
    collect(out[0], err[0], child, how, begin, result);
    writer.join();
    close(out[0]), close(err[0]);
    int status = 0;
    waitpid(child, &status, 0);
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return result;
}

Outcome ProgramTest::maek(std::vector<std::string> words, const HowToRun& how) const {
    words.insert(words.begin(), MAEK_PROGRAM);
    return run_program(words, how);
}

std::string ProgramTest::done(std::vector<std::string> words, const HowToRun& how) const {
    const Outcome outcome = maek(words, how);
    EXPECT_EQ(outcome.exit_code, 0) << "maek " << (words.empty() ? "" : words.front()) << ": " << outcome.err;
    return outcome.out;
}

std::string ProgramTest::file(std::string_view name, std::string_view content) const {
    const auto target = folder_ / name;
    std::filesystem::create_directories(target.parent_path());
    std::ofstream(target, std::ios::binary) << content;
    return target.string();
}

std::string ProgramTest::read(std::string_view name) const { return read_file(folder_ / name); }

void ProgramTest::make_store(std::string_view statements) const {
    HowToRun how;
    how.input = statements;
    done({"query", store(), "--create"}, how);
}

std::filesystem::path project() { return MAEK_SOURCE_DIR; }

std::filesystem::path shared() {
    const char* given = std::getenv("MAEK_SHARED");
    const std::filesystem::path folder = given != nullptr ? std::filesystem::path(given) : project() / ".." / "shared";
    return std::filesystem::is_directory(folder / "articles") ? folder : std::filesystem::path();
}

bool long_form() {
    const char* value = std::getenv("MAEK_LONG");
    return value != nullptr && std::string_view(value) == "1";
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return std::move(all).str();
}

const std::string_view kKoreanArticle =
    "창원시, 기계융합 혁신네트워크 출범\n\n"
    "창원시는 12일 한국전기연구원(KERI), 한국재료연구원(KIMS), 창원대학교와 '창원 기계융합 혁신네트워크'를 출범했다고 "
    "밝혔다. 이 네트워크에는 한국전기연구원과 한국재료연구원, 경남테크노파크가 참여한다. "
    "창원시는 '스마트 부품 실증 사업'에 45억원을 지원한다.\n";
const std::string_view kEnglishArticle =
    "Incheon Technopark joins biotech alliance\n\n"
    "Incheon Technopark and Inha University signed a memorandum of understanding on Tuesday. "
    "The Korea Institute of Industrial Technology joined the Songdo Bio Alliance led by Incheon Technopark.\n";

}  // namespace maek::tools
