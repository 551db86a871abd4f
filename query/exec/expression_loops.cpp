// List comprehensions, quantifiers and reduce: a variable runs over a list, its value stands in
// context.locals while the body is evaluated.
#include "query/eval/failures.h"
#include "query/eval/operators.h"
#include "query/exec/expression_nodes.h"

namespace maek::query {

namespace {

// Puts a comprehension's variable in place and the former value back.
class LocalScope {
public:
    LocalScope(ExecContext& context, Slot slot) : cell_(context.locals[slot]) { before_.swap(cell_); }
    ~LocalScope() { cell_.swap(before_); }
    LocalScope(const LocalScope&) = delete;
    LocalScope& operator=(const LocalScope&) = delete;
    void set(const Value& value) { cell_ = value; }

private:
    Value& cell_;
    Value before_;
};

// The list to run over: null stays null, everything else that is no list is a TypeError.
bool as_items(const Value& list, const char* what) {
    if (list.is_null()) return false;
    if (!list.is(ValueKind::kList)) fail_kind(what, "a list", list);
    return true;
}

// Bytes by which a list may grow before the guard hears of it.
constexpr std::size_t kToldApart = std::size_t{64} << 10;

class ListComprehension final : public VectorExpr {
public:
    ListComprehension(Slot slot, VectorExprPtr list, VectorExprPtr where, VectorExprPtr result)
        : slot_(slot), list_(std::move(list)), where_(std::move(where)), body_(std::move(result)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        const Value list = list_->eval_row(context, batch, row);
        if (!as_items(list, "a list comprehension")) return {};
        LocalScope scope(context, slot_);
        std::vector<Value> items;
        std::size_t bytes = 0, told = 0, step = 0;
        for (const Value& item : list.as_list()) {
            if ((++step & 255) == 0) context.guard.check();
            if (bytes - told >= kToldApart) context.guard.require(told = bytes);
            scope.set(item);
            if (where_ != nullptr &&
                to_truth(where_->eval_row(context, batch, row), "WHERE") != Truth::kTrue) {
                continue;
            }
            items.push_back(body_ != nullptr ? body_->eval_row(context, batch, row) : item);
            bytes += sizeof(Value) + items.back().heap_bytes();
        }
        context.guard.require(bytes);
        return query::make_list(std::move(items));
    }

private:
    Slot slot_;
    VectorExprPtr list_, where_, body_;
};

class Quantifier final : public VectorExpr {
public:
    Quantifier(ExprKind kind, Slot slot, VectorExprPtr list, VectorExprPtr where)
        : kind_(kind), slot_(slot), list_(std::move(list)), where_(std::move(where)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        const Value list = list_->eval_row(context, batch, row);
        if (!as_items(list, "a quantifier")) return {};
        LocalScope scope(context, slot_);
        std::size_t trues = 0, nulls = 0, falses = 0, step = 0;
        for (const Value& item : list.as_list()) {
            if ((++step & 255) == 0) context.guard.check();
            scope.set(item);
            const Truth hit = where_ == nullptr ? to_truth(item, "a quantifier")
                                                : to_truth(where_->eval_row(context, batch, row), "WHERE");
            (hit == Truth::kTrue ? trues : hit == Truth::kNull ? nulls : falses) += 1;
        }
        return to_value(answer(trues, falses, nulls));
    }

private:
    Truth answer(std::size_t trues, std::size_t falses, std::size_t nulls) const {
        switch (kind_) {
            case ExprKind::kAll:
                return falses > 0 ? Truth::kFalse : nulls > 0 ? Truth::kNull : Truth::kTrue;
            case ExprKind::kAny:
                return trues > 0 ? Truth::kTrue : nulls > 0 ? Truth::kNull : Truth::kFalse;
            case ExprKind::kNone:
                return trues > 0 ? Truth::kFalse : nulls > 0 ? Truth::kNull : Truth::kTrue;
            default:  // single
                if (trues > 1) return Truth::kFalse;
                return nulls > 0 ? Truth::kNull : truth(trues == 1);
        }
    }

    ExprKind kind_;
    Slot slot_;
    VectorExprPtr list_, where_;
};

class Reduce final : public VectorExpr {
public:
    Reduce(Slot accumulator, Slot slot, VectorExprPtr start, VectorExprPtr list, VectorExprPtr step)
        : accumulator_(accumulator), slot_(slot), start_(std::move(start)), list_(std::move(list)),
          step_(std::move(step)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        Value sum = start_->eval_row(context, batch, row);
        const Value list = list_->eval_row(context, batch, row);
        if (!as_items(list, "reduce()")) return {};
        LocalScope accumulator(context, accumulator_);
        LocalScope scope(context, slot_);
        std::size_t step = 0;
        for (const Value& item : list.as_list()) {
            if ((++step & 255) == 0) context.guard.check();
            // A value may double with every step: room for the next is asked for before it is made.
            context.guard.require(2 * sum.heap_bytes());
            accumulator.set(sum);
            scope.set(item);
            sum = step_->eval_row(context, batch, row);
        }
        return sum;
    }

private:
    Slot accumulator_, slot_;
    VectorExprPtr start_, list_, step_;
};

}  // namespace

VectorExprPtr make_list_comprehension(Slot slot, VectorExprPtr list, VectorExprPtr where,
                                      VectorExprPtr result) {
    return std::make_unique<ListComprehension>(slot, std::move(list), std::move(where),
                                               std::move(result));
}
VectorExprPtr make_quantifier(ExprKind kind, Slot slot, VectorExprPtr list, VectorExprPtr where) {
    return std::make_unique<Quantifier>(kind, slot, std::move(list), std::move(where));
}
VectorExprPtr make_reduce(Slot accumulator, Slot slot, VectorExprPtr start, VectorExprPtr list,
                          VectorExprPtr step) {
    return std::make_unique<Reduce>(accumulator, slot, std::move(start), std::move(list), std::move(step));
}

}  // namespace maek::query
