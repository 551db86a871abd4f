// `maek build`, `extract`, `remove`, `stats`: articles of every kind in, facts kept and taken out.
#include <algorithm>

#include "tests/tools/program.h"

namespace maek::tools {
namespace {

using testing::HasSubstr;

class Build : public ProgramTest {
protected:
    std::string articles() const { return path("articles"); }
    void write_articles() const {
        file("articles/ko-1.txt", kKoreanArticle);
        file("articles/en/en-1.txt", kEnglishArticle);
    }
    std::string ids() const {
        return done({"query", store(), "MATCH (a:Article) RETURN a.id AS id ORDER BY id", "--format", "csv"});
    }
    std::string count(const std::string& pattern) const {
        return done({"query", store(), "MATCH " + pattern + " RETURN count(*) AS n", "--format", "csv"});
    }
};

TEST_F(Build, SummarisesWhatItDidAndASecondRunChangesNothing) {
    write_articles();
    const std::string first = done({"build", store(), articles()});
    EXPECT_THAT(first, HasSubstr("2 · 2 new, 0 changed, 0 as before"));
    for (const char* part : {"nodes", "relationships", "Article", "MENTIONS", "articles/s", "MB/s"}) {
        EXPECT_THAT(first, HasSubstr(part));
    }
    const std::string second = done({"build", store(), articles()});
    EXPECT_THAT(second, HasSubstr("0 new, 0 changed, 2 as before"));
    EXPECT_THAT(second, HasSubstr("nothing changed"));
}

TEST_F(Build, AChangedArticleIsReplaced) {
    write_articles();
    done({"build", store(), articles()});
    file("articles/ko-1.txt", "부산시는 부산테크노파크와 업무협약을 체결했다.\n");
    EXPECT_THAT(done({"build", store(), articles()}), HasSubstr("0 new, 1 changed, 1 as before"));
    EXPECT_EQ(count("(a:Article)"), "n\n2\n");
}

TEST_F(Build, ARemovedArticleTakesItsOwnFactsAlong) {
    write_articles();
    done({"build", store(), articles()});
    EXPECT_THAT(done({"remove", store(), "ko-1"}), HasSubstr("removed 1 articles"));
    EXPECT_EQ(count("(a:Article)"), "n\n1\n");
    EXPECT_EQ(count("(n) WHERE n.name = '창원시'"), "n\n0\n");
    const Outcome again = maek({"remove", store(), "ko-1"});
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_THAT(again.err, HasSubstr("ko-1"));
}

TEST_F(Build, TheGraphDoesNotDependOnJobsOrOrder) {
    write_articles();
    file("articles/ko-2.txt", "인천시는 인하대학교, 인천테크노파크와 '인천 바이오 협의체'를 구성했다. 협의체에는 인하대와 인천TP가 참여한다.\n");
    const std::string one = done({"extract", articles(), "--jobs", "1"});
    EXPECT_EQ(done({"extract", articles(), "--jobs", "8"}), one);
    done({"build", store(), articles(), "--jobs", "1"});
    done({"build", path("other"), articles() + "/ko-2.txt", articles() + "/en/en-1.txt", articles() + "/ko-1.txt", "--jobs", "8"});
    const std::string all = "MATCH (a)-[r]->(b) RETURN coalesce(a.name, a.id) AS a, type(r) AS r, b.name AS b, r.evidence AS e, "
                            "r.start AS s ORDER BY a, r, b, s";
    EXPECT_EQ(done({"query", store(), all, "--format", "csv"}), done({"query", path("other"), all, "--format", "csv"}));
}

TEST_F(Build, ReadsRecordsFromJsonAndJsonLines) {
    file("articles/many.jsonl",
         "{\"id\": \"j1\", \"title\": \"출범\", \"date\": \"2020-11-20\", \"source\": \"http://a.kr\", \"text\": \"창원시는 한국전기연구원과 협약을 맺었다.\"}\n"
         "\n{\"id\": 17, \"text\": \"부산시는 부산대학교와 협력한다.\"}\n{\"text\": \"이름 없는 기사\"}\n");
    file("articles/one.json", "{\"title\": \"t\", \"text\": \"울산시는 울산테크노파크를 지원한다.\"}");
    file("articles/list.json", "[{\"id\": \"l1\", \"text\": \"a\"}, {\"text\": \"b\"}]");
    EXPECT_THAT(done({"build", store(), articles()}), HasSubstr("6 new"));
    EXPECT_EQ(done({"query", store(), "MATCH (a:Article) RETURN a.id AS id ORDER BY id", "--format", "csv"}),
              "id\n17\nj1\nl1\nlist-2\nmany-4\none\n");
    EXPECT_EQ(done({"query", store(), "MATCH (a:Article {id: 'j1'}) RETURN a.title AS t, toString(a.date) AS d, a.source AS s", "--format", "csv"}),
              "t,d,s\n출범,2020-11-20,http://a.kr\n");
}

TEST_F(Build, ReadsStdin) {
    HowToRun how;
    how.input = kKoreanArticle;
    done({"build", store(), "-"}, how);
    EXPECT_EQ(done({"query", store(), "MATCH (a:Article) RETURN a.id AS id", "--format", "csv"}), "id\nstdin\n");
    how.input = "{\"id\": \"x\", \"text\": \"창원시\"}\n{\"id\": \"y\", \"text\": \"부산시\"}\n";
    EXPECT_THAT(done({"build", store(), "-"}, how), HasSubstr("2 new"));
}

TEST_F(Build, FilesOfOneNameInTwoFoldersAreTwoArticles) {
    file("articles/a/news.txt", "창원시는 도시다.");
    file("articles/b/news.txt", "부산시는 도시다.");
    done({"build", store(), articles()});
    EXPECT_EQ(done({"query", store(), "MATCH (a:Article) RETURN a.id AS id ORDER BY id", "--format", "csv"}), "id\na/news\nb/news\n");
}

TEST_F(Build, FilesOfOneNameInTwoInputsAreTwoArticles) {
    const std::string a = file("A/news.txt", "창원시는 도시다."), b = file("B/news.txt", "부산시는 도시다.");
    EXPECT_THAT(done({"build", store(), path("A"), path("B")}), HasSubstr("2 new, 0 changed"));
    EXPECT_EQ(ids(), "id\nA/news\nB/news\n");
    EXPECT_THAT(done({"build", store(), a, b, path("A")}), HasSubstr("0 new, 0 changed, 2 as before"));
    file("B/news.html", "<p>울산시는 도시다.</p>");
    EXPECT_THAT(done({"build", store(), path("B"), path("A")}), HasSubstr("1 new, 0 changed, 2 as before"));
    EXPECT_EQ(ids(), "id\nA/news\nB/news\nnews.html\n");
}

TEST_F(Build, AnArticleKeepsItsIdWhenANamesakeComesOrGoes) {
    file("articles/x/n.txt", "창원시는 도시다.");
    done({"build", store(), articles()});
    file("articles/y/n.txt", "부산시는 도시다.");
    EXPECT_THAT(done({"build", store(), articles()}), HasSubstr("1 new, 0 changed, 1 as before"));
    EXPECT_EQ(ids(), "id\nn\ny/n\n");
    file("articles/x/n.txt", "창원시는 바뀌었다.");
    EXPECT_THAT(done({"build", store(), articles()}), HasSubstr("0 new, 1 changed, 1 as before"));
    std::filesystem::remove_all(path("articles/x"));
    EXPECT_THAT(done({"build", store(), articles()}), HasSubstr("0 new, 0 changed, 1 as before"));
    std::filesystem::rename(articles(), path("moved"));
    EXPECT_THAT(done({"build", store(), path("moved")}), HasSubstr("0 new, 1 changed"));  // its source is
    EXPECT_EQ(ids(), "id\nn\ny/n\n");
}

TEST_F(Build, ASecondTextOfOneIdInARunIsToldAndTheFirstStays) {
    file("articles/a.jsonl", "{\"id\": \"x\", \"text\": \"창원시는 도시다.\"}\n{\"id\": \"x\", \"text\": \"창원시는 도시다.\"}\n");
    file("articles/b.jsonl", "{\"id\": \"x\", \"text\": \"부산시는 도시다.\"}\n{\"id\": \"y\", \"text\": \"울산시\"}\n");
    for (const char* counts : {"2 new, 0 changed", "0 new, 0 changed"}) {
        const Outcome outcome = maek({"build", store(), articles()});
        EXPECT_EQ(outcome.exit_code, 1);
        EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
        EXPECT_THAT(outcome.err, testing::AllOf(HasSubstr("b.jsonl: another text with the id 'x'"), HasSubstr("a.jsonl")));
        EXPECT_THAT(outcome.out, HasSubstr(counts));
    }
    EXPECT_EQ(done({"query", store(), "MATCH (a:Article {id: 'x'}) RETURN a.text AS t", "--format", "csv"}), "t\n창원시는 도시다.\n");
}

TEST_F(Build, WhatAFolderHoldsAndCannotBeReadIsTold) {
    write_articles();
    std::filesystem::create_symlink("nowhere.txt", path("articles/gone.txt"));
    const Outcome outcome = maek({"build", store(), articles()});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("gone.txt: "));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("2 new"));
    std::filesystem::remove(path("articles/gone.txt"));
    std::filesystem::permissions(path("articles/en"), std::filesystem::perms::none);
    const Outcome closed = maek({"build", store(), articles()});
    std::filesystem::permissions(path("articles/en"), std::filesystem::perms::owner_all);
    if (closed.exit_code == 0) GTEST_SKIP() << "this user may read everything";
    EXPECT_EQ(closed.exit_code, 1);
    EXPECT_THAT(closed.err, HasSubstr("articles/en: "));
}

TEST_F(Build, NamesOfFilesThatAreNoUtf8GiveJsonThatIs) {
    file("articles/\xC5\xF0.txt", kKoreanArticle);
    EXPECT_THAT(done({"extract", articles()}), HasSubstr("\"doc\":\"%C5%F0\""));
    done({"build", store(), articles()});
    EXPECT_THAT(done({"query", store(), "MATCH (a:Article) RETURN a.id, a.source", "--format", "json"}), HasSubstr("/%C5%F0.txt"));
}

TEST_F(Build, ExtractPrintsOneLineAnArticleInTheFormThatIsScored) {
    write_articles();
    const std::string lines = done({"extract", articles()});
    EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2);
    for (const char* part : {"\"doc\":\"ko-1\"", "\"entities\":[", "\"mentions\":[{\"start\":", "\"relations\":["}) {
        EXPECT_THAT(lines, HasSubstr(part));
    }
    EXPECT_FALSE(std::filesystem::exists(store()));
}

TEST_F(Build, WhatCannotBeReadIsToldInALineAndTheRestGoesOn) {
    write_articles();
    file("articles/photo.txt", std::string("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00", 14) + std::string(2000, '\x07'));
    file("articles/broken.jsonl", "{\"id\": \"a\", \"text\": \"창원시\"}\nnot json\n{\"id\": \"b\"}\n");
    const Outcome outcome = maek({"build", store(), articles()});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 3) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr("photo.txt"));
    EXPECT_THAT(outcome.err, HasSubstr("broken.jsonl:2:"));
    EXPECT_THAT(outcome.err, HasSubstr("broken.jsonl:3"));
    EXPECT_THAT(outcome.out, HasSubstr("3 new"));
    EXPECT_EQ(maek({"check", store()}).exit_code, 0);
}

TEST_F(Build, AJpegGivenAsArticleIsNamed) {
    const std::string photo = file("photo.jpg", std::string("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00", 14) + std::string(2000, '\x90'));
    const Outcome outcome = maek({"build", store(), photo});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("photo.jpg"));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
}

TEST_F(Build, AnEmptyFileIsAnArticleWithoutFactsOrToldInOneLine) {
    const Outcome outcome = maek({"build", store(), file("empty.txt", "")});
    EXPECT_THAT(outcome.exit_code, testing::AnyOf(0, 1));
    EXPECT_LE(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
    EXPECT_EQ(maek({"check", store()}).exit_code, 0);
}

TEST_F(Build, KoreanTextOfOldWindowsIsRead) {
    if (run_program({"sh", "-c", "command -v iconv"}).exit_code != 0) GTEST_SKIP() << "no iconv to make the file";
    file("utf8.txt", kKoreanArticle);
    ASSERT_EQ(run_program({"sh", "-c", "iconv -f UTF-8 -t CP949 " + path("utf8.txt") + " > " + path("old.txt")}).exit_code, 0);
    done({"build", store(), path("old.txt")});
    EXPECT_EQ(count("(c) WHERE c.name STARTS WITH '창원'"), count("(c) WHERE c.name STARTS WITH '창원' AND NOT c:Article"));
    EXPECT_NE(count("(c) WHERE c.name STARTS WITH '창원'"), "n\n0\n");
}

TEST_F(Build, AMissingFolderIsToldBeforeAStoreIsMade) {
    const Outcome outcome = maek({"build", store(), path("no-such-folder")});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("no-such-folder: no such file or folder"));
    EXPECT_FALSE(std::filesystem::exists(store()));
}

TEST_F(Build, StatsCountsInTextAndJson) {
    write_articles();
    done({"build", store(), articles()});
    EXPECT_THAT(done({"stats", store()}), HasSubstr("articles       2"));
    EXPECT_THAT(done({"stats", store(), "--format", "json"}), HasSubstr("\"articles\":2,"));
}

TEST_F(Build, AnOverlayAddsWordsWithoutRecompiling) {
    const Outcome outcome = maek({"schema", "--schema", path("no-overlay")});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("no-overlay: no such folder"));
    file("empty/readme", "");
    EXPECT_EQ(maek({"schema", "--schema", path("empty")}).exit_code, 0);  // a folder without files adds nothing
    file("overlay/ontology.json", "{ broken");
    const Outcome broken = maek({"schema", "--schema", path("overlay")});
    EXPECT_EQ(broken.exit_code, 1);
    EXPECT_THAT(broken.err, HasSubstr("ontology.json"));
}

TEST_F(Build, CtrlCLeavesAWholeStore) {
    for (int i = 0; i < 400; ++i) file("articles/" + std::to_string(i) + ".txt", std::string(kKoreanArticle) + std::to_string(i));
    HowToRun how;
    how.interrupt_after_ms = 250;
    const Outcome outcome = maek({"build", store(), articles()}, how);
    EXPECT_THAT(outcome.exit_code, testing::AnyOf(130, 0));  // 0: it was quicker
    EXPECT_EQ(maek({"build", store(), articles()}).exit_code, 0);
    EXPECT_EQ(maek({"check", store()}).exit_code, 0);
    EXPECT_EQ(count("(a:Article)"), "n\n400\n");
}

TEST_F(Build, TheRealArticlesGiveThePromisedAnswer) {
    if (shared().empty()) GTEST_SKIP() << "no ../shared here";
    done({"build", store(), (shared() / "articles").string()});
    EXPECT_THAT(done({"build", store(), (shared() / "articles").string()}), HasSubstr("nothing changed"));
    const std::string query = "MATCH (i:ResearchInstitute)-[m:MEMBER_OF]->(a:Alliance) RETURN i.name, a.name, m.evidence";
    const std::string answer = done({"query", store(), query, "--format", "csv"});
    EXPECT_THAT(answer, HasSubstr("한국전기연구원"));
    EXPECT_EQ(done({"query", store(), "MATCH (i:연구기관)-[m:참여]->(a:얼라이언스) RETURN i.name, a.name, m.evidence", "--format", "csv"}), answer);
    done({"remove", store(), "seed-002"});
    EXPECT_EQ(done({"query", store(), "MATCH (a:Article {id: 'seed-002'}) RETURN count(a) AS n", "--format", "csv"}), "n\n0\n");
    EXPECT_EQ(maek({"check", store()}).exit_code, 0);
}

}  // namespace
}  // namespace maek::tools
