// Indexes, constraints, SHOW, and transactions: the syntax of Neo4j 5.
#include "query/parse/parser.h"

namespace maek::query {

using Schema = ast::SchemaStatement;

// True when the statement was one of these; else nothing was read.
bool Parser::schema_statement(ast::Statement& out) {
    const SourceRange start = now().range;
    const auto word = [&](std::size_t n) { return ahead(n).keyword; };
    const auto ends = [&](std::size_t n) {
        return ahead(n).kind == TokenKind::kEnd || ahead(n).kind == TokenKind::kSemicolon;
    };
    const auto transaction = [&](ast::Statement::Kind kind) {
        out.kind = kind;
        step();
        accept(Keyword::kTransaction);
        return true;
    };
    const bool alone = ends(1) || (word(1) == Keyword::kTransaction && ends(2));
    if (alone && is(Keyword::kBegin)) return transaction(ast::Statement::Kind::kBegin);
    if (alone && is(Keyword::kCommit)) return transaction(ast::Statement::Kind::kCommit);
    if (alone && is(Keyword::kRollback)) return transaction(ast::Statement::Kind::kRollBack);
    if (are(Keyword::kStart, Keyword::kTransaction)) return transaction(ast::Statement::Kind::kBegin);
    if (is(Keyword::kCreate) && is_name(ahead(1)) && ahead(2).kind != TokenKind::kEqual) {
        switch (word(1)) {
            case Keyword::kIndex: case Keyword::kRange: case Keyword::kText: case Keyword::kFullText:
            case Keyword::kPoint: case Keyword::kLookup: case Keyword::kVector:
                create_index(out.schema);
                break;
            case Keyword::kConstraint: create_constraint(out.schema); break;
            default: return false;
        }
    } else if (is(Keyword::kDrop)) {
        drop_statement(out.schema);
    } else if (is(Keyword::kShow)) {
        show_statement(out.schema);
    } else {
        return false;
    }
    out.kind = ast::Statement::Kind::kSchema;
    out.schema.range = since(start);
    return true;
}

void Parser::if_not_exists(Schema& out) {
    if (!is(Keyword::kIf)) return;
    step();
    expect(Keyword::kNot);
    expect(Keyword::kExists);
    out.if_not_exists = true;
}

// CREATE [RANGE|TEXT|FULLTEXT] INDEX [name] [IF NOT EXISTS] FOR target ON properties [OPTIONS map]
void Parser::create_index(Schema& out) {
    step();
    out.kind = Schema::Kind::kCreateIndex;
    if (is(Keyword::kPoint) || is(Keyword::kLookup) || is(Keyword::kVector)) {
        throw QueryError(Message::kNotSupported, now().range,
                         {std::string(keyword_text(now().keyword)) + " INDEX",
                          "there are RANGE, TEXT and FULLTEXT indexes"});
    }
    if (accept(Keyword::kText)) out.index = Schema::Index::kText;
    else if (accept(Keyword::kFullText)) out.index = Schema::Index::kFullText;
    else accept(Keyword::kRange);
    expect(Keyword::kIndex);
    if (at_name() && !is(Keyword::kFor) && !is(Keyword::kIf)) out.name = name("a name");
    if_not_exists(out);
    expect(Keyword::kFor);
    ast::Name variable;
    schema_target(out, variable);
    expect(Keyword::kOn);
    const bool each = accept(Keyword::kEach);
    schema_properties(out, variable, each);
    if (accept(Keyword::kOptions)) out.options = map_literal();
}

// (n:Label), (n:A|B), ()-[r:TYPE]-()
void Parser::schema_target(Schema& out, ast::Name& variable) {
    const auto names = [&] {
        expect(TokenKind::kColon, "':' and a name");
        do {
            out.labels.push_back(name("a label or type"));
        } while (accept(TokenKind::kBar));
    };
    expect(TokenKind::kLeftParen, "'('");
    if (!accept(TokenKind::kRightParen)) {
        variable = name("a variable");
        names();
        expect(TokenKind::kRightParen, "')'");
        return;
    }
    out.on_relationships = true;
    accept(TokenKind::kLess);
    expect(TokenKind::kMinus, "'-'");
    expect(TokenKind::kLeftBracket, "'['");
    variable = name("a variable");
    names();
    expect(TokenKind::kRightBracket, "']'");
    expect(TokenKind::kMinus, "'-'");
    accept(TokenKind::kGreater);
    expect(TokenKind::kLeftParen, "'()'");
    expect(TokenKind::kRightParen, "'()'");
}

// (n.a, n.b), [n.a, n.b] or n.a alone
void Parser::schema_properties(Schema& out, const ast::Name& variable, bool brackets) {
    const bool parentheses = !brackets && accept(TokenKind::kLeftParen);
    if (brackets) expect(TokenKind::kLeftBracket, "'['");
    do {
        const ast::Name owner = name("a property such as n.name");
        if (owner.text != variable.text) {
            throw QueryError(Message::kUndefinedVariable, owner.range, {owner.text, variable.text});
        }
        expect(TokenKind::kDot, "'.' and a property's name");
        out.properties.push_back(map_key());
    } while ((brackets || parentheses) && accept(TokenKind::kComma));
    if (brackets) expect(TokenKind::kRightBracket, "',' or ']'");
    if (parentheses) expect(TokenKind::kRightParen, "',' or ')'");
}

// CREATE CONSTRAINT [name] [IF NOT EXISTS] FOR target REQUIRE properties IS ...
void Parser::create_constraint(Schema& out) {
    step();
    step();
    out.kind = Schema::Kind::kCreateConstraint;
    if (at_name() && !is(Keyword::kFor) && !is(Keyword::kIf)) out.name = name("a name");
    if_not_exists(out);
    expect(Keyword::kFor);
    ast::Name variable;
    schema_target(out, variable);
    expect(Keyword::kRequire);
    schema_properties(out, variable, false);
    expect(Keyword::kIs);
    if (accept(Keyword::kNot)) {
        expect(Keyword::kNull);
        out.constraint = Schema::Constraint::kExists;
    } else if (is(TokenKind::kDoubleColon) || is(Keyword::kTyped)) {
        throw QueryError(Message::kNotSupported, now().range,
                         {"a type constraint", "there are UNIQUE, NOT NULL and NODE KEY"});
    } else {
        if (!accept(Keyword::kNode)) accept(Keyword::kRelationship);
        if (accept(Keyword::kUnique)) {
            out.constraint = Schema::Constraint::kUnique;
        } else if (accept(Keyword::kKey)) {
            out.constraint = Schema::Constraint::kNodeKey;
        } else {
            fail("UNIQUE, NOT NULL or NODE KEY");
        }
    }
    if (accept(Keyword::kOptions)) out.options = map_literal();
}

void Parser::drop_statement(Schema& out) {
    step();
    if (accept(Keyword::kIndex)) {
        out.kind = Schema::Kind::kDropIndex;
    } else {
        if (!is(Keyword::kConstraint)) fail("INDEX or CONSTRAINT");
        step();
        out.kind = Schema::Kind::kDropConstraint;
    }
    out.name = name("the name of the index or constraint");
    if (accept(Keyword::kIf)) {
        expect(Keyword::kExists);
        out.if_exists = true;
    }
}

// SHOW [ALL|...] INDEXES|CONSTRAINTS|PROCEDURES|FUNCTIONS|TRANSACTIONS|DATABASES [YIELD ...] [WHERE ...]
void Parser::show_statement(Schema& out) {
    static constexpr Keyword kThings[] = {Keyword::kIndexes, Keyword::kConstraints, Keyword::kProcedures,
                                          Keyword::kFunctions, Keyword::kTransactions, Keyword::kDatabases};
    step();
    const auto thing = [&]() -> std::optional<Schema::Kind> {
        switch (now().keyword) {
            case Keyword::kIndex: case Keyword::kIndexes: return Schema::Kind::kShowIndexes;
            case Keyword::kConstraint: case Keyword::kConstraints: return Schema::Kind::kShowConstraints;
            case Keyword::kProcedures: return Schema::Kind::kShowProcedures;
            case Keyword::kFunctions: return Schema::Kind::kShowFunctions;
            case Keyword::kTransaction: case Keyword::kTransactions: return Schema::Kind::kShowTransactions;
            case Keyword::kDatabases: return Schema::Kind::kShowDatabases;
            default: return std::nullopt;
        }
    };
    const auto filter_word = [&] {
        switch (now().keyword) {
            case Keyword::kAll: case Keyword::kRange: case Keyword::kText: case Keyword::kFullText:
            case Keyword::kUnique: case Keyword::kNode: case Keyword::kKey: case Keyword::kRelationship:
                return true;
            default:
                return false;
        }
    };
    while (filter_word()) step();
    const auto kind = thing();
    if (!kind) fail_guessing("INDEXES, CONSTRAINTS, PROCEDURES, FUNCTIONS, TRANSACTIONS or DATABASES", kThings);
    step();
    out.kind = *kind;
    if (accept(Keyword::kYield)) {
        out.has_yield = true;
        out.yield_star = accept(TokenKind::kStar);
        if (!out.yield_star) out.yields = yield_items();
    }
    if (accept(Keyword::kWhere)) out.where = expression();
    if (is(Keyword::kReturn)) {
        ast::ClausePtr clause = projection_clause(true);
        out.result.reset(static_cast<ast::Projection*>(clause.release()));
    }
}

}  // namespace maek::query
