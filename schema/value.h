// Room: schema. A value of the openCypher language, 16 bytes: small ones inside, the others in a
// shared, immutable, reference-counted box. Copying is cheap and safe between threads.
// What "equal", "comparable" and "ordered" mean to a query is not decided here but in query/eval;
// operator== here is plain structural identity (NaN equals itself, 1 differs from 1.0).
#pragma once

#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/ids.h"
#include "schema/temporal.h"

namespace maek {

enum class ValueKind : std::uint8_t {
    kNull, kBoolean, kInteger, kFloat, kString, kList, kMap, kNode, kRelationship, kPath,
    kDate, kLocalTime, kTime, kLocalDateTime, kDateTime, kDuration, kPoint,
};

std::string_view kind_name(ValueKind kind);  // "INTEGER", "LOCAL DATETIME", ...

class Value;

// Sorted by key (bytewise), keys unique.
using MapEntry = std::pair<std::string, Value>;

// nodes.size() == relationships.size() + 1; a relationship may be walked against its direction.
struct Path {
    std::vector<NodeId> nodes;
    std::vector<RelId> relationships;
    bool operator==(const Path&) const = default;
};

class Value {
public:
    Value() noexcept : kind_(ValueKind::kNull) { payload_.integer = 0; }
    Value(const Value& other) noexcept : payload_(other.payload_), kind_(other.kind_) { retain(); }
    Value(Value&& other) noexcept : payload_(other.payload_), kind_(other.kind_) {
        other.kind_ = ValueKind::kNull;
    }
    Value& operator=(const Value& other) noexcept {
        Value copy(other);
        swap(copy);
        return *this;
    }
    Value& operator=(Value&& other) noexcept {
        swap(other);
        return *this;
    }
    ~Value() { release(); }
    void swap(Value& other) noexcept {
        std::swap(payload_, other.payload_);
        std::swap(kind_, other.kind_);
    }

    static Value null() { return Value(); }
    static Value boolean(bool v);
    static Value integer(std::int64_t v);
    static Value floating(double v);
    static Value string(std::string_view v);
    // Requires: value depth stays within kMaxDepth (see depth()); evaluators check before.
    static Value list(std::vector<Value> items);
    // Sorts; of equal keys the last wins.
    static Value map(std::vector<MapEntry> entries);
    static Value node(NodeId id);
    static Value relationship(RelId id);
    static Value path(Path path);
    static Value date(Date v);
    static Value local_time(LocalTime v);
    static Value time(Time v);
    static Value local_date_time(LocalDateTime v);
    static Value date_time(DateTime v);
    static Value duration(Duration v);
    static Value point(Point v);

    ValueKind kind() const { return kind_; }
    bool is(ValueKind kind) const { return kind_ == kind; }
    bool is_null() const { return kind_ == ValueKind::kNull; }
    bool is_number() const { return kind_ == ValueKind::kInteger || kind_ == ValueKind::kFloat; }

    // Each requires the matching kind(). Views live as long as this value or a copy of it.
    bool as_boolean() const { return payload_.boolean; }
    std::int64_t as_integer() const { return payload_.integer; }
    double as_float() const { return payload_.floating; }
    std::string_view as_string() const;
    std::span<const Value> as_list() const;
    std::span<const MapEntry> as_map() const;
    NodeId as_node() const { return NodeId{static_cast<std::uint32_t>(payload_.integer)}; }
    RelId as_relationship() const { return RelId{static_cast<std::uint32_t>(payload_.integer)}; }
    const Path& as_path() const;
    Date as_date() const { return Date{payload_.integer}; }
    LocalTime as_local_time() const { return LocalTime{payload_.integer}; }
    const Time& as_time() const;
    const LocalDateTime& as_local_date_time() const;
    const DateTime& as_date_time() const;
    const Duration& as_duration() const;
    const Point& as_point() const;

    // Integer or float as a double. Requires: is_number().
    double as_number() const {
        return kind_ == ValueKind::kInteger ? static_cast<double>(payload_.integer) : payload_.floating;
    }
    // The entry of a map, or nullptr. O(log n). Requires: a map.
    const Value* find(std::string_view key) const;

    // 0 for scalars, 1 + the deepest element for lists and maps. O(1). Whatever walks a value may
    // recurse, because nothing deeper than kMaxDepth may be built.
    std::uint32_t depth() const;
    static constexpr std::uint32_t kMaxDepth = 1000;

    // Bytes held on the heap, elements included (shared ones counted each time). O(1).
    std::size_t heap_bytes() const;

    bool operator==(const Value& other) const;

private:
    struct Box;
    template <class T>
    struct BoxOf;
    union Payload {
        bool boolean;
        std::int64_t integer;
        double floating;
        Box* box;
    };

    bool boxed() const {
        return kind_ >= ValueKind::kString && kind_ != ValueKind::kNode &&
               kind_ != ValueKind::kRelationship && kind_ != ValueKind::kDate &&
               kind_ != ValueKind::kLocalTime;
    }
    void retain() const noexcept;
    void release() noexcept;
    static void destroy(ValueKind kind, Box* box) noexcept;
    template <class T>
    static Value make(ValueKind kind, T content, std::uint32_t depth, std::size_t bytes);
    template <class T>
    const T& content() const;
    static Value inside(ValueKind kind, std::int64_t payload);

    Payload payload_;
    ValueKind kind_;
};

static_assert(sizeof(Value) == 16);

}  // namespace maek
