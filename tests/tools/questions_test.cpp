// find, show, path, members, funding, timeline, top, compare, evidence, draw, report: the usual
// questions, on a small graph in the form that `maek build` makes.
#include "tests/tools/program.h"

namespace maek::tools {
namespace {

using testing::HasSubstr;
using testing::Not;

class Questions : public ProgramTest {
protected:
    Questions() {
        make_store(
            "CREATE (keri:ResearchInstitute {name: '한국전기연구원', aliases: ['KERI', '전기연']}), "
            "(kims:ResearchInstitute {name: '한국재료연구원', aliases: ['KIMS']}), (cw:City {name: '창원시', aliases: ['창원']}), "
            "(net:Alliance {name: '창원 혁신네트워크', aliases: []}), (pr:Project {name: '스마트 부품 사업', aliases: []}), "
            "(far:Company {name: '외딴회사', aliases: []}), "
            "(keri)-[:MEMBER_OF {date: '2020-11-20', evidence: ['KERI가 참여했다'], articles: ['a1'], confidence: 0.9}]->(net), "
            "(kims)-[:MEMBER_OF {date: '2021-03-01', evidence: ['KIMS도 참여했다'], articles: ['a2'], confidence: 0.8}]->(net), "
            "(cw)-[:FUNDS {amount_krw: 4500000000, date: '2021', evidence: ['45억원을 지원한다'], articles: ['a1'], confidence: 0.7}]->(pr), "
            "(cw)-[:FUNDS {amount_krw: 100, date: '2019-05-05', evidence: ['백 원'], articles: ['a1'], confidence: 0.7}]->(keri), "
            "(art:Article {id: 'a1', title: '출범', text: '…'}), (art)-[:MENTIONS {start: 0, end: 3, text: 'KERI'}]->(keri), "
            "(art)-[:MENTIONS {start: 5, end: 8, text: '외딴회사'}]->(far)");
    }
    std::string csv(std::vector<std::string> words) const {
        words.insert(words.begin() + 1, store());
        words.insert(words.end(), {"--format", "csv"});
        return done(words);
    }
};

TEST_F(Questions, FindLooksIntoNamesAndAliases) {
    EXPECT_EQ(csv({"find", "keri"}), "name,type,aliases,connections\n한국전기연구원,ResearchInstitute,\"[\"\"KERI\"\",\"\"전기연\"\"]\",2\n");
    EXPECT_THAT(csv({"find", "한국", "--type", "연구기관"}), testing::AllOf(HasSubstr("한국전기연구원"), HasSubstr("한국재료연구원")));
    EXPECT_EQ(csv({"find", "한국", "--type", "Company"}), "name,type,aliases,connections\n");
}

TEST_F(Questions, ShowTellsEverythingOfOne) {
    const std::string table = done({"show", store(), "KERI"});
    EXPECT_THAT(table, testing::StartsWith("한국전기연구원 (ResearchInstitute), also KERI, 전기연\n"));
    EXPECT_THAT(table, testing::AllOf(HasSubstr("MEMBER_OF"), HasSubstr("창원 혁신네트워크"), HasSubstr("FUNDS"), Not(HasSubstr("MENTIONS"))));
}

TEST_F(Questions, PathWalksFactsInEitherDirection) {
    EXPECT_EQ(csv({"path", "창원", "KIMS"}),
              "step,from,relation,to,evidence\n"
              "1,창원시,-FUNDS->,한국전기연구원,\"[\"\"백 원\"\"]\"\n"
              "2,한국전기연구원,-MEMBER_OF->,창원 혁신네트워크,\"[\"\"KERI가 참여했다\"\"]\"\n"
              "3,창원 혁신네트워크,<-MEMBER_OF-,한국재료연구원,\"[\"\"KIMS도 참여했다\"\"]\"\n");
}

TEST_F(Questions, NoPathIsSaidAndNoMistake) {
    const Outcome outcome = maek({"path", store(), "KERI", "외딴회사"});
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_THAT(outcome.err, HasSubstr("no connection of at most 6 steps"));
}

TEST_F(Questions, MembersOfAllOrOfOne) {
    EXPECT_THAT(csv({"members"}), HasSubstr("창원 혁신네트워크,Alliance,2,"));
    EXPECT_THAT(csv({"members", "KIMS"}), testing::AllOf(HasSubstr("한국재료연구원"), Not(HasSubstr("한국전기연구원"))));
}

TEST_F(Questions, FundingCanBeLimitedToYears) {
    EXPECT_THAT(csv({"funding"}), HasSubstr("창원시,스마트 부품 사업,4500000000,2021,"));
    EXPECT_THAT(csv({"funding", "--since", "2020"}), Not(HasSubstr("백 원")));
    EXPECT_THAT(csv({"funding", "--until", "2019"}), testing::AllOf(HasSubstr("백 원"), Not(HasSubstr("45억"))));
    EXPECT_THAT(csv({"funding", "KERI"}), testing::AllOf(HasSubstr("백 원"), Not(HasSubstr("45억"))));
    for (const char* no_date : {"yesterday", "2026-99", "2026-02-30", "2026-1-1"}) EXPECT_EQ(maek({"funding", store(), "--since", no_date}).exit_code, 2) << no_date;
}

TEST_F(Questions, TimelineIsInOrder) {
    const std::string lines = csv({"timeline"});
    EXPECT_LT(lines.find("2019-05-05"), lines.find("2020-11-20"));
    EXPECT_LT(lines.find("2020-11-20"), lines.find("2021-03-01"));
}

TEST_F(Questions, TopRanksByConnectionsMoneyArticlesAndAlgorithms) {
    EXPECT_THAT(csv({"top", "--limit", "1", "--by", "funding"}), "name,type,score\n창원시,City,4500000100\n");
    EXPECT_THAT(csv({"top", "--limit", "1", "--by", "articles", "--type", "ResearchInstitute"}), "name,type,score\n한국전기연구원,ResearchInstitute,1\n");
    EXPECT_THAT(csv({"top"}), HasSubstr("창원 혁신네트워크,Alliance,2"));
    EXPECT_THAT(csv({"top", "--by", "pagerank"}), HasSubstr("창원 혁신네트워크"));
    EXPECT_THAT(csv({"top", "--by", "betweenness"}), HasSubstr("한국전기연구원"));
    EXPECT_EQ(maek({"top", store(), "--by", "beauty"}).exit_code, 2);
}

TEST_F(Questions, CompareShowsWhatIsShared) {
    const std::string lines = csv({"compare", "KERI", "KIMS"});
    EXPECT_THAT(lines, HasSubstr("relation,with,type,KERI,KIMS\nMEMBER_OF,창원 혁신네트워크,Alliance,true,true\n"));
    EXPECT_THAT(lines, HasSubstr("FUNDS,창원시,City,true,false\n"));
}

TEST_F(Questions, EvidenceGivesTheSentences) {
    EXPECT_THAT(csv({"evidence", "KERI"}), testing::AllOf(HasSubstr("KERI가 참여했다"), HasSubstr("백 원")));
    EXPECT_THAT(csv({"evidence", "KERI", "창원시"}), testing::AllOf(Not(HasSubstr("참여했다")), HasSubstr("백 원")));
}

TEST_F(Questions, AnUnknownNameIsAnsweredWithNearOnes) {
    const Outcome outcome = maek({"show", store(), "한국전가연구원"});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("did you mean '한국전기연구원'?"));
    EXPECT_THAT(maek({"show", store(), "연구원"}).err, testing::AllOf(HasSubstr("한국전기연구원"), HasSubstr("한국재료연구원")));
    EXPECT_THAT(done({"show", store(), "스마트 부품"}), HasSubstr("스마트 부품 사업"));
}

TEST_F(Questions, DrawMakesAPictureThatIsTheSameEachTime) {
    done({"draw", store(), "-o", path("map.svg")});
    const std::string svg = read("map.svg");
    EXPECT_THAT(svg, testing::AllOf(testing::StartsWith("<svg "), HasSubstr("한국전기연구원"), HasSubstr("Alliance"), Not(HasSubstr("외딴회사"))));
    done({"draw", store(), "-o", path("again.svg")});
    EXPECT_EQ(read("again.svg"), svg);
    EXPECT_EQ(maek({"draw", store(), "-o", path("map.png")}).exit_code, 2);
}

TEST_F(Questions, ReportIsOnePageWithoutAnythingFromElsewhere) {
    done({"report", store(), "-o", path("report.html")});
    const std::string page = read("report.html");
    EXPECT_THAT(page, testing::AllOf(HasSubstr("<svg"), HasSubstr("창원 혁신네트워크"), HasSubstr("4,500,000,000"), Not(HasSubstr("<script")),
                                     Not(HasSubstr("src=")), Not(HasSubstr("href="))));
}

class Curation : public ProgramTest {
protected:
    Curation() {
        file("articles/a.txt", kKoreanArticle);
        file("articles/b.txt", "한국전기연구원(KERI)은 창원시와 업무협약을 체결했다.\n");
        done({"build", store(), path("articles")});
    }
};

TEST_F(Curation, ExplainShowsWhyNamesAreOneNode) {
    const std::string text = done({"explain", store(), "KERI"});
    EXPECT_THAT(text, testing::AllOf(HasSubstr("한국전기연구원"), HasSubstr("KERI")));
    EXPECT_THAT(done({"explain", store(), "KERI", "--format", "json"}), HasSubstr("\"statements\":["));
    EXPECT_EQ(maek({"explain", store(), "아무도아님"}).exit_code, 1);
}

TEST_F(Curation, ARejectedFactGoesAndStaysAwayUntilItIsTakenBack) {
    const std::string members = "MATCH (i)-[r:MEMBER_OF]->(a) RETURN i.name AS i, a.name AS a ORDER BY i LIMIT 1";
    const std::string before = done({"query", store(), members, "--format", "tsv"});
    const std::size_t line = before.find('\n') + 1;
    ASSERT_NE(before.find('\t', line), std::string::npos) << "no MEMBER_OF was extracted";
    const std::string source = before.substr(line, before.find('\t', line) - line);
    const std::size_t second = before.find('\t', line) + 1;
    const std::string target = before.substr(second, before.find('\n', second) - second);
    done({"review", store(), "--reject", source, "MEMBER_OF", target});
    EXPECT_NE(done({"query", store(), members, "--format", "tsv"}), before);
    EXPECT_THAT(done({"review", store(), "--decisions", "--format", "jsonl"}), HasSubstr("\"decision\":\"reject\""));
    file("articles/a.txt", std::string(kKoreanArticle) + "추가 문장.\n");
    done({"build", store(), path("articles")});
    EXPECT_NE(done({"query", store(), members, "--format", "tsv"}), before);
    done({"review", store(), "--export", path("decisions.jsonl")});
    EXPECT_THAT(read("decisions.jsonl"), HasSubstr(source));
    done({"review", store(), "--undo", "1"});
    EXPECT_EQ(done({"query", store(), members, "--format", "tsv"}), before);
}

TEST_F(Curation, ReviewListsTheLeastCertainFirst) {
    EXPECT_THAT(done({"review", store(), "--limit", "3", "--format", "jsonl"}), HasSubstr("\"confidence\":"));
    EXPECT_EQ(maek({"review", store(), "--undo", "9"}).exit_code, 1);
    EXPECT_EQ(maek({"review", store(), "--accept", "KERI", "NO_SUCH", "창원시"}).exit_code, 1);
}

}  // namespace
}  // namespace maek::tools
