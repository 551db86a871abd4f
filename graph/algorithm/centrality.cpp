// PageRank, betweenness (Brandes), closeness, degree: kernels on the packed rows.
#include <cmath>
#include <limits>
#include <queue>
#include <random>

#include "graph/algorithm/kernel.h"

namespace maek::graph {

Result<std::vector<double>> pagerank(const Projection& p, const PageRankOptions& options, const Cancelled& cancelled) {
    const std::uint32_t n = p.size();
    if (n == 0) return std::vector<double>();
    std::vector<double> jump(n, options.sources.empty() ? 1.0 / n : 0.0);
    for (const std::uint32_t v : options.sources) {
        if (v < n) jump[v] += 1.0 / static_cast<double>(options.sources.size());
    }
    std::vector<double> strength(n, 0.0);
    for (std::uint32_t v = 0; v < n; ++v) {
        for (const double weight : p.weights(v)) strength[v] += std::max(weight, 0.0);
        if (!p.weighted()) strength[v] = static_cast<double>(p.degree(v));
    }
    std::vector<double> rank = jump, next(n);
    Watch watch(cancelled);
    for (std::uint32_t round = 0; round < options.max_iterations; ++round) {
        double idle = 0;  // rank of vertices without a way out jumps like a random surfer
        for (std::uint32_t v = 0; v < n; ++v) idle += strength[v] > 0 ? 0.0 : rank[v];
        for (std::uint32_t v = 0; v < n; ++v) next[v] = (1 - options.damping + options.damping * idle) * jump[v];
        for (std::uint32_t v = 0; v < n; ++v) {
            if (strength[v] <= 0) continue;
            const double share = options.damping * rank[v] / strength[v];
            const auto targets = p.targets(v);
            if (!p.weighted()) {
                for (const std::uint32_t u : targets) next[u] += share;
            } else {
                const auto weights = p.weights(v);
                for (std::size_t i = 0; i < targets.size(); ++i) next[targets[i]] += share * std::max(weights[i], 0.0);
            }
            if (watch.stop(targets.size() + 1)) return cancelled_error();
        }
        double change = 0;
        for (std::uint32_t v = 0; v < n; ++v) change += std::abs(next[v] - rank[v]);
        rank.swap(next);
        if (change < options.tolerance) break;
    }
    return rank;
}

namespace {

// Brandes: shortest paths from one source, and the dependencies of all others on each vertex.
class Brandes {
public:
    explicit Brandes(const Projection& p)
        : p_(p), distance_(p.size()), paths_(p.size()), dependency_(p.size()), before_(p.size()) {}

    bool add(std::uint32_t source, std::vector<double>& centrality, double factor, Watch& watch) {
        std::ranges::fill(distance_, std::numeric_limits<double>::infinity());
        std::ranges::fill(paths_, 0.0);
        std::ranges::fill(dependency_, 0.0);
        for (auto& list : before_) list.clear();
        order_.clear();
        distance_[source] = 0;
        paths_[source] = 1;
        if (!(p_.weighted() ? weighted(source, watch) : by_hops(source, watch))) return false;
        for (auto at = order_.rbegin(); at != order_.rend(); ++at) {
            for (const std::uint32_t v : before_[*at]) {
                dependency_[v] += paths_[v] / paths_[*at] * (1 + dependency_[*at]);
            }
            if (*at != source) centrality[*at] += factor * dependency_[*at];
        }
        return true;
    }

private:
    bool by_hops(std::uint32_t source, Watch& watch) {
        order_.push_back(source);
        for (std::size_t at = 0; at < order_.size(); ++at) {
            const std::uint32_t v = order_[at];
            for (const std::uint32_t u : p_.targets(v)) {
                if (distance_[u] == std::numeric_limits<double>::infinity()) {
                    distance_[u] = distance_[v] + 1;
                    order_.push_back(u);
                }
                if (distance_[u] != distance_[v] + 1) continue;
                paths_[u] += paths_[v];
                before_[u].push_back(v);
            }
            if (watch.stop(p_.degree(v) + 1)) return false;
        }
        return true;
    }
    bool weighted(std::uint32_t source, Watch& watch) {
        using Item = std::pair<double, std::uint32_t>;
        std::priority_queue<Item, std::vector<Item>, std::greater<>> open;
        std::vector<bool> done(p_.size());
        open.emplace(0, source);
        while (!open.empty()) {
            const auto [cost, v] = open.top();
            open.pop();
            if (done[v]) continue;
            done[v] = true;
            order_.push_back(v);
            const auto targets = p_.targets(v);
            for (std::size_t i = 0; i < targets.size(); ++i) {
                const std::uint32_t u = targets[i];
                const double next = cost + std::max(p_.weight(v, i), 1e-12);
                if (done[u] || next > distance_[u]) continue;
                if (next < distance_[u]) {
                    distance_[u] = next;
                    paths_[u] = 0;
                    before_[u].clear();
                    open.emplace(next, u);
                }
                paths_[u] += paths_[v];
                before_[u].push_back(v);
            }
            if (watch.stop(targets.size() + 1)) return false;
        }
        return true;
    }

    const Projection& p_;
    std::vector<double> distance_, paths_, dependency_;
    std::vector<std::vector<std::uint32_t>> before_;
    std::vector<std::uint32_t> order_;
};

}  // namespace

Result<std::vector<double>> betweenness(const Projection& p, const BetweennessOptions& options, const Cancelled& cancelled) {
    const std::uint32_t n = p.size();
    std::vector<double> centrality(n, 0.0);
    std::vector<std::uint32_t> sources(n);
    std::iota(sources.begin(), sources.end(), 0u);
    if (options.samples != 0 && options.samples < n) {
        // The first of a shuffle that is the same everywhere (std::shuffle is not).
        std::mt19937_64 random(options.seed);
        for (std::uint32_t i = 0; i < options.samples; ++i) std::swap(sources[i], sources[i + random() % (n - i)]);
        sources.resize(options.samples);
        std::ranges::sort(sources);
    }
    double factor = p.orientation() == Orientation::kUndirected ? 0.5 : 1.0;
    if (!sources.empty()) factor *= static_cast<double>(n) / static_cast<double>(sources.size());
    if (options.normalized && n > 2) {
        const double pairs = static_cast<double>(n - 1) * static_cast<double>(n - 2);
        factor /= p.orientation() == Orientation::kUndirected ? pairs / 2 : pairs;
    }
    Brandes brandes(p);
    Watch watch(cancelled);
    for (const std::uint32_t source : sources) {
        if (!brandes.add(source, centrality, factor, watch)) return cancelled_error();
    }
    return centrality;
}

Result<std::vector<double>> closeness(const Projection& p, bool harmonic, const Cancelled& cancelled) {
    const std::uint32_t n = p.size();
    std::vector<double> result(n, 0.0);
    for (std::uint32_t v = 0; v < n; ++v) {
        std::vector<double> distance;
        if (p.weighted()) {
            auto found = distances_from(p, v, cancelled);
            if (!found) return std::move(found).error();
            distance = std::move(*found);
        } else {
            const auto hops = hops_from(p, v, Projection::kNone, cancelled);
            if (!hops) return hops.error();
            for (const std::uint32_t h : *hops) {
                distance.push_back(h == Projection::kNone ? std::numeric_limits<double>::infinity() : h);
            }
        }
        double sum = 0, inverse = 0, reached = 0;
        for (std::uint32_t u = 0; u < n; ++u) {
            if (u == v || !std::isfinite(distance[u])) continue;
            sum += distance[u];
            inverse += distance[u] > 0 ? 1 / distance[u] : 0;
            ++reached;
        }
        if (harmonic) {
            result[v] = n > 1 ? inverse / (n - 1) : 0;
        } else if (sum > 0) {
            result[v] = reached / sum * reached / (n - 1);
        }
        if (cancelled && cancelled()) return cancelled_error();
    }
    return result;
}

std::vector<double> degrees(const Projection& p) {
    std::vector<double> result(p.size());
    for (std::uint32_t v = 0; v < p.size(); ++v) {
        result[v] = static_cast<double>(p.degree(v));
        if (p.weighted()) result[v] = std::accumulate(p.weights(v).begin(), p.weights(v).end(), 0.0);
    }
    return result;
}

}  // namespace maek::graph
