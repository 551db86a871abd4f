// Room: graph, doorway. Changes to a Graph: a private copy that is changed in place where nothing
// is shared and by copy where something is, plus the list of what was touched, from which storage
// writes its records. One thread. Nothing is visible outside until the owner publishes graph().
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "schema/result.h"

namespace maek::graph {

// Ids touched since the transaction began, ascending, no duplicates. Whether an id was created,
// changed or deleted shows by comparing the graph before and after.
struct ChangeSet {
    std::vector<NodeId> nodes;
    std::vector<RelId> relationships;
    bool names = false;    // a label, type or key was added
    bool schema = false;   // an index or constraint was added or dropped
    bool empty() const { return nodes.empty() && relationships.empty() && !names && !schema; }
};

class Transaction {
public:
    explicit Transaction(Graph base);
    ~Transaction();
    Transaction(Transaction&&) noexcept;
    Transaction& operator=(Transaction&&) noexcept;

    // The working graph, own writes included. References and views into it end at the next write.
    const Graph& graph() const;
    const Graph& base() const;  // as it was at the beginning

    LabelId label(std::string_view name);  // adds the name when new
    TypeId type(std::string_view name);
    KeyId key(std::string_view name);

    NodeId create_node(std::span<const LabelId> labels);
    // Requires: both nodes exist.
    RelId create_relationship(NodeId source, NodeId target, TypeId type);
    // Requires: the node exists and has no relationships (delete those first).
    void delete_node(NodeId id);
    void delete_relationship(RelId id);
    bool add_label(NodeId id, LabelId label);     // false: had it
    bool remove_label(NodeId id, LabelId label);  // false: had it not
    // A null value removes. Requires: the value is storable (no node, relationship, path, map).
    void set_property(NodeId id, KeyId key, const Value& value);
    void set_property(RelId id, KeyId key, const Value& value);

    // Indexes are filled from the present nodes; constraints are checked against them.
    // Errors (kQuery with type/detail): exists already under the name or for the same target,
    // violated by present data.
    Result<void> create_index(const IndexInfo& info);
    Result<void> create_constraint(const ConstraintInfo& info);
    Result<void> drop_index(std::string_view name);
    Result<void> drop_constraint(std::string_view name);
    // Checks every constraint against what was touched since the beginning; names the violating
    // node and values. Storage calls it before a commit, the engine after each statement.
    Result<void> check_constraints() const;

    // A statement that fails is undone to the point before it. O(chunk tables).
    struct Savepoint {
        Graph graph;
        std::size_t log = 0;
        std::size_t bytes = 0;
    };
    Savepoint savepoint();
    void roll_back_to(const Savepoint& savepoint);

    ChangeSet changes() const;  // O(touched log touched)
    std::size_t memory_bytes() const;  // estimate of what this transaction holds privately

    // Packs loose chunks and gives the finished graph, its version one higher. Ends the transaction.
    Graph finish() &&;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace maek::graph
