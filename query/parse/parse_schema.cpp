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
            default: refuse_foreign_create(); return false;
        }
    } else if (is(Keyword::kDrop)) {
        drop_statement(out.schema);
    } else if (is(Keyword::kShow)) {
        show_statement(out);
        return true;
    } else {
        return false;
    }
    out.kind = ast::Statement::Kind::kSchema;
    out.schema.range = since(start);
    return true;
}

// CREATE with a word of Neo4j that there is nothing for.
void Parser::refuse_foreign_create() const {
    const Token& word = ahead(1);
    const auto refuse = [&](const char* what, const char* instead) {
        throw QueryError(Message::kNotSupported, word.range, {what, instead});
    };
    if (is_word(word, "btree")) refuse("BTREE INDEX", "there are RANGE, TEXT and FULLTEXT indexes");
    if (word.keyword == Keyword::kOr) refuse("CREATE OR REPLACE", "drop it first, or write IF NOT EXISTS");
    for (const char* thing : {"database", "alias", "user", "role"}) {
        if (!is_word(word, thing)) continue;
        refuse(std::string_view(thing) == "database" ? "CREATE DATABASE" : "CREATE ALIAS, USER or ROLE",
               "a store holds one graph, its rights are those of the file system");
    }
}

void Parser::if_not_exists(Schema& out) {
    if (!is(Keyword::kIf)) return;
    step();
    expect(Keyword::kNot);
    expect(Keyword::kExists);
    out.if_not_exists = true;
}

// CREATE [RANGE|TEXT|FULLTEXT] INDEX [name] [IF NOT EXISTS] FOR target ON [EACH] properties [OPTIONS map]
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
    const bool each = out.index == Schema::Index::kFullText;  // FOR (n:A|B) ON EACH [n.a, n.b]
    if (each) expect(Keyword::kEach);
    schema_properties(out, variable, each);
    if (out.index == Schema::Index::kText && out.properties.size() > 1) {
        throw QueryError(Message::kNotSupported, out.properties[1].range,
                         {"a TEXT index on several properties", "give each its own, or make a FULLTEXT INDEX"});
    }
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
        out.properties.push_back(name("a property's name"));
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
        if (!accept(Keyword::kNode) && !accept(Keyword::kRelationship) && is_word(now(), "rel")) step();
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

namespace {

// What SHOW can show: the procedure that lists it, and that one's columns in order.
struct Shown {
    const char* procedure;
    std::vector<const char*> columns;
};

Shown shown(Keyword word) {  // of one thing or of many
    switch (word) {
        case Keyword::kIndex: case Keyword::kIndexes:
            return {"db.indexes", {"name", "state", "type", "entityType", "labelsOrTypes", "properties", "owningConstraint"}};
        case Keyword::kConstraint: case Keyword::kConstraints:
            return {"db.constraints", {"name", "type", "entityType", "labelsOrTypes", "properties"}};
        case Keyword::kProcedures:
            return {"dbms.procedures", {"name", "description", "mode", "signature"}};
        case Keyword::kFunctions:
            return {"dbms.functions", {"name", "category", "description", "signature", "aggregating"}};
        case Keyword::kTransaction: case Keyword::kTransactions:
            return {"dbms.transactions", {"transactionId", "currentQuery", "status"}};
        default: return {};
    }
}

}  // namespace

// The words before INDEXES or CONSTRAINTS, as a list for the procedure: SHOW NODE KEY CONSTRAINTS.
ast::ExprPtr Parser::show_filter() {
    ast::ExprPtr list = make(ast::ExprKind::kList, now().range);
    const auto text = [&]() -> const char* {
        const bool two = (is_word(now(), "built") && ahead(1).keyword == Keyword::kIn) ||
                         (is_word(now(), "user") && is_word(ahead(1), "defined"));
        if (two) {  // BUILT IN, USER DEFINED
            step();
            return is_word(now(), "defined") ? "USER" : "";
        }
        switch (now().keyword) {
            case Keyword::kAll: return "";
            case Keyword::kRange: return "RANGE";
            case Keyword::kText: return "TEXT";
            case Keyword::kFullText: return "FULLTEXT";
            case Keyword::kUnique: return "UNIQUENESS";
            case Keyword::kNode: return "NODE";
            case Keyword::kKey: return "KEY";
            case Keyword::kRelationship: return "RELATIONSHIP";
            default: return is_word(now(), "uniqueness")  ? "UNIQUENESS"
                            : is_word(now(), "existence") ? "EXISTENCE"
                            : is_word(now(), "exist")     ? "EXISTENCE"
                            : is_word(now(), "rel")       ? "RELATIONSHIP"
                            : is_word(now(), "property")  ? "PROPERTY"
                                                          : nullptr;
        }
    };
    while (const char* word = text()) {
        ast::ExprPtr item = make(ast::ExprKind::kLiteral, step().range);
        item->value = Value::string(word);
        if (*word != '\0') list->children.push_back(finish(std::move(item)));
    }
    return finish(std::move(list));
}

// EXECUTABLE [BY CURRENT USER|name]: everybody may run everything.
void Parser::executable_by() {
    step();
    if (!accept(Keyword::kBy)) return;
    const bool current = is_word(now(), "current") && is_word(ahead(1), "user");
    name("CURRENT USER or a name");
    if (current) step();
}

// SHOW [ALL|...] INDEXES|CONSTRAINTS|PROCEDURES|FUNCTIONS|TRANSACTIONS
//     [YIELD ... [ORDER BY] [SKIP] [LIMIT]] [WHERE ...] [RETURN ...]
// is CALL of the procedure that lists them, YIELD, WITH * ... WHERE, RETURN.
void Parser::show_statement(ast::Statement& out) {
    static constexpr Keyword kThings[] = {Keyword::kIndexes, Keyword::kConstraints, Keyword::kProcedures,
                                          Keyword::kFunctions, Keyword::kTransactions, Keyword::kDatabases};
    const SourceRange start = step().range;
    auto call = std::make_unique<ast::CallProcedure>(ast::ClauseKind::kCallProcedure, "SHOW", start);
    call->arguments.push_back(show_filter());
    call->has_arguments = call->has_yield = true;
    call->name_range = now().range;
    if (is(Keyword::kDatabases)) {
        throw QueryError(Message::kNotSupported, now().range, {"SHOW DATABASES", "a store holds one graph"});
    }
    const Keyword thing = is_word(now(), "function")    ? Keyword::kFunctions
                          : is_word(now(), "procedure") ? Keyword::kProcedures
                                                        : now().keyword;
    const Shown what = shown(thing);
    if (what.procedure == nullptr) {
        fail_guessing("INDEXES, CONSTRAINTS, PROCEDURES, FUNCTIONS or TRANSACTIONS", kThings);
    }
    call->name = what.procedure;
    step();
    if (is_word(now(), "executable")) executable_by();
    const bool yields = accept(Keyword::kYield);
    if (yields && !accept(TokenKind::kStar)) {
        call->yields = yield_items();
    } else {
        for (const char* column : what.columns) call->yields.push_back({{column, call->name_range}, std::nullopt});
    }
    call->range = since(start);
    auto kept = std::make_unique<ast::Projection>(ast::ClauseKind::kProjection, "SHOW", call->range);
    kept->star = true;
    if (yields) order_and_paging(*kept);
    if (accept(Keyword::kWhere)) kept->where = expression();
    kept->range = since(start);
    ast::ClausePtr result;
    if (is(Keyword::kReturn)) {
        result = projection_clause(true);
    } else {
        auto all = std::make_unique<ast::Projection>(ast::ClauseKind::kProjection, "RETURN", call->range);
        all->is_return = true;
        for (const ast::YieldItem& item : call->yields) {
            const ast::Name& column = item.alias ? *item.alias : item.field;
            ast::ReturnItem returned;
            returned.expr = make(ast::ExprKind::kVariable, column.range);
            returned.expr->name = returned.text = column.text;
            returned.expr = finish(std::move(returned.expr));
            all->items.push_back(std::move(returned));
        }
        result = std::move(all);
    }
    ast::SingleQuery arm;
    arm.range = out.query.range = since(start);
    arm.clauses.push_back(std::move(call));
    arm.clauses.push_back(std::move(kept));
    arm.clauses.push_back(std::move(result));
    out.query.arms.push_back(std::move(arm));
}

}  // namespace maek::query
