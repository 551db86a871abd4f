// maek explain STORE NAME: why names became one node: what each article states, and which
// statement joined what. Tests: tests/tools/curation_test.cpp.
#include "storage/fact_store.h"
#include "tools/commands.h"
#include "tools/open_store.h"
#include "tools/output/json_text.h"
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

void print_json(const Console& console, const Explanation& explanation) {
    JsonText json;
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
    console.write(json.text());
    console.write("\n");
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
    auto store = open_store(context, options.store, Access::kRead);
    if (!store.ok()) return context.console.fail(store.error());
    const auto explanations = storage::FactStore(**store).explain(options.name);
    if (!explanations.ok()) return context.console.fail(explanations.error());
    if (explanations->empty()) {
        const auto near = node_by_name((*store)->snapshot(), options.name);
        return context.console.fail(near.ok() ? Error{ErrorCode::kNotFound, "no article states '" + options.name + "'"}
                                              : near.error());
    }
    for (const Explanation& explanation : *explanations) {
        if (context.options.format == Format::kTable) print(context, explanation);
        else print_json(context.console, explanation);
    }
    return kDone;
}

}  // namespace maek::tools
