// The engine against the obvious evaluator on random queries over random small graphs.
// MAEK_QUERIES sets how many (20,000 by default), MAEK_SEED where to begin; a failure prints the
// seed, the graph and the query.
#include <algorithm>

#include "tests/reference/reference_fixture.h"

namespace maek::reference {
namespace {

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
                                                "count_by_degree",  "distinct_ends", "count_store",
                                                "hash_join",        "search_between", "or_as_in",
                                                "push_conditions"};
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < queries && wrong < 10; ++i) {
        const std::size_t seed = first + i;
        if (i % 20 == 0) {
            Random random(seed);
            ASSERT_NO_FATAL_FAILURE(load(random_graph(random)));
        }
        Random random(seed * 7919 + 13);
        PlainQuery query = random_query(random);
        for (PlainMatch& match : query.matches) match.where_behind = i % 3 == 0;
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
