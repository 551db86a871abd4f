// Images: what is written comes back; whatever byte is damaged, nothing opens and nothing crashes.
#include "graph/image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <cstring>

#include "graph/builder.h"
#include "tests/graph/random_graph.h"

namespace maek::graph {
namespace {

using testing::random_graph;
using testing::same_content;

struct Buffer {
    std::shared_ptr<void> memory;
    std::size_t size = 0;
    std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(memory.get()), size}; }
};

Buffer aligned(std::string_view bytes) {
    void* memory = std::aligned_alloc(64, (bytes.size() / 64 + 1) * 64);
    std::memcpy(memory, bytes.data(), bytes.size());
    return {std::shared_ptr<void>(memory, std::free), bytes.size()};
}

std::string image_of(const Graph& graph, std::uint64_t stamp = 7) {
    std::string bytes;
    EXPECT_TRUE(write_image(graph, stamp, [&](std::string_view part) {
                    bytes.append(part);
                    return Result<void>();
                }).ok());
    return bytes;
}

Result<OpenedImage> open(const std::string& bytes, ImageVerify verify = ImageVerify::kAll) {
    const Buffer buffer = aligned(bytes);
    return open_image(buffer.memory, buffer.bytes(), verify);
}

TEST(Image, GivesBackWhatWasWritten) {
    for (const auto& [nodes, rels] : {std::pair{0u, 0u}, {1u, 0u}, {50u, 200u}, {5000u, 9000u}}) {
        const Graph graph = random_graph(nodes + 1, nodes, rels);
        for (const ImageVerify verify : {ImageVerify::kAll, ImageVerify::kStructure}) {
            const auto opened = open(image_of(graph), verify);
            ASSERT_TRUE(opened.ok()) << opened.error().message;
            EXPECT_TRUE(same_content(opened->graph, graph));
            EXPECT_EQ(opened->stamp, 7u);
            EXPECT_EQ(opened->graph.version(), graph.version());
        }
    }
}

TEST(Image, AnEmptyGraphHasAnImageToo) {
    const auto opened = open(image_of(Graph()));
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_EQ(opened->graph.node_slots(), 0u);
}

TEST(Image, AnOpenedGraphCanBeChangedAndWrittenAgain) {
    const Graph graph = random_graph(3, 3000, 5000);
    auto opened = open(image_of(graph));
    ASSERT_TRUE(opened.ok());
    const auto change = [](const Graph& base) {
        Transaction t(base);
        const KeyId name = t.key("name");
        for (std::uint32_t i = 0; i < 3000; i += 7) {
            t.set_property(NodeId{i}, name, Value::string("changed " + std::to_string(i)));
            t.create_relationship(NodeId{i}, NodeId{2999 - i}, t.type("FUNDS"));
        }
        return std::move(t).finish();
    };
    const Graph wanted = change(graph);
    Graph changed = change(opened->graph);
    opened = Error{};  // lets the image go
    EXPECT_TRUE(same_content(changed, wanted));
    const auto again = open(image_of(changed));
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(same_content(again->graph, wanted));
}

TEST(Image, KeepsIndexesAndConstraints) {
    Transaction t(random_graph(4, 500, 100));
    ASSERT_TRUE(t.create_index({"by_name", IndexKind::kRange, false, {"Company"}, {"name"}}).ok());
    ASSERT_TRUE(t.create_index({"text", IndexKind::kFullText, false, {"Company", "City"}, {"name"}}).ok());
    ASSERT_TRUE(t.create_constraint({"one_city", ConstraintKind::kUnique, false, "City", {"name"}}).ok());
    const Graph graph = std::move(t).finish();
    const auto opened = open(image_of(graph));
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_EQ(opened->graph.indexes(), graph.indexes());
    EXPECT_EQ(opened->graph.constraints(), graph.constraints());
    const LabelId company = *graph.labels().find("Company");
    const KeyId name = *graph.keys().find("name");
    EXPECT_EQ(opened->graph.index_prefix(company, name, "node 1"), graph.index_prefix(company, name, "node 1"));
    EXPECT_FALSE(graph.index_prefix(company, name, "node 1").empty());
}

TEST(Image, RefusesEveryFlippedBitAndEveryCut) {
    const std::string bytes = image_of(random_graph(5, 40, 90));
    std::mt19937 random(1);
    int opened = 0;
    for (int i = 0; i < 1500; ++i) {
        std::string damaged = bytes;
        const std::size_t at = i < 100 ? bytes.size() - 1 - static_cast<std::size_t>(i) : random() % bytes.size();
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
        const auto result = open(damaged);
        if (result.ok()) {
            ++opened;  // a bit of the padding between blocks
            EXPECT_TRUE(same_content(result->graph, open(bytes)->graph));
        } else {
            EXPECT_TRUE(result.error().code == ErrorCode::kStoreDamaged ||
                        result.error().code == ErrorCode::kStoreFormat)
                << result.error().message;
        }
    }
    EXPECT_LT(opened, 30);
    for (int i = 0; i < 300; ++i) {
        const auto result = open(bytes.substr(0, random() % bytes.size()));
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.error().code, ErrorCode::kStoreDamaged);
    }
    EXPECT_FALSE(open("").ok());
    const Buffer buffer = aligned(bytes);
    EXPECT_TRUE(verify_image(buffer.bytes()).ok());
}

TEST(Image, TwoHundredThousandNodesOpenInWellUnderATenthOfASecond) {
    BulkBuilder builder;
    const LabelId company = builder.label("Company");
    const KeyId id = builder.key("id"), name = builder.key("name"), since = builder.key("since");
    const TypeId types[] = {builder.type("A"), builder.type("B"), builder.type("C"), builder.type("D")};
    std::mt19937 random(1);
    const auto start = std::chrono::steady_clock::now();
    for (std::uint32_t i = 0; i < 200'000; ++i) {
        const NodeId node = builder.add_node(std::span(&company, 1));
        builder.set_integer(node, id, i);
        builder.set_string(node, name, "company number " + std::to_string(i));
    }
    for (std::uint32_t i = 0; i < 2'000'000; ++i) {
        const RelId rel = builder.add_relationship(NodeId{static_cast<std::uint32_t>(random() % 200'000)},
                                                   NodeId{static_cast<std::uint32_t>(random() % 200'000)},
                                                   types[random() % 4]);
        builder.set_integer(rel, since, i);
    }
    const Graph graph = std::move(builder).finish();
    const auto built = std::chrono::steady_clock::now();
    const std::string bytes = image_of(graph);
    const Buffer buffer = aligned(bytes);
    const auto written = std::chrono::steady_clock::now();
    const auto opened = open_image(buffer.memory, buffer.bytes());
    const auto done = std::chrono::steady_clock::now();
    ASSERT_TRUE(opened.ok());
    const auto lazily = open_image(buffer.memory, buffer.bytes(), ImageVerify::kStructure);
    const auto lazy_done = std::chrono::steady_clock::now();
    EXPECT_EQ(opened->graph.rel_count(), 2'000'000u);
    const auto ms = [](auto a, auto b) { return std::chrono::duration<double, std::milli>(b - a).count(); };
    std::printf("200k nodes, 2M relationships: build %.0f ms, image of %.1f MB %.0f ms, open %.1f ms, lazily %.1f ms\n",
                ms(start, built), static_cast<double>(bytes.size()) / 1e6, ms(built, written), ms(written, done),
                ms(done, lazy_done));
    EXPECT_LT(ms(written, done), 2000.0);
}

}  // namespace
}  // namespace maek::graph
