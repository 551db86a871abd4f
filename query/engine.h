// Room: query, doorway. The openCypher language: text in, rows out.
//   text -> parse/ -> bind/ -> plan/ -> rewrite/ -> exec/ (over a snapshot, with eval/)
// An Engine serves many threads; a Session is one client's (one thread at a time).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "schema/result.h"
#include "schema/value.h"
#include "storage/store.h"

namespace maek::query {

using Parameters = std::vector<MapEntry>;  // sorted by name

// An English message of the store, of a request or of a run in Korean; itself when there is no
// Korean form of it.
std::string in_korean(std::string_view message);

// Korean names of labels and types that stand for the ontology's own: "연구기관" -> "ResearchInstitute".
struct Synonyms {
    std::vector<std::pair<std::string, std::string>> labels;
    std::vector<std::pair<std::string, std::string>> types;
};

struct RunOptions {
    bool read_only = false;
    std::chrono::milliseconds timeout{0};            // 0: none
    std::size_t memory_limit = std::size_t{1} << 30;  // bytes of rows and state
    const std::atomic<bool>* cancelled = nullptr;    // set from a signal handler or another thread
    std::string language = "en";                     // of messages: "en" or "ko"
    std::vector<std::string> disabled_rewrites;      // by name, for tests
};

struct UpdateCounts {
    std::uint64_t nodes_created = 0, nodes_deleted = 0;
    std::uint64_t relationships_created = 0, relationships_deleted = 0;
    std::uint64_t properties_set = 0, labels_added = 0, labels_removed = 0;
    std::uint64_t indexes_added = 0, indexes_removed = 0, constraints_added = 0, constraints_removed = 0;
    bool any() const;
};

struct Notification {
    std::string code, severity, message;
    std::uint32_t line = 0, column = 0;
};

struct QueryResult {
    std::vector<std::string> columns;
    std::vector<std::vector<Value>> rows;
    UpdateCounts updates;
    std::vector<Notification> notifications;
    std::string plan;       // EXPLAIN and PROFILE: the tree as text, else empty
    double milliseconds = 0;
    graph::Graph graph;     // what node and relationship ids in rows refer to
};

// A table-driven procedure of a test, or one of ours. Values are coerced to the declared types.
struct ProcedureField {
    std::string name;
    std::string type;  // "INTEGER?", "STRING?", "NUMBER?", "FLOAT?", "ANY?", ...
};
struct TableProcedure {
    std::string name;
    std::vector<ProcedureField> inputs, outputs;
    std::vector<std::vector<Value>> rows;  // inputs then outputs
};

class Session;

class Engine {
public:
    // The store outlives the engine.
    Engine(storage::Store& store, Synonyms synonyms);
    ~Engine();
    void register_procedure(TableProcedure procedure);
    Session session();

private:
    friend class Session;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

class Session {
public:
    Session(Session&&) noexcept;
    ~Session();  // rolls an open transaction back

    // One statement. Outside a transaction it commits by itself; a failed statement leaves nothing.
    // BEGIN, COMMIT and ROLLBACK are statements too.
    Result<QueryResult> run(std::string_view text, const Parameters& parameters = {},
                            const RunOptions& options = {});
    Result<void> begin();
    Result<void> commit();
    Result<void> roll_back();
    bool in_transaction() const;

private:
    friend class Engine;
    struct Impl;
    explicit Session(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// Splits a script at ';' outside strings, comments and backticks; a last statement needs none.
// Offsets in the input, so that errors can give places in the whole script.
struct StatementText {
    std::string_view text;
    std::uint32_t line = 1;  // of its first character
};
std::vector<StatementText> split_statements(std::string_view script);
// The line of `text` that a place is in and, below it, a caret under the place, in display columns
// (Hangul is two wide); long lines are cut. Empty when the place is not known.
std::string point_at(std::string_view text, const Where& where);
// Whether the text ends inside a string, comment or bracket (the shell asks for another line).
bool is_incomplete(std::string_view text);

}  // namespace maek::query
