// Algorithms compared with the plainest computation of the same on small random graphs.
#include "graph/algorithms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>

#include "graph/transaction.h"

namespace maek::graph {
namespace {

using ::testing::ElementsAre;
constexpr double kFar = std::numeric_limits<double>::infinity();

struct Sample {
    Graph graph;
    TypeId type;
    KeyId weight;
    std::uint32_t n = 0;
    std::vector<std::tuple<std::uint32_t, std::uint32_t, double>> links;
};

Sample sample(std::uint32_t seed, std::uint32_t n, std::uint32_t m) {
    std::mt19937 random(seed);
    Transaction t{Graph()};
    Sample s{.graph = {}, .type = t.type("T"), .weight = t.key("w"), .n = n, .links = {}};
    for (std::uint32_t i = 0; i < n; ++i) t.create_node({});
    for (std::uint32_t i = 0; i < m; ++i) {
        const std::uint32_t a = random() % n, b = random() % n;
        const double w = 1 + random() % 9;
        const RelId rel = t.create_relationship(NodeId{a}, NodeId{b}, s.type);
        t.set_property(rel, s.weight, random() % 2 ? Value::floating(w) : Value::integer(static_cast<std::int64_t>(w)));
        s.links.emplace_back(a, b, w);
    }
    s.graph = std::move(t).finish();
    return s;
}

Projection project(const Sample& s, Orientation orientation, bool weighted = false) {
    ProjectionOptions options;
    options.orientation = orientation;
    if (weighted) options.weight = s.weight;
    return *Projection::make(s.graph, options);
}

// All pairs' distances by Floyd and Warshall.
std::vector<std::vector<double>> all_distances(const Sample& s, Orientation orientation, bool weighted) {
    std::vector<std::vector<double>> d(s.n, std::vector<double>(s.n, kFar));
    for (std::uint32_t i = 0; i < s.n; ++i) d[i][i] = 0;
    for (auto [a, b, w] : s.links) {
        const double cost = weighted ? w : 1;
        if (orientation != Orientation::kReverse) d[a][b] = std::min(d[a][b], cost);
        if (orientation != Orientation::kNatural) d[b][a] = std::min(d[b][a], cost);
    }
    for (std::uint32_t k = 0; k < s.n; ++k) {
        for (std::uint32_t i = 0; i < s.n; ++i) {
            for (std::uint32_t j = 0; j < s.n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
        }
    }
    return d;
}

TEST(Algorithms, DistancesAgreeWithFloydAndWarshall) {
    for (std::uint32_t seed = 0; seed < 12; ++seed) {
        const Sample s = sample(seed, 20, 15 + seed * 5);
        for (const Orientation orientation : {Orientation::kNatural, Orientation::kReverse, Orientation::kUndirected}) {
            const Projection hops = project(s, orientation), weighted = project(s, orientation, true);
            const auto wanted_hops = all_distances(s, orientation, false), wanted = all_distances(s, orientation, true);
            for (std::uint32_t v = 0; v < s.n; ++v) {
                const auto h = *hops_from(hops, v);
                const auto d = *distances_from(weighted, v);
                for (std::uint32_t u = 0; u < s.n; ++u) {
                    EXPECT_EQ(h[u] == Projection::kNone ? kFar : h[u], wanted_hops[v][u]);
                    EXPECT_EQ(std::min(d[u], kFar), std::isfinite(wanted[v][u]) ? wanted[v][u] : d[u]);
                    EXPECT_EQ(d[u] > 1e300, !std::isfinite(wanted[v][u]));
                    const auto path = *shortest_path(weighted, v, u);
                    ASSERT_EQ(path.has_value(), std::isfinite(wanted[v][u]));
                    if (!path) continue;
                    EXPECT_EQ(path->cost, wanted[v][u]);
                    EXPECT_EQ(path->vertices.size(), path->rels.size() + 1);
                }
            }
        }
    }
}

// Every path without a vertex twice, cheapest first.
void all_paths(const Projection& p, std::uint32_t at, std::uint32_t target, std::vector<std::uint32_t>& on, double cost,
               std::vector<double>& costs) {
    if (at == target) {
        costs.push_back(cost);
        return;
    }
    for (std::size_t i = 0; i < p.degree(at); ++i) {
        const std::uint32_t u = p.targets(at)[i];
        if (std::ranges::find(on, u) != on.end()) continue;
        on.push_back(u);
        all_paths(p, u, target, on, cost + p.weight(at, i), costs);
        on.pop_back();
    }
}

TEST(Algorithms, KShortestPathsAreTheCheapestOfAll) {
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        const Sample s = sample(seed, 7, 16);
        const Projection p = project(s, Orientation::kNatural, true);
        std::vector<std::uint32_t> on{0};
        std::vector<double> costs;
        all_paths(p, 0, 6, on, 0, costs);
        std::ranges::sort(costs);
        const auto found = *k_shortest_paths(p, 0, 6, 8);
        ASSERT_EQ(found.size(), std::min<std::size_t>(8, costs.size()));
        std::set<std::vector<RelId>> different;
        for (std::size_t i = 0; i < found.size(); ++i) {
            EXPECT_DOUBLE_EQ(found[i].cost, costs[i]);
            different.insert(found[i].rels);
        }
        EXPECT_EQ(different.size(), found.size());
    }
}

TEST(Algorithms, ComponentsAreWhatReachesEachOther) {
    for (std::uint32_t seed = 0; seed < 12; ++seed) {
        const Sample s = sample(seed, 25, 20 + seed);
        const auto weak = *connected_components(project(s, Orientation::kNatural));
        const auto strong = *strong_components(project(s, Orientation::kNatural));
        const auto any = all_distances(s, Orientation::kUndirected, false), one = all_distances(s, Orientation::kNatural, false);
        for (std::uint32_t a = 0; a < s.n; ++a) {
            for (std::uint32_t b = 0; b < s.n; ++b) {
                EXPECT_EQ(weak.of[a] == weak.of[b], std::isfinite(any[a][b]));
                EXPECT_EQ(strong.of[a] == strong.of[b], std::isfinite(one[a][b]) && std::isfinite(one[b][a]));
            }
        }
        EXPECT_EQ(weak.of[0], 0u);
        EXPECT_EQ(weak.count, *std::ranges::max_element(weak.of) + 1);
    }
}

TEST(Algorithms, BetweennessCountsShortestPathsThroughAVertex) {
    for (const bool weighted : {false, true}) {
        for (std::uint32_t seed = 0; seed < 8; ++seed) {
            const Sample s = sample(seed, 12, 30);
            const Projection p = project(s, Orientation::kUndirected, weighted);
            const auto d = all_distances(s, Orientation::kUndirected, weighted);
            // Numbers of shortest paths by following every relationship that lies on one.
            std::vector<std::vector<double>> paths(s.n, std::vector<double>(s.n, 0));
            for (std::uint32_t v = 0; v < s.n; ++v) {
                std::vector<std::uint32_t> order(s.n);
                for (std::uint32_t i = 0; i < s.n; ++i) order[i] = i;
                std::ranges::sort(order, {}, [&](std::uint32_t u) { return d[v][u]; });
                paths[v][v] = 1;
                for (const std::uint32_t u : order) {
                    if (!std::isfinite(d[v][u])) continue;
                    for (std::size_t i = 0; i < p.degree(u); ++i) {
                        const std::uint32_t w = p.targets(u)[i];
                        if (w != u && d[v][w] == d[v][u] + p.weight(u, i)) paths[v][w] += paths[v][u];
                    }
                }
            }
            const auto found = *betweenness(p);
            for (std::uint32_t v = 0; v < s.n; ++v) {
                double wanted = 0;
                for (std::uint32_t a = 0; a < s.n; ++a) {
                    for (std::uint32_t b = a + 1; b < s.n; ++b) {
                        if (a == v || b == v || !std::isfinite(d[a][b]) || d[a][v] + d[v][b] != d[a][b]) continue;
                        wanted += paths[a][v] * paths[v][b] / paths[a][b];
                    }
                }
                EXPECT_NEAR(found[v], wanted, 1e-9) << v;
            }
            EXPECT_EQ(*betweenness(p, {.samples = s.n}), found);
            EXPECT_EQ(*betweenness(p, {.samples = 5, .seed = 3}), *betweenness(p, {.samples = 5, .seed = 3}));
        }
    }
}

TEST(Algorithms, PageRankSolvesItsEquation) {
    for (const bool weighted : {false, true}) {
        const Sample s = sample(9, 30, 70);
        const Projection p = project(s, Orientation::kNatural, weighted);
        const auto rank = *pagerank(p, {.damping = 0.85, .max_iterations = 500, .tolerance = 1e-14, .sources = {}});
        double sum = 0, idle = 0;
        std::vector<double> next(s.n, 0);
        for (std::uint32_t v = 0; v < s.n; ++v) {
            sum += rank[v];
            double strength = 0;
            for (std::size_t i = 0; i < p.degree(v); ++i) strength += p.weight(v, i);
            if (strength == 0) idle += rank[v];
            for (std::size_t i = 0; i < p.degree(v); ++i) next[p.targets(v)[i]] += rank[v] * p.weight(v, i) / strength;
        }
        EXPECT_NEAR(sum, 1, 1e-9);
        for (std::uint32_t v = 0; v < s.n; ++v) EXPECT_NEAR(rank[v], 0.15 / s.n + 0.85 * (next[v] + idle / s.n), 1e-9);
    }
}

TEST(Algorithms, TrianglesAndCoresAgreeWithCounting) {
    for (std::uint32_t seed = 0; seed < 10; ++seed) {
        const Sample s = sample(seed, 18, 60);
        for (const Orientation orientation : {Orientation::kNatural, Orientation::kUndirected}) {
            const Projection p = project(s, orientation);
            std::vector<std::set<std::uint32_t>> near(s.n);
            for (const auto& [a, b, w] : s.links) {
                if (a != b) near[a].insert(b), near[b].insert(a);
            }
            const auto found = *triangles(p);
            std::uint64_t total = 0;
            for (std::uint32_t v = 0; v < s.n; ++v) {
                std::uint64_t here = 0;
                for (const std::uint32_t a : near[v]) {
                    for (const std::uint32_t b : near[v]) here += a < b && near[a].contains(b);
                }
                EXPECT_EQ(found.of[v], here);
                const double d = static_cast<double>(near[v].size());
                EXPECT_DOUBLE_EQ(found.clustering[v], d < 2 ? 0 : 2.0 * static_cast<double>(here) / (d * (d - 1)));
                total += here;
            }
            EXPECT_EQ(found.total, total / 3);
            // A vertex is in the k-core when it survives the removal of all of lower degree.
            const auto cores = *core_numbers(p);
            for (std::uint32_t k = 0; k < 12; ++k) {
                auto left = near;
                std::vector<bool> gone(s.n);
                for (bool again = true; again;) {
                    again = false;
                    for (std::uint32_t v = 0; v < s.n; ++v) {
                        if (gone[v] || left[v].size() >= k) continue;
                        gone[v] = again = true;
                        for (const std::uint32_t u : left[v]) left[u].erase(v);
                        left[v].clear();
                    }
                }
                for (std::uint32_t v = 0; v < s.n; ++v) EXPECT_EQ(cores[v] >= k, !gone[v]) << "k " << k << " v " << v;
            }
        }
    }
}

TEST(Algorithms, LouvainFindsTwoCliquesAndReportsItsModularity) {
    Transaction t{Graph()};
    const TypeId type = t.type("T");
    for (int i = 0; i < 12; ++i) t.create_node({});
    for (std::uint32_t a = 0; a < 6; ++a) {
        for (std::uint32_t b = a + 1; b < 6; ++b) {
            t.create_relationship(NodeId{a}, NodeId{b}, type);
            t.create_relationship(NodeId{a + 6}, NodeId{b + 6}, type);
        }
    }
    t.create_relationship(NodeId{5}, NodeId{6}, type);
    const Graph graph = std::move(t).finish();
    for (const Orientation orientation : {Orientation::kNatural, Orientation::kUndirected}) {
        const Projection p = *Projection::make(graph, {.orientation = orientation});
        const Communities c = *louvain(p);
        EXPECT_THAT(c.of, ElementsAre(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1));
        EXPECT_EQ(c.count, 2u);
        EXPECT_NEAR(c.modularity, 30.0 / 31 - 0.5, 1e-12);
        // Label propagation may join the two, but never cuts a clique.
        const Communities labels = *label_propagation(p);
        for (std::uint32_t v = 1; v < 6; ++v) {
            EXPECT_EQ(labels.of[v], labels.of[0]);
            EXPECT_EQ(labels.of[v + 6], labels.of[6]);
        }
    }
}

TEST(Algorithms, LouvainNeverLosesAgainstEverybodyAlone) {
    for (std::uint32_t seed = 0; seed < 10; ++seed) {
        const Sample s = sample(seed, 60, 150);
        const Projection p = project(s, Orientation::kUndirected, true);
        const Communities c = *louvain(p);
        std::vector<std::uint32_t> alone(s.n);
        for (std::uint32_t v = 0; v < s.n; ++v) alone[v] = v;
        EXPECT_GE(c.modularity, modularity(p, alone));
        EXPECT_DOUBLE_EQ(c.modularity, modularity(p, c.of));
        EXPECT_EQ(louvain(p)->of, c.of);
    }
}

TEST(Algorithms, SimilarityIsTheShareOfCommonNeighbours) {
    const Sample s = sample(4, 15, 60);
    const Projection p = project(s, Orientation::kNatural);
    const auto pairs = *node_similarity(p, {.top_k = 100});
    std::vector<std::set<std::uint32_t>> near(s.n);
    for (const auto& [a, b, w] : s.links) near[a].insert(b);
    std::size_t wanted = 0;
    for (std::uint32_t a = 0; a < s.n; ++a) {
        for (std::uint32_t b = 0; b < s.n; ++b) {
            std::size_t common = 0;
            for (const std::uint32_t u : near[a]) common += near[b].contains(u);
            wanted += a != b && common > 0;
        }
    }
    EXPECT_EQ(pairs.size(), wanted);
    for (const SimilarPair& pair : pairs) {
        double common = 0;
        for (const std::uint32_t u : near[pair.a]) common += near[pair.b].contains(u);
        EXPECT_DOUBLE_EQ(pair.similarity, common / (static_cast<double>(near[pair.a].size() + near[pair.b].size()) - common));
    }
}

TEST(Algorithms, ClosenessIsRightInAStar) {
    Transaction t{Graph()};
    const TypeId type = t.type("T");
    for (int i = 0; i < 6; ++i) t.create_node({});
    for (std::uint32_t i = 1; i < 5; ++i) t.create_relationship(NodeId{0}, NodeId{i}, type);  // 5 stands alone
    const Projection p = *Projection::make(t.graph(), {.orientation = Orientation::kUndirected});
    const auto c = *closeness(p);
    EXPECT_DOUBLE_EQ(c[0], 4.0 / 4 * 4 / 5);
    EXPECT_DOUBLE_EQ(c[1], 4.0 / 7 * 4 / 5);
    EXPECT_DOUBLE_EQ(c[5], 0);
    EXPECT_DOUBLE_EQ((*closeness(p, true))[1], (1 + 3 * 0.5) / 5);
    EXPECT_THAT(degrees(p), ElementsAre(4, 1, 1, 1, 1, 0));
}

TEST(Algorithms, AProjectionHasOnlyTheChosenNodesAndTypes) {
    Transaction t{Graph()};
    const LabelId a = t.label("A"), b = t.label("B");
    const TypeId x = t.type("X"), y = t.type("Y");
    const NodeId n0 = t.create_node(std::span(&a, 1)), n1 = t.create_node(std::span(&b, 1)), n2 = t.create_node(std::span(&a, 1));
    const RelId r = t.create_relationship(n0, n2, x);
    t.create_relationship(n2, n0, y);
    t.create_relationship(n0, n1, x);
    const Projection p = *Projection::make(t.graph(), {.labels = {a}, .types = {x}});
    EXPECT_EQ(p.size(), 2u);
    EXPECT_THAT(p.rels(0), ElementsAre(r));
    EXPECT_EQ(p.node(1), n2);
    EXPECT_EQ(p.vertex(n1), Projection::kNone);
    ProjectionOptions chosen;
    chosen.nodes = std::vector{n1, n0};
    EXPECT_EQ(Projection::make(t.graph(), chosen)->relationship_count(), 1u);
}

TEST(Algorithms, EveryOneOfThemCanBeInterrupted) {
    const Sample s = sample(1, 4000, 40'000);
    const Projection p = project(s, Orientation::kUndirected);
    const Cancelled now = [] { return true; };
    EXPECT_FALSE(Projection::make(s.graph, {}, now).ok());
    EXPECT_FALSE(hops_from(p, 0, Projection::kNone, now).ok());
    EXPECT_FALSE(distances_from(p, 0, now).ok());
    EXPECT_FALSE(connected_components(p, now).ok());
    EXPECT_FALSE(strong_components(p, now).ok());
    EXPECT_FALSE(pagerank(p, {}, now).ok());
    EXPECT_FALSE(betweenness(p, {}, now).ok());
    EXPECT_FALSE(closeness(p, false, now).ok());
    EXPECT_FALSE(triangles(p, now).ok());
    EXPECT_FALSE(core_numbers(p, now).ok());
    EXPECT_FALSE(louvain(p, {}, now).ok());
    EXPECT_FALSE(label_propagation(p, 20, now).ok());
    EXPECT_EQ(node_similarity(p, {}, now).error().code, ErrorCode::kCancelled);
}

TEST(Algorithms, AnEmptyProjectionIsNoTrouble) {
    const Projection p = *Projection::make(Graph(), {});
    EXPECT_EQ(connected_components(p)->count, 0u);
    EXPECT_EQ(strong_components(p)->count, 0u);
    EXPECT_TRUE(pagerank(p)->empty());
    EXPECT_EQ(triangles(p)->total, 0u);
    EXPECT_TRUE(core_numbers(p)->empty());
    EXPECT_EQ(louvain(p)->count, 0u);
    EXPECT_FALSE(hops_from(p, 0).ok());
}

}  // namespace
}  // namespace maek::graph
