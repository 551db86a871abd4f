#include <thread>

#include "storage/codec/bytes.h"
#include "storage/codec/keys.h"
#include "storage/core/record_encoder.h"
#include "storage/core/store_impl.h"

namespace maek::storage {
namespace fs = std::filesystem;
namespace {

// Ascending records into table files of a size that RocksDB likes, adding up the content sum.
class TableSeries {
public:
    TableSeries(fs::path folder, std::string name) : folder_(std::move(folder)), name_(std::move(name)) {}

    std::uint64_t sum = 0, count = 0;
    std::vector<fs::path> files;

    Result<void> put(std::string_view key, std::string_view value, bool content = true) {
        if (!writer_ || writer_->bytes() > kFileBytes) {
            if (auto done = finish(); !done) return done;
            files.push_back(folder_ / (name_ + std::to_string(files.size()) + ".sst"));
            auto writer = TableWriter::create(files.back());
            if (!writer) return writer.error();
            writer_.emplace(std::move(writer).value());
        }
        if (content) {
            sum += content_hash(key, value);
            ++count;
        }
        return writer_->put(key, value);
    }
    Result<void> finish() {
        if (!writer_) return {};
        auto done = writer_->finish();
        writer_.reset();
        return done;
    }

private:
    static constexpr std::uint64_t kFileBytes = std::uint64_t{128} << 20;
    fs::path folder_;
    std::string name_;
    std::optional<TableWriter> writer_;
};

Result<void> write_nodes(TableSeries& out, const graph::Graph& graph) {
    RecordEncoder encoder(graph);
    std::string value;
    for (std::uint32_t i = 0; i < graph.node_slots(); ++i) {
        if (!graph.has_node(NodeId{i})) continue;
        value.clear();
        encoder.node(NodeId{i}, value);
        if (auto done = out.put(id_key(KeyKind::kNode, i), value); !done) return done;
    }
    return out.finish();
}

Result<void> write_relationships(TableSeries& out, const graph::Graph& graph) {
    RecordEncoder encoder(graph);
    std::string value;
    for (std::uint32_t i = 0; i < graph.rel_slots(); ++i) {
        if (!graph.has_rel(RelId{i})) continue;
        value.clear();
        encoder.relationship(RelId{i}, value);
        if (auto done = out.put(id_key(KeyKind::kRelationship, i), value); !done) return done;
    }
    return out.finish();
}

template <class Table, class IdType>
Result<void> write_names(TableSeries& out, KeyKind kind, const Table& names, IdType) {
    for (std::uint32_t i = 0; i < names.size(); ++i)
        if (auto done = out.put(id_key(kind, i), names.name(IdType{i})); !done) return done;
    return {};
}

template <class Infos, class Encode>
Result<void> write_definitions(TableSeries& out, KeyKind kind, const Infos& infos, Encode&& encode) {
    std::map<std::string, std::string> sorted;
    for (const auto& info : infos) sorted.emplace(name_key(kind, info.name), encode(info));
    for (const auto& [key, value] : sorted)
        if (auto done = out.put(key, value); !done) return done;
    return {};
}

// Kinds in key order: C I K L | N | R | S T; nodes and relationships have series of their own.
Result<void> write_small_before(TableSeries& out, const graph::Graph& graph) {
    auto done = write_definitions(out, KeyKind::kConstraint, graph.constraints(), encode_constraint);
    if (!done) return done;
    std::vector<graph::IndexInfo> own;
    for (const auto& info : graph.indexes())
        if (!info.owned_by_constraint) own.push_back(info);
    if (done = write_definitions(out, KeyKind::kIndex, own, encode_index); !done) return done;
    if (done = write_names(out, KeyKind::kPropertyKey, graph.keys(), KeyId{}); !done) return done;
    if (done = write_names(out, KeyKind::kLabel, graph.labels(), LabelId{}); !done) return done;
    return out.finish();
}

class FolderRemover {
public:
    explicit FolderRemover(fs::path folder) : folder_(std::move(folder)) {}
    ~FolderRemover() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

private:
    fs::path folder_;
};

}  // namespace

// All files are taken over in one step, the record of the last commit among them: a crash leaves
// the empty store or the full one.
Result<void> Store::Impl::bulk_load(graph::Graph graph) {
    if (failed) return *failed;
    if (state.content_count != 0)
        return Error{ErrorCode::kUsage, "the store " + folder.root.string() + " is not empty; a bulk load fills a new one", {}, {}};
    const fs::path work = folder.root / "load";
    std::error_code problem;
    fs::remove_all(work, problem);
    if (!fs::create_directory(work, problem)) return system_error("make", work, problem.value());
    const FolderRemover remover(work);

    TableSeries small(work, "names"), nodes(work, "nodes"), relationships(work, "rels"), last(work, "state");
    Result<void> nodes_done;
    std::thread helper([&] { nodes_done = write_nodes(nodes, graph); });
    auto done = write_small_before(small, graph);
    if (done) done = write_relationships(relationships, graph);
    helper.join();
    if (!done) return done;
    if (!nodes_done) return nodes_done;

    StateRecord next = state;
    next.commit = state.commit + 1;
    next.node_slots = graph.node_slots();
    next.relationship_slots = graph.rel_slots();
    next.node_count = graph.node_count();
    next.relationship_count = graph.rel_count();
    // The types stand after the state record in key order; their sum is needed before.
    next.content_sum = small.sum + nodes.sum + relationships.sum;
    next.content_count = small.count + nodes.count + relationships.count;
    for (std::uint32_t i = 0; i < graph.types().size(); ++i) {
        next.content_sum += content_hash(id_key(KeyKind::kType, i), graph.types().name(TypeId{i}));
        ++next.content_count;
    }
    if (next.content_count == 0) return {};
    next.chain = hash64("bulk load", state.chain ^ next.content_sum);
    next.redo_base = next.commit;
    next.redo_base_chain = next.chain;
    done = last.put(single_key(KeyKind::kState), encode_state(next), false);
    if (done) done = write_names(last, KeyKind::kType, graph.types(), TypeId{});
    if (done) done = last.finish();
    if (!done) return done;

    std::vector<fs::path> files;
    for (const TableSeries* series : {&small, &nodes, &relationships, &last})
        files.insert(files.end(), series->files.begin(), series->files.end());
    kill_point("load.before_ingest");
    changed = true;
    if (auto taken = database->ingest(files); !taken) return write_failure(taken.error());
    kill_point("load.after_ingest");
    if (auto noted = ledger->commit(next.commit, next.chain); !noted) return write_failure(noted.error());
    state = next;
    tail = state.node_count + state.relationship_count;
    publish(std::move(graph));
    (void)renew_image();  // without one the next opening reads the records
    return {};
}

Result<void> Store::bulk_load(graph::Graph graph) {
    if (impl_->options.read_only)
        return Error{ErrorCode::kReadOnly, "the store " + impl_->folder.root.string() + " was opened for reading only", {}, {}};
    impl_->take_turn();
    auto done = impl_->bulk_load(std::move(graph));
    impl_->give_turn();
    return done;
}

}  // namespace maek::storage
