// A store keeps what was committed, gives it back after reopening, and says clearly why not.
#include "storage/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <ctime>
#include <fstream>

#include "tests/temp_folder.h"

namespace maek::storage {
namespace {

namespace fs = std::filesystem;
using test::TempFolder;

std::unique_ptr<Store> open_store(const fs::path& path, OpenOptions options = {.create = true}) {
    auto store = Store::open(path, options);
    EXPECT_TRUE(store.ok()) << store.error().text();
    return store ? std::move(store).value() : nullptr;
}

ErrorCode open_error(const fs::path& path, OpenOptions options = {}) {
    auto store = Store::open(path, options);
    EXPECT_FALSE(store.ok());
    return store ? ErrorCode::kInternal : store.error().code;
}

// (:City {name}) and, when there is one before, (before)-[:NEXT {n}]->(city).
NodeId add_city(Store& store, std::string_view name, NodeId before = {}) {
    auto writing = store.begin_write();
    EXPECT_TRUE(writing.ok());
    auto& graph = writing->graph();
    const std::vector<LabelId> labels = {graph.label("City")};
    const NodeId city = graph.create_node(labels);
    graph.set_property(city, graph.key("name"), Value::string(name));
    if (before.valid()) {
        const RelId rel = graph.create_relationship(before, city, graph.type("NEXT"));
        graph.set_property(rel, graph.key("n"), Value::integer(city.value));
    }
    const auto done = std::move(*writing).commit();
    EXPECT_TRUE(done.ok()) << done.error().text();
    return city;
}

Value name_of(const graph::Graph& graph, NodeId id) {
    return graph.node_property(id, *graph.keys().find("name"));
}

TEST(Store, KeepsNodesAndRelationshipsAcrossReopening) {
    TempFolder temp;
    {
        auto store = open_store(temp / "s");
        const NodeId incheon = add_city(*store, "인천광역시");
        add_city(*store, "창원시", incheon);
        EXPECT_EQ(store->snapshot().node_count(), 2u);
        ASSERT_TRUE(store->close().ok());
    }
    auto store = open_store(temp / "s", {});
    const graph::Graph graph = store->snapshot();
    EXPECT_EQ(graph.node_count(), 2u);
    EXPECT_EQ(graph.rel_count(), 1u);
    EXPECT_EQ(name_of(graph, NodeId{0}), Value::string("인천광역시"));
    EXPECT_EQ(name_of(graph, NodeId{1}), Value::string("창원시"));
    EXPECT_EQ(graph.rel(RelId{0}).target, NodeId{1});
    EXPECT_EQ(store->info().commits, 2u);
}

TEST(Store, ACommitDoesNotPayForTheNamesOfOtherNodes) {
    TempFolder temp;
    auto store = open_store(temp / "s", {.create = true, .durability = Durability::kRelaxed});
    {
        auto writing = store->begin_write();
        auto& graph = writing->graph();
        std::vector<LabelId> labels;
        for (int i = 0; i < 3000; ++i) labels.push_back(graph.label("L" + std::to_string(i)));
        const NodeId wide = graph.create_node(labels);
        for (int i = 0; i < 5000; ++i) graph.set_property(wide, graph.key("k" + std::to_string(i)), Value::integer(i));
        ASSERT_TRUE(std::move(*writing).commit().ok());
    }
    const std::clock_t begun = std::clock();
    auto writing = store->begin_write();
    auto& graph = writing->graph();
    const std::vector<LabelId> labels = {graph.label("Mil")};
    const KeyId key = graph.key("i");
    for (int i = 0; i < 30'000; ++i) graph.set_property(graph.create_node(labels), key, Value::integer(i));
    ASSERT_TRUE(std::move(*writing).commit().ok());
    // Name by name it were 240 million looks.
    EXPECT_LT(static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC, 1.5);
}

TEST(Store, LeavesHolesWhereThingsWereDeletedAndNeverReusesAnId) {
    TempFolder temp;
    {
        auto store = open_store(temp / "s");
        NodeId last;
        for (const char* name : {"a", "b", "c", "d"}) last = add_city(*store, name, last);
        auto writing = store->begin_write();
        writing->graph().delete_relationship(RelId{0});
        writing->graph().delete_relationship(RelId{2});
        writing->graph().delete_node(NodeId{0});
        writing->graph().delete_node(NodeId{3});
        ASSERT_TRUE(std::move(*writing).commit().ok());
    }
    auto store = open_store(temp / "s", {});
    EXPECT_FALSE(store->snapshot().has_node(NodeId{0}));
    EXPECT_TRUE(store->snapshot().has_node(NodeId{2}));
    EXPECT_FALSE(store->snapshot().has_node(NodeId{3}));
    EXPECT_FALSE(store->snapshot().has_rel(RelId{0}));
    EXPECT_TRUE(store->snapshot().has_rel(RelId{1}));
    EXPECT_EQ(add_city(*store, "e"), NodeId{4});
}

TEST(Store, ForgetsATransactionThatWasNotCommitted) {
    TempFolder temp;
    auto store = open_store(temp / "s");
    {
        auto writing = store->begin_write();
        writing->graph().create_node({});
        writing->put_record("article", "a", "x");
    }
    EXPECT_EQ(store->snapshot().node_count(), 0u);
    EXPECT_EQ(store->record("article", "a").error().code, ErrorCode::kNotFound);
    EXPECT_EQ(add_city(*store, "a"), NodeId{0});
}

TEST(Store, ShowsASnapshotOnlyWhatWasCommittedBefore) {
    TempFolder temp;
    auto store = open_store(temp / "s");
    const graph::Graph before = store->snapshot();
    add_city(*store, "a");
    EXPECT_EQ(before.node_count(), 0u);
    EXPECT_EQ(store->snapshot().node_count(), 1u);
}

TEST(Store, KeepsRecordsOfOtherRoomsInTheSameCommit) {
    TempFolder temp;
    {
        auto store = open_store(temp / "s");
        auto writing = store->begin_write();
        writing->put_record("article", "b", "2");
        writing->put_record("article", "a", std::string_view("1\0", 2));
        writing->put_record("articles", "a", "other");
        ASSERT_TRUE(std::move(*writing).commit().ok());
        auto deleting = store->begin_write();
        deleting->delete_record("article", "b");
        ASSERT_TRUE(std::move(*deleting).commit().ok());
    }
    auto store = open_store(temp / "s", {});
    std::vector<std::string> keys;
    ASSERT_TRUE(store->each_record("article", "", [&](auto key, auto) {
        keys.emplace_back(key);
        return true;
    }).ok());
    EXPECT_THAT(keys, testing::ElementsAre("a"));
    EXPECT_EQ(store->record("article", "a").value(), std::string("1\0", 2));
}

TEST(Store, WritesNothingForACommitThatChangesNothing) {
    TempFolder temp;
    auto store = open_store(temp / "s");
    add_city(*store, "a");
    auto writing = store->begin_write();
    writing->graph().set_property(NodeId{0}, writing->graph().key("name"), Value::string("a"));
    ASSERT_TRUE(std::move(*writing).commit().ok());
    EXPECT_EQ(store->info().commits, 1u);
}

TEST(Store, KeepsIndexesAndConstraints) {
    TempFolder temp;
    {
        auto store = open_store(temp / "s");
        add_city(*store, "a");
        auto writing = store->begin_write();
        ASSERT_TRUE(writing->graph().create_index({"i", graph::IndexKind::kRange, false, {"City"}, {"size"}, false}).ok());
        ASSERT_TRUE(writing->graph()
                        .create_constraint({"c", graph::ConstraintKind::kUnique, false, "City", {"name"}}).ok());
        ASSERT_TRUE(std::move(*writing).commit().ok());
    }
    auto store = open_store(temp / "s", {});
    EXPECT_EQ(store->snapshot().constraints().size(), 1u);
    auto writing = store->begin_write();
    auto& graph = writing->graph();
    const std::vector<LabelId> labels = {graph.label("City")};
    graph.set_property(graph.create_node(labels), graph.key("name"), Value::string("a"));
    EXPECT_FALSE(std::move(*writing).commit().ok());
    EXPECT_EQ(store->snapshot().node_count(), 1u);
}

TEST(Store, IsNotMadeByAMisspeltPath) {
    TempFolder temp;
    EXPECT_EQ(open_error(temp / "nothing"), ErrorCode::kNotFound);
    EXPECT_FALSE(fs::exists(temp / "nothing"));
    fs::create_directory(temp / "empty");
    EXPECT_EQ(open_error(temp / "empty"), ErrorCode::kNotFound);
    EXPECT_TRUE(fs::is_empty(temp / "empty"));
}

TEST(Store, IsMadeInAnEmptyFolderWhenAsked) {
    TempFolder temp;
    fs::create_directory(temp / "empty");
    EXPECT_NE(open_store(temp / "empty"), nullptr);
}

TEST(Store, RefusesAFolderWithOtherFiles) {
    TempFolder temp;
    fs::create_directory(temp / "other");
    std::ofstream(temp / "other/letter.txt") << "hello";
    EXPECT_EQ(open_error(temp / "other", {.create = true}), ErrorCode::kNotFound);
    EXPECT_EQ(open_error(temp / "other"), ErrorCode::kNotFound);
}

// Found by the kill loop: the mark of an unfinished store was itself unfinished.
TEST(Store, IsMadeWhereMakingItWasInterruptedAtAnyMoment) {
    TempFolder temp;
    for (const char* left : {"MAEK.new", "MAEK.new.new", "LEDGER.new"}) {
        const fs::path store = temp / (std::string("s-") + left);
        fs::create_directories(store / "rocks");
        std::ofstream(store / "MAEK.new.new") << "maek st";
        std::ofstream(store / left) << "x";
        EXPECT_EQ(open_error(store), ErrorCode::kNotFound);
        EXPECT_NE(open_store(store), nullptr);
    }
}

TEST(Store, RefusesAPlainFile) {
    TempFolder temp;
    std::ofstream(temp / "file") << "hello";
    EXPECT_EQ(open_error(temp / "file", {.create = true}), ErrorCode::kFormat);
}

TEST(Store, RefusesAMissingParentFolder) {
    TempFolder temp;
    EXPECT_EQ(open_error(temp / "a/b/c", {.create = true}), ErrorCode::kNotFound);
}

TEST(Store, NamesTheProcessThatHoldsIt) {
    TempFolder temp;
    auto store = open_store(temp / "s");
    auto second = Store::open(temp / "s", {});
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, ErrorCode::kStoreInUse);
    EXPECT_THAT(second.error().message, testing::HasSubstr(std::to_string(::getpid())));
}

TEST(Store, CanBeReadBesideAWriter) {
    TempFolder temp;
    auto store = open_store(temp / "s");
    add_city(*store, "a");
    auto reader = open_store(temp / "s", {.read_only = true});
    add_city(*store, "b");
    EXPECT_EQ(reader->snapshot().node_count(), 1u);
    EXPECT_EQ(reader->begin_write().error().code, ErrorCode::kReadOnly);
    EXPECT_EQ(open_store(temp / "s", {.read_only = true})->snapshot().node_count(), 2u);
}

TEST(Store, TellsAnotherFormatVersion) {
    TempFolder temp;
    open_store(temp / "s");
    std::ofstream(temp / "s/MAEK") << "maek store\nformat 9\nid x\nrocksdb 99.1.0\ncheck 0\n";
    auto store = Store::open(temp / "s", {});
    ASSERT_FALSE(store.ok());
    EXPECT_EQ(store.error().code, ErrorCode::kStoreFormat);
    EXPECT_THAT(store.error().message, testing::HasSubstr("format 9"));
}

}  // namespace
}  // namespace maek::storage
