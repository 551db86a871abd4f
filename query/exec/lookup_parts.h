// Room: query, inner. What scans that seek by a property's value compute for each row, and what they ask
// an index for. Tests: tests/reference/index_agreement_test.cpp.
#pragma once

#include <optional>

#include "query/exec/expression.h"
#include "query/plan/logical_read.h"

namespace maek::query {

// The expressions of a Lookup, where it has them.
struct LookupParts {
    VectorExprPtr value, low, high;
};

// Fails as IN does for what is neither a list nor null.
void require_list(const Value& list);

// The bounds of a range for one row. An index knows the kinds of one line exactly; of the others it is
// asked for all that may be meant: zoned times by instant alone, lists all of them.
class IndexRange {
public:
    IndexRange(const Lookup& plan, const LookupParts& parts, ExecContext& context, const Batch& batch, std::uint32_t row);

    bool is_empty() const { return empty_; }    // no value compares with the bounds
    // What to ask the index for.
    const std::optional<graph::RangeBound>& low() const { return low_; }
    const std::optional<graph::RangeBound>& high() const { return high_; }
    bool is_exact() const { return exact_; }    // what it gives needs no further test
    bool holds(const Value& value) const;

private:
    bool has_low_, has_high_, low_inclusive_, high_inclusive_;
    Value low_value_, high_value_;
    std::optional<graph::RangeBound> low_, high_;
    bool empty_ = false, exact_ = false;
};

}  // namespace maek::query
