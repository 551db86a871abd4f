// maek review STORE: the least certain facts with their evidence, and an analyst's word on them.
// Decisions are kept in the store and hold for articles that come later. Tests: tests/tools/curation_test.cpp.
#include <optional>

#include "storage/fact_store.h"
#include "tools/commands.h"
#include "tools/open_store.h"
#include "tools/output/json_text.h"
#include "tools/output/output_file.h"
#include "tools/output/progress.h"
#include "tools/output/table.h"
#include "tools/question/names.h"
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

int list_decisions(const Context& context, const std::vector<Decision>& decisions) {
    if (context.options.format != Format::kTable) {
        context.console.write(decisions_json(decisions));
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

void write_item(JsonText& json, const ReviewItem& item) {
    json.begin_object();
    json.member("relation", item.relation);
    json.member("type", item.type);
    json.member("name", item.name);
    json.member("other_type", item.other_type);
    json.member("other_name", item.other_name);
    json.key("confidence"), json.floating(item.confidence);
    json.member("support", static_cast<std::int64_t>(item.support));
    for (const auto& [key, texts] : {std::pair{"articles", &item.articles}, std::pair{"evidence", &item.evidence}}) {
        json.key(key);
        json.begin_array();
        for (const std::string& text : *texts) json.string(text);
        json.end_array();
    }
    json.end_object();
}

int list_facts(const Context& context, const storage::FactStore& facts, const ReviewOptions& options) {
    auto items = facts.review(options.limit);
    if (!items.ok()) return context.console.fail(items.error());
    std::erase_if(*items, [&](const ReviewItem& item) { return item.confidence >= options.below; });
    if (context.options.format != Format::kTable) {
        JsonText json;
        for (const ReviewItem& item : *items) {
            json.clear();
            write_item(json, item);
            context.console.write(json.text());
            context.console.write("\n");
        }
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

// An entity that the analyst names: its type and name as the store has them.
Result<std::pair<std::string, std::string>> entity(const graph::Graph& graph, const std::string& name) {
    const auto found = node_by_name(graph, name);
    if (!found.ok()) return found.error();
    return std::pair{display_type(graph, found->node), display_name(graph, found->node)};
}

Result<Decision> relation_decision(const graph::Graph& graph, Decision::Kind kind, const std::vector<std::string>& words) {
    const auto source = entity(graph, words[0]);
    if (!source.ok()) return source.error();
    const auto target = entity(graph, words[2]);
    if (!target.ok()) return target.error();
    if (!graph.types().find(words[1])) {
        return Error{ErrorCode::kNotFound, "no relation '" + words[1] + "' in this store; expected one of those that `maek stats` lists"};
    }
    Decision out;
    out.kind = kind;
    std::tie(out.type, out.name) = *source;
    out.relation = words[1];
    std::tie(out.other_type, out.other_name) = *target;
    return out;
}

Result<Decision> pair_decision(const graph::Graph& graph, Decision::Kind kind, const std::vector<std::string>& names) {
    const auto first = entity(graph, names[0]);
    if (!first.ok()) return first.error();
    const auto second = entity(graph, names[1]);
    if (!second.ok()) return second.error();
    Decision out;
    out.kind = kind;
    out.type = first->first;
    out.other_type = second->first;
    // Names as given: of a thing that is to be split both are its own.
    out.name = names[0];
    out.other_name = names[1];
    return out;
}

Result<std::optional<Decision>> decision_of(const graph::Graph& graph, const ReviewOptions& options) {
    Result<Decision> out = Decision{};
    if (!options.accept.empty()) out = relation_decision(graph, Decision::Kind::kAccept, options.accept);
    else if (!options.reject.empty()) out = relation_decision(graph, Decision::Kind::kReject, options.reject);
    else if (!options.merge.empty()) out = pair_decision(graph, Decision::Kind::kMerge, options.merge);
    else if (!options.split.empty()) out = pair_decision(graph, Decision::Kind::kSplit, options.split);
    else if (!options.reject_entity.empty() || !options.retype.empty()) {
        const bool retype = !options.retype.empty();
        const auto named = entity(graph, retype ? options.retype[0] : options.reject_entity);
        if (!named.ok()) return named.error();
        out->kind = retype ? Decision::Kind::kRetype : Decision::Kind::kReject;
        std::tie(out->type, out->name) = *named;
        if (retype) out->new_type = options.retype[1];
    } else {
        return std::optional<Decision>();
    }
    if (!out.ok()) return std::move(out).error();
    return std::optional<Decision>(std::move(out).value());
}

int tell_done(const Context& context, storage::Store& store, const Result<storage::IngestSummary>& done) {
    if (!done.ok()) return context.console.fail(done.error());
    if (const auto closed = store.close(); !closed.ok()) return context.console.fail(closed.error());
    context.console.note(
        context.console.korean()
            ? "반영했습니다 (노드 +" + grouped(done->nodes_created) + " -" + grouped(done->nodes_deleted) + ", 관계 +" +
                  grouped(done->relationships_created) + " -" + grouped(done->relationships_deleted) + ")"
            : "done (nodes +" + grouped(done->nodes_created) + " -" + grouped(done->nodes_deleted) + ", relationships +" +
                  grouped(done->relationships_created) + " -" + grouped(done->relationships_deleted) + ")");
    return kDone;
}

bool changes(const ReviewOptions& options) {
    return !options.accept.empty() || !options.reject.empty() || !options.reject_entity.empty() ||
           !options.retype.empty() || !options.merge.empty() || !options.split.empty() || options.undo > 0;
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
    auto store = open_store(context, options.store, changes(options) ? Access::kWrite : Access::kRead);
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
    const auto decision = decision_of((*store)->snapshot(), options);
    if (!decision.ok()) return console.fail(decision.error());
    if (*decision) return tell_done(context, **store, facts.decide(**decision));
    return list_facts(context, facts, options);
}

}  // namespace maek::tools
