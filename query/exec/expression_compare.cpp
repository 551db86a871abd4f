// =, <>, <, <=, >, >=, STARTS WITH, ENDS WITH, CONTAINS, =~ and IN, typed where both sides are.
#include <cmath>
#include <unordered_set>

#include "query/eval/failures.h"
#include "query/eval/operators.h"
#include "query/exec/expression_nodes.h"

namespace maek::query {

namespace {

Truth compare_values(ExprKind kind, const Value& a, const Value& b) {
    switch (kind) {
        case ExprKind::kEqual: return equal(a, b);
        case ExprKind::kNotEqual: return !equal(a, b);
        case ExprKind::kLess: return less(a, b);
        case ExprKind::kLessEqual: return less_or_equal(a, b);
        case ExprKind::kGreater: return greater(a, b);
        default: return greater_or_equal(a, b);
    }
}

// One loop for a typed pair; null masks may be missing, constants repeat.
template <class A, class B, class Compare>
void compare_loop(const A* a, bool a_constant, const std::uint8_t* a_nulls, const B* b,
                  bool b_constant, const std::uint8_t* b_nulls, std::uint32_t rows, Truth* to,
                  Compare compare) {
    const std::uint32_t a_step = a_constant ? 0 : 1, b_step = b_constant ? 0 : 1;
    if (a_nulls == nullptr && b_nulls == nullptr) {
        for (std::uint32_t i = 0; i < rows; ++i) to[i] = truth(compare(a[i * a_step], b[i * b_step]));
        return;
    }
    for (std::uint32_t i = 0; i < rows; ++i) {
        const bool null = (a_nulls != nullptr && a_nulls[i * a_step] != 0) ||
                          (b_nulls != nullptr && b_nulls[i * b_step] != 0);
        to[i] = null ? Truth::kNull : truth(compare(a[i * a_step], b[i * b_step]));
    }
}

template <class A, class B>
void compare_typed(ExprKind kind, const A* a, const Vector& va, const B* b, const Vector& vb,
                   std::uint32_t rows, Truth* to) {
    const auto run = [&](auto compare) {
        compare_loop(a, va.is_constant(), va.nulls(), b, vb.is_constant(), vb.nulls(), rows, to, compare);
    };
    // Mixed numbers compare exactly: a large integer is not its rounded double.
    const auto cmp = [](A x, B y) {
        if constexpr (std::is_same_v<A, B>) {
            return x <=> y;
        } else if constexpr (std::is_same_v<A, std::int64_t>) {
            return compare_numbers(x, y);
        } else {
            return 0 <=> compare_numbers(y, x);
        }
    };
    switch (kind) {
        case ExprKind::kEqual: run([&](A x, B y) { return cmp(x, y) == 0; }); break;
        case ExprKind::kNotEqual: run([&](A x, B y) { return cmp(x, y) != 0; }); break;
        case ExprKind::kLess: run([&](A x, B y) { return cmp(x, y) < 0; }); break;
        case ExprKind::kLessEqual: run([&](A x, B y) { return cmp(x, y) <= 0; }); break;
        case ExprKind::kGreater: run([&](A x, B y) { return cmp(x, y) > 0; }); break;
        default: run([&](A x, B y) { return cmp(x, y) >= 0; }); break;
    }
}

bool compare_texts(ExprKind kind, std::string_view a, std::string_view b) {
    switch (kind) {
        case ExprKind::kEqual: return a == b;
        case ExprKind::kNotEqual: return a != b;
        case ExprKind::kLess: return a < b;
        case ExprKind::kLessEqual: return a <= b;
        case ExprKind::kGreater: return a > b;
        case ExprKind::kGreaterEqual: return a >= b;
        case ExprKind::kStartsWith: return a.starts_with(b);
        case ExprKind::kEndsWith: return a.ends_with(b);
        default: return a.find(b) != std::string_view::npos;
    }
}

// Text search with a constant needle: memmem is several times faster than find().
void contains_loop(const Vector& a, std::string_view part, std::uint32_t rows, Truth* to) {
    const std::string_view* texts = a.texts();
    for (std::uint32_t i = 0; i < rows; ++i) {
        const std::string_view text = texts[i];
        if (text.data() == nullptr) {
            to[i] = Truth::kNull;
        } else {
            to[i] = truth(part.empty() ||
                          memmem(text.data(), text.size(), part.data(), part.size()) != nullptr);
        }
    }
}

void text_loop(ExprKind kind, const Vector& a, const Vector& b, std::uint32_t rows, Truth* to) {
    if (kind == ExprKind::kContains && b.is_constant() && !a.is_constant() &&
        b.texts()[0].data() != nullptr) {
        contains_loop(a, b.texts()[0], rows, to);
        return;
    }
    for (std::uint32_t i = 0; i < rows; ++i) {
        const std::string_view x = a.texts()[a.at(i)], y = b.texts()[b.at(i)];
        to[i] = x.data() == nullptr || y.data() == nullptr ? Truth::kNull
                                                           : truth(compare_texts(kind, x, y));
    }
}

bool is_entity(VectorKind kind) { return kind == VectorKind::kNode || kind == VectorKind::kRel; }

class Compare final : public VectorExpr {
public:
    Compare(ExprKind kind, VectorExprPtr a, VectorExprPtr b)
        : kind_(kind), a_(std::move(a)), b_(std::move(b)) {}

    const Vector& eval(ExecContext& context, const Batch& batch) override {
        const Vector& a = a_->eval(context, batch);
        const Vector& b = b_->eval(context, batch);
        result_.start(VectorKind::kBoolean, batch.rows);
        Truth* to = result_.truths();
        if (!typed(a, b, batch.rows, to)) {
            for (std::uint32_t i = 0; i < batch.rows; ++i) {
                to[i] = compare_values(kind_, a.value(i), b.value(i));
            }
        }
        return result_;
    }
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        const Value a = a_->eval_row(context, batch, row);
        return to_value(compare_values(kind_, a, b_->eval_row(context, batch, row)));
    }
    bool may_fail() const override { return a_->may_fail() || b_->may_fail(); }

private:
    bool typed(const Vector& a, const Vector& b, std::uint32_t rows, Truth* to) const {
        const VectorKind x = a.kind(), y = b.kind();
        if (x == VectorKind::kInteger && y == VectorKind::kInteger) {
            compare_typed(kind_, a.integers(), a, b.integers(), b, rows, to);
        } else if (x == VectorKind::kFloat && y == VectorKind::kFloat) {
            compare_typed(kind_, a.floats(), a, b.floats(), b, rows, to);
        } else if (x == VectorKind::kInteger && y == VectorKind::kFloat) {
            compare_typed(kind_, a.integers(), a, b.floats(), b, rows, to);
        } else if (x == VectorKind::kFloat && y == VectorKind::kInteger) {
            compare_typed(kind_, a.floats(), a, b.integers(), b, rows, to);
        } else if (x == VectorKind::kString && y == VectorKind::kString) {
            text_loop(kind_, a, b, rows, to);
        } else if (is_entity(x) && x == y &&
                   (kind_ == ExprKind::kEqual || kind_ == ExprKind::kNotEqual)) {
            for (std::uint32_t i = 0; i < rows; ++i) {
                const std::uint32_t p = a.ids()[a.at(i)], q = b.ids()[b.at(i)];
                to[i] = p == NodeId::kNone || q == NodeId::kNone
                            ? Truth::kNull
                            : truth((p == q) == (kind_ == ExprKind::kEqual));
            }
        } else {
            return false;
        }
        return true;
    }

    ExprKind kind_;
    VectorExprPtr a_, b_;
};

class TextTest final : public VectorExpr {
public:
    TextTest(ExprKind kind, VectorExprPtr a, VectorExprPtr b)
        : kind_(kind), a_(std::move(a)), b_(std::move(b)) {}

    const Vector& eval(ExecContext& context, const Batch& batch) override {
        const Vector& a = a_->eval(context, batch);
        const Vector& b = b_->eval(context, batch);
        result_.start(VectorKind::kBoolean, batch.rows);
        if (a.kind() == VectorKind::kString && b.kind() == VectorKind::kString &&
            kind_ != ExprKind::kRegexMatch) {
            text_loop(kind_, a, b, batch.rows, result_.truths());
            return result_;
        }
        for (std::uint32_t i = 0; i < batch.rows; ++i) {
            result_.truths()[i] = test(context, a.value(i), b.value(i));
        }
        return result_;
    }
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        const Value a = a_->eval_row(context, batch, row);
        return to_value(test(context, a, b_->eval_row(context, batch, row)));
    }
    bool may_fail() const override {
        return kind_ == ExprKind::kRegexMatch || a_->may_fail() || b_->may_fail();
    }

private:
    Truth test(ExecContext& context, const Value& a, const Value& b) const {
        switch (kind_) {
            case ExprKind::kStartsWith: return starts_with(a, b);
            case ExprKind::kEndsWith: return ends_with(a, b);
            case ExprKind::kContains: return contains_text(a, b);
            default: return matches_regex(context.eval, a, b);
        }
    }
    ExprKind kind_;
    VectorExprPtr a_, b_;
};

// `x IN list`. A long constant list of plain strings or integers is looked up in a set.
class In final : public VectorExpr {
public:
    In(VectorExprPtr item, VectorExprPtr list) : item_(std::move(item)), list_(std::move(list)) {}

    const Vector& eval(ExecContext& context, const Batch& batch) override {
        const Vector& item = item_->eval(context, batch);
        const Vector& list = list_->eval(context, batch);
        result_.start(VectorKind::kBoolean, batch.rows);
        Truth* to = result_.truths();
        if (list.is_constant() && prepare(list.value(0))) {
            for (std::uint32_t i = 0; i < batch.rows; ++i) {
                const Value value = item.value(i);
                to[i] = value.is_null() ? Truth::kNull : truth(set_.contains(value));
            }
            return result_;
        }
        for (std::uint32_t i = 0; i < batch.rows; ++i) to[i] = is_in(item.value(i), list.value(i));
        return result_;
    }
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        const Value item = item_->eval_row(context, batch, row);
        return to_value(is_in(item, list_->eval_row(context, batch, row)));
    }

private:
    bool prepare(const Value& list) {
        if (!list.is(ValueKind::kList) || list.as_list().size() < 8) return false;
        if (list == prepared_) return plain_;
        prepared_ = list;
        set_.clear();
        plain_ = true;
        for (const Value& value : list.as_list()) {
            plain_ = plain_ && (value.is(ValueKind::kString) || value.is(ValueKind::kInteger));
            if (!plain_) break;
            set_.insert(value);
        }
        return plain_;
    }

    VectorExprPtr item_, list_;
    Value prepared_;
    bool plain_ = false;
    std::unordered_set<Value, HashValue, EquivalentValue> set_;
};

}  // namespace

VectorExprPtr make_comparison(ExprKind kind, VectorExprPtr a, VectorExprPtr b) {
    return std::make_unique<Compare>(kind, std::move(a), std::move(b));
}
VectorExprPtr make_text_test(ExprKind kind, VectorExprPtr a, VectorExprPtr b) {
    return std::make_unique<TextTest>(kind, std::move(a), std::move(b));
}
VectorExprPtr make_in(VectorExprPtr item, VectorExprPtr list) {
    return std::make_unique<In>(std::move(item), std::move(list));
}

}  // namespace maek::query
