// Room: query, inner. What the sessions of an engine share. See engine.cpp.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "query/bind/catalogue.h"
#include "query/engine.h"
#include "query/exec/procedure_registry.h"
#include "query/plan_cache.h"

namespace maek::query {

struct EngineState {
    storage::Store& store;
    Synonyms synonyms;
    ProcedureRegistry procedures;
    PlanCache plans;

    EngineState(storage::Store& kept, Synonyms given);
};

// What the binder sees of an engine while one statement is bound.
class EngineCatalogue final : public Catalogue {
public:
    EngineCatalogue(const EngineState& engine, const graph::Graph& graph) : engine_(engine), graph_(graph) {}
    const ProcedureInfo* procedure(std::string_view name) const override;
    std::vector<std::string_view> procedure_names() const override;
    std::vector<std::string> label_targets(std::string_view name) const override;
    std::vector<std::string> type_targets(std::string_view name) const override;
    const graph::Graph* graph() const override { return &graph_; }

private:
    const EngineState& engine_;
    const graph::Graph& graph_;
};

}  // namespace maek::query
