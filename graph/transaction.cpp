#include "graph/transaction.h"

#include <algorithm>

#include "graph/index/index_key.h"
#include "graph/index/transaction_state.h"

namespace maek::graph {

namespace {

std::uint32_t chunk_of(std::uint32_t slot) { return slot >> kChunkBits; }
std::uint32_t place_of(std::uint32_t slot) { return slot & kChunkMask; }

template <class T>
T& at_grown(std::vector<T>& items, std::uint32_t i) {
    if (i >= items.size()) items.resize(i + 1);
    return items[i];
}

template <class T>
auto maker() {
    return [] { return std::make_shared<T>(); };
}

}  // namespace

Transaction::Transaction(Graph base) : state_(std::make_unique<State>(std::move(base))) {}
Transaction::~Transaction() = default;
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;

const Graph& Transaction::graph() const { return state_->work; }
const Graph& Transaction::base() const { return state_->base; }

LabelId Transaction::label(std::string_view name) {
    if (const auto id = state_->work.labels().find(name)) return *id;
    return GraphAccess::intern(state_->own().labels, name);
}
TypeId Transaction::type(std::string_view name) {
    if (const auto id = state_->work.types().find(name)) return *id;
    return GraphAccess::intern(state_->own().types, name);
}
KeyId Transaction::key(std::string_view name) {
    if (const auto id = state_->work.keys().find(name)) return *id;
    return GraphAccess::intern(state_->own().keys, name);
}

LooseRows& Transaction::State::loose_rows(GraphData& data, TypeId type, Direction direction,
                                          NodeId node) {
    auto& table = at_grown(data.adjacency, type.value)[static_cast<std::size_t>(direction)];
    AdjacencyChunk& chunk = table.own(chunk_of(node.value), maker<AdjacencyChunk>(), counter());
    if (!chunk.is_loose()) {
        chunk.loosen();
        bytes += chunk.bytes();
        loosened.push_back({type, direction, chunk_of(node.value)});
    }
    return chunk.loosen();
}

// change(index) is called between taking the old entry out and putting the new one in.
template <class IdType, class Concerns, class Change>
void Transaction::State::reindex(GraphData& data, IdType id, Concerns&& concerns, Change&& change) {
    struct Held {
        std::size_t at;
        std::optional<std::string> old_key;
    };
    std::vector<Held> held;
    for (std::size_t i = 0; i < data.indexes.size(); ++i) {
        if (concerns(*data.indexes[i])) held.push_back({i, entry_key(work, *data.indexes[i], id)});
    }
    change();
    for (Held& h : held) {
        auto& index = data.indexes[h.at];
        auto new_key = entry_key(work, *index, id);
        if (new_key == h.old_key) continue;
        if (!held_alone(index)) index = std::make_shared<PropertyIndex>(*index);
        if (h.old_key) index->entries.erase(*h.old_key, id.value);
        if (new_key) {
            index->entries.insert(*new_key, id.value);
            bytes += sizeof(OrderedIndex::Entry) + new_key->size();
        }
    }
}

void Transaction::State::note_pair(GraphData& data, NodeId node, KeyId key, const Value& value) {
    if (data.auto_indexes.none() || !can_be_equal(value)) return;
    for (const auto& index : data.auto_indexes.list()) {
        if (index->key == key && work.has_label(node, index->label)) {
            index->add(equality_hash(value), node);
        }
    }
}

void Transaction::State::note_label(GraphData& data, NodeId node, LabelId label) {
    if (data.auto_indexes.none()) return;
    for (const auto& index : data.auto_indexes.list()) {
        if (index->label != label) continue;
        const Value value = work.node_property(node, index->key);
        if (can_be_equal(value)) index->add(equality_hash(value), node);
    }
}

NodeId Transaction::create_node(std::span<const LabelId> labels) {
    GraphData& data = state_->own();
    MAEK_CHECK(data.node_slots != NodeId::kNone, "more than 2^32 - 1 nodes");
    const NodeId id{data.node_slots++};
    data.alive.own(chunk_of(id.value), maker<BitChunk>(), state_->counter()).set(place_of(id.value));
    ++data.node_count;
    state_->touch(id.value);
    for (const LabelId label : labels) add_label(id, label);
    return id;
}

RelId Transaction::create_relationship(NodeId source, NodeId target, TypeId type) {
    GraphData& data = state_->own();
    MAEK_CHECK(state_->work.has_node(source) && state_->work.has_node(target),
               "a relationship needs two nodes that exist");
    MAEK_CHECK(data.rel_slots != RelId::kNone, "more than 2^32 - 1 relationships");
    const RelId id{data.rel_slots++};
    data.rels.own(chunk_of(id.value), maker<RelChunk>(), state_->counter()).at(place_of(id.value)) =
        RelRecord{source, target, type};
    ++data.rel_count;
    ++at_grown(data.type_counts, type.value);
    state_->loose_rows(data, type, Direction::kOut, source).insert(place_of(source.value), {target, id});
    state_->loose_rows(data, type, Direction::kIn, target).insert(place_of(target.value), {source, id});
    state_->bytes += 4 * sizeof(Adjacent);  // in the rows, with their room to grow
    state_->touch(id.value | State::kRelBit);
    return id;
}

void Transaction::State::clear_values(std::vector<ChunkTable<Column>>& columns, std::uint32_t slot) {
    for (auto& table : columns) {
        const Column* present = table.get(chunk_of(slot));
        if (!present || !present->has(place_of(slot))) continue;
        if (present->count() == 1) {
            table.set(chunk_of(slot), nullptr);
        } else {
            table.own(chunk_of(slot), [] { return nullptr; }, counter()).clear(place_of(slot));
        }
    }
}

void Transaction::delete_node(NodeId id) {
    const Graph& graph = state_->work;
    MAEK_CHECK(graph.has_node(id), "deleting a node that does not exist");
    MAEK_CHECK(graph.degree(id, Direction::kOut) == 0 && graph.degree(id, Direction::kIn) == 0,
               "deleting a node that has relationships");
    GraphData& data = state_->own();
    for (const LabelId label : graph.labels_of(id)) remove_label(id, label);
    state_->clear_values(data.node_columns, id.value);
    BitChunk& alive = data.alive.own(chunk_of(id.value), maker<BitChunk>(), state_->counter());
    alive.clear(place_of(id.value));
    if (alive.count == 0) data.alive.set(chunk_of(id.value), nullptr);
    --data.node_count;
    state_->touch(id.value);
}

void Transaction::delete_relationship(RelId id) {
    const RelRecord rel = state_->work.rel(id);
    MAEK_CHECK(rel.type.valid(), "deleting a relationship that does not exist");
    GraphData& data = state_->own();
    state_->reindex(
        data, id, [&](const PropertyIndex& index) { return index.on_relationships_of(rel.type); },
        [&] { state_->clear_values(data.rel_columns, id.value); });
    state_->loose_rows(data, rel.type, Direction::kOut, rel.source)
        .erase(place_of(rel.source.value), {rel.target, id});
    state_->loose_rows(data, rel.type, Direction::kIn, rel.target)
        .erase(place_of(rel.target.value), {rel.source, id});
    data.rels.own(chunk_of(id.value), maker<RelChunk>(), state_->counter()).at(place_of(id.value)) = {};
    --data.rel_count;
    --data.type_counts[rel.type.value];
    state_->touch(id.value | State::kRelBit);
}

bool Transaction::add_label(NodeId id, LabelId label) {
    MAEK_CHECK(state_->work.has_node(id), "labelling a node that does not exist");
    if (state_->work.has_label(id, label)) return false;
    GraphData& data = state_->own();
    at_grown(data.label_bits, label.value)
        .own(chunk_of(id.value), maker<BitChunk>(), state_->counter())
        .set(place_of(id.value));
    ++at_grown(data.label_counts, label.value);
    for (auto& index : data.indexes) {
        if (!index->on_nodes_of(label)) continue;
        const auto key = entry_key(state_->work, *index, id);
        if (!key) continue;
        if (!held_alone(index)) index = std::make_shared<PropertyIndex>(*index);
        index->entries.insert(*key, id.value);
    }
    state_->note_label(data, id, label);
    state_->touch(id.value);
    return true;
}

bool Transaction::remove_label(NodeId id, LabelId label) {
    if (!state_->work.has_label(id, label)) return false;
    GraphData& data = state_->own();
    for (auto& index : data.indexes) {
        if (!index->on_nodes_of(label)) continue;
        const auto key = entry_key(state_->work, *index, id);
        if (!key) continue;
        if (!held_alone(index)) index = std::make_shared<PropertyIndex>(*index);
        index->entries.erase(*key, id.value);
    }
    auto& table = data.label_bits[label.value];
    BitChunk& bits = table.own(chunk_of(id.value), maker<BitChunk>(), state_->counter());
    bits.clear(place_of(id.value));
    if (bits.count == 0) table.set(chunk_of(id.value), nullptr);
    --data.label_counts[label.value];
    state_->touch(id.value);
    return true;
}

void Transaction::State::set_value(GraphData&, std::vector<ChunkTable<Column>>& columns,
                                   std::uint32_t slot, KeyId key, const Value& value) {
    auto& table = at_grown(columns, key.value);
    const std::uint32_t chunk = chunk_of(slot), place = place_of(slot);
    if (value.is_null()) {
        const Column* present = table.get(chunk);
        if (!present || !present->has(place)) return;
        if (present->count() == 1) {
            table.set(chunk, nullptr);
        } else {
            table.own(chunk, [] { return nullptr; }, counter()).clear(place);
        }
        return;
    }
    const auto make = [&] { return std::make_shared<Column>(Column::kind_for(value)); };
    table.own(chunk, make, counter()).set(place, value);
    bytes += value.heap_bytes();
}

void Transaction::set_property(NodeId id, KeyId key, const Value& value) {
    MAEK_CHECK(state_->work.has_node(id), "a property of a node that does not exist");
    GraphData& data = state_->own();
    const auto concerns = [&](const PropertyIndex& index) {
        return index.searchable() && !index.info.on_relationships && index.covers(key) &&
               state_->work.has_label(id, LabelId{index.owner});
    };
    const auto change = [&] { state_->set_value(data, data.node_columns, id.value, key, value); };
    if (data.indexes.empty()) {
        change();
    } else {
        state_->reindex(data, id, concerns, change);
    }
    state_->note_pair(data, id, key, value);
    state_->touch(id.value);
}

void Transaction::set_property(RelId id, KeyId key, const Value& value) {
    MAEK_CHECK(state_->work.has_rel(id), "a property of a relationship that does not exist");
    GraphData& data = state_->own();
    const TypeId type = state_->work.rel(id).type;
    const auto concerns = [&](const PropertyIndex& index) {
        return index.on_relationships_of(type) && index.covers(key);
    };
    const auto change = [&] { state_->set_value(data, data.rel_columns, id.value, key, value); };
    if (data.indexes.empty()) {
        change();
    } else {
        state_->reindex(data, id, concerns, change);
    }
    state_->touch(id.value | State::kRelBit);
}

// The savepoint's graph shares everything with the working one, so that the next write to a chunk
// copies it; going back is putting that graph in the working one's place.
Transaction::Savepoint Transaction::savepoint() {
    return {state_->work, state_->log.size(), state_->bytes};
}

void Transaction::roll_back_to(const Savepoint& savepoint) {
    state_->work = savepoint.graph;
    state_->log.resize(savepoint.log);
    state_->bytes = savepoint.bytes;
    state_->checked = std::min(state_->checked, savepoint.log);
}

ChangeSet Transaction::changes() const {
    ChangeSet changes;
    std::vector<std::uint64_t> touched = state_->log;
    std::ranges::sort(touched);
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const std::uint64_t entry : touched) {
        const auto id = static_cast<std::uint32_t>(entry);
        if (entry & State::kRelBit) {
            changes.relationships.emplace_back(id);
        } else {
            changes.nodes.emplace_back(id);
        }
    }
    const Graph& before = state_->base;
    const Graph& after = state_->work;
    changes.names = before.labels().size() != after.labels().size() ||
                    before.types().size() != after.types().size() ||
                    before.keys().size() != after.keys().size();
    changes.schema = before.indexes() != after.indexes() || before.constraints() != after.constraints();
    return changes;
}

std::size_t Transaction::memory_bytes() const {
    return state_->bytes + state_->log.capacity() * sizeof(std::uint64_t);
}

// Takes over what readers made for the base while this transaction ran, and lets go of tables
// that hold mostly pairs of the past.
void Transaction::State::carry_auto_indexes(GraphData& data) {
    const auto own_list = data.auto_indexes.list();
    for (const auto& index : GraphAccess::data(base).auto_indexes.list()) {
        const bool known = std::ranges::any_of(own_list, [&](const auto& own) {
            return own->label == index->label && own->key == index->key;
        });
        if (known) continue;
        for (const std::uint64_t entry : log) {
            const NodeId node{static_cast<std::uint32_t>(entry)};
            if (entry & kRelBit || !work.has_label(node, index->label)) continue;
            const Value value = work.node_property(node, index->key);
            if (can_be_equal(value)) index->add(equality_hash(value), node);
        }
        data.auto_indexes.put(index);
    }
    for (const auto& index : data.auto_indexes.list()) {
        constexpr std::size_t kSlack = 10'000;
        if (index->pairs() > 2 * work.label_count(index->label) + kSlack) data.auto_indexes.drop(*index);
    }
}

Graph Transaction::finish() && {
    GraphData& data = state_->own();
    for (const auto& [type, direction, chunk] : state_->loosened) {
        if (type.value >= data.adjacency.size()) continue;
        auto& table = data.adjacency[type.value][static_cast<std::size_t>(direction)];
        const AdjacencyChunk* present = table.get(chunk);
        if (!present || !present->is_loose()) continue;
        if (present->count() == 0) {
            table.set(chunk, nullptr);
        } else {
            AdjacencyChunk& loose = table.own(chunk, maker<AdjacencyChunk>(), state_->counter());
            table.set(chunk, AdjacencyChunk::packed(loose.loosen().pack()));
        }
    }
    state_->carry_auto_indexes(data);
    data.version = GraphAccess::data(state_->base).version + 1;
    Graph finished = std::move(state_->work);
    state_.reset();
    return finished;
}

}  // namespace maek::graph
