// maek pipe STORE: a conversation with a program, one JSON object a line each way.
//   {"id": 1, "query": "MATCH ...", "params": {...}}   ->  {"id", "columns", "rows", "stats", "ms"}
//   {"id": 2, "begin": true}, "commit", "rollback"     ->  the same, without columns
// A request may bring its own "timeout" (ms) and "read_only"; that of a "begin" holds for its
// transaction. Answers come in the order of the requests; a failed one is {"id", "error": {...}} and
// the conversation goes on.
// Form: docs/command-line.md. Tests: tests/tools/pipe_test.cpp.
#include <unistd.h>

#include <cmath>

#include "tools/commands.h"
#include "tools/input/interrupt.h"
#include "tools/input/json_value.h"
#include "tools/input/line_input.h"
#include "tools/open_store.h"
#include "tools/output/json_text.h"
#include "tools/output/result_writer.h"

namespace maek::tools {
namespace {

std::string_view code_name(ErrorCode code) {
    switch (code) {
        case ErrorCode::kUsage: return "request";
        case ErrorCode::kNotFound: return "not_found";
        case ErrorCode::kIo: return "io";
        case ErrorCode::kEncoding: return "encoding";
        case ErrorCode::kFormat: return "format";
        case ErrorCode::kLimit: return "limit";
        case ErrorCode::kCancelled: return "cancelled";
        case ErrorCode::kQuery: return "query";
        case ErrorCode::kReadOnly: return "read_only";
        case ErrorCode::kStoreInUse: return "store_in_use";
        case ErrorCode::kStoreDamaged: return "store_damaged";
        case ErrorCode::kStoreFormat: return "store_format";
        case ErrorCode::kInternal: return "internal";
    }
    return "internal";
}

void write_error(JsonText& json, const Error& error, bool korean) {
    json.key("error");
    json.begin_object();
    const bool has_status = error.query && !error.query->status.empty();
    json.member("code", has_status ? std::string_view(error.query->status) : code_name(error.code));
    json.member("kind", code_name(error.code));
    if (error.query) {
        json.member("type", error.query->type);
        json.member("phase", error.query->phase);
        json.member("detail", error.query->detail);
    }
    json.member("message", korean ? query::in_korean(error.message) : error.message);
    if (error.where.line > 0) {
        json.member("line", static_cast<std::int64_t>(error.where.line));
        json.member("column", static_cast<std::int64_t>(error.where.column));
    }
    json.end_object();
}

void write_notifications(JsonText& json, const query::QueryResult& result) {
    if (result.notifications.empty()) return;
    json.key("notifications");
    json.begin_array();
    for (const query::Notification& notification : result.notifications) {
        json.begin_object();
        json.member("code", notification.code);
        json.member("severity", notification.severity);
        json.member("message", notification.message);
        if (notification.line > 0) {
            json.member("line", static_cast<std::int64_t>(notification.line));
            json.member("column", static_cast<std::int64_t>(notification.column));
        }
        json.end_object();
    }
    json.end_array();
}

void write_answer(JsonText& json, const query::QueryResult& result) {
    json.key("columns");
    json.begin_array();
    for (const std::string& name : result.columns) json.string(name);
    json.end_array();
    json.key("rows");
    json.begin_array();
    for (const auto& row : result.rows) {
        json.begin_array();
        for (const Value& value : row) json.value(value, result.graph);
        json.end_array();
    }
    json.end_array();
    json.key("stats");
    write_updates(json, result.updates);
    if (!result.plan.empty()) json.member("plan", result.plan);
    write_notifications(json, result);
    json.key("ms");
    json.floating(std::round(result.milliseconds * 1e3) / 1e3);
}

Error bad_request(std::string what) {
    return Error{ErrorCode::kUsage, std::move(what) +
                                        "; expected {\"id\", \"query\", \"params\"} or {\"begin\": true}, "
                                        "{\"commit\": true}, {\"rollback\": true}"};
}

// One client's conversation.
class Conversation {
public:
    Conversation(const Context& context, Database& database)
        : context_(context), database_(database), session_(database.engine->session()) {}

    // The answer to one line, without the line end; valid until the next call.
    std::string_view answer(std::string_view line) {
        const auto request = parse_json(line);
        json_.clear();
        json_.begin_object();
        json_.key("id");
        const Value* id = request.ok() && request->is(ValueKind::kMap) ? request->find("id") : nullptr;
        json_.value(id != nullptr ? *id : Value::null(), graph::Graph());
        const auto result = request.ok() ? run(*request) : Result<query::QueryResult>(bad_request(request.error().message));
        if (result.ok()) {
            write_answer(json_, *result);
        } else {
            write_error(json_, database_.explained(result.error()), context_.console.korean());
        }
        json_.end_object();
        return json_.text();
    }

private:
    // Whether a field is there to be read; null is as good as none.
    static const Value* given_field(const Value& request, std::string_view name) {
        const Value* field = request.find(name);
        return field == nullptr || field->is_null() ? nullptr : field;
    }
    static bool asks(const Value& request, std::string_view name) {
        const Value* field = given_field(request, name);
        return field != nullptr && field->as_boolean();
    }

    // A request that says something of the wrong kind does nothing, rather than what was not meant.
    static Result<void> check_fields(const Value& request) {
        if (!request.is(ValueKind::kMap)) return bad_request("a request that is no object");
        for (const std::string_view name : {"begin", "commit", "rollback", "read_only"}) {
            const Value* field = given_field(request, name);
            if (field != nullptr && !field->is(ValueKind::kBoolean)) {
                return bad_request("\"" + std::string(name) + "\" is neither true nor false");
            }
        }
        const int asked = (asks(request, "begin") ? 1 : 0) + (asks(request, "commit") ? 1 : 0) + (asks(request, "rollback") ? 1 : 0) +
                          (given_field(request, "query") != nullptr ? 1 : 0);
        if (asked > 1) return bad_request("a request that asks for several things at once");
        const Value* timeout = given_field(request, "timeout");
        if (timeout != nullptr && !(timeout->is_number() && timeout->as_number() >= 0 && timeout->as_number() <= kLongest)) {
            return bad_request("\"timeout\" is no number of milliseconds from 0 to 1e12");
        }
        return {};
    }

    Result<query::QueryResult> run(const Value& request) {
        if (const auto checked = check_fields(request); !checked.ok()) return checked.error();
        const bool was_open = session_.in_transaction();
        auto result = perform(request);
        if (session_.in_transaction() != was_open) read_only_transaction_ = !was_open && asks(request, "read_only");
        return result;
    }

    Result<query::QueryResult> perform(const Value& request) {
        if (asks(request, "begin")) return done(session_.begin());
        if (asks(request, "commit")) return done(session_.commit());
        if (asks(request, "rollback")) return done(session_.roll_back());
        const Value* text = request.find("query");
        if (text == nullptr || !text->is(ValueKind::kString)) return bad_request("a request without \"query\"");

        query::Parameters parameters;
        const Value* given = request.find("params");
        if (given != nullptr && given->is(ValueKind::kMap)) {
            parameters.assign(given->as_map().begin(), given->as_map().end());
        } else if (given != nullptr && !given->is_null()) {
            return bad_request("\"params\" is no object");
        }
        query::RunOptions options = run_options(context_);
        if (const Value* timeout = given_field(request, "timeout"); timeout != nullptr) {
            options.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(timeout->as_number())));
        }
        if (asks(request, "read_only") || read_only_transaction_) options.read_only = true;
        return session_.run(text->as_string(), parameters, options);
    }

    static Result<query::QueryResult> done(Result<void> outcome) {
        if (!outcome.ok()) return std::move(outcome).error();
        return query::QueryResult{};
    }

    static constexpr double kLongest = 1e12;  // milliseconds

    const Context& context_;
    Database& database_;
    query::Session session_;
    bool read_only_transaction_ = false;  // the open one was begun so
    JsonText json_;
};

}  // namespace

int pipe_command(Context& context, const std::filesystem::path& path) {
    const Console& console = context.console;
    catch_interrupts();
    auto database = open_database(context, path, Access::kPreferWrite, true);
    if (!database.ok()) return console.fail(database.error());
    int exit_code = kDone;
    {
        Conversation conversation(context, *database);
        LineInput input(STDIN_FILENO);
        std::string_view line;
        for (auto got = input.next(line); got != LineInput::Got::kEnd; got = input.next(line)) {
            if (got == LineInput::Got::kInterrupted) {
                if (!interrupted()) continue;
                break;
            }
            if (line.find_first_not_of(" \t") == std::string_view::npos && got == LineInput::Got::kLine) continue;
            console.write(got == LineInput::Got::kLine ? conversation.answer(line)
                                                       : conversation.answer("\"a line longer than 256 MiB\""));
            console.write("\n");
            // Answers to requests that are here already go out together.
            if (!input.has_line() && console.finish(kDone) != kDone) return kWorkFailed;
            if (interrupted()) break;
        }
        if (interrupted()) exit_code = kInterrupted;
    }
    database->engine.reset();
    if (const auto closed = database->store->close(); !closed.ok()) return console.fail(closed.error());
    return exit_code;
}

}  // namespace maek::tools
