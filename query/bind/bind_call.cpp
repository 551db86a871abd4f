// CALL: procedures and subqueries as clauses.
#include <algorithm>

#include "query/bind/bind_context.h"
#include "query/parse/suggest.h"

namespace maek::query {

namespace {

// The kinds of a declared type such as "INTEGER?", "LIST<STRING>", "NUMBER"; unknown ones are any.
KindSet declared_kinds(std::string_view type, bool input) {
    while (!type.empty() && (type.back() == '?' || type.back() == ' ')) type.remove_suffix(1);
    struct Row {
        std::string_view name;
        KindSet kinds;
    };
    static const Row kRows[] = {
        {"INTEGER", ValueKind::kInteger}, {"FLOAT", ValueKind::kFloat}, {"STRING", ValueKind::kString},
        {"BOOLEAN", ValueKind::kBoolean}, {"MAP", ValueKind::kMap}, {"NODE", ValueKind::kNode},
        {"RELATIONSHIP", ValueKind::kRelationship}, {"PATH", ValueKind::kPath},
        {"DATE", ValueKind::kDate}, {"NUMBER", kNumberKinds},
    };
    if (type.starts_with("LIST")) return ValueKind::kList;
    for (const Row& row : kRows) {
        if (row.name != type) continue;
        const bool widens = input && row.name == "FLOAT";  // an integer will do
        return (widens ? kNumberKinds : row.kinds) | KindSet(ValueKind::kNull);
    }
    return kAnyKind;
}

std::string count_text(std::size_t least, std::size_t most) {
    const std::string least_text = std::to_string(least);
    if (least != most) return least_text + " to " + std::to_string(most) + " arguments";
    return least_text + (least == 1 ? " argument" : " arguments");
}

}  // namespace

ClausePtr Binder::bind_call_procedure(const ast::CallProcedure& clause, BoundQuery& query, bool standalone) {
    auto out = std::make_unique<BoundCallProcedure>();
    out->standalone = standalone;
    out->optional = clause.optional;
    out->procedure = catalogue_.procedure(clause.name);
    if (out->procedure == nullptr) {
        std::vector<std::string> names;
        for (const std::string_view name : catalogue_.procedure_names()) names.emplace_back(name);
        const auto guess = closest_name(clause.name, names);
        if (guess) throw QueryError(Message::kProcedureNotFoundGuess, clause.name_range, {clause.name, *guess});
        throw QueryError(Message::kProcedureNotFound, clause.name_range, {clause.name});
    }
    const ProcedureInfo& procedure = *out->procedure;
    if (procedure.mode != ProcedureMode::kRead) query.writes = wrote_ = true;
    bind_call_arguments(clause, *out);
    bind_yields(clause, *out);
    if (clause.where != nullptr) out->where = bind_condition(*clause.where, "WHERE");
    if (!standalone) return out;
    query.columns.clear();
    query.arm_slots.back().clear();
    for (const YieldItem& item : out->yields) {
        query.columns.push_back(item.name);
        query.arm_slots.back().push_back(item.slot);
    }
    return out;
}

// Written ones, or, when CALL stands alone without parentheses, parameters of the inputs' names.
void Binder::bind_call_arguments(const ast::CallProcedure& clause, BoundCallProcedure& out) {
    const ProcedureInfo& procedure = *out.procedure;
    if (!clause.has_arguments) {
        if (!out.standalone) {
            throw QueryError(Message::kImplicitArguments, clause.name_range, {procedure.name});
        }
        for (std::size_t i = 0; i < procedure.inputs.size(); ++i) {
            const std::string& name = procedure.inputs[i].name;
            bool given = false;
            for (const MapEntry& entry : parameters_) given = given || entry.first == name;
            if (!given && i < procedure.required_inputs) {
                std::string names;
                for (const MapEntry& entry : parameters_) names += (names.empty() ? "$" : ", $") + entry.first;
                throw QueryError(Message::kMissingParameter, clause.name_range, {name, names.empty() ? "-" : names});
            }
            auto argument = std::make_unique<BoundExpr>();
            argument->kind = given ? ExprKind::kParameter : ExprKind::kLiteral;
            argument->name = given ? name : "";
            argument->range = clause.name_range;
            if (given) note_parameter(name, clause.name_range);
            out.arguments.push_back(std::move(argument));
        }
        out_->uses_parameter_values = true;
        return;
    }
    const std::size_t most = procedure.inputs.size();
    if (clause.arguments.size() < procedure.required_inputs || clause.arguments.size() > most) {
        throw QueryError(Message::kProcedureArguments, clause.name_range,
                         {procedure.name, count_text(procedure.required_inputs, most),
                          std::to_string(clause.arguments.size())});
    }
    for (std::size_t i = 0; i < clause.arguments.size(); ++i) {
        ExprPtr argument = bind_in("a procedure's arguments", *clause.arguments[i]);
        const std::string what = procedure.name + "(" + procedure.inputs[i].name + ")";
        require(*argument, declared_kinds(procedure.inputs[i].type, true), what.c_str());
        note_unknown_projection(procedure.name, *argument);
        out.arguments.push_back(std::move(argument));
    }
    while (out.arguments.size() < most) {
        out.arguments.push_back(std::make_unique<BoundExpr>());  // null
        out.arguments.back()->range = clause.range;
    }
}

void Binder::bind_yields(const ast::CallProcedure& clause, BoundCallProcedure& out) {
    const ProcedureInfo& procedure = *out.procedure;
    const auto add = [&](std::size_t field, const ast::Name& as) {
        require_new(as);
        YieldItem item;
        item.field = static_cast<std::uint32_t>(field);
        item.name = as.text;
        item.slot = declare(as.text, type_of(declared_kinds(procedure.outputs[field].type, false)));
        out.yields.push_back(std::move(item));
    };
    if (clause.yield_star && !out.standalone) {
        throw QueryError(Message::kYieldNeeded, clause.range, {procedure.name});
    }
    if (!clause.has_yield || clause.yield_star) {
        if (!out.standalone) return;
        for (std::size_t i = 0; i < procedure.outputs.size(); ++i) {
            add(i, {procedure.outputs[i].name, clause.range});
        }
        return;
    }
    for (const ast::YieldItem& item : clause.yields) {
        std::size_t field = procedure.outputs.size();
        std::string names;
        for (std::size_t i = 0; i < procedure.outputs.size(); ++i) {
            if (procedure.outputs[i].name == item.field.text) field = i;
            names += (names.empty() ? "" : ", ") + procedure.outputs[i].name;
        }
        if (field == procedure.outputs.size()) {
            if (std::string_view(clause.word) == "SHOW") {
                throw QueryError(Message::kUnknownColumn, item.field.range,
                                 {"SHOW " + written(clause.name_range), item.field.text, names});
            }
            throw QueryError(Message::kUnknownYield, item.field.range,
                             {procedure.name, item.field.text, names.empty() ? "-" : names});
        }
        add(field, item.alias ? *item.alias : item.field);
    }
}

// ---------------------------------------------------------------- CALL { ... }

namespace {

// CALL { WITH a, b ... }: the old way to say CALL (a, b) { ... }.
const ast::Projection* importing_with(const ast::SingleQuery& arm) {
    if (arm.clauses.empty() || arm.clauses[0]->kind != ast::ClauseKind::kProjection) return nullptr;
    const auto& first = static_cast<const ast::Projection&>(*arm.clauses[0]);
    if (first.is_return || std::string_view(first.word) != "WITH") return nullptr;
    for (const ast::ReturnItem& item : first.items) {
        const bool plain = item.expr->kind == ast::ExprKind::kVariable &&
                           (!item.alias || item.alias->text == item.expr->name);
        if (!plain) return nullptr;
    }
    return &first;
}

}  // namespace

// Its commits must not take along what the statement has begun and may yet undo.
void Binder::check_in_transactions(const ast::CallSubquery& clause) const {
    if (calls_ > 0) throw QueryError(Message::kInTransactionsHere, clause.range);
    if (in_union_) throw QueryError(Message::kInTransactionsUnion, clause.range);
    if (wrote_) throw QueryError(Message::kInTransactionsAfterWrite, clause.range);
}

ClausePtr Binder::bind_call_subquery(const ast::CallSubquery& clause, BoundQuery& query) {
    auto out = std::make_unique<BoundCallSubquery>();
    if (clause.in_transactions) check_in_transactions(clause);
    const bool wrote = wrote_;
    for (const ast::Name& name : clause.scope) {
        if (!find_variable(*frame_, name.text)) undefined(name.text, name.range);
    }
    for (std::size_t i = 1; i < clause.scope.size(); ++i) {
        const auto same = [&](const ast::Name& other) { return other.text == clause.scope[i].text; };
        if (std::any_of(clause.scope.begin(), clause.scope.begin() + static_cast<std::ptrdiff_t>(i), same)) {
            throw QueryError(Message::kUnexpected, clause.scope[i].range,
                             {"'" + clause.scope[i].text + "'", "a variable not named before"});
        }
    }
    {
        Nested nested(*this);
        nested.frame.sealed = !clause.scope_star;
        for (const ast::Name& name : clause.scope) nested.frame.imports.insert(name.text);
        if (!clause.has_scope) {
            for (const ast::SingleQuery& arm : clause.query->arms) {
                const ast::Projection* with = importing_with(arm);
                if (with == nullptr) continue;
                note_old_form("CALL { WITH ... }", "CALL (variables) { ... }", with->range);
                if (with->star) nested.frame.sealed = false;
                for (const ast::ReturnItem& item : with->items) nested.frame.imports.insert(item.expr->name);
            }
        }
        ++calls_;
        AggregateContext* const context = std::exchange(context_, nullptr);
        out->query = bind_query(*clause.query, Level::kCall);
        context_ = context;
        --calls_;
        out->outer = nested.outer();
    }
    const bool returns = ends_in_return(clause.query->arms[0]);
    if (!returns && out->query->columns.empty() && !out->query->writes &&
        !ends_in_unit(clause.query->arms[0])) {
        throw QueryError(Message::kQueryMustEnd, clause.range, {clause.query->arms[0].clauses.back()->word});
    }
    out->unit = !returns;
    if (out->query->writes) query.writes = true;
    out->optional = clause.optional;
    for (std::size_t i = 0; i < out->query->columns.size(); ++i) {
        const std::string& name = out->query->columns[i];
        if (find_variable(*frame_, name)) throw QueryError(Message::kAlreadyBound, clause.range, {name});
        frame_->variables[name] = out->query->column_slots[i];
    }
    out->in_transactions = clause.in_transactions;
    if (clause.in_transactions) wrote_ = wrote;  // what it writes is committed
    if (clause.batch_size != nullptr) {
        constexpr const char* kWord = "IN TRANSACTIONS OF";
        out->batch_size = bind_paging(*clause.batch_size, kWord, 1);
    }
    out->on_error = static_cast<BoundCallSubquery::OnError>(clause.on_error);
    if (clause.status) {
        require_new(*clause.status);
        out->status_slot = declare(clause.status->text, TypeSet::of(ValueKind::kMap));
    }
    return out;
}

bool Binder::ends_in_return(const ast::SingleQuery& arm) {
    const ast::Clause& last = *arm.clauses.back();
    return last.kind == ast::ClauseKind::kProjection && static_cast<const ast::Projection&>(last).is_return;
}

// Whether a subquery without RETURN may end so: in something that does, not only reads.
bool Binder::ends_in_unit(const ast::SingleQuery& arm) {
    switch (arm.clauses.back()->kind) {
        case ast::ClauseKind::kMatch: case ast::ClauseKind::kUnwind: case ast::ClauseKind::kProjection:
            return false;
        default:
            return true;
    }
}

}  // namespace maek::query
