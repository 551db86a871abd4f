// Expressions that begin with a word: variables, calls, CASE, quantifiers, subqueries.
#include "query/parse/parser.h"

namespace maek::query {

namespace {

// Stands for the subject inside an extended CASE; no written name begins with a space.
constexpr const char* kSubject = " case";

}  // namespace

bool Parser::is_word(const Token& token, std::string_view lower) {
    if (token.kind != TokenKind::kWord || token.text.size() != lower.size()) return false;
    for (std::size_t i = 0; i < lower.size(); ++i) {
        if ((token.text[i] | 32) != lower[i]) return false;
    }
    return true;
}

// Words that begin or join clauses are no variables unless what follows shows that they are.
bool Parser::word_cannot_be_variable() const {
    switch (now().keyword) {
        case Keyword::kMatch: case Keyword::kReturn: case Keyword::kWith: case Keyword::kWhere:
        case Keyword::kUnwind: case Keyword::kCreate: case Keyword::kMerge: case Keyword::kSet:
        case Keyword::kDelete: case Keyword::kDetach: case Keyword::kRemove: case Keyword::kUnion:
        case Keyword::kOrder: case Keyword::kSkip: case Keyword::kLimit: case Keyword::kAs:
        case Keyword::kThen: case Keyword::kElse: case Keyword::kWhen: case Keyword::kEnd:
        case Keyword::kAnd: case Keyword::kOr: case Keyword::kXor: case Keyword::kIn: case Keyword::kIs:
        case Keyword::kStarts: case Keyword::kEnds: case Keyword::kContains: case Keyword::kBy:
        case Keyword::kDesc: case Keyword::kAsc: case Keyword::kYield: case Keyword::kOptional:
        case Keyword::kDistinct: case Keyword::kCase:
            break;
        default:
            return false;
    }
    switch (ahead(1).kind) {
        case TokenKind::kEnd: case TokenKind::kSemicolon:
            return !is(Keyword::kOrder) && !is(Keyword::kSkip) && !is(Keyword::kLimit) && !is(Keyword::kEnd) &&
                   !is(Keyword::kSet) && !is(Keyword::kBy) && !is(Keyword::kDesc) && !is(Keyword::kAsc);
        case TokenKind::kComma: case TokenKind::kRightParen: case TokenKind::kRightBracket:
        case TokenKind::kRightBrace: case TokenKind::kDot: case TokenKind::kEqual:
            return false;
        default:
            return true;
    }
}

std::size_t Parser::function_name_length() const {
    std::size_t n = 1;
    while (ahead(n).kind == TokenKind::kDot && is_name(ahead(n + 1))) n += 2;
    return ahead(n).kind == TokenKind::kLeftParen ? n : 0;
}

ast::ExprPtr Parser::word_primary() {
    const TokenKind after = ahead(1).kind;
    const bool call = after == TokenKind::kLeftParen;
    const bool brace = after == TokenKind::kLeftBrace;
    switch (now().keyword) {
        case Keyword::kTrue: return literal(Value::boolean(true));
        case Keyword::kFalse: return literal(Value::boolean(false));
        case Keyword::kNull: return literal(Value::null());
        case Keyword::kCase:
            if (!word_cannot_be_variable()) break;
            return case_expression();
        case Keyword::kExists:
            if (brace) return subquery_expression(ast::ExprKind::kExists);
            if (call) return exists_call();
            break;
        case Keyword::kCount:
            if (brace) return subquery_expression(ast::ExprKind::kCount);
            if (call && ahead(2).kind == TokenKind::kStar && ahead(3).kind == TokenKind::kRightParen) {
                ast::ExprPtr out = make(ast::ExprKind::kCountStar, now().range);
                at_ += 4;
                out->range = since(out->range);
                return finish(std::move(out));
            }
            break;
        case Keyword::kCollect:
            if (brace) return subquery_expression(ast::ExprKind::kCollect);
            break;
        case Keyword::kAll: case Keyword::kAny: case Keyword::kNone: case Keyword::kSingle:
            if (call && is_name(ahead(2)) && ahead(3).keyword == Keyword::kIn) {
                const Keyword word = now().keyword;
                return quantifier_expression(word == Keyword::kAll    ? ast::ExprKind::kAll
                                             : word == Keyword::kAny  ? ast::ExprKind::kAny
                                             : word == Keyword::kNone ? ast::ExprKind::kNone
                                                                      : ast::ExprKind::kSingle);
            }
            break;
        case Keyword::kReduce:
            if (call && is_name(ahead(2)) && ahead(3).kind == TokenKind::kEqual) return reduce_expression();
            break;
        case Keyword::kTrim:
            if (call) return trim_call();
            break;
        case Keyword::kShortestPath: case Keyword::kAllShortestPaths:
            if (call) return shortest_path_expression();
            break;
        default:
            break;
    }
    if (function_name_length() > 0) return function_call();
    if (word_cannot_be_variable()) fail("an expression");
    if (brace) return map_projection();
    ast::ExprPtr out = make(ast::ExprKind::kVariable, now().range);
    out->name = name("an expression").text;
    return finish(std::move(out));
}

ast::ExprPtr Parser::function_call() {
    ast::ExprPtr out = make(ast::ExprKind::kCall, now().range);
    out->name = std::string(step().text);
    while (accept(TokenKind::kDot)) out->name += "." + std::string(step().text);
    out->names.push_back({out->name, since(out->range)});
    expect(TokenKind::kLeftParen, "'('");
    const bool bar = std::exchange(bar_ends_, false);
    if (is(Keyword::kDistinct) && ahead(1).kind != TokenKind::kComma &&
        ahead(1).kind != TokenKind::kRightParen) {
        step();
        out->distinct = true;
    } else if (is(Keyword::kAll) && ahead(1).kind != TokenKind::kLeftParen &&
               ahead(1).kind != TokenKind::kRightParen && ahead(1).kind != TokenKind::kDot) {
        step();
    }
    if (!is(TokenKind::kRightParen)) {
        do {
            out->children.push_back(expression());
        } while (accept(TokenKind::kComma));
    }
    bar_ends_ = bar;
    expect(TokenKind::kRightParen, "',' or ')'");
    out->range = since(out->range);
    return finish(std::move(out));
}

// ---------------------------------------------------------------- CASE

bool Parser::at_case_operator() const {
    switch (now().kind) {
        case TokenKind::kEqual: case TokenKind::kNotEqual: case TokenKind::kLess:
        case TokenKind::kLessEqual: case TokenKind::kGreater: case TokenKind::kGreaterEqual:
        case TokenKind::kRegexMatch: case TokenKind::kDoubleColon:
            return true;
        default:
            return (is(Keyword::kIs) || is(Keyword::kIn) || is(Keyword::kStarts) || is(Keyword::kEnds) ||
                    is(Keyword::kContains)) &&
                   word_cannot_be_variable();
    }
}

// What stands after WHEN. With a subject: a value, or an operator and its right side, or several
// of these; the latter make the CASE an extended one, whose tests are predicates of kSubject.
ast::ExprPtr Parser::case_test(bool has_subject, bool& extended) {
    if (!has_subject) return expression();
    const auto subject = [&] {
        ast::ExprPtr variable = make(ast::ExprKind::kVariable, now().range);
        variable->name = kSubject;
        return finish(std::move(variable));
    };
    const auto one = [&](bool& with_operator) {
        with_operator = at_case_operator();
        if (!with_operator) return expression();
        bool more = true;
        return infix(subject(), 4, more);
    };
    bool with_operator = false;
    ast::ExprPtr first = one(with_operator);
    if (!with_operator && !is(TokenKind::kComma)) return first;
    extended = true;
    ast::ExprPtr out = make(ast::ExprKind::kOr, first->range);
    while (true) {
        if (!with_operator) {
            ast::ExprPtr equal = make(ast::ExprKind::kComparison, first->range);
            equal->operators.push_back(ast::Operator::kEqual);
            equal->children.push_back(subject());
            equal->children.push_back(std::move(first));
            first = finish(std::move(equal));
        }
        out->children.push_back(std::move(first));
        if (!accept(TokenKind::kComma)) break;
        first = one(with_operator);
    }
    out->distinct = true;  // marks a test that is a predicate already
    return finish(std::move(out));
}

ast::ExprPtr Parser::case_expression() {
    ast::ExprPtr out = make(ast::ExprKind::kCase, step().range);
    const bool bar = std::exchange(bar_ends_, false);
    ast::ExprPtr subject = is(Keyword::kWhen) ? nullptr : expression();
    const bool has_subject = subject != nullptr;
    out->children.push_back(std::move(subject));
    bool extended = false;
    if (!is(Keyword::kWhen)) fail("WHEN");
    while (accept(Keyword::kWhen)) {
        out->children.push_back(case_test(has_subject, extended));
        expect(Keyword::kThen);
        out->children.push_back(expression());
    }
    ast::ExprPtr otherwise = accept(Keyword::kElse) ? expression() : nullptr;
    out->children.push_back(std::move(otherwise));
    bar_ends_ = bar;
    if (!is(Keyword::kEnd)) fail("WHEN, ELSE or END");
    step();
    out->range = since(out->range);
    return extended ? extended_case(finish(std::move(out))) : finish(std::move(out));
}

// CASE s WHEN > 1 THEN a ... is reduce( case = s, once IN [null] | CASE WHEN case > 1 THEN a ...).
ast::ExprPtr Parser::extended_case(ast::ExprPtr searched) {
    const SourceRange range = searched->range;
    ast::ExprPtr out = make(ast::ExprKind::kReduce, range);
    out->names = {{kSubject, range}, {" once", range}};
    out->children.push_back(std::move(searched->children[0]));
    for (std::size_t i = 1; i + 1 < searched->children.size(); i += 2) {
        ast::ExprPtr& test = searched->children[i];
        if (test->kind == ast::ExprKind::kOr && test->distinct) {
            test->distinct = false;
            if (test->children.size() == 1) {
                ast::ExprPtr only = std::move(test->children[0]);
                test = std::move(only);
            }
            continue;
        }
        ast::ExprPtr variable = make(ast::ExprKind::kVariable, test->range);
        variable->name = kSubject;
        ast::ExprPtr equal = make(ast::ExprKind::kComparison, test->range);
        equal->operators.push_back(ast::Operator::kEqual);
        equal->children.push_back(finish(std::move(variable)));
        equal->children.push_back(std::move(test));
        test = finish(std::move(equal));
    }
    ast::ExprPtr list = make(ast::ExprKind::kList, range);
    list->children.push_back(finish(make(ast::ExprKind::kLiteral, range)));
    out->children.push_back(finish(std::move(list)));
    out->children.push_back(finish(std::move(searched)));
    return finish(std::move(out));
}

// ---------------------------------------------------------------- bound variables

ast::ExprPtr Parser::quantifier_expression(ast::ExprKind kind) {
    ast::ExprPtr out = make(kind, step().range);
    step();
    const bool bar = std::exchange(bar_ends_, false);
    out->names.push_back(name("a variable"));
    expect(Keyword::kIn);
    out->children.push_back(expression());
    ast::ExprPtr test = accept(Keyword::kWhere) ? expression() : nullptr;
    out->children.push_back(std::move(test));
    bar_ends_ = bar;
    expect(TokenKind::kRightParen, "WHERE or ')'");
    out->range = since(out->range);
    return finish(std::move(out));
}

ast::ExprPtr Parser::reduce_expression() {
    ast::ExprPtr out = make(ast::ExprKind::kReduce, step().range);
    step();
    const bool bar = std::exchange(bar_ends_, false);
    out->names.push_back(name("a variable"));
    expect(TokenKind::kEqual, "'='");
    out->children.push_back(expression());
    expect(TokenKind::kComma, "','");
    out->names.push_back(name("a variable"));
    expect(Keyword::kIn);
    bar_ends_ = true;
    out->children.push_back(expression());
    bar_ends_ = false;
    expect(TokenKind::kBar, "'|'");
    out->children.push_back(expression());
    bar_ends_ = bar;
    expect(TokenKind::kRightParen, "')'");
    out->range = since(out->range);
    return finish(std::move(out));
}

// ---------------------------------------------------------------- subqueries and patterns

ast::ExprPtr Parser::subquery_expression(ast::ExprKind kind) {
    Deeper guard(*this, 2);
    const std::uint32_t outer = std::exchange(tallest_, 0);
    ast::ExprPtr out = make(kind, step().range);
    step();
    const bool bar = std::exchange(bar_ends_, false);
    const bool path = is(TokenKind::kLeftParen) || ahead(1).kind == TokenKind::kEqual || !at_clause();
    if (path && !at_clause()) {
        out->pattern = std::make_unique<ast::Pattern>(graph_pattern());
    } else {
        out->query = std::make_unique<ast::Query>(query(true));
    }
    bar_ends_ = bar;
    expect(TokenKind::kRightBrace, "'}'");
    out->range = since(out->range);
    return finish_around(std::move(out), outer);
}

// exists((a)-->(b)) is EXISTS { (a)-->(b) }, exists(n.p) is n.p IS NOT NULL.
ast::ExprPtr Parser::exists_call() {
    const SourceRange start = step().range;
    step();
    const bool bar = std::exchange(bar_ends_, false);
    ast::ExprPtr inner = expression();
    bar_ends_ = bar;
    expect(TokenKind::kRightParen, "')'");
    if (inner->kind == ast::ExprKind::kPattern) {
        inner->kind = ast::ExprKind::kExists;
        inner->negated = true;  // marks the call form, which introduces no variables
        inner->range = since(start);
        return inner;
    }
    ast::ExprPtr out = make(ast::ExprKind::kIsNull, since(start));
    out->negated = true;
    out->children.push_back(std::move(inner));
    return finish(std::move(out));
}

ast::ExprPtr Parser::shortest_path_expression() {
    const std::uint32_t outer = std::exchange(tallest_, 0);
    Deeper guard(*this, 2);
    ast::ExprPtr out = make(ast::ExprKind::kShortestPath, now().range);
    out->pattern = std::make_unique<ast::Pattern>();
    ast::PathPattern path;
    shortest_function(path);
    path.range = out->range = out->pattern->range = since(out->range);
    out->pattern->paths.push_back(std::move(path));
    return finish_around(std::move(out), outer);
}

// trim(s), trim(s, chars), trim([[LEADING|TRAILING|BOTH] [chars] FROM] s)
ast::ExprPtr Parser::trim_call() {
    ast::ExprPtr out = make(ast::ExprKind::kCall, step().range);
    out->name = "trim";
    out->names.push_back({"trim", out->range});
    step();
    const bool bar = std::exchange(bar_ends_, false);
    const auto side = [&]() -> const char* {
        const TokenKind after = ahead(1).kind;
        if (after == TokenKind::kRightParen || after == TokenKind::kDot || after == TokenKind::kComma) return nullptr;
        return is_word(now(), "leading") ? "ltrim" : is_word(now(), "trailing") ? "rtrim"
               : is_word(now(), "both")  ? "btrim" : nullptr;
    }();
    if (side != nullptr) {
        step();
        out->name = side;
    }
    const TokenKind after = ahead(1).kind;
    const bool text_follows = side != nullptr || after == TokenKind::kString || after == TokenKind::kParameter ||
                              (is_name(ahead(1)) && !is_word(ahead(1), "from"));
    ast::ExprPtr first;
    if (!text_follows || !is_word(now(), "from")) first = expression();
    if (is_word(now(), "from")) {
        step();
        if (side == nullptr) out->name = "btrim";
        out->children.push_back(expression());
        if (first != nullptr) out->children.push_back(std::move(first));
    } else if (side != nullptr) {
        fail("FROM");
    } else {
        out->children.push_back(std::move(first));
        while (accept(TokenKind::kComma)) out->children.push_back(expression());
    }
    bar_ends_ = bar;
    expect(TokenKind::kRightParen, "')'");
    out->range = since(out->range);
    return finish(std::move(out));
}

}  // namespace maek::query
