// Room: query, inner. Every write of a running statement goes through here: it counts, remembers
// what was deleted and keeps the deferred checks.
// Tests: tests/query/cases/{create,merge,set,delete}.test.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/transaction.h"
#include "query/engine.h"
#include "query/eval/eval_context.h"
#include "query/parse/source.h"

namespace maek::query {

class Writer final : public DeletedEntities {
public:
    // What is written is charged to the guard until it is committed.
    Writer(graph::Transaction& transaction, UpdateCounts& counts, Guard& guard);

    const graph::Graph& graph() const { return transaction_->graph(); }
    graph::Transaction& transaction() { return *transaction_; }
    // Goes on writing in another transaction, after the former was committed.
    void go_on(graph::Transaction& transaction);
    // As it was when the copy was made; the transaction has been rolled back to then.
    void restore(const Writer& before) {
        guard_->release(charged_ - before.charged_);
        *this = before;
    }

    NodeId create_node(const std::vector<std::string>& labels);
    // Both ends must live: throws EntityNotFound otherwise.
    RelId create_relationship(NodeId source, NodeId target, std::string_view type);
    // null removes. Throws TypeError InvalidPropertyType for what cannot be stored.
    void set_property(NodeId node, std::string_view key, const Value& value);
    void set_property(RelId rel, std::string_view key, const Value& value);
    // All properties become those of the map (replace), or the map's entries are added (else); each that
    // is set or taken away counts once. The map is sorted by name.
    void set_properties(NodeId node, std::span<const MapEntry> map, bool replace);
    void set_properties(RelId rel, std::span<const MapEntry> map, bool replace);
    void add_label(NodeId node, std::string_view label);
    void remove_label(NodeId node, std::string_view label);

    // Deleting twice changes nothing. A node that still has relationships is only marked; finish()
    // throws when it still has them at the end of the statement.
    void delete_node(NodeId node, bool detach);
    void delete_relationship(RelId rel);
    // Where the statement deletes, for the failure that finish() may find.
    void deletes_at(const SourceRange& range) { delete_range_ = range; }
    // Where the statement creates or sets: a constraint that does not hold in the end is the failure of
    // the one clause that did; of several it is not known which.
    void writes_at(const SourceRange& range);
    // Retries marked nodes; at the end of every DELETE clause.
    void settle_deletes();
    // The checks at the end of a statement: DeleteConnectedNode, constraints.
    void finish();

    // DeletedEntities
    bool is_deleted(NodeId id) const override;
    bool is_deleted(RelId id) const override;
    graph::RelRecord deleted_record(RelId id) const override;
    bool any_deleted() const { return !deleted_nodes_.empty() || !deleted_rels_.empty(); }

private:
    template <class IdType>
    void set_property_checked(IdType id, KeyId key, const Value& value, const Value& old);
    // Takes away what the map does not name.
    template <class IdType>
    void remove_others(IdType id, const std::vector<std::pair<KeyId, Value>>& present, std::span<const MapEntry> map);
    // The name's id; added when new. Throw when it is empty or holds a NUL.
    LabelId label(std::string_view name);
    TypeId type(std::string_view name);
    KeyId key(std::string_view name);
    void charge(std::size_t bytes);
    void require_node(NodeId node) const;
    void require_rel(RelId rel) const;

    graph::Transaction* transaction_;
    UpdateCounts* counts_;
    Guard* guard_;
    SourceRange delete_range_;
    std::optional<SourceRange> write_range_;  // line 0: of several clauses
    std::size_t charged_ = 0;
    std::uint32_t charges_ = 0;
    std::unordered_set<std::uint32_t> deleted_nodes_;
    std::vector<NodeId> pending_;  // marked, not yet gone
    std::unordered_map<std::uint32_t, graph::RelRecord> deleted_rels_;
};

}  // namespace maek::query
