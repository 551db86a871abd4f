// `maek query`: formats, parameters, scripts, errors, limits.
#include "tests/tools/program.h"

namespace maek::tools {
namespace {

using testing::HasSubstr;

// Ten thousand million rows: no test waits for them.
constexpr const char* kEndless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a % b)";

class Query : public ProgramTest {
protected:
    Query() {
        make_store("CREATE (k:ResearchInstitute {name: '한국전기연구원', founded: 1976}), "
                   "(a:Alliance {name: '혁신네트워크'}), (k)-[:MEMBER_OF {evidence: ['KERI가 참여한다']}]->(a)");
    }
    std::string answer(std::string_view query, const std::string& format = "csv") const {
        return done({"query", store(), std::string(query), "--format", format});
    }
};

TEST_F(Query, AnswersInATable) {
    EXPECT_EQ(done({"query", store(), "MATCH (n:Alliance) RETURN n.name AS name, 7 AS n"}),
              "┌──────────────┬───┐\n│ name         │ n │\n├──────────────┼───┤\n│ 혁신네트워크 │ 7 │\n└──────────────┴───┘\n");
}

TEST_F(Query, KoreanNamesOfTypesMeanTheSame) {
    EXPECT_EQ(answer("MATCH (i:연구기관)-[:참여]->(a:얼라이언스) RETURN i.name AS i, a.name AS a"),
              "i,a\n한국전기연구원,혁신네트워크\n");
}

TEST_F(Query, JsonIsTheContracts) {
    EXPECT_EQ(answer("MATCH (n:Alliance) RETURN n, 1 AS i, 1.0 AS f, date('2020-11-20') AS d, 0.0/0.0 AS x", "json"),
              "{\"columns\": [\"n\",\"i\",\"f\",\"d\",\"x\"], \"rows\": [\n"
              "  [{\"id\":1,\"labels\":[\"Alliance\"],\"properties\":{\"name\":\"혁신네트워크\"}},1,1.0,\"2020-11-20\",\"NaN\"]\n"
              "], \"stats\": {}}\n");
}

TEST_F(Query, JsonLinesAreOneObjectARow) {
    EXPECT_EQ(answer("UNWIND [1, null] AS x RETURN x, 'a' AS y", "jsonl"), "{\"x\":1,\"y\":\"a\"}\n{\"x\":null,\"y\":\"a\"}\n");
}

TEST_F(Query, CsvQuotesWhatItMust) {
    EXPECT_EQ(answer("RETURN 'a,b' AS x, 'say \"hi\"' AS y, '' AS empty, null AS nothing, [1, 2] AS l"),
              "x,y,empty,nothing,l\n\"a,b\",\"say \"\"hi\"\"\",\"\",,\"[1,2]\"\n");
}

TEST_F(Query, TsvAndMarkdownEscapeTheirSeparators) {
    EXPECT_EQ(answer("RETURN 'a\\tb\\nc' AS x", "tsv"), "x\na\\tb\\nc\n");
    EXPECT_EQ(answer("RETURN 'a|b' AS x, 1 AS n", "markdown"), "| x | n |\n| --- | ---: |\n| a\\|b | 1 |\n");
}

TEST_F(Query, GraphmlHoldsTheAnswersGraph) {
    const std::string graphml = answer("MATCH (i)-[m:MEMBER_OF]->(a) RETURN m", "graphml");
    EXPECT_THAT(graphml, HasSubstr("한국전기연구원"));
    EXPECT_THAT(graphml, HasSubstr("MEMBER_OF"));
    EXPECT_EQ(maek({"query", store(), "RETURN 1", "--format", "graphml"}).exit_code, 1);
}

TEST_F(Query, ParametersAreJson) {
    EXPECT_EQ(done({"query", store(), "RETURN $n + 1 AS x, $names[0] AS y", "--format", "csv", "--param", "n=41", "--param",
                    "names=[\"창원시\"]"}),
              "x,y\n42,창원시\n");
    const Outcome wrong = maek({"query", store(), "RETURN $n", "--param", "n=KERI"});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(wrong.err, HasSubstr("--param 'n=\"...\"'"));
}

TEST_F(Query, StatementsComeFromStdinAndFilesToo) {
    HowToRun how;
    how.input = "RETURN 1 AS a; RETURN ';' AS b;";
    EXPECT_EQ(done({"query", store(), "--format", "csv"}, how), "a\n1\nb\n;\n");
    EXPECT_EQ(done({"query", store(), "-", "--format", "csv"}, how), "a\n1\nb\n;\n");
    EXPECT_EQ(done({"query", store(), "--file", file("q.cypher", "// two\nRETURN 2 AS c"), "--format", "csv"}), "c\n2\n");
    EXPECT_EQ(maek({"query", store(), "--file", path("none")}).exit_code, 1);
    EXPECT_EQ(maek({"query", store(), "RETURN 1", "--file", path("none")}).exit_code, 2);
}

TEST_F(Query, AnErrorNamesLineColumnAndPointsAtThePlace) {
    const Outcome outcome = maek({"query", store(), "MATCH (시:도시)\nRETURN 없는.name"});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr("error: 2:8: "));
    EXPECT_THAT(outcome.err, HasSubstr("UndefinedVariable"));
    EXPECT_THAT(outcome.err, HasSubstr("  2 | RETURN 없는.name\n    |        ^\n"));
}

TEST_F(Query, AnErrorInAScriptNamesThePlaceInTheScript) {
    const Outcome outcome = maek({"query", store(), "--file", file("q.cypher", "RETURN 1;\nRETURN 2; RETURN x;\nRETURN 3")});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("q.cypher:2:18: "));
    EXPECT_THAT(outcome.out, testing::Not(HasSubstr("3")));
}

TEST_F(Query, KeepGoingRunsTheRestAndStillFails) {
    HowToRun how;
    how.input = "RETURN x; RETURN 3 AS y;";
    const Outcome outcome = maek({"query", store(), "--keep-going", "--format", "csv"}, how);
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(outcome.out, "y\n3\n");
}

TEST_F(Query, ChangesAreKept) {
    done({"query", store(), "CREATE (:City {name: '창원시'})"});
    EXPECT_EQ(answer("MATCH (c:City) RETURN c.name AS n"), "n\n창원시\n");
}

TEST_F(Query, AFailedStatementLeavesNothing) {
    EXPECT_EQ(maek({"query", store(), "UNWIND [1, 0] AS x CREATE (:City {n: 1 / x})"}).exit_code, 1);
    EXPECT_EQ(answer("MATCH (c:City) RETURN count(c) AS n"), "n\n0\n");
}

TEST_F(Query, ReadOnlyRefusesChanges) {
    const Outcome outcome = maek({"query", store(), "CREATE (:City)", "--read-only"});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(done({"query", store(), "RETURN 1 AS x", "--read-only", "--format", "csv"}), "x\n1\n");
}

TEST_F(Query, TransactionsSpanStatements) {
    HowToRun how;
    how.input = "BEGIN; CREATE (:City); ROLLBACK; BEGIN; CREATE (:Agency); COMMIT;";
    done({"query", store()}, how);
    EXPECT_EQ(answer("MATCH (n) RETURN count(n) AS n"), "n\n3\n");
}

TEST_F(Query, AnOpenTransactionAtTheEndIsRolledBackWithAWord) {
    HowToRun how;
    how.input = "BEGIN; CREATE (:City)";
    const Outcome outcome = maek({"query", store()}, how);
    EXPECT_THAT(outcome.err, HasSubstr("rolled back"));
    EXPECT_EQ(answer("MATCH (c:City) RETURN count(c) AS n"), "n\n0\n");
}

TEST_F(Query, TimeAndMemoryHaveLimits) {
    const Outcome late = maek({"query", store(), kEndless, "--timeout", "200ms"});
    EXPECT_EQ(late.exit_code, 1);
    EXPECT_LT(late.seconds, 5);
    EXPECT_THAT(late.err, HasSubstr("200 ms"));
    const Outcome large = maek({"query", store(), "UNWIND range(1, 100000000) AS x RETURN collect(x)", "--memory-limit", "64M"});
    EXPECT_EQ(large.exit_code, 1);
}

TEST_F(Query, CtrlCStopsAtOnceWith130) {
    HowToRun how;
    how.interrupt_after_ms = 400;
    const Outcome outcome = maek({"query", store(), kEndless}, how);
    EXPECT_EQ(outcome.exit_code, 130);
    EXPECT_LT(outcome.seconds, 3);  // 100 ms on a quiet machine
    EXPECT_EQ(answer("MATCH (n) RETURN count(n) AS n"), "n\n2\n");
}

TEST_F(Query, HundredThousandParenthesesAreAnErrorAndNoCrash) {
    HowToRun how;
    how.input = "RETURN " + std::string(100000, '(') + "1" + std::string(100000, ')');
    const Outcome outcome = maek({"query", store()}, how);
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("error: 1:"));
    EXPECT_LT(outcome.err.size(), 2000u);
}

TEST_F(Query, OutputGoesToAFileWholeOrNotAtAll) {
    done({"query", store(), "RETURN 1 AS x", "--format", "csv", "-o", path("out.csv")});
    EXPECT_EQ(read("out.csv"), "x\n1\n");
    EXPECT_EQ(maek({"query", store(), "RETURN 1 / 0", "-o", path("bad.csv")}).exit_code, 1);
    EXPECT_FALSE(std::filesystem::exists(path("bad.csv")));
    EXPECT_EQ(maek({"query", store(), "RETURN 1", "-o", path("no/such/folder.csv")}).exit_code, 1);
}

TEST_F(Query, ExplainShowsAPlan) { EXPECT_NE(done({"query", store(), "EXPLAIN MATCH (n:Alliance) RETURN n"}), ""); }

TEST_F(Query, NamesWithEscapesCannotReachTheTerminal) {
    done({"query", store(), "CREATE (:City {name: 'a\\u001b[2Jb'})"});
    EXPECT_THAT(done({"query", store(), "MATCH (c:City) RETURN c.name, c"}), testing::Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace maek::tools
