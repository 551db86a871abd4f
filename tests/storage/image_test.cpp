// The image is a shortcut only: with it, without it, with a damaged or stale one, the same graph.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>

#include "storage/store.h"
#include "tests/storage/store_tools.h"
#include "tests/temp_folder.h"

namespace maek::storage {
namespace {

namespace fs = std::filesystem;
using namespace test;

void fill(const fs::path& path, int nodes) {
    auto store = open_store(path, {.create = true});
    auto writing = store->begin_write();
    auto& graph = writing->graph();
    const std::vector<LabelId> labels = {graph.label("City")};
    const KeyId name = graph.key("name");
    const TypeId next = graph.type("NEXT");
    NodeId before;
    for (int i = 0; i < nodes; ++i) {
        const NodeId node = graph.create_node(labels);
        graph.set_property(node, name, Value::string("city " + std::to_string(i)));
        if (before.valid()) graph.create_relationship(before, node, next);
        before = node;
    }
    ASSERT_TRUE(std::move(*writing).commit().ok());
    ASSERT_TRUE(store->close().ok());
}

void touch(const fs::path& path, std::uint32_t node, std::string_view name) {
    auto store = open_store(path);
    auto writing = store->begin_write();
    writing->graph().set_property(NodeId{node}, writing->graph().key("name"), Value::string(name));
    ASSERT_TRUE(std::move(*writing).commit().ok());
    ASSERT_TRUE(store->close().ok());
}

TEST(Image, IsWrittenWhenMuchChangedAndNotForALittle) {
    TempFolder temp;
    fill(temp / "small", 10);
    EXPECT_FALSE(fs::exists(temp / "small/image"));
    fill(temp / "large", 2000);
    ASSERT_TRUE(fs::exists(temp / "large/image"));
    const auto written = fs::last_write_time(temp / "large/image");
    touch(temp / "large", 5, "changed");
    EXPECT_EQ(fs::last_write_time(temp / "large/image"), written);
    EXPECT_THAT(dump(*open_store(temp / "large")), testing::HasSubstr("changed"));
}

TEST(Image, GivesTheSameGraphAsTheRecords) {
    TempFolder temp;
    fill(temp / "s", 2000);
    touch(temp / "s", 5, "changed");
    const std::string with = dump(*open_store(temp / "s"));
    fs::remove(temp / "s/image");
    EXPECT_EQ(dump(*open_store(temp / "s")), with);
}

TEST(Image, IsReplacedFromTheRecordsWhenDamaged) {
    TempFolder temp;
    fill(temp / "s", 2000);
    const std::string right = dump(*open_store(temp / "s"));
    const auto size = fs::file_size(temp / "s/image");
    std::mt19937 random(3);
    for (int i = 0; i < 40; ++i) {
        const std::string before = read_bytes(temp / "s/image");
        flip_bit(temp / "s/image", random() % size, random() % 8);
        EXPECT_EQ(dump(*open_store(temp / "s", {.read_only = true})), right) << i;
        write_bytes(temp / "s/image", before);
    }
    fs::resize_file(temp / "s/image", size / 2);
    auto store = open_store(temp / "s");
    EXPECT_EQ(dump(*store), right);
    const auto findings = store->check();
    ASSERT_TRUE(findings.ok());
    ASSERT_EQ(findings->size(), 1u);
    EXPECT_THAT(findings->front().where, testing::HasSubstr("image"));
}

TEST(Image, OfAnotherStoreOrTimeIsNotUsed) {
    TempFolder temp;
    fill(temp / "a", 2000);
    fill(temp / "b", 3000);
    fs::copy_file(temp / "a/image", temp / "old");
    fs::copy_file(temp / "b/image", temp / "a/image", fs::copy_options::overwrite_existing);
    EXPECT_EQ(open_store(temp / "a")->snapshot().node_count(), 2000u);
    for (std::uint32_t i = 0; i < 600; ++i) {  // enough for a new image
        auto store = open_store(temp / "b", {.create = true});
        if (i > 0) break;
        auto writing = store->begin_write();
        for (std::uint32_t n = 0; n < 600; ++n)
            writing->graph().set_property(NodeId{n}, writing->graph().key("name"), Value::string("new"));
        ASSERT_TRUE(std::move(*writing).commit().ok());
    }
    const std::string right = dump(*open_store(temp / "b"));
    fs::copy_file(temp / "old", temp / "b/image", fs::copy_options::overwrite_existing);
    EXPECT_EQ(dump(*open_store(temp / "b")), right);
}

TEST(BulkLoad, FillsAnEmptyStoreAndSurvivesReopening) {
    TempFolder temp;
    graph::Graph graph = random_graph(5000, 20000, 11);
    const std::string right = dump(graph);
    {
        auto store = open_store(temp / "s", {.create = true});
        const auto done = store->bulk_load(graph);
        ASSERT_TRUE(done.ok()) << done.error().text();
        EXPECT_EQ(dump(*store), right);
    }
    EXPECT_FALSE(fs::exists(temp / "s/load"));
    {
        auto store = open_store(temp / "s");
        EXPECT_EQ(dump(*store), right);
        const auto findings = store->check();
        ASSERT_TRUE(findings.ok());
        EXPECT_TRUE(findings->empty()) << findings->front().where << findings->front().message;
        EXPECT_EQ(store->bulk_load(graph).error().code, ErrorCode::kUsage);
    }
    fs::remove(temp / "s/image");
    EXPECT_EQ(dump(*open_store(temp / "s")), right);
}

TEST(Backup, IsAWholeStoreOfTheMomentItWasMade) {
    TempFolder temp;
    fill(temp / "s", 100);
    auto store = open_store(temp / "s");
    const std::string right = dump(*store);
    const auto done = store->backup(temp / "copy");
    ASSERT_TRUE(done.ok()) << done.error().text();
    ASSERT_TRUE(store->close().ok());
    touch(temp / "s", 1, "later");
    const auto restored = Store::restore(temp / "copy", temp / "restored");
    ASSERT_TRUE(restored.ok()) << restored.error().text();
    EXPECT_EQ(dump(*open_store(temp / "restored")), right);
    EXPECT_EQ(Store::restore(temp / "copy", temp / "restored").error().code, ErrorCode::kUsage);
}

TEST(Backup, OfAReaderBesideAWriter) {
    TempFolder temp;
    fill(temp / "s", 3000);
    auto writer = open_store(temp / "s");
    auto reader = open_store(temp / "s", {.read_only = true});
    const auto done = reader->backup(temp / "copy");
    ASSERT_TRUE(done.ok()) << done.error().text();
    EXPECT_EQ(dump(*open_store(temp / "copy")), dump(*writer));
}

TEST(Backup, RefusesADamagedSource) {
    TempFolder temp;
    fill(temp / "s", 100);
    ASSERT_TRUE(open_store(temp / "s")->backup(temp / "copy").ok());
    for (const auto& entry : fs::directory_iterator(temp / "copy/rocks"))
        if (entry.path().extension() == ".sst") flip_bit(entry.path(), fs::file_size(entry.path()) / 3, 1);
    EXPECT_EQ(Store::restore(temp / "copy", temp / "restored").error().code, ErrorCode::kStoreDamaged);
}

}  // namespace
}  // namespace maek::storage
