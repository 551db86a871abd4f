// `maek review`: an analyst's words are looked up, refused with a reason or carried out, and what has no
// effect says so. `maek explain` and the formats of both.
#include <algorithm>

#include "tests/tools/program.h"

namespace maek::tools {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Review : public ProgramTest {
protected:
    Review() {
        file("articles/a.txt", kKoreanArticle);
        file("articles/b.txt", "한국전기연구원(KERI)은 창원시와 업무협약을 체결했다.\n");
        done({"build", store(), path("articles")});
    }
    std::string labels(const std::string& name) const {
        return done({"query", store(), "MATCH (n {name: '" + name + "'}) RETURN labels(n)[0] AS l ORDER BY l", "--format", "csv"});
    }
    std::string count(const std::string& pattern) const {
        return done({"query", store(), "MATCH " + pattern + " RETURN count(*) AS n", "--format", "csv"});
    }
    Outcome review(std::vector<std::string> words) const {
        words.insert(words.begin(), {"review", store()});
        return maek(words);
    }
    void refused(const std::vector<std::string>& words, const std::string& why) const {
        const Outcome outcome = review(words);
        EXPECT_THAT(outcome.exit_code, testing::AnyOf(1, 2)) << words.front();
        EXPECT_THAT(outcome.err, HasSubstr(why));
        EXPECT_EQ(done({"review", store(), "--decisions", "--format", "jsonl"}), "");
    }
};

TEST_F(Review, RetypesByKoreanAndEnglishNamesOfTypesAsOftenAsOneLikes) {
    EXPECT_EQ(review({"--retype", "창원시", "대학"}).exit_code, 0);
    EXPECT_EQ(labels("창원시"), "l\nUniversity\n");
    EXPECT_EQ(review({"--retype", "창원시", "Agency"}).exit_code, 0);
    EXPECT_EQ(labels("창원시"), "l\nAgency\n");
    EXPECT_EQ(review({"--reject-entity", "창원시"}).exit_code, 0);
    EXPECT_EQ(labels("창원시"), "l\n");
}

TEST_F(Review, RefusesTypesThatNobodyKnows) {
    refused({"--retype", "창원시", "Nope"}, "University");
    refused({"--retype", "창원시", "a b"}, "no type 'a b'");
}

TEST_F(Review, MergesByAnyNameAndRefusesWhatMakesNoSense) {
    refused({"--merge", "KERI", "한국전기연구원"}, "one thing already");
    refused({"--merge", "KERI", "창원시"}, "only things of one type");
    refused({"--split", "KERI", "KERI"}, "cannot be split from itself");
    const Outcome outcome = review({"--merge", "KERI", "KIMS"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_THAT(outcome.err, Not(HasSubstr("changes nothing")));
    EXPECT_EQ(count("(n:ResearchInstitute)"), "n\n1\n");
}

TEST_F(Review, TellsThatADecisionChangesNothing) {
    const Outcome outcome = review({"--reject", "경남테크노파크", "FUNDS", "창원시"});
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_THAT(outcome.err, HasSubstr("changes nothing"));
}

TEST_F(Review, TakesKoreanNamesOfRelations) {
    ASSERT_EQ(count("(:ResearchInstitute {name: '한국전기연구원'})-[:PARTNERS_WITH]-({name: '창원시'})"), "n\n1\n");
    EXPECT_EQ(review({"--reject", "KERI", "업무협약", "창원시"}).exit_code, 0);
    EXPECT_EQ(count("(:ResearchInstitute {name: '한국전기연구원'})-[:PARTNERS_WITH]-({name: '창원시'})"), "n\n0\n");
    EXPECT_THAT(review({"--reject", "KERI", "사랑", "창원시"}).err, HasSubstr("MEMBER_OF"));
}

TEST_F(Review, SeveralDecisionsAreCarriedOutTogetherOrNotAtAll) {
    refused({"--retype", "창원시", "대학", "--reject-entity", "아무도아님"}, "아무도아님");
    refused({"--retype", "창원시", "대학", "--undo", "1"}, "stand alone");
    EXPECT_EQ(review({"--retype", "창원시", "대학", "--reject-entity", "경남테크노파크"}).exit_code, 0);
    EXPECT_EQ(labels("창원시") + labels("경남테크노파크"), "l\nUniversity\nl\n");
}

TEST_F(Review, ListsInEveryFormatThatIsKnown) {
    EXPECT_THAT(review({"--format", "json"}).out, AllOf(HasSubstr("\"columns\": [\"relation\""), HasSubstr("\"rows\": [")));
    EXPECT_THAT(review({"--format", "csv"}).out, testing::StartsWith("relation,type,name,"));
    EXPECT_EQ(review({"--format", "graphml"}).exit_code, 2);
    done({"review", store(), "--reject-entity", "창원시"});
    EXPECT_THAT(review({"--decisions", "--format", "markdown"}).out, AllOf(HasSubstr("| decision"), HasSubstr("창원시")));
    EXPECT_THAT(done({"explain", store(), "KERI", "--format", "json"}), testing::StartsWith("[{"));
    EXPECT_THAT(done({"explain", store(), "KERI", "--format", "jsonl"}), testing::StartsWith("{"));
    EXPECT_THAT(done({"explain", store(), "KERI", "--format", "csv"}), testing::StartsWith("type,name,key,statement,"));
    EXPECT_EQ(maek({"explain", store(), "KERI", "--format", "graphml"}).exit_code, 2);
}

}  // namespace
}  // namespace maek::tools
