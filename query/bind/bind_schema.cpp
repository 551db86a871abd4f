// Indexes, constraints and SHOW.
#include "query/bind/bind_context.h"

namespace maek::query {

namespace {

using Kind = ast::SchemaStatement::Kind;

// The columns that SHOW has, in the order of exec/schema_command.cpp.
std::vector<std::string> show_columns(Kind kind) {
    switch (kind) {
        case Kind::kShowIndexes:
            return {"name", "state", "type", "entityType", "labelsOrTypes", "properties", "owningConstraint"};
        case Kind::kShowConstraints: return {"name", "type", "entityType", "labelsOrTypes", "properties"};
        case Kind::kShowProcedures: return {"name", "description", "mode", "signature"};
        case Kind::kShowFunctions: return {"name", "category", "description", "signature", "aggregating"};
        case Kind::kShowTransactions: return {"transactionId", "currentQuery", "status"};
        default: return {};
    }
}

}  // namespace

void Binder::bind_schema(const ast::SchemaStatement& in) {
    SchemaCommand& out = out_->schema;
    if (in.kind == ast::SchemaStatement::Kind::kShowDatabases) {
        throw QueryError(Message::kNotSupported, in.range, {"SHOW DATABASES", "a store holds one graph"});
    }
    if (in.where != nullptr || in.result != nullptr) {
        throw QueryError(Message::kNotSupported, in.where != nullptr ? in.where->range : in.result->range,
                         {"WHERE or RETURN after SHOW", "filter the table outside"});
    }
    out.kind = static_cast<SchemaCommand::Kind>(in.kind);
    out.range = in.range;
    out.if_exists = in.if_exists;
    out.if_not_exists = in.if_not_exists;
    if (in.name) out.name = in.name->text;
    out.index = static_cast<SchemaCommand::Index>(in.index);
    out.constraint = static_cast<SchemaCommand::Constraint>(in.constraint);
    out.on_relationships = in.on_relationships;
    for (const ast::Name& label : in.labels) out.labels.push_back(stored_name(label.text, in.on_relationships));
    for (const ast::Name& property : in.properties) out.properties.push_back(property.text);
    if (in.options != nullptr) {
        Frame frame;
        frame_ = &frame;
        const ExprPtr options = bind_in("OPTIONS", *in.options);
        if (options->kind == ExprKind::kLiteral) out.options = options->value;
        frame_ = nullptr;
    }
    const std::vector<std::string> columns = show_columns(in.kind);
    for (const ast::YieldItem& yield : in.yields) {
        YieldItem item;
        while (item.field < columns.size() && columns[item.field] != yield.field.text) ++item.field;
        if (item.field == columns.size()) {
            std::string names;
            for (const std::string& column : columns) names += (names.empty() ? "" : ", ") + column;
            throw QueryError(Message::kUnknownYield, yield.field.range, {"SHOW", yield.field.text, names});
        }
        item.name = yield.alias ? yield.alias->text : yield.field.text;
        out.yields.push_back(std::move(item));
    }
}

}  // namespace maek::query
