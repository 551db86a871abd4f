// Expressions without operators: literals, lists, maps, CASE, calls, comprehensions, subqueries.
#include <charconv>

#include "query/parse/parser.h"

namespace maek::query {

ast::ExprPtr Parser::primary() {
    switch (now().kind) {
        case TokenKind::kInteger:
        case TokenKind::kFloat:
            return number_literal(false, now().range);
        case TokenKind::kString: return literal(Value::string(now().text));
        case TokenKind::kParameter: {
            ast::ExprPtr out = make(ast::ExprKind::kParameter, now().range);
            out->name = std::string(step().text);
            return finish(std::move(out));
        }
        case TokenKind::kLeftParen: return parenthesised();
        case TokenKind::kLeftBracket: return bracketed();
        case TokenKind::kLeftBrace: return map_literal();
        case TokenKind::kWord:
        case TokenKind::kQuotedWord:
            return word_primary();
        default:
            fail("an expression");
    }
}

ast::ExprPtr Parser::literal(Value value) {
    ast::ExprPtr out = make(ast::ExprKind::kLiteral, step().range);
    out->value = std::move(value);
    return finish(std::move(out));
}

// ---------------------------------------------------------------- numbers

namespace {

// What is out of range for a double: too large (true) or too small?
bool too_large(std::string_view text) {
    const std::size_t e = text.find_first_of("eE");
    const std::string_view mantissa = text.substr(0, e);
    const bool negative_exponent = e != std::string_view::npos && text[e + 1] == '-';
    if (negative_exponent) return false;
    const std::size_t first = mantissa.find_first_not_of("0.");
    return e != std::string_view::npos || (first != std::string_view::npos && first < mantissa.find('.'));
}

}  // namespace

ast::ExprPtr Parser::number_literal(bool negative, const SourceRange& start) {
    const Token& token = step();
    const SourceRange range = joined(start, token.range);
    std::string digits;
    for (const char c : token.text) {
        if (c != '_') digits += c;
    }
    ast::ExprPtr out = make(ast::ExprKind::kLiteral, range);
    const std::string written = std::string(negative ? "-" : "") + std::string(token.text);
    if (token.kind == TokenKind::kFloat) {
        double value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        static_cast<void>(end);  // a suffix f or d may follow
        if (error == std::errc::result_out_of_range) {
            if (too_large(digits)) throw QueryError(Message::kFloatOverflow, range, {written});
            value = 0;
        }
        out->value = Value::floating(negative ? -value : value);
        return finish(std::move(out));
    }
    const bool prefixed = digits.size() > 2 && digits[0] == '0' && (digits[1] | 32) > '9';
    const int base = !prefixed ? 10 : (digits[1] | 32) == 'x' ? 16 : 8;
    const char* first = digits.data() + (prefixed ? 2 : 0);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(first, digits.data() + digits.size(), value, base);
    static_cast<void>(end);
    const std::uint64_t limit = std::uint64_t{INT64_MAX} + (negative ? 1 : 0);
    if (error != std::errc() || value > limit) throw QueryError(Message::kIntegerOverflow, range, {written});
    out->value = Value::integer(static_cast<std::int64_t>(negative ? 0 - value : value));
    return finish(std::move(out));
}

// ---------------------------------------------------------------- brackets

ast::ExprPtr Parser::parenthesised() {
    if (starts_pattern(at_)) {
        const std::uint32_t outer = std::exchange(tallest_, 0);
        ast::ExprPtr out = make(ast::ExprKind::kPattern, now().range);
        out->pattern = std::make_unique<ast::Pattern>();
        Deeper guard(*this, 2);
        ast::PathPattern path;
        path_elements(path);
        path.range = out->range = since(out->range);
        out->pattern->paths.push_back(std::move(path));
        return finish_around(std::move(out), outer);
    }
    step();
    const bool bar = std::exchange(bar_ends_, false);
    ast::ExprPtr out = expression();
    bar_ends_ = bar;
    expect(TokenKind::kRightParen, "')'");
    return out;
}

ast::ExprPtr Parser::bracketed() {
    const bool named = is_name(ahead(1)) && ahead(2).kind == TokenKind::kEqual;
    const std::size_t open = at_ + (named ? 3 : 1);
    if (open < list_.tokens.size() && starts_pattern(open)) {
        const Token& after = list_.tokens[after_path(open)];
        if (after.kind == TokenKind::kBar || after.keyword == Keyword::kWhere) return pattern_comprehension();
    }
    const bool bar = std::exchange(bar_ends_, false);
    ast::ExprPtr out;
    if (is_name(ahead(1)) && ahead(2).keyword == Keyword::kIn) {
        out = list_comprehension();
    } else {
        out = make(ast::ExprKind::kList, step().range);
    }
    if (out->kind == ast::ExprKind::kList) {
        const bool first_read = !out->children.empty();
        if (first_read ? accept(TokenKind::kComma) : !is(TokenKind::kRightBracket)) {
            do {
                out->children.push_back(expression());
            } while (accept(TokenKind::kComma));
        }
    }
    bar_ends_ = bar;
    expect(TokenKind::kRightBracket, "',' or ']'");
    out->range = since(out->range);
    return finish(std::move(out));
}

// [x IN list WHERE p | e], up to but not over the ']'. A comma shows that it was a list of
// predicates, [x IN a, y IN b]: then it is a kList with its first element.
ast::ExprPtr Parser::list_comprehension() {
    ast::ExprPtr out = make(ast::ExprKind::kListComprehension, step().range);
    out->names.push_back(name("a variable"));
    step();
    bar_ends_ = true;
    ast::ExprPtr source = expression();
    if (is(TokenKind::kComma)) {
        bar_ends_ = false;
        ast::ExprPtr variable = make(ast::ExprKind::kVariable, out->names[0].range);
        variable->name = out->names[0].text;
        ast::ExprPtr first = make(ast::ExprKind::kIn, joined(variable->range, source->range));
        first->children.push_back(std::move(variable));
        first->children.push_back(std::move(source));
        out->kind = ast::ExprKind::kList;
        out->names.clear();
        out->children.push_back(finish(std::move(first)));
        return out;
    }
    out->children.push_back(std::move(source));
    ast::ExprPtr filter = accept(Keyword::kWhere) ? expression() : nullptr;
    out->children.push_back(std::move(filter));
    bar_ends_ = false;
    ast::ExprPtr result = accept(TokenKind::kBar) ? expression() : nullptr;
    out->children.push_back(std::move(result));
    return out;
}

ast::ExprPtr Parser::pattern_comprehension() {
    const std::uint32_t outer = std::exchange(tallest_, 0);
    Deeper guard(*this, 2);
    ast::ExprPtr out = make(ast::ExprKind::kPatternComprehension, step().range);
    const bool bar = std::exchange(bar_ends_, false);
    out->pattern = std::make_unique<ast::Pattern>();
    ast::PathPattern path;
    const SourceRange start = now().range;
    if (ahead(1).kind == TokenKind::kEqual) {
        path.variable = name("a path variable");
        step();
    }
    path_elements(path);
    path.range = out->pattern->range = since(start);
    out->pattern->paths.push_back(std::move(path));
    bar_ends_ = true;
    ast::ExprPtr filter = accept(Keyword::kWhere) ? expression() : nullptr;
    out->children.push_back(std::move(filter));
    bar_ends_ = false;
    expect(TokenKind::kBar, "'|'");
    out->children.push_back(expression());
    bar_ends_ = bar;
    expect(TokenKind::kRightBracket, "']'");
    out->range = since(out->range);
    return finish_around(std::move(out), outer);
}

ast::Name Parser::map_key() {
    if (is(TokenKind::kError)) {  // {1B2: 1}: what is wrong is that no name stands here
        throw QueryError(Message::kUnexpected, now().range, {describe(now(), text_), "a property's name"});
    }
    if (!at_name()) fail("a property's name");
    const Token& token = step();
    return {std::string(token.text), token.range};
}

ast::ExprPtr Parser::map_literal() {
    ast::ExprPtr out = make(ast::ExprKind::kMap, step().range);
    const bool bar = std::exchange(bar_ends_, false);
    if (!is(TokenKind::kRightBrace)) {
        do {
            out->names.push_back(map_key());
            expect(TokenKind::kColon, "':'");
            out->children.push_back(expression());
        } while (accept(TokenKind::kComma));
    }
    bar_ends_ = bar;
    expect(TokenKind::kRightBrace, "',' or '}'");
    out->range = since(out->range);
    return finish(std::move(out));
}

// variable { .key, .*, other, key: e }
ast::ExprPtr Parser::map_projection() {
    using Kind = ast::ProjectionElement::Kind;
    ast::ExprPtr out = make(ast::ExprKind::kMapProjection, now().range);
    ast::ExprPtr variable = make(ast::ExprKind::kVariable, now().range);
    variable->name = std::string(step().text);
    out->children.push_back(finish(std::move(variable)));
    step();
    const bool bar = std::exchange(bar_ends_, false);
    if (!is(TokenKind::kRightBrace)) {
        do {
            ast::ProjectionElement item;
            if (accept(TokenKind::kDot)) {
                item.kind = accept(TokenKind::kStar) ? Kind::kAllProperties : Kind::kProperty;
                if (item.kind == Kind::kProperty) item.name = map_key();
            } else {
                item.name = map_key();
                item.kind = accept(TokenKind::kColon) ? Kind::kEntry : Kind::kVariable;
                if (item.kind == Kind::kEntry) item.value = expression();
            }
            out->items.push_back(std::move(item));
        } while (accept(TokenKind::kComma));
    }
    bar_ends_ = bar;
    expect(TokenKind::kRightBrace, "',' or '}'");
    out->range = since(out->range);
    return finish(std::move(out));
}

}  // namespace maek::query
