// Room: schema. The ids that every room shares: small dense numbers, each kind a type of its own.
// An id of a node or relationship is its slot in the graph's columns: dense from 0, never reused
// within a store. At most 2^32 - 1 of each kind.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace maek {

template <class Tag>
struct Id {
    static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
    std::uint32_t value = kNone;

    constexpr Id() = default;
    constexpr explicit Id(std::uint32_t v) : value(v) {}
    constexpr bool valid() const { return value != kNone; }
    constexpr auto operator<=>(const Id&) const = default;
};

using NodeId = Id<struct NodeTag>;
using RelId = Id<struct RelTag>;      // a relationship
using LabelId = Id<struct LabelTag>;  // a node's label, numbered in the order of first use
using TypeId = Id<struct TypeTag>;    // a relationship's type
using KeyId = Id<struct KeyTag>;      // a property's name

}  // namespace maek

template <class Tag>
struct std::hash<maek::Id<Tag>> {
    std::size_t operator()(maek::Id<Tag> id) const noexcept { return std::hash<std::uint32_t>{}(id.value); }
};
