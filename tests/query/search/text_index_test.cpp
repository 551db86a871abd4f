#include "query/search/text_index.h"

#include <gmock/gmock.h>

#include <random>

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

// ---------------------------------------------------------------- versions of a graph

std::vector<std::pair<std::uint32_t, double>> found_in(const TextIndex& index, std::string_view query) {
    std::vector<std::pair<std::uint32_t, double>> out;
    for (const TextHit& hit : index.search(query, 1000, false, nullptr)) out.emplace_back(hit.id, hit.score);
    return out;
}

TEST(TextIndexVersions, BringingItUpToDateGivesWhatBuildingAnewGives) {
    std::mt19937 random(7);
    const char* const kParts[] = {"새울", "바다", "들판", "하늘", "테크노", "파크", "연구", "센터", "산업", "기술원"};
    const auto name = [&] { return std::string(kParts[random() % 10]) + kParts[random() % 10] + kParts[random() % 10]; };
    graph::Transaction transaction{graph::Graph()};
    const LabelId a = transaction.label("A"), b = transaction.label("B");
    const KeyId key = transaction.key("name");
    TextScope scope;
    scope.labels = {"A"};
    scope.properties = {"name"};
    TextIndex kept(transaction.graph(), scope, nullptr);
    std::vector<NodeId> nodes;
    for (int version = 0; version < 60; ++version) {
        for (int change = 0; change < 40; ++change) {
            const std::uint32_t choice = random() % 10;
            if (choice < 5 || nodes.empty()) {
                const LabelId labels[] = {random() % 4 == 0 ? b : a};
                nodes.push_back(transaction.create_node(labels));
                transaction.set_property(nodes.back(), key, Value::string(name()));
                continue;
            }
            const std::size_t at = random() % nodes.size();
            if (choice == 5) {
                transaction.delete_node(nodes[at]);
                nodes.erase(nodes.begin() + static_cast<std::ptrdiff_t>(at));
            } else if (choice == 6) {
                transaction.set_property(nodes[at], key, Value());
            } else if (choice == 7) {
                static_cast<void>(transaction.remove_label(nodes[at], a));
            } else if (choice == 8) {
                static_cast<void>(transaction.add_label(nodes[at], a));
            } else {
                transaction.set_property(nodes[at], key, Value::list({Value::string(name()), Value::string(name())}));
            }
        }
        const graph::Graph graph = transaction.graph();
        kept.update(graph, nullptr);
        const TextIndex anew(graph, scope, nullptr);
        for (const char* query : {"새울테크노", "연구센터", "산업기술원에서", "ㅂㄷ", "하늘 파크"}) {
            ASSERT_EQ(found_in(kept, query), found_in(anew, query)) << version << " " << query;
        }
    }
}

TEST(TextIndexVersions, OnlyWhatChangedIsReadAgain) {
    graph::Transaction transaction{graph::Graph()};
    const LabelId labels[] = {transaction.label("A")};
    const KeyId key = transaction.key("name");
    for (int i = 0; i < 20000; ++i) {
        transaction.set_property(transaction.create_node(labels), key, Value::string("name " + std::to_string(i)));
    }
    const graph::Graph before = transaction.graph();
    TextScope scope;
    scope.properties = {"name"};
    TextIndex index(before, scope, nullptr);
    EXPECT_EQ(index.texts_read(), 20000U);
    transaction.set_property(NodeId{5}, key, Value::string("another"));
    const graph::Graph after = transaction.graph();
    index.update(after, nullptr);
    EXPECT_LE(index.texts_read(), 20000U + graph::kChunkSize);
    EXPECT_EQ(found_in(index, "another").size(), 1U);
    index.update(before, nullptr);  // and back
    EXPECT_EQ(found_in(index, "another").size(), 0U);
}

}  // namespace
}  // namespace maek::query
