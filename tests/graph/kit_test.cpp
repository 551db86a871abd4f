// The bench kit's graph of scale S through both of its forms: neo4j-admin CSV and JSON Lines give the
// same graph. Skipped where the kit (MAEK_SHARED, default ../shared) or python3 is absent.
#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "graph/algorithms.h"
#include "graph/io.h"

namespace maek::graph {
namespace {

Graph import_folder(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    BulkBuilder builder;
    const auto summary = import_files(files, {}, builder);
    EXPECT_TRUE(summary.ok()) << summary.error().text();
    return std::move(builder).finish();
}

TEST(BenchKit, CsvAndJsonLinesGiveTheSameGraph) {
    const char* shared = std::getenv("MAEK_SHARED");
    const std::filesystem::path kit = std::filesystem::path(shared ? shared : MAEK_SOURCE_DIR "/../shared") / "bench/gen_graph.py";
    if (!std::filesystem::exists(kit)) GTEST_SKIP() << kit << " is not there";
    const auto folder = std::filesystem::temp_directory_path() / ("maek-kit-" + std::to_string(::getpid()));
    const std::string command = "python3 '" + kit.string() + "' --scale S --format neo4j,jsonl --out '" + folder.string() + "' >/dev/null";
    if (std::system(command.c_str()) != 0) GTEST_SKIP() << "python3 is not there";
    const Graph csv = import_folder(folder / "neo4j"), jsonl = import_folder(folder / "jsonl");
    std::filesystem::remove_all(folder);
    EXPECT_EQ(csv.node_count(), 10'000u);
    EXPECT_EQ(csv.rel_count(), 49'999u);
    ASSERT_EQ(jsonl.node_count(), csv.node_count());
    ASSERT_EQ(jsonl.rel_count(), csv.rel_count());
    const auto id = *csv.keys().find("id"), name = *csv.keys().find("name"), other_name = *jsonl.keys().find("name");
    const auto company = *csv.labels().find("Company"), other_company = *jsonl.labels().find("Company");
    EXPECT_EQ(csv.label_count(company), jsonl.label_count(other_company));
    std::size_t compared = 0;
    for (std::uint32_t i = 0; i < csv.node_slots(); i += 7) {
        if (!csv.has_label(NodeId{i}, company)) continue;
        const Value wanted = csv.node_property(NodeId{i}, id);
        ASSERT_TRUE(wanted.is(ValueKind::kInteger));
        const auto found = jsonl.find_equal(other_company, *jsonl.keys().find("id"), wanted);
        ASSERT_EQ(found.size(), 1u);
        EXPECT_EQ(jsonl.node_property(found[0], other_name), csv.node_property(NodeId{i}, name));
        EXPECT_EQ(jsonl.degree(found[0], Direction::kOut), csv.degree(NodeId{i}, Direction::kOut));
        ++compared;
    }
    EXPECT_GT(compared, 500u);
    EXPECT_EQ(triangles(*Projection::make(csv, {}))->total, triangles(*Projection::make(jsonl, {}))->total);
}

}  // namespace
}  // namespace maek::graph
