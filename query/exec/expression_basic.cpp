// Literals, parameters, variables, properties, IS NULL.
#include "query/eval/failures.h"
#include "query/eval/operators.h"
#include "query/exec/column_reader.h"
#include "query/exec/expression_nodes.h"
#include "query/exec/writer.h"

namespace maek::query {

const Vector& VectorExpr::eval(ExecContext& context, const Batch& batch) {
    if (is_constant() && batch.rows > 0) {
        result_.set_constant(eval_row(context, batch, 0));
        return result_;
    }
    result_.start(VectorKind::kValue, batch.rows);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if ((row & 63) == 63) context.guard.check();
        result_.set(row, eval_row(context, batch, row));
    }
    return result_;
}

void select_true(const Vector& truths, std::uint32_t count, std::vector<std::uint32_t>& rows) {
    if (truths.is_constant()) {
        const Value value = truths.value(0);
        if (to_truth(value, "WHERE") != Truth::kTrue) return;
        for (std::uint32_t row = 0; row < count; ++row) rows.push_back(row);
        return;
    }
    if (truths.kind() == VectorKind::kBoolean) {
        const std::size_t have = rows.size();
        rows.resize(have + count);
        std::uint32_t* to = rows.data() + have;
        const Truth* from = truths.truths();
        for (std::uint32_t row = 0; row < count; ++row) {
            *to = row;
            to += from[row] == Truth::kTrue ? 1 : 0;
        }
        rows.resize(static_cast<std::size_t>(to - rows.data()));
        return;
    }
    for (std::uint32_t row = 0; row < count; ++row) {
        if (to_truth(truths.value(row), "WHERE") == Truth::kTrue) rows.push_back(row);
    }
}

const std::uint32_t* node_ids(const Vector& column, std::uint32_t rows,
                              std::vector<std::uint32_t>& scratch) {
    if (column.kind() == VectorKind::kNode && !column.is_constant()) return column.ids();
    scratch.resize(rows);
    for (std::uint32_t row = 0; row < rows; ++row) {
        const Value value = column.value(row);
        if (value.is_null()) {
            scratch[row] = NodeId::kNone;
        } else if (value.is(ValueKind::kNode)) {
            scratch[row] = value.as_node().value;
        } else {
            fail_kind("a pattern", "a node", value);
        }
    }
    return scratch.data();
}

const std::uint32_t* rel_ids(const Vector& column, std::uint32_t rows,
                             std::vector<std::uint32_t>& scratch) {
    if (column.kind() == VectorKind::kRel && !column.is_constant()) return column.ids();
    scratch.resize(rows);
    for (std::uint32_t row = 0; row < rows; ++row) {
        const Value value = column.value(row);
        if (value.is_null()) {
            scratch[row] = RelId::kNone;
        } else if (value.is(ValueKind::kRelationship)) {
            scratch[row] = value.as_relationship().value;
        } else {
            fail_kind("a pattern", "a relationship", value);
        }
    }
    return scratch.data();
}

namespace {

class Literal final : public VectorExpr {
public:
    explicit Literal(Value value) : value_(std::move(value)) {
        if (value_.is(ValueKind::kString)) {
            result_.set_constant_text(value_.as_string());
        } else {
            result_.set_constant(value_);
        }
    }
    const Vector& eval(ExecContext&, const Batch&) override { return result_; }
    Value eval_row(ExecContext&, const Batch&, std::uint32_t) override { return value_; }
    bool may_fail() const override { return false; }

private:
    Value value_;
};

class Parameter final : public VectorExpr {
public:
    explicit Parameter(std::string name) : name_(std::move(name)) {}
    const Vector& eval(ExecContext& context, const Batch&) override {
        const Value& value = find(context);
        if (value.is(ValueKind::kString)) {
            result_.set_constant_text(value.as_string());
        } else {
            result_.set_constant(value);
        }
        return result_;
    }
    Value eval_row(ExecContext& context, const Batch&, std::uint32_t) override {
        return find(context);
    }
    bool may_fail() const override { return false; }

private:
    const Value& find(ExecContext& context) const {
        const Value* value = context.parameter(name_);
        if (value == nullptr) {
            fail("ParameterMissing", "MissingParameter", "42N51", "the parameter $" + name_ + " was not given");
        }
        return *value;
    }
    std::string name_;
};

class Column final : public VectorExpr {
public:
    explicit Column(Slot slot) : slot_(slot) {}
    const Vector& eval(ExecContext&, const Batch& batch) override { return batch[slot_]; }
    Value eval_row(ExecContext&, const Batch& batch, std::uint32_t row) override {
        return batch.value(slot_, row);
    }
    bool may_fail() const override { return false; }

private:
    Slot slot_;
};

class Local final : public VectorExpr {
public:
    explicit Local(Slot slot) : slot_(slot) {}
    Value eval_row(ExecContext& context, const Batch&, std::uint32_t) override {
        return context.locals[slot_];
    }
    bool may_fail() const override { return false; }

private:
    Slot slot_;
};

class Property final : public VectorExpr {
public:
    Property(VectorExprPtr base, std::string key, TypeSet base_type)
        : base_(std::move(base)), key_(std::move(key)), reader_(key_) {
        const std::uint32_t safe = TypeSet::of(ValueKind::kNull).bits | TypeSet::of(ValueKind::kNode).bits |
                                   TypeSet::of(ValueKind::kRelationship).bits |
                                   TypeSet::of(ValueKind::kMap).bits;
        may_fail_ = (base_type.bits & ~safe) != 0 || base_->may_fail();
    }
    const Vector& eval(ExecContext& context, const Batch& batch) override {
        const Vector& base = base_->eval(context, batch);
        const bool entity = base.kind() == VectorKind::kNode || base.kind() == VectorKind::kRel;
        if (!entity || (context.writing() && context.writer->any_deleted())) {
            result_.start(VectorKind::kValue, batch.rows);
            for (std::uint32_t row = 0; row < batch.rows; ++row) {
                result_.set(row, property(context.eval, base.value(row), key_));
            }
            return result_;
        }
        const std::uint32_t rows = base.is_constant() ? 1 : batch.rows;
        reader_.read(context, base.ids(), rows, base.kind() == VectorKind::kNode, result_);
        if (base.is_constant()) result_.flatten(batch.rows), spread(batch.rows);
        return result_;
    }
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        return property(context.eval, base_->eval_row(context, batch, row), key_);
    }
    bool may_fail() const override { return may_fail_; }

private:
    // The one value read stands for all rows.
    void spread(std::uint32_t rows) {
        if (rows < 2) return;
        Vector first;
        first.copy(result_, 0, 1);
        std::vector<std::uint32_t> zeros(rows, 0);
        result_.gather(first, zeros);
    }

    VectorExprPtr base_;
    std::string key_;
    ColumnReader reader_;
    bool may_fail_ = true;
};

class IsNull final : public VectorExpr {
public:
    IsNull(VectorExprPtr base, bool negated) : base_(std::move(base)), negated_(negated) {}
    const Vector& eval(ExecContext& context, const Batch& batch) override {
        const Vector& base = base_->eval(context, batch);
        result_.start(VectorKind::kBoolean, batch.rows);
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            result_.truths()[row] = truth(base.is_null(row) != negated_);
        }
        return result_;
    }
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        return Value::boolean(base_->eval_row(context, batch, row).is_null() != negated_);
    }
    bool may_fail() const override { return base_->may_fail(); }

private:
    VectorExprPtr base_;
    bool negated_;
};

}  // namespace

VectorExprPtr make_literal(Value value) { return std::make_unique<Literal>(std::move(value)); }
VectorExprPtr make_parameter(std::string name) {
    return std::make_unique<Parameter>(std::move(name));
}
VectorExprPtr make_column(Slot slot) { return std::make_unique<Column>(slot); }
VectorExprPtr make_local(Slot slot) { return std::make_unique<Local>(slot); }
VectorExprPtr make_property(VectorExprPtr base, std::string key, TypeSet base_type) {
    return std::make_unique<Property>(std::move(base), std::move(key), base_type);
}
VectorExprPtr make_is_null(VectorExprPtr base, bool negated) {
    return std::make_unique<IsNull>(std::move(base), negated);
}

}  // namespace maek::query
