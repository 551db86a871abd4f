// Expressions with operators, by precedence: OR, XOR, AND, NOT, comparison, predicates (IN, IS NULL,
// labels, ...), + - ||, * / %, ^, signs, then property, element and slice.
#include <algorithm>

#include "query/parse/parser.h"

namespace maek::query {

namespace {

enum Level : int { kOrLevel, kXorLevel, kAndLevel, kNotLevel, kCompareLevel, kPredicateLevel,
                   kSumLevel, kProductLevel, kPowerLevel, kSignLevel };

std::optional<ast::Operator> comparison_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::kEqual: return ast::Operator::kEqual;
        case TokenKind::kNotEqual: return ast::Operator::kNotEqual;
        case TokenKind::kLess: return ast::Operator::kLess;
        case TokenKind::kLessEqual: return ast::Operator::kLessEqual;
        case TokenKind::kGreater: return ast::Operator::kGreater;
        case TokenKind::kGreaterEqual: return ast::Operator::kGreaterEqual;
        default: return std::nullopt;
    }
}

struct Arithmetic {
    int level = -1;
    ast::Operator op = ast::Operator::kAdd;
};

Arithmetic arithmetic_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::kPlus: return {kSumLevel, ast::Operator::kAdd};
        case TokenKind::kMinus: return {kSumLevel, ast::Operator::kSubtract};
        case TokenKind::kDoubleBar: return {kSumLevel, ast::Operator::kConcat};
        case TokenKind::kStar: return {kProductLevel, ast::Operator::kMultiply};
        case TokenKind::kSlash: return {kProductLevel, ast::Operator::kDivide};
        case TokenKind::kPercent: return {kProductLevel, ast::Operator::kModulo};
        case TokenKind::kCaret: return {kPowerLevel, ast::Operator::kPower};
        default: return {};
    }
}

}  // namespace

ast::ExprPtr Parser::finish(ast::ExprPtr expr) {
    std::uint32_t height = 0;
    for (const ast::ExprPtr& child : expr->children) {
        if (child != nullptr) height = std::max<std::uint32_t>(height, child->height);
    }
    for (const ast::ProjectionElement& item : expr->items) {
        if (item.value != nullptr) height = std::max<std::uint32_t>(height, item.value->height);
    }
    ++height;
    if (height > kMaxDepth) throw QueryError(Message::kTooDeep, expr->range, {std::to_string(kMaxDepth)});
    expr->height = static_cast<std::uint16_t>(height);
    tallest_ = std::max(tallest_, height);
    return expr;
}

ast::ExprPtr Parser::finish_around(ast::ExprPtr expr, std::uint32_t outer_tallest) {
    const std::uint32_t inside = tallest_ + 4;
    if (inside > kMaxDepth) throw QueryError(Message::kTooDeep, expr->range, {std::to_string(kMaxDepth)});
    expr = finish(std::move(expr));
    expr->height = static_cast<std::uint16_t>(std::max<std::uint32_t>(expr->height, inside));
    tallest_ = std::max<std::uint32_t>(outer_tallest, expr->height);
    return expr;
}

ast::ExprPtr Parser::expression(int least) {
    Deeper guard(*this);
    ast::ExprPtr left = prefix();
    bool more = true;
    while (more) left = infix(std::move(left), least, more);
    return left;
}

ast::ExprPtr Parser::prefix() {
    if (is(Keyword::kNot)) {
        ast::ExprPtr out = make(ast::ExprKind::kNot, step().range);
        out->children.push_back(expression(kCompareLevel));
        out->range = since(out->range);
        return finish(std::move(out));
    }
    const bool minus = is(TokenKind::kMinus);
    if (!minus && !is(TokenKind::kPlus)) return postfix();
    const TokenKind next = ahead(1).kind;
    if (minus && (next == TokenKind::kInteger || next == TokenKind::kFloat)) return negative_literal();
    ast::ExprPtr out = make(minus ? ast::ExprKind::kNegate : ast::ExprKind::kPlus, step().range);
    out->children.push_back(expression(kSignLevel));
    out->range = since(out->range);
    return finish(std::move(out));
}

// -9223372036854775808 has no positive counterpart, so the sign belongs to the literal.
ast::ExprPtr Parser::negative_literal() {
    const SourceRange start = step().range;
    return postfix_of(number_literal(true, start));
}

ast::ExprPtr Parser::infix(ast::ExprPtr left, int least, bool& more) {
    switch (now().keyword) {
        case Keyword::kOr:
            if (least > kOrLevel) break;
            return boolean_chain(std::move(left), Keyword::kOr, ast::ExprKind::kOr, kXorLevel);
        case Keyword::kXor:
            if (least > kXorLevel) break;
            return boolean_chain(std::move(left), Keyword::kXor, ast::ExprKind::kXor, kAndLevel);
        case Keyword::kAnd:
            if (least > kAndLevel) break;
            return boolean_chain(std::move(left), Keyword::kAnd, ast::ExprKind::kAnd, kNotLevel);
        case Keyword::kIn: case Keyword::kIs: case Keyword::kStarts: case Keyword::kEnds:
        case Keyword::kContains:
            if (least > kPredicateLevel) break;
            return predicate(std::move(left));
        default:
            break;
    }
    if (now().kind == TokenKind::kRegexMatch || now().kind == TokenKind::kDoubleColon ||
        now().kind == TokenKind::kColon) {
        if (least <= kPredicateLevel) return predicate(std::move(left));
    }
    if (comparison_of(now().kind) && now().text != "!=" && least <= kCompareLevel) {
        return comparison_chain(std::move(left));
    }
    const Arithmetic arithmetic = arithmetic_of(now().kind);
    if (arithmetic.level >= least && arithmetic.level >= 0) {
        return arithmetic_chain(std::move(left), arithmetic.level);
    }
    more = false;
    return left;
}

ast::ExprPtr Parser::boolean_chain(ast::ExprPtr left, Keyword word, ast::ExprKind kind, int level) {
    ast::ExprPtr out = make(kind, left->range);
    out->children.push_back(std::move(left));
    while (accept(word)) out->children.push_back(expression(level));
    out->range = since(out->range);
    return finish(std::move(out));
}

ast::ExprPtr Parser::comparison_chain(ast::ExprPtr left) {
    ast::ExprPtr out = make(ast::ExprKind::kComparison, left->range);
    out->children.push_back(std::move(left));
    while (const auto op = comparison_of(now().kind)) {
        if (now().text == "!=") break;
        step();
        out->operators.push_back(*op);
        out->children.push_back(expression(kPredicateLevel));
    }
    out->range = since(out->range);
    return finish(std::move(out));
}

ast::ExprPtr Parser::arithmetic_chain(ast::ExprPtr left, int level) {
    ast::ExprPtr out = make(ast::ExprKind::kArithmetic, left->range);
    out->children.push_back(std::move(left));
    while (true) {
        const Arithmetic next = arithmetic_of(now().kind);
        if (next.level != level) break;
        step();
        out->operators.push_back(next.op);
        out->children.push_back(expression(level + 1));
    }
    out->range = since(out->range);
    return finish(std::move(out));
}

ast::ExprPtr Parser::binary(ast::ExprKind kind, ast::ExprPtr left) {
    ast::ExprPtr out = make(kind, left->range);
    out->children.push_back(std::move(left));
    out->children.push_back(expression(kSumLevel));
    out->range = since(out->range);
    return finish(std::move(out));
}

ast::ExprPtr Parser::predicate(ast::ExprPtr left) {
    if (accept(Keyword::kIn)) return binary(ast::ExprKind::kIn, std::move(left));
    if (accept(Keyword::kContains)) return binary(ast::ExprKind::kContains, std::move(left));
    if (accept(TokenKind::kRegexMatch)) return binary(ast::ExprKind::kRegexMatch, std::move(left));
    if (accept(Keyword::kStarts)) {
        expect(Keyword::kWith);
        return binary(ast::ExprKind::kStartsWith, std::move(left));
    }
    if (accept(Keyword::kEnds)) {
        expect(Keyword::kWith);
        return binary(ast::ExprKind::kEndsWith, std::move(left));
    }
    if (accept(TokenKind::kDoubleColon)) return typed_predicate(std::move(left), false);
    if (accept(TokenKind::kColon)) return label_predicate(std::move(left), false);
    return is_predicate(std::move(left));
}

// [NFC|NFD|NFKC|NFKD] NORMALIZED
bool Parser::at_normal_form() const {
    if (is_word(now(), "normalized")) return true;
    const auto forms = {"nfc", "nfd", "nfkc", "nfkd"};
    return is_word(ahead(1), "normalized") &&
           std::any_of(forms.begin(), forms.end(), [&](const char* form) { return is_word(now(), form); });
}

// x IS NFD NORMALIZED is isNormalized(x, 'NFD').
ast::ExprPtr Parser::normalized_predicate(ast::ExprPtr left, bool negated) {
    ast::ExprPtr out = make(ast::ExprKind::kCall, left->range);
    out->name = "isNormalized";
    out->children.push_back(std::move(left));
    if (!is_word(now(), "normalized")) {
        std::string form(now().text);
        for (char& c : form) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        ast::ExprPtr text = make(ast::ExprKind::kLiteral, step().range);
        text->value = Value::string(form);
        out->children.push_back(finish(std::move(text)));
    }
    step();
    out->range = since(out->range);
    out->names.push_back({out->name, out->range});
    if (!negated) return finish(std::move(out));
    ast::ExprPtr inverse = make(ast::ExprKind::kNot, out->range);
    inverse->children.push_back(finish(std::move(out)));
    return finish(std::move(inverse));
}

// IS [NOT] NULL, IS [NOT] TYPED t, IS [NOT] :: t, IS [NOT] NORMALIZED, IS [NOT] labels
ast::ExprPtr Parser::is_predicate(ast::ExprPtr left) {
    expect(Keyword::kIs);
    const bool negated = accept(Keyword::kNot);
    if (accept(Keyword::kNull)) {
        ast::ExprPtr out = make(ast::ExprKind::kIsNull, since(left->range));
        out->negated = negated;
        out->children.push_back(std::move(left));
        return finish(std::move(out));
    }
    const bool typed = (is(Keyword::kTyped) && is_name(ahead(1))) || is(TokenKind::kDoubleColon);
    if (typed) {
        step();
        return typed_predicate(std::move(left), negated);
    }
    if (at_normal_form()) return normalized_predicate(std::move(left), negated);
    const bool labeled = is_word(now(), "labeled") && (ahead(1).kind == TokenKind::kWord ? ahead(1).keyword == Keyword::kNothing
                                                                                        : ahead(1).kind == TokenKind::kQuotedWord);
    if (labeled) step();  // ISO GQL's word
    const bool label = at_name() || is(TokenKind::kExclamation) || is(TokenKind::kPercent) ||
                       is(TokenKind::kLeftParen) || is(TokenKind::kDollar);
    if (!label) fail("NULL, NOT NULL, NORMALIZED, TYPED and a type, or a label");
    return label_predicate(std::move(left), negated);
}

ast::ExprPtr Parser::typed_predicate(ast::ExprPtr left, bool negated) {
    ast::ExprPtr out = make(ast::ExprKind::kIsTyped, left->range);
    out->name = type_text();
    out->negated = negated;
    out->children.push_back(std::move(left));
    out->range = since(out->range);
    return finish(std::move(out));
}

ast::ExprPtr Parser::label_predicate(ast::ExprPtr left, bool negated) {
    const std::uint32_t outer = std::exchange(tallest_, left->height);
    ast::ExprPtr out = make(ast::ExprKind::kLabelTest, left->range);
    out->labels = label_expression(true);
    if (negated) {
        ast::LabelExpr inverse;
        inverse.kind = ast::LabelExpr::Kind::kNot;
        inverse.range = out->labels.range;
        inverse.operands.push_back(std::move(out->labels));
        out->labels = std::move(inverse);
    }
    out->children.push_back(std::move(left));
    out->range = since(out->range);
    return finish_around(std::move(out), outer);
}

// ---------------------------------------------------------------- property, element, slice

ast::ExprPtr Parser::postfix() { return postfix_of(primary()); }

ast::ExprPtr Parser::postfix_of(ast::ExprPtr left) {
    while (true) {
        if (is(TokenKind::kDot)) {
            step();
            ast::ExprPtr out = make(ast::ExprKind::kProperty, left->range);
            if (!at_name()) fail("a property's name");
            out->name = std::string(step().text);
            out->children.push_back(std::move(left));
            out->range = since(out->range);
            left = finish(std::move(out));
        } else if (is(TokenKind::kLeftBracket)) {
            left = bracket_suffix(std::move(left));
        } else {
            return left;
        }
    }
}

ast::ExprPtr Parser::bracket_suffix(ast::ExprPtr left) {
    ast::ExprPtr out = make(ast::ExprKind::kIndex, left->range);
    out->children.push_back(std::move(left));
    step();
    const bool bar = std::exchange(bar_ends_, false);
    ast::ExprPtr from = is(TokenKind::kDotDot) ? nullptr : expression();
    out->children.push_back(std::move(from));
    if (accept(TokenKind::kDotDot)) {
        out->kind = ast::ExprKind::kSlice;
        ast::ExprPtr to = is(TokenKind::kRightBracket) ? nullptr : expression();
        out->children.push_back(std::move(to));
    }
    bar_ends_ = bar;
    expect(TokenKind::kRightBracket, "'..' or ']'");
    out->range = since(out->range);
    return finish(std::move(out));
}

}  // namespace maek::query
