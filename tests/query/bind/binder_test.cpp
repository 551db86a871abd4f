#include "query/bind/binder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph/transaction.h"
#include "query/eval/function_registry.h"
#include "tests/query/bind/fake_catalogue.h"

namespace maek::query {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

template <class Clause>
const Clause& clause(const BoundStatement& statement, std::size_t i) {
    return static_cast<const Clause&>(*statement.query->arms[0].clauses.at(i));
}

TEST(Binder, GivesEveryVariableASlotAndKeepsItThroughWith) {
    const auto statement = bound("MATCH (a)-[r]->(b) WITH a, b AS c RETURN a, c");
    const auto& match = clause<BoundMatch>(*statement, 0);
    const auto& with = clause<BoundProjection>(*statement, 1);
    const auto& result = clause<BoundProjection>(*statement, 2);
    EXPECT_EQ(with.items[0].slot, match.paths[0].nodes[0].slot);
    EXPECT_NE(with.items[1].slot, match.paths[0].nodes[1].slot);
    EXPECT_EQ(result.items[0].slot, with.items[0].slot);
    EXPECT_THAT(statement->query->columns, ElementsAre("a", "c"));
    EXPECT_EQ(statement->slot_count, statement->slot_types.size());
}

TEST(Binder, SplitsAggregationIntoKeysAndCalls) {
    const auto statement = bound("MATCH (n) RETURN n.x AS x, 1 + count(n.y) + n.x AS c, count(n.y) AS d");
    const auto& result = clause<BoundProjection>(*statement, 1);
    ASSERT_TRUE(result.aggregating);
    ASSERT_EQ(result.keys.size(), 1u);
    EXPECT_EQ(result.keys[0].slot, result.items[0].slot);
    ASSERT_EQ(result.aggregates.size(), 1u) << "equal calls are computed once";
    EXPECT_EQ(result.aggregates[0].function->name, "count");
    EXPECT_EQ(result.items[1].expr->children[1]->slot, result.keys[0].slot) << "n.x is the key's column";
}

TEST(Binder, ListsWhatASubqueryReadsOutside) {
    const auto statement = bound("MATCH (n), (m) RETURN COUNT { (n)-->(k) WHERE k.x = m.x AND k.y > 1 } AS c");
    const auto& match = clause<BoundMatch>(*statement, 0);
    const BoundExpr& count = *clause<BoundProjection>(*statement, 1).items[0].expr;
    EXPECT_THAT(count.outer, ElementsAre(match.paths[0].nodes[0].slot, match.paths[1].nodes[0].slot));
}

TEST(Binder, CallSubquerySeesOnlyWhatItImports) {
    EXPECT_THAT(fault("MATCH (n), (m) CALL (n) { RETURN m.x AS x } RETURN x"), StartsWith("SyntaxError/UndefinedVariable"));
    EXPECT_EQ(fault("MATCH (n), (m) CALL (*) { RETURN m.x AS x } RETURN x"), "");
    EXPECT_EQ(fault("MATCH (n) CALL { WITH n RETURN n.x AS x } RETURN x"), "");
    EXPECT_THAT(fault("MATCH (n) CALL { RETURN n.x AS x } RETURN x"), StartsWith("SyntaxError/UndefinedVariable"));
    EXPECT_THAT(fault("MATCH (n) CALL (n) { RETURN 1 AS n } RETURN n"), StartsWith("SyntaxError/VariableAlreadyBound"));
    const auto statement = bound("MATCH (n) CALL (n) { SET n.x = 1 } RETURN n");
    EXPECT_TRUE(clause<BoundCallSubquery>(*statement, 1).unit);
    EXPECT_TRUE(statement->query->writes);
}

TEST(Binder, GroupVariablesAreListsOutside) {
    const auto statement = bound("MATCH ((a)-[r]->(b) WHERE a.x < b.x){1,3}(c) RETURN a, size(r) AS n, c");
    const auto& path = clause<BoundMatch>(*statement, 0).paths[0];
    ASSERT_EQ(path.segments.size(), 1u);
    ASSERT_NE(path.segments[0].group, nullptr);
    EXPECT_EQ(path.segments[0].group->variables.size(), 3u);
    EXPECT_TRUE(statement->slot_types[path.segments[0].group->variables[0].list].is_only(ValueKind::kList));
    EXPECT_THAT(fault("MATCH ((a)-[r]->(b)){1,3} RETURN a.x"), HasSubstr("TypeError/InvalidArgumentType"));
    EXPECT_THAT(fault("MATCH (a) MATCH ((a)-[r]->(b)){1,3} RETURN b"), StartsWith("SyntaxError/VariableAlreadyBound"));
}

TEST(Binder, RefusesEndlessWalks) {
    EXPECT_THAT(fault("MATCH WALK (a)-[:R]->+(b) RETURN a"), HasSubstr("InvalidRelationshipPattern"));
    EXPECT_THAT(fault("MATCH REPEATABLE ELEMENTS (a)-[:R]->+(b) RETURN a"), HasSubstr("InvalidRelationshipPattern"));
    EXPECT_EQ(fault("MATCH ANY SHORTEST WALK (a)-[:R]->+(b) RETURN a"), "");
    EXPECT_EQ(fault("MATCH TRAIL (a)-[:R]->+(b) RETURN a"), "");
    EXPECT_EQ(fault("MATCH (a)-[:R*]->(b) RETURN a"), "");
    EXPECT_EQ(fault("MATCH WALK (a)-[:R]->{1,4}(b) RETURN a"), "");
}

TEST(Binder, PutsCanonicalNamesForSynonyms) {
    FakeCatalogue catalogue;
    catalogue.labels.insert({"연구기관", "ResearchInstitute"});
    catalogue.labels.insert({"기관", "ResearchInstitute"});
    catalogue.labels.insert({"기관", "Agency"});
    catalogue.types.insert({"참여", "MEMBER_OF"});
    const auto statement = bound("MATCH (i:연구기관)-[m:참여]->(a:기관) RETURN i", catalogue);
    const auto& path = clause<BoundMatch>(*statement, 0).paths[0];
    EXPECT_EQ(path.nodes[0].labels.name, "ResearchInstitute");
    EXPECT_EQ(path.segments[0].types.name, "MEMBER_OF");
    EXPECT_EQ(path.nodes[1].labels.kind, LabelExpr::Kind::kOr);
    EXPECT_EQ(path.nodes[1].labels.operands.size(), 2u);
}

TEST(Binder, WritesAWordOfSeveralMeaningsNowhereAndAnEnglishOneAsItIs) {
    FakeCatalogue catalogue;
    catalogue.labels.insert({"기관", "ResearchInstitute"});
    catalogue.labels.insert({"기관", "Agency"});
    catalogue.labels.insert({"Organization", "ResearchInstitute"});
    catalogue.labels.insert({"Organization", "Agency"});
    catalogue.types.insert({"참여", "MEMBER_OF"});
    catalogue.types.insert({"참여", "PARTICIPATES_IN"});
    for (const char* query : {"CREATE (n:기관)", "MERGE (n:기관)", "MATCH (n) SET n:기관", "CREATE (a)-[:참여]->(b)"}) {
        EXPECT_THAT(fault(query, catalogue), HasSubstr("stands for several names")) << query;
    }
    const auto created = bound("CREATE (n:Organization)", catalogue);
    EXPECT_EQ(clause<BoundCreate>(*created, 0).paths[0].nodes[0].labels.name, "Organization");
    const auto read = bound("MATCH (n:Organization) RETURN n", catalogue);
    EXPECT_EQ(clause<BoundMatch>(*read, 0).paths[0].nodes[0].labels.operands.size(), 3u);
}

TEST(Binder, NotesLabelsThatTheGraphDoesNotHave) {
    graph::Transaction transaction{graph::Graph()};
    transaction.label("Technopark");
    FakeCatalogue catalogue;
    catalogue.known = &transaction.graph();
    const auto statement = bound("MATCH (t:Tecnopark) RETURN t", catalogue);
    ASSERT_EQ(statement->notes.size(), 1u);
    EXPECT_THAT(statement->notes[0].message, HasSubstr("did you mean 'Technopark'?"));
    EXPECT_THAT(bound("MATCH (t:Technopark) RETURN t", catalogue)->notes, IsEmpty());
}

TEST(Binder, ReadsShowAsACallOfTheProcedureThatLists) {
    FakeCatalogue catalogue;
    catalogue.add_procedure("db.indexes(words :: ANY?) :: (name :: STRING, state :: STRING, type :: STRING)");
    EXPECT_THAT(bound("SHOW INDEXES YIELD type, name AS n", catalogue)->query->columns, ElementsAre("type", "n"));
    EXPECT_THAT(bound("SHOW INDEXES YIELD type WHERE type = 'TEXT' RETURN count(*) AS n", catalogue)->query->columns,
                ElementsAre("n"));
    EXPECT_THAT(fault("SHOW INDEXES YIELD nme", catalogue), HasSubstr("name, state, type"));
}

TEST(Binder, GuessesNames) {
    EXPECT_THAT(fault("MATCH (person) RETURN persn.name"), HasSubstr("1:23 variable 'persn' is not defined; did you mean 'person'?"));
    EXPECT_THAT(fault("RETURN toUper('a')"), HasSubstr("did you mean toUpper()?"));
    FakeCatalogue catalogue;
    catalogue.add_procedure("db.labels() :: (label :: STRING)");
    EXPECT_THAT(fault("CALL db.label()", catalogue), HasSubstr("did you mean db.labels?"));
    EXPECT_THAT(fault("CALL db.labels() YIELD lable RETURN 1", catalogue), HasSubstr("it has: label"));
}

TEST(Binder, FoldsLiteralListsAndMaps) {
    const auto statement = bound("RETURN [1, {a: [2, 'x']}, -3] AS list");
    const BoundExpr& list = *clause<BoundProjection>(*statement, 0).items[0].expr;
    EXPECT_EQ(list.kind, ExprKind::kLiteral);
    EXPECT_EQ(list.value.as_list().size(), 3u);
}

TEST(Binder, EvaluatesTheMiddleOfAComparisonOnce) {
    const auto simple = bound("WITH 2 AS x RETURN 1 < x < 3 AS r");
    EXPECT_EQ(clause<BoundProjection>(*simple, 1).items[0].expr->kind, ExprKind::kAnd);
    const auto composed = bound("RETURN 0 < rand() < 1 AS r");
    EXPECT_EQ(clause<BoundProjection>(*composed, 0).items[0].expr->kind, ExprKind::kReduce);
}

TEST(Binder, TakesParametersOfAStandaloneCallByName) {
    FakeCatalogue catalogue;
    catalogue.add_procedure("my.proc(name :: STRING?, id :: INTEGER?) :: (city :: STRING?)");
    const Parameters parameters{{"id", Value::integer(1)}, {"name", Value::string("x")}};
    const auto statement = bound("CALL my.proc", catalogue, parameters);
    EXPECT_THAT(statement->parameters, ElementsAre("id", "name"));
    EXPECT_THAT(statement->query->columns, ElementsAre("city"));
    EXPECT_TRUE(statement->uses_parameter_values);
    EXPECT_THAT(fault("CALL my.proc", catalogue), StartsWith("ParameterMissing/MissingParameter"));
}

TEST(Binder, FindsWhatTheTckDoesNotAskFor) {
    for (const auto& [query, start] : std::vector<std::pair<const char*, const char*>>{
             {"MATCH (n) RETURN COLLECT { MATCH (m) RETURN m, n }", "SyntaxError/InvalidClauseComposition"},
             {"MATCH p = shortestPath((a)-->(b)-->(c)) RETURN p", "SyntaxError/InvalidRelationshipPattern"},
             {"UNWIND [1] AS x LET x = 2 RETURN x", "SyntaxError/VariableAlreadyBound"},
             {"UNWIND [1] AS x UNWIND [2] AS x RETURN x", "SyntaxError/VariableAlreadyBound"},
             {"RETURN 'a' * 2", "SyntaxError/InvalidArgumentType"},
             {"RETURN substring('a')", "SyntaxError/InvalidNumberOfArguments"},
             {"RETURN toUpper(DISTINCT 'a')", "SyntaxError/UnexpectedSyntax"},
             {"CREATE (n:A|B)", "SyntaxError/UnexpectedSyntax"},
             {"CREATE (a)-[:R]->{2}(b)", "SyntaxError/CreatingVarLength"},
             {"MATCH (n) CALL (n) { MATCH (m) } RETURN n", "SyntaxError/InvalidClauseComposition"},
             {"MATCH (n) SET 1.x = 2", "SyntaxError/InvalidArgumentType"},
             {"WITH 1 AS n SET n.x = 2", "SyntaxError/InvalidArgumentType"},
             {"MATCH (n) RETURN n LIMIT $x + n.y", "SyntaxError/NonConstantExpression"},
             {"FOREACH (x IN 1 | CREATE ())", "SyntaxError/InvalidArgumentType"},
             {"FOREACH (x IN [1] | MATCH (n))", "SyntaxError/InvalidClauseComposition"},
         }) {
        EXPECT_THAT(fault(query), StartsWith(start)) << query;
    }
}

TEST(Binder, SpellsNextAndLetAsWith) {
    const auto statement = bound("UNWIND [1, 2] AS x RETURN x, x + 1 NEXT LET y = `x + 1` FILTER y > 2 RETURN *");
    EXPECT_THAT(statement->query->columns, ElementsAre("x", "x + 1", "y"));
    const auto both = bound("RETURN 1 AS x NEXT RETURN x AS y UNION RETURN x + 1 AS y");
    EXPECT_EQ(both->query->arms.size(), 2u);
}

}  // namespace
}  // namespace maek::query
