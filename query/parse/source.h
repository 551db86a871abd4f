// Room: query, inner. Where something stands in the query's text.
#pragma once

#include <cstdint>

namespace maek::query {

// Bytes [begin, end) and the place of the first one: 1-based, columns in code points; 0 = unknown.
struct SourceRange {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

// From the start of one to the end of the other.
inline SourceRange joined(const SourceRange& first, const SourceRange& last) {
    return {first.begin, last.end, first.line, first.column};
}

}  // namespace maek::query
