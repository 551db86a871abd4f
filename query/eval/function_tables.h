// Room: query, inner. How the functions_*.cpp files write down their tables. Only for them and
// function_registry.cpp.
#pragma once

#include <initializer_list>
#include <span>

#include "query/eval/function_registry.h"

namespace maek::query {

using enum ValueKind;

// One line of a table. As many arguments as `accepts` has, the last `optional` of which may be left
// out; whatever else is unusual is set on the result: entry(...).with_null().
struct FunctionEntry : FunctionInfo {
    constexpr FunctionEntry(std::string_view name_, std::string_view signature_, std::string_view summary_,
                            std::initializer_list<KindSet> accepts_, KindSet result_, FunctionPointer call_,
                            int optional = 0) {
        name = name_;
        signature = signature_;
        summary = summary_;
        max_arguments = static_cast<std::uint8_t>(accepts_.size());
        min_arguments = static_cast<std::uint8_t>(accepts_.size() - static_cast<std::size_t>(optional));
        std::size_t i = 0;
        for (const KindSet kinds : accepts_) accepts[i++] = kinds;
        result = result_;
        call = call_;
    }
    // The function itself sees null arguments.
    constexpr FunctionEntry takes_null() const {
        FunctionEntry copy = *this;
        copy.null_in_null_out = false;
        return copy;
    }
    constexpr FunctionEntry at_least(int count) const {
        FunctionEntry copy = *this;
        copy.min_arguments = static_cast<std::uint8_t>(count);
        copy.max_arguments = kAnyNumber;
        return copy;
    }
    constexpr FunctionEntry changing() const {  // another answer each time
        FunctionEntry copy = *this;
        copy.deterministic = false;
        return copy;
    }
    constexpr FunctionEntry reads_graph() const {
        FunctionEntry copy = *this;
        copy.uses_graph = true;
        return copy;
    }
    constexpr FunctionEntry computes(AggregateKind kind) const {
        FunctionEntry copy = *this;
        copy.aggregate = kind;
        return copy;
    }
};

std::span<const FunctionEntry> string_functions();
std::span<const FunctionEntry> conversion_functions();
std::span<const FunctionEntry> list_functions();
std::span<const FunctionEntry> math_functions();
std::span<const FunctionEntry> graph_functions();
std::span<const FunctionEntry> scalar_functions();
std::span<const FunctionEntry> spatial_functions();
std::span<const FunctionEntry> temporal_functions();
std::span<const FunctionEntry> aggregate_functions();

}  // namespace maek::query
