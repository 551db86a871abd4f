#include <algorithm>

#include "storage/codec/bytes.h"
#include "storage/codec/keys.h"
#include "storage/core/record_encoder.h"
#include "storage/core/store_impl.h"

namespace maek::storage {
namespace {

// Collects the records of one commit and keeps the content sum in step.
class CommitBatch {
public:
    explicit CommitBatch(const StateRecord& state) : state_(state) {}

    Batch batch;
    RedoEntry redo;
    bool empty = true;
    const StateRecord& state() const { return state_; }
    StateRecord& state() { return state_; }

    // True: something changed.
    bool change(const std::string& key, const std::optional<std::string>& before,
                const std::optional<std::string>& after) {
        if (before == after) return false;
        if (before) {
            state_.content_sum -= content_hash(key, *before);
            --state_.content_count;
        }
        if (after) {
            state_.content_sum += content_hash(key, *after);
            ++state_.content_count;
            batch.put(key, *after);
        } else {
            batch.remove(key);
        }
        empty = false;
        return true;
    }

private:
    StateRecord state_;
};

// The records of the ids before and after, chunk by chunk: what a record costs does not depend on how
// many names the store has.
void collect_graph(CommitBatch& out, const graph::Graph& before, const graph::Graph& after,
                   const graph::ChangeSet& changes) {
    using Bytes = std::optional<std::string>;
    RecordEncoder encode_before(before), encode_after(after);
    for (const NodeId id : changes.nodes) {
        Bytes old, now;
        if (before.has_node(id)) encode_before.node(id, old.emplace());
        if (after.has_node(id)) encode_after.node(id, now.emplace());
        if (out.change(id_key(KeyKind::kNode, id.value), old, now)) out.redo.nodes.push_back(id);
    }
    for (const RelId id : changes.relationships) {
        Bytes old, now;
        if (before.has_rel(id)) encode_before.relationship(id, old.emplace());
        if (after.has_rel(id)) encode_after.relationship(id, now.emplace());
        if (out.change(id_key(KeyKind::kRelationship, id.value), old, now))
            out.redo.relationships.push_back(id);
    }
}

template <class Table, class IdType>
void collect_new_names(CommitBatch& out, KeyKind kind, const Table& before, const Table& after, IdType) {
    for (std::size_t i = before.size(); i < after.size(); ++i) {
        const auto id = static_cast<std::uint32_t>(i);
        out.change(id_key(kind, id), std::nullopt, std::string(after.name(IdType{id})));
        out.redo.names = true;
    }
}

template <class Info, class Encode>
void collect_definitions(CommitBatch& out, KeyKind kind, const std::vector<Info>& before,
                         const std::vector<Info>& after, Encode&& encode) {
    std::map<std::string, std::pair<std::optional<std::string>, std::optional<std::string>>> by_name;
    for (const Info& info : before)
        if (auto bytes = encode(info)) by_name[info.name].first = *std::move(bytes);
    for (const Info& info : after)
        if (auto bytes = encode(info)) by_name[info.name].second = *std::move(bytes);
    for (const auto& [name, change] : by_name)
        if (out.change(name_key(kind, name), change.first, change.second)) out.redo.schema = true;
}

void collect_schema(CommitBatch& out, const graph::Graph& before, const graph::Graph& after) {
    // A constraint brings its own index along; only the constraint is kept.
    collect_definitions(out, KeyKind::kIndex, before.indexes(), after.indexes(),
                        [](const graph::IndexInfo& info) {
                            return info.owned_by_constraint ? std::optional<std::string>()
                                                            : std::optional(encode_index(info));
                        });
    collect_definitions(out, KeyKind::kConstraint, before.constraints(), after.constraints(),
                        [](const graph::ConstraintInfo& info) { return std::optional(encode_constraint(info)); });
}

// Leaves room for RocksDB's own work: a full disk must be met here, not in its background.
Result<void> check_space(const StoreFolder& folder, std::size_t batch_bytes) {
    const DiskSpace space = disk_space(folder.root);
    const std::uint64_t reserve = std::min<std::uint64_t>(std::uint64_t{256} << 20, space.total / 50);
    if (space.free >= reserve + 3 * std::uint64_t{batch_bytes}) return {};
    return Error{ErrorCode::kIo,
                 "the disk of " + folder.root.string() + " is almost full (" +
                     std::to_string(space.free >> 20) + " MiB free, " +
                     std::to_string((reserve + 3 * batch_bytes) >> 20) +
                     " MiB needed); nothing was written", {}, {}};
}

}  // namespace

Result<void> Store::Impl::write_failure(Error error) {
    failed = Error{error.code,
                   "the store became read-only after a failed write; close and open it again (" +
                       error.message + ")", error.where, {}};
    return error;
}

Result<void> Store::Impl::commit(graph::Transaction&& transaction, WriteTransaction::Records& records) {
    if (failed) return *failed;
    if (auto sound = transaction.check_constraints(); !sound) return sound;
    CommitBatch out(state);
    {
        const graph::Graph& before = transaction.base();
        const graph::Graph& after = transaction.graph();
        const graph::ChangeSet changes = transaction.changes();
        collect_graph(out, before, after, changes);
        collect_new_names(out, KeyKind::kLabel, before.labels(), after.labels(), LabelId{});
        collect_new_names(out, KeyKind::kType, before.types(), after.types(), TypeId{});
        collect_new_names(out, KeyKind::kPropertyKey, before.keys(), after.keys(), KeyId{});
        if (changes.schema) collect_schema(out, before, after);
        StateRecord& next = out.state();
        next.node_slots = after.node_slots();
        next.relationship_slots = after.rel_slots();
        next.node_count = after.node_count();
        next.relationship_count = after.rel_count();
    }
    for (const auto& [name, value] : records.changes) {
        const std::string key = family_key(name.first, name.second);
        auto before = database->get(key);
        if (!before) return before.error();
        out.change(key, *before, value);
    }
    if (out.empty) return {};

    StateRecord& next = out.state();
    next.commit = state.commit + 1;
    out.redo.chain_before = state.chain;
    next.chain = out.redo.chain_after = hash64(out.batch.bytes(), state.chain);
    out.batch.put(redo_key(next.commit), encode_redo(out.redo));
    out.batch.put(single_key(KeyKind::kState), encode_state(next));
    if (auto space = check_space(folder, out.batch.bytes().size()); !space) return space;

    kill_point("commit.before_log");
    changed = true;
    const bool sync = options.durability == Durability::kSync;
    if (auto written = database->write(std::move(out.batch), sync); !written)
        return write_failure(written.error());
    kill_point("commit.after_log");
    if (auto noted = ledger->commit(next.commit, next.chain); !noted) return write_failure(noted.error());
    kill_point("commit.after_ledger");
    state = next;
    tail += out.redo.nodes.size() + out.redo.relationships.size();
    publish(std::move(transaction).finish());
    // In a process that lives long; costs a fixed share of what was written since.
    if (tail > 200'000 + (state.node_count + state.relationship_count) / 4) (void)renew_image();
    return {};
}

}  // namespace maek::storage
