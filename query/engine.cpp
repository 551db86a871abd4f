// The pipeline on one screen: text -> parse -> bind -> plan -> rewrite -> operators -> rows.
// Every error of a statement is caught in Session::run and handed out as a value; a failed statement
// leaves nothing behind.
#include "query/engine.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <new>
#include <utility>

#include "query/bind/binder.h"
#include "query/engine_state.h"
#include "query/eval/runtime_messages.h"
#include "query/exec/schema_command.h"
#include "query/exec/writer.h"
#include "query/parse/parse.h"
#include "query/parse/query_error.h"
#include "query/plan/planner.h"
#include "query/rewrite/rewrite.h"
#include "query/search/search_procedures.h"

namespace maek::query {

namespace {

using Clock = std::chrono::steady_clock;

// Tells one set of names from another, not only larger from smaller: a transaction that is taken back
// takes its names along, and the next one's get their numbers.
template <class IdType>
std::size_t stamp(const graph::NameTable<IdType>& table, std::size_t seed) {
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        seed = (seed ^ std::hash<std::string_view>()(table.name(IdType{i}))) * 0x9E3779B97F4A7C15ULL + i;
    }
    return seed;
}

std::size_t names_stamp(const graph::Graph& graph) {
    return stamp(graph.keys(), stamp(graph.types(), stamp(graph.labels(), 1) + 2) + 3);
}

// Codes as GQLSTATUS has them: 01 warns, 03 informs.
Notification notification(const BoundStatement::Note& note) {
    const bool warning = note.code.starts_with("01");
    return {note.code, warning ? "WARNING" : "INFORMATION", note.message, note.range.line, note.range.column};
}

// Each message once, at the first place.
void add_notes(const std::vector<BoundStatement::Note>& notes, std::vector<Notification>& to) {
    for (const BoundStatement::Note& note : notes) {
        const auto same = [&](const Notification& said) { return said.code == note.code && said.message == note.message; };
        if (std::ranges::none_of(to, same)) to.push_back(notification(note));
    }
}

// The statement as it will be run, whatever the values of its parameters.
std::shared_ptr<CachedStatement> prepare(std::string_view text, const Catalogue& catalogue,
                                         const Parameters& parameters, const RunOptions& options, Guard& guard) {
    const ast::Statement parsed = parse(text);
    guard.check();
    std::unique_ptr<BoundStatement> bound = bind(parsed, catalogue, parameters);
    guard.check();

    auto made = std::make_shared<CachedStatement>();
    const graph::Graph& graph = *catalogue.graph();
    made->names = names_stamp(graph);
    made->nodes = graph.node_count();
    made->indexes = graph.indexes().size();
    made->kind = bound->kind;
    made->range = bound->range;
    made->mode = bound->mode;
    made->parameters = bound->parameters;
    made->parameter_places = bound->parameter_places;
    made->cacheable = !bound->uses_parameter_values;
    add_notes(bound->notes, made->notifications);
    if (bound->kind == BoundStatement::Kind::kSchema) made->schema = std::move(bound->schema);
    if (bound->kind != BoundStatement::Kind::kQuery) return made;

    const PlanOptions plan_options{&graph, options.disabled_rewrites, &guard};
    std::unique_ptr<Plan> plan = make_plan(std::move(bound), plan_options);
    rewrite(*plan, plan_options);
    add_notes(plan->notes, made->notifications);
    made->prepared = std::make_unique<Prepared>(std::move(plan));
    return made;
}

// Still the right plan for this graph?
bool fits(const CachedStatement& statement, const graph::Graph& graph) {
    const std::uint64_t nodes = graph.node_count();
    return statement.names == names_stamp(graph) && nodes <= 2 * statement.nodes + 1000 &&
           statement.nodes <= 2 * nodes + 1000;
}

std::string cache_key(std::string_view text, const RunOptions& options) {
    std::string key(text);
    for (const std::string& rewrite : options.disabled_rewrites) key += '\n' + rewrite;
    return key;
}

Error cannot_write() {
    return Error{ErrorCode::kReadOnly, "the statement writes, but only reading is allowed here", {}, {}};
}

}  // namespace

std::string in_korean(std::string_view message) { return runtime_message_in_korean(message); }

// ---------------------------------------------------------------- Engine

struct Engine::Impl : EngineState {
    using EngineState::EngineState;
};

EngineState::EngineState(storage::Store& kept, Synonyms given) : store(kept), synonyms(std::move(given)) {
    add_database_procedures(procedures);
    add_show_procedures(procedures);
    add_search_procedures(procedures);
    add_algorithm_procedures(procedures);
}

Engine::Engine(storage::Store& store, Synonyms synonyms)
    : impl_(std::make_unique<Impl>(store, std::move(synonyms))) {}
Engine::~Engine() = default;

void Engine::register_procedure(TableProcedure procedure) {
    impl_->procedures.add(std::move(procedure));
    impl_->plans.clear();
}

const ProcedureInfo* EngineCatalogue::procedure(std::string_view name) const {
    return engine_.procedures.find(name);
}
std::vector<std::string_view> EngineCatalogue::procedure_names() const { return engine_.procedures.names(); }

namespace {
std::vector<std::string> targets(const std::vector<std::pair<std::string, std::string>>& synonyms,
                                 std::string_view name) {
    std::vector<std::string> found;
    for (const auto& [synonym, target] : synonyms) {
        if (synonym == name) found.push_back(target);
    }
    if (found.empty()) found.emplace_back(name);
    return found;
}
}  // namespace

std::vector<std::string> EngineCatalogue::label_targets(std::string_view name) const {
    return targets(engine_.synonyms.labels, name);
}
std::vector<std::string> EngineCatalogue::type_targets(std::string_view name) const {
    return targets(engine_.synonyms.types, name);
}

// ---------------------------------------------------------------- Session

struct Session::Impl {
    explicit Impl(EngineState& shared) : engine(shared) {}

    EngineState& engine;
    std::optional<storage::WriteTransaction> writing;  // an open transaction that may write
    std::optional<graph::Graph> reading;               // or, on a read-only store, its snapshot
    EvalContext::Instant started;                      // of the open transaction
    Clock::time_point begun;                           // of the statement run now

    bool open() const { return writing.has_value() || reading.has_value(); }
    graph::Graph graph() {
        if (writing) return writing->graph().graph();
        return reading ? *reading : engine.store.snapshot();
    }

    QueryResult run(CachedStatement& statement, const Parameters& parameters, const RunOptions& options);
    void run_query(CachedStatement& statement, const Parameters& parameters, const RunOptions& options,
                   QueryResult& result);
    void run_schema(const CachedStatement& statement, const RunOptions& options, QueryResult& result);
    void execute(CachedStatement& statement, const Parameters& parameters, const RunOptions& options,
                 const graph::Graph& graph, std::optional<storage::WriteTransaction>* transaction,
                 QueryResult& result);
    // Runs a statement that writes in the open transaction or in one of its own.
    template <class Work>
    void write(const RunOptions& options, Work work);
    void commit(storage::WriteTransaction&& transaction);
    std::shared_ptr<CachedStatement> look_up(std::string_view text, const Parameters& parameters,
                                             const RunOptions& options);
};

namespace {
template <class T>
T value_or_throw(Result<T> result) {
    if (!result.ok()) throw QueryError(std::move(result).error());
    return std::move(result).value();
}
void throw_unless(Result<void> result) {
    if (!result.ok()) throw QueryError(std::move(result).error());
}
}  // namespace

std::shared_ptr<CachedStatement> Session::Impl::look_up(std::string_view text, const Parameters& parameters,
                                                        const RunOptions& options) {
    const bool plain = options.disabled_rewrites.empty();
    const std::string long_key = plain ? std::string() : cache_key(text, options);
    const std::string_view key = plain ? text : std::string_view(long_key);
    const graph::Graph now = graph();
    std::shared_ptr<CachedStatement> statement = engine.plans.find(key);
    if (statement != nullptr && fits(*statement, now)) return statement;
    StatementGuard guard;
    guard.start(options, begun);
    statement = prepare(text, EngineCatalogue(engine, now), parameters, options, guard);
    if (statement->cacheable) engine.plans.add(key, statement);
    return statement;
}

void Session::Impl::commit(storage::WriteTransaction&& transaction) {
    if (transaction.graph().changes().empty()) return;
    storage::WriteTransaction last = std::move(transaction);
    throw_unless(std::move(last).commit());
}

template <class Work>
void Session::Impl::write(const RunOptions& options, Work work) {
    if (options.read_only || reading.has_value()) throw QueryError(cannot_write());
    if (!writing) {
        std::optional<storage::WriteTransaction> own(value_or_throw(engine.store.begin_write()));
        work(own);
        commit(std::move(*own));
        return;
    }
    const graph::Transaction::Savepoint savepoint = writing->graph().savepoint();
    try {
        work(writing);
    } catch (...) {
        writing->graph().roll_back_to(savepoint);
        throw;
    }
}

void Session::Impl::execute(CachedStatement& statement, const Parameters& parameters,
                            const RunOptions& options, const graph::Graph& graph,
                            std::optional<storage::WriteTransaction>* transaction, QueryResult& result) {
    std::unique_ptr<Execution> execution = statement.prepared->take();
    ExecContext& context = execution->context;
    context.updates = {};
    context.guard.start(options, begun);
    context.parameters = &parameters;
    context.read_only = options.read_only;
    context.profile = statement.mode == BoundStatement::Mode::kProfile;
    context.eval.graph = &graph;
    context.eval.guard = &context.guard;
    context.eval.language = options.language;
    context.eval.statement_time.reset();
    context.eval.transaction_time.reset();
    context.in_transaction = open();
    if (open()) context.eval.transaction_time = started;
    context.eval.deleted = nullptr;
    context.writer = nullptr;
    std::optional<Writer> writer;
    if (transaction != nullptr) {
        writer.emplace((*transaction)->graph(), context.updates, context.guard);
        context.writer = &*writer;
        context.eval.deleted = &*writer;
    }
    context.commit_part = nullptr;
    if (transaction != nullptr && !open()) {
        context.commit_part = [&] {
            writer->finish();
            commit(std::move(**transaction));
            transaction->reset();
            transaction->emplace(value_or_throw(engine.store.begin_write()));
            writer->go_on((*transaction)->graph());
            context.eval.graph = &(*transaction)->graph().graph();
            context.run = next_run();
        };
    }
    run_to_end(*execution, statement.prepared->plan(), result.rows);
    if (writer) writer->finish();
    result.updates = context.updates;
    if (context.profile) result.plan = explain(statement.prepared->plan(), execution.get());
    context.writer = nullptr;
    context.commit_part = nullptr;
    context.eval.deleted = nullptr;
    context.eval.graph = nullptr;
    // Operators with counts of a PROFILE are not for further use.
    if (!context.profile) statement.prepared->give_back(std::move(execution));
}

void Session::Impl::run_query(CachedStatement& statement, const Parameters& parameters,
                              const RunOptions& options, QueryResult& result) {
    const Plan& plan = statement.prepared->plan();
    if (statement.mode == BoundStatement::Mode::kExplain) {
        result.plan = explain(plan, nullptr);
        result.graph = graph();
        return;
    }
    for (std::size_t i = 0; i < statement.parameters.size(); ++i) {
        const std::string& name = statement.parameters[i];
        const bool given = std::any_of(parameters.begin(), parameters.end(),
                                       [&](const MapEntry& entry) { return entry.first == name; });
        if (!given) {
            const SourceRange& at = statement.parameter_places[i];
            throw QueryError(Error{ErrorCode::kQuery, "the parameter $" + name + " was not given",
                                   Where{"", at.line, at.column},
                                   QueryFault{"ParameterMissing", "compile time", "MissingParameter", "42N51"}});
        }
    }
    result.columns = plan.columns;
    if (!plan.writes) {
        const graph::Graph now = graph();
        execute(statement, parameters, options, now, nullptr, result);
        result.graph = now;
        return;
    }
    write(options, [&](std::optional<storage::WriteTransaction>& transaction) {
        execute(statement, parameters, options, transaction->graph().graph(), &transaction, result);
    });
    result.graph = graph();
}

void Session::Impl::run_schema(const CachedStatement& statement, const RunOptions& options,
                               QueryResult& result) {
    write(options, [&](std::optional<storage::WriteTransaction>& transaction) {
        change_schema(statement.schema, transaction->graph(), result);
    });
    result.graph = graph();
}

QueryResult Session::Impl::run(CachedStatement& statement, const Parameters& parameters,
                               const RunOptions& options) {
    QueryResult result;
    result.notifications = statement.notifications;
    switch (statement.kind) {
        case BoundStatement::Kind::kQuery: run_query(statement, parameters, options, result); break;
        case BoundStatement::Kind::kSchema: run_schema(statement, options, result); break;
        default: break;  // BEGIN, COMMIT, ROLLBACK: see Session::run
    }
    return result;
}

Session Engine::session() { return Session(std::make_unique<Session::Impl>(*impl_)); }

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::Session(Session&&) noexcept = default;
Session::~Session() {
    if (impl_ != nullptr && impl_->open()) static_cast<void>(roll_back());
}

Result<QueryResult> Session::run(std::string_view text, const Parameters& parameters, const RunOptions& options) {
    const auto begun = impl_->begun = Clock::now();
    try {
        const std::shared_ptr<CachedStatement> statement = impl_->look_up(text, parameters, options);
        located(statement->range, [&] {
            if (statement->kind == BoundStatement::Kind::kBegin) throw_unless(begin());
            if (statement->kind == BoundStatement::Kind::kCommit) throw_unless(commit());
            if (statement->kind == BoundStatement::Kind::kRollBack) throw_unless(roll_back());
        });
        QueryResult result = impl_->run(*statement, parameters, options);
        if (options.language == "ko") {
            for (Notification& note : result.notifications) note.message = runtime_message_in_korean(note.message);
        }
        result.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
        return result;
    } catch (const QueryError& error) {
        return error.in(options.language);
    } catch (const std::bad_alloc&) {
        return QueryError(Error{ErrorCode::kLimit, "out of memory; narrow the query", {}, {}}).in(options.language);
    }
}

Result<void> Session::begin() {
    if (impl_->open()) {
        return Error{ErrorCode::kQuery, "a transaction is open already; expected COMMIT or ROLLBACK", {},
                     QueryFault{"TransactionError", "runtime", "TransactionOpen", "25G01"}};
    }
    if (impl_->engine.store.info().read_only) {
        impl_->reading = impl_->engine.store.snapshot();
    } else {
        Result<storage::WriteTransaction> begun = impl_->engine.store.begin_write();
        if (!begun.ok()) return std::move(begun).error();
        impl_->writing.emplace(std::move(begun).value());
    }
    impl_->started = EvalContext::realtime_clock();
    return {};
}

Result<void> Session::commit() {
    if (!impl_->open()) {
        return Error{ErrorCode::kQuery, "no transaction is open; expected BEGIN before COMMIT", {},
                     QueryFault{"TransactionError", "runtime", "NoTransaction", "25G02"}};
    }
    impl_->reading.reset();
    if (!impl_->writing) return {};
    try {
        storage::WriteTransaction last = std::move(*impl_->writing);
        impl_->writing.reset();
        impl_->commit(std::move(last));
    } catch (const QueryError& error) {
        return error.error();
    }
    return {};
}

Result<void> Session::roll_back() {
    if (!impl_->open()) {
        return Error{ErrorCode::kQuery, "no transaction is open; expected BEGIN before ROLLBACK", {},
                     QueryFault{"TransactionError", "runtime", "NoTransaction", "25G02"}};
    }
    impl_->reading.reset();
    impl_->writing.reset();
    return {};
}

bool Session::in_transaction() const { return impl_->open(); }

}  // namespace maek::query
