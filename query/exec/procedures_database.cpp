// db.* and dbms.*: what is in the graph, in the columns that tools of the field expect.
#include <map>
#include <set>

#include "query/exec/procedure_registry.h"

namespace maek::query {

namespace {

using Rows = std::vector<std::vector<Value>>;
using Arguments = std::span<const Value>;

Value text(std::string_view s) { return Value::string(s); }
Value texts(const std::set<std::string>& names) {
    std::vector<Value> items;
    for (const std::string& name : names) items.push_back(text(name));
    return Value::list(std::move(items));
}

std::set<std::string> used_labels(const graph::Graph& graph) {
    std::set<std::string> names;
    for (std::uint32_t i = 0; i < graph.labels().size(); ++i) {
        if (graph.label_count(LabelId{i}) > 0) names.emplace(graph.labels().name(LabelId{i}));
    }
    return names;
}

std::set<std::string> used_types(const graph::Graph& graph) {
    std::set<std::string> names;
    for (std::uint32_t i = 0; i < graph.types().size(); ++i) {
        if (graph.type_count(TypeId{i}) > 0) names.emplace(graph.types().name(TypeId{i}));
    }
    return names;
}

void labels(ExecContext& context, Arguments, Rows& rows) {
    for (const std::string& name : used_labels(context.graph())) rows.push_back({text(name)});
}

void relationship_types(ExecContext& context, Arguments, Rows& rows) {
    for (const std::string& name : used_types(context.graph())) rows.push_back({text(name)});
}

void property_keys(ExecContext& context, Arguments, Rows& rows) {
    std::set<std::string> names;
    const graph::Graph& graph = context.graph();
    for (std::uint32_t i = 0; i < graph.keys().size(); ++i) names.emplace(graph.keys().name(KeyId{i}));
    for (const std::string& name : names) rows.push_back({text(name)});
}

// What one property of one kind of entity holds.
struct PropertyUse {
    std::set<std::string> kinds;
    std::uint64_t count = 0;
};
struct EntityUse {
    std::set<std::string> labels;
    std::uint64_t count = 0;
    std::map<std::string, PropertyUse> properties;
};
using Uses = std::map<std::string, EntityUse>;

void add_use(EntityUse& use, const std::vector<std::pair<KeyId, Value>>& properties, const graph::Graph& graph) {
    ++use.count;
    for (const auto& [key, value] : properties) {
        PropertyUse& property = use.properties[std::string(graph.keys().name(key))];
        property.kinds.emplace(kind_name(value.kind()));
        ++property.count;
    }
}

void report(const Uses& uses, bool with_labels, Rows& rows) {
    for (const auto& [name, use] : uses) {
        const auto row = [&rows, with_labels, &shown = name, &labels = use.labels](Value key, Value kinds, bool mandatory) {
            std::vector<Value> cells{text(shown)};
            if (with_labels) cells.push_back(texts(labels));
            cells.push_back(std::move(key));
            cells.push_back(std::move(kinds));
            cells.push_back(Value::boolean(mandatory));
            rows.push_back(std::move(cells));
        };
        if (use.properties.empty()) row(Value(), Value(), false);
        for (const auto& [key, property] : use.properties) {
            row(text(key), texts(property.kinds), property.count == use.count);
        }
    }
}

void node_type_properties(ExecContext& context, Arguments, Rows& rows) {
    const graph::Graph& graph = context.graph();
    Uses uses;
    for (std::uint32_t n = 0; n < graph.node_slots(); ++n) {
        context.guard.check();
        const NodeId id{n};
        if (!graph.has_node(id)) continue;
        std::set<std::string> names;
        for (const LabelId label : graph.labels_of(id)) names.emplace(graph.labels().name(label));
        std::string type;
        for (const std::string& name : names) type += ":`" + name + "`";
        EntityUse& use = uses[type];
        use.labels = std::move(names);
        add_use(use, graph.node_properties(id), graph);
    }
    report(uses, true, rows);
}

void rel_type_properties(ExecContext& context, Arguments, Rows& rows) {
    const graph::Graph& graph = context.graph();
    Uses uses;
    for (std::uint32_t r = 0; r < graph.rel_slots(); ++r) {
        context.guard.check();
        const RelId id{r};
        if (!graph.has_rel(id)) continue;
        add_use(uses[":`" + std::string(graph.types().name(graph.rel(id).type)) + "`"], graph.rel_properties(id), graph);
    }
    report(uses, false, rows);
}

// Which labels are joined by which types, and how often.
void visualization(ExecContext& context, Arguments, Rows& rows) {
    const graph::Graph& graph = context.graph();
    std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> joins;
    for (std::uint32_t r = 0; r < graph.rel_slots(); ++r) {
        context.guard.check();
        const RelId id{r};
        if (!graph.has_rel(id)) continue;
        const graph::RelRecord record = graph.rel(id);
        for (const LabelId from : graph.labels_of(record.source)) {
            for (const LabelId to : graph.labels_of(record.target)) {
                ++joins[{std::string(graph.labels().name(from)), std::string(graph.types().name(record.type)),
                         std::string(graph.labels().name(to))}];
            }
        }
    }
    std::vector<Value> nodes, relationships;
    for (const std::string& name : used_labels(graph)) {
        const auto count = static_cast<std::int64_t>(graph.label_count(*graph.labels().find(name)));
        nodes.push_back(Value::map({{"name", text(name)}, {"count", Value::integer(count)}}));
    }
    for (const auto& [join, count] : joins) {
        const auto& [from, type, to] = join;
        relationships.push_back(Value::map(
            {{"from", text(from)}, {"type", text(type)}, {"to", text(to)}, {"count", Value::integer(count)}}));
    }
    rows.push_back({Value::list(std::move(nodes)), Value::list(std::move(relationships))});
}

void components(ExecContext&, Arguments, Rows& rows) {
    rows.push_back({text("maek"), Value::list({text("0.1.0")}), text("community")});
}

// An index is filled in the statement that makes it: there is nothing to wait for.
void await_indexes(ExecContext&, Arguments, Rows&) {}

void database_info(ExecContext&, Arguments, Rows& rows) { rows.push_back({text("maek"), text("maek")}); }

void ping(ExecContext&, Arguments, Rows& rows) { rows.push_back({Value::boolean(true)}); }

void add(ProcedureRegistry& registry, const char* name, const char* description,
         std::vector<ProcedureField> outputs, ProcedureFunction function) {
    ProcedureInfo info;
    info.name = name;
    info.description = description;
    info.outputs = std::move(outputs);
    info.body = make_body(function);
    registry.add(std::move(info));
}

}  // namespace

void add_database_procedures(ProcedureRegistry& registry) {
    add(registry, "db.labels", "Every label that a node has.", {{"label", "STRING"}}, labels);
    add(registry, "db.relationshipTypes", "Every type that a relationship has.",
        {{"relationshipType", "STRING"}}, relationship_types);
    add(registry, "db.propertyKeys", "Every property name in use.", {{"propertyKey", "STRING"}}, property_keys);
    add(registry, "db.schema.nodeTypeProperties", "The properties of each combination of labels.",
        {{"nodeType", "STRING"}, {"nodeLabels", "LIST<STRING>"}, {"propertyName", "STRING?"},
         {"propertyTypes", "LIST<STRING>?"}, {"mandatory", "BOOLEAN"}},
        node_type_properties);
    add(registry, "db.schema.relTypeProperties", "The properties of each relationship type.",
        {{"relType", "STRING"}, {"propertyName", "STRING?"}, {"propertyTypes", "LIST<STRING>?"},
         {"mandatory", "BOOLEAN"}},
        rel_type_properties);
    add(registry, "db.schema.visualization", "Which labels are joined by which types, with counts.",
        {{"nodes", "LIST<MAP>"}, {"relationships", "LIST<MAP>"}}, visualization);
    add(registry, "dbms.components", "The product and its version.",
        {{"name", "STRING"}, {"versions", "LIST<STRING>"}, {"edition", "STRING"}}, components);
    add(registry, "db.info", "The name of the database: maek has one a store.", {{"id", "STRING"}, {"name", "STRING"}}, database_info);
    ProcedureInfo await;
    await.name = "db.awaitIndexes";
    await.description = "Returns at once: an index is ready when it is made.";
    await.inputs = {{"timeOutSeconds", "INTEGER?"}};
    await.body = make_body(await_indexes);
    registry.add(std::move(await));
    add(registry, "db.ping", "Answers true.", {{"success", "BOOLEAN"}}, ping);
}

}  // namespace maek::query
