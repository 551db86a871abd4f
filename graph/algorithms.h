// Room: graph, doorway. Graph algorithms for analysts, on a projection: the nodes and relationships
// that matter, packed. Everything is deterministic: the same graph gives the same answer.
//
//     Projection p = *Projection::make(graph, {.types = {partners}, .orientation = Orientation::kUndirected});
//     std::vector<double> rank = *pagerank(p);      // by vertex
//     NodeId best = p.node(std::ranges::max_element(rank) - rank.begin());
//
// A vertex is a dense number, 0 to size() - 1, ascending by NodeId. Dijkstra, strong components and
// the exact check of both are boost::'s; the rest are kernels of our own on the packed rows, because
// boost's take several times as long (bench/graph). Errors: kCancelled; kQuery for arguments.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "graph/graph.h"
#include "schema/result.h"

namespace maek::graph {

using Cancelled = std::function<bool()>;  // asked every few thousand steps; empty: never

enum class Orientation : std::uint8_t {
    kNatural,     // source to target
    kReverse,     // target to source
    kUndirected,  // both ways
};

struct ProjectionOptions {
    std::vector<LabelId> labels = {};  // a node needs one of them; empty: every node
    std::vector<TypeId> types = {};    // empty: every type
    Orientation orientation = Orientation::kNatural;
    std::optional<KeyId> weight = {};  // of relationships
    double default_weight = 1.0;       // where the property is no number
    // A subset by ids instead of labels and types, as a query may give it.
    std::optional<std::vector<NodeId>> nodes = {};
    std::optional<std::vector<RelId>> relationships = {};
    std::vector<double> weights = {};  // in step with `relationships`, instead of a property; may be empty
};

class Projection {
public:
    static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
    static Result<Projection> make(const Graph& graph, const ProjectionOptions& options,
                                   const Cancelled& cancelled = {});

    std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }
    // Entries of the rows: an undirected relationship counts twice, a loop once.
    std::uint64_t entries() const { return targets_.size(); }
    std::uint64_t relationship_count() const { return relationships_; }
    NodeId node(std::uint32_t vertex) const { return nodes_[vertex]; }
    std::uint32_t vertex(NodeId node) const {  // kNone: not in the projection
        return node.value < vertices_.size() ? vertices_[node.value] : kNone;
    }
    Orientation orientation() const { return orientation_; }
    bool weighted() const { return !weights_.empty(); }

    // The row of a vertex, ascending by target; the three run in step.
    std::span<const std::uint32_t> targets(std::uint32_t v) const { return row(targets_, v); }
    std::span<const RelId> rels(std::uint32_t v) const { return row(rels_, v); }
    std::span<const double> weights(std::uint32_t v) const { return weighted() ? row(weights_, v) : std::span<const double>{}; }
    double weight(std::uint32_t v, std::size_t i) const { return weighted() ? weights_[starts_[v] + i] : 1.0; }
    std::size_t degree(std::uint32_t v) const { return starts_[v + 1] - starts_[v]; }

private:
    template <class T>
    std::span<const T> row(const std::vector<T>& all, std::uint32_t v) const {
        return {all.data() + starts_[v], all.data() + starts_[v + 1]};
    }
    std::vector<NodeId> nodes_;
    std::vector<std::uint32_t> vertices_;
    std::vector<std::uint64_t> starts_{0};
    std::vector<std::uint32_t> targets_;
    std::vector<RelId> rels_;
    std::vector<double> weights_;
    std::uint64_t relationships_ = 0;
    Orientation orientation_ = Orientation::kNatural;
};

// --- paths
struct FoundPath {
    std::vector<std::uint32_t> vertices;
    std::vector<RelId> rels;
    double cost = 0;  // the sum of weights; hops when unweighted
};
// Hops from the source, kNone where unreachable or further than max_hops.
Result<std::vector<std::uint32_t>> hops_from(const Projection&, std::uint32_t source,
                                             std::uint32_t max_hops = Projection::kNone, const Cancelled& = {});
// Sums of weights from the source, infinity where unreachable. kQuery: a negative weight. (boost)
Result<std::vector<double>> distances_from(const Projection&, std::uint32_t source, const Cancelled& = {});
// By weight when the projection has weights, else by hops. Of equals the one with the smallest ids.
Result<std::optional<FoundPath>> shortest_path(const Projection&, std::uint32_t source, std::uint32_t target,
                                               const Cancelled& = {});
// The k shortest paths without a vertex twice, ascending by cost (Yen).
Result<std::vector<FoundPath>> k_shortest_paths(const Projection&, std::uint32_t source, std::uint32_t target,
                                                std::uint32_t k, const Cancelled& = {});

// --- components: a number for each vertex, dense from 0 in the order of the smallest vertex
struct Components {
    std::vector<std::uint32_t> of;
    std::uint32_t count = 0;
};
Result<Components> connected_components(const Projection&, const Cancelled& = {});  // directions ignored
Result<Components> strong_components(const Projection&, const Cancelled& = {});     // (boost)

// --- centrality, by vertex
struct PageRankOptions {
    double damping = 0.85;
    std::uint32_t max_iterations = 20;
    double tolerance = 1e-7;  // of the sum of changes
    std::vector<std::uint32_t> sources = {};  // personalised: jumps go there
};
Result<std::vector<double>> pagerank(const Projection&, const PageRankOptions& = {}, const Cancelled& = {});
struct BetweennessOptions {
    std::uint32_t samples = 0;  // sources looked from; 0: all (exact)
    std::uint64_t seed = 1;
    bool normalized = false;
};
Result<std::vector<double>> betweenness(const Projection&, const BetweennessOptions& = {}, const Cancelled& = {});
// Wasserman and Faust's form, right for several components; harmonic on request.
Result<std::vector<double>> closeness(const Projection&, bool harmonic = false, const Cancelled& = {});
std::vector<double> degrees(const Projection&);  // sums of weights when weighted

// --- structure; directions and parallel relationships are ignored
struct Triangles {
    std::uint64_t total = 0;
    std::vector<std::uint64_t> of;        // by vertex
    std::vector<double> clustering;       // local coefficient by vertex
    double average_clustering = 0;        // over all vertices
    double transitivity = 0;              // 3 triangles / connected triples
};
Result<Triangles> triangles(const Projection&, const Cancelled& = {});
Result<std::vector<std::uint32_t>> core_numbers(const Projection&, const Cancelled& = {});

// --- communities; dense numbers in the order of the smallest vertex
struct Communities {
    std::vector<std::uint32_t> of;
    std::uint32_t count = 0;
    double modularity = 0;
};
struct LouvainOptions {
    double resolution = 1.0;
    std::uint32_t max_levels = 10, max_passes = 20;
    double min_gain = 1e-7;
};
Result<Communities> louvain(const Projection&, const LouvainOptions& = {}, const Cancelled& = {});
Result<Communities> label_propagation(const Projection&, std::uint32_t max_iterations = 20, const Cancelled& = {});
double modularity(const Projection&, std::span<const std::uint32_t> community, double resolution = 1.0);

// --- similarity of neighbourhoods (Jaccard), for pairs with a common neighbour
struct SimilarPair {
    std::uint32_t a = 0, b = 0;
    double similarity = 0;
};
struct SimilarityOptions {
    std::uint32_t top_k = 10;  // per vertex
    double min_similarity = 1e-9;
    std::uint32_t max_degree = 10'000;  // common neighbours of higher in-degree are not looked through
};
// For each a its best partners, descending; ties by b ascending.
Result<std::vector<SimilarPair>> node_similarity(const Projection&, const SimilarityOptions& = {},
                                                 const Cancelled& = {});

}  // namespace maek::graph
