// Room: query, inner of parse/. The parser's state and its functions, spread by theme over
// parse_statement.cpp, parse_clause.cpp, parse_write.cpp, parse_pattern.cpp, parse_expression.cpp,
// parse_primary.cpp, parse_type.cpp and parse_schema.cpp. A function named after a thing expects it
// at the current token, moves past it and throws QueryError when it is not there.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/parse/ast.h"
#include "query/parse/keywords.h"
#include "query/parse/parse.h"
#include "query/parse/query_error.h"
#include "query/parse/token.h"

namespace maek::query {

class Parser {
public:
    explicit Parser(std::string_view text);
    ast::Statement statement();

private:
    // --- tokens
    const Token& now() const { return list_.tokens[at_]; }
    const Token& ahead(std::size_t n) const {
        return list_.tokens[std::min(at_ + n, list_.tokens.size() - 1)];
    }
    const Token& before() const { return list_.tokens[at_ == 0 ? 0 : at_ - 1]; }
    const Token& step() { return list_.tokens[at_ + 1 < list_.tokens.size() ? at_++ : at_]; }
    bool is(TokenKind kind) const { return now().kind == kind; }
    bool is(Keyword word) const { return now().keyword == word; }
    bool are(Keyword first, Keyword second) const { return is(first) && ahead(1).keyword == second; }
    bool accept(TokenKind kind);
    bool accept(Keyword word);
    bool accept(Keyword first, Keyword second);
    const Token& expect(TokenKind kind, const char* what);
    const Token& expect(Keyword word);
    SourceRange since(const SourceRange& start) const { return joined(start, before().range); }
    std::string text_between(std::size_t first_token, std::size_t last_token) const;
    [[noreturn]] void fail(std::string_view expected) const;
    void refuse_foreign_clause() const;
    [[noreturn]] void fail_guessing(std::string_view expected, std::span<const Keyword> words) const;
    [[noreturn]] void fail_token(const Token& token) const;  // kError

    // Counts nesting; throws kTooDeep.
    class Deeper {
    public:
        explicit Deeper(Parser& parser, std::uint32_t levels = 1);
        ~Deeper() { parser_.depth_ -= levels_; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;

    private:
        Parser& parser_;
        std::uint32_t levels_;
    };

    // --- names
    bool at_name() const { return is(TokenKind::kWord) || is(TokenKind::kQuotedWord); }
    // A word that is no keyword everywhere: `trim(LEADING ...)`, `IS NORMALIZED`.
    static bool is_word(const Token& token, std::string_view lower);
    static bool is_name(const Token& token) {
        return token.kind == TokenKind::kWord || token.kind == TokenKind::kQuotedWord;
    }
    ast::Name name(const char* what);

    // --- statements (parse_statement.cpp)
    SourceRange version_prefix();
    ast::Query query(bool in_subquery);
    ast::Query union_of_singles(bool in_subquery);
    ast::SingleQuery single_query(bool in_subquery);
    void prepend_next(ast::SingleQuery before, ast::Query& query, std::size_t from, std::size_t to, bool in_subquery);
    void open_end(std::vector<ast::ClausePtr>& clauses, std::size_t next) const;
    void check_end(const ast::SingleQuery& query, bool in_subquery) const;
    bool at_clause() const;
    bool at_query_end(bool in_subquery) const;
    void clause(std::vector<ast::ClausePtr>& out);

    // --- reading clauses (parse_clause.cpp)
    ast::ClausePtr match_clause();
    ast::ClausePtr unwind_clause();
    ast::ClausePtr for_clause();
    ast::ClausePtr projection_clause(bool is_return);
    ast::ClausePtr filter_clause();
    ast::ClausePtr let_clause();
    ast::ClausePtr paging_clause();
    void projection_body(ast::Projection& out);
    void order_and_paging(ast::Projection& out);
    ast::SortItem sort_item();
    ast::ReturnItem return_item();
    ast::ClausePtr call_clause();
    ast::ClausePtr call_subquery(const SourceRange& start, bool optional);
    ast::ClausePtr call_procedure(const SourceRange& start, bool optional);
    void in_transactions(ast::CallSubquery& out);
    std::vector<ast::YieldItem> yield_items();

    // --- writing clauses (parse_write.cpp)
    ast::ClausePtr create_clause();
    ast::ClausePtr merge_clause();
    ast::ClausePtr set_clause();
    ast::ClausePtr remove_clause();
    ast::ClausePtr delete_clause();
    ast::ClausePtr foreach_clause();
    std::vector<ast::SetItem> set_items();
    ast::SetItem set_item();
    ast::SetItem remove_item();
    ast::LabelExpr label_list();

    // --- patterns (parse_pattern.cpp)
    ast::Pattern graph_pattern();
    ast::MatchMode match_mode();
    ast::PathPattern path_pattern();
    void path_prefix(ast::PathPattern& out);
    bool selector(ast::PathPattern& out);
    void path_count(ast::PathPattern& out);
    PathMode path_mode();
    bool at_shortest_function() const;
    void shortest_function(ast::PathPattern& out);
    void path_elements(ast::PathPattern& out);
    ast::PathElement node_element();
    ast::PathElement group_element();
    ast::PathElement relationship_element();
    bool at_group() const;
    bool at_relationship() const;
    void element_filler(ast::ElementPattern& out, bool relationship);
    std::optional<ast::Quantifier> quantifier();
    ast::Quantifier braces_quantifier();
    void refuse_length_parameter() const;
    ast::Quantifier path_length();
    std::uint64_t count_literal(const char* what);
    std::vector<ast::PropertyEntry> property_entries();
    ast::LabelExpr label_expression(bool relationship);
    ast::LabelExpr label_and();
    ast::LabelExpr label_not();
    ast::LabelExpr label_primary();
    bool starts_pattern(std::size_t open) const;  // '(' begins a path with a relationship
    std::size_t after_path(std::size_t open) const;
    bool looks_like_node(std::size_t open) const;

    // --- expressions (parse_expression.cpp, parse_primary.cpp)
    ast::ExprPtr expression() { return expression(0); }
    ast::ExprPtr expression(int least);
    ast::ExprPtr prefix();
    ast::ExprPtr negative_literal();
    ast::ExprPtr infix(ast::ExprPtr left, int least, bool& more);
    ast::ExprPtr boolean_chain(ast::ExprPtr left, Keyword word, ast::ExprKind kind, int level);
    ast::ExprPtr arithmetic_chain(ast::ExprPtr left, int level);
    ast::ExprPtr comparison_chain(ast::ExprPtr left);
    ast::ExprPtr predicate(ast::ExprPtr left);
    ast::ExprPtr is_predicate(ast::ExprPtr left);
    bool at_normal_form() const;
    ast::ExprPtr normalized_predicate(ast::ExprPtr left, bool negated);
    ast::ExprPtr typed_predicate(ast::ExprPtr left, bool negated);
    ast::ExprPtr label_predicate(ast::ExprPtr left, bool negated);
    ast::ExprPtr binary(ast::ExprKind kind, ast::ExprPtr left);
    ast::ExprPtr postfix();
    ast::ExprPtr postfix_of(ast::ExprPtr left);
    ast::ExprPtr bracket_suffix(ast::ExprPtr left);
    ast::ExprPtr primary();
    ast::ExprPtr word_primary();
    ast::ExprPtr literal(Value value);  // of the current token
    ast::ExprPtr number_literal(bool negative, const SourceRange& start);
    ast::ExprPtr parenthesised();
    ast::ExprPtr bracketed();
    ast::ExprPtr list_comprehension();
    ast::ExprPtr pattern_comprehension();
    ast::ExprPtr map_literal();
    ast::ExprPtr map_projection();
    ast::ExprPtr case_expression();
    ast::ExprPtr case_test(bool has_subject, bool& extended);
    ast::ExprPtr extended_case(ast::ExprPtr searched);
    bool at_case_operator() const;
    ast::ExprPtr subquery_expression(ast::ExprKind kind);
    ast::ExprPtr quantifier_expression(ast::ExprKind kind);
    ast::ExprPtr reduce_expression();
    ast::ExprPtr exists_call();
    ast::ExprPtr trim_call();
    ast::ExprPtr shortest_path_expression();
    ast::ExprPtr function_call();
    std::size_t function_name_length() const;  // tokens before '(', 0 when no call stands here
    bool word_cannot_be_variable() const;
    ast::Name map_key();

    // Sets the place (from `start`, or left as it is) and the height of a finished expression; throws
    // kTooDeep. Patterns and subqueries count by `tallest_`, which their maker resets before.
    ast::ExprPtr finish(ast::ExprPtr expr);
    ast::ExprPtr finish_around(ast::ExprPtr expr, std::uint32_t outer_tallest);
    static ast::ExprPtr make(ast::ExprKind kind, const SourceRange& range) {
        return std::make_unique<ast::Expr>(kind, range);
    }

    // --- types (parse_type.cpp)
    std::string type_text();
    std::string type_term();
    std::string type_name();
    bool word_is_list() const;

    // --- schema (parse_schema.cpp)
    bool schema_statement(ast::Statement& out);
    void create_index(ast::SchemaStatement& out);
    void create_constraint(ast::SchemaStatement& out);
    void drop_statement(ast::SchemaStatement& out);
    void show_statement(ast::Statement& out);
    ast::ExprPtr show_filter();
    void executable_by();
    void refuse_foreign_create() const;
    void if_not_exists(ast::SchemaStatement& out);
    void schema_target(ast::SchemaStatement& out, ast::Name& variable);
    void schema_properties(ast::SchemaStatement& out, const ast::Name& variable, bool brackets);

    std::string_view text_;
    TokenList list_;
    std::size_t at_ = 0;
    std::uint32_t depth_ = 0;
    std::uint32_t tallest_ = 0;   // the highest expression finished since it was last reset
    bool bar_ends_ = false;       // '|' ends the expression: inside [x IN xs WHERE ... | ...]
};

}  // namespace maek::query
