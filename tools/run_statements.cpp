#include "tools/run_statements.h"

#include "tools/input/interrupt.h"
#include "tools/output/progress.h"
#include "tools/output/subgraph.h"
#include "tools/output/text_width.h"

namespace maek::tools {
namespace {

std::uint32_t code_points(std::string_view text) {
    std::uint32_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return count;
}

void tell_notifications(const Console& console, const query::QueryResult& result) {
    for (const query::Notification& notification : result.notifications) {
        std::string line = notification.severity.empty() ? "note" : notification.severity;
        if (notification.line > 0) {
            line += " " + std::to_string(notification.line) + ":" + std::to_string(notification.column);
        }
        console.note(line + ": " + notification.message);
    }
}

void tell_summary(const Console& console, const query::QueryResult& result) {
    std::string line;
    if (!result.columns.empty()) {
        line = grouped(result.rows.size()) +
               std::string(console.korean() ? "행" : result.rows.size() == 1 ? " row" : " rows");
    }
    const std::string updates = updates_text(result.updates, console.korean());
    if (!updates.empty()) line += (line.empty() ? "" : ", ") + updates;
    if (line.empty()) line = console.text("done", "완료");
    console.note(line + " · " + duration_text(std::chrono::duration<double>(result.milliseconds / 1e3)));
}

Result<void> write_answer(const Console& console, query::QueryResult& result, const StatementRun& run) {
    if (run.format == Format::kGraphml && !result.columns.empty()) return write_graphml(result, run.sink);
    const std::size_t all = result.rows.size();
    if (run.format == Format::kTable && run.max_rows != 0 && all > run.max_rows) {
        result.rows.resize(run.max_rows);
        console.note(console.korean() ? "처음 " + grouped(run.max_rows) + "행만 보입니다 (모두 " + grouped(all) + "행)"
                                      : "the first " + grouped(run.max_rows) + " of " + grouped(all) + " rows");
    }
    write_result(result, run.format, run.style, run.sink);
    return {};
}

}  // namespace

TableStyle table_style(const Context& context) {
    TableStyle style;
    style.box_characters = context.console.box_characters();
    style.color = context.console.color_on_out();
    style.max_width = context.options.max_width != 0 ? context.options.max_width : context.console.width();
    return style;
}

Where place_in_script(std::string_view script, const query::StatementText& statement, Where where) {
    if (where.line == 0) return where;
    if (where.line == 1) {
        const auto begin = static_cast<std::size_t>(statement.text.data() - script.data());
        const std::size_t line_begin = begin == 0 ? 0 : script.rfind('\n', begin - 1) + 1;
        where.column += code_points(script.substr(line_begin, begin - line_begin));
    }
    where.line += statement.line - 1;
    return where;
}

int run_statements(const Context& context, Database& database, query::Session& session,
                   std::string_view script, const query::Parameters& parameters, const StatementRun& run) {
    const Console& console = context.console;
    int exit_code = kDone;
    for (const query::StatementText& statement : query::split_statements(script)) {
        auto result = session.run(statement.text, parameters, run_options(context));
        Result<void> written;
        if (result.ok()) written = write_answer(console, *result, run);
        if (!result.ok() || !written.ok()) {
            Error error = database.explained(result.ok() ? written.error() : result.error());
            if (error.where.file.empty()) {
                error.where = place_in_script(script, statement, error.where);
                error.where.file = run.file;
            }
            exit_code = console.fail(error, script);
            if (!run.keep_going || interrupted()) return exit_code;
            continue;
        }
        tell_notifications(console, *result);
        if (run.summary || (result->columns.empty() && result->plan.empty())) tell_summary(console, *result);
    }
    return exit_code;
}

}  // namespace maek::tools
