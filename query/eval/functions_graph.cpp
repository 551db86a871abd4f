#include <array>

#include "query/eval/failures.h"
#include "query/eval/function_tables.h"
#include "query/eval/operators.h"

namespace maek::query {

namespace {

using Arguments = std::span<const Value>;

graph::RelRecord record(const EvalContext& context, RelId id) {
    if (context.deleted != nullptr && context.deleted->is_deleted(id)) return context.deleted->deleted_record(id);
    return context.graph->rel(id);
}

Value id(EvalContext&, Arguments a) {
    return Value::integer(a[0].is(kNode) ? a[0].as_node().value : a[0].as_relationship().value);
}

// "n12" and "r7": nodes and relationships never share one.
Value element_id(EvalContext&, Arguments a) {
    return Value::string(a[0].is(kNode) ? "n" + std::to_string(a[0].as_node().value)
                                        : "r" + std::to_string(a[0].as_relationship().value));
}

Value labels(EvalContext& context, Arguments a) {
    require_alive(context, a[0].as_node());
    std::vector<Value> names;
    for (const LabelId label : context.graph->labels_of(a[0].as_node())) {
        names.push_back(Value::string(context.graph->labels().name(label)));
    }
    return Value::list(std::move(names));
}

Value type(EvalContext& context, Arguments a) {
    return Value::string(context.graph->types().name(record(context, a[0].as_relationship()).type));
}

Value start_node(EvalContext& context, Arguments a) {
    return Value::node(record(context, a[0].as_relationship()).source);
}
Value end_node(EvalContext& context, Arguments a) {
    return Value::node(record(context, a[0].as_relationship()).target);
}

Value keys(EvalContext& context, Arguments a) {
    std::vector<Value> names;
    const auto add = [&](const std::vector<std::pair<KeyId, Value>>& entries) {
        for (const auto& [key, value] : entries) names.push_back(Value::string(context.graph->keys().name(key)));
    };
    if (a[0].is(kMap)) {
        for (const auto& [key, value] : a[0].as_map()) names.push_back(Value::string(key));
    } else if (a[0].is(kNode)) {
        require_alive(context, a[0].as_node());
        add(context.graph->node_properties(a[0].as_node()));
    } else {
        require_alive(context, a[0].as_relationship());
        add(context.graph->rel_properties(a[0].as_relationship()));
    }
    return Value::list(std::move(names));
}

Value all_properties(EvalContext& context, Arguments a) { return properties(context, a[0]); }

Value nodes(EvalContext&, Arguments a) {
    std::vector<Value> out;
    for (const NodeId node : a[0].as_path().nodes) out.push_back(Value::node(node));
    return Value::list(std::move(out));
}

Value relationships(EvalContext&, Arguments a) {
    std::vector<Value> out;
    for (const RelId rel : a[0].as_path().relationships) out.push_back(Value::relationship(rel));
    return Value::list(std::move(out));
}

Value length(EvalContext&, Arguments a) {
    return Value::integer(static_cast<std::int64_t>(a[0].as_path().relationships.size()));
}

Value degree(EvalContext& context, Arguments a) {
    require_alive(context, a[0].as_node());
    std::string_view direction = a.size() > 1 ? a[1].as_string() : "both";
    const NodeId node = a[0].as_node();
    std::uint64_t count = 0;
    if (direction != "in" && direction != "out" && direction != "both") {
        fail_value("degree() expects the direction 'in', 'out' or 'both', got '" + std::string(direction) + "'");
    }
    if (direction != "in") count += context.graph->degree(node, graph::Direction::kOut);
    if (direction != "out") count += context.graph->degree(node, graph::Direction::kIn);
    return Value::integer(static_cast<std::int64_t>(count));
}

constexpr std::array kFunctions = {
    FunctionEntry("id", "id(entity :: NODE | RELATIONSHIP) :: INTEGER", "The number of a node or relationship.",
                  {kEntityKinds}, kInteger, id),
    FunctionEntry("elementId", "elementId(entity :: NODE | RELATIONSHIP) :: STRING",
                  "The identifier of a node or relationship, unique in the store.", {kEntityKinds}, kString, element_id),
    FunctionEntry("element_id", "element_id(entity :: NODE | RELATIONSHIP) :: STRING",
                  "The identifier of a node or relationship, unique in the store.", {kEntityKinds}, kString, element_id),
    FunctionEntry("labels", "labels(node :: NODE) :: LIST<STRING>", "The labels of a node.", {kNode}, kList, labels).reads_graph(),
    FunctionEntry("type", "type(relationship :: RELATIONSHIP) :: STRING", "The type of a relationship.",
                  {kRelationship}, kString, type).reads_graph(),
    FunctionEntry("startNode", "startNode(relationship :: RELATIONSHIP) :: NODE", "Where a relationship leaves.",
                  {kRelationship}, kNode, start_node).reads_graph(),
    FunctionEntry("endNode", "endNode(relationship :: RELATIONSHIP) :: NODE", "Where a relationship arrives.",
                  {kRelationship}, kNode, end_node).reads_graph(),
    FunctionEntry("keys", "keys(value :: NODE | RELATIONSHIP | MAP) :: LIST<STRING>", "The names of the properties or entries.",
                  {{kNode, kRelationship, kMap}}, kList, keys).reads_graph(),
    FunctionEntry("properties", "properties(value :: NODE | RELATIONSHIP | MAP) :: MAP", "All properties as a map.",
                  {{kNode, kRelationship, kMap}}, kMap, all_properties).reads_graph(),
    FunctionEntry("nodes", "nodes(path :: PATH) :: LIST<NODE>", "The nodes of a path, in travelling order.", {kPath}, kList, nodes),
    FunctionEntry("relationships", "relationships(path :: PATH) :: LIST<RELATIONSHIP>",
                  "The relationships of a path, in travelling order.", {kPath}, kList, relationships),
    FunctionEntry("edges", "edges(path :: PATH) :: LIST<RELATIONSHIP>",
                  "The relationships of a path, in travelling order.", {kPath}, kList, relationships),
    FunctionEntry("length", "length(path :: PATH) :: INTEGER", "The number of relationships of a path.", {kPath}, kInteger, length),
    FunctionEntry("path_length", "path_length(path :: PATH) :: INTEGER", "The number of relationships of a path.",
                  {kPath}, kInteger, length),
    FunctionEntry("degree", "degree(node :: NODE, direction? :: STRING) :: INTEGER",
                  "The number of relationships at a node: 'in', 'out' or 'both'.", {kNode, kString}, kInteger, degree, 1).reads_graph(),
};

}  // namespace

std::span<const FunctionEntry> graph_functions() { return kFunctions; }

}  // namespace maek::query
