#include "tests/reference/small_graph.h"

namespace maek::reference {
namespace {

Value to_value(const Scalar& scalar) {
    switch (scalar.kind) {
        case Scalar::Kind::kNull: return Value::null();
        case Scalar::Kind::kInteger: return Value::integer(scalar.integer);
        case Scalar::Kind::kBoolean: return Value::boolean(scalar.integer != 0);
        case Scalar::Kind::kString: return Value::string(scalar.text);
    }
    return Value::null();
}

Scalar integer(std::int64_t v) { return {Scalar::Kind::kInteger, v, ""}; }

std::string properties_text(const std::map<std::string, Scalar>& properties) {
    std::string out = " {";
    for (const auto& [key, value] : properties) {
        if (out.size() > 2) out += ", ";
        out += key + ": " +
               (value.kind == Scalar::Kind::kString ? "'" + value.text + "'" : std::to_string(value.integer));
    }
    return out + "}";
}

}  // namespace

SmallGraph random_graph(Random& random) {
    SmallGraph graph;
    const std::size_t nodes = 2 + pick(random, 6);
    for (std::size_t n = 0; n < nodes; ++n) {
        SmallNode node;
        for (const char* label : {"A", "B", "C"}) {
            if (chance(random, 45)) node.labels.insert(label);
        }
        node.properties["k"] = integer(static_cast<std::int64_t>(n));
        if (chance(random, 75)) node.properties["x"] = integer(static_cast<std::int64_t>(pick(random, 4)));
        if (chance(random, 50)) {
            node.properties["s"] = {Scalar::Kind::kString, 0, std::string(1, static_cast<char>('a' + pick(random, 3)))};
        }
        graph.nodes.push_back(std::move(node));
    }
    const std::size_t edges = pick(random, 10);
    for (std::size_t e = 0; e < edges; ++e) {
        SmallEdge edge{pick(random, nodes), pick(random, nodes), chance(random, 60) ? "R" : "S", {}};
        edge.properties["k"] = integer(static_cast<std::int64_t>(e));
        if (chance(random, 75)) edge.properties["x"] = integer(static_cast<std::int64_t>(pick(random, 4)));
        graph.edges.push_back(std::move(edge));
    }
    return graph;
}

void store(const SmallGraph& small, graph::Transaction& transaction) {
    std::vector<NodeId> ids;
    for (const SmallNode& node : small.nodes) {
        std::vector<LabelId> labels;
        for (const std::string& label : node.labels) labels.push_back(transaction.label(label));
        ids.push_back(transaction.create_node(labels));
        for (const auto& [key, value] : node.properties) {
            transaction.set_property(ids.back(), transaction.key(key), to_value(value));
        }
    }
    for (const SmallEdge& edge : small.edges) {
        const RelId id =
            transaction.create_relationship(ids[edge.source], ids[edge.target], transaction.type(edge.type));
        for (const auto& [key, value] : edge.properties) {
            transaction.set_property(id, transaction.key(key), to_value(value));
        }
    }
}

std::string to_text(const SmallGraph& small) {
    std::string out = "CREATE ";
    for (std::size_t n = 0; n < small.nodes.size(); ++n) {
        out += (n == 0 ? "(n" : ", (n") + std::to_string(n);
        for (const std::string& label : small.nodes[n].labels) out += ":" + label;
        out += properties_text(small.nodes[n].properties) + ")";
    }
    for (const SmallEdge& edge : small.edges) {
        out += ", (n" + std::to_string(edge.source) + ")-[:" + edge.type + properties_text(edge.properties) +
               "]->(n" + std::to_string(edge.target) + ")";
    }
    return out;
}

}  // namespace maek::reference
