// Room: graph, inner. The one way to the inside of a Graph for the writers of this room.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "graph/index/graph_data.h"

namespace maek::graph {

class GraphAccess {
public:
    static const GraphData& data(const Graph& graph) { return *graph.data_; }

    // The data for writing: copied first when any other Graph shares it.
    static GraphData& own(Graph& graph) {
        if (!held_alone(graph.data_)) graph.data_ = std::make_shared<GraphData>(*graph.data_);
        return const_cast<GraphData&>(*graph.data_);  // made non-const, and nobody else has it
    }

    static Graph make(std::shared_ptr<const GraphData> data) {
        Graph graph;
        graph.data_ = std::move(data);
        return graph;
    }

    // The name's id; added when new.
    template <class IdType>
    static IdType intern(NameTable<IdType>& table, std::string_view name);
    template <class IdType>
    static void assign_names(NameTable<IdType>& table, std::vector<std::string> names);
};

}  // namespace maek::graph
