// What SHOW lists, as procedures: SHOW INDEXES YIELD name is CALL db.indexes([]) YIELD name. The words
// of SHOW FULLTEXT INDEXES come as a list of texts, each of which must be a part of the row's type.
// Tests: tests/query/cases/schema.test.
#include <algorithm>

#include "query/eval/function_registry.h"
#include "query/exec/procedure_registry.h"

namespace maek::query {

namespace {

using Rows = std::vector<std::vector<Value>>;
using Arguments = std::span<const Value>;

Value text(std::string_view s) { return Value::string(s); }
Value texts(const std::vector<std::string>& items) {
    std::vector<Value> out;
    for (const std::string& item : items) out.push_back(text(item));
    return Value::list(std::move(out));
}

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

std::string_view entity_text(bool on_relationships) { return on_relationships ? "RELATIONSHIP" : "NODE"; }

// Whether a word is one of the words that the type is made of, or the kind of entity.
bool has_word(std::string_view type, std::string_view entity, std::string_view word) {
    if (word == entity) return true;
    while (!type.empty()) {
        const std::size_t end = std::min(type.find('_'), type.size());
        if (type.substr(0, end) == word) return true;
        type.remove_prefix(std::min(end + 1, type.size()));
    }
    return false;
}

bool wanted(Arguments arguments, std::string_view type, std::string_view entity) {
    if (!arguments[0].is(ValueKind::kList)) return true;
    const auto& words = arguments[0].as_list();
    return std::all_of(words.begin(), words.end(), [&](const Value& word) {
        return word.is(ValueKind::kString) && has_word(type, entity, word.as_string());
    });
}

// SHOW USER DEFINED FUNCTIONS: there are none.
bool built_in(Arguments arguments) { return wanted(arguments, "", ""); }

void indexes(ExecContext& context, Arguments arguments, Rows& rows) {
    for (const graph::IndexInfo& info : context.graph().indexes()) {
        const std::string_view type = kind_text(info.kind), entity = entity_text(info.on_relationships);
        if (!wanted(arguments, type, entity)) continue;
        rows.push_back({text(info.name), text("ONLINE"), text(type), text(entity), texts(info.labels),
                        texts(info.properties), info.owned_by_constraint ? text(info.name) : Value()});
    }
}

void constraints(ExecContext& context, Arguments arguments, Rows& rows) {
    for (const graph::ConstraintInfo& info : context.graph().constraints()) {
        const std::string_view type = kind_text(info.kind, info.on_relationships);
        const std::string_view entity = entity_text(info.on_relationships);
        if (!wanted(arguments, type, entity)) continue;
        rows.push_back({text(info.name), text(type), text(entity), texts({info.label}), texts(info.properties)});
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

// The procedures of the registry that it stands in.
class Procedures final : public ProcedureBody {
public:
    explicit Procedures(const ProcedureRegistry& registry) : registry_(registry) {}
    void call(ExecContext&, Arguments arguments, Rows& rows) const override {
        static constexpr std::string_view kModes[] = {"READ", "WRITE", "SCHEMA"};
        if (!built_in(arguments)) return;
        for (const ProcedureInfo* info : registry_.all()) {
            rows.push_back({text(info->name), text(info->description),
                            text(kModes[static_cast<std::size_t>(info->mode)]), text(signature(*info))});
        }
    }

private:
    const ProcedureRegistry& registry_;
};

void functions(ExecContext&, Arguments arguments, Rows& rows) {
    if (!built_in(arguments)) return;
    for (const FunctionInfo& info : all_functions()) {
        rows.push_back({text(info.name), text(info.category), text(info.summary), text(info.signature),
                        Value::boolean(info.is_aggregate())});
    }
}

// One statement at a time and session: none runs beside this one that could be shown.
void transactions(ExecContext&, Arguments, Rows&) {}

void add(ProcedureRegistry& registry, const char* name, const char* description,
         std::vector<ProcedureField> outputs, std::shared_ptr<ProcedureBody> body) {
    ProcedureInfo info;
    info.name = name;
    info.description = description;
    info.inputs = {{"words", "LIST<STRING>?"}};
    info.outputs = std::move(outputs);
    info.body = std::move(body);
    registry.add(std::move(info));
}

}  // namespace

void add_show_procedures(ProcedureRegistry& registry) {
    add(registry, "db.indexes", "The indexes: what SHOW INDEXES lists.",
        {{"name", "STRING"}, {"state", "STRING"}, {"type", "STRING"}, {"entityType", "STRING"},
         {"labelsOrTypes", "LIST<STRING>"}, {"properties", "LIST<STRING>"}, {"owningConstraint", "STRING?"}},
        make_body(indexes));
    add(registry, "db.constraints", "The constraints: what SHOW CONSTRAINTS lists.",
        {{"name", "STRING"}, {"type", "STRING"}, {"entityType", "STRING"}, {"labelsOrTypes", "LIST<STRING>"},
         {"properties", "LIST<STRING>"}},
        make_body(constraints));
    add(registry, "dbms.procedures", "The procedures: what SHOW PROCEDURES lists.",
        {{"name", "STRING"}, {"description", "STRING"}, {"mode", "STRING"}, {"signature", "STRING"}},
        std::make_shared<Procedures>(registry));
    add(registry, "dbms.functions", "The functions: what SHOW FUNCTIONS lists.",
        {{"name", "STRING"}, {"category", "STRING"}, {"description", "STRING"}, {"signature", "STRING"},
         {"aggregating", "BOOLEAN"}},
        make_body(functions));
    add(registry, "dbms.transactions", "The transactions that run beside this one.",
        {{"transactionId", "STRING"}, {"currentQuery", "STRING"}, {"status", "STRING"}}, make_body(transactions));
}

}  // namespace maek::query
