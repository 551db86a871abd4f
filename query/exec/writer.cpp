#include "query/exec/writer.h"

#include <algorithm>

#include "query/eval/failures.h"
#include "query/eval/operators.h"
#include "query/parse/query_error.h"

namespace maek::query {

namespace {

// About what a transaction keeps of one change until it is committed.
constexpr std::size_t kEntityBytes = 64, kPropertyBytes = 32;

[[noreturn]] void fail_deleted(const char* what) {
    fail("EntityNotFound", "DeletedEntityAccess", "22N51", std::string("the ") + what + " has been deleted");
}

std::vector<RelId> relationships_of(const graph::Graph& graph, NodeId node) {
    std::vector<RelId> all;
    for (std::uint32_t t = 0; t < graph.types().size(); ++t) {
        for (const auto direction : {graph::Direction::kOut, graph::Direction::kIn}) {
            for (const graph::Adjacent& next : graph.adjacent(node, TypeId{t}, direction)) {
                const bool loop_again = direction == graph::Direction::kIn && next.node == node;
                if (!loop_again) all.push_back(next.rel);
            }
        }
    }
    return all;
}

// Of a label, type or property that is not known yet.
std::string_view new_name(std::string_view name) {
    if (name.empty()) fail_value("the name of a label, type or property cannot be empty");
    if (name.find('\0') != std::string_view::npos) {
        fail_value("the name of a label, type or property cannot hold a NUL character");
    }
    return name;
}

bool has_relationships(const graph::Graph& graph, NodeId node) {
    return graph.degree(node, graph::Direction::kOut) + graph.degree(node, graph::Direction::kIn) > 0;
}

}  // namespace

Writer::Writer(graph::Transaction& transaction, UpdateCounts& counts, Guard& guard)
    : transaction_(&transaction), counts_(&counts), guard_(&guard) {}

void Writer::go_on(graph::Transaction& transaction) {
    transaction_ = &transaction;
    guard_->release(charged_);
    charged_ = 0;
}

void Writer::charge(std::size_t bytes) {
    if ((++charges_ & 255) == 0) guard_->check();
    guard_->charge(bytes);
    charged_ += bytes;
}

void Writer::require_node(NodeId node) const {
    if (is_deleted(node) || !graph().has_node(node)) fail_deleted("node");
}
void Writer::require_rel(RelId rel) const {
    if (is_deleted(rel) || !graph().has_rel(rel)) fail_deleted("relationship");
}

LabelId Writer::label(std::string_view name) {
    if (const auto known = graph().labels().find(name)) return *known;
    return transaction_->label(new_name(name));
}

TypeId Writer::type(std::string_view name) {
    if (const auto known = graph().types().find(name)) return *known;
    return transaction_->type(new_name(name));
}

KeyId Writer::key(std::string_view name) {
    if (const auto known = graph().keys().find(name)) return *known;
    return transaction_->key(new_name(name));
}

NodeId Writer::create_node(const std::vector<std::string>& labels) {
    charge(kEntityBytes);
    std::vector<LabelId> ids;
    for (const std::string& label : labels) {
        const LabelId id = this->label(label);
        bool known = false;
        for (const LabelId other : ids) known = known || other == id;
        if (!known) ids.push_back(id);
    }
    ++counts_->nodes_created;
    counts_->labels_added += ids.size();
    return transaction_->create_node(ids);
}

RelId Writer::create_relationship(NodeId source, NodeId target, std::string_view type) {
    require_node(source);
    require_node(target);
    charge(kEntityBytes);
    ++counts_->relationships_created;
    return transaction_->create_relationship(source, target, this->type(type));
}

template <class IdType>
void Writer::set_property_checked(IdType id, KeyId key, const Value& value, const Value& old) {
    if (value.is_null() && old.is_null()) return;
    require_storable(value);
    charge(kPropertyBytes + value.heap_bytes());
    transaction_->set_property(id, key, value);
    ++counts_->properties_set;
}

void Writer::set_property(NodeId node, std::string_view key, const Value& value) {
    require_node(node);
    if (value.is_null() && !graph().keys().find(key)) return;
    const KeyId id = this->key(key);
    set_property_checked(node, id, value, graph().node_property(node, id));
}

void Writer::set_property(RelId rel, std::string_view key, const Value& value) {
    require_rel(rel);
    if (value.is_null() && !graph().keys().find(key)) return;
    const KeyId id = this->key(key);
    set_property_checked(rel, id, value, graph().rel_property(rel, id));
}

template <class IdType>
void Writer::remove_others(IdType id, const std::vector<std::pair<KeyId, Value>>& present,
                           std::span<const MapEntry> map) {
    for (const auto& [key, old] : present) {
        const std::string_view name = graph().keys().name(key);
        const auto at = std::ranges::lower_bound(map, name, {}, &MapEntry::first);
        if (at == map.end() || at->first != name) set_property_checked(id, key, Value(), old);
    }
}

void Writer::set_properties(NodeId node, std::span<const MapEntry> map, bool replace) {
    require_node(node);
    if (replace) remove_others(node, graph().node_properties(node), map);
    for (const auto& [key, value] : map) set_property(node, key, value);
}

void Writer::set_properties(RelId rel, std::span<const MapEntry> map, bool replace) {
    require_rel(rel);
    if (replace) remove_others(rel, graph().rel_properties(rel), map);
    for (const auto& [key, value] : map) set_property(rel, key, value);
}

void Writer::add_label(NodeId node, std::string_view label) {
    require_node(node);
    if (transaction_->add_label(node, this->label(label))) ++counts_->labels_added;
}

void Writer::remove_label(NodeId node, std::string_view label) {
    require_node(node);
    const auto id = graph().labels().find(label);
    if (id && transaction_->remove_label(node, *id)) ++counts_->labels_removed;
}

void Writer::delete_node(NodeId node, bool detach) {
    if (is_deleted(node)) return;
    require_node(node);
    if (detach) {
        for (const RelId rel : relationships_of(graph(), node)) delete_relationship(rel);
    }
    deleted_nodes_.insert(node.value);
    ++counts_->nodes_deleted;
    if (has_relationships(graph(), node)) {
        pending_.push_back(node);
    } else {
        transaction_->delete_node(node);
    }
}

void Writer::delete_relationship(RelId rel) {
    if (is_deleted(rel)) return;
    require_rel(rel);
    deleted_rels_.emplace(rel.value, graph().rel(rel));
    transaction_->delete_relationship(rel);
    ++counts_->relationships_deleted;
}

void Writer::settle_deletes() {
    std::erase_if(pending_, [this](NodeId node) {
        if (has_relationships(graph(), node)) return false;
        transaction_->delete_node(node);
        return true;
    });
}

void Writer::writes_at(const SourceRange& range) {
    if (!write_range_) {
        write_range_ = range;
    } else if (write_range_->begin != range.begin) {
        write_range_->line = 0;
    }
}

void Writer::finish() {
    settle_deletes();
    if (!pending_.empty()) {
        located(delete_range_, [] {
            fail("ConstraintVerificationFailed", "DeleteConnectedNode", "G1001",
                 "a node that still has relationships cannot be deleted: delete them first, or use DETACH DELETE");
        });
    }
    if (const auto held = transaction_->check_constraints(); !held) {
        located(write_range_.value_or(SourceRange{}), [&] { throw QueryError(held.error()); });
    }
}

bool Writer::is_deleted(NodeId id) const { return deleted_nodes_.contains(id.value); }
bool Writer::is_deleted(RelId id) const { return deleted_rels_.contains(id.value); }
graph::RelRecord Writer::deleted_record(RelId id) const {
    const auto found = deleted_rels_.find(id.value);
    return found == deleted_rels_.end() ? graph::RelRecord{} : found->second;
}

}  // namespace maek::query
