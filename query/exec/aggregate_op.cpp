#include "query/exec/aggregate_op.h"

#include <algorithm>
#include <limits>

#include "query/eval/function_registry.h"
#include "query/eval/operators.h"
#include "query/parse/query_error.h"

namespace maek::query {

// ---------------------------------------------------------------- AggregateColumn

AggregateColumn::AggregateColumn(const AggregateCall& call, std::vector<VectorExprPtr> arguments)
    : call_(call), kind_(call.star ? AggregateKind::kCount : call.function->aggregate),
      arguments_(std::move(arguments)) {}

void AggregateColumn::start() {
    clear();
}

void AggregateColumn::clear() {
    counts_.clear();
    sums_.clear();
    states_.clear();
    groups_ = 0;
}

void AggregateColumn::resize(std::size_t groups) {
    groups_ = groups;
    if (call_.distinct) return;
    if (kind_ == AggregateKind::kCount) counts_.resize(groups, 0);
    if (kind_ == AggregateKind::kSum) sums_.resize(groups);
}

AggregateState& AggregateColumn::state(std::uint32_t group) {
    if (states_.size() <= group) states_.resize(std::max<std::size_t>(groups_, group + 1));
    if (states_[group] == nullptr) states_[group] = make_aggregate(kind_, call_.distinct);
    return *states_[group];
}

void AggregateColumn::count(const Batch& batch, const Vector& values,
                            const std::vector<std::uint32_t>& groups, const Vector* times) {
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (values.is_null(row)) continue;
        counts_[groups[row]] += times == nullptr ? 1 : times->integers()[times->at(row)];
    }
}

// What no longer fits into 64 bits goes on in the state, which has 128; only the answer must fit.
void AggregateColumn::carry(ExecContext& context, std::uint32_t group, std::int64_t integers) {
    state(group).add_integers(context.eval, {&integers, 1});
}

void AggregateColumn::sum_integers(ExecContext& context, const Vector& values, const std::vector<std::uint32_t>& groups) {
    const std::int64_t* from = values.integers();
    const std::uint8_t* nulls = values.nulls();
    for (std::size_t row = 0; row < groups.size(); ++row) {
        const std::uint32_t i = values.at(static_cast<std::uint32_t>(row));
        if (nulls != nullptr && nulls[i] != 0) continue;
        Sum& sum = sums_[groups[row]];
        sum.has_integers = true;
        std::int64_t total = 0;
        if (__builtin_add_overflow(sum.integers, from[i], &total)) {
            carry(context, groups[row], sum.integers);
            total = from[i];
        }
        sum.integers = total;
    }
}

void AggregateColumn::sum_floats(const Vector& values, const std::vector<std::uint32_t>& groups) {
    for (std::size_t row = 0; row < groups.size(); ++row) {
        const auto i = static_cast<std::uint32_t>(row);
        if (values.is_null(i)) continue;
        Sum& sum = sums_[groups[row]];
        sum.has_floats = true;
        sum.floats += values.floats()[values.at(i)];
    }
}

void AggregateColumn::add_generic(ExecContext& context, const Batch& batch,
                                  const std::vector<std::uint32_t>& groups, const Vector& first) {
    std::vector<Value> values(arguments_.size());
    std::vector<const Vector*> rest;
    for (std::size_t i = 1; i < arguments_.size(); ++i) {
        rest.push_back(&arguments_[i]->eval(context, batch));
    }
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        values[0] = first.value(row);
        if (values[0].is_null() && arguments_.size() == 1) continue;
        for (std::size_t i = 1; i < arguments_.size(); ++i) values[i] = rest[i - 1]->value(row);
        state(groups[row]).add(context.eval, values);
    }
}

void AggregateColumn::add(ExecContext& context, const Batch& batch,
                          const std::vector<std::uint32_t>& groups, const Vector* times) {
    if (call_.star && !call_.distinct) {
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            counts_[groups[row]] += times == nullptr ? 1 : times->integers()[times->at(row)];
        }
        return;
    }
    if (call_.star) return;
    const Vector& values = arguments_[0]->eval(context, batch);
    if (!call_.distinct && kind_ == AggregateKind::kCount) return count(batch, values, groups, times);
    if (!call_.distinct && kind_ == AggregateKind::kSum && values.kind() == VectorKind::kInteger) {
        return sum_integers(context, values, groups);
    }
    if (!call_.distinct && kind_ == AggregateKind::kSum && values.kind() == VectorKind::kFloat) {
        return sum_floats(values, groups);
    }
    add_generic(context, batch, groups, values);
}

Value AggregateColumn::finish(ExecContext& context, std::uint32_t group) {
    if (!call_.distinct && kind_ == AggregateKind::kCount) {
        return Value::integer(group < counts_.size() ? counts_[group] : 0);
    }
    const bool has_state = group < states_.size() && states_[group] != nullptr;
    if (!call_.distinct && kind_ == AggregateKind::kSum && group < sums_.size()) {
        const Sum& sum = sums_[group];
        Value plain = sum.has_floats
                          ? Value::floating(sum.floats + static_cast<double>(sum.integers))
                          : Value::integer(sum.integers);
        if (!has_state) return plain;
        if (sum.has_integers) states_[group]->add_integers(context.eval, {&sum.integers, 1});
        if (sum.has_floats) states_[group]->add_floats(context.eval, {&sum.floats, 1});
        return states_[group]->finish(context.eval);
    }
    return has_state ? states_[group]->finish(context.eval) : empty_aggregate(kind_);
}

void AggregateColumn::merge(ExecContext& context, std::uint32_t group, AggregateColumn& other,
                            std::uint32_t other_group) {
    if (other_group < other.counts_.size()) counts_[group] += other.counts_[other_group];
    if (other_group < other.sums_.size()) {
        const Sum& from = other.sums_[other_group];
        Sum& sum = sums_[group];
        std::int64_t total = 0;
        if (__builtin_add_overflow(sum.integers, from.integers, &total)) {
            carry(context, group, sum.integers);
            total = from.integers;
        }
        sum.integers = total;
        sum.floats += from.floats;
        sum.has_integers = sum.has_integers || from.has_integers;
        sum.has_floats = sum.has_floats || from.has_floats;
    }
    if (other_group < other.states_.size() && other.states_[other_group] != nullptr) {
        state(group).merge(context.eval, *other.states_[other_group]);
    }
}

// ---------------------------------------------------------------- AggregateOp

AggregateOp::AggregateOp(OperatorPtr input, const LogicalAggregate& step,
                         std::vector<VectorExprPtr> keys, std::vector<AggregateColumn> calls,
                         std::size_t slots)
    : plan_(step), keys_(std::move(keys)), calls_(std::move(calls)) {
    add_child(std::move(input));
    input_.prepare(slots);
}

void AggregateOp::do_open(ExecContext& context) {
    Operator::do_open(context);
    table_.start(keys_.size(), &context.guard, context.writing());
    for (AggregateColumn& call : calls_) call.start();
    memo_.clear();
    given_ = 0;
    read_ = false;
}

void AggregateOp::close() {
    table_.clear();
    for (AggregateColumn& call : calls_) call.clear();
    input_.clear();
    Operator::close();
}

std::uint32_t AggregateOp::groups() const { return keys_.empty() ? 1 : table_.size(); }

namespace {

// Bits that say which value it is, for kinds that have such; texts by their place.
template <class Visit>
bool each_key_bits(const Vector& key, std::uint32_t rows, const Visit& visit) {
    if (key.is_constant()) return false;
    switch (key.kind()) {
        case VectorKind::kInteger:
            if (key.nulls() != nullptr) return false;
            for (std::uint32_t row = 0; row < rows; ++row) {
                if (!visit(row, static_cast<std::uint64_t>(key.integers()[row]))) return false;
            }
            return true;
        case VectorKind::kNode:
        case VectorKind::kRel:
            for (std::uint32_t row = 0; row < rows; ++row) {
                if (!visit(row, key.ids()[row])) return false;
            }
            return true;
        case VectorKind::kString:
            for (std::uint32_t row = 0; row < rows; ++row) {
                const std::string_view text = key.texts()[row];
                const auto place = reinterpret_cast<std::uintptr_t>(text.data());
                if (!visit(row, place ^ (static_cast<std::uint64_t>(text.size()) << 48))) return false;
            }
            return true;
        default: return false;
    }
}

std::size_t memo_slot(std::uint64_t bits, std::size_t slots) {
    return static_cast<std::size_t>((bits * 0x9E3779B97F4A7C15ULL) >> 40) & (slots - 1);
}

}  // namespace

bool AggregateOp::remembered(const Vector& key, std::uint32_t rows) {
    if (memo_.empty() || memo_kind_ != key.kind()) return false;
    numbers_.resize(rows);
    return each_key_bits(key, rows, [&](std::uint32_t row, std::uint64_t bits) {
        const Memo& memo = memo_[memo_slot(bits, kMemo)];
        numbers_[row] = memo.number;
        return memo.key == bits && memo.number != RowTable::kNone;
    });
}

void AggregateOp::remember(const Vector& key, std::uint32_t rows) {
    if (memo_.empty() || memo_kind_ != key.kind()) memo_.assign(kMemo, Memo{0, RowTable::kNone});
    memo_kind_ = key.kind();
    each_key_bits(key, rows, [&](std::uint32_t row, std::uint64_t bits) {
        memo_[memo_slot(bits, kMemo)] = {bits, numbers_[row]};
        return true;
    });
}

void AggregateOp::read(ExecContext& context) {
    std::vector<const Vector*> columns;
    for (AggregateColumn& call : calls_) call.resize(keys_.empty() ? 1 : 0);
    while (child().next(context, input_)) {
        columns.clear();
        for (const VectorExprPtr& key : keys_) columns.push_back(&key->eval(context, input_));
        if (keys_.empty()) {
            numbers_.assign(input_.rows, 0);
        } else if (columns.size() != 1 || context.writing()) {
            table_.add(columns, input_.rows, numbers_);
        } else if (!remembered(*columns[0], input_.rows)) {
            table_.add(columns, input_.rows, numbers_);
            if (table_.size() < kMemo) remember(*columns[0], input_.rows);
        }
        const Vector* times = plan_.multiplicity == kNoSlot ? nullptr : &input_[plan_.multiplicity];
        for (AggregateColumn& call : calls_) {
            call.resize(groups());
            located(call.range(), [&] { call.add(context, input_, numbers_, times); });
        }
    }
}

bool AggregateOp::do_next(ExecContext& context, Batch& out) {
    if (!read_) {
        read(context);
        read_ = true;
    }
    if (given_ >= groups()) return false;
    const std::uint32_t count = std::min(kBatchRows, groups() - given_);
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        out[plan_.keys[i].slot].copy(table_.column(i), given_, count);
    }
    for (AggregateColumn& call : calls_) {
        Vector& to = out[call.slot()];
        to.start(VectorKind::kValue, count);
        located(call.range(), [&] {
            for (std::uint32_t i = 0; i < count; ++i) to.set(i, call.finish(context, given_ + i));
        });
    }
    given_ += count;
    out.rows = count;
    return true;
}

}  // namespace maek::query
