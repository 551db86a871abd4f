// Room: storage, inner. Records to a graph: all of them (the image is missing or stale), or only
// those touched since an image. Ids keep their numbers; slots of deleted ones stay holes.
// Tests: tests/storage/store_test.cpp, recovery_test.cpp.
#pragma once

#include <vector>

#include "graph/graph.h"
#include "storage/codec/records.h"
#include "storage/disk/store_folder.h"
#include "storage/rocks/database.h"

namespace maek::storage {

// Reads every content record, proves their content sum, and builds the graph.
Result<graph::Graph> load_graph(const Database& database, const StoreFolder& folder,
                                const StateRecord& state);

// Brings a graph to the state by reading only the touched records.
struct Touched {
    std::vector<NodeId> nodes;  // ascending, unique
    std::vector<RelId> relationships;
    bool names = false, schema = false;
};
Result<graph::Graph> catch_up(graph::Graph graph, const Database& database, const StoreFolder& folder,
                              const StateRecord& state, const Touched& touched);

}  // namespace maek::storage
