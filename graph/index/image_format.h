// Room: graph, inner. The layout of a graph image, shared by its writer and its reader.
//
//   header     8 bytes magic, u32 format, u32 byte-order mark
//   blocks     each at a multiple of 64
//   directory  what is where: names, counts, per table the chunks and their blocks
//   footer     u64 directory offset, size, XXH3; u64 stamp; u64 XXH3 of header and footer so far;
//              8 bytes magic
//
// Blocks: a bitmap table = its chunks' 256-byte bitmaps in a row; a relationship chunk = its
// records; an adjacency chunk = 2,049 u32 offsets, 4 bytes of padding, entries; a column chunk =
// 256 bytes presence, then 2,048 elements (strings: u32 offset, u32 length, then the text behind);
// a mixed column = presence, then the present values one after the other; an index = its entries.
#pragma once

#include <cstdint>
#include <string_view>

namespace maek::graph::image {

inline constexpr std::string_view kMagic = "maekgrph";
inline constexpr std::uint32_t kFormat = 1;
inline constexpr std::uint32_t kByteOrder = 0x01020304;
inline constexpr std::size_t kHeaderBytes = 16;
inline constexpr std::size_t kFooterBytes = 48;
inline constexpr std::size_t kAlign = 64;
inline constexpr std::size_t kBitmapBytes = 256;
inline constexpr std::size_t kOffsetBytes = 2049 * 4 + 4;

struct Block {
    std::uint64_t offset = 0, size = 0, hash = 0;
};

std::uint64_t hash_bytes(std::string_view bytes);

}  // namespace maek::graph::image
