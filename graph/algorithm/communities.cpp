// Communities: Louvain and label propagation, both visiting vertices in order, so deterministic.
// Directions are ignored; parallel relationships add up their weights.
#include "graph/algorithm/kernel.h"

namespace maek::graph {

namespace {

// A weighted undirected graph; a loop's weight counts once in `loops`.
struct Weighted {
    std::vector<std::uint64_t> starts;
    std::vector<std::uint32_t> targets;
    std::vector<double> weights;
    std::vector<double> loops;
    std::uint32_t size() const { return static_cast<std::uint32_t>(loops.size()); }
};

struct Link {
    std::uint32_t from, to;
    double weight;
};

Weighted build(std::uint32_t size, const std::vector<Link>& links) {
    Weighted g;
    g.loops.assign(size, 0.0);
    g.starts.assign(std::size_t{size} + 1, 0);
    for (const Link& link : links) {
        if (link.from == link.to) {
            g.loops[link.from] += link.weight;
        } else {
            ++g.starts[link.from + 1];
            ++g.starts[link.to + 1];
        }
    }
    std::partial_sum(g.starts.begin(), g.starts.end(), g.starts.begin());
    g.targets.resize(g.starts.back());
    g.weights.resize(g.starts.back());
    std::vector<std::uint64_t> next(g.starts.begin(), g.starts.end() - 1);
    for (const Link& link : links) {
        if (link.from == link.to) continue;
        g.targets[next[link.from]] = link.to;
        g.weights[next[link.from]++] = link.weight;
        g.targets[next[link.to]] = link.from;
        g.weights[next[link.to]++] = link.weight;
    }
    return g;
}

Weighted from_projection(const Projection& p) {
    std::vector<Link> links;
    links.reserve(p.entries());
    for (std::uint32_t v = 0; v < p.size(); ++v) {
        const auto targets = p.targets(v);
        for (std::size_t i = 0; i < targets.size(); ++i) {
            // An undirected relationship stands in two rows: taken at its smaller end.
            if (p.orientation() == Orientation::kUndirected && targets[i] < v) continue;
            links.push_back({v, targets[i], std::max(p.weight(v, i), 0.0)});
        }
    }
    return build(p.size(), links);
}

// Weights from one vertex into the communities around it.
class Around {
public:
    explicit Around(std::uint32_t size) : weight_(size, -1.0) {}
    void collect(const Weighted& g, std::uint32_t v, const std::vector<std::uint32_t>& of) {
        for (const std::uint32_t c : seen) weight_[c] = -1;
        seen.clear();
        for (auto i = g.starts[v]; i < g.starts[v + 1]; ++i) {
            const std::uint32_t c = of[g.targets[i]];
            if (weight_[c] < 0) weight_[c] = 0, seen.push_back(c);
            weight_[c] += g.weights[i];
        }
    }
    double to(std::uint32_t c) const { return std::max(weight_[c], 0.0); }
    std::vector<std::uint32_t> seen;

private:
    std::vector<double> weight_;  // below 0: not seen
};

// Moves vertices to the best community around them until a pass gains little. False: cancelled.
bool move_vertices(const Weighted& g, std::vector<std::uint32_t>& of, const LouvainOptions& options, Watch& watch,
                   bool& moved_any) {
    std::vector<double> strength(g.size()), total(g.size(), 0.0);
    double all = 0;
    for (std::uint32_t v = 0; v < g.size(); ++v) {
        strength[v] = 2 * g.loops[v] + std::accumulate(g.weights.begin() + static_cast<std::ptrdiff_t>(g.starts[v]),
                                                       g.weights.begin() + static_cast<std::ptrdiff_t>(g.starts[v + 1]), 0.0);
        total[of[v]] += strength[v];
        all += strength[v];
    }
    moved_any = false;
    if (all <= 0) return true;
    Around around(g.size());
    for (std::uint32_t pass = 0; pass < options.max_passes; ++pass) {
        double gained = 0;
        for (std::uint32_t v = 0; v < g.size(); ++v) {
            around.collect(g, v, of);
            const std::uint32_t old = of[v];
            total[old] -= strength[v];
            const auto gain = [&](std::uint32_t c) {
                return around.to(c) - options.resolution * total[c] * strength[v] / all;
            };
            std::uint32_t best = old;
            double best_gain = gain(old);
            const double old_gain = best_gain;
            for (const std::uint32_t c : around.seen) {
                const double here = gain(c);
                if (here > best_gain + 1e-12 || (here > best_gain - 1e-12 && here > old_gain + 1e-12 && c < best)) {
                    best = c, best_gain = here;
                }
            }
            total[best] += strength[v];
            if (best != old) {
                of[v] = best;
                gained += 2 * (best_gain - old_gain) / all;
                moved_any = true;
            }
            if (watch.stop(around.seen.size() + 1)) return false;
        }
        if (gained < options.min_gain) break;
    }
    return true;
}

// Communities become vertices; weights between them add up.
Weighted contract(const Weighted& g, const std::vector<std::uint32_t>& of, std::uint32_t count) {
    std::vector<std::vector<std::uint32_t>> members(count);
    for (std::uint32_t v = 0; v < g.size(); ++v) members[of[v]].push_back(v);
    std::vector<Link> links;
    Around around(count);
    std::vector<double> sum(count, 0.0);
    std::vector<std::uint32_t> touched;
    for (std::uint32_t c = 0; c < count; ++c) {
        touched.clear();
        double loop = 0;
        for (const std::uint32_t v : members[c]) {
            loop += g.loops[v];
            for (auto i = g.starts[v]; i < g.starts[v + 1]; ++i) {
                const std::uint32_t d = of[g.targets[i]];
                if (d == c) {
                    loop += g.weights[i] / 2;  // met from both ends
                } else if (d > c) {
                    if (sum[d] == 0) touched.push_back(d);
                    sum[d] += g.weights[i];
                }
            }
        }
        if (loop > 0) links.push_back({c, c, loop});
        std::ranges::sort(touched);
        touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
        for (const std::uint32_t d : touched) {
            links.push_back({c, d, sum[d]});
            sum[d] = 0;
        }
    }
    return build(count, links);
}

double modularity_of(const Weighted& g, std::span<const std::uint32_t> of, double resolution) {
    double all = 0;
    std::uint32_t largest = 0;
    for (const std::uint32_t c : of) largest = std::max(largest, c);
    std::vector<double> inside(of.empty() ? 0 : largest + 1, 0.0), total = inside;
    for (std::uint32_t v = 0; v < g.size(); ++v) {
        double strength = 2 * g.loops[v];
        inside[of[v]] += 2 * g.loops[v];
        for (auto i = g.starts[v]; i < g.starts[v + 1]; ++i) {
            strength += g.weights[i];
            if (of[g.targets[i]] == of[v]) inside[of[v]] += g.weights[i];
        }
        total[of[v]] += strength;
        all += strength;
    }
    if (all <= 0) return 0;
    double result = 0;
    for (std::size_t c = 0; c < inside.size(); ++c) result += inside[c] / all - resolution * total[c] * total[c] / (all * all);
    return result;
}

}  // namespace

Result<Communities> louvain(const Projection& p, const LouvainOptions& options, const Cancelled& cancelled) {
    Communities result;
    const Weighted whole = from_projection(p);
    Weighted g = whole;
    result.of.resize(p.size());
    std::iota(result.of.begin(), result.of.end(), 0u);
    Watch watch(cancelled);
    for (std::uint32_t level = 0; level < options.max_levels; ++level) {
        std::vector<std::uint32_t> of(g.size());
        std::iota(of.begin(), of.end(), 0u);
        bool moved = false;
        if (!move_vertices(g, of, options, watch, moved)) return cancelled_error();
        if (!moved) break;
        const std::uint32_t count = renumber(of);
        for (std::uint32_t& c : result.of) c = of[c];
        if (count == g.size()) break;
        g = contract(g, of, count);
    }
    result.count = renumber(result.of);
    result.modularity = modularity_of(whole, result.of, options.resolution);
    return result;
}

namespace {
std::uint64_t scattered(std::uint32_t label) { return (label + 1) * 0x9E3779B97F4A7C15u; }
}  // namespace

Result<Communities> label_propagation(const Projection& p, std::uint32_t max_iterations, const Cancelled& cancelled) {
    Communities result;
    const Weighted g = from_projection(p);
    result.of.resize(p.size());
    std::iota(result.of.begin(), result.of.end(), 0u);
    Around around(p.size());
    Watch watch(cancelled);
    for (std::uint32_t round = 0; round < max_iterations; ++round) {
        bool changed = false;
        for (std::uint32_t v = 0; v < p.size(); ++v) {
            around.collect(g, v, result.of);
            // The heaviest label around; the present one when it is among them, else one by a
            // scattered order: always the smallest would let low numbers flood the graph.
            std::uint32_t best = result.of[v];
            double heaviest = around.to(best);
            for (const std::uint32_t c : around.seen) {
                const bool first_of_equals = best != result.of[v] && scattered(c) < scattered(best);
                if (around.to(c) > heaviest || (around.to(c) == heaviest && first_of_equals)) {
                    best = c, heaviest = around.to(c);
                }
            }
            changed = changed || best != result.of[v];
            result.of[v] = best;
            if (watch.stop(around.seen.size() + 1)) return cancelled_error();
        }
        if (!changed) break;
    }
    result.count = renumber(result.of);
    result.modularity = modularity_of(g, result.of, 1.0);
    return result;
}

double modularity(const Projection& p, std::span<const std::uint32_t> community, double resolution) {
    return modularity_of(from_projection(p), community, resolution);
}

}  // namespace maek::graph
