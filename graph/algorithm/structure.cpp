// Triangles with clustering coefficients, core numbers, similarity of neighbourhoods.
#include <unordered_map>

#include "graph/algorithm/kernel.h"

namespace maek::graph {

// The forward algorithm: every edge points to the end of higher degree, so that rows stay short; a
// triangle is found once, at its lowest vertex, by marking one row and walking the others.
Result<Triangles> triangles(const Projection& p, const Cancelled& cancelled) {
    const std::uint32_t n = p.size();
    const SimpleRows rows = simple_rows(p);
    const auto degree = [&](std::uint32_t v) { return rows.starts[v + 1] - rows.starts[v]; };
    const auto below = [&](std::uint32_t a, std::uint32_t b) {
        return degree(a) != degree(b) ? degree(a) < degree(b) : a < b;
    };
    std::vector<std::uint64_t> starts(std::size_t{n} + 1, 0);
    std::vector<std::uint32_t> up;
    up.reserve(rows.targets.size() / 2);
    for (std::uint32_t v = 0; v < n; ++v) {
        for (const std::uint32_t u : rows.row(v)) {
            if (below(v, u)) up.push_back(u);
        }
        starts[v + 1] = up.size();
    }
    Triangles result;
    result.of.assign(n, 0);
    std::vector<std::uint32_t> mark(n, Projection::kNone);
    Watch watch(cancelled);
    for (std::uint32_t v = 0; v < n; ++v) {
        for (auto i = starts[v]; i < starts[v + 1]; ++i) mark[up[i]] = v;
        std::uint64_t steps = 1;
        for (auto i = starts[v]; i < starts[v + 1]; ++i) {
            const std::uint32_t u = up[i];
            std::uint64_t here = 0;
            for (auto j = starts[u]; j < starts[u + 1]; ++j) {
                if (mark[up[j]] != v) continue;
                ++result.of[up[j]];
                ++here;
            }
            result.of[u] += here;
            result.of[v] += here;
            result.total += here;
            steps += starts[u + 1] - starts[u];
        }
        if (watch.stop(steps)) return cancelled_error();
    }
    result.clustering.assign(n, 0.0);
    double sum = 0, triples = 0;
    for (std::uint32_t v = 0; v < n; ++v) {
        const double d = static_cast<double>(degree(v));
        if (d >= 2) result.clustering[v] = 2.0 * static_cast<double>(result.of[v]) / (d * (d - 1));
        sum += result.clustering[v];
        triples += d * (d - 1) / 2;
    }
    result.average_clustering = n == 0 ? 0 : sum / n;
    result.transitivity = triples > 0 ? 3.0 * static_cast<double>(result.total) / triples : 0;
    return result;
}

// Batagelj and Zaversnik: vertices in buckets of their remaining degree.
Result<std::vector<std::uint32_t>> core_numbers(const Projection& p, const Cancelled& cancelled) {
    const std::uint32_t n = p.size();
    const SimpleRows rows = simple_rows(p);
    std::vector<std::uint32_t> degree(n), place(n), order(n);
    std::uint32_t largest = 0;
    for (std::uint32_t v = 0; v < n; ++v) {
        degree[v] = static_cast<std::uint32_t>(rows.row(v).size());
        largest = std::max(largest, degree[v]);
    }
    std::vector<std::uint32_t> first(std::size_t{largest} + 2, 0);
    for (const std::uint32_t d : degree) ++first[d + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (std::uint32_t v = 0; v < n; ++v) {
        place[v] = next[degree[v]]++;
        order[place[v]] = v;
    }
    Watch watch(cancelled);
    for (std::uint32_t i = 0; i < n; ++i) {
        const std::uint32_t v = order[i];
        for (const std::uint32_t u : rows.row(v)) {
            if (degree[u] <= degree[v]) continue;
            // u goes to the front of its bucket, which then ends one earlier.
            const std::uint32_t front = std::max(first[degree[u]], i + 1);
            const std::uint32_t other = order[front];
            std::swap(order[place[u]], order[front]);
            std::swap(place[u], place[other]);
            first[degree[u]] = front + 1;
            --degree[u];
        }
        if (watch.stop(rows.row(v).size() + 1)) return cancelled_error();
    }
    return degree;
}

Result<std::vector<SimilarPair>> node_similarity(const Projection& p, const SimilarityOptions& options,
                                                 const Cancelled& cancelled) {
    const std::uint32_t n = p.size();
    // Distinct neighbours of each vertex, and who has a vertex as neighbour.
    std::vector<std::uint64_t> starts(std::size_t{n} + 1, 0), back_starts(std::size_t{n} + 1, 0);
    std::vector<std::uint32_t> targets;
    for (std::uint32_t v = 0; v < n; ++v) {
        std::uint32_t last = Projection::kNone;
        for (const std::uint32_t u : p.targets(v)) {
            if (u != last) targets.push_back(u), ++back_starts[u + 1];
            last = u;
        }
        starts[v + 1] = targets.size();
    }
    std::partial_sum(back_starts.begin(), back_starts.end(), back_starts.begin());
    std::vector<std::uint32_t> back(targets.size());
    std::vector<std::uint64_t> next(back_starts.begin(), back_starts.end() - 1);
    for (std::uint32_t v = 0; v < n; ++v) {
        for (auto i = starts[v]; i < starts[v + 1]; ++i) back[next[targets[i]]++] = v;
    }
    std::vector<SimilarPair> result, mine;
    std::vector<std::uint32_t> common(n, 0), touched;
    Watch watch(cancelled);
    for (std::uint32_t v = 0; v < n; ++v) {
        touched.clear();
        for (auto i = starts[v]; i < starts[v + 1]; ++i) {
            const std::uint32_t u = targets[i];
            if (back_starts[u + 1] - back_starts[u] > options.max_degree) continue;
            for (auto j = back_starts[u]; j < back_starts[u + 1]; ++j) {
                if (back[j] == v) continue;
                if (common[back[j]]++ == 0) touched.push_back(back[j]);
            }
            if (watch.stop(back_starts[u + 1] - back_starts[u] + 1)) return cancelled_error();
        }
        mine.clear();
        for (const std::uint32_t w : touched) {
            const double both = common[w];
            const double either = static_cast<double>(starts[v + 1] - starts[v] + starts[w + 1] - starts[w]) - both;
            if (both / either >= options.min_similarity) mine.push_back({v, w, both / either});
            common[w] = 0;
        }
        const std::size_t keep = std::min<std::size_t>(options.top_k, mine.size());
        std::partial_sort(mine.begin(), mine.begin() + static_cast<std::ptrdiff_t>(keep), mine.end(),
                          [](const SimilarPair& a, const SimilarPair& b) {
                              return a.similarity != b.similarity ? a.similarity > b.similarity : a.b < b.b;
                          });
        result.insert(result.end(), mine.begin(), mine.begin() + static_cast<std::ptrdiff_t>(keep));
    }
    return result;
}

}  // namespace maek::graph
