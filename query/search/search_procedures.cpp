#include "query/search/search_procedures.h"

#include <algorithm>
#include <list>
#include <mutex>

#include "query/eval/failures.h"
#include "query/search/text_index.h"

namespace maek::query {

namespace {

struct Options {
    TextScope scope;
    std::size_t limit = 20;
    bool exact = false;
};

std::vector<std::string> strings(const Value& value, std::string_view what) {
    std::vector<std::string> out;
    const Value list = value.is(ValueKind::kString) ? Value::list({value}) : value;
    if (!list.is(ValueKind::kList)) fail_kind(what, "a string or a list of strings", value);
    for (const Value& item : list.as_list()) {
        if (!item.is(ValueKind::kString)) fail_kind(what, "strings", item);
        out.emplace_back(item.as_string());
    }
    return out;
}

void read_options(const Value& map, Options& options) {
    if (map.is_null()) return;
    if (!map.is(ValueKind::kMap)) fail_kind("the options of a search", "a map", map);
    for (const auto& [key, value] : map.as_map()) {
        if (key == "labels" || key == "types") {
            options.scope.labels = strings(value, key);
        } else if (key == "properties") {
            options.scope.properties = strings(value, key);
        } else if (key == "limit") {
            if (!value.is(ValueKind::kInteger) || value.as_integer() < 0) {
                fail_kind("the limit of a search", "an integer that is not negative", value);
            }
            options.limit = static_cast<std::size_t>(value.as_integer());
        } else if (key == "exact") {
            if (!value.is(ValueKind::kBoolean)) fail_kind("'exact'", "a boolean", value);
            options.exact = value.as_boolean();
        } else {
            fail_value("unknown search option '" + key + "'; expected labels, types, properties, limit or exact");
        }
    }
}

// The last few indexes, one for each scope: brought up to date when a statement sees another version
// of the graph, committed or not.
class IndexCache {
public:
    std::shared_ptr<const TextIndex> get(ExecContext& context, const TextScope& scope) {
        const graph::Graph& graph = context.graph();
        if (context.writing()) return std::make_shared<TextIndex>(graph, scope, &context.guard);
        const std::lock_guard lock(mutex_);
        const auto found = std::ranges::find(kept_, scope, &Kept::scope);
        if (found == kept_.end()) {
            kept_.push_front({scope, std::make_shared<TextIndex>(graph, scope, &context.guard)});
            if (kept_.size() > kMost) kept_.pop_back();
            return kept_.front().index;
        }
        kept_.splice(kept_.begin(), kept_, found);
        if (!found->index->is_of(graph)) bring_up_to_date(context, *found);
        return found->index;
    }

private:
    static constexpr std::size_t kMost = 8;
    struct Kept {
        TextScope scope;
        std::shared_ptr<TextIndex> index;
    };

    // In place, or a copy while another statement still searches in it.
    void bring_up_to_date(ExecContext& context, Kept& kept) {
        std::shared_ptr<TextIndex> index = std::move(kept.index);
        if (index.use_count() > 1) index = std::make_shared<TextIndex>(*index);
        try {
            index->update(context.graph(), &context.guard);
        } catch (...) {
            kept_.pop_front();
            throw;
        }
        kept.index = std::move(index);
    }

    std::mutex mutex_;
    std::list<Kept> kept_;
};

class SearchBody final : public ProcedureBody {
public:
    SearchBody(std::shared_ptr<IndexCache> cache, bool relationships, bool by_index)
        : cache_(std::move(cache)), relationships_(relationships), by_index_(by_index) {}

    void call(ExecContext& context, std::span<const Value> arguments,
              std::vector<std::vector<Value>>& rows) const override {
        Options options;
        options.scope.relationships = relationships_;
        options.scope.properties = relationships_ ? std::vector<std::string>{"evidence"}
                                                  : std::vector<std::string>{"name", "aliases", "title"};
        if (by_index_) use_declared(context, arguments[0], options.scope);
        const Value& query = arguments[by_index_ ? 1 : 0];
        read_options(arguments[by_index_ ? 2 : 1], options);
        if (query.is_null()) return;
        if (!query.is(ValueKind::kString)) fail_kind("what to search for", "a string", query);
        const auto index = cache_->get(context, options.scope);
        for (const TextHit& hit : index->search(query.as_string(), options.limit, options.exact, &context.guard)) {
            rows.push_back({relationships_ ? Value::relationship(RelId{hit.id}) : Value::node(NodeId{hit.id}),
                            Value::floating(hit.score)});
        }
    }

private:
    void use_declared(ExecContext& context, const Value& name, TextScope& scope) const {
        if (!name.is(ValueKind::kString)) fail_kind("the name of a full-text index", "a string", name);
        for (const graph::IndexInfo& info : context.graph().indexes()) {
            if (info.kind != graph::IndexKind::kFullText || info.name != name.as_string()) continue;
            if (info.on_relationships != relationships_) continue;
            scope.labels = info.labels;
            scope.properties = info.properties;
            return;
        }
        fail_value("there is no full-text index '" + std::string(name.as_string()) + "' on " +
                   (relationships_ ? "relationships" : "nodes") + "; SHOW INDEXES lists them");
    }

    std::shared_ptr<IndexCache> cache_;
    bool relationships_, by_index_;
};

void add(ProcedureRegistry& registry, const std::shared_ptr<IndexCache>& cache, const char* name,
         const char* description, bool relationships, bool by_index) {
    ProcedureInfo info;
    info.name = name;
    info.description = description;
    if (by_index) info.inputs.push_back({"indexName", "STRING"});
    info.inputs.push_back({"query", "STRING?"});
    info.inputs.push_back({"options", "MAP?"});
    info.required_inputs = info.inputs.size() - 1;
    info.outputs = {relationships ? ProcedureField{"relationship", "RELATIONSHIP"} : ProcedureField{"node", "NODE"},
                    ProcedureField{"score", "FLOAT"}};
    info.body = std::make_shared<SearchBody>(cache, relationships, by_index);
    registry.add(std::move(info));
}

}  // namespace

void add_search_procedures(ProcedureRegistry& registry) {
    const auto cache = std::make_shared<IndexCache>();
    add(registry, cache, "search.nodes", "Nodes whose name, aliases or title resemble the text.", false, false);
    add(registry, cache, "search.relationships", "Relationships whose evidence resembles the text.", true, false);
    add(registry, cache, "db.index.fulltext.queryNodes", "Nodes found through a full-text index.", false, true);
    add(registry, cache, "db.index.fulltext.queryRelationships", "Relationships found through a full-text index.",
        true, true);
}

}  // namespace maek::query
