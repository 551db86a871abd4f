// `maek export` and `import`: what other programs read, and what comes back.
#include "tests/tools/program.h"

namespace maek::tools {
namespace {

using testing::HasSubstr;

class Exchange : public ProgramTest {
protected:
    Exchange() {
        make_store("CREATE (k:ResearchInstitute {name: '한국전기연구원', founded: 1976, score: 0.5, active: true, aliases: ['KERI', '전기연']}), "
                   "(a:Alliance {name: 'A & B <네트워크>'}), (k)-[:MEMBER_OF {date: '2020-11-20', evidence: ['\"그는\" 말했다']}]->(a), "
                   "(k)-[:LEADS]->(a), (k)-[:LEADS]->(a)");
    }
    std::string graph_of(const std::string& where) const {
        return done({"query", where, "MATCH (a)-[r]->(b) RETURN a.name AS a, labels(a) AS l, a.aliases AS n, a.founded AS f, a.score AS s, "
                                     "a.active AS t, type(r) AS r, r.date AS d, r.evidence AS e, b.name AS b ORDER BY r",
                     "--format", "csv"});
    }
};

TEST_F(Exchange, EveryFormatIsWrittenByItsEnding) {
    for (const char* name : {"g.graphml", "g.gexf", "g.json", "g.jsonl", "g.csv", "g.dot", "g.ttl"}) {
        done({"export", store(), "-o", path(name)});
        EXPECT_THAT(read(name), HasSubstr("한국전기연구원")) << name;
    }
}

TEST_F(Exchange, StdoutAndUnknownFormats) {
    EXPECT_THAT(done({"export", store(), "-o", "-", "--format", "jsonl"}), HasSubstr("한국전기연구원"));
    EXPECT_EQ(maek({"export", store(), "-o", path("g.docx")}).exit_code, 2);
    EXPECT_EQ(maek({"export", store(), "-o", path("g.graphml"), "--format", "docx"}).exit_code, 2);
    EXPECT_EQ(maek({"export", store(), "-o", path("g.graphml"), "--dialect", "klingon"}).exit_code, 2);
    EXPECT_FALSE(std::filesystem::exists(path("g.graphml")));
}

TEST_F(Exchange, AQueryExportsAPart) {
    done({"export", store(), "-o", path("part.jsonl"), "--query", "MATCH (a:Alliance) RETURN a"});
    EXPECT_THAT(read("part.jsonl"), testing::AllOf(HasSubstr("네트워크"), testing::Not(HasSubstr("한국전기연구원"))));
    EXPECT_EQ(maek({"export", store(), "-o", path("x.jsonl"), "--query", "RETURN 1"}).exit_code, 1);
}

TEST_F(Exchange, WhatIsExportedComesBackTheSame) {
    for (const char* name : {"g.graphml", "g.jsonl"}) {
        done({"export", store(), "-o", path(name)});
        const std::string copy = path(std::string("store-") + name);
        done({"import", copy, path(name)});
        EXPECT_EQ(graph_of(copy), graph_of(store())) << name;
    }
}

TEST_F(Exchange, CsvInAFolderComesBackToo) {
    std::filesystem::create_directories(path("csv"));
    done({"export", store(), "-o", path("csv")});
    done({"import", path("copy"), path("csv/nodes.csv"), path("csv/relationships.csv")});
    EXPECT_EQ(graph_of(path("copy")), graph_of(store()));
}

TEST_F(Exchange, Neo4jAdminHeadersAreUnderstood) {
    done({"import", path("csv"), file("nodes.csv", "id:ID,name,founded:int,:LABEL\n1,한국전기연구원,1976,ResearchInstitute\n2,네트워크,,Alliance\n"),
          file("edges.csv", ":START_ID,:END_ID,since:int,:TYPE\n1,2,2020,MEMBER_OF\n")});
    EXPECT_EQ(done({"query", path("csv"), "MATCH (a)-[r:MEMBER_OF]->(b) RETURN a.id AS i, a.name AS n, a.founded AS f, r.since AS s, b.id AS b", "--format", "csv"}),
              "i,n,f,s,b\n1,한국전기연구원,1976,2020,2\n");
}

TEST_F(Exchange, ABadFileLeavesNothingBehind) {
    const Outcome old = maek({"import", path("new"), file("old.csv", "id:ID,name,:LABEL\n1,\xC3\xA2\xC3\xA2,A\n2,\xC3\xA2\xBF\xF8,A\n")});
    EXPECT_EQ(old.exit_code, 1);
    EXPECT_THAT(old.err, HasSubstr("old.csv:3:5: bytes that are not UTF-8"));
    const Outcome missing = maek({"import", path("new"), path("none.graphml")});
    EXPECT_EQ(missing.exit_code, 1);
    EXPECT_THAT(missing.err, HasSubstr("none.graphml"));
    const Outcome bad = maek({"import", path("new"), file("bad.graphml", "<graphml><graph><node id='a'></graph>")});
    EXPECT_EQ(bad.exit_code, 1);
    EXPECT_THAT(bad.err, HasSubstr("bad.graphml"));
    EXPECT_FALSE(std::filesystem::exists(path("new")));
    const std::string before = graph_of(store());
    EXPECT_EQ(maek({"import", store(), file("bad.jsonl", "{\"type\": \"node\", \"id\": 1}\nnonsense\n")}).exit_code, 1);
    EXPECT_EQ(graph_of(store()), before);
}

TEST_F(Exchange, ImportAddsToWhatIsThere) {
    done({"export", store(), "-o", path("g.jsonl")});
    done({"import", store(), path("g.jsonl")});
    EXPECT_EQ(done({"query", store(), "MATCH (n) RETURN count(n) AS n", "--format", "csv"}), "n\n4\n");
}

TEST_F(Exchange, OpensInNetworkx) {
    if (run_program({"/usr/bin/python3", "-c", "import networkx"}).exit_code != 0) GTEST_SKIP() << "no python3-networkx here (tools/setup --readers)";
    done({"export", store(), "-o", path("g.graphml")});
    const Outcome outcome = run_program({"/usr/bin/python3", "-c",
                                         "import networkx, sys\n"
                                         "g = networkx.read_graphml(sys.argv[1])\n"
                                         "assert g.is_multigraph() and g.is_directed()\n"
                                         "print(sorted((d['name'], d['type']) for _, d in g.nodes(data=True)))\n"
                                         "print(sorted(d['type'] for _, _, d in g.edges(data=True)))",
                                         path("g.graphml")});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "[('A & B <네트워크>', 'Alliance'), ('한국전기연구원', 'ResearchInstitute')]\n['LEADS', 'LEADS', 'MEMBER_OF']\n");
}

TEST_F(Exchange, OpensInIgraph) {
    if (run_program({"/usr/bin/python3", "-c", "import igraph"}).exit_code != 0) GTEST_SKIP() << "no python3-igraph here (tools/setup --readers)";
    done({"export", store(), "-o", path("g.graphml")});
    const Outcome outcome = run_program({"/usr/bin/python3", "-W", "error", "-c",
                                         "import igraph, sys\n"
                                         "g = igraph.Graph.Read_GraphML(sys.argv[1])\n"
                                         "print(g.vcount(), g.ecount(), sorted(g.vs['name']), sorted(g.es['type']))",
                                         path("g.graphml")});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "2 3 ['A & B <네트워크>', '한국전기연구원'] ['LEADS', 'LEADS', 'MEMBER_OF']\n");
}

TEST_F(Exchange, OpensInGraphology) {
    const auto modules = project() / "build/readers/node_modules";
    if (!std::filesystem::exists(modules / "graphology-graphml")) GTEST_SKIP() << "no graphology here (tools/setup --readers)";
    done({"export", store(), "-o", path("g.graphml")});
    HowToRun how;
    how.environment["NODE_PATH"] = modules.string();
    const Outcome outcome = run_program({"node", "-e",
                                         "const {MultiDirectedGraph} = require('graphology');\n"
                                         "const graphml = require('graphology-graphml');\n"
                                         "const g = graphml.parse(MultiDirectedGraph, require('fs').readFileSync(process.argv[1], 'utf8'));\n"
                                         "console.log(g.order, g.size, g.mapNodes((n, a) => a.name).sort().join('|'), g.mapEdges((e, a) => a.type).sort().join('|'));",
                                         path("g.graphml")},
                                        how);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "2 3 A & B <네트워크>|한국전기연구원 LEADS|LEADS|MEMBER_OF\n");
}

}  // namespace
}  // namespace maek::tools
