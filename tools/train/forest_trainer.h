// Program: maek-train-relations. Learns boosted trees: logistic loss, second-order steps, numbers put
// into bins. The same rows give the same forest.
#pragma once

#include <span>
#include <vector>

#include "extract/relation/judge.h"
#include "extract/relation/trees.h"

namespace maek::train {

struct ForestOptions {
    int forests = 2;  // grown from other draws; their mean judges
    int trees = 120;  // of each
    int depth = 4;
    float rate = 0.08f;
    float lambda = 3.0f;
    float least_weight = 3.0f;  // of the second derivatives in a leaf
    float rows = 0.7f, columns = 0.5f;  // shares drawn for each tree
};

struct ForestRow {
    const extract::FactNumbers* numbers = nullptr;
    bool holds = false;
};

extract::Forest learn_forest(std::span<const ForestRow> rows, const ForestOptions& options);

}  // namespace maek::train
