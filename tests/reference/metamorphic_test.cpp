// Answers that must agree with each other, whatever the right ones are: a query and its changed
// forms, over random small graphs. No evaluator is needed, so nothing limits the work of a query.
// MAEK_QUERIES / 10 queries a relation, MAEK_SEED where to begin; a failure prints the seed, the
// graph and both queries.
#include <algorithm>
#include <functional>

#include "tests/reference/reference_fixture.h"

namespace maek::reference {
namespace {

using Rows = std::vector<std::string>;
using ItemKind = PlainItem::Kind;
using ExprKind = PlainExpr::Kind;

PlainExpr key_of(const std::string& variable) {
    PlainExpr e;
    e.kind = ExprKind::kProperty;
    e.variable = variable;
    e.name = "k";
    return e;
}

PlainExpr with_children(ExprKind kind, std::vector<PlainExpr> children) {
    PlainExpr e;
    e.kind = kind;
    e.children = std::move(children);
    return e;
}

// Whole rows instead of what the query made of them: every variable by its key, in plain order.
void show_everything(PlainQuery& query) {
    std::set<std::string> nodes, edges, lists;
    for (const PlainMatch& match : query.matches) {
        for (const PlainPath& path : match.paths) {
            for (const PlainNode& node : path.nodes) nodes.insert(node.variable);
            for (const PlainEdge& edge : path.edges) {
                (edge.form == PlainEdge::Form::kSingle ? edges : lists).insert(edge.variable);
            }
        }
    }
    query.items.clear();
    nodes.insert(edges.begin(), edges.end());
    for (const std::string& variable : nodes) {
        if (!variable.empty()) query.items.push_back({ItemKind::kExpression, key_of(variable), ""});
    }
    for (const std::string& variable : lists) {
        if (!variable.empty()) query.items.push_back({ItemKind::kEdgeKeys, {}, variable});
    }
    if (query.items.empty()) query.items.push_back({ItemKind::kExpression, {}, ""});
    query.distinct = query.ordered = false;
    query.skip.reset();
    query.limit.reset();
}

bool has_selector(const PlainQuery& query) {
    return std::ranges::any_of(query.matches, [](const PlainMatch& match) {
        return std::ranges::any_of(match.paths, [](const PlainPath& path) { return path.selector != Selector::kAll; });
    });
}

// Draws queries and graphs; `change` makes further forms of a query, `check` compares their rows.
class MetamorphicTest : public ReferenceTest {
protected:
    // `forms` gives the queries to ask, the drawn one first, none for a query it has no use for;
    // `agree` looks at their rows.
    void compare(std::size_t offset, const std::function<std::vector<PlainQuery>(PlainQuery, Random&)>& forms,
                 const std::function<bool(const std::vector<Rows>&)>& agree) {
        const std::size_t wanted = number_from("MAEK_QUERIES", 20000) / 10;
        const std::size_t first = number_from("MAEK_SEED", 1) + offset;
        std::size_t compared = 0, found = 0, wrong = 0;
        SmallGraph graph;
        for (std::size_t i = 0; compared < wanted && i < 20 * wanted && wrong < 10; ++i) {
            const std::size_t seed = first + i;
            if (i % 20 == 0) {
                Random random(seed);
                graph = random_graph(random);
                ASSERT_NO_FATAL_FAILURE(load(graph));
            }
            Random random(seed * 7919 + 13);
            const std::vector<PlainQuery> asked = forms(random_query(random), random);
            if (asked.empty()) continue;
            std::vector<Rows> rows;
            query::RunOptions options;
            options.timeout = std::chrono::seconds(2);
            for (const PlainQuery& query : asked) rows.push_back(ask(query, options));
            const auto too_long = [](const Rows& r) {
                return r.size() == 1 && r[0].find("took longer") != std::string::npos;
            };
            if (std::ranges::any_of(rows, too_long)) continue;  // some patterns have very many matches
            ++compared;
            found += rows[0].empty() ? 0 : 1;
            const bool failed = std::ranges::any_of(rows, [](const Rows& r) {
                return r.size() == 1 && r[0].starts_with("error");
            });
            if (!failed && agree(rows)) continue;
            ++wrong;
            std::string told = "seed " + std::to_string(seed) + "\n" + to_text(graph) + ";";
            for (std::size_t q = 0; q < asked.size(); ++q) {
                told += "\n" + to_text(asked[q]) + "\n  " + testing::PrintToString(rows[q]);
            }
            ADD_FAILURE() << told;
        }
        EXPECT_EQ(compared, wanted) << "too few queries of use were drawn";
        EXPECT_GT(found, compared / 4) << "too few queries found anything";
    }

    static bool same(const std::vector<Rows>& rows) {
        return std::ranges::all_of(rows, [&](const Rows& other) { return other == rows[0]; });
    }
};

TEST_F(MetamorphicTest, AConditionItsNegationAndItsNullPartitionTheRows) {
    const auto forms = [](PlainQuery query, Random&) -> std::vector<PlainQuery> {
        PlainMatch& last = query.matches.back();
        if (!last.where || last.optional || has_selector(query)) return {};
        const PlainExpr p = *last.where;
        show_everything(query);
        std::vector<PlainQuery> all(4, query);
        all[0].matches.back().where.reset();
        all[2].matches.back().where = with_children(ExprKind::kNot, {p});
        all[3].matches.back().where = with_children(ExprKind::kIsNull, {p});
        return all;
    };
    compare(11000000, forms, [](const std::vector<Rows>& rows) {
        Rows parts = rows[1];
        parts.insert(parts.end(), rows[2].begin(), rows[2].end());
        parts.insert(parts.end(), rows[3].begin(), rows[3].end());
        std::ranges::sort(parts);
        return parts == rows[0];
    });
}

PlainPath reversed(PlainPath path) {
    std::ranges::reverse(path.nodes);
    std::ranges::reverse(path.edges);
    for (PlainEdge& edge : path.edges) {
        if (edge.direction == PlainEdge::Direction::kBoth) continue;
        const bool out = edge.direction == PlainEdge::Direction::kOut;
        edge.direction = out ? PlainEdge::Direction::kIn : PlainEdge::Direction::kOut;
    }
    return path;
}

TEST_F(MetamorphicTest, APatternWrittenBackwardsFindsTheSame) {
    const auto forms = [](PlainQuery query, Random& random) -> std::vector<PlainQuery> {
        PlainQuery turned = query;
        std::set<std::string> lists;
        for (PlainMatch& match : turned.matches) {
            for (PlainPath& path : match.paths) {
                // Sometimes only one of several.
                if (match.paths.size() > 1 && chance(random, 30)) continue;
                path = reversed(path);
                for (const PlainEdge& edge : path.edges) lists.insert(edge.variable);
            }
        }
        for (PlainItem& item : turned.items) {
            if (item.kind == ItemKind::kEdgeKeys && lists.contains(item.variable)) item.kind = ItemKind::kEdgeKeysBack;
        }
        return {std::move(query), std::move(turned)};
    };
    compare(12000000, forms, same);
}

// A path of several edges as two, which share the node where it was cut.
bool cut(PlainMatch& match, Random& random) {
    for (std::size_t p = 0; p < match.paths.size(); ++p) {
        PlainPath& path = match.paths[p];
        const bool plain = path.variable.empty() && path.mode == Mode::kNone && path.selector == Selector::kAll;
        if (!plain || path.edges.size() < 2) continue;
        const auto at = static_cast<std::ptrdiff_t>(1 + pick(random, path.edges.size() - 1));
        if (path.nodes[static_cast<std::size_t>(at)].variable.empty()) {
            path.nodes[static_cast<std::size_t>(at)].variable = "cut";
        }
        PlainPath rest;
        rest.nodes.assign(path.nodes.begin() + at, path.nodes.end());
        rest.edges.assign(path.edges.begin() + at, path.edges.end());
        path.nodes.erase(path.nodes.begin() + at + 1, path.nodes.end());
        path.edges.erase(path.edges.begin() + at, path.edges.end());
        match.paths.insert(match.paths.begin() + static_cast<std::ptrdiff_t>(p) + 1, std::move(rest));
        return true;
    }
    return false;
}

TEST_F(MetamorphicTest, APathCutInTwoWithinOneMatchFindsTheSame) {
    const auto forms = [](PlainQuery query, Random& random) -> std::vector<PlainQuery> {
        if (has_selector(query)) return {};
        PlainQuery split = query;
        bool any = false;
        for (PlainMatch& match : split.matches) any = (!any && cut(match, random)) || any;
        return any ? std::vector<PlainQuery>{std::move(query), std::move(split)} : std::vector<PlainQuery>{};
    };
    compare(13000000, forms, same);
}

TEST_F(MetamorphicTest, AConditionBehindWithAsksTheSameAsOneOfItsMatch) {
    const auto forms = [](PlainQuery query, Random&) -> std::vector<PlainQuery> {
        PlainQuery behind = query;
        bool any = false;
        for (PlainMatch& match : behind.matches) {
            match.where_behind = !match.optional && match.where;
            any = any || match.where_behind;
        }
        return any && !has_selector(query) ? std::vector<PlainQuery>{std::move(query), std::move(behind)}
                                           : std::vector<PlainQuery>{};
    };
    compare(17000000, forms, same);
}

bool quantified_or_single(const PlainMatch& match) {
    return std::ranges::all_of(match.paths, [](const PlainPath& path) {
        return std::ranges::all_of(path.edges,
                                   [](const PlainEdge& e) { return e.form != PlainEdge::Form::kStar; });
    });
}

TEST_F(MetamorphicTest, WithRepeatableElementsAPathCutIntoTwoMatchesFindsTheSame) {
    const auto forms = [](PlainQuery query, Random& random) -> std::vector<PlainQuery> {
        PlainMatch& last = query.matches.back();
        if (has_selector(query) || last.optional || !quantified_or_single(last)) return {};
        last.repeatable = true;
        PlainQuery split = query;
        if (!cut(split.matches.back(), random)) return {};
        PlainMatch second = split.matches.back();
        PlainMatch& before = split.matches.back();
        before.paths.pop_back();
        before.where.reset();
        second.paths = {second.paths.back()};
        split.matches.push_back(std::move(second));
        return {std::move(query), std::move(split)};
    };
    compare(14000000, forms, same);
}

TEST_F(MetamorphicTest, DifferentEdgesAreRepeatableElementsThatDifferInPairs) {
    const auto forms = [](PlainQuery query, Random&) -> std::vector<PlainQuery> {
        PlainMatch& last = query.matches.back();
        if (has_selector(query) || last.optional) return {};
        std::vector<std::string> edges;
        for (PlainPath& path : last.paths) {
            if (path.mode != Mode::kNone) return {};
            for (PlainEdge& edge : path.edges) {
                if (edge.form != PlainEdge::Form::kSingle) return {};
                if (edge.variable.empty()) edge.variable = "own" + std::to_string(edges.size());
                edges.push_back(edge.variable);
            }
        }
        if (edges.size() < 2) return {};
        PlainQuery pairs = query;
        PlainMatch& repeatable = pairs.matches.back();
        repeatable.repeatable = true;
        for (std::size_t i = 0; i < edges.size(); ++i) {
            for (std::size_t j = i + 1; j < edges.size(); ++j) {
                PlainExpr differ = with_children(ExprKind::kCompare, {key_of(edges[i]), key_of(edges[j])});
                differ.name = "<>";
                repeatable.where = repeatable.where
                                       ? with_children(ExprKind::kAnd, {std::move(differ), *repeatable.where})
                                       : std::move(differ);
            }
        }
        return {std::move(query), std::move(pairs)};
    };
    compare(15000000, forms, same);
}

TEST_F(MetamorphicTest, CountingRowsCountsTheRowsThatAreShown) {
    const auto forms = [](PlainQuery query, Random&) -> std::vector<PlainQuery> {
        PlainQuery counted = query;
        show_everything(query);
        counted.items = {{ItemKind::kCountStar, {}, ""}};
        counted.distinct = counted.ordered = false;
        counted.skip.reset();
        counted.limit.reset();
        return {std::move(query), std::move(counted)};
    };
    compare(16000000, forms, [](const std::vector<Rows>& rows) {
        return rows[1] == Rows{std::to_string(rows[0].size()) + " | "};
    });
}

}  // namespace
}  // namespace maek::reference
