#include "query/exec/schema_command.h"

#include <algorithm>

#include "query/parse/query_error.h"
#include "query/parse/suggest.h"

namespace maek::query {

namespace {

using Kind = SchemaCommand::Kind;

template <class Info>
bool named(const std::vector<Info>& present, const std::string& name) {
    return std::ranges::any_of(present, [&](const Info& info) { return info.name == name; });
}

// The name given, or a readable one that nothing has: "index_Company_name", "index_Company_name_2".
std::string name_for(const char* prefix, const SchemaCommand& command, const graph::Graph& graph) {
    if (!command.name.empty()) return command.name;
    std::string name = prefix;
    for (const std::string& label : command.labels) name += "_" + label;
    for (const std::string& property : command.properties) name += "_" + property;
    const auto indexes = graph.indexes();
    const auto constraints = graph.constraints();
    std::string free = name;
    for (int i = 2; named(indexes, free) || named(constraints, free); ++i) free = name + "_" + std::to_string(i);
    return free;
}

graph::IndexInfo index_info(const SchemaCommand& command, const graph::Graph& graph) {
    graph::IndexInfo info;
    info.name = name_for("index", command, graph);
    switch (command.index) {
        case SchemaCommand::Index::kRange: info.kind = graph::IndexKind::kRange; break;
        case SchemaCommand::Index::kText: info.kind = graph::IndexKind::kText; break;
        case SchemaCommand::Index::kFullText: info.kind = graph::IndexKind::kFullText; break;
    }
    info.on_relationships = command.on_relationships;
    info.labels = command.labels;
    info.properties = command.properties;
    return info;
}

graph::ConstraintInfo constraint_info(const SchemaCommand& command, const graph::Graph& graph) {
    graph::ConstraintInfo info;
    info.name = name_for("constraint", command, graph);
    switch (command.constraint) {
        case SchemaCommand::Constraint::kUnique: info.kind = graph::ConstraintKind::kUnique; break;
        case SchemaCommand::Constraint::kExists: info.kind = graph::ConstraintKind::kExists; break;
        case SchemaCommand::Constraint::kNodeKey: info.kind = graph::ConstraintKind::kNodeKey; break;
    }
    info.on_relationships = command.on_relationships;
    info.label = command.labels.empty() ? std::string() : command.labels[0];
    info.properties = command.properties;
    return info;
}

bool same_target(const graph::IndexInfo& a, const graph::IndexInfo& b) {
    return a.kind == b.kind && a.on_relationships == b.on_relationships && a.labels == b.labels &&
           a.properties == b.properties;
}
bool same_target(const graph::ConstraintInfo& a, const graph::ConstraintInfo& b) {
    return a.kind == b.kind && a.on_relationships == b.on_relationships && a.label == b.label &&
           a.properties == b.properties;
}

// What makes IF NOT EXISTS do nothing, said in full; empty when there is nothing of the kind. A made-up
// name is free, so that without a name only the target counts.
template <class Info>
std::string why_not(const char* what, const std::vector<Info>& present, const Info& wanted) {
    const auto quoted = [&](const Info& info) { return std::string(what) + " '" + info.name + "'"; };
    const auto same = std::ranges::find_if(present, [&](const Info& info) { return same_target(info, wanted); });
    if (same != present.end()) return quoted(*same) + " exists already";
    const auto other = std::ranges::find(present, wanted.name, &Info::name);
    return other == present.end() ? "" : quoted(*other) + " exists already, for something else; nothing was made";
}

void note(const SchemaCommand& command, std::string message, QueryResult& result) {
    result.notifications.push_back({"00N00", "INFORMATION", std::move(message), command.range.line,
                                    command.range.column});
}

// Drops, or says which name was meant perhaps.
template <class Info>
void require_dropped(Result<void> done, const std::string& name, const std::vector<Info>& present) {
    if (done) return;
    Error error = std::move(done).error();
    std::vector<std::string> names;
    for (const Info& info : present) names.push_back(info.name);
    const auto guess = named(present, name) ? std::nullopt : closest_name(name, names);
    if (guess) error.message += "; did you mean `" + *guess + "`?";
    throw QueryError(std::move(error));
}

void require(Result<void> done) {
    if (!done) throw QueryError(std::move(done).error());
}

void change(const SchemaCommand& command, graph::Transaction& transaction, QueryResult& result) {
    const graph::Graph& graph = transaction.graph();
    switch (command.kind) {
        case Kind::kCreateIndex: {
            const graph::IndexInfo info = index_info(command, graph);
            const std::string why = why_not("index", graph.indexes(), info);
            if (command.if_not_exists && !why.empty()) return note(command, why, result);
            require(transaction.create_index(info));
            ++result.updates.indexes_added;
            return;
        }
        case Kind::kCreateConstraint: {
            const graph::ConstraintInfo info = constraint_info(command, graph);
            const std::string why = why_not("constraint", graph.constraints(), info);
            if (command.if_not_exists && !why.empty()) return note(command, why, result);
            require(transaction.create_constraint(info));
            ++result.updates.constraints_added;
            return;
        }
        case Kind::kDropIndex:
            if (command.if_exists && !named(graph.indexes(), command.name)) {
                return note(command, "there is no index '" + command.name + "'", result);
            }
            require_dropped(transaction.drop_index(command.name), command.name, graph.indexes());
            ++result.updates.indexes_removed;
            return;
        case Kind::kDropConstraint:
            if (command.if_exists && !named(graph.constraints(), command.name)) {
                return note(command, "there is no constraint '" + command.name + "'", result);
            }
            require_dropped(transaction.drop_constraint(command.name), command.name, graph.constraints());
            ++result.updates.constraints_removed;
            return;
    }
}

}  // namespace

void change_schema(const SchemaCommand& command, graph::Transaction& transaction, QueryResult& result) {
    located(command.range, [&] { change(command, transaction, result); });
}

}  // namespace maek::query
