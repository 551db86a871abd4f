// Label and type expressions: `n:A&!B`, `r:T|U`, `n IS $(x)`.
#include "query/eval/failures.h"
#include "query/eval/operators.h"
#include "query/exec/expression_nodes.h"
#include "query/exec/writer.h"

namespace maek::query {

namespace {

// The label expression with names looked up.
struct Test {
    LabelExpr::Kind kind = LabelExpr::Kind::kAnything;
    std::string name;
    LabelRef label;
    TypeRef type;
    VectorExprPtr dynamic;
    bool dynamic_any = false;
    std::vector<Test> operands;

    Test(const LabelExpr& expr, ExprCompiler& compiler)
        : kind(expr.kind), name(expr.name), label(expr.name), type(expr.name), dynamic_any(expr.dynamic_any) {
        if (expr.dynamic != nullptr) dynamic = compiler.compile(*expr.dynamic);
        for (const LabelExpr& operand : expr.operands) operands.emplace_back(operand, compiler);
    }
};

class LabelTest final : public VectorExpr {
public:
    LabelTest(VectorExprPtr base, const LabelExpr& labels, ExprCompiler& compiler)
        : base_(std::move(base)), test_(labels, compiler) {}

    const Vector& eval(ExecContext& context, const Batch& batch) override {
        const Vector& base = base_->eval(context, batch);
        result_.start(VectorKind::kBoolean, batch.rows);
        Truth* to = result_.truths();
        const bool fast = base.kind() == VectorKind::kNode && !base.is_constant() &&
                          test_.kind == LabelExpr::Kind::kName && !context.writing();
        if (fast) {
            const graph::Graph& graph = context.graph();
            const LabelId label = test_.label.get(graph);
            const std::uint32_t* ids = base.ids();
            for (std::uint32_t row = 0; row < batch.rows; ++row) {
                to[row] = ids[row] == NodeId::kNone ? Truth::kNull
                          : !label.valid()          ? Truth::kFalse
                                                    : truth(graph.has_label(NodeId{ids[row]}, label));
            }
            return result_;
        }
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            to[row] = holds(context, batch, row, test_, base.value(row));
        }
        return result_;
    }
    Value eval_row(ExecContext& context, const Batch& batch, std::uint32_t row) override {
        return to_value(holds(context, batch, row, test_, base_->eval_row(context, batch, row)));
    }

private:
    static Truth has_name(ExecContext& context, Test& test, const Value& entity) {
        if (entity.is(ValueKind::kNode) && !(context.writing() && context.writer->any_deleted())) {
            const LabelId label = test.label.get(context.graph());
            return truth(label.valid() && context.graph().has_label(entity.as_node(), label));
        }
        return has_label(context.eval, entity, test.name);
    }

    Truth holds(ExecContext& context, const Batch& batch, std::uint32_t row, Test& test,
                const Value& entity) {
        if (entity.is_null()) return Truth::kNull;
        switch (test.kind) {
            case LabelExpr::Kind::kName: return has_name(context, test, entity);
            case LabelExpr::Kind::kDynamic: return has_dynamic(context, batch, row, test, entity);
            case LabelExpr::Kind::kAnything: return anything(context, entity);
            case LabelExpr::Kind::kNot: return !holds(context, batch, row, test.operands[0], entity);
            case LabelExpr::Kind::kAnd: {
                Truth all = Truth::kTrue;
                for (Test& operand : test.operands) {
                    all = logical_and(all, holds(context, batch, row, operand, entity));
                }
                return all;
            }
            case LabelExpr::Kind::kOr: {
                Truth any = Truth::kFalse;
                for (Test& operand : test.operands) {
                    any = logical_or(any, holds(context, batch, row, operand, entity));
                }
                return any;
            }
        }
        return Truth::kNull;
    }

    // `%`: at least one label; every relationship has its type.
    static Truth anything(ExecContext& context, const Value& entity) {
        if (!entity.is(ValueKind::kNode)) return Truth::kTrue;
        return truth(!context.graph().labels_of(entity.as_node()).empty());
    }

    static Truth has_dynamic(ExecContext& context, const Batch& batch, std::uint32_t row, Test& test,
                             const Value& entity) {
        const Value names = test.dynamic->eval_row(context, batch, row);
        if (names.is_null()) return Truth::kNull;
        if (names.is(ValueKind::kString)) {
            return has_label(context.eval, entity, names.as_string());
        }
        if (!names.is(ValueKind::kList)) fail_kind("a dynamic label", "a string or a list of strings", names);
        Truth held = truth(!test.dynamic_any);
        for (const Value& name : names.as_list()) {
            if (!name.is(ValueKind::kString)) fail_kind("a dynamic label", "a string", name);
            const Truth one = has_label(context.eval, entity, name.as_string());
            held = test.dynamic_any ? logical_or(held, one) : logical_and(held, one);
        }
        return held;
    }

    VectorExprPtr base_;
    Test test_;
};

}  // namespace

VectorExprPtr make_label_test(VectorExprPtr base, const LabelExpr& labels, ExprCompiler& compiler) {
    return std::make_unique<LabelTest>(std::move(base), labels, compiler);
}

}  // namespace maek::query
