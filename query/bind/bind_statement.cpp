// Statements, UNION, the sequence of clauses, and the books of slots and names.
#include "query/bind/bind_context.h"

#include <algorithm>

#include "query/parse/suggest.h"

namespace maek::query {

namespace {

// Variables copied by `WITH *` and the like; a query that wants more is hostile.
constexpr std::size_t kMaxWork = 250'000;

}  // namespace

std::unique_ptr<BoundStatement> bind(const ast::Statement& statement, const Catalogue& catalogue,
                                     const Parameters& parameters) {
    return Binder(catalogue, parameters).run(statement);
}

std::unique_ptr<BoundStatement> Binder::run(const ast::Statement& statement) {
    statement_ = &statement;
    out_ = std::make_unique<BoundStatement>();
    out_->mode = static_cast<BoundStatement::Mode>(statement.mode);
    out_->range = statement.range;
    if (statement.prefix.line != 0) {
        out_->notes.push_back({"03N93", "a version or option before the statement changes nothing here", statement.prefix});
    }
    switch (statement.kind) {
        case ast::Statement::Kind::kQuery: {
            Frame frame;
            frame_ = &frame;
            out_->query = bind_query(statement.query, Level::kStatement);
            finish_notes();
            break;
        }
        case ast::Statement::Kind::kSchema:
            out_->kind = BoundStatement::Kind::kSchema;
            bind_schema(statement.schema);
            break;
        case ast::Statement::Kind::kBegin: out_->kind = BoundStatement::Kind::kBegin; break;
        case ast::Statement::Kind::kCommit: out_->kind = BoundStatement::Kind::kCommit; break;
        case ast::Statement::Kind::kRollBack: out_->kind = BoundStatement::Kind::kRollBack; break;
    }
    for (const auto& [name, range] : read_parameters_) {
        out_->parameters.push_back(name);
        out_->parameter_places.push_back(range);
    }
    out_->slot_count = static_cast<std::uint32_t>(out_->slot_names.size());
    return std::move(out_);
}

// ---------------------------------------------------------------- slots and names

Slot Binder::new_slot(std::string_view name, TypeSet type) {
    out_->slot_names.emplace_back(name);
    out_->slot_types.push_back(type);
    slot_elements_.push_back(TypeSet::any());
    return static_cast<Slot>(out_->slot_names.size() - 1);
}

// The slot to read for a name; in an aggregating item the slot of the grouping key it is.
std::optional<Slot> Binder::read_variable(std::string_view name, const SourceRange& range) {
    const auto found = find_variable(*frame_, name);
    if (!found) return std::nullopt;
    if (merge_values_ && merged_.contains(found->slot)) {
        throw QueryError(Message::kMergeReadsItself, range, {std::string(name)});
    }
    const Slot slot = grouped_slot(*found, name, range);
    note_reading(*frame_, found->frame, slot);
    return slot;
}

Slot Binder::declare(const std::string& name, TypeSet type) {
    const Slot slot = new_slot(name, type);
    frame_->variables[name] = slot;
    return slot;
}

void Binder::require_new(const ast::Name& name) {
    if (find_variable(*frame_, name.text)) throw QueryError(Message::kAlreadyBound, name.range, {name.text});
}

void Binder::undefined(std::string_view name, const SourceRange& range) {
    std::vector<std::string> names;
    for (const Frame* at = frame_; at != nullptr; at = at->around) {
        for (const auto& [known, slot] : at->variables) {
            if (known.empty() || known[0] == ' ') continue;
            if (names.size() < 200) names.push_back(known);
        }
        if (at->sealed) break;
    }
    const auto guess = closest_name(name, names);
    if (guess) throw QueryError(Message::kUndefinedVariableGuess, range, {std::string(name), *guess});
    std::string scope;
    for (std::size_t i = 0; i < names.size() && i < 12; ++i) scope += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > 12) scope += ", ...";
    throw QueryError(Message::kUndefinedVariable, range, {std::string(name), scope.empty() ? "-" : scope});
}

void Binder::note_parameter(std::string_view name, const SourceRange& range) {
    read_parameters_.try_emplace(std::string(name), range);
}

void Binder::charge(std::size_t amount, const SourceRange& range) {
    work_ += amount;
    if (work_ > kMaxWork) throw QueryError(Message::kTooManyVariables, range);
}

std::string Binder::written(const SourceRange& range) const {
    std::string text = statement_->text.substr(range.begin, range.end - range.begin);
    if (text.size() > 80) {
        std::size_t end = 77;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80) --end;
        text = text.substr(0, end) + "...";
    }
    return text;
}

// ---------------------------------------------------------------- queries

std::unique_ptr<BoundQuery> Binder::bind_query(const ast::Query& query, Level level) {
    auto out = std::make_unique<BoundQuery>();
    const Frame::Variables before = frame_->variables;
    std::vector<std::vector<std::string>> columns;
    if (level == Level::kStatement) in_union_ = query.arms.size() > 1;
    for (const ast::SingleQuery& arm : query.arms) {
        frame_->variables = before;
        out->columns.clear();
        bind_arm(arm, *out, level, query.arms.size() == 1);
        columns.push_back(out->columns);
        if (columns.back() != columns.front()) {
            const auto text = [](const std::vector<std::string>& names) {
                std::string joined_names;
                for (const std::string& name : names) joined_names += (joined_names.empty() ? "" : ", ") + name;
                return joined_names.empty() ? std::string("-") : joined_names;
            };
            throw QueryError(Message::kUnionColumns, arm.range, {text(columns.back()), text(columns.front())});
        }
    }
    check_union(query, *out);
    frame_->variables = before;
    return out;
}

void Binder::check_union(const ast::Query& query, BoundQuery& out) {
    out.union_all = query.union_all;
    for (std::size_t i = 1; i < query.union_all.size(); ++i) {
        if (query.union_all[i] != query.union_all[0]) throw QueryError(Message::kMixedUnion, query.unions[i]);
    }
    if (out.arms.size() == 1) {
        out.column_slots = out.arm_slots[0];
        return;
    }
    for (std::size_t c = 0; c < out.columns.size(); ++c) {
        TypeSet type{0}, elements{0};
        for (const auto& slots : out.arm_slots) {
            type = type | slot_type(slots[c]);
            elements = elements | slot_elements_[slots[c]];
        }
        out.column_slots.push_back(new_slot(out.columns[c], type));
        slot_elements_.back() = elements;
    }
}

void Binder::bind_arm(const ast::SingleQuery& arm, BoundQuery& out, Level level, bool only_arm) {
    BoundSingleQuery bound;
    out.arm_slots.emplace_back();
    for (std::size_t i = 0; i < arm.clauses.size(); ++i) {
        const ast::Clause& clause = *arm.clauses[i];
        if (level == Level::kExpression) refuse_update(clause);
        if (clause.kind == ast::ClauseKind::kCallProcedure) {
            const bool standalone =
                level == Level::kStatement && only_arm && arm.clauses.size() == 1;
            bound.clauses.push_back(
                bind_call_procedure(static_cast<const ast::CallProcedure&>(clause), out, standalone));
        } else {
            bind_clause(clause, out, bound.clauses);
        }
        bound.clauses.back()->range = clause.range;
        charge(1, clause.range);
    }
    out.arms.push_back(std::move(bound));
}

void Binder::refuse_update(const ast::Clause& clause) {
    switch (clause.kind) {
        case ast::ClauseKind::kCreate: case ast::ClauseKind::kMerge: case ast::ClauseKind::kSet:
        case ast::ClauseKind::kRemove: case ast::ClauseKind::kDelete: case ast::ClauseKind::kForeach:
            throw QueryError(Message::kUpdateInExpression, clause.range, {"a subquery expression", clause.word});
        default:
            break;
    }
}

void Binder::bind_clause(const ast::Clause& clause, BoundQuery& out, std::vector<ClausePtr>& clauses) {
    switch (clause.kind) {
        case ast::ClauseKind::kMatch:
            clauses.push_back(bind_match(static_cast<const ast::Match&>(clause)));
            return;
        case ast::ClauseKind::kUnwind:
            clauses.push_back(bind_unwind(static_cast<const ast::Unwind&>(clause)));
            return;
        case ast::ClauseKind::kProjection:
            clauses.push_back(bind_projection(static_cast<const ast::Projection&>(clause), out));
            return;
        case ast::ClauseKind::kCallSubquery:
            clauses.push_back(bind_call_subquery(static_cast<const ast::CallSubquery&>(clause), out));
            return;
        case ast::ClauseKind::kFinish: clauses.push_back(std::make_unique<BoundFinish>()); return;
        case ast::ClauseKind::kCallProcedure:
            clauses.push_back(bind_call_procedure(static_cast<const ast::CallProcedure&>(clause), out, false));
            return;
        default:
            break;
    }
    out.writes = true;
    wrote_ = true;
    switch (clause.kind) {
        case ast::ClauseKind::kCreate:
            clauses.push_back(bind_create(static_cast<const ast::Create&>(clause)));
            return;
        case ast::ClauseKind::kMerge:
            clauses.push_back(bind_merge(static_cast<const ast::Merge&>(clause)));
            return;
        case ast::ClauseKind::kSet: clauses.push_back(bind_set(static_cast<const ast::Set&>(clause))); return;
        case ast::ClauseKind::kRemove:
            clauses.push_back(bind_remove(static_cast<const ast::Remove&>(clause)));
            return;
        case ast::ClauseKind::kDelete:
            clauses.push_back(bind_delete(static_cast<const ast::Delete&>(clause)));
            return;
        default:
            clauses.push_back(bind_foreach(static_cast<const ast::Foreach&>(clause), out));
            return;
    }
}

ClausePtr Binder::bind_unwind(const ast::Unwind& clause) {
    auto out = std::make_unique<BoundUnwind>();
    out->list = bind_in(clause.word, *clause.list);
    require_new(clause.variable);
    TypeSet element = TypeSet::any();
    if (kinds_of(out->list->type).within({ValueKind::kList, ValueKind::kNull})) {
        element = element_type(*out->list, slot_elements_);
    } else if (never(out->list->type, ValueKind::kList)) {
        element = out->list->type;  // a single value is a list of itself
    }
    out->slot = declare(clause.variable.text, element.bits == 0 ? TypeSet::any() : element);
    if (clause.ordinal) {
        require_new(*clause.ordinal);
        out->ordinal_slot = declare(clause.ordinal->text, TypeSet::of(ValueKind::kInteger));
        out->ordinal_from_zero = clause.ordinal_from_zero;
    }
    return out;
}

}  // namespace maek::query
