// Room: graph, doorway. Builds a whole Graph at once, for imports: several times faster than a
// Transaction, because nothing is readable before finish(). One thread.
//
//     BulkBuilder builder;
//     const LabelId city = builder.label("City");
//     const KeyId name = builder.key("name");
//     const NodeId a = builder.add_node({&city, 1});
//     builder.set_string(a, name, "창원시");
//     Graph graph = std::move(builder).finish();
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "graph/graph.h"

namespace maek::graph {

class BulkBuilder {
public:
    using Properties = std::span<const std::pair<KeyId, Value>>;

    BulkBuilder();
    ~BulkBuilder();
    BulkBuilder(BulkBuilder&&) noexcept;
    BulkBuilder& operator=(BulkBuilder&&) noexcept;

    LabelId label(std::string_view name);
    TypeId type(std::string_view name);
    KeyId key(std::string_view name);

    // Ids are given in order from 0.
    NodeId add_node(std::span<const LabelId> labels, Properties properties = {});
    // Requires: both nodes were added.
    RelId add_relationship(NodeId source, NodeId target, TypeId type, Properties properties = {});
    void add_label(NodeId node, LabelId label);

    // A null value removes. Requires: the value is storable.
    void set(NodeId node, KeyId key, const Value& value);
    void set(RelId rel, KeyId key, const Value& value);
    // The same without a Value in between.
    void set_integer(NodeId node, KeyId key, std::int64_t value);
    void set_integer(RelId rel, KeyId key, std::int64_t value);
    void set_float(NodeId node, KeyId key, double value);
    void set_float(RelId rel, KeyId key, double value);
    void set_boolean(NodeId node, KeyId key, bool value);
    void set_boolean(RelId rel, KeyId key, bool value);
    void set_string(NodeId node, KeyId key, std::string_view value);
    void set_string(RelId rel, KeyId key, std::string_view value);

    std::uint32_t nodes() const;
    std::uint32_t relationships() const;
    std::size_t memory_bytes() const;  // an estimate

    // Builds the adjacency and gives the graph, version 1. Ends the builder.
    Graph finish() &&;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace maek::graph
