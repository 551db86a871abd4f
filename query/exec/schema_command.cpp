#include "query/exec/schema_command.h"

#include <algorithm>

#include "query/eval/function_registry.h"
#include "query/parse/query_error.h"

namespace maek::query {

namespace {

using Kind = SchemaCommand::Kind;

// "index_Company_name": readable, and the same for the same target.
std::string made_up_name(const char* prefix, const SchemaCommand& command) {
    std::string name = prefix;
    for (const std::string& label : command.labels) name += "_" + label;
    for (const std::string& property : command.properties) name += "_" + property;
    return name;
}

graph::IndexInfo index_info(const SchemaCommand& command) {
    graph::IndexInfo info;
    info.name = command.name.empty() ? made_up_name("index", command) : command.name;
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

graph::ConstraintInfo constraint_info(const SchemaCommand& command) {
    graph::ConstraintInfo info;
    info.name = command.name.empty() ? made_up_name("constraint", command) : command.name;
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

template <class Info>
bool exists(const std::vector<Info>& present, const Info& wanted) {
    return std::ranges::any_of(
        present, [&](const Info& info) { return info.name == wanted.name || same_target(info, wanted); });
}
template <class Info>
bool named(const std::vector<Info>& present, const std::string& name) {
    return std::ranges::any_of(present, [&](const Info& info) { return info.name == name; });
}

void note(const SchemaCommand& command, std::string message, QueryResult& result) {
    result.notifications.push_back({"SchemaUnchanged", "INFORMATION", std::move(message), command.range.line,
                                    command.range.column});
}

void require(Result<void> done) {
    if (!done) throw QueryError(std::move(done).error());
}

Value texts(const std::vector<std::string>& items) {
    std::vector<Value> out;
    for (const std::string& item : items) out.push_back(Value::string(item));
    return Value::list(std::move(out));
}
Value text(std::string_view s) { return Value::string(s); }

std::string_view kind_text(graph::IndexKind kind) {
    switch (kind) {
        case graph::IndexKind::kText: return "TEXT";
        case graph::IndexKind::kFullText: return "FULLTEXT";
        default: return "RANGE";
    }
}

std::string_view kind_text(graph::ConstraintKind kind, bool on_relationships) {
    switch (kind) {
        case graph::ConstraintKind::kExists:
            return on_relationships ? "RELATIONSHIP_PROPERTY_EXISTENCE" : "NODE_PROPERTY_EXISTENCE";
        case graph::ConstraintKind::kNodeKey: return on_relationships ? "RELATIONSHIP_KEY" : "NODE_KEY";
        default: return on_relationships ? "RELATIONSHIP_UNIQUENESS" : "UNIQUENESS";
    }
}

Value entity_text(bool on_relationships) { return text(on_relationships ? "RELATIONSHIP" : "NODE"); }

void show_indexes(const graph::Graph& graph, QueryResult& result) {
    result.columns = {"name", "state", "type", "entityType", "labelsOrTypes", "properties", "owningConstraint"};
    for (const graph::IndexInfo& info : graph.indexes()) {
        result.rows.push_back({text(info.name), text("ONLINE"), text(kind_text(info.kind)),
                               entity_text(info.on_relationships), texts(info.labels), texts(info.properties),
                               info.owned_by_constraint ? text(info.name) : Value()});
    }
}

void show_constraints(const graph::Graph& graph, QueryResult& result) {
    result.columns = {"name", "type", "entityType", "labelsOrTypes", "properties"};
    for (const graph::ConstraintInfo& info : graph.constraints()) {
        result.rows.push_back({text(info.name), text(kind_text(info.kind, info.on_relationships)),
                               entity_text(info.on_relationships), texts({info.label}), texts(info.properties)});
    }
}

std::string signature(const ProcedureInfo& info) {
    const auto fields = [](const std::vector<ProcedureField>& list) {
        std::string out;
        for (const ProcedureField& field : list) out += (out.empty() ? "" : ", ") + field.name + " :: " + field.type;
        return "(" + out + ")";
    };
    return info.name + fields(info.inputs) + " :: " + fields(info.outputs);
}

void show_procedures(const ProcedureRegistry& procedures, QueryResult& result) {
    result.columns = {"name", "description", "mode", "signature"};
    static constexpr std::string_view kModes[] = {"READ", "WRITE", "SCHEMA"};
    for (const ProcedureInfo* info : procedures.all()) {
        result.rows.push_back({text(info->name), text(info->description),
                               text(kModes[static_cast<std::size_t>(info->mode)]), text(signature(*info))});
    }
}

void show_functions(QueryResult& result) {
    result.columns = {"name", "category", "description", "signature", "aggregating"};
    for (const FunctionInfo& info : all_functions()) {
        result.rows.push_back({text(info.name), text(info.category), text(info.summary), text(info.signature),
                               Value::boolean(info.is_aggregate())});
    }
}

// The columns named by YIELD, in its order, under its names.
void keep_yielded(const SchemaCommand& command, QueryResult& result) {
    if (command.yields.empty()) return;
    std::vector<std::string> columns;
    for (const YieldItem& item : command.yields) columns.push_back(item.name);
    for (auto& row : result.rows) {
        std::vector<Value> kept;
        for (const YieldItem& item : command.yields) kept.push_back(row[item.field]);
        row = std::move(kept);
    }
    result.columns = std::move(columns);
}

}  // namespace

bool changes_schema(const SchemaCommand& command) {
    return command.kind == Kind::kCreateIndex || command.kind == Kind::kDropIndex ||
           command.kind == Kind::kCreateConstraint || command.kind == Kind::kDropConstraint;
}

void change_schema(const SchemaCommand& command, graph::Transaction& transaction, QueryResult& result) {
    const graph::Graph& graph = transaction.graph();
    switch (command.kind) {
        case Kind::kCreateIndex: {
            const graph::IndexInfo info = index_info(command);
            if (command.if_not_exists && exists(graph.indexes(), info)) {
                return note(command, "index '" + info.name + "' exists already", result);
            }
            require(transaction.create_index(info));
            ++result.updates.indexes_added;
            return;
        }
        case Kind::kCreateConstraint: {
            const graph::ConstraintInfo info = constraint_info(command);
            if (command.if_not_exists && exists(graph.constraints(), info)) {
                return note(command, "constraint '" + info.name + "' exists already", result);
            }
            require(transaction.create_constraint(info));
            ++result.updates.constraints_added;
            return;
        }
        case Kind::kDropIndex:
            if (command.if_exists && !named(graph.indexes(), command.name)) {
                return note(command, "there is no index '" + command.name + "'", result);
            }
            require(transaction.drop_index(command.name));
            ++result.updates.indexes_removed;
            return;
        case Kind::kDropConstraint:
            if (command.if_exists && !named(graph.constraints(), command.name)) {
                return note(command, "there is no constraint '" + command.name + "'", result);
            }
            require(transaction.drop_constraint(command.name));
            ++result.updates.constraints_removed;
            return;
        default: MAEK_CHECK(false, "a SHOW changes nothing");
    }
}

void show_schema(const SchemaCommand& command, const graph::Graph& graph, const ProcedureRegistry& procedures,
                 QueryResult& result) {
    switch (command.kind) {
        case Kind::kShowIndexes: show_indexes(graph, result); break;
        case Kind::kShowConstraints: show_constraints(graph, result); break;
        case Kind::kShowProcedures: show_procedures(procedures, result); break;
        case Kind::kShowFunctions: show_functions(result); break;
        case Kind::kShowTransactions: result.columns = {"transactionId", "currentQuery", "status"}; break;
        default: MAEK_CHECK(false, "no SHOW");
    }
    keep_yielded(command, result);
}

}  // namespace maek::query
