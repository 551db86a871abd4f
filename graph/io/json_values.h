// Room: graph, inner. A RapidJSON handler that makes Values. RapidJSON's headers stay behind it:
// only the .cpp files of JSON include this.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/value.h"

namespace maek::graph {

// An object with numbers x, y and srid (and z) is a point.
inline Value map_or_point(std::vector<MapEntry> entries) {
    Value map = Value::map(std::move(entries));
    const Value *srid = map.find("srid"), *x = map.find("x"), *y = map.find("y"), *z = map.find("z");
    if (srid == nullptr || !srid->is(ValueKind::kInteger) || x == nullptr || y == nullptr ||
        !x->is_number() || !y->is_number() || (z != nullptr && !z->is_number())) {
        return map;
    }
    return Value::point({static_cast<std::int32_t>(srid->as_integer()), x->as_number(), y->as_number(),
                         z ? z->as_number() : 0.0});
}

// Collects one JSON value; nesting beyond kMaxDepth stops the parser.
class JsonValues {
public:
    Value take() { return std::move(result_); }
    bool complete() const { return open_.empty(); }

    bool Null() { return put(Value::null()); }
    bool Bool(bool v) { return put(Value::boolean(v)); }
    bool Int(int v) { return put(Value::integer(v)); }
    bool Uint(unsigned v) { return put(Value::integer(v)); }
    bool Int64(std::int64_t v) { return put(Value::integer(v)); }
    bool Uint64(std::uint64_t v) {
        return put(v > INT64_MAX ? Value::floating(static_cast<double>(v))
                                 : Value::integer(static_cast<std::int64_t>(v)));
    }
    bool Double(double v) { return put(Value::floating(v)); }
    bool RawNumber(const char*, unsigned, bool) { return false; }
    bool String(const char* text, unsigned size, bool) { return put(Value::string({text, size})); }
    bool Key(const char* text, unsigned size, bool) {
        open_.back().key.assign(text, size);
        return true;
    }
    bool StartObject() { return start(true); }
    bool StartArray() { return start(false); }
    bool EndObject(unsigned) {
        Value made = map_or_point(std::move(open_.back().entries));
        open_.pop_back();
        return put(std::move(made));
    }
    bool EndArray(unsigned) {
        Value made = Value::list(std::move(open_.back().items));
        open_.pop_back();
        return put(std::move(made));
    }

private:
    struct Open {
        bool object = false;
        std::string key;
        std::vector<MapEntry> entries;
        std::vector<Value> items;
    };
    bool start(bool object) {
        if (open_.size() + 2 >= Value::kMaxDepth) return false;
        open_.emplace_back();
        open_.back().object = object;
        return true;
    }
    bool put(Value v) {
        if (open_.empty()) {
            result_ = std::move(v);
        } else if (open_.back().object) {
            open_.back().entries.emplace_back(open_.back().key, std::move(v));
        } else {
            open_.back().items.push_back(std::move(v));
        }
        return true;
    }

    Value result_;
    std::vector<Open> open_;
};

}  // namespace maek::graph
