// Files: what is exported comes back, what others write is read, what is wrong is named.
#include "graph/io.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <unistd.h>

#include "graph/io/id_map.h"
#include "graph/io/value_text.h"
#include "tests/graph/random_graph.h"

namespace maek::graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Files : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("maek-graph-" + std::to_string(::getpid()) + "-" +
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path file(const std::string& name, std::string_view content) {
        std::ofstream(folder_ / name, std::ios::binary) << content;
        return folder_ / name;
    }
    Result<Graph> import(const std::vector<std::filesystem::path>& paths, ImportOptions options = {}) {
        BulkBuilder builder;
        auto summary = import_files(paths, options, builder);
        if (!summary) return std::move(summary).error();
        summary_ = *summary;
        return std::move(builder).finish();
    }
    static std::string exported(const Graph& graph, FileFormat format, const ExportOptions& options = {}) {
        std::ostringstream out;
        const auto result = export_graph(graph, format, options, out);
        EXPECT_TRUE(result.ok());
        return out.str();
    }
    static Value node(const Graph& graph, std::uint32_t id, const char* key) {
        const auto found = graph.keys().find(key);
        return found ? graph.node_property(NodeId{id}, *found) : Value::null();
    }
    static Value rel(const Graph& graph, std::uint32_t id, const char* key) {
        const auto found = graph.keys().find(key);
        return found ? graph.rel_property(RelId{id}, *found) : Value::null();
    }

    std::filesystem::path folder_;
    ImportSummary summary_;
};

// The same nodes and relationships whatever their ids: compared through the text of each.
std::multiset<std::string> lines_of(const Graph& graph, bool with_kinds) {
    const auto properties = [&](const std::vector<std::pair<KeyId, Value>>& values) {
        std::map<std::string, std::string> sorted;
        for (const auto& [key, value] : values) {
            std::string& text = sorted[std::string(graph.keys().name(key))];
            if (with_kinds) text = std::string(kind_name(value.kind())) + " ";
            append_plain(text, value);
        }
        std::string line;
        for (const auto& [key, text] : sorted) line += " " + key + "=" + text;
        return line;
    };
    const auto node_line = [&](NodeId id) {
        std::set<std::string> labels;
        for (const LabelId label : graph.labels_of(id)) labels.emplace(graph.labels().name(label));
        std::string line;
        for (const std::string& label : labels) line += ":" + label;
        return line + properties(graph.node_properties(id));
    };
    std::multiset<std::string> lines;
    for (std::uint32_t i = 0; i < graph.node_slots(); ++i) {
        if (graph.has_node(NodeId{i})) lines.insert(node_line(NodeId{i}));
    }
    for (std::uint32_t i = 0; i < graph.rel_slots(); ++i) {
        if (!graph.has_rel(RelId{i})) continue;
        const RelRecord r = graph.rel(RelId{i});
        lines.insert(node_line(r.source) + " -" + std::string(graph.types().name(r.type)) +
                     properties(graph.rel_properties(RelId{i})) + "-> " + node_line(r.target));
    }
    return lines;
}

TEST(ValueText, TemporalsReadBackWhatWasWritten) {
    const Value values[] = {
        Value::date({0}), Value::date({-719'528}), Value::date({18'586}), Value::date({-365'000'000}), Value::date({9'000'000}),
        Value::local_time({0}), Value::local_time({86'399'999'999'999}), Value::time({3'600'000'000'000, -12'600}),
        Value::local_date_time({-1, 1}), Value::local_date_time({1'605'830'400, 120'000'000}),
        Value::date_time({1'605'830'400, 5, 32'400, "Asia/Seoul"}), Value::date_time({0, 0, 0, ""}),
        Value::duration({14, -3, 5, 0}), Value::duration({0, 0, -3, 4}), Value::duration({0, 0, -1, 500'000'000}),
        Value::duration({0, 0, 0, 0})};
    for (const Value& value : values) {
        std::string text;
        append_temporal(text, value);
        const auto back = parse_temporal(value.kind(), text);
        ASSERT_TRUE(back.has_value()) << text;
        EXPECT_EQ(*back, value) << text;
    }
    std::string text;
    append_temporal(text, Value::date({18'586}));
    EXPECT_EQ(text, "2020-11-20");
    for (const char* wrong : {"2020-02-30", "2020-13-01", "20-01-01", "2020-01-01x", ""}) {
        EXPECT_FALSE(parse_temporal(ValueKind::kDate, wrong)) << wrong;
    }
}

TEST(IdMap, TellsIdsApartByHowTheyAreWritten) {
    IdMap ids;
    for (std::uint32_t i = 0; i < 5000; ++i) {
        ASSERT_TRUE(ids.insert(std::to_string(i * 7), NodeId{i}));
        ASSERT_TRUE(ids.insert("0" + std::to_string(i * 7), NodeId{i + 5000}));
    }
    EXPECT_FALSE(ids.insert("7", NodeId{99}));
    EXPECT_EQ(ids.find("7"), NodeId{1});
    EXPECT_EQ(ids.find("07"), NodeId{5001});
    EXPECT_EQ(ids.find(std::int64_t{14}), NodeId{2});
    EXPECT_FALSE(ids.find("x").valid());
}

TEST_F(Files, CsvGivesBackEveryKindOfValue) {
    const Graph graph = testing::random_graph(21, 300, 600);
    const auto back = import({file("all.csv", exported(graph, FileFormat::kCsv))});
    ASSERT_TRUE(back.ok()) << back.error().text();
    EXPECT_EQ(lines_of(*back, false), lines_of(graph, false));
}

TEST_F(Files, JsonLinesGivesBackEverything) {
    const Graph graph = testing::random_graph(22, 300, 600);
    const auto back = import({file("all.jsonl", exported(graph, FileFormat::kJsonLines))});
    ASSERT_TRUE(back.ok()) << back.error().text();
    EXPECT_EQ(lines_of(*back, false), lines_of(graph, false));
}

TEST_F(Files, GraphMlGivesBackEverythingInEveryDialect) {
    const Graph graph = testing::random_graph(23, 300, 600);
    for (const char* name : {"universal", "gephi", "yed", "apoc", "tinkerpop"}) {
        SCOPED_TRACE(name);
        ExportOptions options;
        options.dialect = *dialect_of_name(name);
        const auto back = import({file("all.graphml", exported(graph, FileFormat::kGraphMl, options))});
        ASSERT_TRUE(back.ok()) << back.error().text();
        if (std::string(name) == "tinkerpop") continue;  // one label a vertex there
        EXPECT_EQ(lines_of(*back, false), lines_of(graph, false));
    }
}

TEST_F(Files, GraphMlKeepsTheKindsOfColumnsOfOneKindAndAwkwardNames) {
    Transaction t{Graph()};
    const LabelId label = t.label("City");
    const NodeId a = t.create_node(std::span(&label, 1)), b = t.create_node(std::span(&label, 1));
    t.set_property(a, t.key("label"), Value::string("한 <글> & \"말\"\n\x01"));
    t.set_property(a, t.key("two words"), Value::integer(9007199254740993));
    t.set_property(a, t.key("two_words"), Value::boolean(true));
    t.set_property(a, t.key("day"), Value::date({5}));
    t.set_property(a, t.key("list"), Value::list({Value::integer(1), Value::floating(2.5)}));
    t.set_property(a, t.key("nan"), Value::floating(std::nan("")));
    t.set_property(b, t.key("nan"), Value::floating(-INFINITY));
    const RelId r = t.create_relationship(a, b, t.type("FUNDS"));
    t.set_property(r, t.key("type"), Value::string("grant"));
    t.set_property(r, t.key("weight"), Value::floating(0.5));
    const Graph graph = std::move(t).finish();
    const auto back = import({file("x.graphml", exported(graph, FileFormat::kGraphMl))});
    ASSERT_TRUE(back.ok()) << back.error().text();
    EXPECT_EQ(node(*back, 0, "label"), Value::string("한 <글> & \"말\"\n"));
    EXPECT_EQ(node(*back, 0, "two words"), Value::integer(9007199254740993));
    EXPECT_EQ(node(*back, 0, "two_words"), Value::boolean(true));
    EXPECT_EQ(node(*back, 0, "day"), Value::date({5}));
    EXPECT_EQ(node(*back, 0, "list"), Value::list({Value::integer(1), Value::floating(2.5)}));
    EXPECT_TRUE(std::isnan(node(*back, 0, "nan").as_float()));
    EXPECT_EQ(node(*back, 1, "nan"), Value::floating(-INFINITY));
    EXPECT_EQ(rel(*back, 0, "type"), Value::string("grant"));
    EXPECT_EQ(rel(*back, 0, "weight"), Value::floating(0.5));
    EXPECT_EQ(back->types().name(back->rel(RelId{0}).type), "FUNDS");
}

TEST_F(Files, GraphMlOfOtherProgramsIsRead) {
    const auto graph = import({file("foreign.graphml", R"(<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key id="d0" for="node" attr.name="weight" attr.type="double"><default>1.5</default></key>
<key id="d1" for="node" yfiles.type="nodegraphics"/>
<key id="d2" for="edge" attr.name="since" attr.type="int"/>
<graph edgedefault="undirected">
<edge source="x" target="y"><data key="d2">2020</data></edge>
<node id="x" labels=":A:B"><data key="d0">2</data></node>
<node id="y"><data key="d1"><y:ShapeNode><y:Geometry h="1"/><y:NodeLabel>이름</y:NodeLabel></y:ShapeNode></data></node>
<edge source="y" target="x" label="KNOWS"/>
</graph></graphml>)")});
    ASSERT_TRUE(graph.ok()) << graph.error().text();
    EXPECT_EQ(graph->labels_of(NodeId{0}).size(), 2u);
    EXPECT_EQ(node(*graph, 0, "weight"), Value::floating(2));
    EXPECT_EQ(node(*graph, 1, "name"), Value::string("이름"));
    EXPECT_EQ(graph->types().name(graph->rel(RelId{0}).type), "KNOWS");
    EXPECT_EQ(graph->types().name(graph->rel(RelId{1}).type), "RELATED_TO");
    EXPECT_EQ(rel(*graph, 1, "since"), Value::integer(2020));
    EXPECT_THAT(summary_.warnings, ElementsAre(HasSubstr("undirected")));
}

TEST_F(Files, BrokenGraphMlIsNamedByLineAndColumn) {
    const auto doctype = import({file("a.graphml", "<?xml version=\"1.0\"?>\n<!DOCTYPE graphml [<!ENTITY a \"b\">]>\n<graphml/>")});
    ASSERT_FALSE(doctype.ok());
    EXPECT_THAT(doctype.error().message, HasSubstr("document type"));
    EXPECT_EQ(doctype.error().where.line, 2u);
    const auto cut = import({file("b.graphml", "<graphml><graph><node id=\"1\">")});
    ASSERT_FALSE(cut.ok());
    EXPECT_EQ(cut.error().code, ErrorCode::kFormat);
    const auto dangling = import({file("c.graphml", "<graphml><graph>\n<node id=\"1\"/>\n<edge source=\"1\" target=\"2\"/></graph></graphml>")});
    ASSERT_FALSE(dangling.ok());
    EXPECT_THAT(dangling.error().text(), HasSubstr("c.graphml:3"));
    EXPECT_FALSE(import({file("d.graphml", "")}).ok());
    EXPECT_FALSE(import({file("e.graphml", "<html/>")}).ok());
    std::string deep = "<graphml>";
    for (int i = 0; i < 100'000; ++i) deep += "<graph>";
    EXPECT_FALSE(import({file("f.graphml", deep)}).ok());
}

TEST_F(Files, Neo4jAdminCsvIsReadWithTypesListsAndIdSpaces) {
    const auto graph = import(
        {file("rel.csv", ":START_ID(P),:END_ID(C),:TYPE,since:int\n1,x,LIVES_IN,2001\n2,x,LIVES_IN,\n"),
         file("person.csv", "\xEF\xBB\xBFid:ID(P),name,tags:string[],born:date,score:double,ok:boolean,skip:IGNORE,:LABEL\r\n"
                            "1,\"김, \"\"하늘\"\"\",a;b,1990-01-02,1.5,true,zzz,Person;Human\r\n"
                            "2,\"두\n줄\",,,,false,,Person\r\n"),
         file("city.csv", "code:ID(C),name:string,:LABEL\nx,\"\",City\n")});
    ASSERT_TRUE(graph.ok()) << graph.error().text();
    EXPECT_EQ(node(*graph, 0, "id"), Value::integer(1));
    EXPECT_EQ(node(*graph, 0, "name"), Value::string("김, \"하늘\""));
    EXPECT_EQ(node(*graph, 0, "tags"), Value::list({Value::string("a"), Value::string("b")}));
    EXPECT_EQ(node(*graph, 0, "born"), *parse_temporal(ValueKind::kDate, "1990-01-02"));
    EXPECT_EQ(node(*graph, 0, "score"), Value::floating(1.5));
    EXPECT_EQ(node(*graph, 0, "ok"), Value::boolean(true));
    EXPECT_TRUE(node(*graph, 0, "skip").is_null());
    EXPECT_EQ(graph->labels_of(NodeId{0}).size(), 2u);
    EXPECT_EQ(node(*graph, 1, "name"), Value::string("두\n줄"));
    EXPECT_TRUE(node(*graph, 1, "tags").is_null());
    EXPECT_EQ(node(*graph, 2, "code"), Value::string("x"));
    EXPECT_EQ(node(*graph, 2, "name"), Value::string(""));
    EXPECT_EQ(graph->rel(RelId{1}).target, NodeId{2});
    EXPECT_EQ(rel(*graph, 0, "since"), Value::integer(2001));
    EXPECT_TRUE(rel(*graph, 1, "since").is_null());
}

TEST_F(Files, AnIdPropertyIsTextAsSoonAsOneIdIsNoInteger) {
    const auto graph = import({file("a.csv", "id:ID,:LABEL\n1,A\n2,A\nx3,A\n4,A\n")});
    ASSERT_TRUE(graph.ok());
    EXPECT_EQ(node(*graph, 0, "id"), Value::string("1"));
    EXPECT_EQ(node(*graph, 3, "id"), Value::string("4"));
}

TEST_F(Files, WrongCsvIsNamedByFileLineAndColumn) {
    const auto where = [](const Result<Graph>& result) { return result.ok() ? "fine" : result.error().text(); };
    EXPECT_THAT(where(import({file("a.csv", "id:ID,n:int\n1,2\n가나,x\n")})), HasSubstr("a.csv:3:4"));
    EXPECT_THAT(where(import({file("b.csv", "id:ID\n1\n1\n")})), HasSubstr("b.csv:3:1"));
    EXPECT_THAT(where(import({file("c.csv", "id:ID\n1,2\n")})), HasSubstr("2 fields"));
    EXPECT_THAT(where(import({file("d.csv", "id:ID,name\n1,\"open\n\n")})), HasSubstr("d.csv:2:3"));
    EXPECT_THAT(where(import({file("e.csv", "id:ID,n:whole\n1,2\n")})), HasSubstr("`whole`"));
    EXPECT_THAT(where(import({file("f.csv", "id:ID\n1\n"), file("g.csv", ":START_ID,:END_ID,:TYPE\n1,2,T\n")})),
                HasSubstr("there is no node with id `2`"));
    EXPECT_THAT(where(import({file("h.csv", ":START_ID,:TYPE\n1,T\n")})), HasSubstr(":END_ID"));
    EXPECT_EQ(import({folder_ / "none.csv"}).error().code, ErrorCode::kNotFound);
    EXPECT_FALSE(import({file("i.txt", "")}).ok());
    EXPECT_TRUE(import({file("j.csv", "")}).ok());
}

TEST_F(Files, JsonLinesOfOthersAreReadInAnyOrder) {
    const auto graph = import({file("edges.jsonl", "{\"type\":\"FUNDS\",\"from\":1,\"to\":2,\"properties\":{\"amount\":5}}\n"),
                               file("nodes.jsonl", "{\"id\":1,\"label\":\"City\",\"properties\":{\"name\":\"창원\",\"list\":[1,2],\"map\":{\"a\":{\"b\":1}}}}\n"
                                                   "\n{\"id\":2,\"label\":\"Agency\",\"properties\":{\"x\":null}}\n"),
                               file("apoc.jsonl", "{\"type\":\"relationship\",\"id\":\"0\",\"label\":\"KNOWS\",\"start\":{\"id\":\"10\",\"labels\":[\"P\"]},\"end\":{\"id\":\"11\"}}\n"
                                                  "{\"type\":\"node\",\"id\":\"10\",\"labels\":[\"P\",\"Q\"],\"properties\":{\"f\":1.0}}\n"
                                                  "{\"type\":\"node\",\"id\":\"11\",\"labels\":[\"P\"]}\n")});
    ASSERT_TRUE(graph.ok()) << graph.error().text();
    EXPECT_EQ(graph->node_count(), 4u);
    EXPECT_EQ(graph->rel_count(), 2u);
    EXPECT_EQ(node(*graph, 0, "id"), Value::integer(1));
    EXPECT_EQ(node(*graph, 0, "list"), Value::list({Value::integer(1), Value::integer(2)}));
    EXPECT_EQ(node(*graph, 0, "map"), Value::string("{\"a\":{\"b\":1}}"));
    EXPECT_TRUE(node(*graph, 2, "id").is_null());
    EXPECT_EQ(node(*graph, 2, "f"), Value::floating(1.0));
    EXPECT_EQ(rel(*graph, 0, "amount"), Value::integer(5));
    EXPECT_TRUE(graph->types().find("KNOWS").has_value());
}

TEST_F(Files, WrongJsonLinesAreNamedByLineAndColumn) {
    const auto broken = import({file("a.jsonl", "{\"id\":1}\n{\"id\":2,}\n")});
    ASSERT_FALSE(broken.ok());
    EXPECT_EQ(broken.error().where.line, 2u);
    EXPECT_GT(broken.error().where.column, 1u);
    EXPECT_FALSE(import({file("b.jsonl", "[1,2]\n")}).ok());
    EXPECT_FALSE(import({file("c.jsonl", "7\n")}).ok());
    EXPECT_FALSE(import({file("d.jsonl", "{\"type\":\"T\",\"from\":1,\"to\":2}\n")}).ok());
    const std::string deep = "{\"id\":1,\"properties\":{\"a\":" + std::string(100'000, '[') + "}}\n";
    EXPECT_FALSE(import({file("e.jsonl", deep)}).ok());
}

TEST_F(Files, ASelectionExportsOnlyItsPart) {
    const Graph graph = testing::random_graph(24, 50, 400);
    ExportOptions options;
    options.nodes = std::vector{NodeId{3}, NodeId{1}, NodeId{2}, NodeId{3}};
    const auto back = import({file("part.jsonl", exported(graph, FileFormat::kJsonLines, options))});
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->node_count(), 3u);
    options.nodes.reset();
    options.relationships = std::vector{RelId{1}};
    const auto one = import({file("one.jsonl", exported(graph, FileFormat::kJsonLines, options))});
    ASSERT_TRUE(one.ok());
    EXPECT_EQ(one->rel_count(), graph.has_rel(RelId{1}) ? 1u : 0u);
}

TEST_F(Files, TheOtherFormatsAreWellFormedAtAGlance) {
    Transaction t{Graph()};
    const LabelId label = t.label("기관");
    const NodeId a = t.create_node(std::span(&label, 1)), b = t.create_node({});
    t.set_property(a, t.key("name"), Value::string("\"창원\" <시>"));
    t.create_relationship(a, b, t.type("FUNDS"));
    const Graph graph = std::move(t).finish();
    EXPECT_THAT(exported(graph, FileFormat::kDot), HasSubstr("n0 [label=\"\\\"창원\\\" <시>\", class=\"기관\"];"));
    EXPECT_THAT(exported(graph, FileFormat::kDot), HasSubstr("n0 -> n1 [label=\"FUNDS\"];"));
    EXPECT_THAT(exported(graph, FileFormat::kGexf), HasSubstr("label=\"&quot;창원&quot; &lt;시&gt;\""));
    EXPECT_THAT(exported(graph, FileFormat::kTurtle), HasSubstr("<urn:maek:node/0> <urn:maek:type/FUNDS> <urn:maek:node/1> ."));
    EXPECT_THAT(exported(graph, FileFormat::kJson), HasSubstr("\"source\":0,\"target\":1"));
}

TEST_F(Files, AStreamThatFailsIsAnError) {
    std::ofstream full("/dev/full");
    const auto result = export_graph(testing::random_graph(1, 100, 100), FileFormat::kJsonLines, {}, full);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, ErrorCode::kIo);
}

TEST_F(Files, ImportsStopWhenAskedToAndAtTheMemoryLimit) {
    std::string rows = "id:ID,name\n";
    for (int i = 0; i < 200'000; ++i) rows += std::to_string(i) + ",name " + std::to_string(i) + "\n";
    const auto path = file("many.csv", rows);
    ImportOptions options;
    options.progress = [](const ImportProgress& p) { return p.nodes < 100'000; };
    EXPECT_EQ(import({path}, options).error().code, ErrorCode::kCancelled);
    options.progress = nullptr;
    options.memory_limit = 1'000'000;
    EXPECT_EQ(import({path}, options).error().code, ErrorCode::kLimit);
}

TEST_F(Files, ALargeImportTakesSeconds) {
    std::string nodes = "id:ID,name,founded:int,:LABEL\n", rels = ":START_ID,:END_ID,amount:long,year:int,:TYPE\n";
    for (int i = 0; i < 20'000; ++i) {
        nodes += std::to_string(i) + ",company number " + std::to_string(i) + "," + std::to_string(1950 + i % 70) + ",Company\n";
    }
    std::uint64_t x = 1;
    for (int i = 0; i < 200'000; ++i) {
        x = x * 6364136223846793005u + 1442695040888963407u;
        rels += std::to_string((x >> 33) % 20'000) + "," + std::to_string((x >> 13) % 20'000) + "," +
                std::to_string(i * 1000LL) + "," + std::to_string(2000 + i % 20) + (i % 2 ? ",FUNDS\n" : ",PARTNERS_WITH\n");
    }
    const auto node_file = file("nodes.csv", nodes), rel_file = file("rels.csv", rels);
    const auto start = std::chrono::steady_clock::now();
    const auto graph = import({rel_file, node_file});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    ASSERT_TRUE(graph.ok()) << graph.error().text();
    EXPECT_EQ(graph->rel_count(), 200'000u);
    std::ostringstream out;
    const auto before = std::chrono::steady_clock::now();
    ASSERT_TRUE(export_graph(*graph, FileFormat::kGraphMl, {}, out).ok());
    const std::chrono::duration<double> wrote = std::chrono::steady_clock::now() - before;
    std::printf("CSV import of 20k nodes, 200k relationships: %.2f s; GraphML export %.0f MB/s\n", took.count(),
                static_cast<double>(out.str().size()) / 1e6 / wrote.count());
    EXPECT_LT(took.count(), 60.0);
}

}  // namespace
}  // namespace maek::graph
