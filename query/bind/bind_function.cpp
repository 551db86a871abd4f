// Calls of functions and aggregates.
#include "query/bind/bind_context.h"
#include "query/eval/function_registry.h"

namespace maek::query {

namespace {

// normalize(s, NFD): the forms are words of the language, unless a variable has such a name.
bool is_normal_form(const FunctionInfo& function, const ast::Expr& expr) {
    if (expr.kind != ast::ExprKind::kVariable) return false;
    if (function.name != "normalize" && function.name != "isNormalized") return false;
    return expr.name == "NFC" || expr.name == "NFD" || expr.name == "NFKC" || expr.name == "NFKD";
}

}  // namespace

ExprPtr Binder::bind_call(const ast::Expr& expr) {
    const FunctionInfo* function = find_function(expr.name);
    const SourceRange& at = expr.names[0].range;
    if (function == nullptr) {
        const std::string guess(closest_function(expr.name));
        if (guess.empty()) throw QueryError(Message::kUnknownFunction, at, {expr.name});
        throw QueryError(Message::kUnknownFunctionGuess, at, {expr.name, guess});
    }
    check_argument_count(expr, *function);
    if (function->is_aggregate()) return bind_aggregate(expr, function);
    if (expr.distinct) {
        throw QueryError(Message::kUnexpected, at, {"DISTINCT", "an aggregating function"});
    }
    const bool in_aggregate =
        context_ != nullptr && context_->mode == AggregateContext::Mode::kArguments;
    if (in_aggregate && !function->deterministic) {
        throw QueryError(Message::kRandomAggregate, at, {std::string(function->name)});
    }
    if (function->name == "distance") note_old_form("distance()", "point.distance()", at);
    ExprPtr out = make(ExprKind::kFunction, expr);
    out->function = function;
    bool may_be_null = false;
    for (const ast::ExprPtr& child : expr.children) {
        const bool form = is_normal_form(*function, *child) && !find_variable(*frame_, child->name);
        if (form) {
            out->children.push_back(make(ExprKind::kLiteral, *child, TypeSet::of(ValueKind::kString)));
            out->children.back()->value = Value::string(child->name);
        } else {
            out->children.push_back(bind(*child));
        }
        may_be_null = may_be_null || out->children.back()->type.may_be(ValueKind::kNull);
    }
    check_argument_types(*out);
    KindSet result = function->result.empty() ? kAnyKind : function->result;
    if (may_be_null && function->null_in_null_out) result = result | KindSet(ValueKind::kNull);
    out->type = result == kAnyKind ? TypeSet::any() : type_of(result);
    return out;
}

void Binder::check_argument_count(const ast::Expr& expr, const FunctionInfo& function) {
    const std::size_t given = expr.children.size();
    const std::size_t least = function.min_arguments;
    const bool unlimited = function.max_arguments == FunctionInfo::kAnyNumber;
    const std::size_t most = unlimited ? SIZE_MAX : function.max_arguments;
    if (given >= least && given <= most) return;
    std::string wanted = std::to_string(least);
    if (unlimited) {
        wanted = "at least " + wanted;
    } else if (most != least) {
        wanted += " to " + std::to_string(most);
    }
    wanted += most == 1 ? " argument" : " arguments";
    throw QueryError(Message::kFunctionArguments, expr.names[0].range,
                     {std::string(function.name), wanted, std::to_string(given)});
}

// range() reports its arguments when it runs, with another type of error (the TCK wants it so).
void Binder::check_argument_types(const BoundExpr& call) {
    if (call.function->name == "range") return;
    for (std::size_t i = 0; i < call.children.size(); ++i) {
        const KindSet accepted = call.function->accepted(i);
        if (accepted.empty()) continue;
        const std::string what = std::string(call.function->name) + "()";
        require(*call.children[i], accepted, what.c_str());
    }
}

// An aggregate call becomes a column of the projection and a variable that reads it.
// function: none for count(*).
ExprPtr Binder::bind_aggregate(const ast::Expr& expr, const FunctionInfo* function) {
    using Mode = AggregateContext::Mode;
    if (function == nullptr) function = find_function("count");
    const std::string name(function->name);
    AggregateContext* const context = context_;
    if (context == nullptr || context->mode == Mode::kRefused ||
        (context->mode == Mode::kOrder && !context->aggregating)) {
        std::string place = context == nullptr ? "" : context->place;
        if (place.empty()) place = "this place";
        throw QueryError(Message::kAggregateHere, expr.range, {name, place});
    }
    if (context->mode == Mode::kArguments) throw QueryError(Message::kNestedAggregate, expr.range, {name});
    for (const AggregateContext::Known& known : context->aggregates) {
        if (same_expression(*known.expr, expr)) return variable(known.slot, expr.range);
    }
    AggregateCall call;
    call.function = function;
    call.star = expr.kind == ast::ExprKind::kCountStar;
    call.distinct = expr.distinct;
    call.range = expr.range;
    {
        AggregateContext arguments;
        arguments.mode = Mode::kArguments;
        ContextGuard guard(*this, arguments);
        for (const ast::ExprPtr& child : expr.children) {
            call.arguments.push_back(bind(*child));
            const KindSet accepted = function->accepted(call.arguments.size() - 1);
            if (!accepted.empty()) require(*call.arguments.back(), accepted, (name + "()").c_str());
        }
    }
    if (context->mode == Mode::kOrder) throw QueryError(Message::kAggregateHere, expr.range, {name, context->place});
    const bool picks = function->aggregate == AggregateKind::kMin || function->aggregate == AggregateKind::kMax;
    TypeSet type = picks ? call.arguments[0]->type : type_of(function->result);
    if (type.bits == 0) type = TypeSet::any();
    const bool counts = function->aggregate == AggregateKind::kCount;
    const bool collects = function->aggregate == AggregateKind::kCollect;
    if (!counts && !collects) type = type | TypeSet::of(ValueKind::kNull);
    call.slot = new_slot("", type);
    if (collects) slot_elements_[call.slot] = call.arguments[0]->type;
    unnamed_aggregates_.insert(call.slot);
    context->aggregates.push_back({&expr, call.slot});
    context->projection->aggregates.push_back(std::move(call));
    return variable(context->aggregates.back().slot, expr.range);
}

// ---------------------------------------------------------------- looking at written expressions

bool contains_aggregate(const ast::Expr& expr) {
    if (expr.kind == ast::ExprKind::kCountStar) return true;
    if (expr.kind == ast::ExprKind::kCall) {
        const FunctionInfo* function = find_function(expr.name);
        if (function != nullptr && function->is_aggregate()) return true;
    }
    for (const ast::ExprPtr& child : expr.children) {
        if (child != nullptr && contains_aggregate(*child)) return true;
    }
    for (const ast::ProjectionElement& item : expr.items) {
        if (item.value != nullptr && contains_aggregate(*item.value)) return true;
    }
    return false;
}

bool mentions(const ast::Expr& expr, std::string_view name) {
    if (expr.kind == ast::ExprKind::kVariable && expr.name == name) return true;
    for (const ast::ExprPtr& child : expr.children) {
        if (child != nullptr && mentions(*child, name)) return true;
    }
    for (const ast::ProjectionElement& item : expr.items) {
        if (item.value != nullptr && mentions(*item.value, name)) return true;
    }
    return false;
}

bool same_expression(const ast::Expr& a, const ast::Expr& b) {
    if (a.kind != b.kind || a.name != b.name || a.negated != b.negated || a.distinct != b.distinct ||
        a.children.size() != b.children.size() || a.operators != b.operators ||
        a.names.size() != b.names.size() || !(a.value == b.value)) {
        return false;
    }
    if (a.pattern || b.pattern || a.query || b.query || !a.items.empty() || !b.items.empty() ||
        a.kind == ast::ExprKind::kLabelTest) {
        return false;
    }
    const bool call = a.kind == ast::ExprKind::kCall;
    for (std::size_t i = 0; i < a.names.size(); ++i) {
        if (!call && a.names[i].text != b.names[i].text) return false;
    }
    for (std::size_t i = 0; i < a.children.size(); ++i) {
        const bool missing = a.children[i] == nullptr || b.children[i] == nullptr;
        if (missing && a.children[i] != b.children[i]) return false;
        if (!missing && !same_expression(*a.children[i], *b.children[i])) return false;
    }
    return true;
}

}  // namespace maek::query
