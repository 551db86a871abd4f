// Evaluators that work row by row: access, construction, functions, CASE, type tests, paths.
#include <algorithm>

#include "query/eval/failures.h"
#include "query/eval/function_registry.h"
#include "query/eval/operators.h"
#include "query/exec/expression_nodes.h"

namespace maek::query {

namespace {

class Index final : public VectorExpr {
public:
    Index(VectorExprPtr container, VectorExprPtr key)
        : container_(std::move(container)), key_(std::move(key)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        const Value container = container_->eval_row(context, batch, row);
        return subscript(context.eval, container, key_->eval_row(context, batch, row));
    }

private:
    VectorExprPtr container_, key_;
};

class Slice final : public VectorExpr {
public:
    Slice(VectorExprPtr list, VectorExprPtr from, VectorExprPtr to)
        : list_(std::move(list)), from_(std::move(from)), to_(std::move(to)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        const Value list = list_->eval_row(context, batch, row);
        Value from, to;
        if (from_ != nullptr) from = from_->eval_row(context, batch, row);
        if (to_ != nullptr) to = to_->eval_row(context, batch, row);
        return slice(context.eval, list, from_ != nullptr ? &from : nullptr,
                     to_ != nullptr ? &to : nullptr);
    }

private:
    VectorExprPtr list_, from_, to_;
};

class List final : public VectorExpr {
public:
    explicit List(std::vector<VectorExprPtr> items) : items_(std::move(items)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        std::vector<Value> values;
        values.reserve(items_.size());
        for (const VectorExprPtr& item : items_) {
            values.push_back(item->eval_row(context, batch, row));
        }
        return query::make_list(std::move(values));
    }
    bool may_fail() const override {
        return std::any_of(items_.begin(), items_.end(), [](const auto& item) { return item->may_fail(); });
    }

private:
    std::vector<VectorExprPtr> items_;
};

class Map final : public VectorExpr {
public:
    Map(std::vector<std::string> keys, std::vector<VectorExprPtr> values)
        : keys_(std::move(keys)), values_(std::move(values)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        std::vector<MapEntry> entries;
        entries.reserve(keys_.size());
        for (std::size_t i = 0; i < keys_.size(); ++i) {
            entries.emplace_back(keys_[i], values_[i]->eval_row(context, batch, row));
        }
        return query::make_map(std::move(entries));
    }

private:
    std::vector<std::string> keys_;
    std::vector<VectorExprPtr> values_;
};

class Function final : public VectorExpr {
public:
    Function(const FunctionInfo& function, std::vector<VectorExprPtr> arguments)
        : function_(function), arguments_(std::move(arguments)), values_(arguments_.size()) {}

    const Vector& eval(ExecContext& context, const Batch& batch) override {
        std::vector<const Vector*> inputs;
        inputs.reserve(arguments_.size());
        bool constant = function_.deterministic;
        for (const VectorExprPtr& argument : arguments_) {
            inputs.push_back(&argument->eval(context, batch));
            constant = constant && inputs.back()->is_constant();
        }
        std::vector<Value> values(inputs.size());
        if (constant && batch.rows > 0) {
            for (std::size_t i = 0; i < inputs.size(); ++i) values[i] = inputs[i]->value(0);
            result_.set_constant(call_function(function_, context.eval, values));
            return result_;
        }
        result_.start(VectorKind::kValue, batch.rows);
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            if ((row & 63) == 63) context.guard.check();
            for (std::size_t i = 0; i < inputs.size(); ++i) values[i] = inputs[i]->value(row);
            result_.set(row, call_function(function_, context.eval, values));
        }
        return result_;
    }

    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        std::vector<Value> values(arguments_.size());
        for (std::size_t i = 0; i < arguments_.size(); ++i) {
            values[i] = arguments_[i]->eval_row(context, batch, row);
        }
        return call_function(function_, context.eval, values);
    }

private:
    const FunctionInfo& function_;
    std::vector<VectorExprPtr> arguments_;
    std::vector<Value> values_;
};

// [subject or null], when1, then1, ..., [else or null]. Branches not taken are not evaluated.
class Case final : public VectorExpr {
public:
    explicit Case(std::vector<VectorExprPtr> children) : children_(std::move(children)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        Value subject;
        if (children_[0] != nullptr) subject = children_[0]->eval_row(context, batch, row);
        for (std::size_t i = 1; i + 2 < children_.size(); i += 2) {
            const Value when = children_[i]->eval_row(context, batch, row);
            const Truth hit = children_[0] != nullptr ? equal(subject, when) : to_truth(when, "CASE");
            if (hit == Truth::kTrue) return children_[i + 1]->eval_row(context, batch, row);
        }
        return children_.back() == nullptr ? Value() : children_.back()->eval_row(context, batch, row);
    }

private:
    std::vector<VectorExprPtr> children_;
};

class MapProjection final : public VectorExpr {
public:
    MapProjection(VectorExprPtr base, const BoundExpr& expr, std::vector<VectorExprPtr> values)
        : base_(std::move(base)), expr_(expr), values_(std::move(values)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        const Value base = base_->eval_row(context, batch, row);
        if (base.is_null()) return {};
        std::vector<MapEntry> entries;
        for (std::size_t i = 0; i < values_.size(); ++i) {
            if (expr_.projection[i].kind == MapProjectionItem::Kind::kAllProperties) {
                const Value all = properties(context.eval, base);
                for (const MapEntry& entry : all.as_map()) entries.push_back(entry);
            } else {
                entries.emplace_back(expr_.projection[i].key, values_[i]->eval_row(context, batch, row));
            }
        }
        return query::make_map(std::move(entries));
    }

private:
    VectorExprPtr base_;
    const BoundExpr& expr_;
    std::vector<VectorExprPtr> values_;  // null for kAllProperties
};

class PathValue final : public VectorExpr {
public:
    explicit PathValue(std::vector<Slot> parts) : parts_(std::move(parts)) {}
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        std::vector<Value> values;
        values.reserve(parts_.size());
        for (const Slot slot : parts_) values.push_back(batch.value(slot, row));
        return path_from_parts(context.graph(), context.eval.deleted, values);
    }
    bool may_fail() const override { return false; }

private:
    std::vector<Slot> parts_;
};

}  // namespace

Value path_from_parts(const graph::Graph& graph, const DeletedEntities* deleted,
                      std::span<const Value> parts) {
    Path path;
    const auto record = [&](RelId rel) {
        return deleted != nullptr && deleted->is_deleted(rel) ? deleted->deleted_record(rel)
                                                              : graph.rel(rel);
    };
    const auto step = [&](RelId rel) {
        const graph::RelRecord ends = record(rel);
        const NodeId here = path.nodes.back();
        path.relationships.push_back(rel);
        path.nodes.push_back(ends.source == here ? ends.target : ends.source);
    };
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Value& part = parts[i];
        if (part.is_null()) return {};
        if (part.is(ValueKind::kNode)) {
            if (path.nodes.empty()) path.nodes.push_back(part.as_node());
        } else if (part.is(ValueKind::kRelationship)) {
            step(part.as_relationship());
        } else if (part.is(ValueKind::kList)) {
            for (const Value& rel : part.as_list()) step(rel.as_relationship());
        } else if (part.is(ValueKind::kPath)) {
            for (const RelId rel : part.as_path().relationships) step(rel);
        } else {
            return {};
        }
    }
    return Value::path(std::move(path));
}

VectorExprPtr make_index(VectorExprPtr container, VectorExprPtr key) {
    return std::make_unique<Index>(std::move(container), std::move(key));
}
VectorExprPtr make_slice(VectorExprPtr list, VectorExprPtr from, VectorExprPtr to) {
    return std::make_unique<Slice>(std::move(list), std::move(from), std::move(to));
}
VectorExprPtr make_list(std::vector<VectorExprPtr> items) {
    return std::make_unique<List>(std::move(items));
}
VectorExprPtr make_map(std::vector<std::string> keys, std::vector<VectorExprPtr> values) {
    return std::make_unique<Map>(std::move(keys), std::move(values));
}
VectorExprPtr make_function(const FunctionInfo& function, std::vector<VectorExprPtr> arguments) {
    return std::make_unique<Function>(function, std::move(arguments));
}
VectorExprPtr make_case(std::vector<VectorExprPtr> children) {
    return std::make_unique<Case>(std::move(children));
}
VectorExprPtr make_map_projection(VectorExprPtr base, const BoundExpr& expr,
                                  std::vector<VectorExprPtr> values) {
    return std::make_unique<MapProjection>(std::move(base), expr, std::move(values));
}
VectorExprPtr make_path_value(std::vector<Slot> parts) {
    return std::make_unique<PathValue>(std::move(parts));
}

}  // namespace maek::query
