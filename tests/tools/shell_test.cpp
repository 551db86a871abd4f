// `maek shell` with its input piped: statements, commands, and when it stops.
#include <sys/stat.h>

#include "tests/tools/program.h"

namespace maek::tools {
namespace {

using testing::HasSubstr;

class ShellProgram : public ProgramTest {
protected:
    ShellProgram() { make_store("CREATE (:City {name: '창원시'})"); }
    Outcome shell(std::string input) const {
        HowToRun how;
        how.input = std::move(input);
        how.environment["HOME"] = folder_.string();
        return maek({"shell", store()}, how);
    }
};

TEST_F(ShellProgram, StatementsMayTakeSeveralLines) {
    const Outcome outcome = shell(":format csv\nMATCH (c:City)\nRETURN c.name\n  AS name;\nRETURN ';' AS x; RETURN 2 AS y;\n");
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "name\n창원시\nx\n;\ny\n2\n");
}

TEST_F(ShellProgram, ALastStatementNeedsNoSemicolon) { EXPECT_THAT(shell(":format csv\nRETURN 1 AS x").out, "x\n1\n"); }

TEST_F(ShellProgram, CommandsTakeAColonOrADot) {
    EXPECT_THAT(shell(":help\n").out, HasSubstr(":export FILE"));
    EXPECT_THAT(shell(".help\n").out, HasSubstr(":export FILE"));
    EXPECT_THAT(shell(":schema\n").out, HasSubstr("1 City"));
}

TEST_F(ShellProgram, AMisspeltCommandIsAnsweredWithTheNearest) {
    const Outcome outcome = shell(":formt csv\n");
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("did you mean ':format'?"));
}

TEST_F(ShellProgram, ParametersAreSetAndShown) {
    const Outcome outcome = shell(":format csv\n:param n 41\n:param t => {\"a\": [\"b\"]}\n:params\nRETURN $n + 1 AS x, $t.a[0] AS y;\n");
    EXPECT_EQ(outcome.out, "n => 41\nt => {\"a\":[\"b\"]}\nx,y\n42,b\n");
}

TEST_F(ShellProgram, TransactionsAreCommands) {
    const Outcome outcome = shell(":format csv\n:begin\nCREATE (:A);\n:rollback\n:begin\nCREATE (:B);\n:commit\n"
                                  "MATCH (n) RETURN labels(n)[0] AS l ORDER BY l;\n");
    EXPECT_EQ(outcome.out, "l\nB\nCity\n");
}

TEST_F(ShellProgram, APipedScriptStopsAtTheFirstFailure) {
    const Outcome outcome = shell(":format csv\nRETURN x;\nRETURN 2 AS y;\n");
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr("1:8"));
}

TEST_F(ShellProgram, SourceRunsAFile) {
    const std::string script = file("s.txt", ":format csv\nRETURN 5 AS five;\n");
    EXPECT_EQ(shell(":source " + script + "\n").out, "five\n5\n");
    const std::string endless = path("endless.txt");
    file("endless.txt", ":source " + endless + "\n");
    EXPECT_EQ(shell(":source " + endless + "\n").exit_code, 1);
}

TEST_F(ShellProgram, ExportWritesTheGraphOrAPart) {
    EXPECT_EQ(shell(":export " + path("g.graphml") + "\n:export " + path("p.jsonl") + " MATCH (c:City) RETURN c\n").exit_code, 0);
    EXPECT_THAT(read("g.graphml"), HasSubstr("창원시"));
    EXPECT_THAT(read("p.jsonl"), HasSubstr("창원시"));
}

TEST_F(ShellProgram, LeavesOnExit) { EXPECT_EQ(shell(":format csv\n:exit\nRETURN 1 AS x;\n").out, ""); }

TEST_F(ShellProgram, OnATerminalEditsCompletesAndKeepsAPrivateHistory) {
    if (run_program({"sh", "-c", "command -v script"}).exit_code != 0) GTEST_SKIP() << "no `script` to make a terminal";
    HowToRun how;
    how.environment = {{"HOME", folder_.string()}, {"TERM", "xterm"}, {"XDG_STATE_HOME", ""}};
    how.input = "MATCH (c:Ci\t) RETURN c.name AS n;\n:exit\n";
    const Outcome outcome = run_program({"script", "-qefc", std::string(MAEK_PROGRAM) + " shell " + store(), "/dev/null"}, how);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("창원시"));
    struct stat state {};
    ASSERT_EQ(::stat((folder_ / ".local/state/maek/history").c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777, 0600u);
}

}  // namespace
}  // namespace maek::tools
