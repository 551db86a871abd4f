// Benchmarks of the graph room: building, images, commits, look-ups, algorithms, files.
// The graph has the size of scale M of the shared kit: 200,000 nodes, 2,000,000 relationships.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <cstring>
#include <random>
#include <sstream>

#include "graph/algorithms.h"
#include "graph/builder.h"
#include "graph/image.h"
#include "graph/io.h"
#include "graph/transaction.h"

namespace {

using namespace maek;
using namespace maek::graph;

constexpr std::uint32_t kNodes = 200'000, kRels = 2'000'000;

Graph build() {
    BulkBuilder builder;
    const LabelId company = builder.label("Company");
    const KeyId id = builder.key("id"), name = builder.key("name"), year = builder.key("year");
    const TypeId types[] = {builder.type("PARTNERS_WITH"), builder.type("FUNDS"), builder.type("MEMBER_OF")};
    std::mt19937 random(1);
    for (std::uint32_t i = 0; i < kNodes; ++i) {
        const NodeId node = builder.add_node(std::span(&company, 1));
        builder.set_integer(node, id, i);
        builder.set_string(node, name, "기관 번호 " + std::to_string(i));
    }
    for (std::uint32_t i = 0; i < kRels; ++i) {
        const double u = static_cast<double>(random()) / 4294967296.0;  // hubs: u squared
        const RelId rel = builder.add_relationship(NodeId{static_cast<std::uint32_t>(random() % kNodes)},
                                                   NodeId{static_cast<std::uint32_t>(u * u * kNodes)}, types[i % 3]);
        builder.set_integer(rel, year, 2000 + i % 25);
    }
    return std::move(builder).finish();
}

const Graph& sample() {
    static const Graph graph = build();
    return graph;
}

const Projection& projection() {
    static const Projection p = *Projection::make(sample(), {.orientation = Orientation::kUndirected});
    return p;
}

void Build(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(build());
    state.SetItemsProcessed(state.iterations() * (kNodes + kRels));
}

void OpenImage(benchmark::State& state) {
    std::string bytes;
    (void)write_image(sample(), 0, [&](std::string_view part) {
        bytes.append(part);
        return Result<void>();
    });
    void* memory = std::aligned_alloc(64, (bytes.size() / 64 + 1) * 64);
    std::memcpy(memory, bytes.data(), bytes.size());
    const std::shared_ptr<void> holder(memory, std::free);
    const auto verify = state.range(0) ? ImageVerify::kAll : ImageVerify::kStructure;
    for (auto _ : state) {
        benchmark::DoNotOptimize(open_image(holder, {static_cast<const std::byte*>(memory), bytes.size()}, verify));
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void SmallCommit(benchmark::State& state) {
    Graph graph = sample();
    const LabelId company = *graph.labels().find("Company");
    const KeyId id = *graph.keys().find("id");
    const TypeId type{0};
    std::uint32_t i = 0;
    for (auto _ : state) {
        Transaction t(graph);
        const NodeId node = t.create_node(std::span(&company, 1));
        t.set_property(node, id, Value::integer(900'000'000 + i));
        t.create_relationship(node, NodeId{i++ % kNodes}, type);
        graph = std::move(t).finish();
    }
}

void CreateInOneTransaction(benchmark::State& state) {
    for (auto _ : state) {
        Transaction t{Graph()};
        const LabelId label = t.label("A");
        const KeyId id = t.key("id");
        const TypeId type = t.type("T");
        for (std::uint32_t i = 0; i < 100'000; ++i) {
            const NodeId node = t.create_node(std::span(&label, 1));
            t.set_property(node, id, Value::integer(i));
            t.create_relationship(node, NodeId{i / 2}, type);
        }
        benchmark::DoNotOptimize(std::move(t).finish());
    }
    state.SetItemsProcessed(state.iterations() * 200'000);
}

void FindEqual(benchmark::State& state) {
    const Graph& graph = sample();
    const LabelId company = *graph.labels().find("Company");
    const KeyId id = *graph.keys().find("id");
    std::uint32_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(graph.find_equal(company, id, Value::integer(i++ * 7919 % kNodes)));
}

void TwoHops(benchmark::State& state) {
    const Graph& graph = sample();
    std::uint32_t from = 0;
    std::uint64_t total = 0;
    for (auto _ : state) {
        for (const Adjacent& a : graph.adjacent(NodeId{from++ % kNodes}, TypeId{0}, Direction::kOut)) {
            for (const Adjacent& b : graph.adjacent(a.node, TypeId{0}, Direction::kIn)) total += b.node.value;
        }
    }
    benchmark::DoNotOptimize(total);
}

void Project(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(Projection::make(sample(), {}));
}
void Bfs(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(hops_from(projection(), 0));
}
void ConnectedComponents(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(connected_components(projection()));
}
void PageRank20(benchmark::State& state) {
    const Projection p = *Projection::make(sample(), {});
    for (auto _ : state) benchmark::DoNotOptimize(pagerank(p, {.tolerance = 0, .sources = {}}));
}
void TriangleCount(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(triangles(projection()));
}
void Louvain(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(louvain(projection()));
}

void Export(benchmark::State& state) {
    std::int64_t bytes = 0;
    for (auto _ : state) {
        std::ostringstream out;
        (void)export_graph(sample(), static_cast<FileFormat>(state.range(0)), {}, out);
        bytes += static_cast<std::int64_t>(out.str().size());
    }
    state.SetBytesProcessed(bytes);
}

BENCHMARK(Build)->Unit(benchmark::kMillisecond);
BENCHMARK(OpenImage)->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond);
BENCHMARK(SmallCommit)->Unit(benchmark::kMicrosecond);
BENCHMARK(CreateInOneTransaction)->Unit(benchmark::kMillisecond);
BENCHMARK(FindEqual);
BENCHMARK(TwoHops);
BENCHMARK(Project)->Unit(benchmark::kMillisecond);
BENCHMARK(Bfs)->Unit(benchmark::kMillisecond);
BENCHMARK(ConnectedComponents)->Unit(benchmark::kMillisecond);
BENCHMARK(PageRank20)->Unit(benchmark::kMillisecond);
BENCHMARK(TriangleCount)->Unit(benchmark::kMillisecond);
BENCHMARK(Louvain)->Unit(benchmark::kMillisecond);
BENCHMARK(Export)->Arg(static_cast<int>(FileFormat::kGraphMl))->Arg(static_cast<int>(FileFormat::kJsonLines))
    ->Arg(static_cast<int>(FileFormat::kCsv))->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
