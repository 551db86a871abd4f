#include "query/eval/function_registry.h"

#include <algorithm>
#include <map>
#include <vector>

#include "query/eval/failures.h"
#include "query/eval/function_tables.h"

namespace maek::query {

namespace {

std::string folded(std::string_view name) {
    std::string out;
    for (const char c : name) out += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    return out;
}

// Every function in the order of its folded name, and the same by name. Built once, never changed.
struct Library {
    std::vector<FunctionInfo> functions;
    std::vector<std::string> names;  // folded, parallel to functions

    Library() {
        const std::pair<std::string_view, std::span<const FunctionEntry>> tables[] = {
            {"string", string_functions()},     {"conversion", conversion_functions()},
            {"list", list_functions()},         {"mathematical", math_functions()},
            {"graph", graph_functions()},       {"scalar", scalar_functions()},
            {"spatial", spatial_functions()},   {"temporal", temporal_functions()},
            {"aggregating", aggregate_functions()},
        };
        std::map<std::string, FunctionInfo> sorted;
        for (const auto& [category, table] : tables) {
            for (FunctionInfo function : table) {
                function.category = category;
                sorted.emplace(folded(function.name), function);
            }
        }
        for (const auto& [name, function] : sorted) {
            names.push_back(name);
            functions.push_back(function);
        }
    }
};

const Library& library() {
    static const Library all;
    return all;
}

// The number of single-letter changes between two names, cut at `most`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
    if (a.size() > b.size() + most || b.size() > a.size() + most) return most + 1;
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.back();
}

}  // namespace

KindSet FunctionInfo::accepted(std::size_t i) const {
    std::size_t last = accepts.size() - 1;
    while (last > 0 && accepts[last].empty()) --last;
    return accepts[std::min(i, last)];
}

const FunctionInfo* find_function(std::string_view name) {
    if (name.size() > 64) return nullptr;
    const std::string wanted = folded(name);
    const auto& names = library().names;
    const auto at = std::ranges::lower_bound(names, wanted);
    if (at == names.end() || *at != wanted) return nullptr;
    return &library().functions[static_cast<std::size_t>(at - names.begin())];
}

std::span<const FunctionInfo> all_functions() { return library().functions; }

std::string_view closest_function(std::string_view name) {
    if (name.size() > 64) return {};
    const std::string wanted = folded(name);
    std::size_t best = std::max<std::size_t>(1, wanted.size() / 3) + 1;
    std::string_view found;
    for (std::size_t i = 0; i < library().names.size(); ++i) {
        const std::size_t distance = edit_distance(wanted, library().names[i], best);
        if (distance >= best) continue;
        best = distance;
        found = library().functions[i].name;
    }
    return found;
}

Value call_function(const FunctionInfo& function, EvalContext& context,
                    std::span<const Value> arguments) {
    if (function.null_in_null_out) {
        for (const Value& argument : arguments) {
            if (argument.is_null()) return Value::null();
        }
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const KindSet kinds = function.accepted(i);
        if (arguments[i].is_null() || kinds.has(arguments[i].kind())) continue;
        const std::string place = arguments.size() > 1 ? " as argument " + std::to_string(i + 1) : "";
        fail_kind(std::string(function.name) + "()" + place, kinds.text(), arguments[i]);
    }
    return function.call(context, arguments);
}

}  // namespace maek::query
