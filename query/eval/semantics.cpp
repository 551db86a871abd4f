#include "query/eval/semantics.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "query/eval/temporal.h"

namespace maek::query {

namespace {



// Equality where null and NaN do not occur at this level: same kind, not a number, not a container.
bool same_scalar(const Value& a, const Value& b) { return a == b; }

Truth equal_lists(std::span<const Value> a, std::span<const Value> b) {
    if (a.size() != b.size()) return Truth::kFalse;
    Truth all = Truth::kTrue;
    for (std::size_t i = 0; i < a.size(); ++i) {
        all = logical_and(all, equal(a[i], b[i]));
        if (all == Truth::kFalse) break;
    }
    return all;
}

Truth equal_maps(std::span<const MapEntry> a, std::span<const MapEntry> b) {
    if (a.size() != b.size()) return Truth::kFalse;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i].first != b[i].first) return Truth::kFalse;
    }
    Truth all = Truth::kTrue;
    for (std::size_t i = 0; i < a.size(); ++i) {
        all = logical_and(all, equal(a[i].second, b[i].second));
        if (all == Truth::kFalse) break;
    }
    return all;
}

std::partial_ordering number_order(const Value& a, const Value& b) {
    const bool a_integer = a.is(ValueKind::kInteger);
    const bool b_integer = b.is(ValueKind::kInteger);
    if (a_integer && b_integer) return a.as_integer() <=> b.as_integer();
    if (a_integer) return compare_numbers(a.as_integer(), b.as_float());
    if (b_integer) return 0 <=> compare_numbers(b.as_integer(), a.as_float());
    return a.as_float() <=> b.as_float();
}

Comparison to_comparison(std::partial_ordering o) {
    if (o < 0) return Comparison::kLess;
    if (o > 0) return Comparison::kGreater;
    return o == 0 ? Comparison::kEqual : Comparison::kUnordered;
}

// Lists compare element by element; the first pair that is not equal decides.
Comparison compare_lists(std::span<const Value> a, std::span<const Value> b) {
    const std::size_t common = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < common; ++i) {
        const Comparison c = compare(a[i], b[i]);
        if (c == Comparison::kUnknown && equal(a[i], b[i]) == Truth::kTrue) continue;
        if (c != Comparison::kEqual) return c;
    }
    return to_comparison(a.size() <=> b.size());
}

}  // namespace

std::partial_ordering compare_numbers(std::int64_t a, double b) {
    if (std::isnan(b)) return std::partial_ordering::unordered;
    if (b >= 9223372036854775808.0) return std::partial_ordering::less;
    if (b < -9223372036854775808.0) return std::partial_ordering::greater;
    const double whole = std::trunc(b);
    const auto cut = static_cast<std::int64_t>(whole);
    if (a != cut) return a <=> cut;
    return 0.0 <=> (b - whole);
}

Truth equal(const Value& a, const Value& b) {
    if (a.is_null() || b.is_null()) return Truth::kNull;
    if (a.is_number() && b.is_number()) return truth(number_order(a, b) == 0);
    if (a.kind() != b.kind()) return Truth::kFalse;
    if (a.is(ValueKind::kList)) return equal_lists(a.as_list(), b.as_list());
    if (a.is(ValueKind::kMap)) return equal_maps(a.as_map(), b.as_map());
    return truth(same_scalar(a, b));
}

Comparison compare(const Value& a, const Value& b) {
    if (a.is_number() && b.is_number()) return to_comparison(number_order(a, b));
    if (a.kind() != b.kind()) return Comparison::kUnknown;
    switch (a.kind()) {
        case ValueKind::kBoolean: return to_comparison(a.as_boolean() <=> b.as_boolean());
        case ValueKind::kString: return to_comparison(a.as_string() <=> b.as_string());
        case ValueKind::kList: return compare_lists(a.as_list(), b.as_list());
        case ValueKind::kDate: case ValueKind::kLocalTime: case ValueKind::kTime:
        case ValueKind::kLocalDateTime: case ValueKind::kDateTime:
            return to_comparison(compare_temporal(a, b));
        default: return Comparison::kUnknown;
    }
}

Truth less(const Value& a, const Value& b) {
    const Comparison c = compare(a, b);
    return c == Comparison::kUnknown ? Truth::kNull : truth(c == Comparison::kLess);
}

Truth less_or_equal(const Value& a, const Value& b) {
    const Comparison c = compare(a, b);
    if (c == Comparison::kUnknown) return Truth::kNull;
    return truth(c == Comparison::kLess || c == Comparison::kEqual);
}

Truth contains(const Value& list, const Value& item) {
    Truth any = Truth::kFalse;
    for (const Value& candidate : list.as_list()) {
        const Truth same = equal(item, candidate);
        if (same == Truth::kTrue) return Truth::kTrue;
        any = logical_or(any, same);
    }
    return any;
}

// --- the total order

namespace {

constexpr std::array<std::uint8_t, 17> kRank = {
    /*null*/ 20, /*boolean*/ 14, /*integer*/ 15, /*float*/ 15, /*string*/ 13, /*list*/ 3, /*map*/ 0,
    /*node*/ 1, /*relationship*/ 2, /*path*/ 4, /*date*/ 7, /*local time*/ 9, /*time*/ 8,
    /*local date time*/ 6, /*date time*/ 5, /*duration*/ 10, /*point*/ 11};

int rank(const Value& value) { return kRank[static_cast<std::size_t>(value.kind())]; }

// NaN is the largest number and equal to itself.
std::weak_ordering total(double a, double b) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) <=> std::isnan(b);
    if (a < b) return std::weak_ordering::less;
    return a > b ? std::weak_ordering::greater : std::weak_ordering::equivalent;
}

std::weak_ordering order_numbers(const Value& a, const Value& b) {
    const std::partial_ordering o = number_order(a, b);
    if (o < 0) return std::weak_ordering::less;
    if (o > 0) return std::weak_ordering::greater;
    if (o == 0) return std::weak_ordering::equivalent;
    return total(a.as_number(), b.as_number());
}

std::weak_ordering order_lists(std::span<const Value> a, std::span<const Value> b) {
    const std::size_t common = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < common; ++i) {
        const auto o = order(a[i], b[i]);
        if (o != 0) return o;
    }
    return a.size() <=> b.size();
}

// By size, then by the keys, then by the values.
std::weak_ordering order_maps(std::span<const MapEntry> a, std::span<const MapEntry> b) {
    if (a.size() != b.size()) return a.size() <=> b.size();
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto o = a[i].first <=> b[i].first;
        if (o != 0) return o;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto o = order(a[i].second, b[i].second);
        if (o != 0) return o;
    }
    return std::weak_ordering::equivalent;
}

// By what a traveller meets: node, relationship, node ...; a path that ends earlier comes first.
std::weak_ordering order_paths(const Path& a, const Path& b) {
    const std::size_t common = std::min(a.nodes.size(), b.nodes.size());
    for (std::size_t i = 0; i < common; ++i) {
        if (a.nodes[i] != b.nodes[i]) return a.nodes[i] <=> b.nodes[i];
        if (i + 1 == common) break;
        if (a.relationships[i] != b.relationships[i]) {
            return a.relationships[i] <=> b.relationships[i];
        }
    }
    return a.nodes.size() <=> b.nodes.size();
}

std::weak_ordering order_durations(const Duration& a, const Duration& b) {
    const auto by_length = compare_duration(a, b);
    if (by_length != 0) return by_length;
    if (a.months != b.months) return a.months <=> b.months;
    if (a.days != b.days) return a.days <=> b.days;
    if (a.seconds != b.seconds) return a.seconds <=> b.seconds;
    return a.nanos <=> b.nanos;
}

std::weak_ordering order_points(const Point& a, const Point& b) {
    if (a.srid != b.srid) return a.srid <=> b.srid;
    for (const auto& [p, q] : {std::pair{a.x, b.x}, {a.y, b.y}, {a.z, b.z}}) {
        const auto o = total(p, q);
        if (o != 0) return o;
    }
    return std::weak_ordering::equivalent;
}

}  // namespace

std::weak_ordering order(const Value& a, const Value& b) {
    const int rank_a = rank(a);
    const int rank_b = rank(b);
    if (rank_a != rank_b) return rank_a <=> rank_b;
    switch (a.kind()) {
        case ValueKind::kNull: return std::weak_ordering::equivalent;
        case ValueKind::kBoolean: return a.as_boolean() <=> b.as_boolean();
        case ValueKind::kInteger: case ValueKind::kFloat: return order_numbers(a, b);
        case ValueKind::kString: return a.as_string() <=> b.as_string();
        case ValueKind::kList: return order_lists(a.as_list(), b.as_list());
        case ValueKind::kMap: return order_maps(a.as_map(), b.as_map());
        case ValueKind::kNode: return a.as_node() <=> b.as_node();
        case ValueKind::kRelationship: return a.as_relationship() <=> b.as_relationship();
        case ValueKind::kPath: return order_paths(a.as_path(), b.as_path());
        case ValueKind::kDuration: return order_durations(a.as_duration(), b.as_duration());
        case ValueKind::kPoint: return order_points(a.as_point(), b.as_point());
        default: return compare_temporal(a, b);
    }
}

// --- equivalence and its hash

bool equivalent(const Value& a, const Value& b) {
    if (a.kind() != b.kind() && !(a.is_number() && b.is_number())) return false;
    switch (a.kind()) {
        case ValueKind::kNull: return true;
        case ValueKind::kList: {
            const auto x = a.as_list(), y = b.as_list();
            return std::ranges::equal(x, y, [](const Value& p, const Value& q) { return equivalent(p, q); });
        }
        case ValueKind::kMap: {
            const auto x = a.as_map(), y = b.as_map();
            return std::ranges::equal(x, y, [](const MapEntry& p, const MapEntry& q) {
                return p.first == q.first && equivalent(p.second, q.second);
            });
        }
        case ValueKind::kInteger: case ValueKind::kFloat: return order_numbers(a, b) == 0;
        case ValueKind::kPoint: return order_points(a.as_point(), b.as_point()) == 0;
        default: return same_scalar(a, b);
    }
}

namespace {

constexpr std::uint64_t mix(std::uint64_t h) {
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93ull;
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93ull;
    return h ^ (h >> 32);
}

std::uint64_t join(std::uint64_t seed, std::uint64_t h) {
    return mix(seed * 0x9E3779B97F4A7C15ull + h);
}

std::uint64_t hash_bytes(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

// Equal numbers hash alike whichever kind they have; 0.0 and -0.0 too, and every NaN.
std::uint64_t hash_double(double value) {
    if (std::isnan(value)) return 0x7FF8DEADull;
    if (value >= -9223372036854775808.0 && value < 9223372036854775808.0 && std::trunc(value) == value) {
        return mix(static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
    }
    return mix(std::bit_cast<std::uint64_t>(value));
}

std::uint64_t hash_path(const Path& path) {
    std::uint64_t h = path.nodes.size();
    for (const NodeId id : path.nodes) h = join(h, id.value);
    for (const RelId id : path.relationships) h = join(h, id.value);
    return h;
}

std::uint64_t hash_content(const Value& value) {
    switch (value.kind()) {
        case ValueKind::kNull: return 0;
        case ValueKind::kBoolean: return value.as_boolean() ? 2 : 1;
        case ValueKind::kString: return hash_bytes(value.as_string());
        case ValueKind::kList: return hash_values(value.as_list());
        case ValueKind::kMap: {
            std::uint64_t h = value.as_map().size();
            for (const auto& [key, item] : value.as_map()) {
                h = join(join(h, hash_bytes(key)), hash_value(item));
            }
            return h;
        }
        case ValueKind::kPath: return hash_path(value.as_path());
        case ValueKind::kNode: return value.as_node().value;
        case ValueKind::kRelationship: return value.as_relationship().value;
        case ValueKind::kDate: return static_cast<std::uint64_t>(value.as_date().epoch_day);
        case ValueKind::kLocalTime: return static_cast<std::uint64_t>(value.as_local_time().nanos);
        case ValueKind::kTime: {
            const Time& t = value.as_time();
            return join(static_cast<std::uint64_t>(t.nanos), static_cast<std::uint64_t>(t.offset_seconds));
        }
        case ValueKind::kLocalDateTime: {
            const LocalDateTime& t = value.as_local_date_time();
            return join(static_cast<std::uint64_t>(t.epoch_seconds), static_cast<std::uint64_t>(t.nanos));
        }
        case ValueKind::kDateTime: {
            const DateTime& t = value.as_date_time();
            const auto h = join(static_cast<std::uint64_t>(t.epoch_seconds), static_cast<std::uint64_t>(t.nanos));
            return join(h, hash_bytes(t.zone) + static_cast<std::uint64_t>(t.offset_seconds));
        }
        case ValueKind::kDuration: {
            const Duration& d = value.as_duration();
            const auto h = join(static_cast<std::uint64_t>(d.months), static_cast<std::uint64_t>(d.days));
            return join(join(h, static_cast<std::uint64_t>(d.seconds)), static_cast<std::uint64_t>(d.nanos));
        }
        case ValueKind::kPoint: {
            const Point& p = value.as_point();
            const auto h = join(static_cast<std::uint64_t>(p.srid), hash_double(p.x));
            return join(join(h, hash_double(p.y)), hash_double(p.z));
        }
        default: return 0;
    }
}

}  // namespace

std::uint64_t hash_value(const Value& value) {
    if (value.is(ValueKind::kInteger)) return mix(static_cast<std::uint64_t>(value.as_integer()));
    if (value.is(ValueKind::kFloat)) return hash_double(value.as_float());
    return join(static_cast<std::uint64_t>(value.kind()) + 1, hash_content(value));
}

bool equivalent(std::span<const Value> a, std::span<const Value> b) {
    return std::ranges::equal(a, b, [](const Value& p, const Value& q) { return equivalent(p, q); });
}

std::uint64_t hash_values(std::span<const Value> values) {
    std::uint64_t h = values.size();
    for (const Value& value : values) h = join(h, hash_value(value));
    return h;
}

}  // namespace maek::query
