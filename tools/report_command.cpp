// maek report STORE -o report.html: one self-contained page about a graph: what it holds, the best
// connected bodies, alliances and their members, money, the picture. No script, nothing loaded from
// elsewhere. Tests: tests/tools/picture_test.cpp.
#include "tools/commands.h"
#include "tools/open_store.h"
#include "tools/output/graph_summary.h"
#include "tools/output/output_file.h"
#include "tools/output/progress.h"
#include "tools/output/value_text.h"
#include "tools/picture/map.h"
#include "tools/question/names.h"
#include "tools/question/queries.h"

namespace maek::tools {
namespace {

constexpr std::string_view kStyle =
    "body{font-family:'Noto Sans KR','Malgun Gothic',sans-serif;max-width:1100px;margin:2em auto;padding:0 1em;color:#202124}"
    "table{border-collapse:collapse;width:100%;margin:.5em 0 2em}th,td{border-bottom:1px solid #dadce0;padding:.35em .6em;"
    "text-align:left;vertical-align:top}th{background:#f1f3f4}td.n{text-align:right;white-space:nowrap}"
    "svg{width:100%;height:auto;border:1px solid #dadce0}.small{color:#5f6368;font-size:.9em}";

std::string cell_text(const Value& value, const graph::Graph& graph) {
    if (value.is_null()) return {};
    if (value.is(ValueKind::kInteger) && value.as_integer() >= 10000) return grouped(static_cast<std::uint64_t>(value.as_integer()));
    if (!value.is(ValueKind::kList)) return plain_text(value, graph);
    std::string out;
    for (const Value& item : value.as_list()) out += (out.empty() ? "" : " · ") + plain_text(item, graph);
    return out;
}

std::string html_table(const query::QueryResult& result) {
    std::string out = "<table><tr>";
    for (const std::string& name : result.columns) out += "<th>" + escaped_xml(name) + "</th>";
    out += "</tr>\n";
    for (const auto& row : result.rows) {
        out += "<tr>";
        for (const Value& value : row) {
            out += (value.is_number() ? "<td class=\"n\">" : "<td>") + escaped_xml(cell_text(value, result.graph)) + "</td>";
        }
        out += "</tr>\n";
    }
    return out + "</table>\n";
}

// A heading and the answer of one of the usual questions; left out when there is none.
Result<std::string> section(const Context& context, query::Session& session, const graph::Graph& graph,
                            std::string_view title, QuestionOptions question) {
    query::Parameters parameters;
    parameters.emplace_back("limit", Value::integer(question.limit));
    query::RunOptions how = run_options(context);
    how.read_only = true;
    auto result = session.run(question_text(question, fact_types(graph)), parameters, how);
    if (!result.ok()) return std::move(result).error();
    if (result->rows.empty()) return std::string();
    return "<h2>" + std::string(title) + "</h2>\n" + html_table(*result);
}

std::string census_html(const Census& census) {
    std::string out = "<p class=\"small\">";
    for (std::size_t i = 0; i < census.size(); ++i) {
        out += (i > 0 ? " · " : "") + escaped_xml(census[i].first) + " " + grouped(census[i].second);
    }
    return out + "</p>\n";
}

}  // namespace

int report_command(Context& context, const ReportOptions& options) {
    const Console& console = context.console;
    auto database = open_database(context, options.store, Access::kRead);
    if (!database.ok()) return console.fail(database.error());
    const graph::Graph graph = database->store->snapshot();
    auto session = database->engine->session();

    const std::string title = "maek · " + options.store.filename().string();
    std::string page = "<!doctype html>\n<html lang=\"" + std::string(console.text("en", "ko")) +
                       "\"><head><meta charset=\"utf-8\"><title>" + escaped_xml(title) + "</title><style>" + std::string(kStyle) +
                       "</style></head><body>\n<h1>" + escaped_xml(title) + "</h1>\n<p>" + grouped(graph.node_count()) +
                       std::string(console.text(" nodes, ", "개 노드, ")) + grouped(graph.rel_count()) +
                       std::string(console.text(" relationships", "개 관계")) + "</p>\n";
    page += census_html(labels_of(graph)) + census_html(types_of(graph));
    page += svg_map(graph, nodes_to_draw(graph, 120));
    const auto question = [](const char* command, unsigned limit) {
        QuestionOptions out;
        out.command = command;
        out.limit = limit;
        return out;
    };
    const std::pair<std::string_view, QuestionOptions> sections[] = {
        {console.text("The best connected", "연결이 가장 많은 기관"), question("top", 25)},
        {console.text("Alliances and their members", "얼라이언스와 구성원"), question("members", 50)},
        {console.text("Who funds what", "누가 무엇에 얼마를 지원하나"), question("funding", 50)},
        {console.text("In order of time", "시간 순서"), question("timeline", 60)},
    };
    for (const auto& [heading, what] : sections) {
        auto text = section(context, session, graph, heading, what);
        if (!text.ok()) return console.fail(text.error());
        page += *text;
    }
    page += "</body></html>\n";

    auto file = OutputFile::open(options.output);
    if (!file.ok()) return console.fail(file.error());
    file->write(page);
    if (const auto done = file->finish(); !done.ok()) return console.fail(done.error());
    console.note(std::string(console.text("report written to ", "보고서를 썼습니다: ")) + options.output);
    return kDone;
}

}  // namespace maek::tools
