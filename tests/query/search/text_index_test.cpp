#include "query/search/text_index.h"

#include <gmock/gmock.h>

#include "graph/transaction.h"

namespace maek::query {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TextIndexTest : public testing::Test {
protected:
    void add(const char* label, const char* name, std::vector<Value> aliases = {}) {
        const LabelId labels[] = {transaction_.label(label)};
        const NodeId node = transaction_.create_node(labels);
        transaction_.set_property(node, transaction_.key("name"), Value::string(name));
        if (!aliases.empty()) {
            transaction_.set_property(node, transaction_.key("aliases"), Value::list(std::move(aliases)));
        }
    }

    std::vector<std::string> find(std::string_view query, bool exact = false, TextScope scope = {}) {
        if (scope.properties.empty()) scope.properties = {"name", "aliases"};
        const graph::Graph& graph = transaction_.graph();
        const TextIndex index(graph, scope, nullptr);
        std::vector<std::string> names;
        for (const TextHit& hit : index.search(query, 10, exact, nullptr)) {
            names.emplace_back(graph.node_property(NodeId{hit.id}, *graph.keys().find("name")).as_string());
        }
        return names;
    }

    graph::Transaction transaction_{graph::Graph()};
};

TEST_F(TextIndexTest, FindsTheWholeNameFirstThenTheNamesItBegins) {
    add("Technopark", "새울테크노파크혁신센터");
    add("Technopark", "새울테크노파크");
    add("City", "바다시");
    EXPECT_THAT(find("새울테크노파크"), ElementsAre("새울테크노파크", "새울테크노파크혁신센터"));
}

TEST_F(TextIndexTest, FindsByABeginningAndByAPart) {
    add("Technopark", "새울테크노파크");
    EXPECT_THAT(find("새울 테크노"), ElementsAre("새울테크노파크"));
    EXPECT_THAT(find("테크노파크"), ElementsAre("새울테크노파크"));
}

TEST_F(TextIndexTest, LooksPastAParticle) {
    add("City", "바다시");
    EXPECT_THAT(find("바다시에서는"), ElementsAre("바다시"));
}

TEST_F(TextIndexTest, ForgivesAWrongLetter) {
    add("ResearchInstitute", "새울전자기술원");
    add("ResearchInstitute", "들판농업연구소");
    EXPECT_THAT(find("새울전저기술원"), ElementsAre("새울전자기술원"));
    EXPECT_THAT(find("새울전저기술원", true), IsEmpty());
}

TEST_F(TextIndexTest, FindsByFirstConsonants) {
    add("Technopark", "새울테크노파크");
    add("City", "바다시");
    EXPECT_THAT(find("ㅅㅇㅌㅋㄴ"), ElementsAre("새울테크노파크"));
}

TEST_F(TextIndexTest, LooksIntoListsAndOtherScripts) {
    add("Technopark", "새울테크노파크", {Value::string("SaeulTP"), Value::string("Saeul Technopark")});
    EXPECT_THAT(find("saeul technopark"), ElementsAre("새울테크노파크"));
}

TEST_F(TextIndexTest, KeepsToTheLabelsAsked) {
    add("Technopark", "새울테크노파크");
    add("Company", "새울테크노");
    TextScope scope;
    scope.labels = {"Company"};
    EXPECT_THAT(find("새울테크노", false, scope), ElementsAre("새울테크노"));
}

TEST_F(TextIndexTest, AnswersNothingForAnEmptyQuestion) {
    add("City", "바다시");
    EXPECT_THAT(find(""), IsEmpty());
    EXPECT_THAT(find("!?"), IsEmpty());
}

}  // namespace
}  // namespace maek::query
