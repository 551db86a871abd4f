// Room: storage, inner. The packed image of the graph beside the database: a head that says whose
// and of which commit it is, then graph/image.h's bytes. The records are the truth; an image that
// is missing, stale or damaged only costs time. Tests: tests/storage/image_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "graph/graph.h"
#include "schema/result.h"
#include "storage/disk/store_folder.h"

namespace maek::storage {

struct ImageHead {
    std::uint64_t commit = 0, chain = 0;
};

// Writes beside, syncs, renames. The old image stays until the new one is whole.
Result<void> write_image_file(const std::filesystem::path& file, const std::string& store_id,
                              const ImageHead& head, const graph::Graph& graph);

// A mapped image whose head is sound; the graph inside is not looked at yet.
class MappedImage {
public:
    // nullopt: there is none. kStoreDamaged: unreadable or another store's.
    static Result<std::optional<MappedImage>> map(const StoreFolder& folder);
    const ImageHead& head() const { return head_; }
    // Verifies everything. The graph keeps the mapping alive.
    Result<graph::Graph> graph() const;

private:
    std::filesystem::path file_;
    ImageHead head_;
    std::shared_ptr<const void> mapping_;
    std::size_t size_ = 0;
};

}  // namespace maek::storage
