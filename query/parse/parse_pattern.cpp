// Graph patterns: paths with selectors and modes, nodes, relationships, quantifiers, labels.
#include <charconv>

#include "query/parse/parser.h"

namespace maek::query {

ast::Pattern Parser::graph_pattern() {
    Deeper guard(*this, 2);
    ast::Pattern out;
    const SourceRange start = now().range;
    out.match_mode = match_mode();
    do {
        out.paths.push_back(path_pattern());
    } while (accept(TokenKind::kComma));
    if (is(Keyword::kKeep)) {
        const SourceRange keep = step().range;
        ast::PathPattern prefix;
        path_prefix(prefix);
        if (!prefix.has_selector && prefix.mode == PathMode::kDefault) fail("a path selector or mode");
        for (ast::PathPattern& path : out.paths) {
            if (path.has_selector) {
                throw QueryError(Message::kMixedPathForms, keep, {"KEEP", "a path that has its own selector"});
            }
            path.selector = prefix.selector;
            path.has_selector = prefix.has_selector;
            path.count = prefix.count;
            if (prefix.count_from != nullptr) {
                path.count_from = std::make_unique<ast::Expr>(prefix.count_from->kind, prefix.count_from->range);
                path.count_from->name = prefix.count_from->name;
            }
            if (prefix.mode != PathMode::kDefault) path.mode = prefix.mode;
        }
    }
    if (accept(Keyword::kWhere)) out.where = expression();
    out.range = since(start);
    return out;
}

ast::MatchMode Parser::match_mode() {
    const auto plural = [&](Keyword one, Keyword many) {
        return ahead(1).keyword == one || ahead(1).keyword == many;
    };
    if (is(Keyword::kRepeatable) && plural(Keyword::kElement, Keyword::kElements)) {
        at_ += 2;
        return ast::MatchMode::kRepeatableElements;
    }
    const bool different = is(Keyword::kDifferent) && (plural(Keyword::kEdge, Keyword::kEdges) ||
                                                       plural(Keyword::kRelationship, Keyword::kRelationships));
    if (!different) return ast::MatchMode::kDefault;
    at_ += 2;
    return ast::MatchMode::kDifferentEdges;
}

ast::PathPattern Parser::path_pattern() {
    Deeper guard(*this);
    ast::PathPattern out;
    const SourceRange start = now().range;
    path_prefix(out);
    if (at_name() && ahead(1).kind == TokenKind::kEqual) {
        out.variable = name("a path variable");
        step();
        path_prefix(out);
    }
    if (at_shortest_function()) {
        shortest_function(out);
    } else {
        path_elements(out);
    }
    out.range = since(start);
    return out;
}

bool Parser::at_shortest_function() const {
    return (is(Keyword::kShortestPath) || is(Keyword::kAllShortestPaths)) &&
           ahead(1).kind == TokenKind::kLeftParen;
}

void Parser::shortest_function(ast::PathPattern& out) {
    const Token& word = step();
    if (out.has_selector) {
        throw QueryError(Message::kMixedPathForms, word.range,
                         {std::string(word.text) + "()", "a path selector"});
    }
    out.selector = word.keyword == Keyword::kShortestPath ? PathSelector::kShortestPathFunction
                                                          : PathSelector::kAllShortestPathsFunction;
    out.has_selector = true;
    expect(TokenKind::kLeftParen, "'('");
    path_elements(out);
    expect(TokenKind::kRightParen, "')'");
}

// ---------------------------------------------------------------- prefixes

void Parser::path_prefix(ast::PathPattern& out) {
    const bool selected = selector(out);
    const PathMode mode = path_mode();
    if (mode != PathMode::kDefault) out.mode = mode;
    if (!selected && mode == PathMode::kDefault) return;
    if (!accept(Keyword::kPath)) accept(Keyword::kPaths);
    if (out.selector == PathSelector::kShortestK && (accept(Keyword::kGroup) || accept(Keyword::kGroups))) {
        out.selector = PathSelector::kShortestGroups;
    }
}

// ALL, ANY [k], ALL SHORTEST, ANY SHORTEST, SHORTEST [k]; false when none stands here.
bool Parser::selector(ast::PathPattern& out) {
    if (ahead(1).kind == TokenKind::kEqual) return false;  // a path variable of that name
    if (accept(Keyword::kAll)) {
        out.selector = accept(Keyword::kShortest) ? PathSelector::kAllShortest : PathSelector::kAll;
    } else if (accept(Keyword::kAny)) {
        out.selector = accept(Keyword::kShortest) ? PathSelector::kAnyShortest : PathSelector::kAny;
        if (out.selector == PathSelector::kAny) path_count(out);
    } else if (accept(Keyword::kShortest)) {
        out.selector = PathSelector::kShortestK;
        path_count(out);
    } else {
        return false;
    }
    out.has_selector = true;
    return true;
}

void Parser::path_count(ast::PathPattern& out) {
    if (is(TokenKind::kInteger)) {
        const SourceRange at = now().range;
        out.count = count_literal("a number of paths");
        if (out.count == 0) {
            throw QueryError(Message::kWrongType, at, {"the number of paths", "an integer of at least 1", "0"});
        }
    } else if (is(TokenKind::kParameter)) {
        out.count_from = std::make_unique<ast::Expr>(ast::ExprKind::kParameter, now().range);
        out.count_from->name = std::string(step().text);
    }
}

PathMode Parser::path_mode() {
    if (ahead(1).kind == TokenKind::kEqual) return PathMode::kDefault;
    if (accept(Keyword::kWalk)) return PathMode::kWalk;
    if (accept(Keyword::kTrail)) return PathMode::kTrail;
    if (accept(Keyword::kSimple)) return PathMode::kSimple;
    if (accept(Keyword::kAcyclic)) return PathMode::kAcyclic;
    return PathMode::kDefault;
}

// ---------------------------------------------------------------- elements

void Parser::path_elements(ast::PathPattern& out) {
    using Kind = ast::PathElement::Kind;
    if (!is(TokenKind::kLeftParen)) fail("a node pattern such as (n)");
    while (true) {
        const bool after_relationship =
            !out.elements.empty() && out.elements.back().kind == Kind::kRelationship;
        if (is(TokenKind::kLeftParen)) {
            if (at_group()) {
                out.elements.push_back(group_element());
            } else {
                if (!out.elements.empty() && out.elements.back().kind == Kind::kNode) break;
                out.elements.push_back(node_element());
            }
        } else if (after_relationship) {
            fail("a node pattern such as (n)");
        } else if (at_relationship()) {
            out.elements.push_back(relationship_element());
        } else {
            break;
        }
    }
}

// '(' opens a parenthesised path, not a node: ((a)-->(b)), (p = (a)-->(b)), (TRAIL (a)-->(b)).
bool Parser::at_group() const {
    const Token& first = ahead(1);
    if (first.kind == TokenKind::kLeftParen) return true;
    if (is_name(first) && ahead(2).kind == TokenKind::kEqual) return true;
    const bool mode = first.keyword == Keyword::kWalk || first.keyword == Keyword::kTrail ||
                      first.keyword == Keyword::kSimple || first.keyword == Keyword::kAcyclic;
    return mode && ahead(2).kind == TokenKind::kLeftParen;
}

ast::PathElement Parser::group_element() {
    Deeper guard(*this, 2);
    ast::PathElement out;
    out.kind = ast::PathElement::Kind::kGroup;
    const SourceRange start = step().range;
    const bool bar = std::exchange(bar_ends_, false);
    out.group = std::make_unique<ast::PathPattern>(path_pattern());
    if (accept(Keyword::kWhere)) out.group->where = expression();
    bar_ends_ = bar;
    expect(TokenKind::kRightParen, "')'");
    out.quantifier = quantifier();
    out.range = since(start);
    return out;
}

ast::PathElement Parser::node_element() {
    ast::PathElement out;
    const SourceRange start = step().range;
    element_filler(out.node, false);
    expect(TokenKind::kRightParen, "')'");
    out.range = out.node.range = since(start);
    return out;
}

bool Parser::at_relationship() const {
    return is(TokenKind::kMinus) || (is(TokenKind::kLess) && ahead(1).kind == TokenKind::kMinus);
}

// -[..]- <-[..]- -[..]-> <-[..]-> and the same without brackets; ISO's -> <- - too.
ast::PathElement Parser::relationship_element() {
    ast::PathElement out;
    out.kind = ast::PathElement::Kind::kRelationship;
    ast::RelationshipPattern& rel = out.relationship;
    const SourceRange start = now().range;
    const bool left = accept(TokenKind::kLess);
    expect(TokenKind::kMinus, "'-'");
    if (accept(TokenKind::kLeftBracket)) {
        element_filler(rel, true);
        if (!is(TokenKind::kRightBracket)) {
            fail(is(TokenKind::kBar) ? "']'" : "a type, a length, properties, WHERE or ']'");
        }
        step();
        expect(TokenKind::kMinus, "'-'");
    } else {
        accept(TokenKind::kMinus);
    }
    const bool right = accept(TokenKind::kGreater);
    rel.both_arrows = left && right;
    rel.direction = left == right ? RelDirection::kBoth : left ? RelDirection::kIn : RelDirection::kOut;
    rel.quantifier = quantifier();
    if (rel.quantifier && rel.length) {
        throw QueryError(Message::kMixedPathForms, rel.quantifier->range, {"a quantifier", "a length in the brackets"});
    }
    out.range = rel.range = since(start);
    return out;
}

// What stands between the brackets of a node or relationship.
void Parser::element_filler(ast::ElementPattern& out, bool relationship) {
    Deeper guard(*this);
    const bool bar = std::exchange(bar_ends_, false);
    const TokenKind after = ahead(1).kind;
    const bool closes = after == TokenKind::kRightParen || after == TokenKind::kRightBracket ||
                        after == TokenKind::kColon || after == TokenKind::kLeftBrace ||
                        after == TokenKind::kStar;
    const bool predicate = is(Keyword::kWhere) && !closes;
    const bool labels = is(Keyword::kIs) && !closes && ahead(1).keyword != Keyword::kIs;
    if (at_name() && !predicate && !labels) out.variable = name("a variable");
    if (is(TokenKind::kColon) || is(Keyword::kIs)) {
        step();
        out.labels = label_expression(relationship);
    }
    if (relationship && is(TokenKind::kDotDot)) throw QueryError(Message::kBadRelationshipPattern, now().range);
    if (relationship && is(TokenKind::kStar)) {
        static_cast<ast::RelationshipPattern&>(out).length = path_length();
    }
    if (is(TokenKind::kLeftBrace)) {
        out.properties = property_entries();
    } else if (is(TokenKind::kParameter)) {
        out.properties_from = std::make_unique<ast::Expr>(ast::ExprKind::kParameter, now().range);
        out.properties_from->name = std::string(step().text);
    }
    if (accept(Keyword::kWhere)) out.where = expression();
    bar_ends_ = bar;
}

std::vector<ast::PropertyEntry> Parser::property_entries() {
    std::vector<ast::PropertyEntry> out;
    expect(TokenKind::kLeftBrace, "'{'");
    if (!is(TokenKind::kRightBrace)) {
        do {
            ast::PropertyEntry entry;
            entry.key = map_key();
            if (entry.key.text.empty()) {  // which a map's key may be
                throw QueryError(Message::kUnexpected, entry.key.range, {"``", "a property's name"});
            }
            expect(TokenKind::kColon, "':'");
            entry.value = expression();
            out.push_back(std::move(entry));
        } while (accept(TokenKind::kComma));
    }
    expect(TokenKind::kRightBrace, "',' or '}'");
    return out;
}

// ---------------------------------------------------------------- quantifiers

std::uint64_t Parser::count_literal(const char* what) {
    const Token& token = expect(TokenKind::kInteger, what);
    std::string digits;
    for (const char c : token.text) {
        if (c != '_') digits += c;
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value > INT64_MAX) {
        throw QueryError(Message::kIntegerOverflow, token.range, {std::string(token.text)});
    }
    return value;
}

// A length is a part of the plan: it must stand there in digits.
void Parser::refuse_length_parameter() const {
    if (is(TokenKind::kParameter)) throw QueryError(Message::kLengthParameter, now().range, {std::string(now().text)});
}

// * *2 *1.. *..3 *1..3
ast::Quantifier Parser::path_length() {
    ast::Quantifier out;
    const SourceRange start = step().range;
    if (is(TokenKind::kMinus) || is(TokenKind::kFloat)) {
        throw QueryError(Message::kBadRelationshipPattern, now().range);
    }
    refuse_length_parameter();
    if (is(TokenKind::kInteger)) {
        out.min = count_literal("a number");
        if (!is(TokenKind::kDotDot)) out.max = out.min;
    }
    if (accept(TokenKind::kDotDot)) {
        if (is(TokenKind::kMinus)) throw QueryError(Message::kBadRelationshipPattern, now().range);
        refuse_length_parameter();
        if (is(TokenKind::kInteger)) out.max = count_literal("a number");
    }
    out.range = since(start);
    return out;  // *3..1 is allowed and matches nothing
}

std::optional<ast::Quantifier> Parser::quantifier() {
    ast::Quantifier out;
    const SourceRange start = now().range;
    if (accept(TokenKind::kStar)) {
        out.min = 0;
    } else if (accept(TokenKind::kPlus)) {
        out.min = 1;
    } else if (accept(TokenKind::kQuestion)) {
        out.min = 0;
        out.max = 1;
        out.question = true;
    } else if (is(TokenKind::kLeftBrace)) {
        out = braces_quantifier();
    } else {
        return std::nullopt;
    }
    out.range = since(start);
    return out;
}

// {n} {m,n} {m,} {,n} {,}
ast::Quantifier Parser::braces_quantifier() {
    ast::Quantifier out;
    const SourceRange start = step().range;
    out.min = 0;
    refuse_length_parameter();
    if (is(TokenKind::kInteger)) {
        out.min = count_literal("a number");
        out.max = out.min;
    } else if (!is(TokenKind::kComma)) {
        fail("a number or ','");
    }
    if (accept(TokenKind::kComma)) {
        out.max.reset();
        refuse_length_parameter();
        if (is(TokenKind::kInteger)) out.max = count_literal("a number");
    }
    expect(TokenKind::kRightBrace, "'}'");
    if (out.max && *out.max < out.min) {
        throw QueryError(Message::kBadQuantifier, since(start), {std::to_string(out.min), std::to_string(*out.max)});
    }
    return out;
}

// ---------------------------------------------------------------- labels

namespace {

ast::LabelExpr label_node(ast::LabelExpr::Kind kind, ast::LabelExpr first) {
    ast::LabelExpr out;
    out.kind = kind;
    out.range = first.range;
    out.operands.push_back(std::move(first));
    return out;
}

}  // namespace

ast::LabelExpr Parser::label_expression(bool relationship) {
    Deeper guard(*this);
    ast::LabelExpr left = label_and();
    bool chain = false;
    while (is(TokenKind::kBar) && !bar_ends_) {
        step();
        if (relationship) accept(TokenKind::kColon);
        if (!chain) left = label_node(ast::LabelExpr::Kind::kOr, std::move(left));
        chain = true;
        left.operands.push_back(label_and());
        left.range = since(left.range);
    }
    return left;
}

ast::LabelExpr Parser::label_and() {
    ast::LabelExpr left = label_not();
    bool chain = false;
    while (is(TokenKind::kAmpersand) || is(TokenKind::kColon)) {
        step();
        if (!chain) left = label_node(ast::LabelExpr::Kind::kAnd, std::move(left));
        chain = true;
        left.operands.push_back(label_not());
        left.range = since(left.range);
    }
    return left;
}

ast::LabelExpr Parser::label_not() {
    if (!is(TokenKind::kExclamation)) return label_primary();
    Deeper guard(*this);
    const SourceRange start = step().range;
    ast::LabelExpr out = label_node(ast::LabelExpr::Kind::kNot, label_not());
    out.range = since(start);
    return out;
}

ast::LabelExpr Parser::label_primary() {
    ast::LabelExpr out;
    const SourceRange start = now().range;
    if (accept(TokenKind::kLeftParen)) {
        const bool bar = std::exchange(bar_ends_, false);
        out = label_expression(false);
        bar_ends_ = bar;
        expect(TokenKind::kRightParen, "')'");
        out.range = since(start);
        return out;
    }
    if (accept(TokenKind::kPercent)) {
        out.kind = ast::LabelExpr::Kind::kAnything;
    } else if (is(TokenKind::kDollar) || is(TokenKind::kParameter)) {
        out.kind = ast::LabelExpr::Kind::kDynamic;
        const Token& dollar = step();
        const Keyword word = find_keyword(dollar.text);
        const bool call = is(TokenKind::kLeftParen) && (dollar.kind == TokenKind::kDollar ||
                                                        word == Keyword::kAll || word == Keyword::kAny);
        if (call) {
            Deeper guard(*this);
            step();
            out.dynamic_any = word == Keyword::kAny;
            const bool bar = std::exchange(bar_ends_, false);
            out.dynamic = expression();
            bar_ends_ = bar;
            expect(TokenKind::kRightParen, "')'");
        } else if (dollar.kind == TokenKind::kDollar) {
            fail("'(' and an expression");
        } else {
            out.dynamic = std::make_unique<ast::Expr>(ast::ExprKind::kParameter, dollar.range);
            out.dynamic->name = std::string(dollar.text);
        }
    } else {
        out.name = name("a label or type").text;
    }
    out.range = since(start);
    return out;
}

// ---------------------------------------------------------------- patterns among expressions

bool Parser::looks_like_node(std::size_t open) const {
    const auto kind = [&](std::size_t i) { return list_.tokens[std::min(i, list_.tokens.size() - 1)].kind; };
    const auto word = [&](std::size_t i) { return list_.tokens[std::min(i, list_.tokens.size() - 1)].keyword; };
    std::size_t i = open + 1;
    if (is_name(list_.tokens[i])) ++i;
    switch (kind(i)) {
        case TokenKind::kRightParen: case TokenKind::kColon: case TokenKind::kLeftBrace:
            return true;
        case TokenKind::kParameter:
            return i > open + 1;
        default:
            return word(i) == Keyword::kWhere || word(i) == Keyword::kIs || word(i - 1) == Keyword::kWhere ||
                   word(i - 1) == Keyword::kIs;
    }
}

bool Parser::starts_pattern(std::size_t open) const {
    const auto kind = [&](std::size_t i) { return list_.tokens[std::min(i, list_.tokens.size() - 1)].kind; };
    if (kind(open) != TokenKind::kLeftParen) return false;
    const std::size_t close = list_.match[open];
    if (close == TokenList::kNoMatch || !looks_like_node(open)) return false;
    std::size_t i = close + 1;
    const bool left = kind(i) == TokenKind::kLess;
    if (left) ++i;
    if (kind(i) != TokenKind::kMinus) return false;
    ++i;
    if (kind(i) == TokenKind::kLeftBracket) {
        if (list_.match[i] == TokenList::kNoMatch) return false;
        i = list_.match[i] + 1;
        if (kind(i) != TokenKind::kMinus) return false;
        ++i;
    } else if (kind(i) == TokenKind::kMinus) {
        ++i;
    } else if (left || kind(i) != TokenKind::kGreater) {
        return false;  // (a) - (b), (a) < -(b)
    }
    if (kind(i) == TokenKind::kGreater) ++i;
    return kind(i) == TokenKind::kLeftParen || kind(i) == TokenKind::kLeftBrace ||
           ((kind(i) == TokenKind::kStar || kind(i) == TokenKind::kPlus) &&
            kind(i + 1) == TokenKind::kLeftParen);
}

// The token after the path that begins at `open`, by its brackets only.
std::size_t Parser::after_path(std::size_t open) const {
    std::size_t i = open;
    while (i + 1 < list_.tokens.size()) {
        switch (list_.tokens[i].kind) {
            case TokenKind::kLeftParen: case TokenKind::kLeftBracket: case TokenKind::kLeftBrace:
                if (list_.match[i] == TokenList::kNoMatch) return i;
                i = list_.match[i] + 1;
                break;
            case TokenKind::kMinus: case TokenKind::kLess: case TokenKind::kGreater:
            case TokenKind::kStar: case TokenKind::kPlus: case TokenKind::kQuestion:
                ++i;
                break;
            default:
                return i;
        }
    }
    return i;
}

}  // namespace maek::query
