#include "query/eval/aggregates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "query/eval/failures.h"
#include "query/eval/operators.h"
#include "query/eval/render.h"
#include "query/eval/semantics.h"
#include "query/eval/temporal.h"
#include "query/eval/value_set.h"
#include "schema/result.h"

namespace maek::query {

namespace {

// What a state holds, charged to the statement and given back with the state.
class Ledger {
public:
    Ledger() = default;
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;
    ~Ledger() {
        if (guard_ != nullptr && bytes_ != 0) guard_->release(bytes_);
    }
    void charge(EvalContext& context, std::size_t bytes) {
        context.charge(bytes);
        guard_ = context.guard;
        bytes_ += bytes;
    }

private:
    Guard* guard_ = nullptr;
    std::size_t bytes_ = 0;
};

// A sum of doubles with the rounding error carried along (Neumaier), so that the order of rows and
// of merges hardly matters.
class ExactSum {
public:
    void add(double x) {
        const double sum = sum_ + x;
        if (std::isfinite(sum)) {
            error_ += std::fabs(sum_) >= std::fabs(x) ? (sum_ - sum) + x : (x - sum) + sum_;
        }
        sum_ = sum;
    }
    void add(const ExactSum& other) {
        add(other.sum_);
        add(other.error_);
    }
    double value() const { return std::isfinite(sum_) ? sum_ + error_ : sum_; }

private:
    double sum_ = 0, error_ = 0;
};

template <class State>
State& same_kind(AggregateState& other) {
    auto* state = dynamic_cast<State*>(&other);
    MAEK_CHECK(state != nullptr, "aggregation states of different kinds were merged");
    return *state;
}

class CountState final : public AggregateState {
public:
    void add(EvalContext&, std::span<const Value> arguments) override { rows_ += !arguments[0].is_null(); }
    void add_integers(EvalContext&, std::span<const std::int64_t> values) override { rows_ += values.size(); }
    void add_floats(EvalContext&, std::span<const double> values) override { rows_ += values.size(); }
    void add_rows(std::uint64_t rows) override { rows_ += rows; }
    void merge(EvalContext&, AggregateState& other) override { rows_ += same_kind<CountState>(other).rows_; }
    Value finish(EvalContext&) override { return Value::integer(static_cast<std::int64_t>(rows_)); }

private:
    std::uint64_t rows_ = 0;
};

// sum() and avg(): integers exactly in 128 bits, floats beside them, or durations alone.
class SumState final : public AggregateState {
public:
    explicit SumState(bool mean) : mean_(mean) {}

    void add(EvalContext& context, std::span<const Value> arguments) override {
        const Value& v = arguments[0];
        if (v.is_null()) return;
        if (v.is(ValueKind::kInteger)) return add_integers(context, {{v.as_integer()}});
        if (v.is(ValueKind::kFloat)) return add_floats(context, {{v.as_float()}});
        if (!v.is(ValueKind::kDuration)) fail_kind(name(), "INTEGER, FLOAT or DURATION", v);
        duration_ = add_durations(duration_, v.as_duration(), 1);
        ++durations_;
        require_one_sort(v);
    }
    void add_integers(EvalContext&, std::span<const std::int64_t> values) override {
        for (const std::int64_t x : values) integer_ += x;
        integers_ += values.size();
        if (durations_ != 0 && !values.empty()) require_one_sort(Value::integer(values[0]));
    }
    void add_floats(EvalContext&, std::span<const double> values) override {
        for (const double x : values) float_.add(x);
        floats_ += values.size();
        if (durations_ != 0 && !values.empty()) require_one_sort(Value::floating(values[0]));
    }
    void merge(EvalContext&, AggregateState& other) override {
        const auto& state = same_kind<SumState>(other);
        integer_ += state.integer_;
        integers_ += state.integers_;
        float_.add(state.float_);
        floats_ += state.floats_;
        duration_ = add_durations(duration_, state.duration_, 1);
        durations_ += state.durations_;
        require_one_sort(Value::duration(duration_));
    }
    Value finish(EvalContext&) override {
        if (mean_ && integers_ + floats_ + durations_ == 0) return Value::null();
        if (durations_ != 0) {
            if (!mean_) return Value::duration(duration_);
            return Value::duration(divide_duration(duration_, static_cast<double>(durations_)));
        }
        if (floats_ == 0 && !mean_) return Value::integer(whole());
        ExactSum total = float_;
        total.add(static_cast<double>(integer_));
        return Value::floating(mean_ ? total.value() / static_cast<double>(integers_ + floats_) : total.value());
    }

private:
    std::string_view name() const { return mean_ ? "avg()" : "sum()"; }
    void require_one_sort(const Value& latest) const {
        if (durations_ == 0 || integers_ + floats_ == 0) return;
        fail_kind(name(), "either numbers or DURATIONs, not both", latest);
    }
    std::int64_t whole() const {
        if (integer_ > std::numeric_limits<std::int64_t>::max() || integer_ < std::numeric_limits<std::int64_t>::min()) {
            fail_overflow("integer overflow in sum(); integers have 64 bits");
        }
        return static_cast<std::int64_t>(integer_);
    }

    __extension__ using Wide = __int128;
    bool mean_;
    Wide integer_ = 0;
    std::uint64_t integers_ = 0, floats_ = 0, durations_ = 0;
    ExactSum float_;
    Duration duration_;
};

class ExtremeState final : public AggregateState {
public:
    explicit ExtremeState(bool largest) : largest_(largest) {}

    void add(EvalContext&, std::span<const Value> arguments) override { offer(arguments[0]); }
    void add_integers(EvalContext&, std::span<const std::int64_t> values) override {
        if (values.empty()) return;
        offer(Value::integer(largest_ ? *std::ranges::max_element(values) : *std::ranges::min_element(values)));
    }
    void merge(EvalContext&, AggregateState& other) override { offer(same_kind<ExtremeState>(other).best_); }
    Value finish(EvalContext&) override { return best_; }

private:
    void offer(const Value& v) {
        if (v.is_null()) return;
        if (best_.is_null() || (largest_ ? order(v, best_) > 0 : order(v, best_) < 0)) best_ = v;
    }
    bool largest_;
    Value best_;
};

class CollectState final : public AggregateState {
public:
    void add(EvalContext& context, std::span<const Value> arguments) override {
        if (arguments[0].is_null()) return;
        ledger_.charge(context, sizeof(Value) + arguments[0].heap_bytes());
        items_.push_back(arguments[0]);
    }
    void merge(EvalContext& context, AggregateState& other) override {
        for (const Value& v : same_kind<CollectState>(other).items_) add(context, {&v, 1});
    }
    Value finish(EvalContext& context) override {
        context.require(items_.size() * sizeof(Value));
        return make_list(items_);
    }

private:
    std::vector<Value> items_;
    Ledger ledger_;
};

class PercentileState final : public AggregateState {
public:
    explicit PercentileState(bool interpolate) : interpolate_(interpolate) {}

    void add(EvalContext& context, std::span<const Value> arguments) override {
        if (arguments[0].is_null()) return;
        if (!arguments[0].is_number()) fail_kind(name(), "INTEGER or FLOAT values", arguments[0]);
        if (items_.empty()) set_fraction(arguments[1]);
        ledger_.charge(context, sizeof(Value));
        items_.push_back(arguments[0]);
    }
    void merge(EvalContext& context, AggregateState& other) override {
        const auto& state = same_kind<PercentileState>(other);
        const Value fraction = Value::floating(items_.empty() ? state.fraction_ : fraction_);
        for (const Value& v : state.items_) {
            const Value row[] = {v, fraction};
            add(context, row);
        }
    }
    Value finish(EvalContext& context) override {
        if (items_.empty()) return Value::null();
        std::uint32_t steps = 0;
        std::ranges::sort(items_, [&](const Value& x, const Value& y) {
            if (++steps % 16384 == 0) context.check();
            return order(x, y) < 0;
        });
        return interpolate_ ? interpolated() : nearest();
    }

private:
    std::string_view name() const { return interpolate_ ? "percentileCont()" : "percentileDisc()"; }

    void set_fraction(const Value& v) {
        if (!v.is_number()) fail_kind(name(), "an INTEGER or FLOAT as fraction", v);
        fraction_ = v.as_number();
        if (!(fraction_ >= 0 && fraction_ <= 1)) {
            fail_range(std::string(name()) + " expects a fraction from 0 to 1, got " + to_literal(v));
        }
    }
    Value nearest() const {
        const double place = std::ceil(fraction_ * static_cast<double>(items_.size()));
        return items_[place < 1 ? 0 : static_cast<std::size_t>(place) - 1];
    }
    Value interpolated() const {
        const double place = fraction_ * static_cast<double>(items_.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const double low = items_[below].as_number();
        if (below + 1 >= items_.size()) return Value::floating(low);
        const double part = place - static_cast<double>(below);
        return Value::floating(part == 0 ? low : low * (1 - part) + items_[below + 1].as_number() * part);
    }

    bool interpolate_;
    double fraction_ = 0;
    std::vector<Value> items_;
    Ledger ledger_;
};

// Welford's running mean and squared distance, which do not lose digits to large means.
class DeviationState final : public AggregateState {
public:
    explicit DeviationState(bool sample) : sample_(sample) {}

    void add(EvalContext&, std::span<const Value> arguments) override {
        if (arguments[0].is_null()) return;
        if (!arguments[0].is_number()) fail_kind(sample_ ? "stDev()" : "stDevP()", "INTEGER or FLOAT", arguments[0]);
        put(arguments[0].as_number());
    }
    void add_integers(EvalContext&, std::span<const std::int64_t> values) override {
        for (const std::int64_t x : values) put(static_cast<double>(x));
    }
    void add_floats(EvalContext&, std::span<const double> values) override {
        for (const double x : values) put(x);
    }
    void merge(EvalContext&, AggregateState& other) override {
        const auto& state = same_kind<DeviationState>(other);
        if (state.count_ == 0) return;
        const double count = count_ + state.count_, apart = state.mean_ - mean_;
        squares_ += state.squares_ + apart * apart * count_ * state.count_ / count;
        mean_ += apart * state.count_ / count;
        count_ = count;
    }
    Value finish(EvalContext&) override {
        const double divisor = sample_ ? count_ - 1 : count_;
        return Value::floating(count_ < 2 ? 0.0 : std::sqrt(squares_ / divisor));
    }

private:
    void put(double x) {
        count_ += 1;
        const double apart = x - mean_;
        mean_ += apart / count_;
        squares_ += apart * (x - mean_);
    }
    bool sample_;
    double count_ = 0, mean_ = 0, squares_ = 0;
};

// Lets each equivalent value through to another state once.
class DistinctState final : public AggregateState {
public:
    explicit DistinctState(std::unique_ptr<AggregateState> inner) : inner_(std::move(inner)) {}

    void add(EvalContext& context, std::span<const Value> arguments) override {
        const Value& v = arguments[0];
        if (v.is_null() || !seen_.insert(v)) return;
        if (arguments.size() > 1) second_ = arguments[1];
        ledger_.charge(context, 2 * sizeof(Value) + v.heap_bytes());
        inner_->add(context, arguments);
    }
    void merge(EvalContext& context, AggregateState& other) override {
        const auto& state = same_kind<DistinctState>(other);
        for (const Value& v : state.seen_.values()) {
            const Value row[] = {v, state.second_};
            add(context, std::span<const Value>(row, state.second_.is_null() ? 1 : 2));
        }
    }
    Value finish(EvalContext& context) override { return inner_->finish(context); }

private:
    std::unique_ptr<AggregateState> inner_;
    ValueSet seen_;
    Value second_;  // the fraction of a percentile
    Ledger ledger_;
};

std::unique_ptr<AggregateState> make_plain(AggregateKind kind) {
    switch (kind) {
        case AggregateKind::kCount: return std::make_unique<CountState>();
        case AggregateKind::kSum: return std::make_unique<SumState>(false);
        case AggregateKind::kAvg: return std::make_unique<SumState>(true);
        case AggregateKind::kMin: return std::make_unique<ExtremeState>(false);
        case AggregateKind::kMax: return std::make_unique<ExtremeState>(true);
        case AggregateKind::kCollect: return std::make_unique<CollectState>();
        case AggregateKind::kPercentileCont: return std::make_unique<PercentileState>(true);
        case AggregateKind::kPercentileDisc: return std::make_unique<PercentileState>(false);
        case AggregateKind::kStDev: return std::make_unique<DeviationState>(true);
        case AggregateKind::kStDevP: return std::make_unique<DeviationState>(false);
        case AggregateKind::kNone: break;
    }
    MAEK_CHECK(false, "an aggregation state of no kind was asked for");
    return nullptr;
}

}  // namespace

void AggregateState::add_integers(EvalContext& context, std::span<const std::int64_t> values) {
    for (const std::int64_t x : values) {
        const Value v = Value::integer(x);
        add(context, {&v, 1});
    }
}

void AggregateState::add_floats(EvalContext& context, std::span<const double> values) {
    for (const double x : values) {
        const Value v = Value::floating(x);
        add(context, {&v, 1});
    }
}

void AggregateState::add_rows(std::uint64_t) {
    MAEK_CHECK(false, "rows without values were added to an aggregation that needs values");
}

std::unique_ptr<AggregateState> make_aggregate(AggregateKind kind, bool distinct) {
    auto plain = make_plain(kind);
    const bool idempotent = kind == AggregateKind::kMin || kind == AggregateKind::kMax;
    if (!distinct || idempotent) return plain;
    return std::make_unique<DistinctState>(std::move(plain));
}

Value empty_aggregate(AggregateKind kind) {
    EvalContext context;
    return make_plain(kind)->finish(context);
}

}  // namespace maek::query
