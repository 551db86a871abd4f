// Room: graph, inner. Little helpers to put numbers and texts into bytes and get them back, checked.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "schema/value.h"

namespace maek::graph {

class ByteWriter {
public:
    template <class T>
    void number(T v) {
        static_assert(std::is_trivially_copyable_v<T>);
        const auto at = bytes_.size();
        bytes_.resize(at + sizeof(T));
        std::memcpy(bytes_.data() + at, &v, sizeof(T));
    }
    void text(std::string_view v) {
        number<std::uint64_t>(v.size());
        bytes_.append(v);
    }
    void raw(std::string_view v) { bytes_.append(v); }
    void value(const Value& v);
    const std::string& bytes() const { return bytes_; }
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

// After the first read beyond the end ok() is false and everything read is zero or empty.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
    bool ok() const { return ok_; }
    bool at_end() const { return rest_.empty(); }
    void fail() { ok_ = false, rest_ = {}; }

    template <class T>
    T number() {
        T v{};
        if (rest_.size() < sizeof(T)) {
            fail();
            return v;
        }
        std::memcpy(&v, rest_.data(), sizeof(T));
        rest_.remove_prefix(sizeof(T));
        return v;
    }
    std::string_view raw(std::uint64_t size) {
        if (rest_.size() < size) {
            fail();
            return {};
        }
        const std::string_view v = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return v;
    }
    std::string_view text() { return raw(number<std::uint64_t>()); }
    // A count of things that take at least `each` bytes apiece: never more than can be there.
    std::uint64_t count(std::uint64_t each) {
        const auto n = number<std::uint64_t>();
        if (n > rest_.size() / each) fail();
        return ok_ ? n : 0;
    }
    Value value(std::uint32_t depth = 0);

private:
    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace maek::graph
