// The schema half of Transaction: indexes, constraints, and the check of constraints.
#include <algorithm>

#include "graph/index/index_key.h"
#include "graph/index/transaction_state.h"
#include "graph/io/value_text.h"

namespace maek::graph {

namespace {

Error schema_error(std::string detail, std::string status, std::string message) {
    return {ErrorCode::kQuery, std::move(message), {},
            QueryFault{"SchemaError", "runtime", std::move(detail), std::move(status)}};
}

Error violation(std::string detail, std::string status, std::string message) {
    return {ErrorCode::kQuery, std::move(message), {},
            QueryFault{"ConstraintValidationFailed", "runtime", std::move(detail), std::move(status)}};
}

std::string quoted(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "`" : ", `") + name + "`";
    return text;
}

std::string target_text(const ConstraintInfo& info) {
    return (info.on_relationships ? "relationships of type `" : "nodes with label `") + info.label + "`";
}

std::string shown(double number) {
    std::string text;
    append_float(text, number);
    return text;
}

std::string shown(const Point& point) {
    return "point({x: " + shown(point.x) + ", y: " + shown(point.y) + (point.is_3d() ? ", z: " + shown(point.z) : "") +
           ", srid: " + std::to_string(point.srid) + "})";
}

// A value in a message, as the language writes it, long text cut.
std::string shown(const Value& value) {
    switch (value.kind()) {
        case ValueKind::kBoolean: return value.as_boolean() ? "true" : "false";
        case ValueKind::kInteger: return std::to_string(value.as_integer());
        case ValueKind::kFloat: return shown(value.as_float());
        case ValueKind::kPoint: return shown(value.as_point());
        case ValueKind::kString: {
            constexpr std::size_t kShown = 60;
            std::string_view text = value.as_string();
            if (text.size() <= kShown) return "'" + std::string(text) + "'";
            std::size_t end = kShown;
            while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
            return "'" + std::string(text.substr(0, end)) + "…'";
        }
        case ValueKind::kList: {
            constexpr std::size_t kItems = 5;
            std::string items;
            for (std::size_t i = 0; i < std::min(kItems, value.as_list().size()); ++i) {
                items += (i > 0 ? ", " : "") + shown(value.as_list()[i]);
            }
            return "[" + items + (value.as_list().size() > kItems ? ", …]" : "]");
        }
        default: {
            std::string text;
            append_temporal(text, value);
            return "'" + text + "'";
        }
    }
}

Value property_of(const Graph& graph, NodeId id, KeyId key) { return graph.node_property(id, key); }
Value property_of(const Graph& graph, RelId id, KeyId key) { return graph.rel_property(id, key); }
std::string entity_text(NodeId id) { return "node " + std::to_string(id.value); }
std::string entity_text(RelId id) { return "relationship " + std::to_string(id.value); }

// A constraint with its names looked up; nothing can violate one whose label nobody has.
struct Resolved {
    const ConstraintInfo* info;
    std::uint32_t owner;
    std::vector<std::optional<KeyId>> keys;
    const PropertyIndex* index = nullptr;  // of unique ones
};

std::optional<Resolved> resolve(const Graph& graph, const ConstraintInfo& info) {
    Resolved resolved{&info, 0, {}, nullptr};
    if (info.on_relationships) {
        const auto type = graph.types().find(info.label);
        if (!type) return std::nullopt;
        resolved.owner = type->value;
    } else {
        const auto label = graph.labels().find(info.label);
        if (!label) return std::nullopt;
        resolved.owner = label->value;
    }
    for (const std::string& name : info.properties) resolved.keys.push_back(graph.keys().find(name));
    for (const auto& index : GraphAccess::data(graph).indexes) {
        if (index->info.owned_by_constraint && index->info.name == info.name) resolved.index = index.get();
    }
    return resolved;
}

template <class IdType>
Result<void> check_existence(const Graph& graph, const Resolved& constraint, IdType id) {
    for (std::size_t i = 0; i < constraint.keys.size(); ++i) {
        if (constraint.keys[i] && !property_of(graph, id, *constraint.keys[i]).is_null()) continue;
        return violation("PropertyMissing", "22N77",
                         entity_text(id) + " has no property `" + constraint.info->properties[i] +
                             "`, which constraint `" + constraint.info->name + "` requires of " +
                             target_text(*constraint.info));
    }
    return {};
}

template <class IdType>
Result<void> check_uniqueness(const Graph& graph, const Resolved& constraint, IdType id) {
    if (!constraint.index) return {};
    std::string values;
    for (const auto& key : constraint.keys) {
        const Value value = key ? property_of(graph, id, *key) : Value::null();
        if (!can_be_equal(value)) return {};  // null and NaN differ from everything
        values += (values.empty() ? "" : ", ") + shown(value);
    }
    const auto key = entry_key(graph, *constraint.index, id);
    if (!key) return {};
    std::optional<IdType> other;
    constraint.index->entries.scan(*key, after_prefix(*key), [&](const OrderedIndex::Entry& entry) {
        if (entry.id != id.value) other = IdType{entry.id};
        return !other.has_value();
    });
    if (!other) return {};
    return violation("NotUnique", "22N79",
                     entity_text(id) + " and " + entity_text(*other) + " both have " +
                         quoted(constraint.info->properties) + " = " + values + "; constraint `" +
                         constraint.info->name + "` wants it unique among " +
                         target_text(*constraint.info));
}

template <class IdType>
Result<void> check_one(const Graph& graph, const Resolved& constraint, IdType id) {
    if (constraint.info->kind != ConstraintKind::kUnique) {
        if (auto result = check_existence(graph, constraint, id); !result) return result;
    }
    if (constraint.info->kind == ConstraintKind::kExists) return {};
    return check_uniqueness(graph, constraint, id);
}

Result<void> check_everything(const Graph& graph, const Resolved& constraint) {
    if (constraint.info->on_relationships) {
        for (std::uint32_t id = 0; id < graph.rel_slots(); ++id) {
            if (graph.rel(RelId{id}).type.value != constraint.owner) continue;
            if (auto result = check_one(graph, constraint, RelId{id}); !result) return result;
        }
        return {};
    }
    for (std::uint32_t id = 0; id < graph.node_slots(); ++id) {
        if (!graph.has_label(NodeId{id}, LabelId{constraint.owner})) continue;
        if (auto result = check_one(graph, constraint, NodeId{id}); !result) return result;
    }
    return {};
}

std::shared_ptr<PropertyIndex> make_index(Transaction& transaction, const IndexInfo& info) {
    auto index = std::make_shared<PropertyIndex>();
    index->info = info;
    for (const std::string& label : info.labels) {
        const std::uint32_t id = info.on_relationships ? transaction.type(label).value
                                                       : transaction.label(label).value;
        if (&label == &info.labels.front()) index->owner = id;
    }
    for (const std::string& property : info.properties) index->keys.push_back(transaction.key(property));
    fill_index(transaction.graph(), *index);
    return index;
}

bool same_target(const IndexInfo& a, const IndexInfo& b) {
    return a.kind == b.kind && a.on_relationships == b.on_relationships && a.labels == b.labels &&
           a.properties == b.properties;
}

// Constraints first: theirs is also the name of the index that they bring.
Result<void> name_is_free(const GraphData& data, const std::string& name) {
    for (const ConstraintInfo& constraint : data.constraints) {
        if (constraint.name == name) {
            return schema_error("ConstraintAlreadyExists", "22N67",
                                "a constraint named `" + name + "` exists already");
        }
    }
    for (const auto& index : data.indexes) {
        if (index->info.name == name) {
            return schema_error("IndexAlreadyExists", "22N71", "an index named `" + name + "` exists already");
        }
    }
    return {};
}

}  // namespace

Result<void> Transaction::create_index(const IndexInfo& info) {
    const GraphData& data = GraphAccess::data(state_->work);
    if (auto free = name_is_free(data, info.name); !free) return free;
    if (info.labels.empty() || info.properties.empty() ||
        (info.kind != IndexKind::kFullText && info.labels.size() != 1)) {
        return schema_error("InvalidIndex", "22N04",
                            "index `" + info.name + "` needs one label or type and at least one property");
    }
    for (const auto& index : data.indexes) {
        if (same_target(index->info, info)) {
            return schema_error("IndexAlreadyExists", "22N70",
                                "index `" + index->info.name + "` covers the same already");
        }
    }
    auto index = make_index(*this, info);
    state_->own().indexes.push_back(std::move(index));
    return {};
}

Result<void> Transaction::create_constraint(const ConstraintInfo& info) {
    const GraphData& data = GraphAccess::data(state_->work);
    if (auto free = name_is_free(data, info.name); !free) return free;
    if (info.label.empty() || info.properties.empty()) {
        return schema_error("InvalidConstraint", "22N04",
                            "constraint `" + info.name + "` needs a label or type and a property");
    }
    for (const ConstraintInfo& present : data.constraints) {
        if (present.kind == info.kind && present.on_relationships == info.on_relationships &&
            present.label == info.label && present.properties == info.properties) {
            return schema_error("ConstraintAlreadyExists", "22N65",
                                "constraint `" + present.name + "` demands the same already");
        }
    }
    const Savepoint before = savepoint();
    if (info.kind != ConstraintKind::kExists) {
        const IndexInfo backing{info.name, IndexKind::kRange, info.on_relationships,
                                {info.label}, info.properties, true};
        for (const auto& index : data.indexes) {
            if (same_target(index->info, backing)) {
                if (index->info.owned_by_constraint) {
                    return schema_error("ConstraintAlreadyExists", "22N65",
                                        "constraint `" + index->info.name + "` covers the same; drop it first with DROP " +
                                            "CONSTRAINT, constraint `" + info.name + "` brings its own index");
                }
                return schema_error("IndexAlreadyExists", "22N73",
                                    "index `" + index->info.name + "` covers the same; drop it first, " +
                                        "constraint `" + info.name + "` brings its own");
            }
        }
        auto index = make_index(*this, backing);
        state_->own().indexes.push_back(std::move(index));
    }
    state_->own().constraints.push_back(info);
    if (const auto resolved = resolve(state_->work, info)) {
        if (auto result = check_everything(state_->work, *resolved); !result) {
            roll_back_to(before);
            return result;
        }
    }
    return {};
}

Result<void> Transaction::drop_index(std::string_view name) {
    GraphData& data = state_->own();
    const auto at = std::ranges::find_if(data.indexes, [&](const auto& index) { return index->info.name == name; });
    if (at == data.indexes.end()) {
        return schema_error("IndexNotFound", "22N69", "there is no index named `" + std::string(name) + "`");
    }
    if ((*at)->info.owned_by_constraint) {
        return schema_error("IndexBelongsToConstraint", "22N68",
                            "index `" + std::string(name) + "` belongs to a constraint; drop that");
    }
    data.indexes.erase(at);
    return {};
}

Result<void> Transaction::drop_constraint(std::string_view name) {
    GraphData& data = state_->own();
    const auto at = std::ranges::find(data.constraints, name, &ConstraintInfo::name);
    if (at == data.constraints.end()) {
        return schema_error("ConstraintNotFound", "22N66",
                            "there is no constraint named `" + std::string(name) + "`");
    }
    std::erase_if(data.indexes, [&](const auto& index) {
        return index->info.owned_by_constraint && index->info.name == name;
    });
    data.constraints.erase(at);
    return {};
}

// Only what was touched since the last check that held is looked at: an untouched entity can be in
// conflict only with a touched one.
Result<void> Transaction::check_constraints() const {
    const Graph& graph = state_->work;
    const GraphData& data = GraphAccess::data(graph);
    for (const ConstraintInfo& info : data.constraints) {
        const auto constraint = resolve(graph, info);
        if (!constraint) continue;
        for (std::size_t i = state_->checked; i < state_->log.size(); ++i) {
            const std::uint64_t entry = state_->log[i];
            const auto id = static_cast<std::uint32_t>(entry);
            const bool is_rel = entry & State::kRelBit;
            if (is_rel != info.on_relationships) continue;
            if (is_rel && graph.rel(RelId{id}).type.value == constraint->owner) {
                if (auto result = check_one(graph, *constraint, RelId{id}); !result) return result;
            } else if (!is_rel && graph.has_label(NodeId{id}, LabelId{constraint->owner})) {
                if (auto result = check_one(graph, *constraint, NodeId{id}); !result) return result;
            }
        }
    }
    state_->checked = state_->log.size();
    return {};
}

}  // namespace maek::graph
