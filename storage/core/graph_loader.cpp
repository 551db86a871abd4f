#include "storage/core/graph_loader.h"

#include <algorithm>
#include <string>

#include "graph/transaction.h"
#include "storage/codec/bytes.h"
#include "storage/codec/keys.h"

namespace maek::storage {
namespace {

using graph::Transaction;

// Applies records to a transaction. Slots of ids that have no record are made and, at the end,
// deleted again, so that they stay holes and no id is ever given twice. Deleting comes last:
// a relationship's hole needs some node to exist.
class Patcher {
public:
    Patcher(graph::Graph base, const StoreFolder& folder) : transaction_(std::move(base)), folder_(folder) {}

    Transaction& transaction() { return transaction_; }
    const graph::Graph& graph() const { return transaction_.graph(); }

    // --- names: records must be dense from 0; known ones must be the same.
    bool label(std::uint32_t id, std::string_view name) { return transaction_.label(name).value == id; }
    bool type(std::uint32_t id, std::string_view name) { return transaction_.type(name).value == id; }
    bool key(std::uint32_t id, std::string_view name) { return transaction_.key(name).value == id; }

    void grow_nodes(std::uint32_t slots) {
        while (graph().node_slots() < slots) node_holes_.push_back(transaction_.create_node({}));
    }
    void grow_relationships(std::uint32_t slots) {
        while (graph().rel_slots() < slots)
            relationship_holes_.push_back(transaction_.create_relationship(anchor(), anchor(), TypeId{0}));
    }
    // A relationship was there once, so its type's name and some node must be, too.
    bool may_have_relationships() { return graph().types().size() > 0 && anchor().valid(); }

    bool names_known(const NodeRecord& record) const {
        return (record.labels.empty() || record.labels.back().value < graph().labels().size()) &&
               keys_known(record.properties);
    }
    bool keys_known(const Properties& properties) const {
        return properties.empty() || properties.back().first.value < graph().keys().size();
    }

    // A new node in the next slot.
    void append_node(const NodeRecord& record) {
        const NodeId id = transaction_.create_node(record.labels);
        for (const auto& [key, value] : record.properties) transaction_.set_property(id, key, value);
    }
    // A new relationship in the next slot. False: the record makes no sense.
    bool append_relationship(const RelationshipRecord& record) {
        if (!graph().has_node(record.source) || !graph().has_node(record.target) ||
            record.type.value >= graph().types().size() || !keys_known(record.properties))
            return false;
        const RelId id = transaction_.create_relationship(record.source, record.target, record.type);
        for (const auto& [key, value] : record.properties) transaction_.set_property(id, key, value);
        return true;
    }

    template <class IdType>
    void replace_properties(IdType id, const Properties& before, const Properties& after) {
        for (const auto& [key, value] : before)
            if (std::none_of(after.begin(), after.end(), [&, wanted = key](const auto& p) { return p.first == wanted; }))
                transaction_.set_property(id, key, Value());
        for (const auto& [key, value] : after)
            if (std::find(before.begin(), before.end(), std::pair(key, value)) == before.end())
                transaction_.set_property(id, key, value);
    }
    void replace_node(NodeId id, const NodeRecord& record) {
        const std::vector<LabelId> before = graph().labels_of(id);
        for (const LabelId label : before)
            if (!std::binary_search(record.labels.begin(), record.labels.end(), label))
                transaction_.remove_label(id, label);
        for (const LabelId label : record.labels) transaction_.add_label(id, label);
        replace_properties(id, graph().node_properties(id), record.properties);
    }

    void delete_later(NodeId id) { node_holes_.push_back(id); }

    graph::Graph finish() && {
        for (const RelId id : relationship_holes_) transaction_.delete_relationship(id);
        for (const NodeId id : node_holes_) transaction_.delete_node(id);
        return std::move(transaction_).finish();
    }
    void delete_holes() {
        for (const RelId id : relationship_holes_) transaction_.delete_relationship(id);
        for (const NodeId id : node_holes_) transaction_.delete_node(id);
        relationship_holes_.clear();
        node_holes_.clear();
    }

    Error broken(std::string_view what, std::uint32_t id) const {
        return damaged(folder_.database(), "the record of " + std::string(what) + " " + std::to_string(id) +
                                               " contradicts the others; restore the store from a backup");
    }

private:
    // Some node that exists. Nodes go only in delete_holes().
    NodeId anchor() {
        for (std::uint32_t i = graph().node_slots(); !anchor_.valid() && i-- > 0;)
            if (graph().has_node(NodeId{i})) anchor_ = NodeId{i};
        return anchor_;
    }

    Transaction transaction_;
    const StoreFolder& folder_;
    NodeId anchor_;
    std::vector<NodeId> node_holes_;
    std::vector<RelId> relationship_holes_;
};

// Reads one kind of record after the other; remembers the first thing that is wrong and the sum.
class RecordScan {
public:
    RecordScan(const Database& database, Patcher& patcher) : database_(database), patcher_(patcher) {}

    std::uint64_t sum = 0, count = 0;

    // handle(key, value) gives an error text's subject or nothing.
    template <class Handle>
    Result<void> each(KeyKind kind, std::string_view what, Handle&& handle) {
        std::optional<Error> problem;
        auto read = database_.each(single_key(kind), [&](std::string_view key, std::string_view value) {
            sum += content_hash(key, value);
            ++count;
            if (handle(key, value)) return true;
            problem = patcher_.broken(what, id_of_key(key).value_or(0));
            return false;
        });
        if (problem) return *std::move(problem);
        return read;
    }

private:
    const Database& database_;
    Patcher& patcher_;
};

Result<void> load_names(RecordScan& scan, Patcher& patcher) {
    auto done = scan.each(KeyKind::kLabel, "label", [&](auto key, auto name) {
        const auto id = id_of_key(key);
        return id && patcher.label(*id, name);
    });
    if (!done) return done;
    done = scan.each(KeyKind::kType, "relationship type", [&](auto key, auto name) {
        const auto id = id_of_key(key);
        return id && patcher.type(*id, name);
    });
    if (!done) return done;
    return scan.each(KeyKind::kPropertyKey, "property key", [&](auto key, auto name) {
        const auto id = id_of_key(key);
        return id && patcher.key(*id, name);
    });
}

Result<void> load_nodes(RecordScan& scan, Patcher& patcher, const StateRecord& state) {
    auto done = scan.each(KeyKind::kNode, "node", [&](auto key, auto value) {
        const auto id = id_of_key(key);
        const auto record = decode_node(value);
        if (!id || !record || *id >= state.node_slots || !patcher.names_known(*record)) return false;
        patcher.grow_nodes(*id);
        patcher.append_node(*record);
        return true;
    });
    if (done) patcher.grow_nodes(state.node_slots);
    return done;
}

Result<void> load_relationships(RecordScan& scan, Patcher& patcher, const StateRecord& state) {
    if (state.relationship_slots > 0 && !patcher.may_have_relationships())
        return patcher.broken("relationship", 0);
    auto done = scan.each(KeyKind::kRelationship, "relationship", [&](auto key, auto value) {
        const auto id = id_of_key(key);
        const auto record = decode_relationship(value);
        if (!id || !record || *id >= state.relationship_slots) return false;
        patcher.grow_relationships(*id);
        return patcher.append_relationship(*record);
    });
    if (done) patcher.grow_relationships(state.relationship_slots);
    return done;
}

struct Definitions {
    std::vector<graph::IndexInfo> indexes;
    std::vector<graph::ConstraintInfo> constraints;
};

Result<Definitions> read_definitions(const Database& database, const StoreFolder& folder) {
    Definitions found;
    bool sound = true;
    auto read = database.each(single_key(KeyKind::kIndex), [&](std::string_view, std::string_view value) {
        auto info = decode_index(value);
        if (info) found.indexes.push_back(*std::move(info));
        return sound = info.has_value();
    });
    if (!read) return read.error();
    if (sound) {
        read = database.each(single_key(KeyKind::kConstraint), [&](std::string_view, std::string_view value) {
            auto info = decode_constraint(value);
            if (info) found.constraints.push_back(*std::move(info));
            return sound = info.has_value();
        });
        if (!read) return read.error();
    }
    if (!sound) return damaged(folder.database(), "a record of an index or constraint is unreadable");
    return found;
}

// Makes the graph's indexes and constraints those of the records. A constraint brings its index.
Result<void> apply_definitions(Transaction& transaction, const Definitions& wanted, const StoreFolder& folder) {
    for (const auto& have : transaction.graph().constraints())
        if (std::find(wanted.constraints.begin(), wanted.constraints.end(), have) == wanted.constraints.end())
            if (auto done = transaction.drop_constraint(have.name); !done) return done;
    for (const auto& have : transaction.graph().indexes())
        if (!have.owned_by_constraint &&
            std::find(wanted.indexes.begin(), wanted.indexes.end(), have) == wanted.indexes.end())
            if (auto done = transaction.drop_index(have.name); !done) return done;
    const auto constraints = transaction.graph().constraints();
    for (const auto& info : wanted.constraints) {
        if (std::find(constraints.begin(), constraints.end(), info) != constraints.end()) continue;
        if (auto done = transaction.create_constraint(info); !done)
            return damaged(folder.database(), "the data contradicts the constraint " + info.name + ": " +
                                                  done.error().message);
    }
    const auto indexes = transaction.graph().indexes();
    for (const auto& info : wanted.indexes) {
        if (std::find(indexes.begin(), indexes.end(), info) != indexes.end()) continue;
        if (auto done = transaction.create_index(info); !done)
            return damaged(folder.database(), "the index " + info.name + " cannot be built: " +
                                                  done.error().message);
    }
    return {};
}

Result<void> compare_counts(const graph::Graph& graph, const StateRecord& state, const StoreFolder& folder) {
    if (graph.node_count() == state.node_count && graph.rel_count() == state.relationship_count &&
        graph.node_slots() == state.node_slots && graph.rel_slots() == state.relationship_slots)
        return {};
    return damaged(folder.database(),
                   "the store should hold " + std::to_string(state.node_count) + " nodes and " +
                       std::to_string(state.relationship_count) + " relationships, but its records give " +
                       std::to_string(graph.node_count()) + " and " + std::to_string(graph.rel_count()) +
                       "; restore it from a backup");
}

}  // namespace

Result<graph::Graph> load_graph(const Database& database, const StoreFolder& folder,
                                const StateRecord& state) {
    Patcher patcher(graph::Graph(), folder);
    RecordScan scan(database, patcher);
    if (auto done = load_names(scan, patcher); !done) return done.error();
    if (auto done = load_nodes(scan, patcher, state); !done) return done.error();
    if (auto done = load_relationships(scan, patcher, state); !done) return done.error();
    const auto count_only = [](auto, auto) { return true; };
    for (const KeyKind kind : {KeyKind::kIndex, KeyKind::kConstraint, KeyKind::kFamily})
        if (auto done = scan.each(kind, "", count_only); !done) return done.error();
    if (scan.sum != state.content_sum || scan.count != state.content_count)
        return damaged(folder.database(), "the records are not those of the last commit (" +
                                              std::to_string(scan.count) + " found, " +
                                              std::to_string(state.content_count) +
                                              " expected); restore the store from a backup");
    patcher.delete_holes();
    if (auto done = compare_counts(patcher.graph(), state, folder); !done) return done.error();
    auto definitions = read_definitions(database, folder);
    if (!definitions) return definitions.error();
    if (auto done = apply_definitions(patcher.transaction(), *definitions, folder); !done) return done.error();
    return std::move(patcher).finish();
}

namespace {

Result<void> catch_up_names(Patcher& patcher, const Database& database) {
    RecordScan scan(database, patcher);
    return load_names(scan, patcher);
}

// Relationships that are gone must go before their nodes; those that stay may change.
Result<void> catch_up_old_relationships(Patcher& patcher, const Database& database,
                                        const std::vector<RelId>& touched, std::uint32_t old_slots) {
    for (const RelId id : touched) {
        if (id.value >= old_slots) break;
        auto bytes = database.get(id_key(KeyKind::kRelationship, id.value));
        if (!bytes) return bytes.error();
        if (!patcher.graph().has_rel(id)) {
            if (bytes->has_value()) return patcher.broken("relationship", id.value);
            continue;
        }
        if (!bytes->has_value()) {
            patcher.transaction().delete_relationship(id);
            continue;
        }
        const auto record = decode_relationship(**bytes);
        const graph::RelRecord have = patcher.graph().rel(id);
        if (!record || record->source != have.source || record->target != have.target ||
            record->type != have.type || !patcher.keys_known(record->properties))
            return patcher.broken("relationship", id.value);
        patcher.replace_properties(id, patcher.graph().rel_properties(id), record->properties);
    }
    return {};
}

Result<void> catch_up_nodes(Patcher& patcher, const Database& database, const std::vector<NodeId>& touched,
                            const StateRecord& state) {
    const std::uint32_t old_slots = patcher.graph().node_slots();
    for (const NodeId id : touched) {
        if (id.value >= state.node_slots) return patcher.broken("node", id.value);
        auto bytes = database.get(id_key(KeyKind::kNode, id.value));
        if (!bytes) return bytes.error();
        if (!bytes->has_value()) {
            if (id.value < old_slots && patcher.graph().has_node(id)) patcher.delete_later(id);
            continue;
        }
        const auto record = decode_node(**bytes);
        if (!record || !patcher.names_known(*record)) return patcher.broken("node", id.value);
        if (id.value >= old_slots) {
            patcher.grow_nodes(id.value);
            patcher.append_node(*record);
        } else if (patcher.graph().has_node(id)) {
            patcher.replace_node(id, *record);
        } else {
            return patcher.broken("node", id.value);
        }
    }
    patcher.grow_nodes(state.node_slots);
    return {};
}

Result<void> catch_up_new_relationships(Patcher& patcher, const Database& database,
                                        const std::vector<RelId>& touched, const StateRecord& state) {
    const std::uint32_t old_slots = patcher.graph().rel_slots();
    if (state.relationship_slots > old_slots && !patcher.may_have_relationships())
        return patcher.broken("relationship", old_slots);
    for (const RelId id : touched) {
        if (id.value < old_slots) continue;
        if (id.value >= state.relationship_slots) return patcher.broken("relationship", id.value);
        auto bytes = database.get(id_key(KeyKind::kRelationship, id.value));
        if (!bytes) return bytes.error();
        if (!bytes->has_value()) continue;  // made and deleted since
        const auto record = decode_relationship(**bytes);
        if (!record) return patcher.broken("relationship", id.value);
        patcher.grow_relationships(id.value);
        if (!patcher.append_relationship(*record)) return patcher.broken("relationship", id.value);
    }
    patcher.grow_relationships(state.relationship_slots);
    return {};
}

}  // namespace

Result<graph::Graph> catch_up(graph::Graph graph, const Database& database, const StoreFolder& folder,
                              const StateRecord& state, const Touched& touched) {
    Patcher patcher(std::move(graph), folder);
    const std::uint32_t old_slots = patcher.graph().rel_slots();
    if (touched.names)
        if (auto done = catch_up_names(patcher, database); !done) return done.error();
    if (auto done = catch_up_old_relationships(patcher, database, touched.relationships, old_slots); !done)
        return done.error();
    if (auto done = catch_up_nodes(patcher, database, touched.nodes, state); !done) return done.error();
    if (auto done = catch_up_new_relationships(patcher, database, touched.relationships, state); !done)
        return done.error();
    patcher.delete_holes();
    if (auto done = compare_counts(patcher.graph(), state, folder); !done) return done.error();
    if (touched.schema) {
        auto definitions = read_definitions(database, folder);
        if (!definitions) return definitions.error();
        if (auto done = apply_definitions(patcher.transaction(), *definitions, folder); !done)
            return done.error();
    }
    return std::move(patcher).finish();
}

}  // namespace maek::storage
