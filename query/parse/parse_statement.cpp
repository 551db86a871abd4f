// Statements, UNION, NEXT, and the order of clauses.
#include <algorithm>

#include "query/parse/characters.h"
#include "query/parse/lexer.h"
#include "query/parse/parser.h"

namespace maek::query {

namespace {

constexpr Keyword kStarters[] = {
    Keyword::kMatch, Keyword::kReturn, Keyword::kWith, Keyword::kWhere, Keyword::kOptional,
    Keyword::kUnwind, Keyword::kCreate, Keyword::kMerge, Keyword::kSet, Keyword::kRemove,
    Keyword::kDelete, Keyword::kDetach, Keyword::kForeach, Keyword::kCall, Keyword::kUnion,
    Keyword::kOrder, Keyword::kSkip, Keyword::kLimit, Keyword::kInsert, Keyword::kFilter,
    Keyword::kLet, Keyword::kOffset, Keyword::kFinish, Keyword::kNext, Keyword::kExplain,
    Keyword::kProfile, Keyword::kShow, Keyword::kDrop, Keyword::kBegin, Keyword::kCommit,
    Keyword::kRollback, Keyword::kYield,
};

}  // namespace

ast::Statement parse(std::string_view text) { return Parser(text).statement(); }

Parser::Parser(std::string_view text) : text_(text), list_(lex(text)) {}

// ---------------------------------------------------------------- tokens

bool Parser::accept(TokenKind kind) {
    if (!is(kind)) return false;
    step();
    return true;
}

bool Parser::accept(Keyword word) {
    if (!is(word)) return false;
    step();
    return true;
}

bool Parser::accept(Keyword first, Keyword second) {
    if (!are(first, second)) return false;
    step();
    step();
    return true;
}

const Token& Parser::expect(TokenKind kind, const char* what) {
    if (!is(kind)) fail(what);
    return step();
}

const Token& Parser::expect(Keyword word) {
    if (!is(word)) {
        const Keyword one[] = {word};
        fail_guessing(keyword_text(word), one);
    }
    return step();
}

std::string Parser::text_between(std::size_t first_token, std::size_t last_token) const {
    const std::uint32_t begin = list_.tokens[first_token].range.begin;
    return std::string(text_.substr(begin, list_.tokens[last_token].range.end - begin));
}

void Parser::fail_token(const Token& token) const {
    std::vector<std::string> details{describe(token, text_)};
    if (token.error == Message::kUnterminated) {
        const char first = text_[token.range.begin];
        details = first == '/' ? std::vector<std::string>{"the comment", "*/"}
                  : first == '`' || first == '$'
                      ? std::vector<std::string>{"the name", "`"}
                      : std::vector<std::string>{"the string", std::string(1, first)};
    } else if (token.error == Message::kTooLong) {
        details = {std::to_string(kMaxTokens)};
    } else if (token.error == Message::kBadUtf8) {
        details = {std::to_string(token.range.begin)};
    } else if (token.error == Message::kBadCharacterGuess) {
        details.emplace_back(guess_for(decode_utf8(text_, token.range.begin).code_point));
    }
    throw QueryError(token.error, token.range, std::move(details));
}

void Parser::fail(std::string_view expected) const {
    const Token& token = now();
    if (token.kind == TokenKind::kError && token.error != Message::kUnexpected) fail_token(token);
    if (token.kind == TokenKind::kNotEqual && token.text == "!=") {
        throw QueryError(Message::kUnexpectedGuess, token.range,
                         {describe(token, text_), std::string(expected), "'<>'"});
    }
    throw QueryError(Message::kUnexpected, token.range, {describe(token, text_), std::string(expected)});
}

// Clauses of other languages and products, where a clause is expected: nothing here is like them.
void Parser::refuse_foreign_clause() const {
    struct Foreign {
        std::string_view word;
        const char *name, *instead;
    };
    static constexpr const char* kOneGraph = "a store holds one graph, its rights are those of the file system";
    static constexpr Foreign kForeign[] = {
        {"group", "GROUP BY", "what stands beside an aggregate in RETURN or WITH is what is grouped by"},
        {"having", "HAVING", "write WITH and the aggregate, then WHERE"},
        {"select", "SELECT", "write MATCH and RETURN"},
        {"using", "USING", "the planner chooses; EXPLAIN shows what it chose"},
        {"alter", "ALTER", kOneGraph}, {"grant", "GRANT", kOneGraph}, {"deny", "DENY", kOneGraph},
        {"revoke", "REVOKE", kOneGraph}, {"terminate", "TERMINATE", "one statement runs at a time; Ctrl-C ends it"},
    };
    for (const Foreign& foreign : kForeign) {
        if (is_word(now(), foreign.word)) throw QueryError(Message::kNotSupported, now().range, {foreign.name, foreign.instead});
    }
}

void Parser::fail_guessing(std::string_view expected, std::span<const Keyword> words) const {
    if (expected.starts_with("a clause")) refuse_foreign_clause();
    const Keyword guess =
        now().kind == TokenKind::kWord ? closest_keyword(now().text, words) : Keyword::kNothing;
    if (guess == Keyword::kNothing || guess == now().keyword) fail(expected);
    throw QueryError(Message::kUnexpectedGuess, now().range,
                     {describe(now(), text_), std::string(expected), std::string(keyword_text(guess))});
}

Parser::Deeper::Deeper(Parser& parser, std::uint32_t levels) : parser_(parser), levels_(levels) {
    parser_.depth_ += levels;
    if (parser_.depth_ > kMaxDepth) {
        parser_.depth_ -= levels;
        throw QueryError(Message::kTooDeep, parser_.now().range, {std::to_string(kMaxDepth)});
    }
}

ast::Name Parser::name(const char* what) {
    if (!at_name()) fail(what);
    const Token& token = step();
    if (token.text.empty()) {
        throw QueryError(Message::kUnexpected, token.range, {describe(token, text_), what});
    }
    return {std::string(token.text), token.range};
}

// ---------------------------------------------------------------- statements

// CYPHER 5, CYPHER 25 runtime=slotted: Neo4j's choice of a version and of options. Line 0 when there is none.
SourceRange Parser::version_prefix() {
    if (!is_word(now(), "cypher")) return {};
    const SourceRange start = step().range;
    if (is(TokenKind::kInteger) || is(TokenKind::kFloat)) step();
    while (at_name() && ahead(1).kind == TokenKind::kEqual && is_name(ahead(2))) {
        for (int i = 0; i < 3; ++i) step();
    }
    return since(start);
}

ast::Statement Parser::statement() {
    ast::Statement out;
    out.text = std::string(text_);
    const auto starts_more = [&] {
        const TokenKind after = ahead(1).kind;
        return is_name(ahead(1)) || after == TokenKind::kEnd || after == TokenKind::kSemicolon;
    };
    out.prefix = version_prefix();
    if (is(Keyword::kExplain) && starts_more()) {
        step();
        out.mode = ast::Statement::Mode::kExplain;
    } else if (is(Keyword::kProfile) && starts_more()) {
        step();
        out.mode = ast::Statement::Mode::kProfile;
    }
    if (is(TokenKind::kEnd) || is(TokenKind::kSemicolon)) {
        if (out.mode != ast::Statement::Mode::kRun) fail("a clause such as MATCH, CREATE or RETURN");
        throw QueryError(Message::kEmptyQuery, now().range);
    }
    const SourceRange start = out.range = now().range;
    if (!schema_statement(out)) {
        out.query = query(false);
    } else if (out.mode != ast::Statement::Mode::kRun && out.kind != ast::Statement::Kind::kQuery) {
        throw QueryError(Message::kNotSupported, start,
                         {out.mode == ast::Statement::Mode::kExplain ? "EXPLAIN" : "PROFILE",
                          "only queries have a plan; this changes the schema or a transaction"});
    }
    if (accept(TokenKind::kSemicolon)) {
        while (accept(TokenKind::kSemicolon)) {
        }
        if (!is(TokenKind::kEnd)) throw QueryError(Message::kMultipleStatements, now().range);
    }
    if (!is(TokenKind::kEnd)) fail_guessing("a clause or the end of the query", kStarters);
    return out;
}

// A query of UNION arms, and NEXT parts put in front of what follows them.
ast::Query Parser::query(bool in_subquery) {
    Deeper guard(*this, 2);
    const SourceRange start = now().range;
    std::size_t first = at_;
    ast::Query out = union_of_singles(in_subquery);
    while (is(Keyword::kNext) && !in_subquery) {
        const std::size_t next = at_;
        step();
        ast::Query following = union_of_singles(in_subquery);
        if (out.arms.size() == 1) {
            prepend_next(std::move(out.arms[0]), following, first, next, in_subquery);
        } else {
            auto call = std::make_unique<ast::CallSubquery>(ast::ClauseKind::kCallSubquery, "NEXT", start);
            call->has_scope = true;
            call->query = std::make_unique<ast::Query>(std::move(out));
            if (following.arms.size() > 1) {
                throw QueryError(Message::kNotSupported, list_.tokens[next].range,
                                 {"NEXT between two UNION queries", "use CALL { ... }"});
            }
            auto& clauses = following.arms[0].clauses;
            clauses.insert(clauses.begin(), std::move(call));
            first = list_.tokens.size();  // cannot be read again
        }
        out = std::move(following);
    }
    out.range = since(start);
    return out;
}

// The clauses of a single query in front of NEXT: its RETURN becomes a WITH.
void Parser::open_end(std::vector<ast::ClausePtr>& clauses, std::size_t next) const {
    auto* last = dynamic_cast<ast::Projection*>(clauses.back().get());
    if (last != nullptr && last->is_return) {
        last->is_return = false;
        last->from_next = true;
    } else if (clauses.back()->kind == ast::ClauseKind::kFinish) {
        throw QueryError(Message::kClauseAfterReturn, list_.tokens[next].range, {"NEXT", "FINISH"});
    }
}

namespace {

bool writes(const std::vector<ast::ClausePtr>& clauses) {
    return std::any_of(clauses.begin(), clauses.end(), [](const ast::ClausePtr& clause) {
        switch (clause->kind) {
            case ast::ClauseKind::kCreate: case ast::ClauseKind::kMerge: case ast::ClauseKind::kSet:
            case ast::ClauseKind::kRemove: case ast::ClauseKind::kDelete: case ast::ClauseKind::kForeach:
                return true;
            case ast::ClauseKind::kCallSubquery: {
                const auto& arms = static_cast<const ast::CallSubquery&>(*clause).query->arms;
                return std::any_of(arms.begin(), arms.end(),
                                   [](const ast::SingleQuery& arm) { return writes(arm.clauses); });
            }
            default: return false;
        }
    });
}

}  // namespace

// Puts the clauses of `before`, the tokens [from, to), in front of each arm: themselves in front of the
// last one, read anew for the others.
void Parser::prepend_next(ast::SingleQuery before, ast::Query& query, std::size_t from, std::size_t to,
                          bool in_subquery) {
    const std::size_t after = at_;
    open_end(before.clauses, to);
    if (from >= to && query.arms.size() > 1) {
        throw QueryError(Message::kNotSupported, list_.tokens[to].range,
                         {"NEXT after NEXT over a UNION", "use CALL { ... }"});
    }
    if (query.arms.size() > 1 && writes(before.clauses)) {  // it would write once for each arm
        throw QueryError(Message::kNotSupported, list_.tokens[to].range,
                         {"NEXT between a part that writes and a UNION", "use CALL { ... }"});
    }
    std::size_t sum = 0;
    for (const ast::SingleQuery& arm : query.arms) sum += before.clauses.size() + arm.clauses.size();
    if (sum > kMaxSteps) throw too_many_steps(list_.tokens[to].range);
    for (ast::SingleQuery& arm : query.arms) {
        std::vector<ast::ClausePtr> clauses;
        const bool last = &arm == &query.arms.back();
        if (last) clauses = std::move(before.clauses);
        at_ = from;
        while (!last && at_ < to) {
            if (accept(Keyword::kNext)) continue;
            ast::SingleQuery part = single_query(in_subquery);
            for (ast::ClausePtr& clause : part.clauses) clauses.push_back(std::move(clause));
            open_end(clauses, to);
        }
        for (ast::ClausePtr& clause : arm.clauses) clauses.push_back(std::move(clause));
        arm.clauses = std::move(clauses);
    }
    at_ = after;
}

ast::Query Parser::union_of_singles(bool in_subquery) {
    ast::Query out;
    const SourceRange start = now().range;
    out.arms.push_back(single_query(in_subquery));
    while (is(Keyword::kUnion)) {
        out.unions.push_back(now().range);
        step();
        out.union_all.push_back(accept(Keyword::kAll));
        if (!out.union_all.back()) accept(Keyword::kDistinct);
        out.arms.push_back(single_query(in_subquery));
    }
    out.range = since(start);
    return out;
}

bool Parser::at_query_end(bool in_subquery) const {
    return is(TokenKind::kEnd) || is(TokenKind::kSemicolon) || is(Keyword::kUnion) ||
           (is(Keyword::kNext) && !in_subquery) || (in_subquery && is(TokenKind::kRightBrace));
}

ast::SingleQuery Parser::single_query(bool in_subquery) {
    ast::SingleQuery out;
    const SourceRange start = now().range;
    if (at_query_end(in_subquery)) fail("a clause such as MATCH, CREATE or RETURN");
    while (!at_query_end(in_subquery)) {
        if (!out.clauses.empty()) {
            const auto& last = *out.clauses.back();
            const auto* projection = dynamic_cast<const ast::Projection*>(&last);
            const bool ended = last.kind == ast::ClauseKind::kFinish ||
                               (projection != nullptr && projection->is_return);
            if (ended) {
                if (!at_clause()) fail_guessing("a clause or the end of the query", kStarters);
                throw QueryError(Message::kClauseAfterReturn, now().range,
                                 {std::string(now().text), last.word});
            }
        }
        clause(out.clauses);
    }
    out.range = since(start);
    check_end(out, in_subquery);
    return out;
}

void Parser::check_end(const ast::SingleQuery& query, bool in_subquery) const {
    const ast::Clause& last = *query.clauses.back();
    switch (last.kind) {
        case ast::ClauseKind::kMatch:
        case ast::ClauseKind::kUnwind:
            break;
        case ast::ClauseKind::kProjection:
            if (static_cast<const ast::Projection&>(last).is_return) return;
            break;
        default:
            return;
    }
    if (in_subquery) return;  // EXISTS { MATCH ... } needs no RETURN; the binder looks at the others
    throw QueryError(Message::kQueryMustEnd, now().range, {last.word});
}

bool Parser::at_clause() const {
    switch (now().keyword) {
        case Keyword::kMatch: case Keyword::kOptional: case Keyword::kUnwind: case Keyword::kFor:
        case Keyword::kWith: case Keyword::kReturn: case Keyword::kFilter: case Keyword::kLet:
        case Keyword::kOrder: case Keyword::kSkip: case Keyword::kOffset: case Keyword::kLimit:
        case Keyword::kFinish: case Keyword::kCreate: case Keyword::kInsert: case Keyword::kMerge:
        case Keyword::kSet: case Keyword::kRemove: case Keyword::kDelete: case Keyword::kDetach:
        case Keyword::kNoDetach: case Keyword::kForeach: case Keyword::kCall: case Keyword::kLoad:
        case Keyword::kUse:
            return true;
        default:
            return false;
    }
}

void Parser::clause(std::vector<ast::ClausePtr>& out) {
    switch (now().keyword) {
        case Keyword::kMatch: out.push_back(match_clause()); return;
        case Keyword::kOptional:
            out.push_back(ahead(1).keyword == Keyword::kCall ? call_clause() : match_clause());
            return;
        case Keyword::kUnwind: out.push_back(unwind_clause()); return;
        case Keyword::kFor: out.push_back(for_clause()); return;
        case Keyword::kWith: out.push_back(projection_clause(false)); return;
        case Keyword::kReturn: out.push_back(projection_clause(true)); return;
        case Keyword::kFilter: out.push_back(filter_clause()); return;
        case Keyword::kLet: out.push_back(let_clause()); return;
        case Keyword::kOrder: case Keyword::kSkip: case Keyword::kOffset: case Keyword::kLimit:
            out.push_back(paging_clause());
            return;
        case Keyword::kFinish: {
            const SourceRange range = step().range;
            out.push_back(std::make_unique<ast::Finish>(ast::ClauseKind::kFinish, "FINISH", range));
            return;
        }
        case Keyword::kCreate: case Keyword::kInsert: out.push_back(create_clause()); return;
        case Keyword::kMerge: out.push_back(merge_clause()); return;
        case Keyword::kSet: out.push_back(set_clause()); return;
        case Keyword::kRemove: out.push_back(remove_clause()); return;
        case Keyword::kDelete: case Keyword::kDetach: case Keyword::kNoDetach:
            out.push_back(delete_clause());
            return;
        case Keyword::kForeach: out.push_back(foreach_clause()); return;
        case Keyword::kCall: out.push_back(call_clause()); return;
        case Keyword::kLoad:
            throw QueryError(Message::kNotSupported, now().range,
                             {"LOAD CSV", "use 'maek import STORE FILE.csv', or pass rows as a parameter to UNWIND"});
        case Keyword::kUse:
            throw QueryError(Message::kNotSupported, now().range, {"USE", "a store holds one graph"});
        default:
            fail_guessing(out.empty() ? "a clause such as MATCH, CREATE or RETURN"
                                      : "a clause or the end of the query",
                          kStarters);
    }
}

QueryError too_many_steps(const SourceRange& at) {
    return QueryError(Message::kTooManySteps, at, {std::to_string(kMaxSteps)});
}

}  // namespace maek::query
