// A catalogue for tests of the binder: table procedures by signature, synonyms by hand, no graph
// unless one is given.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "query/bind/binder.h"
#include "query/parse/parse.h"
#include "query/parse/query_error.h"

namespace maek::query {

class FakeCatalogue : public Catalogue {
public:
    // "name(in :: TYPE, ...) :: (out :: TYPE, ...)", as the TCK writes it.
    void add_procedure(std::string_view signature) {
        const std::size_t open = signature.find('('), close = signature.find(')', open);
        const std::size_t second = signature.find('(', close), end = signature.find(')', second);
        ProcedureInfo info;
        info.name = signature.substr(0, open);
        info.inputs = fields(signature.substr(open + 1, close - open - 1));
        info.outputs = fields(signature.substr(second + 1, end - second - 1));
        info.required_inputs = info.inputs.size();
        procedures_[info.name] = std::move(info);
    }
    std::multimap<std::string, std::string, std::less<>> labels, types;  // synonym -> canonical
    const graph::Graph* known = nullptr;

    const ProcedureInfo* procedure(std::string_view name) const override {
        const auto it = procedures_.find(name);
        return it == procedures_.end() ? nullptr : &it->second;
    }
    std::vector<std::string_view> procedure_names() const override {
        std::vector<std::string_view> out;
        for (const auto& [name, info] : procedures_) out.push_back(name);
        return out;
    }
    std::vector<std::string> label_targets(std::string_view name) const override { return targets(labels, name); }
    std::vector<std::string> type_targets(std::string_view name) const override { return targets(types, name); }
    const graph::Graph* graph() const override { return known; }

private:
    static std::string trimmed(std::string_view text) {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
        return std::string(text);
    }
    static std::vector<ProcedureField> fields(std::string_view text) {
        std::vector<ProcedureField> out;
        while (!trimmed(text).empty()) {
            const std::size_t comma = std::min(text.find(','), text.size());
            const std::string_view one = text.substr(0, comma);
            const std::size_t colons = one.find("::");
            out.push_back({trimmed(one.substr(0, colons)), trimmed(one.substr(colons + 2))});
            text.remove_prefix(std::min(comma + 1, text.size()));
        }
        return out;
    }
    static std::vector<std::string> targets(const std::multimap<std::string, std::string, std::less<>>& names,
                                            std::string_view name) {
        std::vector<std::string> out;
        for (auto [it, end] = names.equal_range(name); it != end; ++it) out.push_back(it->second);
        if (out.empty()) out.emplace_back(name);
        return out;
    }

    std::map<std::string, ProcedureInfo, std::less<>> procedures_;
};

inline std::unique_ptr<BoundStatement> bound(std::string_view text, const Catalogue& catalogue = FakeCatalogue(),
                                             const Parameters& parameters = {}) {
    return query::bind(parse(text), catalogue, parameters);
}

// "Type/Detail line:column message", or "" when the text binds.
inline std::string fault(std::string_view text, const Catalogue& catalogue = FakeCatalogue(),
                         const Parameters& parameters = {}) {
    try {
        bound(text, catalogue, parameters);
    } catch (const QueryError& e) {
        const Error& error = e.error();
        return error.query->type + "/" + error.query->detail + " " + std::to_string(error.where.line) + ":" +
               std::to_string(error.where.column) + " " + error.message;
    }
    return "";
}

}  // namespace maek::query
