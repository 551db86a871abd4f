// Room: storage, inner (facts). Keys inside the families. Parts are separated by NUL, which no part
// but the last may hold. Tests: tests/storage/fact_store_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/ids.h"
#include "storage/facts/contribution.h"

namespace maek::storage {

inline std::string name_prefix(const std::string& type, const std::string& normal) {
    return type + '\0' + normal + '\0';
}

inline std::string member_prefix(NodeId node) {
    std::string key;
    for (int shift = 24; shift >= 0; shift -= 8) key.push_back(static_cast<char>(node.value >> shift));
    return key;
}

// All statements of a pair of base entities for one relation type.
inline std::string stated_prefix(const BaseId& source, const std::string& relation, const BaseId& target) {
    return source.bytes() + '\0' + relation + '\0' + target.bytes() + '\0';
}
inline std::string stated_key(const BaseEdge& edge, const std::string& article) {
    return stated_prefix(edge.source, edge.relation, edge.target) + edge.variant + '\0' + article;
}

// Which base entities are connected at all, from both sides: edges of the graph do not tell, since
// one inside a node or rejected by an analyst is not there.
inline std::string pair_prefix(char side, const BaseId& id) { return side + id.bytes() + '\0'; }
inline std::string pair_key(char side, const BaseId& id, const BaseId& other, const std::string& relation) {
    return pair_prefix(side, id) + other.bytes() + '\0' + relation;
}
struct PairTail {
    BaseId other;
    std::string relation;
};
inline PairTail parse_pair_tail(std::string_view tail) {  // type 0 identity 0 relation
    const std::size_t first = tail.find('\0');
    const std::size_t second = first == std::string_view::npos ? first : tail.find('\0', first + 1);
    if (second == std::string_view::npos) return {};
    return {{std::string(tail.substr(0, first)), std::string(tail.substr(first + 1, second - first - 1))},
            std::string(tail.substr(second + 1))};
}

struct StatedTail {
    std::string variant, article;
};
inline StatedTail parse_stated_tail(std::string_view tail) {
    const std::size_t nul = tail.find('\0');
    if (nul == std::string_view::npos) return {std::string(tail), {}};
    return {std::string(tail.substr(0, nul)), std::string(tail.substr(nul + 1))};
}

}  // namespace maek::storage
