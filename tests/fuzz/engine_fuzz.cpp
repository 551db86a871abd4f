// Any text as a statement on a small graph, run to its end: parser, binder, planner, rewrites and
// operators must neither crash nor hang nor leak, and a failed statement must leave nothing behind.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "query/engine.h"
#include "storage/store.h"

namespace {

using namespace maek;

struct Fixture {
    std::filesystem::path folder;
    std::unique_ptr<storage::Store> store;
    std::unique_ptr<query::Engine> engine;
    std::uint64_t nodes = 0, rels = 0;

    Fixture() {
        std::string pattern = (std::filesystem::temp_directory_path() / "maek-fuzz-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        storage::OpenOptions options;
        options.create = true;
        options.durability = storage::Durability::kRelaxed;
        store = std::move(storage::Store::open(folder / "store", options)).value();
        engine = std::make_unique<query::Engine>(*store, query::Synonyms{});
        const char* graph =
            "CREATE (a:Person {name: 'Ann', age: 30}), (b:Person {name: 'Bob', age: 40}), (c:City {name: 'Changwon'}), "
            "(a)-[:KNOWS {since: 2001}]->(b), (a)-[:LIVES_IN]->(c), (b)-[:LIVES_IN]->(c), (c)-[:NEAR]->(c)";
        if (!engine->session().run(graph).ok()) std::abort();
        nodes = store->snapshot().node_count();
        rels = store->snapshot().rel_count();
    }
    ~Fixture() {
        engine.reset();
        store.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
};

Fixture& fixture() {
    static Fixture made;
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Fixture& shared = fixture();
    query::Session session = shared.engine->session();
    query::RunOptions options;
    options.timeout = std::chrono::milliseconds(200);
    options.memory_limit = std::size_t{32} << 20;
    if (!session.begin().ok()) std::abort();
    const auto result = session.run({reinterpret_cast<const char*>(data), size}, {}, options);
    if (!result.ok() && result.error().code == ErrorCode::kInternal) std::abort();
    if (session.in_transaction()) {
        if (!session.roll_back().ok()) std::abort();
        const graph::Graph after = shared.store->snapshot();
        if (after.node_count() != shared.nodes || after.rel_count() != shared.rels) std::abort();
    } else {  // the input was COMMIT or ROLLBACK
        shared.nodes = shared.store->snapshot().node_count();
        shared.rels = shared.store->snapshot().rel_count();
    }
    return 0;
}
