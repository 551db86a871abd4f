// maek find|show|path|members|funding|timeline|top|compare|evidence: the usual questions without the
// language. Each is a statement of the language with the names looked up before; the statements
// stand in question/queries.cpp. Tests: tests/tools/questions_test.cpp.
#include <algorithm>
#include <cctype>
#include <chrono>

#include "tools/commands.h"
#include "tools/input/interrupt.h"
#include "tools/open_store.h"
#include "tools/output/result_writer.h"
#include "tools/output/text_width.h"
#include "tools/question/names.h"
#include "tools/question/queries.h"
#include "tools/run_statements.h"

namespace maek::tools {
namespace {

unsigned default_limit(const std::string& command) {
    if (command == "top") return 20;
    if (command == "find") return 50;
    return 1000;
}

bool is_date(const std::string& text) {
    const auto digit = [&](std::size_t i) { return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0; };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((i == 4 || i == 7) ? text[i] != '-' : !digit(i)) return false;
    }
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
    const auto part = [&](std::size_t at, std::size_t size) { return text.size() > at ? std::stoi(text.substr(at, size)) : 1; };
    return std::chrono::year_month_day(std::chrono::year(part(0, 4)), std::chrono::month(static_cast<unsigned>(part(5, 2))),
                                       std::chrono::day(static_cast<unsigned>(part(8, 2)))).ok();
}

// "종류: 창원시 (City), also called 창원" above what is known of it.
std::string headline(const Console& console, const graph::Graph& graph, NodeId node) {
    std::string out = visible(display_name(graph, node)) + " (" + visible(display_type(graph, node)) + ")";
    const auto names = names_of(graph, node);
    for (std::size_t i = 1; i < names.size(); ++i) {
        out += (i == 1 ? std::string(console.text(", also ", ", 다른 이름: ")) : ", ") + visible(names[i]);
    }
    return out + "\n";
}

// Parameters a and b from the names given.
Result<query::Parameters> look_up(const Console& console, const graph::Graph& graph, const QuestionOptions& options) {
    query::Parameters out;
    if (options.command == "find") return out;
    const char* const keys[] = {"a", "b"};
    for (std::size_t i = 0; i < options.names.size() && i < 2; ++i) {
        const auto found = node_by_name(graph, options.names[i]);
        if (!found.ok()) return found.error();
        if (!found->others.empty()) {
            std::string line = console.korean() ? "참고: 이름이 같은 것이 더 있습니다:" : "note: others are called so too:";
            for (const NodeId other : found->others) {
                line += " " + display_name(graph, other) + " (" + display_type(graph, other) + ")";
            }
            console.note(line);
        }
        out.emplace_back(keys[i], Value::integer(found->node.value));
    }
    return out;
}

void tell_nothing(const Console& console, const QuestionOptions& options) {
    if (options.command == "path") {
        const std::string most = std::to_string(options.max_length);
        console.note(console.korean() ? most + "단계 안에 이어지지 않습니다" : "no connection of at most " + most + " steps");
    } else {
        console.note(console.text("nothing found", "찾은 것이 없습니다"));
    }
}

}  // namespace

int question_command(Context& context, const QuestionOptions& options) {
    const Console& console = context.console;
    for (const std::string* date : {&options.since, &options.until}) {
        if (!date->empty() && !is_date(*date)) {
            return console.fail_usage("'" + *date + "' is no date; expected 2020, 2020-11 or 2020-11-20");
        }
    }
    catch_interrupts();
    auto database = open_database(context, options.store, Access::kRead);
    if (!database.ok()) return console.fail(database.error());
    const graph::Graph graph = database->store->snapshot();
    auto parameters = look_up(console, graph, options);
    if (!parameters.ok()) return console.fail(parameters.error());
    const unsigned limit = options.limit != 0 ? options.limit : default_limit(options.command);
    parameters->emplace_back("limit", Value::integer(limit));
    parameters->emplace_back("since", Value::string(options.since));
    parameters->emplace_back("text", Value::string(options.names.empty() ? "" : options.names.front()));
    parameters->emplace_back("until", Value::string(options.until));

    const std::string text = question_text(options, fact_types(graph));
    query::RunOptions how = run_options(context);
    how.read_only = true;
    auto result = database->engine->session().run(text, *parameters, how);
    if (!result.ok()) return console.fail(result.error(), text);
    const bool table = context.options.format == Format::kTable;
    if (table && (options.command == "show" || options.command == "compare")) {
        for (const MapEntry& entry : *parameters) {
            if (entry.first == "a" || entry.first == "b") {
                console.write(headline(console, graph, NodeId{static_cast<std::uint32_t>(entry.second.as_integer())}));
            }
        }
    }
    if (options.command == "compare" && result->columns.size() == 5) {
        result->columns[3] = options.names[0];
        result->columns[4] = options.names[1];
    }
    if (result->rows.empty() && table) {
        tell_nothing(console, options);
        return kDone;
    }
    write_result(*result, context.options.format, table_style(context),
                 [&](std::string_view piece) { console.write(piece); });
    return kDone;
}

}  // namespace maek::tools
