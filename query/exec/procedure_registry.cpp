#include "query/exec/procedure_registry.h"

#include <algorithm>

#include "query/eval/semantics.h"

namespace maek::query {

namespace {

std::string lower(std::string_view name) {
    std::string out(name);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

// The rows of a table whose input columns equal the arguments.
class TableBody final : public ProcedureBody {
public:
    TableBody(std::size_t inputs, std::vector<std::vector<Value>> rows) : inputs_(inputs), rows_(std::move(rows)) {}

    void call(ExecContext& context, std::span<const Value> arguments,
              std::vector<std::vector<Value>>& rows) const override {
        for (const auto& row : rows_) {
            context.guard.check();
            bool same = true;
            for (std::size_t i = 0; i < inputs_ && same; ++i) same = equivalent(row[i], arguments[i]);
            if (same) rows.emplace_back(row.begin() + static_cast<std::ptrdiff_t>(inputs_), row.end());
        }
    }

private:
    std::size_t inputs_;
    std::vector<std::vector<Value>> rows_;
};

}  // namespace

void ProcedureRegistry::add(ProcedureInfo procedure) {
    owned_.push_back(std::make_unique<ProcedureInfo>(std::move(procedure)));
    by_name_[lower(owned_.back()->name)] = owned_.back().get();
}

void ProcedureRegistry::add(TableProcedure procedure) {
    ProcedureInfo info;
    info.name = std::move(procedure.name);
    info.description = "a table given by the program";
    info.inputs = std::move(procedure.inputs);
    info.outputs = std::move(procedure.outputs);
    info.required_inputs = info.inputs.size();
    for (auto& row : procedure.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool input = i < info.inputs.size();
            const ProcedureField& field = input ? info.inputs[i] : info.outputs[i - info.inputs.size()];
            row[i] = coerce(row[i], field, info.name);
        }
    }
    info.body = std::make_shared<TableBody>(info.inputs.size(), std::move(procedure.rows));
    add(std::move(info));
}

const ProcedureInfo* ProcedureRegistry::find(std::string_view name) const {
    const auto found = by_name_.find(lower(name));
    return found == by_name_.end() ? nullptr : found->second;
}

std::vector<std::string_view> ProcedureRegistry::names() const {
    std::vector<std::string_view> names;
    for (const ProcedureInfo* info : all()) names.push_back(info->name);
    return names;
}

std::vector<const ProcedureInfo*> ProcedureRegistry::all() const {
    std::vector<const ProcedureInfo*> out;
    for (const auto& [name, info] : by_name_) out.push_back(info);
    return out;
}

}  // namespace maek::query
