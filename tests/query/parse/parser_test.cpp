#include "query/parse/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/parse/query_error.h"

namespace maek::query {
namespace {

using ast::ClauseKind;
using ast::ExprKind;

const ast::Expr& first_item(const ast::Statement& statement) {
    const auto& last = *statement.query.arms.back().clauses.back();
    return *static_cast<const ast::Projection&>(last).items.at(0).expr;
}

// The tree in prefix form, enough to see precedence.
std::string shape(const ast::Expr& e) {
    static const char* const kOperators[] = {"+", "-", "*", "/", "%", "^", "||", "=", "<>", "<", "<=", ">", ">="};
    const auto children = [&] {
        std::string out;
        for (const auto& child : e.children) out += " " + (child ? shape(*child) : std::string("_"));
        return out;
    };
    switch (e.kind) {
        case ExprKind::kVariable: return e.name;
        case ExprKind::kLiteral:
            return e.value.is(ValueKind::kInteger) ? std::to_string(e.value.as_integer()) : "lit";
        case ExprKind::kProperty: return shape(*e.children[0]) + "." + e.name;
        case ExprKind::kAnd: return "(AND" + children() + ")";
        case ExprKind::kOr: return "(OR" + children() + ")";
        case ExprKind::kXor: return "(XOR" + children() + ")";
        case ExprKind::kNot: return "(NOT" + children() + ")";
        case ExprKind::kNegate: return "(-" + children() + ")";
        case ExprKind::kIsNull: return "(NULL?" + children() + ")";
        case ExprKind::kIn: return "(IN" + children() + ")";
        case ExprKind::kLabelTest: return "(:" + children() + ")";
        case ExprKind::kArithmetic:
        case ExprKind::kComparison: {
            std::string out = "(" + shape(*e.children[0]);
            for (std::size_t i = 0; i < e.operators.size(); ++i) {
                out += std::string(" ") + kOperators[static_cast<int>(e.operators[i])] + " " + shape(*e.children[i + 1]);
            }
            return out + ")";
        }
        default: return "#" + std::to_string(static_cast<int>(e.kind)) + children();
    }
}

std::string shape_of(const std::string& expression) {
    return shape(first_item(parse("RETURN " + expression)));
}

TEST(Parser, BindsOperatorsByPrecedence) {
    EXPECT_EQ(shape_of("a OR b AND NOT c = d"), "(OR a (AND b (NOT (c = d))))");
    EXPECT_EQ(shape_of("a XOR b OR c"), "(OR (XOR a b) c)");
    EXPECT_EQ(shape_of("a + b * c ^ -d"), "(a + (b * (c ^ (- d))))");
    EXPECT_EQ(shape_of("a - b + c"), "(a - b + c)");
    EXPECT_EQ(shape_of("a = b IN c"), "(a = (IN b c))");
    EXPECT_EQ(shape_of("a + 1 IS NULL"), "(NULL? (a + 1))");
    EXPECT_EQ(shape_of("NOT n:A AND b"), "(AND (NOT (: n)) b)");
    EXPECT_EQ(shape_of("1 < a.x <= 3"), "(1 < a.x <= 3)");
}

TEST(Parser, KeepsTheSmallestIntegerAsALiteral) {
    EXPECT_EQ(shape_of("-9223372036854775808"), "-9223372036854775808");
}

TEST(Parser, TellsPatternsFromArithmetic) {
    EXPECT_EQ(shape_of("(a) - (b)"), "(a - b)");
    EXPECT_EQ(first_item(parse("RETURN (a)-->(b)")).kind, ExprKind::kPattern);
    EXPECT_EQ(first_item(parse("RETURN (a)<-[:R*1..2]-(:B {x: 1})")).kind, ExprKind::kPattern);
    EXPECT_EQ(first_item(parse("RETURN [(a)-->(b) | b.x]")).kind, ExprKind::kPatternComprehension);
    EXPECT_EQ(first_item(parse("RETURN [(a)-->(b)]")).kind, ExprKind::kList);
    EXPECT_EQ(first_item(parse("RETURN [x IN a, y]")).kind, ExprKind::kList);
    EXPECT_EQ(first_item(parse("RETURN [x IN a WHERE x:A | x.b]")).kind, ExprKind::kListComprehension);
}

TEST(Parser, KeepsColumnsAsWritten) {
    const ast::Statement statement = parse("RETURN  count( * ),n . name  AS 이름, (1+ 2)");
    const auto& items = static_cast<const ast::Projection&>(*statement.query.arms[0].clauses[0]).items;
    EXPECT_EQ(items[0].text, "count( * )");
    EXPECT_EQ(items[1].alias->text, "이름");
    EXPECT_EQ(items[2].text, "(1+ 2)");
}

TEST(Parser, ReadsPathsOfIsoGql) {
    const ast::Statement statement =
        parse("MATCH REPEATABLE ELEMENTS p = ANY SHORTEST TRAIL (x)-[r:E WHERE r.w > 1]->{1,3}(y IS A&!B) RETURN p");
    const auto& match = static_cast<const ast::Match&>(*statement.query.arms[0].clauses[0]);
    EXPECT_EQ(match.pattern.match_mode, ast::MatchMode::kRepeatableElements);
    const ast::PathPattern& path = match.pattern.paths.at(0);
    EXPECT_EQ(path.selector, PathSelector::kAnyShortest);
    EXPECT_EQ(path.mode, PathMode::kTrail);
    ASSERT_EQ(path.elements.size(), 3u);
    EXPECT_EQ(path.elements[1].relationship.quantifier->max, 3u);
    EXPECT_NE(path.elements[1].relationship.where, nullptr);
}

TEST(Parser, AcceptsTheWholeLanguage) {
    for (const char* query : {
             "MATCH (i:연구기관)-[:참여]->(a:얼라이언스) RETURN i.name",
             "MATCH DIFFERENT EDGES ((a)-[r:R]->(b) WHERE r.x > 1){2,4} (c) KEEP SHORTEST 2 GROUPS WHERE c.x RETURN a",
             "MATCH p = SHORTEST 3 PATHS (a)-->+(b) RETURN p",
             "MATCH (a)-[:R|:S*1..3 {x: 1}]-(b), q = shortestPath((a)-[*]-(b)) RETURN a",
             "MATCH (n)->(m)<-(k)-(j) RETURN 1",
             "INSERT (a:X {y: 1})-[:R]->(b) FINISH",
             "FOR x IN [1, 2] WITH ORDINALITY i LET y = x + 1, z = 2 FILTER y > 2 RETURN x OFFSET 1 LIMIT 2",
             "MATCH (n) RETURN n.x AS x NEXT RETURN x + 1 AS y NEXT FILTER y > 1 RETURN y",
             "RETURN 1 AS x UNION ALL RETURN 2 AS x NEXT RETURN x * 2 AS z",
             "MATCH (n) CALL (n) { MATCH (n)--(m) RETURN m } RETURN m",
             "MATCH (n) CALL (*) { SET n.x = 1 } IN 4 CONCURRENT TRANSACTIONS OF 100 ROWS ON ERROR CONTINUE "
             "REPORT STATUS AS s RETURN s",
             "CREATE (n:$($x)) SET n:$(n.x):B, n[$k] = 1, n += {a: 1} REMOVE n.x, n:B, n:$($x)",
             "FOREACH (x IN [1, 2] | CREATE (n {v: x}) SET n:Foo)",
             "MERGE (n:A) ON CREATE SET n.x = 1 ON MATCH SET n.y = 2",
             "CREATE RANGE INDEX foo IF NOT EXISTS FOR (n:Person) ON (n.a, n.b) OPTIONS {x: 1}",
             "CREATE FULLTEXT INDEX f FOR (n:A|B) ON EACH [n.a, n.b]",
             "CREATE CONSTRAINT c IF NOT EXISTS FOR ()-[r:T]-() REQUIRE r.x IS NOT NULL",
             "CREATE CONSTRAINT FOR (n:P) REQUIRE (n.x, n.y) IS NODE KEY",
             "DROP INDEX foo IF EXISTS", "SHOW ALL INDEXES YIELD name, type", "BEGIN TRANSACTION;", "COMMIT", "ROLLBACK",
             "EXPLAIN MATCH (n) RETURN n;", "PROFILE MATCH (n) RETURN n",
             "MATCH (n) WHERE n.x IS NOT TYPED INTEGER NOT NULL | LIST<STRING> OR n.y :: LOCAL DATETIME RETURN n",
             "RETURN CASE x WHEN > 3 THEN 1 WHEN 4, 5 THEN 2 WHEN IS NULL THEN 3 ELSE 4 END",
             "RETURN n {.name, .*, other, x: 1 + 2}, EXISTS { (a)-->(b) WHERE a.x }, COUNT { MATCH (n) }, "
             "COLLECT { MATCH (n) RETURN n.x }",
             "RETURN trim(BOTH 'x' FROM 'xax'), reduce(s = 0, x IN xs | s + x), any(x IN xs WHERE x)",
             "MATCH (limit)-->(order) RETURN limit, order",
         }) {
        EXPECT_NO_THROW(parse(query)) << query;
    }
}

TEST(Parser, SpellsTypesOutCanonically) {
    const ast::Statement statement = parse("RETURN x :: array<int!> | timestamp without time zone");
    EXPECT_EQ(first_item(statement).name, "LIST<INTEGER NOT NULL> | LOCAL DATETIME");
}

}  // namespace
}  // namespace maek::query
