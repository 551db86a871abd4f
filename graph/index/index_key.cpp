#include "graph/index/index_key.h"

#include <bit>
#include <cmath>
#include <limits>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace maek::graph {

namespace {

// Tags in the order of an index; NaN stands behind the numbers, outside their range.
enum Tag : unsigned char {
    kList = 1, kPoint, kDateTime, kLocalDateTime, kDate, kTime, kLocalTime, kDuration, kString,
    kBoolean, kNumber, kNaN, kEnd
};

void append_ordered(std::string& key, std::uint64_t bits, int bytes = 8) {
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
        key.push_back(static_cast<char>(bits >> shift));
    }
}

void append_signed(std::string& key, std::int64_t v) {
    append_ordered(key, static_cast<std::uint64_t>(v) ^ (std::uint64_t{1} << 63));
}

void append_double(std::string& key, double v) {
    const auto bits = std::bit_cast<std::uint64_t>(v == 0 ? 0.0 : v);
    constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
    append_ordered(key, bits & kSign ? ~bits : bits | kSign);
}

// The double nearest to an integer and what the integer has beyond it (within 512).
std::pair<double, int> split_integer(std::int64_t v) {
    const auto nearest = static_cast<double>(v);
    constexpr double kTwo63 = 9223372036854775808.0;
    if (nearest == kTwo63) {
        return {nearest, static_cast<int>(v - std::numeric_limits<std::int64_t>::max()) - 1};
    }
    return {nearest, static_cast<int>(v - static_cast<std::int64_t>(nearest))};
}

void append_number(std::string& key, double nearest, int rest) {
    append_double(key, nearest);
    append_ordered(key, static_cast<std::uint64_t>(rest + 0x8000), 2);
}

void append_text(std::string& key, std::string_view text) {
    for (const char c : text) {
        key.push_back(c);
        if (c == '\0') key.push_back('\xFF');
    }
}

bool append_list(std::span<const Value> items, std::string& key) {
    key.push_back(kList);
    for (const Value& item : items) {
        if (item.is_null()) {
            key.push_back(kEnd);  // a null inside: ordered last, equal to nothing
        } else if (!append_index_key(item, key)) {
            return false;
        }
    }
    key.push_back('\0');
    return true;
}

void append_point(const Point& point, std::string& key) {
    key.push_back(kPoint);
    append_signed(key, point.srid);
    append_double(key, point.x);
    append_double(key, point.y);
    append_double(key, point.is_3d() ? point.z : 0.0);
}

void append_duration(const Duration& duration, std::string& key) {
    key.push_back(kDuration);
    append_signed(key, duration.months);
    append_signed(key, duration.days);
    append_signed(key, duration.seconds);
    append_signed(key, duration.nanos);
}

void append_instant(std::string& key, Tag tag, std::int64_t seconds, std::int32_t nanos) {
    key.push_back(static_cast<char>(tag));
    append_signed(key, seconds);
    append_signed(key, nanos);
}

Tag tag_of(const Value& value) {
    switch (value.kind()) {
        case ValueKind::kBoolean: return kBoolean;
        case ValueKind::kInteger:
        case ValueKind::kFloat: return kNumber;
        case ValueKind::kString: return kString;
        case ValueKind::kList: return kList;
        case ValueKind::kDate: return kDate;
        case ValueKind::kLocalTime: return kLocalTime;
        case ValueKind::kTime: return kTime;
        case ValueKind::kLocalDateTime: return kLocalDateTime;
        case ValueKind::kDateTime: return kDateTime;
        case ValueKind::kDuration: return kDuration;
        case ValueKind::kPoint: return kPoint;
        default: return kEnd;
    }
}

}  // namespace

bool append_index_key(const Value& value, std::string& key) {
    switch (value.kind()) {
        case ValueKind::kBoolean:
            key.push_back(kBoolean);
            key.push_back(value.as_boolean() ? 1 : 0);
            return true;
        case ValueKind::kInteger: {
            key.push_back(kNumber);
            const auto [nearest, rest] = split_integer(value.as_integer());
            append_number(key, nearest, rest);
            return true;
        }
        case ValueKind::kFloat:
            key.push_back(std::isnan(value.as_float()) ? kNaN : kNumber);
            append_number(key, std::isnan(value.as_float()) ? 0.0 : value.as_float(), 0);
            return true;
        case ValueKind::kString:
            key.push_back(kString);
            append_text(key, value.as_string());
            key.append(2, '\0');
            return true;
        case ValueKind::kList: return append_list(value.as_list(), key);
        case ValueKind::kDate: append_instant(key, kDate, value.as_date().epoch_day, 0); return true;
        case ValueKind::kLocalTime: append_instant(key, kLocalTime, value.as_local_time().nanos, 0); return true;
        case ValueKind::kTime: {
            const Time& time = value.as_time();
            append_instant(key, kTime, time.nanos - time.offset_seconds * std::int64_t{1'000'000'000}, 0);
            return true;
        }
        case ValueKind::kLocalDateTime: {
            const LocalDateTime& at = value.as_local_date_time();
            append_instant(key, kLocalDateTime, at.epoch_seconds, at.nanos);
            return true;
        }
        case ValueKind::kDateTime: {
            const DateTime& at = value.as_date_time();
            append_instant(key, kDateTime, at.epoch_seconds, at.nanos);
            return true;
        }
        case ValueKind::kDuration: append_duration(value.as_duration(), key); return true;
        case ValueKind::kPoint: append_point(value.as_point(), key); return true;
        default: return false;
    }
}

bool can_be_equal(const Value& value) {
    switch (value.kind()) {
        case ValueKind::kNull:
        case ValueKind::kMap:
        case ValueKind::kNode:
        case ValueKind::kRelationship:
        case ValueKind::kPath: return false;
        case ValueKind::kFloat: return !std::isnan(value.as_float());
        case ValueKind::kPoint: {
            const Point& point = value.as_point();
            return !std::isnan(point.x) && !std::isnan(point.y) && !std::isnan(point.z);
        }
        case ValueKind::kList:
            for (const Value& item : value.as_list()) {
                if (!can_be_equal(item)) return false;
            }
            return true;
        default: return true;
    }
}

std::string string_prefix_key(std::string_view prefix) {
    std::string key(1, kString);
    append_text(key, prefix);
    return key;
}

std::string after_prefix(std::string key) {
    while (!key.empty() && key.back() == '\xFF') key.pop_back();
    if (!key.empty()) key.back() = static_cast<char>(static_cast<unsigned char>(key.back()) + 1);
    return key;
}

std::pair<std::string, std::string> comparable_range(const Value& value) {
    const auto tag = static_cast<char>(tag_of(value));
    return {std::string(1, tag), std::string(1, static_cast<char>(tag + 1))};
}

std::uint64_t equality_hash(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

std::uint64_t equality_hash(double number) {
    // The double alone: integers beyond 2^53 may share a hash with a neighbour, never miss it.
    // Whole numbers have nothing in their low bits: both halves must be mixed before multiplying.
    std::uint64_t h = std::bit_cast<std::uint64_t>(number == 0 ? 0.0 : number);
    h = (h ^ (h >> 32)) * 0x9E3779B97F4A7C15u;
    h = (h ^ (h >> 29)) * 0xBF58476D1CE4E5B9u;
    return h ^ (h >> 31);
}

std::uint64_t equality_hash(std::int64_t number) { return equality_hash(static_cast<double>(number)); }

std::uint64_t equality_hash(const Value& value) {
    switch (value.kind()) {
        case ValueKind::kInteger: return equality_hash(value.as_integer());
        case ValueKind::kFloat: return equality_hash(value.as_float());
        case ValueKind::kString: return equality_hash(value.as_string());
        default: {
            std::string key;
            append_index_key(value, key);
            return equality_hash(std::string_view(key));
        }
    }
}

bool index_equal_values(const Value& a, const Value& b) {
    if (a.is(ValueKind::kString) && b.is(ValueKind::kString)) return a.as_string() == b.as_string();
    if (a.is(ValueKind::kInteger) && b.is(ValueKind::kInteger)) return a.as_integer() == b.as_integer();
    if (!can_be_equal(a) || !can_be_equal(b)) return false;
    std::string left, right;
    append_index_key(a, left);
    append_index_key(b, right);
    return left == right;
}

}  // namespace maek::graph
