// Any text as a statement on a small graph, run to its end: parser, binder, planner, rewrites and
// operators must neither crash nor hang nor leak, and a failed statement must leave nothing behind.
#include <chrono>
#include <cstdint>
#include <cstdlib>

#include "tests/query/temporary_store.h"

namespace {

using namespace maek;

struct Fixture {
    test::TemporaryStore temporary;
    std::uint64_t nodes = 0, rels = 0;

    Fixture() {
        const char* graph =
            "CREATE (a:Person {name: 'Ann', age: 30}), (b:Person {name: 'Bob', age: 40}), (c:City {name: 'Changwon'}), "
            "(a)-[:KNOWS {since: 2001}]->(b), (a)-[:LIVES_IN]->(c), (b)-[:LIVES_IN]->(c), (c)-[:NEAR]->(c)";
        if (!temporary.run(graph).ok()) std::abort();
        nodes = temporary.store().snapshot().node_count();
        rels = temporary.store().snapshot().rel_count();
    }
};

Fixture& fixture() {
    static Fixture made;
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Fixture& shared = fixture();
    query::Session session = shared.temporary.engine().session();
    query::RunOptions options;
    options.timeout = std::chrono::milliseconds(200);
    options.memory_limit = std::size_t{32} << 20;
    if (!session.begin().ok()) std::abort();
    const auto result = session.run({reinterpret_cast<const char*>(data), size}, {}, options);
    if (!result.ok() && result.error().code == ErrorCode::kInternal) std::abort();
    if (session.in_transaction()) {
        if (!session.roll_back().ok()) std::abort();
        const graph::Graph after = shared.temporary.store().snapshot();
        if (after.node_count() != shared.nodes || after.rel_count() != shared.rels) std::abort();
    } else {  // the input was COMMIT or ROLLBACK
        shared.nodes = shared.temporary.store().snapshot().node_count();
        shared.rels = shared.temporary.store().snapshot().rel_count();
    }
    return 0;
}
