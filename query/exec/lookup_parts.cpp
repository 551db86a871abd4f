#include "query/exec/lookup_parts.h"

#include "query/eval/operators.h"
#include "query/eval/semantics.h"

namespace maek::query {

namespace {

// Whether values of the kind compare with each other: `<` is null for the others.
bool has_order(ValueKind kind) {
    switch (kind) {
        case ValueKind::kBoolean: case ValueKind::kInteger: case ValueKind::kFloat: case ValueKind::kString:
        case ValueKind::kList: case ValueKind::kDate: case ValueKind::kLocalTime: case ValueKind::kTime:
        case ValueKind::kLocalDateTime: case ValueKind::kDateTime: return true;
        default: return false;
    }
}

bool is_zoned(ValueKind kind) { return kind == ValueKind::kTime || kind == ValueKind::kDateTime; }

}  // namespace

void require_list(const Value& list) {
    if (!list.is_null() && !list.is(ValueKind::kList)) is_in(Value::null(), list);
}

IndexRange::IndexRange(const Lookup& plan, const LookupParts& parts, ExecContext& context, const Batch& batch,
                       std::uint32_t row)
    : has_low_(parts.low != nullptr), has_high_(parts.high != nullptr), low_inclusive_(plan.low_inclusive),
      high_inclusive_(plan.high_inclusive) {
    if (has_low_) low_value_ = parts.low->eval_row(context, batch, row);
    if (has_high_) high_value_ = parts.high->eval_row(context, batch, row);
    empty_ = (has_low_ && !has_order(low_value_.kind())) || (has_high_ && !has_order(high_value_.kind()));
    if (empty_) return;
    const ValueKind kind = has_low_ ? low_value_.kind() : high_value_.kind();
    if (kind == ValueKind::kList) {
        low_ = graph::RangeBound{Value::list({}), true};
        return;
    }
    if (has_low_) low_ = {low_value_, low_inclusive_ || is_zoned(kind)};
    if (has_high_) high_ = {high_value_, high_inclusive_ || is_zoned(kind)};
    exact_ = !is_zoned(kind);
}

bool IndexRange::holds(const Value& value) const {
    const auto compares = [](bool inclusive, const Value& a, const Value& b) {
        return (inclusive ? less_or_equal(a, b) : less(a, b)) == Truth::kTrue;
    };
    return (!has_low_ || compares(low_inclusive_, low_value_, value)) &&
           (!has_high_ || compares(high_inclusive_, value, high_value_));
}

}  // namespace maek::query
