// Updating clauses: CREATE (INSERT), MERGE, SET, REMOVE, DELETE, FOREACH.
#include "query/parse/parser.h"

namespace maek::query {

ast::ClausePtr Parser::create_clause() {
    const bool insert = is(Keyword::kInsert);
    const SourceRange start = step().range;
    auto out = std::make_unique<ast::Create>(ast::ClauseKind::kCreate, insert ? "INSERT" : "CREATE", start);
    do {
        out->pattern.paths.push_back(path_pattern());
    } while (accept(TokenKind::kComma));
    out->range = out->pattern.range = since(start);
    return out;
}

ast::ClausePtr Parser::merge_clause() {
    const SourceRange start = step().range;
    auto out = std::make_unique<ast::Merge>(ast::ClauseKind::kMerge, "MERGE", start);
    out->path = path_pattern();
    while (is(Keyword::kOn)) {
        step();
        const bool create = is(Keyword::kCreate);
        if (!accept(Keyword::kCreate)) expect(Keyword::kMatch);
        expect(Keyword::kSet);
        auto& items = create ? out->on_create : out->on_match;
        for (ast::SetItem& item : set_items()) items.push_back(std::move(item));
    }
    out->range = since(start);
    return out;
}

ast::ClausePtr Parser::set_clause() {
    const SourceRange start = step().range;
    auto out = std::make_unique<ast::Set>(ast::ClauseKind::kSet, "SET", start);
    out->items = set_items();
    out->range = since(start);
    return out;
}

std::vector<ast::SetItem> Parser::set_items() {
    std::vector<ast::SetItem> out;
    do {
        out.push_back(set_item());
    } while (accept(TokenKind::kComma));
    return out;
}

// Splits a parsed target "e.key" or "e[key]" into its parts.
static void take_target(ast::SetItem& item, ast::ExprPtr target) {
    if (target->kind == ast::ExprKind::kProperty) {
        item.kind = ast::SetItem::Kind::kProperty;
        item.key = {target->name, target->range};
        item.target = std::move(target->children[0]);
    } else {
        item.kind = ast::SetItem::Kind::kDynamicProperty;
        item.key_expr = std::move(target->children[1]);
        item.target = std::move(target->children[0]);
    }
}

ast::SetItem Parser::set_item() {
    ast::SetItem item;
    const SourceRange start = now().range;
    ast::ExprPtr target = postfix();
    const bool property =
        target->kind == ast::ExprKind::kProperty || target->kind == ast::ExprKind::kIndex;
    if (property) {
        take_target(item, std::move(target));
        expect(TokenKind::kEqual, "'='");
        item.value = expression();
    } else if (is(TokenKind::kColon) || is(Keyword::kIs)) {
        item.kind = ast::SetItem::Kind::kLabels;
        item.labels = label_list();
        item.target = std::move(target);
    } else {
        item.kind = is(TokenKind::kPlusEqual) ? ast::SetItem::Kind::kMergeAll
                                              : ast::SetItem::Kind::kReplaceAll;
        if (!accept(TokenKind::kPlusEqual)) expect(TokenKind::kEqual, "'.', '=', '+=' or ':'");
        item.target = std::move(target);
        item.value = expression();
    }
    item.range = since(start);
    return item;
}

// :A:B or IS A&B: plain or dynamic names, all of them.
ast::LabelExpr Parser::label_list() {
    ast::LabelExpr out;
    out.kind = ast::LabelExpr::Kind::kAnd;
    const SourceRange start = now().range;
    step();
    do {
        ast::LabelExpr one = label_primary();
        if (one.kind != ast::LabelExpr::Kind::kName && one.kind != ast::LabelExpr::Kind::kDynamic) {
            throw QueryError(Message::kUnexpected, one.range, {"label expression", "a label's name"});
        }
        out.operands.push_back(std::move(one));
    } while (accept(TokenKind::kColon) || accept(TokenKind::kAmpersand));
    out.range = since(start);
    return out;
}

ast::ClausePtr Parser::remove_clause() {
    const SourceRange start = step().range;
    auto out = std::make_unique<ast::Remove>(ast::ClauseKind::kRemove, "REMOVE", start);
    do {
        out->items.push_back(remove_item());
    } while (accept(TokenKind::kComma));
    out->range = since(start);
    return out;
}

ast::SetItem Parser::remove_item() {
    ast::SetItem item;
    const SourceRange start = now().range;
    ast::ExprPtr target = postfix();
    if (target->kind == ast::ExprKind::kProperty || target->kind == ast::ExprKind::kIndex) {
        take_target(item, std::move(target));
    } else {
        if (!is(TokenKind::kColon) && !is(Keyword::kIs)) fail("'.' and a property or ':' and a label");
        item.kind = ast::SetItem::Kind::kLabels;
        item.labels = label_list();
        item.target = std::move(target);
    }
    item.range = since(start);
    return item;
}

ast::ClausePtr Parser::delete_clause() {
    const SourceRange start = now().range;
    const bool detach = accept(Keyword::kDetach);
    if (!detach) accept(Keyword::kNoDetach);
    expect(Keyword::kDelete);
    auto out = std::make_unique<ast::Delete>(ast::ClauseKind::kDelete,
                                             detach ? "DETACH DELETE" : "DELETE", start);
    out->detach = detach;
    do {
        out->targets.push_back(expression());
    } while (accept(TokenKind::kComma));
    out->range = since(start);
    return out;
}

ast::ClausePtr Parser::foreach_clause() {
    Deeper guard(*this, 3);
    const SourceRange start = step().range;
    auto out = std::make_unique<ast::Foreach>(ast::ClauseKind::kForeach, "FOREACH", start);
    expect(TokenKind::kLeftParen, "'('");
    out->variable = name("a variable");
    expect(Keyword::kIn);
    const bool bar = std::exchange(bar_ends_, true);
    out->list = expression();
    bar_ends_ = false;
    expect(TokenKind::kBar, "'|'");
    if (is(TokenKind::kRightParen)) fail("an updating clause such as SET or CREATE");
    while (!is(TokenKind::kRightParen)) {
        const Token& first = now();
        clause(out->body);
        switch (out->body.back()->kind) {
            case ast::ClauseKind::kCreate: case ast::ClauseKind::kMerge: case ast::ClauseKind::kSet:
            case ast::ClauseKind::kRemove: case ast::ClauseKind::kDelete: case ast::ClauseKind::kForeach:
                break;
            default:
                throw QueryError(Message::kForeachClause, first.range, {out->body.back()->word});
        }
    }
    bar_ends_ = bar;
    expect(TokenKind::kRightParen, "')'");
    out->range = since(start);
    return out;
}

}  // namespace maek::query
