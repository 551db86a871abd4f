// `maek pipe`: the conversation with a program.
#include <sstream>

#include "tests/tools/program.h"

namespace maek::tools {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Pipe : public ProgramTest {
protected:
    // The answers to these lines.
    std::vector<std::string> ask(const std::string& lines, std::vector<std::string> more = {}) const {
        HowToRun how;
        how.input = lines;
        std::vector<std::string> words = {"pipe", store()};
        words.insert(words.end(), more.begin(), more.end());
        std::istringstream in(done(words, how));
        std::vector<std::string> out;
        for (std::string line; std::getline(in, line);) out.push_back(line);
        return out;
    }
};

TEST_F(Pipe, MakesTheStoreAndAnswersInOrder) {
    const auto answers = ask("{\"id\": 1, \"query\": \"CREATE (:City {name: $name})\", \"params\": {\"name\": \"창원시\"}}\n"
                             "{\"id\": \"R02\", \"query\": \"MATCH (c:City) RETURN c.name AS n, 2.0 AS f\"}\n");
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_THAT(answers[0], StartsWith("{\"id\":1,\"columns\":[],\"rows\":[],\"stats\":{\"nodes_created\":1"));
    EXPECT_THAT(answers[1], StartsWith("{\"id\":\"R02\",\"columns\":[\"n\",\"f\"],\"rows\":[[\"창원시\",2.0]],\"stats\":{},\"ms\":"));
}

TEST_F(Pipe, AnErrorCarriesTheWordsOfTheTck) {
    const auto answers = ask("{\"id\": 7, \"query\": \"RETURN q\"}\n{\"id\": 8, \"query\": \"RETURN 1 AS x\"}\n");
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_THAT(answers[0], StartsWith("{\"id\":7,\"error\":{\"code\":\""));
    for (const char* part : {"\"type\":\"SyntaxError\"", "\"phase\":\"compile time\"", "\"detail\":\"UndefinedVariable\"",
                             "\"message\":", "\"line\":1", "\"column\":8"}) {
        EXPECT_THAT(answers[0], HasSubstr(part));
    }
    EXPECT_THAT(answers[1], HasSubstr("\"rows\":[[1]]"));
}

TEST_F(Pipe, TransactionsAreRequests) {
    const auto answers = ask("{\"begin\": true}\n{\"query\": \"CREATE (:A)\"}\n{\"rollback\": true}\n{\"begin\": true}\n"
                             "{\"query\": \"CREATE (:B)\"}\n{\"commit\": true}\n{\"query\": \"MATCH (n) RETURN labels(n) AS l\"}\n");
    ASSERT_EQ(answers.size(), 7u);
    EXPECT_THAT(answers[6], HasSubstr("\"rows\":[[[\"B\"]]]"));
}

TEST_F(Pipe, WhatIsNoRequestIsToldAndTheConversationGoesOn) {
    const auto answers = ask("not json\n[]\n{\"id\": 3}\n{\"id\": 4, \"query\": \"RETURN 1\", \"params\": 7}\n\n{\"id\": 5, \"query\": \"RETURN 1 AS x\"}");
    ASSERT_EQ(answers.size(), 5u);
    for (int i = 0; i < 4; ++i) EXPECT_THAT(answers[i], HasSubstr("\"error\":{\"code\":\"request\""));
    EXPECT_THAT(answers[2], StartsWith("{\"id\":3,"));
    EXPECT_THAT(answers[4], HasSubstr("\"rows\":[[1]]"));
}

TEST_F(Pipe, DeeplyNestedRequestsAreRefused) {
    const auto answers = ask("{\"id\": 1, \"params\": " + std::string(200000, '[') + "\n{\"id\": 2, \"query\": \"RETURN 1 AS x\"}\n");
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_THAT(answers[0], HasSubstr("\"error\""));
    EXPECT_THAT(answers[1], HasSubstr("\"rows\":[[1]]"));
}

TEST_F(Pipe, ARequestMayBringItsOwnTimeout) {
    const auto answers = ask("{\"id\": 1, \"query\": \"UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a % b)\", \"timeout\": 100}\n"
                             "{\"id\": 2, \"query\": \"RETURN 1 AS x\"}\n");
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_THAT(answers[0], HasSubstr("\"kind\":\"limit\""));
    EXPECT_THAT(answers[1], HasSubstr("\"rows\":[[1]]"));
}

TEST_F(Pipe, ReadOnlyHolds) {
    make_store("CREATE (:A)");
    EXPECT_THAT(ask("{\"id\": 1, \"query\": \"CREATE (:B)\"}\n", {"--read-only"})[0], HasSubstr("\"error\""));
    EXPECT_THAT(ask("{\"id\": 1, \"query\": \"CREATE (:B)\", \"read_only\": true}\n")[0], HasSubstr("\"error\""));
}

TEST_F(Pipe, ATransactionBegunForReadingRefusesWritesToItsEnd) {
    make_store("CREATE (:A)");
    for (const char* begin : {R"({"begin": true, "read_only": true})", R"({"query": "BEGIN", "read_only": true})"}) {
        const auto answers = ask(std::string(begin) + "\n"
                                 "{\"query\": \"MATCH (n:A) RETURN count(*) AS n\"}\n{\"query\": \"CREATE (:B)\"}\n{\"commit\": true}\n"
                                 "{\"begin\": true}\n{\"query\": \"CREATE (:C)\"}\n{\"rollback\": true}\n"
                                 "{\"query\": \"MATCH (n:B) RETURN count(*) AS n\"}\n");
        ASSERT_EQ(answers.size(), 8u);
        EXPECT_THAT(answers[1], HasSubstr("\"rows\":[[1]]"));
        EXPECT_THAT(answers[2], HasSubstr("\"kind\":\"read_only\"")) << begin;
        EXPECT_THAT(answers[5], HasSubstr("\"nodes_created\":1"));
        EXPECT_THAT(answers[7], HasSubstr("\"rows\":[[0]]"));
    }
}

TEST_F(Pipe, HalfOfASurrogatePairIsRefusedInValuesKeysAndQueries) {
    for (const char* line : {R"J({"query": "CREATE (:X {v: $v})", "params": {"v": "\udc00x"}})J",
                             R"J({"query": "CREATE (n:X) SET n += $m", "params": {"m": {"\udc00k": 1}}})J",
                             R"J({"query": "CREATE (:X {v: '\udfff'})"})J", R"J({"id": "\udc00", "query": "CREATE (:X)"})J"}) {
        const auto answers = ask(std::string(line) + "\n{\"query\": \"MATCH (n) RETURN count(*) AS n\"}\n");
        ASSERT_EQ(answers.size(), 2u);
        EXPECT_THAT(answers[0], HasSubstr("The surrogate pair in string is invalid")) << line;
        EXPECT_THAT(answers[1], HasSubstr("\"rows\":[[0]]"));
    }
}

TEST_F(Pipe, AnOptionOfTheWrongKindIsRefusedBeforeAnythingRuns) {
    const auto answers = ask("{\"query\": \"CREATE (:A)\", \"read_only\": \"yes\"}\n"
                             "{\"query\": \"CREATE (:A)\", \"timeout\": \"x\"}\n"
                             "{\"query\": \"CREATE (:A)\", \"timeout\": -1}\n"
                             "{\"query\": \"CREATE (:A)\", \"timeout\": 1e300}\n"
                             "{\"query\": \"CREATE (:A)\", \"begin\": 1}\n"
                             "{\"query\": \"CREATE (:A)\", \"params\": []}\n"
                             "{\"query\": \"MATCH (n) RETURN count(*)\", \"read_only\": null, \"timeout\": null}\n");
    ASSERT_EQ(answers.size(), 7u);
    for (int i = 0; i < 6; ++i) EXPECT_THAT(answers[i], HasSubstr("\"error\":{\"code\":\"request\""));
    EXPECT_THAT(answers[0], HasSubstr("read_only"));
    EXPECT_THAT(answers[6], HasSubstr("\"rows\":[[0]]"));
}

TEST_F(Pipe, WrongRequestsAreToldInKorean) {
    const auto answers = ask("not json\n[]\n{\"id\": 3}\n{\"query\": \"RETURN 1\", \"params\": 7}\n{\"query\": \"RETURN 1\", \"timeout\": \"5s\"}\n"
                             "{\"begin\": 1}\n{\"begin\": true, \"commit\": true}\n{\"query\": \"RETURN q\"}\n",
                             {"--lang", "ko"});
    ASSERT_EQ(answers.size(), 8u);
    EXPECT_THAT(answers[0], HasSubstr("올바른 JSON이 아닙니다: 값이 아닙니다"));
    EXPECT_THAT(answers[1], HasSubstr("요청이 객체가 아닙니다"));
    EXPECT_THAT(answers[2], HasSubstr("요청에 글인"));
    EXPECT_THAT(answers[3], HasSubstr("객체가 아닙니다"));
    EXPECT_THAT(answers[4], HasSubstr("밀리초가 아닙니다"));
    EXPECT_THAT(answers[5], HasSubstr("true도 false도 아닙니다"));
    EXPECT_THAT(answers[6], HasSubstr("여러 가지를"));
    EXPECT_THAT(answers[7], HasSubstr("변수 'q'"));
}

TEST_F(Pipe, ARequestAsksForOneThing) {
    const auto answers = ask("{\"query\": \"RETURN 1 AS x\", \"begin\": true}\n"
                             "{\"begin\": true, \"commit\": true}\n"
                             "{\"commit\": true}\n");
    ASSERT_EQ(answers.size(), 3u);
    EXPECT_THAT(answers[0], HasSubstr("several things at once"));
    EXPECT_THAT(answers[1], HasSubstr("several things at once"));
    EXPECT_THAT(answers[2], HasSubstr("\"error\""));  // nothing was begun
}

TEST_F(Pipe, ADeletedRelationshipOfAPathHasAllItsMembers) {
    make_store("CREATE (:A)-[:T {x: 1}]->(:B)");
    const auto answers = ask("{\"query\": \"MATCH p = (:A)-[r]->() DELETE r RETURN p\"}\n");
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_THAT(answers[0], HasSubstr("\"relationships\":[{\"id\":0,\"type\":null,\"start\":null,\"end\":null,\"properties\":{}}]"));
}

}  // namespace
}  // namespace maek::tools
