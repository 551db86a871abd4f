// algo.*: the graph room's algorithms on a projected subgraph.
//   CALL algo.pagerank({nodes: 'Company', relationships: ['PARTNERS_WITH'], orientation: 'undirected'})
//   YIELD node, score
// nodes: a label, labels, or a list of nodes; relationships: a type, types, or a list of
// relationships; orientation: natural, reverse or undirected; weight: a property of relationships.
#include <algorithm>
#include <exception>

#include "graph/algorithms.h"
#include "query/eval/failures.h"
#include "query/exec/procedure_registry.h"
#include "query/parse/query_error.h"

namespace maek::query {

namespace {

using graph::Orientation;
using graph::Projection;
using Rows = std::vector<std::vector<Value>>;
using Arguments = std::span<const Value>;

// The options of a call: every key must be known, every value of the right kind.
class Config {
public:
    Config(const Value& map, std::string_view procedure) : procedure_(procedure) {
        if (map.is_null()) return;
        if (!map.is(ValueKind::kMap)) fail_kind("the options of " + procedure_, "a map", map);
        map_ = map;
    }

    const Value* find(std::string_view key) {
        known_.push_back(key);
        return map_.is_null() ? nullptr : map_.find(key);
    }
    double number(std::string_view key, double otherwise) {
        const Value* value = find(key);
        if (value == nullptr || value->is_null()) return otherwise;
        if (!value->is_number()) fail_kind(quoted(key), "a number", *value);
        return value->as_number();
    }
    std::uint32_t count(std::string_view key, std::uint32_t otherwise) {
        const Value* value = find(key);
        if (value == nullptr || value->is_null()) return otherwise;
        if (!value->is(ValueKind::kInteger) || value->as_integer() < 0 || value->as_integer() > 1'000'000'000) {
            fail_kind(quoted(key), "an integer from 0 to 1,000,000,000", *value);
        }
        return static_cast<std::uint32_t>(value->as_integer());
    }
    bool flag(std::string_view key) {
        const Value* value = find(key);
        if (value == nullptr || value->is_null()) return false;
        if (!value->is(ValueKind::kBoolean)) fail_kind(quoted(key), "a boolean", *value);
        return value->as_boolean();
    }
    // Call after everything was asked for.
    void require_known() const {
        if (map_.is_null()) return;
        for (const auto& [key, value] : map_.as_map()) {
            if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
            std::string expected;
            for (const std::string_view known : known_) expected.append(expected.empty() ? "" : ", ").append(known);
            fail_value("unknown option '" + key + "' of " + procedure_ + "; expected one of " + expected);
        }
    }

private:
    std::string quoted(std::string_view key) const { return "'" + std::string(key) + "' of " + procedure_; }

    std::string procedure_;
    Value map_;
    std::vector<std::string_view> known_;
};

// Asks the statement's guard; what the guard throws is kept until the algorithm has ended.
class Interrupt {
public:
    explicit Interrupt(ExecContext& context) : context_(context) {}
    graph::Cancelled callback() {
        return [this] {
            try {
                context_.guard.check();
                return false;
            } catch (...) {
                thrown_ = std::current_exception();
                return true;
            }
        };
    }
    template <class T>
    T take(Result<T> result) {
        if (thrown_) std::rethrow_exception(thrown_);
        if (!result) throw QueryError(std::move(result).error());
        return std::move(result).value();
    }

private:
    ExecContext& context_;
    std::exception_ptr thrown_;
};

template <class IdType>
void add_name(const graph::NameTable<IdType>& table, const Value& name, std::vector<IdType>& ids) {
    // A name the graph does not know stands for nothing: an id nothing has.
    ids.push_back(table.find(name.as_string()).value_or(IdType{IdType::kNone - 1}));
}

void read_nodes(const Value& value, const graph::Graph& graph, graph::ProjectionOptions& options) {
    const Value list = value.is(ValueKind::kList) ? value : Value::list({value});
    for (const Value& item : list.as_list()) {
        if (item.is(ValueKind::kString)) {
            add_name(graph.labels(), item, options.labels);
        } else if (item.is(ValueKind::kNode)) {
            if (!options.nodes) options.nodes.emplace();
            options.nodes->push_back(item.as_node());
        } else {
            fail_kind("'nodes'", "labels or nodes", item);
        }
    }
}

void read_relationships(const Value& value, const graph::Graph& graph, graph::ProjectionOptions& options) {
    const Value list = value.is(ValueKind::kList) ? value : Value::list({value});
    for (const Value& item : list.as_list()) {
        if (item.is(ValueKind::kString)) {
            add_name(graph.types(), item, options.types);
        } else if (item.is(ValueKind::kRelationship)) {
            if (!options.relationships) options.relationships.emplace();
            options.relationships->push_back(item.as_relationship());
        } else {
            fail_kind("'relationships'", "types or relationships", item);
        }
    }
}

Orientation read_orientation(const Value& value) {
    if (value.is(ValueKind::kString)) {
        const std::string_view name = value.as_string();
        if (name == "natural") return Orientation::kNatural;
        if (name == "reverse") return Orientation::kReverse;
        if (name == "undirected") return Orientation::kUndirected;
    }
    fail_kind("'orientation'", "'natural', 'reverse' or 'undirected'", value);
}

// A property's name, or the weights of the given relationships in their order: any expression, so.
void read_weight(const Value& value, const graph::Graph& graph, graph::ProjectionOptions& options) {
    if (value.is(ValueKind::kString)) {
        options.weight = graph.keys().find(value.as_string());
        return;
    }
    if (!value.is(ValueKind::kList)) fail_kind("'weight'", "the name of a property, or a list of numbers in step with 'relationships'", value);
    const std::size_t wanted = options.relationships ? options.relationships->size() : 0;
    if (value.as_list().size() != wanted) {
        fail_value("'weight' has " + std::to_string(value.as_list().size()) + " numbers for " + std::to_string(wanted) + " relationships; expected one each");
    }
    for (const Value& item : value.as_list()) {
        if (!item.is_number()) fail_kind("'weight'", "numbers", item);
        options.weights.push_back(item.as_number());
    }
}

Projection project(ExecContext& context, Config& config, Orientation usual, Interrupt& interrupt) {
    graph::ProjectionOptions options;
    options.orientation = usual;
    const graph::Graph& graph = context.graph();
    const auto given = [&](std::string_view key) -> const Value* {
        const Value* value = config.find(key);
        return value == nullptr || value->is_null() ? nullptr : value;
    };
    if (const Value* nodes = given("nodes")) read_nodes(*nodes, graph, options);
    if (const Value* relationships = given("relationships")) read_relationships(*relationships, graph, options);
    if (const Value* orientation = given("orientation")) options.orientation = read_orientation(*orientation);
    if (const Value* weight = given("weight")) {
        read_weight(*weight, graph, options);
    }
    options.default_weight = config.number("defaultWeight", 1.0);
    config.require_known();
    Projection projection = interrupt.take(Projection::make(graph, options, interrupt.callback()));
    context.guard.require(projection.entries() * 16 + std::size_t{projection.size()} * 32);
    return projection;
}

Value number(double v) { return Value::floating(v); }
Value whole(std::uint64_t v) { return Value::integer(static_cast<std::int64_t>(v)); }

template <class List, class Make>
void rows_by_vertex(const Projection& projection, const List& values, Make make, Rows& rows) {
    rows.reserve(rows.size() + projection.size());
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        rows.push_back({Value::node(projection.node(v)), make(values[v])});
    }
}

void pagerank(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[0], "algo.pagerank");
    Interrupt interrupt(context);
    graph::PageRankOptions options;
    options.damping = config.number("damping", options.damping);
    options.max_iterations = config.count("iterations", options.max_iterations);
    options.tolerance = config.number("tolerance", options.tolerance);
    const Projection projection = project(context, config, Orientation::kNatural, interrupt);
    rows_by_vertex(projection, interrupt.take(graph::pagerank(projection, options, interrupt.callback())), number, rows);
}

void betweenness(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[0], "algo.betweenness");
    Interrupt interrupt(context);
    graph::BetweennessOptions options;
    options.samples = config.count("samples", 0);
    options.seed = config.count("seed", 1);
    options.normalized = config.flag("normalized");
    const Projection projection = project(context, config, Orientation::kUndirected, interrupt);
    rows_by_vertex(projection, interrupt.take(graph::betweenness(projection, options, interrupt.callback())), number, rows);
}

void closeness(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[0], "algo.closeness");
    Interrupt interrupt(context);
    const bool harmonic = config.flag("harmonic");
    const Projection projection = project(context, config, Orientation::kUndirected, interrupt);
    rows_by_vertex(projection, interrupt.take(graph::closeness(projection, harmonic, interrupt.callback())), number, rows);
}

void degree(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[0], "algo.degree");
    Interrupt interrupt(context);
    const Projection projection = project(context, config, Orientation::kUndirected, interrupt);
    rows_by_vertex(projection, graph::degrees(projection), number, rows);
}

void components(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[0], "algo.components");
    Interrupt interrupt(context);
    const Projection projection = project(context, config, Orientation::kUndirected, interrupt);
    rows_by_vertex(projection, interrupt.take(graph::connected_components(projection, interrupt.callback())).of, whole, rows);
}

void strong_components(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[0], "algo.strongComponents");
    Interrupt interrupt(context);
    const Projection projection = project(context, config, Orientation::kNatural, interrupt);
    rows_by_vertex(projection, interrupt.take(graph::strong_components(projection, interrupt.callback())).of, whole, rows);
}

void communities(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[0], "algo.communities");
    Interrupt interrupt(context);
    graph::LouvainOptions options;
    options.resolution = config.number("resolution", options.resolution);
    const Projection projection = project(context, config, Orientation::kUndirected, interrupt);
    rows_by_vertex(projection, interrupt.take(graph::louvain(projection, options, interrupt.callback())).of, whole, rows);
}

void label_propagation(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[0], "algo.labelPropagation");
    Interrupt interrupt(context);
    const std::uint32_t iterations = config.count("iterations", 20);
    const Projection projection = project(context, config, Orientation::kUndirected, interrupt);
    rows_by_vertex(projection, interrupt.take(graph::label_propagation(projection, iterations, interrupt.callback())).of,
                   whole, rows);
}

void k_core(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[0], "algo.kcore");
    Interrupt interrupt(context);
    const Projection projection = project(context, config, Orientation::kUndirected, interrupt);
    rows_by_vertex(projection, interrupt.take(graph::core_numbers(projection, interrupt.callback())), whole, rows);
}

void triangles(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[0], "algo.triangles");
    Interrupt interrupt(context);
    const Projection projection = project(context, config, Orientation::kUndirected, interrupt);
    const graph::Triangles found = interrupt.take(graph::triangles(projection, interrupt.callback()));
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        rows.push_back({Value::node(projection.node(v)), whole(found.of[v]), number(found.clustering[v])});
    }
}

void similarity(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[0], "algo.similarity");
    Interrupt interrupt(context);
    graph::SimilarityOptions options;
    options.top_k = config.count("topK", options.top_k);
    options.min_similarity = config.number("minimum", options.min_similarity);
    const Projection projection = project(context, config, Orientation::kUndirected, interrupt);
    for (const graph::SimilarPair& pair :
         interrupt.take(graph::node_similarity(projection, options, interrupt.callback()))) {
        rows.push_back({Value::node(projection.node(pair.a)), Value::node(projection.node(pair.b)), number(pair.similarity)});
    }
}

Value path_value(const Projection& projection, const graph::FoundPath& found) {
    Path path;
    for (const std::uint32_t vertex : found.vertices) path.nodes.push_back(projection.node(vertex));
    path.relationships = found.rels;
    return Value::path(std::move(path));
}

// The ends of a path search; false when one lies outside the projection.
bool read_ends(const Projection& projection, Arguments arguments, std::uint32_t& source, std::uint32_t& target) {
    if (arguments[0].is_null() || arguments[1].is_null()) return false;
    source = projection.vertex(arguments[0].as_node());
    target = projection.vertex(arguments[1].as_node());
    return source != Projection::kNone && target != Projection::kNone;
}

void shortest_path(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[2], "algo.shortestPath");
    Interrupt interrupt(context);
    const Projection projection = project(context, config, Orientation::kUndirected, interrupt);
    std::uint32_t source = 0, target = 0;
    if (!read_ends(projection, arguments, source, target)) return;
    const auto found = interrupt.take(graph::shortest_path(projection, source, target, interrupt.callback()));
    if (found) rows.push_back({path_value(projection, *found), number(found->cost)});
}

void k_shortest_paths(ExecContext& context, Arguments arguments, Rows& rows) {
    Config config(arguments[3], "algo.kShortestPaths");
    Interrupt interrupt(context);
    if (!arguments[2].is(ValueKind::kInteger) || arguments[2].as_integer() < 1 || arguments[2].as_integer() > 100'000) {
        fail_kind("k of algo.kShortestPaths", "an integer from 1 to 100,000", arguments[2]);
    }
    const auto k = static_cast<std::uint32_t>(arguments[2].as_integer());
    const Projection projection = project(context, config, Orientation::kUndirected, interrupt);
    std::uint32_t source = 0, target = 0;
    if (!read_ends(projection, arguments, source, target)) return;
    std::uint64_t index = 0;
    for (const graph::FoundPath& found :
         interrupt.take(graph::k_shortest_paths(projection, source, target, k, interrupt.callback()))) {
        rows.push_back({whole(++index), path_value(projection, found), number(found.cost)});
    }
}

void add(ProcedureRegistry& registry, const char* name, const char* description, std::vector<ProcedureField> inputs,
         std::vector<ProcedureField> outputs, ProcedureFunction function) {
    ProcedureInfo info;
    info.name = name;
    info.description = description;
    info.inputs = std::move(inputs);
    info.inputs.push_back({"configuration", "MAP?"});
    info.required_inputs = info.inputs.size() - 1;
    info.outputs = std::move(outputs);
    info.body = make_body(function);
    registry.add(std::move(info));
}

}  // namespace

void add_algorithm_procedures(ProcedureRegistry& registry) {
    const ProcedureField node{"node", "NODE"}, score{"score", "FLOAT"};
    const ProcedureField component{"component", "INTEGER"}, community{"community", "INTEGER"};
    const ProcedureField path{"path", "PATH"}, cost{"cost", "FLOAT"};
    const std::vector<ProcedureField> ends{{"source", "NODE?"}, {"target", "NODE?"}};
    add(registry, "algo.pagerank", "Importance by links from important nodes.", {}, {node, score}, pagerank);
    add(registry, "algo.betweenness", "How many shortest paths lead through a node.", {}, {node, score}, betweenness);
    add(registry, "algo.closeness", "How near a node is to all others.", {}, {node, score}, closeness);
    add(registry, "algo.degree", "Number (or weight) of relationships.", {}, {node, score}, degree);
    add(registry, "algo.components", "Which nodes hang together at all.", {}, {node, component}, components);
    add(registry, "algo.strongComponents", "Which nodes reach each other along directions.", {}, {node, component},
        strong_components);
    add(registry, "algo.communities", "Groups dense inside (Louvain).", {}, {node, community}, communities);
    add(registry, "algo.louvain", "Groups dense inside (Louvain).", {}, {node, community}, communities);
    add(registry, "algo.labelPropagation", "Groups by spreading labels.", {}, {node, community}, label_propagation);
    add(registry, "algo.kcore", "The deepest core a node belongs to.", {}, {node, {"core", "INTEGER"}}, k_core);
    add(registry, "algo.triangles", "Triangles through a node, and its clustering coefficient.", {},
        {node, {"triangles", "INTEGER"}, {"coefficient", "FLOAT"}}, triangles);
    add(registry, "algo.similarity", "Pairs of nodes with like neighbours (Jaccard).", {},
        {{"node1", "NODE"}, {"node2", "NODE"}, {"similarity", "FLOAT"}}, similarity);
    add(registry, "algo.shortestPath", "The cheapest path, by weight or hops.", ends, {path, cost}, shortest_path);
    auto counted = ends;
    counted.push_back({"k", "INTEGER"});
    add(registry, "algo.kShortestPaths", "The k cheapest paths without a node twice.", counted,
        {{"index", "INTEGER"}, path, cost}, k_shortest_paths);
}

}  // namespace maek::query
