// Hops, weighted distances, single paths, and Yen's k shortest. Distances to everything are
// boost::dijkstra_shortest_paths; a single path stops early and so is a search of our own.
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#include <limits>
#include <queue>
#include <set>

#include "graph/algorithm/projection_graph.h"

namespace maek::graph {

namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

Result<void> check_vertices(const Projection& p, std::uint32_t source, std::uint32_t target) {
    if (source < p.size() && target < p.size()) return {};
    return Error{ErrorCode::kQuery, "the path's start or end is not in the projection", {},
                 QueryFault{"ArgumentError", "runtime", "NodeNotInProjection", "22N00"}};
}

Result<void> check_weights(const Projection& p) {
    for (std::uint32_t v = 0; p.weighted() && v < p.size(); ++v) {
        for (const double weight : p.weights(v)) {
            if (weight >= 0) continue;
            return Error{ErrorCode::kQuery, "a weight is negative or no number; shortest paths need weights of 0 or more", {},
                         QueryFault{"ArgumentError", "runtime", "NegativeWeight", "22N00"}};
        }
    }
    return {};
}

struct CancelledSearch {};

// One shortest path, some vertices and first steps barred; ties go to the smallest ids because
// rows are ascending and only a strictly better way replaces one.
class Search {
public:
    explicit Search(const Projection& p)
        : p_(p), distance_(p.size(), kFar), from_(p.size()), stamp_(p.size(), 0) {}

    std::vector<bool> barred_vertices;
    std::set<std::uint32_t> barred_steps;  // RelIds not to take from the source

    Result<std::optional<FoundPath>> run(std::uint32_t source, std::uint32_t target, Watch& watch) {
        ++now_;
        using Item = std::pair<double, std::uint32_t>;
        std::priority_queue<Item, std::vector<Item>, std::greater<>> open;
        reach(source, 0, {});
        open.emplace(0, source);
        while (!open.empty()) {
            const auto [cost, v] = open.top();
            open.pop();
            if (cost > distance_[v]) continue;
            if (v == target) return path(source, target, cost);
            const auto targets = p_.targets(v);
            if (watch.stop(targets.size() + 1)) return cancelled_error();
            for (std::size_t i = 0; i < targets.size(); ++i) {
                const std::uint32_t u = targets[i];
                if (!barred_vertices.empty() && barred_vertices[u]) continue;
                if (v == source && barred_steps.contains(p_.rels(v)[i].value)) continue;
                const double next = cost + p_.weight(v, i);
                if (stamp_[u] == now_ && distance_[u] <= next) continue;
                reach(u, next, {v, p_.rels(v)[i]});
                open.emplace(next, u);
            }
        }
        return std::optional<FoundPath>();
    }

private:
    struct Step {
        std::uint32_t vertex = Projection::kNone;
        RelId rel;
    };
    void reach(std::uint32_t v, double cost, Step step) {
        stamp_[v] = now_;
        distance_[v] = cost;
        from_[v] = step;
    }
    std::optional<FoundPath> path(std::uint32_t source, std::uint32_t target, double cost) const {
        FoundPath found;
        found.cost = cost;
        for (std::uint32_t v = target; v != source; v = from_[v].vertex) {
            found.vertices.push_back(v);
            found.rels.push_back(from_[v].rel);
        }
        found.vertices.push_back(source);
        std::ranges::reverse(found.vertices);
        std::ranges::reverse(found.rels);
        return found;
    }

    const Projection& p_;
    std::vector<double> distance_;
    std::vector<Step> from_;
    std::vector<std::uint32_t> stamp_;
    std::uint32_t now_ = 0;
};

}  // namespace

Result<std::vector<std::uint32_t>> hops_from(const Projection& p, std::uint32_t source, std::uint32_t max_hops,
                                             const Cancelled& cancelled) {
    if (auto fine = check_vertices(p, source, source); !fine) return std::move(fine).error();
    std::vector<std::uint32_t> hops(p.size(), Projection::kNone), level{source}, next;
    Watch watch(cancelled);
    hops[source] = 0;
    for (std::uint32_t depth = 1; !level.empty() && depth <= max_hops; ++depth) {
        next.clear();
        for (const std::uint32_t v : level) {
            for (const std::uint32_t u : p.targets(v)) {
                if (hops[u] != Projection::kNone) continue;
                hops[u] = depth;
                next.push_back(u);
            }
            if (watch.stop(p.degree(v) + 1)) return cancelled_error();
        }
        level.swap(next);
    }
    return hops;
}

Result<std::vector<double>> distances_from(const Projection& p, std::uint32_t source, const Cancelled& cancelled) {
    if (auto fine = check_vertices(p, source, source); !fine) return std::move(fine).error();
    if (auto fine = check_weights(p); !fine) return std::move(fine).error();
    struct Visitor : boost::dijkstra_visitor<> {
        Watch* watch;
        void examine_vertex(std::uint32_t v, const ProjectionGraph& g) {
            if (watch->stop(g.projection->degree(v) + 1)) throw CancelledSearch();
        }
    };
    std::vector<double> distance(p.size());
    std::vector<std::uint32_t> before(p.size());
    Watch watch(cancelled);
    Visitor visitor;
    visitor.watch = &watch;
    const ProjectionGraph g{&p};
    try {
        boost::dijkstra_shortest_paths_no_color_map(g, source, before.data(), distance.data(), ProjectionWeights{&p},
                                                    boost::identity_property_map(), std::less<>(), std::plus<>(),
                                                    kFar, 0.0, visitor);
    } catch (const CancelledSearch&) {
        return cancelled_error();
    }
    return distance;
}

Result<std::optional<FoundPath>> shortest_path(const Projection& p, std::uint32_t source, std::uint32_t target,
                                               const Cancelled& cancelled) {
    if (auto fine = check_vertices(p, source, target); !fine) return std::move(fine).error();
    if (auto fine = check_weights(p); !fine) return std::move(fine).error();
    Watch watch(cancelled);
    return Search(p).run(source, target, watch);
}

Result<std::vector<FoundPath>> k_shortest_paths(const Projection& p, std::uint32_t source, std::uint32_t target,
                                                std::uint32_t k, const Cancelled& cancelled) {
    if (auto fine = check_vertices(p, source, target); !fine) return std::move(fine).error();
    if (auto fine = check_weights(p); !fine) return std::move(fine).error();
    Watch watch(cancelled);
    Search search(p);
    std::vector<FoundPath> found;
    if (k == 0) return found;
    auto first = search.run(source, target, watch);
    if (!first) return std::move(first).error();
    if (!*first) return found;
    found.push_back(std::move(**first));

    const auto order = [](const FoundPath& a, const FoundPath& b) {
        return std::tie(a.cost, a.vertices, a.rels) < std::tie(b.cost, b.vertices, b.rels);
    };
    std::set<FoundPath, decltype(order)> candidates(order);
    while (found.size() < k) {
        const FoundPath last = found.back();
        // Every place where a path may leave the last one.
        for (std::size_t spur = 0; spur < last.rels.size(); ++spur) {
            search.barred_vertices.assign(p.size(), false);
            search.barred_steps.clear();
            for (std::size_t i = 0; i < spur; ++i) search.barred_vertices[last.vertices[i]] = true;
            for (const FoundPath& path : found) {
                if (path.rels.size() > spur &&
                    std::equal(last.rels.begin(), last.rels.begin() + static_cast<std::ptrdiff_t>(spur), path.rels.begin())) {
                    search.barred_steps.insert(path.rels[spur].value);
                }
            }
            auto rest = search.run(last.vertices[spur], target, watch);
            if (!rest) return std::move(rest).error();
            if (!*rest) continue;
            FoundPath path;
            path.vertices.assign(last.vertices.begin(), last.vertices.begin() + static_cast<std::ptrdiff_t>(spur));
            path.rels.assign(last.rels.begin(), last.rels.begin() + static_cast<std::ptrdiff_t>(spur));
            path.vertices.insert(path.vertices.end(), (*rest)->vertices.begin(), (*rest)->vertices.end());
            path.rels.insert(path.rels.end(), (*rest)->rels.begin(), (*rest)->rels.end());
            for (std::size_t i = 0; i < path.rels.size(); ++i) {
                const auto rels = p.rels(path.vertices[i]);
                const auto at = std::ranges::find(rels, path.rels[i]);
                path.cost += p.weight(path.vertices[i], static_cast<std::size_t>(at - rels.begin()));
            }
            candidates.insert(std::move(path));
        }
        while (!candidates.empty() && std::ranges::any_of(found, [&](const FoundPath& path) {
            return path.rels == candidates.begin()->rels;
        })) {
            candidates.erase(candidates.begin());
        }
        if (candidates.empty()) break;
        found.push_back(std::move(candidates.extract(candidates.begin()).value()));
    }
    return found;
}

}  // namespace maek::graph
