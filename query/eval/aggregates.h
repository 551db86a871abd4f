// Room: query, inner. The aggregating functions as states that values are added to: row by row or
// in typed batches. Tests: tests/query/eval/aggregates_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "query/eval/eval_context.h"
#include "schema/value.h"

namespace maek::query {

enum class AggregateKind : std::uint8_t {
    kNone,
    kCount,  // also count(*): use add_rows()
    kSum, kAvg, kMin, kMax, kCollect, kPercentileCont, kPercentileDisc, kStDev, kStDevP,
};

// The state of one aggregation over one group. Nulls are skipped. What it keeps (collected values,
// distinct sets) is charged to the context's guard, and released when the state goes.
class AggregateState {
public:
    virtual ~AggregateState() = default;

    // `arguments`: the value, then for percentiles the fraction (the first non-null row's counts).
    virtual void add(EvalContext& context, std::span<const Value> arguments) = 0;

    // Typed batches, same meaning as a loop over add() with one argument; no nulls among them.
    virtual void add_integers(EvalContext& context, std::span<const std::int64_t> values);
    virtual void add_floats(EvalContext& context, std::span<const double> values);
    // `rows` more non-null rows whose value does not matter: count only.
    virtual void add_rows(std::uint64_t rows);

    // Adds what another state of the same kind saw (after this one's rows).
    virtual void merge(EvalContext& context, AggregateState& other) = 0;

    // The answer. Leaves the state usable.
    virtual Value finish(EvalContext& context) = 0;
};

// distinct: equivalent values count once. Requires: kind is not kNone.
std::unique_ptr<AggregateState> make_aggregate(AggregateKind kind, bool distinct);

// What the aggregation of no rows gives: 0, 0, null, [] ...
Value empty_aggregate(AggregateKind kind);

}  // namespace maek::query
