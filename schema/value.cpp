#include "schema/value.h"

#include <algorithm>
#include <array>
#include <bit>

#include "schema/result.h"

namespace maek {

struct Value::Box {
    std::atomic<std::uint32_t> references{1};
    std::uint32_t depth = 0;
    std::size_t bytes = 0;
};

template <class T>
struct Value::BoxOf : Value::Box {
    T content;
};

namespace {
constexpr std::array<std::string_view, 17> kKindNames = {
    "NULL", "BOOLEAN", "INTEGER", "FLOAT", "STRING", "LIST", "MAP", "NODE", "RELATIONSHIP", "PATH",
    "DATE", "LOCAL TIME", "ZONED TIME", "LOCAL DATETIME", "ZONED DATETIME", "DURATION", "POINT"};
}

std::string_view kind_name(ValueKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

template <class T>
Value Value::make(ValueKind kind, T content, std::uint32_t depth, std::size_t bytes) {
    auto* box = new BoxOf<T>();
    box->content = std::move(content);
    box->depth = depth;
    box->bytes = bytes + sizeof(BoxOf<T>);
    Value value;
    value.kind_ = kind;
    value.payload_.box = box;
    return value;
}

template <class T>
const T& Value::content() const {
    return static_cast<const BoxOf<T>*>(payload_.box)->content;
}

Value Value::inside(ValueKind kind, std::int64_t payload) {
    Value value;
    value.kind_ = kind;
    value.payload_.integer = payload;
    return value;
}

void Value::retain() const noexcept {
    if (boxed()) payload_.box->references.fetch_add(1, std::memory_order_relaxed);
}

void Value::release() noexcept {
    if (!boxed()) return;
    if (payload_.box->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
        destroy(kind_, payload_.box);
    }
}

void Value::destroy(ValueKind kind, Box* box) noexcept {
    switch (kind) {
        case ValueKind::kString: delete static_cast<BoxOf<std::string>*>(box); break;
        case ValueKind::kList: delete static_cast<BoxOf<std::vector<Value>>*>(box); break;
        case ValueKind::kMap: delete static_cast<BoxOf<std::vector<MapEntry>>*>(box); break;
        case ValueKind::kPath: delete static_cast<BoxOf<Path>*>(box); break;
        case ValueKind::kTime: delete static_cast<BoxOf<Time>*>(box); break;
        case ValueKind::kLocalDateTime: delete static_cast<BoxOf<LocalDateTime>*>(box); break;
        case ValueKind::kDateTime: delete static_cast<BoxOf<DateTime>*>(box); break;
        case ValueKind::kDuration: delete static_cast<BoxOf<Duration>*>(box); break;
        case ValueKind::kPoint: delete static_cast<BoxOf<Point>*>(box); break;
        default: break;
    }
}

Value Value::boolean(bool v) {
    Value value = inside(ValueKind::kBoolean, 0);
    value.payload_.boolean = v;
    return value;
}
Value Value::integer(std::int64_t v) { return inside(ValueKind::kInteger, v); }
Value Value::floating(double v) {
    Value value = inside(ValueKind::kFloat, 0);
    value.payload_.floating = v;
    return value;
}
Value Value::string(std::string_view v) {
    return make(ValueKind::kString, std::string(v), 0, v.size());
}

Value Value::list(std::vector<Value> items) {
    std::uint32_t depth = 0;
    std::size_t bytes = 0;
    for (const Value& item : items) {
        depth = std::max(depth, item.depth());
        bytes += sizeof(Value) + item.heap_bytes();
    }
    MAEK_CHECK(depth < kMaxDepth, "a list nested too deeply was built");
    return make(ValueKind::kList, std::move(items), depth + 1, bytes);
}

Value Value::map(std::vector<MapEntry> entries) {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const MapEntry& a, const MapEntry& b) { return a.first < b.first; });
    std::vector<MapEntry> unique;
    unique.reserve(entries.size());
    for (MapEntry& entry : entries) {
        if (!unique.empty() && unique.back().first == entry.first) {
            unique.back().second = std::move(entry.second);
        } else {
            unique.push_back(std::move(entry));
        }
    }
    std::uint32_t depth = 0;
    std::size_t bytes = 0;
    for (const auto& [key, value] : unique) {
        depth = std::max(depth, value.depth());
        bytes += sizeof(MapEntry) + key.size() + value.heap_bytes();
    }
    MAEK_CHECK(depth < kMaxDepth, "a map nested too deeply was built");
    return make(ValueKind::kMap, std::move(unique), depth + 1, bytes);
}

Value Value::node(NodeId id) { return inside(ValueKind::kNode, id.value); }
Value Value::relationship(RelId id) { return inside(ValueKind::kRelationship, id.value); }
Value Value::path(Path path) {
    const std::size_t bytes = (path.nodes.size() + path.relationships.size()) * sizeof(NodeId);
    return make(ValueKind::kPath, std::move(path), 0, bytes);
}
Value Value::date(Date v) { return inside(ValueKind::kDate, v.epoch_day); }
Value Value::local_time(LocalTime v) { return inside(ValueKind::kLocalTime, v.nanos); }
Value Value::time(Time v) { return make(ValueKind::kTime, v, 0, 0); }
Value Value::local_date_time(LocalDateTime v) { return make(ValueKind::kLocalDateTime, v, 0, 0); }
Value Value::date_time(DateTime v) {
    const std::size_t bytes = v.zone.size();
    return make(ValueKind::kDateTime, std::move(v), 0, bytes);
}
Value Value::duration(Duration v) { return make(ValueKind::kDuration, v, 0, 0); }
Value Value::point(Point v) { return make(ValueKind::kPoint, v, 0, 0); }

std::string_view Value::as_string() const { return content<std::string>(); }
std::span<const Value> Value::as_list() const { return content<std::vector<Value>>(); }
std::span<const MapEntry> Value::as_map() const { return content<std::vector<MapEntry>>(); }
const Path& Value::as_path() const { return content<Path>(); }
const Time& Value::as_time() const { return content<Time>(); }
const LocalDateTime& Value::as_local_date_time() const { return content<LocalDateTime>(); }
const DateTime& Value::as_date_time() const { return content<DateTime>(); }
const Duration& Value::as_duration() const { return content<Duration>(); }
const Point& Value::as_point() const { return content<Point>(); }

const Value* Value::find(std::string_view key) const {
    const auto entries = as_map();
    const auto at = std::lower_bound(entries.begin(), entries.end(), key,
                                     [](const MapEntry& e, std::string_view k) { return e.first < k; });
    return at != entries.end() && at->first == key ? &at->second : nullptr;
}

std::uint32_t Value::depth() const { return boxed() ? payload_.box->depth : 0; }
std::size_t Value::heap_bytes() const { return boxed() ? payload_.box->bytes : 0; }

bool Value::operator==(const Value& other) const {
    if (kind_ != other.kind_) return false;
    if (boxed() && payload_.box == other.payload_.box) return true;
    switch (kind_) {
        case ValueKind::kNull: return true;
        case ValueKind::kBoolean: return as_boolean() == other.as_boolean();
        case ValueKind::kFloat:
            return std::bit_cast<std::uint64_t>(as_float()) == std::bit_cast<std::uint64_t>(other.as_float()) ||
                   as_float() == other.as_float();
        case ValueKind::kString: return as_string() == other.as_string();
        case ValueKind::kList: return std::ranges::equal(as_list(), other.as_list());
        case ValueKind::kMap: return std::ranges::equal(as_map(), other.as_map());
        case ValueKind::kPath: return as_path() == other.as_path();
        case ValueKind::kTime: return as_time() == other.as_time();
        case ValueKind::kLocalDateTime: return as_local_date_time() == other.as_local_date_time();
        case ValueKind::kDateTime: return as_date_time() == other.as_date_time();
        case ValueKind::kDuration: return as_duration() == other.as_duration();
        case ValueKind::kPoint: return as_point() == other.as_point();
        default: return payload_.integer == other.payload_.integer;
    }
}

}  // namespace maek
