// The conditions of patterns as evaluators of truths.
#include <algorithm>

#include "query/eval/failures.h"
#include "query/eval/operators.h"
#include "query/exec/expression_nodes.h"

namespace maek::query {

namespace {

// slot.key = value for every entry of a map.
class PropertyMap final : public VectorExpr {
public:
    PropertyMap(Slot slot, VectorExprPtr map) : slot_(slot), map_(std::move(map)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        const Value map = map_->eval_row(context, batch, row);
        if (map.is_null()) return Value::boolean(true);
        if (!map.is(ValueKind::kMap)) fail_kind("the properties of a pattern", "a map", map);
        const Value entity = batch.value(slot_, row);
        Truth all = Truth::kTrue;
        for (const MapEntry& entry : map.as_map()) {
            all = logical_and(all, equal(property(context.eval, entity, entry.first), entry.second));
        }
        return to_value(all);
    }

private:
    Slot slot_;
    VectorExprPtr map_;
};

class SameEntity final : public VectorExpr {
public:
    SameEntity(Slot a, Slot b) : a_(a), b_(b) {}
    Value eval_row(ExecContext&, const Batch& batch, std::uint32_t row) override {
        return to_value(equal(batch.value(a_, row), batch.value(b_, row)));
    }
    bool may_fail() const override { return false; }

private:
    Slot a_, b_;
};

// Whether the variable holds a node that has not been deleted; a value that is neither that nor null fails.
class IsNode final : public VectorExpr {
public:
    explicit IsNode(VectorExprPtr variable) : variable_(std::move(variable)) {}
    const Vector& eval(ExecContext& context, const Batch& batch) override {
        const std::uint32_t* ids = node_ids(variable_->eval(context, batch), batch.rows, scratch_);
        result_.start(VectorKind::kBoolean, batch.rows);
        for (std::uint32_t i = 0; i < batch.rows; ++i) result_.truths()[i] = truth(lives(context, ids[i]));
        return result_;
    }
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        const Value value = variable_->eval_row(context, batch, row);
        if (!value.is_null() && !value.is(ValueKind::kNode)) fail_kind("a pattern", "a node", value);
        return Value::boolean(!value.is_null() && lives(context, value.as_node().value));
    }

private:
    static bool lives(ExecContext& context, std::uint32_t id) {
        return id != NodeId::kNone && context.graph().has_node(NodeId{id});
    }
    VectorExprPtr variable_;
    std::vector<std::uint32_t> scratch_;
};

// Relationships in the value: itself, or those of a (nested) list.
void collect_rels(const Value& value, std::vector<std::uint32_t>& rels) {
    if (value.is(ValueKind::kRelationship)) {
        rels.push_back(value.as_relationship().value);
    } else if (value.is(ValueKind::kList)) {
        for (const Value& item : value.as_list()) collect_rels(item, rels);
    } else if (value.is(ValueKind::kPath)) {
        for (const RelId rel : value.as_path().relationships) rels.push_back(rel.value);
    }
}

class DifferentRels final : public VectorExpr {
public:
    DifferentRels(Slot a, std::vector<Slot> others) : a_(a), others_(std::move(others)) {}
    const Vector& eval(ExecContext& context, const Batch& batch) override {
        const Vector& a = batch[a_];
        result_.start(VectorKind::kBoolean, batch.rows);
        Truth* to = result_.truths();
        std::fill_n(to, batch.rows, Truth::kTrue);
        for (const Slot other : others_) {
            const Vector& b = batch[other];
            if (a.kind() == VectorKind::kRel && b.kind() == VectorKind::kRel) {
                for (std::uint32_t i = 0; i < batch.rows; ++i) {
                    if (a.ids()[a.at(i)] == b.ids()[b.at(i)]) to[i] = Truth::kFalse;
                }
                continue;
            }
            for (std::uint32_t i = 0; i < batch.rows; ++i) {
                if (to[i] == Truth::kTrue) to[i] = test(a.value(i), b.value(i));
            }
        }
        static_cast<void>(context);
        return result_;
    }
    Value eval_row(ExecContext&, const Batch& batch, std::uint32_t row) override {
        const Value a = batch.value(a_, row);
        return Value::boolean(std::all_of(others_.begin(), others_.end(), [&](Slot other) {
            return test(a, batch.value(other, row)) == Truth::kTrue;
        }));
    }
    bool may_fail() const override { return false; }

private:
    Truth test(const Value& a, const Value& b) {
        first_.clear();
        second_.clear();
        collect_rels(a, first_);
        collect_rels(b, second_);
        for (const std::uint32_t x : first_) {
            for (const std::uint32_t y : second_) {
                if (x == y) return Truth::kFalse;
            }
        }
        return Truth::kTrue;
    }
    Slot a_;
    std::vector<Slot> others_;
    std::vector<std::uint32_t> first_, second_;
};

}  // namespace

VectorExprPtr ExprCompiler::compile(const Condition& condition) {
    const auto variable = [&](Slot slot) {
        return locals_.has(slot) ? make_local(slot) : make_column(slot);
    };
    switch (condition.kind) {
        case Condition::Kind::kExpr: return compile(*condition.expr);
        case Condition::Kind::kPropertyEquals: {
            const TypeSet entity =
                TypeSet::of(ValueKind::kNode) | TypeSet::of(ValueKind::kRelationship);
            return make_comparison(ExprKind::kEqual,
                                   make_property(variable(condition.slot), *condition.key, entity),
                                   compile(*condition.expr));
        }
        case Condition::Kind::kPropertyMap:
            return std::make_unique<PropertyMap>(condition.slot, compile(*condition.expr));
        case Condition::Kind::kLabels:
        case Condition::Kind::kTypes:
            return make_label_test(variable(condition.slot), *condition.labels, *this);
        case Condition::Kind::kSameEntity:
            return std::make_unique<SameEntity>(condition.slot, condition.slot2);
        case Condition::Kind::kDifferentRels:
            return std::make_unique<DifferentRels>(condition.slot, std::vector<Slot>{condition.slot2});
        case Condition::Kind::kApart: return std::make_unique<DifferentRels>(condition.slot, condition.others);
        case Condition::Kind::kIsNode: return std::make_unique<IsNode>(variable(condition.slot));
    }
    MAEK_CHECK(false, "a condition of unknown kind");
}

}  // namespace maek::query
