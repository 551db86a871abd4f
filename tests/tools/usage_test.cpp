// How `maek` behaves before it does anything: help, versions, wrong use, languages, colour.
#include "tests/tools/program.h"

namespace maek::tools {
namespace {

using testing::HasSubstr;
using testing::Not;

class Usage : public ProgramTest {};

TEST_F(Usage, HelpListsEveryCommandOfTheContract) {
    const std::string help = done({"--help"});
    for (const char* command : {"build", "extract", "query", "shell", "pipe", "export", "import", "stats", "check",
                                "backup", "restore", "remove", "schema", "version", "find", "show", "path", "members",
                                "funding", "timeline", "top", "compare", "evidence", "review", "explain", "draw", "report"}) {
        EXPECT_THAT(help, HasSubstr(std::string("\n  ") + command)) << command;
        EXPECT_THAT(done({command, "--help"}), HasSubstr("Usage")) << command;
    }
}

TEST_F(Usage, VersionNamesTheProgramAndItsSchema) {
    EXPECT_THAT(done({"version"}), HasSubstr("maek "));
    EXPECT_THAT(done({"version"}), HasSubstr("schema /"));
}

TEST_F(Usage, WrongUseIsToldOnStderrAndEndsWithTwo) {
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{}, {"qurey"}, {"query"}, {"stats", store(), "--nonsense"}, {"export", store()}}) {
        const Outcome outcome = maek(words);
        EXPECT_EQ(outcome.exit_code, 2);
        EXPECT_EQ(outcome.out, "");
        EXPECT_NE(outcome.err, "");
    }
    EXPECT_THAT(maek({"qurey", "S"}).err, HasSubstr("did you mean 'query'?"));
}

TEST_F(Usage, AStoreThatIsNotThereIsNamedAndNotMade) {
    for (const char* command : {"stats", "check", "shell"}) {
        const Outcome outcome = maek({command, path("nowhere")});
        EXPECT_EQ(outcome.exit_code, 1) << command;
        EXPECT_THAT(outcome.err, HasSubstr("nowhere")) << command;
    }
    EXPECT_EQ(maek({"query", path("nowhere"), "RETURN 1"}).exit_code, 1);
    EXPECT_FALSE(std::filesystem::exists(path("nowhere")));
}

TEST_F(Usage, MessagesCanBeKorean) {
    make_store("CREATE (:A)");
    EXPECT_THAT(done({"stats", store(), "--lang", "ko"}), HasSubstr("노드"));
    HowToRun how;
    how.environment["LC_ALL"] = "ko_KR.UTF-8";
    EXPECT_THAT(done({"stats", store()}, how), HasSubstr("노드"));
}

TEST_F(Usage, ColourOnlyWhereItIsAskedForOrSeen) {
    EXPECT_THAT(maek({"query", path("none"), "RETURN 1"}).err, Not(HasSubstr("\x1b")));
    EXPECT_THAT(maek({"query", path("none"), "RETURN 1", "--color", "always"}).err, HasSubstr("\x1b["));
    make_store("CREATE (:A)");
    EXPECT_THAT(done({"query", store(), "RETURN 1 AS x", "--color", "always"}), HasSubstr("\x1b[1m"));
    EXPECT_THAT(done({"query", store(), "RETURN 1 AS x"}), Not(HasSubstr("\x1b")));
}

TEST_F(Usage, SchemaPrintsTypesInBothLanguages) {
    EXPECT_THAT(done({"schema"}), HasSubstr("ResearchInstitute"));
    EXPECT_THAT(done({"schema", "--lang", "ko"}), HasSubstr("연구기관"));
}

TEST_F(Usage, AFullDiskBelowStdoutIsNoticed) {
    if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
    const Outcome outcome = run_program({"sh", "-c", std::string(MAEK_PROGRAM) + " schema > /dev/full"});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("standard output could not be written"));
}

}  // namespace
}  // namespace maek::tools
