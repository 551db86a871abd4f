// Room: query, inner. Guesses of how many rows a step gives, from the counts of labels and types and
// from small samples of degrees. Tests: tests/query/exec/plan_test.cpp.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "query/bind/bound.h"

namespace maek::query {

class Statistics {
public:
    explicit Statistics(const graph::Graph* graph) : graph_(graph) {}

    double nodes() const;
    // Nodes that carry all the labels.
    double nodes(const std::vector<std::string>& labels) const;
    double relationships(const std::vector<std::string>& types) const;
    // Relationships of the types at a node with the labels, mean.
    double degree(const std::vector<std::string>& labels, const std::vector<std::string>& types,
                  RelDirection direction);
    // The share of the labelled nodes that have one given value of a property.
    double equal_share(const std::vector<std::string>& labels, const std::string& key);
    // The same of the relationships of the types.
    double rel_equal_share(const std::vector<std::string>& types, const std::string& key);

private:
    template <class Visit>  // visit(node) for a few nodes with the first label, or of all
    void each_sample(const std::vector<std::string>& labels, Visit visit) const;
    template <class Visit>  // visit(relationship) for a few of the types, or of all
    void each_rel_sample(const std::vector<std::string>& types, Visit visit) const;
    double sample(const std::vector<std::string>& labels, const std::vector<std::string>& types,
                  graph::Direction direction) const;
    const graph::Graph* graph_;
    std::map<std::string, double> known_;
};

}  // namespace maek::query
