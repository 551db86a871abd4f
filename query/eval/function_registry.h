// Room: query, inner. The library of functions: what they are called, what they take and give, and
// how to call them. Binder, planner and executor know functions only from here.
// Names are looked up without regard to case; namespaces are part of the name: "duration.between".
// Tests: tests/query/eval/functions_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "query/eval/aggregates.h"
#include "query/eval/eval_context.h"
#include "query/eval/kinds.h"
#include "schema/value.h"

namespace maek::query {

using FunctionPointer = Value (*)(EvalContext& context, std::span<const Value> arguments);

struct FunctionInfo {
    static constexpr std::uint8_t kAnyNumber = 255;

    std::string_view name;       // as documented: "toInteger"
    std::string_view category;   // "string", "list", "aggregating", ... as SHOW FUNCTIONS groups them
    std::string_view signature;  // "substring(text :: STRING, start :: INTEGER, length? :: INTEGER) :: STRING"
    std::string_view summary;    // one line
    std::uint8_t min_arguments = 1;
    std::uint8_t max_arguments = 1;        // kAnyNumber: no upper bound
    std::array<KindSet, 4> accepts = {};   // per argument, null aside; the last set one repeats
    KindSet result = kAnyKind;             // null aside unless it always may be null
    FunctionPointer call = nullptr;        // null for aggregates
    AggregateKind aggregate = AggregateKind::kNone;
    bool deterministic = true;     // same arguments, same graph, same statement: same answer
    bool null_in_null_out = true;  // any null argument gives null without a call
    bool uses_graph = false;       // not to be folded to a constant

    bool is_aggregate() const { return aggregate != AggregateKind::kNone; }
    // What argument i (0-based) accepts.
    KindSet accepted(std::size_t i) const;
};

// nullptr when there is none of that name.
const FunctionInfo* find_function(std::string_view name);

// Sorted by name; aliases stand for themselves.
std::span<const FunctionInfo> all_functions();

// The known name nearest to a misspelt one, or empty when none is near.
std::string_view closest_function(std::string_view name);

// Checks the arguments' kinds (TypeError, InvalidArgumentValue), handles null, then calls.
// Requires: not an aggregate; the number of arguments is allowed.
Value call_function(const FunctionInfo& function, EvalContext& context,
                    std::span<const Value> arguments);

}  // namespace maek::query
