// Statements that take very long on the graph of build_long_graph(), one for each kind of work that
// could forget to ask whether it is to stop. Shared by the test of cancellation and its bench.
#pragma once

#include <string>
#include <vector>

namespace maek::query::test {

struct LongStatement {
    const char* work;  // what runs long
    std::string text;
};

// A clique of 60 people, a chain of 20,000 and a star of 50,000.
inline std::vector<std::string> long_graph() {
    return {
        "UNWIND range(1, 60) AS i CREATE (:Clique {n: i})",
        "MATCH (a:Clique), (b:Clique) WHERE a.n < b.n CREATE (a)-[:K {w: a.n * b.n % 7}]->(b)",
        "UNWIND range(0, 20000) AS i CREATE (:Chain {n: i, t: 'text ' + toString(i * 7919 % 20011)})",
        "CREATE RANGE INDEX FOR (c:Chain) ON (c.n)",
        "MATCH (a:Chain) MATCH (b:Chain {n: a.n + 1}) CREATE (a)-[:NEXT]->(b)",
        "CREATE (h:Hub) WITH h UNWIND range(1, 50000) AS i CREATE (h)-[:SPOKE]->(:Leaf {n: i})",
    };
}

inline std::vector<LongStatement> long_statements() {
    return {
        {"scan", "MATCH (a:Leaf), (b:Leaf), (c:Leaf) WHERE a.n + b.n + c.n < 0 RETURN count(*)"},
        {"expand", "MATCH (a:Leaf)<--(h)-->(b)<--(h2)-->(c) WHERE a.n + b.n + c.n < 0 RETURN count(*)"},
        {"count", "MATCH (a:Leaf)<--(h)-->(b) MATCH (x:Leaf)<--(y)-->(z) RETURN count(*)"},
        {"trails", "MATCH p = (a:Clique)-[:K*]-(b:Clique) WHERE length(p) < 0 RETURN count(*)"},
        {"quantified path", "MATCH (a:Clique) ((x)-[:K]-(y) WHERE x.n <> y.n){3,9} (b) RETURN count(*)"},
        {"shortest path with a condition",
         "MATCH p = shortestPath((a:Clique {n: 1})-[:K*]-(b:Clique {n: 2})) WHERE length(p) > 58 RETURN length(p)"},
        {"shortest paths of every pair",
         "MATCH p = ANY SHORTEST (a:Chain)-[:NEXT]->+(b:Chain) RETURN sum(length(p))"},
        {"all shortest", "MATCH p = ALL SHORTEST (a:Clique)-[:K]-{5,}(b:Clique) RETURN count(*)"},
        {"distinct ends", "MATCH (a:Chain)-[:NEXT*]->(b) RETURN count(DISTINCT b)"},
        {"sort", "MATCH (a:Chain), (b:Chain) WITH a.t AS t, b.n AS n ORDER BY t, n DESC RETURN collect(n)[0]"},
        {"top", "MATCH (a:Leaf), (b:Leaf) RETURN a.n, b.n ORDER BY b.n - a.n, a.n LIMIT 3"},
        {"aggregate", "MATCH (a:Leaf), (b:Leaf) RETURN a.n % 7 AS k, sum(b.n), avg(b.n), collect(DISTINCT b.n % 5)"},
        {"distinct", "MATCH (a:Leaf), (b:Leaf) WITH DISTINCT a.n + b.n AS s RETURN count(s)"},
        {"regular expression",
         "MATCH (a:Chain), (b:Chain) WHERE (a.t + b.t) =~ '(.*e){3}.*[0-9]x' RETURN count(*)"},
        {"texts", "MATCH (a:Chain), (b:Chain) WHERE toUpper(a.t) + replace(b.t, 'e', 'ee') CONTAINS 'zz' RETURN count(*)"},
        {"comprehension", "RETURN size([x IN range(1, 100000) WHERE any(y IN range(1, 10000) WHERE x * y < 0)]) AS n"},
        {"reduce", "RETURN reduce(s = 0, x IN range(1, 10000000) | s + reduce(t = 0, y IN [1, 2, 3] | t + y)) AS n"},
        {"subquery", "MATCH (a:Chain) RETURN count(CASE WHEN EXISTS { MATCH (b:Chain) WHERE b.t + a.t = 'x' } THEN 1 END)"},
        {"CALL", "MATCH (a:Chain) CALL (a) { MATCH (b:Chain) WHERE b.t > a.t RETURN count(b) AS c } RETURN sum(c)"},
        {"optional", "MATCH (a:Chain) OPTIONAL MATCH (b:Chain) WHERE b.t + a.t = 'x' RETURN count(b)"},
        {"join by value", "MATCH (a:Leaf), (b:Leaf) WHERE a.n % 3 = b.n % 3 AND a.n + b.n < 0 RETURN count(*)"},
        {"unwind", "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y WITH x * y AS z WHERE z < 0 RETURN count(z)"},
        {"create", "UNWIND range(1, 3000) AS x UNWIND range(1, 3000) AS y CREATE (:New {x: x})"},
        {"set", "UNWIND range(1, 1000) AS x MATCH (a:Chain) SET a.n = a.n + 1"},
        {"merge", "UNWIND range(1, 3000) AS x MATCH (a:Leaf) WHERE a.n < 300 MERGE (b:Made {n: x * a.n})"},
        {"for each", "UNWIND range(1, 3000) AS x FOREACH (y IN range(1, 3000) | CREATE (:New {x: y}))"},
        {"delete", "UNWIND range(1, 3000) AS x UNWIND range(1, 3000) AS y CREATE (n:New) DELETE n"},
        {"betweenness", "CALL algo.betweenness({}) YIELD node, score RETURN sum(score)"},
        {"closeness", "CALL algo.closeness({}) YIELD node, score RETURN sum(score)"},
        {"similarity", "UNWIND range(1, 1000) AS x CALL algo.similarity({}) YIELD similarity RETURN count(*)"},
        {"pagerank", "UNWIND range(1, 1000) AS x CALL algo.pagerank({}) YIELD node, score RETURN sum(score)"},
        {"search", "UNWIND range(1, 100000) AS x CALL search.nodes('text', {limit: 1000}) YIELD node, score RETURN count(*)"},
    };
}

}  // namespace maek::query::test
