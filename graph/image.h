// Room: graph, doorway. A Graph as one packed run of bytes, and back without copying what is large.
//
// Integers, floats, strings, relationship records and adjacency of an opened image are read in
// place; only names, bitmaps, mixed columns and declared indexes are built. So opening costs little
// more than looking at every byte once for the checksums. Layout: docs/decisions/0104-graph-image.md.
// The image is of this machine's byte order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "graph/graph.h"
#include "schema/result.h"

namespace maek::graph {

// Takes the next bytes; an error stops the writing and is handed on.
using ImageSink = std::function<Result<void>(std::string_view bytes)>;

// `stamp` is the caller's: a store's sequence number, given back on opening.
Result<void> write_image(const Graph& graph, std::uint64_t stamp, const ImageSink& sink);

enum class ImageVerify {
    kAll,        // every checksum and every reference: a damaged image is never opened
    kStructure,  // the directory only; verify_image() may look at the rest later
};

struct OpenedImage {
    Graph graph;
    std::uint64_t stamp = 0;
};

// Requires: bytes.data() aligned to 64 (a mapped file is), and valid as long as the holder lives.
// Errors: kStoreDamaged names the part; kStoreFormat for another version.
Result<OpenedImage> open_image(std::shared_ptr<const void> holder, std::span<const std::byte> bytes,
                               ImageVerify verify = ImageVerify::kAll);

// All of kAll's checks on their own.
Result<void> verify_image(std::span<const std::byte> bytes);

}  // namespace maek::graph
