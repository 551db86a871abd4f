// Reading clauses: MATCH, UNWIND, WITH, RETURN, CALL and their GQL forms.
#include "query/parse/parser.h"

namespace maek::query {

ast::ClausePtr Parser::match_clause() {
    const SourceRange start = now().range;
    const bool optional = accept(Keyword::kOptional);
    expect(Keyword::kMatch);
    auto out = std::make_unique<ast::Match>(ast::ClauseKind::kMatch,
                                            optional ? "OPTIONAL MATCH" : "MATCH", start);
    out->optional = optional;
    out->pattern = graph_pattern();
    out->range = since(start);
    return out;
}

ast::ClausePtr Parser::unwind_clause() {
    const SourceRange start = step().range;
    auto out = std::make_unique<ast::Unwind>(ast::ClauseKind::kUnwind, "UNWIND", start);
    out->list = expression();
    expect(Keyword::kAs);
    out->variable = name("a variable");
    out->range = since(start);
    return out;
}

// FOR x IN list [WITH ORDINALITY | OFFSET i]
ast::ClausePtr Parser::for_clause() {
    const SourceRange start = step().range;
    auto out = std::make_unique<ast::Unwind>(ast::ClauseKind::kUnwind, "FOR", start);
    out->variable = name("a variable");
    expect(Keyword::kIn);
    out->list = expression();
    if (accept(Keyword::kWith, Keyword::kOrdinality)) {
        out->ordinal = name("a variable");
    } else if (are(Keyword::kWith, Keyword::kOffset)) {
        step();
        step();
        out->ordinal = name("a variable");
        out->ordinal_from_zero = true;
    }
    out->range = since(start);
    return out;
}

ast::ClausePtr Parser::projection_clause(bool is_return) {
    const SourceRange start = step().range;
    auto out = std::make_unique<ast::Projection>(ast::ClauseKind::kProjection,
                                                 is_return ? "RETURN" : "WITH", start);
    out->is_return = is_return;
    projection_body(*out);
    order_and_paging(*out);
    if (!is_return && accept(Keyword::kWhere)) out->where = expression();
    out->range = since(start);
    return out;
}

void Parser::projection_body(ast::Projection& out) {
    if (is(Keyword::kDistinct) && ahead(1).kind != TokenKind::kComma) {
        step();
        out.distinct = true;
    } else if (is(Keyword::kAll) && ahead(1).kind != TokenKind::kLeftParen) {
        step();
    }
    if (accept(TokenKind::kStar)) {
        out.star = true;
        if (!accept(TokenKind::kComma)) return;
    }
    do {
        out.items.push_back(return_item());
    } while (accept(TokenKind::kComma));
}

ast::ReturnItem Parser::return_item() {
    const std::size_t first = at_;
    ast::ReturnItem item;
    item.expr = expression();
    item.text = text_between(first, at_ - 1);
    if (accept(Keyword::kAs)) item.alias = name("a column name");
    return item;
}

void Parser::order_and_paging(ast::Projection& out) {
    if (is(Keyword::kOrder)) {
        step();
        expect(Keyword::kBy);
        do {
            out.order.push_back(sort_item());
        } while (accept(TokenKind::kComma));
    }
    if (accept(Keyword::kSkip) || accept(Keyword::kOffset)) out.skip = expression();
    if (accept(Keyword::kLimit)) out.limit = expression();
}

ast::SortItem Parser::sort_item() {
    ast::SortItem item;
    item.expr = expression();
    if (accept(Keyword::kDesc) || accept(Keyword::kDescending)) {
        item.descending = true;
    } else if (!accept(Keyword::kAsc)) {
        accept(Keyword::kAscending);
    }
    if (accept(Keyword::kNulls)) {
        item.nulls_first = is(Keyword::kFirst);
        if (!accept(Keyword::kFirst)) expect(Keyword::kLast);
    }
    return item;
}

// FILTER [WHERE] p is WITH * WHERE p.
ast::ClausePtr Parser::filter_clause() {
    const SourceRange start = step().range;
    auto out = std::make_unique<ast::Projection>(ast::ClauseKind::kProjection, "FILTER", start);
    out->star = true;
    accept(Keyword::kWhere);
    out->where = expression();
    out->range = since(start);
    return out;
}

// LET a = x, b = y is WITH *, x AS a, y AS b.
ast::ClausePtr Parser::let_clause() {
    const SourceRange start = step().range;
    auto out = std::make_unique<ast::Projection>(ast::ClauseKind::kProjection, "LET", start);
    out->star = true;
    out->adds_only = true;
    do {
        ast::ReturnItem item;
        item.alias = name("a variable");
        expect(TokenKind::kEqual, "'='");
        const std::size_t first = at_;
        item.expr = expression();
        item.text = text_between(first, at_ - 1);
        out->items.push_back(std::move(item));
    } while (accept(TokenKind::kComma));
    out->range = since(start);
    return out;
}

// ORDER BY, OFFSET and LIMIT as clauses of their own are WITH * ORDER BY ...
ast::ClausePtr Parser::paging_clause() {
    const SourceRange start = now().range;
    auto out = std::make_unique<ast::Projection>(ast::ClauseKind::kProjection, "ORDER BY", start);
    out->star = true;
    order_and_paging(*out);
    out->range = since(start);
    return out;
}

// ---------------------------------------------------------------- CALL

ast::ClausePtr Parser::call_clause() {
    const SourceRange start = now().range;
    const bool optional = accept(Keyword::kOptional);
    expect(Keyword::kCall);
    if (is(TokenKind::kLeftBrace) || is(TokenKind::kLeftParen)) return call_subquery(start, optional);
    return call_procedure(start, optional);
}

ast::ClausePtr Parser::call_subquery(const SourceRange& start, bool optional) {
    auto out = std::make_unique<ast::CallSubquery>(ast::ClauseKind::kCallSubquery, "CALL", start);
    out->optional = optional;
    if (accept(TokenKind::kLeftParen)) {
        out->has_scope = true;
        if (accept(TokenKind::kStar)) {
            out->scope_star = true;
        } else if (!is(TokenKind::kRightParen)) {
            do {
                out->scope.push_back(name("a variable"));
            } while (accept(TokenKind::kComma));
        }
        expect(TokenKind::kRightParen, "')'");
    }
    expect(TokenKind::kLeftBrace, "'{'");
    {
        Deeper guard(*this, 3);
        const bool bar = std::exchange(bar_ends_, false);
        out->query = std::make_unique<ast::Query>(query(true));
        bar_ends_ = bar;
    }
    expect(TokenKind::kRightBrace, "a clause or '}'");
    if (is(Keyword::kIn)) in_transactions(*out);
    out->range = since(start);
    return out;
}

void Parser::in_transactions(ast::CallSubquery& out) {
    step();
    if (!is(Keyword::kTransactions) && !is(Keyword::kConcurrent)) {
        const ast::ExprPtr at_once = expression();  // checked and left: one batch goes after the other
        const bool number = at_once->kind == ast::ExprKind::kLiteral && at_once->value.is(ValueKind::kInteger);
        if (number && at_once->value.as_integer() < 1) {
            throw QueryError(Message::kWrongType, at_once->range,
                             {"CONCURRENT TRANSACTIONS", "an integer of at least 1", std::to_string(at_once->value.as_integer())});
        }
        if (!is(Keyword::kConcurrent)) fail("CONCURRENT TRANSACTIONS");
    }
    accept(Keyword::kConcurrent);
    expect(Keyword::kTransactions);
    out.in_transactions = true;
    if (accept(Keyword::kOf)) {
        out.batch_size = expression();
        if (!accept(Keyword::kRow)) expect(Keyword::kRows);
    }
    if (accept(Keyword::kOn)) {
        expect(Keyword::kError);
        if (accept(Keyword::kContinue)) {
            out.on_error = ast::CallSubquery::OnError::kContinue;
        } else if (accept(Keyword::kBreak)) {
            out.on_error = ast::CallSubquery::OnError::kBreak;
        } else if (!accept(Keyword::kFail)) {
            fail("CONTINUE, BREAK or FAIL");
        }
    }
    if (accept(Keyword::kReport)) {
        expect(Keyword::kStatus);
        expect(Keyword::kAs);
        out.status = name("a variable");
    }
}

ast::ClausePtr Parser::call_procedure(const SourceRange& start, bool optional) {
    auto out = std::make_unique<ast::CallProcedure>(ast::ClauseKind::kCallProcedure, "CALL", start);
    out->optional = optional;
    const SourceRange name_start = now().range;
    out->name = name("a procedure name, '{' or '('").text;
    while (accept(TokenKind::kDot)) out->name += "." + name("a procedure name").text;
    out->name_range = since(name_start);
    if (accept(TokenKind::kLeftParen)) {
        out->has_arguments = true;
        if (!is(TokenKind::kRightParen)) {
            do {
                out->arguments.push_back(expression());
            } while (accept(TokenKind::kComma));
        }
        expect(TokenKind::kRightParen, "',' or ')'");
    }
    if (accept(Keyword::kYield)) {
        out->has_yield = true;
        if (accept(TokenKind::kStar)) {
            out->yield_star = true;
        } else {
            out->yields = yield_items();
        }
        if (accept(Keyword::kWhere)) out->where = expression();
    }
    out->range = since(start);
    return out;
}

std::vector<ast::YieldItem> Parser::yield_items() {
    std::vector<ast::YieldItem> out;
    do {
        ast::YieldItem item;
        item.field = name("an output's name");
        if (accept(Keyword::kAs)) item.alias = name("a variable");
        out.push_back(std::move(item));
    } while (accept(TokenKind::kComma));
    return out;
}

}  // namespace maek::query
