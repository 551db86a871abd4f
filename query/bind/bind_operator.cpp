// Operators: boolean, arithmetic, comparison, and the predicates between values.
#include "query/bind/bind_context.h"
#include "query/bind/simple_expr.h"

namespace maek::query {

namespace {

constexpr std::size_t kChainFrom = 33;     // arithmetic terms: more make a kChain, not a deep tree
constexpr std::size_t kMaxShared = 64;     // composed operands in the middle of one comparison

ExprKind kind_of(ast::Operator op) {
    switch (op) {
        case ast::Operator::kAdd: return ExprKind::kAdd;
        case ast::Operator::kSubtract: return ExprKind::kSubtract;
        case ast::Operator::kMultiply: return ExprKind::kMultiply;
        case ast::Operator::kDivide: return ExprKind::kDivide;
        case ast::Operator::kModulo: return ExprKind::kModulo;
        case ast::Operator::kPower: return ExprKind::kPower;
        case ast::Operator::kConcat: return ExprKind::kConcat;
        case ast::Operator::kEqual: return ExprKind::kEqual;
        case ast::Operator::kNotEqual: return ExprKind::kNotEqual;
        case ast::Operator::kLess: return ExprKind::kLess;
        case ast::Operator::kLessEqual: return ExprKind::kLessEqual;
        case ast::Operator::kGreater: return ExprKind::kGreater;
        case ast::Operator::kGreaterEqual: return ExprKind::kGreaterEqual;
    }
    return ExprKind::kAdd;
}

const char* sign_of(ExprKind kind) {
    switch (kind) {
        case ExprKind::kSubtract: return "-";
        case ExprKind::kMultiply: return "*";
        case ExprKind::kDivide: return "/";
        case ExprKind::kModulo: return "%";
        case ExprKind::kPower: return "^";
        case ExprKind::kNot: return "NOT";
        case ExprKind::kAnd: return "AND";
        case ExprKind::kOr: return "OR";
        case ExprKind::kXor: return "XOR";
        default: return "+";
    }
}

const TypeSet kTruth = type_of({ValueKind::kBoolean, ValueKind::kNull});

}  // namespace

ExprPtr Binder::bind_boolean(const ast::Expr& expr, ExprKind kind, Use use) {
    ExprPtr out = make(kind, expr, kTruth);
    out->children.reserve(expr.children.size());
    for (const ast::ExprPtr& child : expr.children) {
        out->children.push_back(bind(*child, use));
        require(*out->children.back(), ValueKind::kBoolean, sign_of(kind));
    }
    return out;
}

ExprPtr Binder::bind_sign(const ast::Expr& expr, ExprKind kind) {
    ExprPtr out = make(kind, expr);
    out->children.push_back(bind(*expr.children[0]));
    require(*out->children[0], kNumberKinds | KindSet(ValueKind::kDuration),
            kind == ExprKind::kNegate ? "-" : "+");
    out->type = out->children[0]->type;
    return out;
}

ExprPtr Binder::bind_arithmetic(const ast::Expr& expr) {
    std::vector<ExprPtr> terms;
    std::vector<ExprKind> operators;
    for (const ast::Operator op : expr.operators) operators.push_back(kind_of(op));
    for (std::size_t i = 0; i < expr.children.size(); ++i) {
        terms.push_back(bind(*expr.children[i]));
        const ExprKind op = operators[i == 0 ? 0 : i - 1];
        require(*terms.back(), arithmetic_operands(op), sign_of(op));
    }
    if (terms.size() >= kChainFrom) {
        ExprPtr out = make(ExprKind::kChain, expr, terms[0]->type);
        for (std::size_t i = 0; i < operators.size(); ++i) {
            out->type = arithmetic_type(operators[i], out->type, terms[i + 1]->type);
        }
        out->children = std::move(terms);
        out->operators = std::move(operators);
        return out;
    }
    ExprPtr left = std::move(terms[0]);
    for (std::size_t i = 0; i < operators.size(); ++i) {
        ExprPtr out = make(operators[i], expr, arithmetic_type(operators[i], left->type, terms[i + 1]->type));
        out->range = joined(left->range, terms[i + 1]->range);
        out->children.push_back(std::move(left));
        out->children.push_back(std::move(terms[i + 1]));
        left = std::move(out);
    }
    return left;
}

// a < b <= c is a < b AND b <= c with b computed once: as such when b is simple, else through
// reduce(b' = b, once IN [null] | ...), which binds a value to a slot.
ExprPtr Binder::bind_comparison(const ast::Expr& expr) {
    const std::size_t n = expr.operators.size();
    std::vector<ExprPtr> lets;
    std::vector<ExprPtr> pairs;
    ExprPtr left = bind(*expr.children[0]);
    for (std::size_t i = 0; i < n; ++i) {
        ExprPtr right = bind(*expr.children[i + 1]);
        ExprPtr next;
        if (i + 1 < n) {
            if (is_simple(*right)) {
                next = copy_simple(*right);
            } else {
                if (lets.size() >= kMaxShared) {
                    throw QueryError(Message::kTooDeep, expr.range, {std::to_string(kMaxShared)});
                }
                const Slot slot = new_slot("", right->type);
                next = variable(slot, right->range);
                ExprPtr let = make(ExprKind::kReduce, expr, kTruth);
                let->slot2 = slot;
                let->slot = new_slot("", TypeSet::of(ValueKind::kNull));
                let->children.push_back(std::move(right));
                lets.push_back(std::move(let));
                right = variable(slot, next->range);
            }
        }
        ExprPtr pair = make(kind_of(expr.operators[i]), expr, kTruth);
        pair->range = joined(left->range, right->range);
        pair->children.push_back(std::move(left));
        pair->children.push_back(std::move(right));
        pairs.push_back(std::move(pair));
        left = std::move(next);
    }
    ExprPtr out;
    if (pairs.size() == 1) {
        out = std::move(pairs[0]);
    } else {
        out = make(ExprKind::kAnd, expr, kTruth);
        out->children = std::move(pairs);
    }
    while (!lets.empty()) {
        ExprPtr let = std::move(lets.back());
        lets.pop_back();
        ExprPtr once = make(ExprKind::kLiteral, expr, TypeSet::of(ValueKind::kList));
        once->value = Value::list({Value::null()});
        let->children.push_back(std::move(once));
        let->children.push_back(std::move(out));
        out = std::move(let);
    }
    return out;
}

ExprPtr Binder::bind_binary(const ast::Expr& expr, ExprKind kind) {
    ExprPtr out = make(kind, expr, kTruth);
    out->children.push_back(bind(*expr.children[0]));
    out->children.push_back(bind(*expr.children[1]));
    if (kind == ExprKind::kIn) require(*out->children[1], ValueKind::kList, "IN");
    return out;
}

namespace {
bool starts_with_exists(std::string_view written) {
    constexpr std::string_view kWord = "exists";
    if (written.size() <= kWord.size()) return false;
    for (std::size_t i = 0; i < kWord.size(); ++i) {
        if ((written[i] | 32) != kWord[i]) return false;
    }
    return written[kWord.size()] == '(' || written[kWord.size()] == ' ';
}
}  // namespace

ExprPtr Binder::bind_null_test(const ast::Expr& expr) {
    if (expr.negated && starts_with_exists(written(expr.range))) {
        note_old_form("exists(n.key)", "n.key IS NOT NULL", expr.range);
    }
    ExprPtr out = make(expr.negated ? ExprKind::kIsNotNull : ExprKind::kIsNull, expr,
                       TypeSet::of(ValueKind::kBoolean));
    out->children.push_back(bind(*expr.children[0]));
    return out;
}

ExprPtr Binder::bind_typed(const ast::Expr& expr) {
    ExprPtr out = make(ExprKind::kIsTyped, expr, TypeSet::of(ValueKind::kBoolean));
    out->name = expr.name;
    out->negated = expr.negated;
    out->children.push_back(bind(*expr.children[0]));
    return out;
}

ExprPtr Binder::bind_label_test(const ast::Expr& expr) {
    ExprPtr out = make(ExprKind::kLabelTest, expr, kTruth);
    out->children.push_back(bind(*expr.children[0]));
    require(*out->children[0], kEntityKinds, "a label test");
    const bool type = never(out->children[0]->type, ValueKind::kNode);
    out->labels = bind_labels(expr.labels, type);
    return out;
}

}  // namespace maek::query
