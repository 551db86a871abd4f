// Room: query, inner. The words of path patterns that parse/, bind/ and exec/ share.
#pragma once

#include <cstdint>

namespace maek::query {

enum class RelDirection : std::uint8_t { kOut, kIn, kBoth };  // as the pattern is written

// The same relationship, read from its other end.
constexpr RelDirection turned(RelDirection direction) {
    return direction == RelDirection::kOut  ? RelDirection::kIn
           : direction == RelDirection::kIn ? RelDirection::kOut
                                            : RelDirection::kBoth;
}

enum class PathMode : std::uint8_t { kDefault, kWalk, kTrail, kSimple, kAcyclic };

enum class PathSelector : std::uint8_t {
    kAll, kAny, kAnyShortest, kAllShortest, kShortestK, kShortestGroups,
    kShortestPathFunction, kAllShortestPathsFunction,  // openCypher's shortestPath(...)
};

}  // namespace maek::query
