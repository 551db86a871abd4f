// maek explain STORE NAME: why names became one node: what each article states, and which
// statement joined what. Tests: tests/tools/review_test.cpp.
#include "storage/fact_store.h"
#include "tools/commands.h"
#include "tools/open_store.h"
#include "tools/output/json_text.h"
#include "tools/output/result_writer.h"
#include "tools/output/table.h"
#include "tools/output/text_width.h"
#include "tools/question/names.h"
#include "tools/run_statements.h"

namespace maek::tools {
namespace {

using storage::Explanation;

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
    return out;
}

void add_json(JsonText& json, const Explanation& explanation) {
    json.begin_object();
    json.member("id", static_cast<std::int64_t>(explanation.node.value));
    json.member("type", explanation.type);
    json.member("name", explanation.name);
    json.member("key", explanation.key);
    json.key("statements");
    json.begin_array();
    for (const Explanation::Statement& statement : explanation.statements) {
        json.begin_object();
        json.member("name", statement.name);
        json.key("canonical"), json.boolean(statement.canonical);
        json.member("articles", static_cast<std::int64_t>(statement.articles));
        json.key("examples");
        json.begin_array();
        for (const std::string& id : statement.examples) json.string(id);
        json.end_array();
        json.end_object();
    }
    json.end_array();
    json.key("merges");
    json.begin_array();
    for (const Explanation::Merge& merge : explanation.merges) {
        json.begin_object();
        json.member("name", merge.name);
        json.member("into", merge.into);
        json.member("reason", merge.reason);
        json.member("article", merge.article);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

// json: a list with everything; jsonl: one a line.
void print_json(const Context& context, const std::vector<Explanation>& explanations) {
    JsonText json;
    const bool lines = context.options.format == Format::kJsonLines;
    if (!lines) json.begin_array();
    for (const Explanation& explanation : explanations) {
        add_json(json, explanation);
        if (!lines) continue;
        context.console.write(std::string(json.text()) + "\n");
        json.clear();
    }
    if (lines) return;
    json.end_array();
    context.console.write(std::string(json.text()) + "\n");
}

// csv, tsv, markdown: a row for each statement.
void print_rows(const Context& context, const std::vector<Explanation>& explanations) {
    query::QueryResult result;
    result.columns = {"type", "name", "key", "statement", "canonical", "articles", "examples"};
    for (const Explanation& explanation : explanations) {
        for (const Explanation::Statement& statement : explanation.statements) {
            std::vector<Value> examples;
            for (const std::string& id : statement.examples) examples.push_back(Value::string(id));
            result.rows.push_back({Value::string(explanation.type), Value::string(explanation.name),
                                   explanation.key.empty() ? Value() : Value::string(explanation.key), Value::string(statement.name),
                                   Value::boolean(statement.canonical), Value::integer(static_cast<std::int64_t>(statement.articles)),
                                   Value::list(std::move(examples))});
        }
    }
    write_result(result, context.options.format, table_style(context), [&](std::string_view text) { context.console.write(text); });
}

void print(const Context& context, const Explanation& explanation) {
    const Console& console = context.console;
    std::string head = visible(explanation.name) + " (" + visible(explanation.type) + ")";
    if (!explanation.key.empty()) {
        head += std::string(console.text(" · known in the lexicon as ", " · 사전의 이름: ")) + visible(explanation.key);
    }
    console.write(head + "\n");
    Table names({std::string(console.text("name", "이름")), std::string(console.text("stated as", "쓰임")),
                 std::string(console.text("articles", "기사 수")), std::string(console.text("for example", "예"))});
    for (const Explanation::Statement& statement : explanation.statements) {
        names.add({statement.name, std::string(statement.canonical ? console.text("its name", "본이름") : console.text("another name", "다른 이름")),
                   std::to_string(statement.articles), joined(statement.examples)},
                  {false, false, true, false});
    }
    console.write(names.text(table_style(context)));
    for (const Explanation::Merge& merge : explanation.merges) {
        console.write("  " + visible(merge.name) + " = " + visible(merge.into) + ": " + visible(merge.reason) +
                      (merge.article.empty() ? "" : " [" + visible(merge.article) + "]") + "\n");
    }
}

}  // namespace

int explain_command(Context& context, const ExplainOptions& options) {
    if (context.options.format == Format::kGraphml) {
        return context.console.fail(Error{ErrorCode::kUsage, "--format graphml: an explanation is no graph; known here: table, json, jsonl, csv, tsv, markdown"});
    }
    auto store = open_store(context, options.store, Access::kRead);
    if (!store.ok()) return context.console.fail(store.error());
    const auto explanations = storage::FactStore(**store).explain(options.name);
    if (!explanations.ok()) return context.console.fail(explanations.error());
    if (explanations->empty()) {
        const auto near = node_by_name((*store)->snapshot(), options.name);
        return context.console.fail(near.ok() ? Error{ErrorCode::kNotFound, "no article states '" + options.name + "'"}
                                              : near.error());
    }
    switch (context.options.format) {
        case Format::kTable:
            for (const Explanation& explanation : *explanations) print(context, explanation);
            break;
        case Format::kJson:
        case Format::kJsonLines: print_json(context, *explanations); break;
        default: print_rows(context, *explanations); break;
    }
    return kDone;
}

}  // namespace maek::tools
