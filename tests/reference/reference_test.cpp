// The engine against the obvious evaluator on random queries over random small graphs.
// MAEK_QUERIES sets how many (20,000 by default), MAEK_SEED where to begin; a failure prints the
// seed, the graph and the query.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "query/engine.h"
#include "tests/reference/plain_query.h"

namespace maek::reference {
namespace {

std::size_t number_from(const char* variable, std::size_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string engine_cell(const Value& value) {
    switch (value.kind()) {
        case ValueKind::kInteger: return std::to_string(value.as_integer());
        case ValueKind::kBoolean: return value.as_boolean() ? "true" : "false";
        case ValueKind::kString: return "'" + std::string(value.as_string()) + "'";
        case ValueKind::kList: {
            std::string out = "[";
            for (const Value& item : value.as_list()) out += (out.size() == 1 ? "" : ", ") + engine_cell(item);
            return out + "]";
        }
        default: return value.is_null() ? "null" : "(another kind)";
    }
}

class ReferenceTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "maek-reference-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
        storage::OpenOptions options;
        options.create = true;
        options.durability = storage::Durability::kRelaxed;
        auto opened = storage::Store::open(folder_ / "store", options);
        ASSERT_TRUE(opened) << opened.error().text();
        store_ = std::move(*opened);
        engine_ = std::make_unique<query::Engine>(*store_, query::Synonyms{});
    }
    void TearDown() override {
        engine_.reset();
        store_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    void load(const SmallGraph& small) {
        const graph::Graph old = store_->snapshot();
        auto write = store_->begin_write();
        ASSERT_TRUE(write) << write.error().text();
        for (std::uint32_t r = 0; r < old.rel_slots(); ++r) {
            if (old.has_rel(RelId{r})) write->graph().delete_relationship(RelId{r});
        }
        for (std::uint32_t n = 0; n < old.node_slots(); ++n) {
            if (old.has_node(NodeId{n})) write->graph().delete_node(NodeId{n});
        }
        store(small, write->graph());
        const auto done = std::move(*write).commit();
        ASSERT_TRUE(done) << done.error().text();
    }

    std::vector<std::string> ask(const PlainQuery& query, const query::RunOptions& options) {
        auto result = engine_->session().run(to_text(query), {}, options);
        if (!result) return {"error: " + result.error().text()};
        std::vector<std::string> rows;
        for (const auto& row : result->rows) {
            std::string text;
            for (const Value& value : row) text += engine_cell(value) + " | ";
            rows.push_back(std::move(text));
        }
        if (!query.ordered) std::ranges::sort(rows);
        return rows;
    }

    std::filesystem::path folder_;
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<query::Engine> engine_;
};

TEST_F(ReferenceTest, EngineAgreesWithTheObviousEvaluatorOnRandomQueries) {
    const std::size_t queries = number_from("MAEK_QUERIES", 20000);
    const std::size_t first = number_from("MAEK_SEED", 1);
    constexpr std::size_t kQueriesPerGraph = 20;
    std::size_t wrong = 0, compared = 0;
    SmallGraph graph;
    for (std::size_t i = 0; i < queries && wrong < 10; ++i) {
        const std::size_t seed = first + i;
        if (i % kQueriesPerGraph == 0) {
            Random random(seed);
            graph = random_graph(random);
            ASSERT_NO_FATAL_FAILURE(load(graph));
        }
        Random random(seed * 7919 + 13);
        const PlainQuery query = random_query(random);
        std::vector<std::string> expected;
        try {
            expected = evaluate(query, graph);
        } catch (const TooMuchWork&) {
            continue;
        }
        ++compared;
        const auto actual = ask(query, {});
        if (actual == expected) continue;
        ++wrong;
        ADD_FAILURE() << "seed " << seed << "\n" << to_text(graph) << ";\n" << to_text(query) << "\nexpected "
                      << testing::PrintToString(expected) << "\nactual   " << testing::PrintToString(actual);
    }
    std::printf("%zu random queries compared\n", compared);
}

TEST_F(ReferenceTest, EveryRewriteLeavesTheAnswersAsTheyAre) {
    const std::size_t queries = number_from("MAEK_QUERIES", 20000) / 10;
    const std::size_t first = number_from("MAEK_SEED", 1) + 5000000;
    static constexpr const char* kRewrites[] = {"join_order",       "label_scan",    "index_seek",
                                                "rel_scan",         "top_k",         "filter_into_expand",
                                                "count_by_degree",  "distinct_ends", "count_store"};
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < queries && wrong < 10; ++i) {
        const std::size_t seed = first + i;
        if (i % 20 == 0) {
            Random random(seed);
            ASSERT_NO_FATAL_FAILURE(load(random_graph(random)));
        }
        Random random(seed * 7919 + 13);
        const PlainQuery query = random_query(random);
        const auto expected = ask(query, {});
        query::RunOptions all_off;
        for (const char* rewrite : kRewrites) {
            query::RunOptions one_off;
            one_off.disabled_rewrites = {rewrite};
            all_off.disabled_rewrites.emplace_back(rewrite);
            // Which of the equally short paths is taken may change with the plan.
            if (ask(query, one_off) == expected || to_text(query).find("ANY") != std::string::npos ||
                to_text(query).find("SHORTEST") != std::string::npos) {
                continue;
            }
            ++wrong;
            ADD_FAILURE() << "seed " << seed << " without " << rewrite << "\n" << to_text(query);
        }
        if (i % 4 != 0 || to_text(query).find("SHORTEST") != std::string::npos ||
            to_text(query).find("ANY") != std::string::npos) {
            continue;
        }
        if (ask(query, all_off) != expected) {
            ++wrong;
            ADD_FAILURE() << "seed " << seed << " without any rewrite\n" << to_text(query);
        }
    }
}

}  // namespace
}  // namespace maek::reference
