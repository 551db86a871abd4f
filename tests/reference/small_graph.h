// A graph so small and plain that nobody can doubt it: what the reference evaluator works on.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "graph/transaction.h"

namespace maek::reference {

// An integer, a string, or null (absent from the map). `k` is unique over nodes, and over edges.
struct Scalar {
    enum class Kind { kNull, kInteger, kString, kBoolean } kind = Kind::kNull;
    std::int64_t integer = 0;  // also the boolean
    std::string text;
    bool operator==(const Scalar&) const = default;
};

struct SmallNode {
    std::set<std::string> labels;
    std::map<std::string, Scalar> properties;
};
struct SmallEdge {
    std::size_t source = 0, target = 0;
    std::string type;
    std::map<std::string, Scalar> properties;
};
struct SmallGraph {
    std::vector<SmallNode> nodes;
    std::vector<SmallEdge> edges;
};

using Random = std::mt19937_64;
inline std::size_t pick(Random& random, std::size_t below) { return random() % below; }
inline bool chance(Random& random, unsigned percent) { return random() % 100 < percent; }

// 2 to 7 nodes, up to 9 edges, loops and parallel edges among them.
SmallGraph random_graph(Random& random);

// Writes it into an empty transaction.
void store(const SmallGraph& small, graph::Transaction& transaction);

std::string to_text(const SmallGraph& small);  // CREATE statement, for failure reports

}  // namespace maek::reference
