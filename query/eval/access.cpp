#include <algorithm>

#include "query/eval/failures.h"
#include "query/eval/operators.h"
#include "query/eval/render.h"
#include "query/eval/temporal.h"
#include "query/eval/utf8.h"

namespace maek::query {

Value make_list(std::vector<Value> items) {
    for (const Value& item : items) {
        if (item.depth() + 1 >= Value::kMaxDepth) {
            fail_limit("a list would be nested deeper than " + std::to_string(Value::kMaxDepth) + " levels");
        }
    }
    return Value::list(std::move(items));
}

Value make_map(std::vector<MapEntry> entries) {
    for (const auto& [key, item] : entries) {
        if (item.depth() + 1 >= Value::kMaxDepth) {
            fail_limit("a map would be nested deeper than " + std::to_string(Value::kMaxDepth) + " levels");
        }
    }
    return Value::map(std::move(entries));
}

namespace {

// Lists and slices count from the end when the index is negative.
std::int64_t from_end(std::int64_t index, std::size_t size) {
    return index < 0 ? index + static_cast<std::int64_t>(size) : index;
}

[[noreturn]] void fail_access(std::string_view detail, std::string message) {
    fail("TypeError", detail, "22G03", std::move(message));
}

Value list_item(const Value& list, const Value& key) {
    if (!key.is(ValueKind::kInteger)) {
        fail_access("ListElementAccessByNonInteger",
                    "a list is indexed by an INTEGER, got " + describe(key));
    }
    const auto items = list.as_list();
    const std::int64_t at = from_end(key.as_integer(), items.size());
    if (at < 0 || at >= static_cast<std::int64_t>(items.size())) return Value::null();
    return items[static_cast<std::size_t>(at)];
}

Value node_property(const EvalContext& context, NodeId id, std::string_view key) {
    require_alive(context, id);
    const auto key_id = context.graph->keys().find(key);
    return key_id ? context.graph->node_property(id, *key_id) : Value::null();
}

Value rel_property(const EvalContext& context, RelId id, std::string_view key) {
    require_alive(context, id);
    const auto key_id = context.graph->keys().find(key);
    return key_id ? context.graph->rel_property(id, *key_id) : Value::null();
}

Value point_component(const Point& p, std::string_view key) {
    const auto is = [&](std::string_view a, std::string_view b) { return key == a || key == b; };
    if (is("x", "longitude") && (key == "x" || p.is_geographic())) return Value::floating(p.x);
    if (is("y", "latitude") && (key == "y" || p.is_geographic())) return Value::floating(p.y);
    if (is("z", "height") && p.is_3d() && (key == "z" || p.is_geographic())) return Value::floating(p.z);
    if (key == "srid") return Value::integer(p.srid);
    if (key == "crs") {
        const std::string_view flat = p.is_geographic() ? "wgs-84" : "cartesian";
        return Value::string(std::string(flat) + (p.is_3d() ? "-3d" : ""));
    }
    return Value::null();
}

}  // namespace

Value property(EvalContext& context, const Value& base, std::string_view key) {
    switch (base.kind()) {
        case ValueKind::kNull: return Value::null();
        case ValueKind::kMap: {
            const Value* found = base.find(key);
            return found != nullptr ? *found : Value::null();
        }
        case ValueKind::kNode: return node_property(context, base.as_node(), key);
        case ValueKind::kRelationship: return rel_property(context, base.as_relationship(), key);
        case ValueKind::kPoint: return point_component(base.as_point(), key);
        case ValueKind::kDate: case ValueKind::kLocalTime: case ValueKind::kTime:
        case ValueKind::kLocalDateTime: case ValueKind::kDateTime: case ValueKind::kDuration:
            return temporal_component(base, key);
        default:
            fail_access("InvalidArgumentType",
                        "cannot read property '" + std::string(key) + "' of " + describe(base));
    }
}

Value subscript(EvalContext& context, const Value& container, const Value& key) {
    if (container.is_null() || key.is_null()) return Value::null();
    if (container.is(ValueKind::kList)) return list_item(container, key);
    if (!kPropertyKinds.has(container.kind())) {
        fail_access("InvalidArgumentType", "cannot index " + describe(container) +
                                               "; expected a LIST, MAP, NODE or RELATIONSHIP");
    }
    if (!key.is(ValueKind::kString)) {
        fail_access("MapElementAccessByNonString",
                    "a " + std::string(kind_name(container.kind())) +
                        " is indexed by a STRING, got " + describe(key));
    }
    return property(context, container, key.as_string());
}

namespace {

// The half-open range [from, to) of a slice, cut to [0, size].
struct Bounds {
    std::size_t from = 0, to = 0;
};

std::optional<Bounds> slice_bounds(std::size_t size, const Value* from, const Value* to) {
    Bounds bounds{0, size};
    const auto read = [&](const Value* bound, std::size_t& out) {
        if (bound == nullptr) return true;
        if (bound->is_null()) return false;
        if (!bound->is(ValueKind::kInteger)) {
            fail_access("InvalidArgumentType", "a slice is bounded by INTEGERs, got " + describe(*bound));
        }
        const std::int64_t at = from_end(bound->as_integer(), size);
        out = static_cast<std::size_t>(std::clamp<std::int64_t>(at, 0, static_cast<std::int64_t>(size)));
        return true;
    };
    const bool known_from = read(from, bounds.from);
    const bool known_to = read(to, bounds.to);
    if (!known_from || !known_to) return std::nullopt;
    bounds.to = std::max(bounds.from, bounds.to);
    return bounds;
}

}  // namespace

Value slice(EvalContext&, const Value& list, const Value* from, const Value* to) {
    if (list.is_null()) return Value::null();
    if (list.is(ValueKind::kString)) {
        const std::string_view text = list.as_string();
        const auto bounds = slice_bounds(count_code_points(text), from, to);
        if (!bounds) return Value::null();
        const std::size_t first = offset_of(text, bounds->from);
        const std::size_t bytes = offset_of(text.substr(first), bounds->to - bounds->from);
        return Value::string(text.substr(first, bytes));
    }
    if (!list.is(ValueKind::kList)) {
        fail_access("InvalidArgumentType", "cannot slice " + describe(list) + "; expected a LIST");
    }
    const auto items = list.as_list();
    const auto bounds = slice_bounds(items.size(), from, to);
    if (!bounds) return Value::null();
    const auto part = items.subspan(bounds->from, bounds->to - bounds->from);
    return Value::list({part.begin(), part.end()});
}

Value properties(EvalContext& context, const Value& entity) {
    if (entity.is_null() || entity.is(ValueKind::kMap)) return entity;
    std::vector<std::pair<KeyId, Value>> found;
    if (entity.is(ValueKind::kNode)) {
        require_alive(context, entity.as_node());
        found = context.graph->node_properties(entity.as_node());
    } else if (entity.is(ValueKind::kRelationship)) {
        require_alive(context, entity.as_relationship());
        found = context.graph->rel_properties(entity.as_relationship());
    } else {
        fail_kind("properties()", "a NODE, RELATIONSHIP or MAP", entity);
    }
    std::vector<MapEntry> entries;
    entries.reserve(found.size());
    for (auto& [key, value] : found) {
        entries.emplace_back(context.graph->keys().name(key), std::move(value));
    }
    return make_map(std::move(entries));
}

Truth has_label(EvalContext& context, const Value& entity, std::string_view label) {
    const graph::Graph& graph = *context.graph;
    if (entity.is_null()) return Truth::kNull;
    if (entity.is(ValueKind::kNode)) {
        require_alive(context, entity.as_node());
        const auto id = graph.labels().find(label);
        return truth(id && graph.has_label(entity.as_node(), *id));
    }
    if (entity.is(ValueKind::kRelationship)) {
        const auto id = graph.types().find(label);
        const RelId rel = entity.as_relationship();
        const bool deleted = context.deleted != nullptr && context.deleted->is_deleted(rel);
        const TypeId type = deleted ? context.deleted->deleted_record(rel).type : graph.rel(rel).type;
        return truth(id && type == *id);
    }
    fail_kind("a label test", "a NODE or RELATIONSHIP", entity);
}

namespace {

bool is_storable_scalar(const Value& v) {
    switch (v.kind()) {
        case ValueKind::kNull: case ValueKind::kList: case ValueKind::kMap: case ValueKind::kNode:
        case ValueKind::kRelationship: case ValueKind::kPath: return false;
        default: return true;
    }
}

}  // namespace

void require_storable(const Value& value) {
    if (value.is_null() || is_storable_scalar(value)) return;
    if (!value.is(ValueKind::kList)) {
        fail("TypeError", "InvalidPropertyType", "22N01",
             "a property holds a scalar, temporal or point value or a list of such; got " + describe(value));
    }
    const auto items = value.as_list();
    for (const Value& item : items) {
        if (!is_storable_scalar(item)) {
            fail("TypeError", "InvalidPropertyType", "22N01",
                 "a list stored as a property holds only scalar, temporal or point values; got " + describe(item));
        }
        const Value& first = items.front();
        if (item.kind() != first.kind() && !(item.is_number() && first.is_number())) {
            fail("TypeError", "InvalidPropertyType", "22N01",
                 "a list stored as a property holds values of one kind; got " + describe(first) +
                     " and " + describe(item));
        }
    }
}

}  // namespace maek::query
