// The scripts a newcomer runs and the commands README shows.
#include <algorithm>
#include <sstream>

#include "tests/tools/program.h"

namespace maek::tools {
namespace {

using testing::HasSubstr;

class Scripts : public ProgramTest {};

TEST_F(Scripts, SetUpSaysWhenAllIsThereOrWhatIsMissing) {
    const Outcome outcome = run_program({(project() / "tools/setup").string(), "--check"});
    EXPECT_THAT(outcome.exit_code, testing::AnyOf(0, 1));
    EXPECT_THAT(outcome.out, testing::AnyOf(HasSubstr("packages are there"), HasSubstr("missing:")));
    EXPECT_EQ(run_program({(project() / "tools/setup").string(), "--nonsense"}).exit_code, 2);
}

TEST_F(Scripts, SetUpWithoutRootNamesTheCommandForAnAdministrator) {
    if (run_program({"sh", "-c", "test $(id -u) -eq 0 && command -v setpriv"}).exit_code != 0) GTEST_SKIP() << "not root, or no setpriv";
    // A dpkg that knows of nothing, so that everything is missing.
    file("bin/dpkg-query", "#!/bin/sh\nexit 1\n");
    file("bin/sudo", "#!/bin/sh\nexit 1\n");
    for (const char* name : {"bin/dpkg-query", "bin/sudo"}) {
        std::filesystem::permissions(path(name), std::filesystem::perms::all);
    }
    std::filesystem::permissions(folder_, std::filesystem::perms::all);
    HowToRun how;
    how.environment["PATH"] = path("bin") + ":/usr/bin:/bin:/usr/sbin:/sbin";
    const std::string copy = file("setup", read_file(project() / "tools/setup"));
    const Outcome outcome = run_program({"setpriv", "--reuid=65534", "--clear-groups", "bash", copy}, how);
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("apt-get install -y --no-install-recommends g++ cmake ninja-build"));
}

TEST_F(Scripts, ContinuousIntegrationRunsExactlyTheTests) {
    EXPECT_THAT(read_file(project() / ".ci/run"), HasSubstr("exec ./tests/run\n"));
}

TEST_F(Scripts, EveryPackageThatTheBuildAsksForIsInTheSetUp) {
    const std::string setup = read_file(project() / "tools/setup");
    for (const char* package : {"g++", "cmake", "ninja-build", "libicu-dev", "libboost-dev", "librocksdb-dev", "libutf8proc-dev",
                                "libxxhash-dev", "libfmt-dev", "libre2-dev", "libexpat1-dev", "libgumbo-dev", "libcli11-dev",
                                "libedit-dev", "rapidjson-dev", "libgtest-dev", "libgmock-dev", "pkg-config"}) {
        EXPECT_THAT(setup, HasSubstr(package));
    }
}

// Lines of README that begin with "$ maek" run one after the other and succeed.
TEST_F(Scripts, TheCommandsOfReadmeWork) {
    std::istringstream in(read_file(project() / "README.md"));
    const std::string link = path("maek");
    std::filesystem::create_symlink(MAEK_PROGRAM, link);
    std::filesystem::create_directory_symlink(project() / "tests", path("tests"));
    HowToRun how;
    how.folder = folder_.string();
    how.environment["PATH"] = folder_.string() + ":/usr/bin:/bin";
    int commands = 0;
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("$ maek ")) continue;
        ++commands;
        std::string command = line.substr(2);
        // A statement may go on over the next lines, until its quote is closed.
        while (std::count(command.begin(), command.end(), '\'') % 2 == 1 && std::getline(in, line)) command += "\n" + line;
        const Outcome outcome = run_program({"bash", "-c", command}, how);
        EXPECT_EQ(outcome.exit_code, 0) << command << "\n" << outcome.err;
    }
    EXPECT_GE(commands, 5);
}

}  // namespace
}  // namespace maek::tools
