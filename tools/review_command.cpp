// maek review STORE: the least certain facts with their evidence, and an analyst's word on them.
// Decisions are kept in the store and hold for articles that come later. Tests: tests/tools/review_test.cpp.
#include "schema/locate.h"
#include "schema/ontology.h"
#include "storage/fact_store.h"
#include "tools/commands.h"
#include "tools/open_store.h"
#include "tools/output/json_text.h"
#include "tools/output/output_file.h"
#include "tools/output/progress.h"
#include "tools/output/table.h"
#include "tools/output/result_writer.h"
#include "tools/review/decisions_said.h"
#include "tools/run_statements.h"

namespace maek::tools {
namespace {

using storage::Decision;
using storage::ReviewItem;

std::string_view kind_name(Decision::Kind kind) {
    switch (kind) {
        case Decision::Kind::kAccept: return "accept";
        case Decision::Kind::kReject: return "reject";
        case Decision::Kind::kRetype: return "retype";
        case Decision::Kind::kMerge: return "merge";
        case Decision::Kind::kSplit: return "split";
    }
    return "";
}

void write_decision(JsonText& json, const Decision& decision) {
    json.begin_object();
    json.member("decision", kind_name(decision.kind));
    json.member("type", decision.type);
    json.member("name", decision.name);
    if (!decision.relation.empty()) json.member("relation", decision.relation);
    if (!decision.other_type.empty()) json.member("other_type", decision.other_type);
    if (!decision.other_name.empty()) json.member("other_name", decision.other_name);
    if (!decision.new_type.empty()) json.member("new_type", decision.new_type);
    if (!decision.articles.empty()) {
        json.key("articles");
        json.begin_array();
        for (const std::string& id : decision.articles) json.string(id);
        json.end_array();
    }
    json.end_object();
}

std::string decisions_json(const std::vector<Decision>& decisions) {
    std::string out;
    JsonText json;
    for (const Decision& decision : decisions) {
        json.clear();
        write_decision(json, decision);
        out.append(json.text()).append("\n");
    }
    return out;
}

Value list_of(const std::vector<std::string>& texts) {
    std::vector<Value> items;
    for (const std::string& text : texts) items.push_back(Value::string(text));
    return Value::list(std::move(items));
}

void write(const Context& context, const query::QueryResult& result) {
    write_result(result, context.options.format, table_style(context), [&](std::string_view text) { context.console.write(text); });
}

// In the formats of `query`. Empty texts are null.
void write_decisions(const Context& context, const std::vector<Decision>& decisions) {
    query::QueryResult result;
    result.columns = {"number", "decision", "type", "name", "relation", "other_type", "other_name", "new_type", "articles"};
    const auto text = [](const std::string& t) { return t.empty() ? Value() : Value::string(t); };
    for (const Decision& d : decisions) {
        result.rows.push_back({Value::integer(static_cast<std::int64_t>(result.rows.size() + 1)), Value::string(std::string(kind_name(d.kind))),
                               text(d.type), text(d.name), text(d.relation), text(d.other_type), text(d.other_name),
                               text(d.new_type), d.articles.empty() ? Value() : list_of(d.articles)});
    }
    write(context, result);
}

void write_items(const Context& context, const std::vector<ReviewItem>& items) {
    query::QueryResult result;
    result.columns = {"relation", "type", "name", "other_type", "other_name", "confidence", "support", "articles", "evidence"};
    for (const ReviewItem& item : items) {
        result.rows.push_back({Value::string(item.relation), Value::string(item.type), Value::string(item.name),
                               Value::string(item.other_type), Value::string(item.other_name), Value::floating(item.confidence),
                               Value::integer(static_cast<std::int64_t>(item.support)), list_of(item.articles),
                               list_of(item.evidence)});
    }
    write(context, result);
}

int list_decisions(const Context& context, const std::vector<Decision>& decisions) {
    if (context.options.format != Format::kTable) {
        write_decisions(context, decisions);
        return kDone;
    }
    Table table({"#", "decision", "name", "relation", "other", "new type"});
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        const Decision& decision = decisions[i];
        table.add({std::to_string(i + 1), std::string(kind_name(decision.kind)), decision.name, decision.relation,
                   decision.other_name, decision.new_type},
                  {true});
    }
    if (!table.empty()) context.console.write(table.text(table_style(context)));
    else context.console.note(context.console.text("nothing was decided yet", "아직 결정한 것이 없습니다"));
    return kDone;
}

int list_facts(const Context& context, const storage::FactStore& facts, const ReviewOptions& options) {
    auto items = facts.review(options.limit);
    if (!items.ok()) return context.console.fail(items.error());
    std::erase_if(*items, [&](const ReviewItem& item) { return item.confidence >= options.below; });
    if (context.options.format != Format::kTable) {
        write_items(context, *items);
        return kDone;
    }
    Table table({"confidence", "source", "relation", "target", "articles", "evidence"});
    for (const ReviewItem& item : *items) {
        const std::string percent = std::to_string(static_cast<int>(item.confidence * 100 + 0.5)) + "%";
        table.add({percent, item.name, item.relation.empty() ? "(" + item.type + ")" : item.relation, item.other_name,
                   std::to_string(item.support), item.evidence.empty() ? "" : item.evidence.front()},
                  {true, false, false, false, true});
    }
    if (!table.empty()) context.console.write(table.text(table_style(context)));
    context.console.note(table.empty() ? context.console.text("nothing to review", "검토할 것이 없습니다")
                                       : context.console.text(
        "--accept or --reject SOURCE RELATION TARGET, --retype NAME TYPE, --merge, --split; --decisions lists them",
        "--accept 또는 --reject 출발 관계 도착, --retype 이름 유형, --merge, --split; --decisions로 결정 목록"));
    return kDone;
}

int tell_done(const Context& context, storage::Store& store, const Result<storage::IngestSummary>& done) {
    if (!done.ok()) return context.console.fail(done.error());
    if (const auto closed = store.close(); !closed.ok()) return context.console.fail(closed.error());
    if (done->touched == 0) {
        context.console.warn(context.console.text("noted, but it changes nothing in this store as it is",
                                                  "적어 두었지만 지금 이 저장소에서는 바뀐 것이 없습니다"));
        return kDone;
    }
    context.console.note(
        context.console.korean()
            ? "반영했습니다 (노드 +" + grouped(done->nodes_created) + " -" + grouped(done->nodes_deleted) + ", 관계 +" +
                  grouped(done->relationships_created) + " -" + grouped(done->relationships_deleted) + ")"
            : "done (nodes +" + grouped(done->nodes_created) + " -" + grouped(done->nodes_deleted) + ", relationships +" +
                  grouped(done->relationships_created) + " -" + grouped(done->relationships_deleted) + ")");
    return kDone;
}

bool decides(const ReviewOptions& options) {
    return !options.accept.empty() || !options.reject.empty() || !options.reject_entity.empty() ||
           !options.retype.empty() || !options.merge.empty() || !options.split.empty();
}

int decide(const Context& context, storage::Store& store, storage::FactStore& facts, const ReviewOptions& options) {
    const auto folder = default_schema_folder();
    if (!folder.ok()) return context.console.fail(folder.error());
    const auto ontology = Ontology::load(*folder, context.options.schema_overlay);
    if (!ontology.ok()) return context.console.fail(ontology.error());
    const auto said = decisions_said(store.snapshot(), *ontology, options);
    if (!said.ok()) return context.console.fail(said.error());
    return tell_done(context, store, facts.decide(*said));
}

int export_decisions(const Context& context, const std::string& path, const std::vector<Decision>& decisions) {
    auto file = OutputFile::open(path);
    if (!file.ok()) return context.console.fail(file.error());
    file->write(decisions_json(decisions));
    const auto done = file->finish();
    return done.ok() ? static_cast<int>(kDone) : context.console.fail(done.error());
}

}  // namespace

int review_command(Context& context, const ReviewOptions& options) {
    const Console& console = context.console;
    const int asked = (decides(options) ? 1 : 0) + (options.undo > 0 ? 1 : 0) + (options.decisions ? 1 : 0) +
                      (options.export_file.empty() ? 0 : 1);
    if (asked > 1) {
        return console.fail(Error{ErrorCode::kUsage, "--undo, --decisions and --export stand alone; decisions may be several in one call"});
    }
    if (context.options.format == Format::kGraphml) {
        return console.fail(Error{ErrorCode::kUsage, "--format graphml: a list of facts is no graph; known here: table, json, jsonl, csv, tsv, markdown"});
    }
    auto store = open_store(context, options.store, decides(options) || options.undo > 0 ? Access::kWrite : Access::kRead);
    if (!store.ok()) return console.fail(store.error());
    storage::FactStore facts(**store);
    const auto made = facts.decisions();
    if (!made.ok()) return console.fail(made.error());
    if (options.undo > 0) {
        if (options.undo > made->size()) {
            return console.fail(Error{ErrorCode::kNotFound, "no decision " + std::to_string(options.undo) + "; there are " +
                                                                std::to_string(made->size())});
        }
        return tell_done(context, **store, facts.withdraw((*made)[options.undo - 1]));
    }
    if (!options.export_file.empty()) return export_decisions(context, options.export_file, *made);
    if (options.decisions) return list_decisions(context, *made);
    if (decides(options)) return decide(context, **store, facts, options);
    return list_facts(context, facts, options);
}

}  // namespace maek::tools
