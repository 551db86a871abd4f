// Our GraphML as others see it: networkx and igraph open every dialect with all nodes, edges, names
// and types. Skipped where Debian's python3-networkx or python3-igraph are not installed.
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "graph/io.h"

namespace maek::graph {
namespace {

Graph small_graph() {
    Transaction t{Graph()};
    const LabelId labels[] = {t.label("연구기관"), t.label("Organisation")};
    const KeyId name = t.key("name"), founded = t.key("founded"), spaced = t.key("two words"), id = t.key("id");
    const NodeId a = t.create_node(labels), b = t.create_node(std::span(labels, 1)), c = t.create_node(std::span(labels, 1));
    t.set_property(a, name, Value::string("한국전기연구원 <KERI> & \"친구\""));
    t.set_property(a, founded, Value::integer(1976));
    t.set_property(a, id, Value::integer(5));
    t.set_property(b, name, Value::string("창원\n강소특구\x01"));
    t.set_property(b, spaced, Value::list({Value::string("x"), Value::integer(2)}));
    t.set_property(c, name, Value::string("끝"));
    const RelId first = t.create_relationship(a, b, t.type("MEMBER_OF"));
    t.create_relationship(a, b, t.type("MEMBER_OF"));  // parallel
    t.create_relationship(b, b, t.type("참여"));       // a loop
    t.set_property(first, t.key("since"), Value::date({18'000}));
    t.set_property(first, t.key("amount"), Value::floating(1.5e9));
    return std::move(t).finish();
}

class Readers : public ::testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(Readers, SeeAllNodesEdgesNamesAndTypes) {
    const auto [reader, dialect] = GetParam();
    const auto path = std::filesystem::temp_directory_path() /
                      ("maek-readers-" + std::to_string(::getpid()) + "-" + dialect + ".graphml");
    ExportOptions options;
    options.dialect = *dialect_of_name(dialect);
    {
        std::ofstream out(path);
        ASSERT_TRUE(export_graph(small_graph(), FileFormat::kGraphMl, options, out).ok());
    }
    const std::string command = "PYTHONUTF8=1 /usr/bin/python3 '" MAEK_SOURCE_DIR "/tests/graph/read_graphml.py' " +
                                std::string(reader) + " '" + path.string() + "' 2>&1";
    FILE* pipe = ::popen(command.c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    std::string seen;
    char piece[4096];
    while (const std::size_t n = std::fread(piece, 1, sizeof piece, pipe)) seen.append(piece, n);
    const int status = ::pclose(pipe);
    std::filesystem::remove(path);
    if (WIFEXITED(status) && (WEXITSTATUS(status) == 77 || WEXITSTATUS(status) == 127)) {
        GTEST_SKIP() << "python3-" << reader << " is not installed";
    }
    EXPECT_NE(seen.find("3 3\n"), std::string::npos) << seen;
    EXPECT_NE(seen.find("끝|창원\n강소특구|한국전기연구원 <KERI> & \"친구\"\n"), std::string::npos) << seen;
    EXPECT_NE(seen.find("MEMBER_OF|MEMBER_OF|참여\n"), std::string::npos) << seen;
}

INSTANTIATE_TEST_SUITE_P(GraphMl, Readers,
                         ::testing::Combine(::testing::Values("networkx", "igraph"),
                                            ::testing::Values("universal", "gephi", "yed", "apoc", "tinkerpop")),
                         [](const auto& parameters) {
                             return std::string(std::get<0>(parameters.param)) + "_" + std::get<1>(parameters.param);
                         });

}  // namespace
}  // namespace maek::graph
